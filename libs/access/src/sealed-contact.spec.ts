import { randomBytes } from 'node:crypto';
import { Cipher } from './cipher';
import { openContact, sealContact } from './sealed-contact';

const cipherOf = (): Cipher => {
  const key = randomBytes(32);
  return new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
};

describe('a sealed contact', () => {
  const contact = { name: '王秀兰', mobile: '+8613800138000' };

  it('is read by whoever has the keys, and shows nothing to others', () => {
    const cipher = cipherOf();
    const sealed = sealContact(cipher, contact);
    expect(sealed).not.toMatch(/王|13800138000/);
    expect(openContact(cipher, sealed)).toEqual(contact);
    expect(openContact(cipherOf(), sealed)).toBeNull();
  });

  it('is not a column’s value, nor a column’s value a contact', () => {
    const cipher = cipherOf();
    expect(openContact(cipher, cipher.encrypt(JSON.stringify(contact), 'customer.phones'))).toBeNull();
    expect(() => cipher.decrypt(sealContact(cipher, contact), 'customer.phones')).toThrow('moved');
  });
});
