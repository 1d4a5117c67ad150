import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readOrCreateSecretFile } from './secret-file';

/** Keys for personal data at rest: 32 random bytes each. */
export interface Keyring {
  /** Id of the key that new values are encrypted with; the others are kept to read the older ones. */
  readonly currentKeyId: string;
  readonly keys: Readonly<Record<string, Buffer>>;
  /** Key of the equality search; it outlives rotations, since what was indexed must be found again. */
  readonly indexKey: Buffer;
}

/** A value that cannot be read: changed, moved from elsewhere, or of a key that is not in the ring. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
  readonly code = 'DECRYPTION_FAILED';
}

const FORMAT = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface DerivedKeys {
  readonly encryption: Buffer;
  readonly nonce: Buffer;
}

function derive(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `anju ${use}`, 32));
}

/**
 * AES-256-GCM for personal data in the database. The nonce is an HMAC of the plaintext, so that the same
 * value in the same place gives the same ciphertext: the object mapper compares stored forms to find what
 * changed, and would rewrite every encrypted column at each save otherwise. What that shows to a reader of
 * the database, which values are equal, the blind index beside it shows as well; and a nonce is never used
 * for two plaintexts.
 */
export class Cipher {
  // Private to the language, not only to the compiler: a logged cipher must not show its keys.
  readonly #keyring: Keyring;
  readonly #derived: ReadonlyMap<string, DerivedKeys>;

