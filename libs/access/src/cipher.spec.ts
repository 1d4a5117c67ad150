import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { rule } from '@anju/testing';
import fc from 'fast-check';
import { Cipher, DecryptionError, keyringFromEnvironment, keyringFromFile } from './cipher';
import { configureCipher, encryptedColumn } from './encrypted-column';

const key = (fill: number) => Buffer.alloc(32, fill);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key(1) }, indexKey: key(9) });
const text = fc.string({ unit: 'grapheme', maxLength: 300 });

describe('encryption at rest', () => {
  rule('DIR-05', 'what was encrypted is read again, whatever it is', () => {
    fc.assert(
      fc.property(text, text, (value, place) => {
        expect(cipher.decrypt(cipher.encrypt(value, place), place)).toBe(value);
      }),
    );
  });

  rule('DIR-05', 'a stored phone does not show itself', () => {
    const stored = cipher.encrypt('13800001234', 'customer_phone.number');
    expect(stored).toMatch(/^v1\.k1\.[\w-]+$/);
    expect(stored).not.toContain('1380000');
    expect(Buffer.from(stored.split('.')[2]!, 'base64url').toString('latin1')).not.toContain('1380000');
  });

  it('gives the same stored form for the same value in the same place, and another elsewhere', () => {
    expect(cipher.encrypt('13800001234', 'a')).toBe(cipher.encrypt('13800001234', 'a'));
    const nonceOf = (stored: string) => stored.split('.')[2]!.slice(0, 16);
    expect(nonceOf(cipher.encrypt('13800001234', 'a'))).not.toBe(nonceOf(cipher.encrypt('13800001234', 'b')));
    expect(nonceOf(cipher.encrypt('13800001234', 'a'))).not.toBe(nonceOf(cipher.encrypt('13800001235', 'a')));
  });

  it('notices every changed character', () => {
    const stored = cipher.encrypt('410101199001011234', 'customer.identity');
    for (let index = 0; index < stored.length - 1; index += 1) {
      const changed = stored.slice(0, index) + (stored[index] === 'A' ? 'B' : 'A') + stored.slice(index + 1);
      expect(() => cipher.decrypt(changed, 'customer.identity')).toThrow(DecryptionError);
    }
  });

  it.each(['', 'plain text', 'v1.k1', 'v1.k1.', 'v1.k1.AAAA', 'v1.k9.AAAA', 'v1.k1.AAAA.AAAA', 'v2.k1.AAAA'])(
    'does not take %p for an encrypted value',
    (stored) => {
      expect(() => cipher.decrypt(stored)).toThrow(DecryptionError);
    },
  );

  it('does not read a value that was moved to another column', () => {
    expect(() => cipher.decrypt(cipher.encrypt('13800001234', 'a'), 'b')).toThrow(DecryptionError);
  });

  it('does not show its keys when it is printed', () => {
    expect(inspect(cipher, { depth: 9, showHidden: true })).not.toMatch(/01 01 01|Buffer/);
    expect(JSON.stringify(cipher)).toBe('{}');
  });
});

describe('rotation', () => {
  const rotated = new Cipher({ currentKeyId: 'k2', keys: { k2: key(2), k1: key(1) }, indexKey: key(9) });

  it('keeps what was encrypted before readable, and tells what is to be written again', () => {
    const old = cipher.encrypt('13800001234', 'a');
    expect(rotated.decrypt(old, 'a')).toBe('13800001234');
    expect(old.startsWith(rotated.currentPrefix)).toBe(false);
    const again = rotated.encrypt('13800001234', 'a');
    expect(again.startsWith(rotated.currentPrefix)).toBe(true);
    expect(() => cipher.decrypt(again, 'a')).toThrow('key k2, which is not in the ring');
  });

  it('does not change the index, so that what was indexed before is found', () => {
    expect(rotated.blindIndex('13800001234')).toBe(cipher.blindIndex('13800001234'));
  });
});

