import { randomBytes } from 'node:crypto';
import { Cipher } from './cipher';
import { sealContact } from './sealed-contact';
import { openWords, sealWords } from './sealed-words';

const cipherOf = (): Cipher => {
  const key = randomBytes(32);
  return new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
};

describe('sealed words', () => {
  const words = '王秀兰说电梯又坏了，电话 13800138000';

  it('are read by whoever has the keys, and show nothing to others', () => {
    const cipher = cipherOf();
    const sealed = sealWords(cipher, words);
    expect(sealed).not.toMatch(/王|电梯|13800138000/);
    expect(openWords(cipher, sealed)).toBe(words);
    expect(openWords(cipherOf(), sealed)).toBeNull();
  });

  it('are neither a contact nor a column’s value', () => {
    const cipher = cipherOf();
    expect(openWords(cipher, sealContact(cipher, { name: '王秀兰', mobile: null }))).toBeNull();
    expect(openWords(cipher, cipher.encrypt(words, 'interaction.content'))).toBeNull();
  });
});