  /** @throws Error if the current key is missing, or a key is not 32 bytes long, or has a dot in its id */
  constructor(keyring: Keyring) {
    if (!Object.hasOwn(keyring.keys, keyring.currentKeyId)) {
      throw new Error(`no key ${keyring.currentKeyId} in the ring`);
    }
    for (const [keyId, key] of [...Object.entries(keyring.keys), ['index', keyring.indexKey] as const]) {
      if (!/^[\w-]{1,32}$/.test(keyId)) throw new Error(`not a key id: ${keyId}`);
      if (key.length !== 32) throw new Error(`key ${keyId} is ${key.length} bytes long, not 32`);
    }
    this.#keyring = keyring;
    this.#derived = new Map(
      Object.entries(keyring.keys).map(([keyId, key]) => [
        keyId,
        { encryption: derive(key, 'encryption'), nonce: derive(key, 'nonce') },
      ]),
    );
  }

  /**
   * @param place where the value is kept, such as `customer.phone`: it can be read there only
   * @returns `v1.<key id>.<nonce, ciphertext and tag in base64url>`
   */
  encrypt(plaintext: string, place = ''): string {
    const { currentKeyId } = this.#keyring;
    const keys = this.#derived.get(currentKeyId)!;
    const nonce = createHmac('sha256', keys.nonce)
      .update(place)
      .update('\0')
      .update(plaintext, 'utf8')
      .digest()
      .subarray(0, NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', keys.encryption, nonce);
    cipher.setAAD(associatedData(currentKeyId, place));
    const body = Buffer.concat([
      nonce,
      cipher.update(plaintext, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `${FORMAT}.${currentKeyId}.${body.toString('base64url')}`;
  }

  /** @throws DecryptionError if it is not what `encrypt` gave for this place */
  decrypt(ciphertext: string, place = ''): string {
    const [format, keyId, encoded, ...more] = ciphertext.split('.');
    if (format !== FORMAT || keyId === undefined || encoded === undefined || more.length > 0) {
      throw new DecryptionError('not an encrypted value');
    }
    const keys = this.#derived.get(keyId);
    if (!keys) throw new DecryptionError(`encrypted with key ${keyId}, which is not in the ring`);
    const body = Buffer.from(encoded, 'base64url');
    if (body.length < NONCE_BYTES + TAG_BYTES) throw new DecryptionError('cut off');
    const decipher = createDecipheriv('aes-256-gcm', keys.encryption, body.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(associatedData(keyId, place));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([
        decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    } catch (cause) {
      throw new DecryptionError('changed, or moved from another place', { cause });
    }
  }

  /**
   * The key of one large thing that is sealed piece by piece: of a key of the ring, and of nothing else that is
   * sealed with that.
   * @param salt random, kept with the thing
   * @param keyId by which it was sealed; the current key unless told
   * @throws DecryptionError if that key is not in the ring
   */
  keyOfLarge(
    salt: Buffer,
    keyId = this.#keyring.currentKeyId,
  ): { readonly keyId: string; readonly key: Buffer } {
    const root = Object.hasOwn(this.#keyring.keys, keyId) ? this.#keyring.keys[keyId] : undefined;
    if (!root) throw new DecryptionError(`encrypted with key ${keyId}, which is not in the ring`);
    return { keyId, key: Buffer.from(hkdfSync('sha256', root, salt, 'anju large', 32)) };
  }

  /** Id of the key that is sealed with from now on. */
  get currentKeyId(): string {
    return this.#keyring.currentKeyId;
  }

  /** How every value begins that the current key has encrypted; after a rotation the others are to be written again. */
  get currentPrefix(): string {
    return `${FORMAT}.${this.#keyring.currentKeyId}.`;
  }

  /**
   * HMAC-SHA-256 for equality search on an encrypted column. Give it the normal form (digits only, capitals),
   * or the same phone written twice is not found.
   * @returns 43 characters of base64url
   */
  blindIndex(value: string): string {
    return createHmac('sha256', this.#keyring.indexKey).update(value, 'utf8').digest('base64url');
  }
}

function associatedData(keyId: string, place: string): Buffer {
  return Buffer.from(`${FORMAT}.${keyId}.${place}`, 'utf8');
}

const encodedKey = z.base64().transform((text) => Buffer.from(text, 'base64'));

const environmentSchema = z.object({
  ANJU_DATA_KEYS: z.string().min(1),
  ANJU_INDEX_KEY: encodedKey,
});

/**
 * The keyring of a deployment: `ANJU_DATA_KEYS` is `id:base64` of 32 bytes, several separated by commas with
 * the current one first; `ANJU_INDEX_KEY` is base64 of 32 bytes.
 * @throws Error that names the variable, never its content
 */
export function keyringFromEnvironment(environment: NodeJS.ProcessEnv): Keyring {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join('.'));
    throw new Error(`missing or not base64: ${[...new Set(names)].join(', ')}`);
  }
  const entries = parsed.data.ANJU_DATA_KEYS.split(',').map((entry): [string, Buffer] => {
    const [keyId, key, ...more] = entry.trim().split(':');
    const decoded = encodedKey.safeParse(key);
    if (!keyId || !decoded.success || more.length > 0) throw new Error('ANJU_DATA_KEYS is not id:base64,…');
    return [keyId, decoded.data];
  });
  const keys = Object.fromEntries(entries);
  if (Object.keys(keys).length !== entries.length) throw new Error('ANJU_DATA_KEYS names a key twice');
  return { currentKeyId: entries[0]![0], keys, indexKey: parsed.data.ANJU_INDEX_KEY };
}

const keyFileSchema = z.object({
  currentKeyId: z.string(),
  keys: z.record(z.string(), encodedKey),
  indexKey: encodedKey,
});

function newKeyFile(): string {
  const key = () => randomBytes(32).toString('base64');
  return `${JSON.stringify({ currentKeyId: 'k1', keys: { k1: key() }, indexKey: key() }, null, 2)}\n`;
}

/**
 * The keyring of the embedded mode, in a file that is made on the first start. Who loses it loses the phones
 * and identity numbers that were encrypted with it.
 * @throws Error if the file is damaged
 */
export function keyringFromFile(file: string): Keyring {
  const content = readOrCreateSecretFile(file, newKeyFile);
  try {
    return keyFileSchema.parse(JSON.parse(content));
  } catch {
    throw new Error(`${file} is damaged: it is not a keyring`);
  }
}