describe('the blind index', () => {
  it('is equal for equal values only, and differs with the key', () => {
    expect(cipher.blindIndex('13800001234')).toHaveLength(43);
    expect(cipher.blindIndex('13800001234')).not.toBe(cipher.blindIndex('13800001235'));
    const other = new Cipher({ currentKeyId: 'k1', keys: { k1: key(1) }, indexKey: key(8) });
    expect(other.blindIndex('13800001234')).not.toBe(cipher.blindIndex('13800001234'));
  });
});

describe('the keyring', () => {
  const base64 = (fill: number) => key(fill).toString('base64');

  it('comes from the environment, the current key first', () => {
    const ring = keyringFromEnvironment({
      ANJU_DATA_KEYS: `k2:${base64(2)}, k1:${base64(1)}`,
      ANJU_INDEX_KEY: base64(9),
    });
    expect(ring).toEqual({ currentKeyId: 'k2', keys: { k2: key(2), k1: key(1) }, indexKey: key(9) });
    expect(new Cipher(ring).decrypt(cipher.encrypt('x'))).toBe('x');
  });

  it.each([
    [{}, 'ANJU_DATA_KEYS, ANJU_INDEX_KEY'],
    [{ ANJU_DATA_KEYS: `k1:${base64(1)}` }, 'ANJU_INDEX_KEY'],
    [{ ANJU_DATA_KEYS: 'sesame-open', ANJU_INDEX_KEY: base64(9) }, 'ANJU_DATA_KEYS'],
    [{ ANJU_DATA_KEYS: `k1:${base64(1)},k1:${base64(2)}`, ANJU_INDEX_KEY: base64(9) }, 'twice'],
  ])('names what is wrong in the environment, not its content', (environment, named) => {
    expect(() => keyringFromEnvironment(environment)).toThrow(named);
    expect(() => keyringFromEnvironment(environment)).not.toThrow('sesame');
  });

  it('refuses a key of another length, an id that cannot stand in a value, a current key that is not there', () => {
    const indexKey = key(9);
    const short = { k1: Buffer.alloc(16) };
    expect(() => new Cipher({ currentKeyId: 'k1', keys: short, indexKey })).toThrow('16 bytes');
    expect(() => new Cipher({ currentKeyId: 'k1', keys: { k1: key(1) }, indexKey: Buffer.alloc(1) })).toThrow(
      'key index is 1 bytes',
    );
    expect(() => new Cipher({ currentKeyId: 'a.b', keys: { 'a.b': key(1) }, indexKey })).toThrow('key id');
    expect(() => new Cipher({ currentKeyId: 'k2', keys: { k1: key(1) }, indexKey })).toThrow('no key k2');
  });

  it('is made in a file once, for its owner only', () => {
    const directory = mkdtempSync(join(tmpdir(), 'anju-keyring-'));
    try {
      const file = join(directory, 'data-keys.json');
      const stored = new Cipher(keyringFromFile(file)).encrypt('13800001234');
      expect(new Cipher(keyringFromFile(file)).decrypt(stored)).toBe('13800001234');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
      expect(() => keyringFromFile(file)).toThrow(`${file} is damaged`);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('an encrypted column', () => {
  const column = encryptedColumn('customer_phone.number');

  it('is declared before there is a cipher, and says so when one is needed', () => {
    expect((): unknown => column.to('13800001234')).toThrow('configureCipher');
  });

  it('stores ciphertext and gives text back, and leaves nothing where there is nothing', () => {
    configureCipher(cipher);
    const stored = column.to('13800001234') as string;
    expect(stored).toMatch(/^v1\.k1\./);
    expect(column.from(stored)).toBe('13800001234');
    expect(column.to(null)).toBeNull();
    expect(column.from(null)).toBeNull();
    expect(column.to(undefined)).toBeUndefined();
  });

  it('stores nothing that it cannot encrypt', () => {
    expect((): unknown => column.to(13800001234)).toThrow(TypeError);
  });
});
