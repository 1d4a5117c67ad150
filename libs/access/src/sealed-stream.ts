import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { DecryptionError, type Cipher } from './cipher';

const format = Buffer.from('anju-sealed-1\n', 'latin1');
const saltBytes = 32;
const tagBytes = 16;
/** Of what is sealed at once: so much of it is in memory, whatever the size of the whole. */
const pieceBytes = 65_536;
const sealedPieceBytes = pieceBytes + tagBytes;

/** The key is of this one thing alone, so that counting is enough; the last piece is marked, or none could miss. */
function nonceOf(piece: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(piece, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

function headerOf(keyId: string, salt: Buffer): Buffer {
  return Buffer.concat([format, Buffer.from([keyId.length]), Buffer.from(keyId, 'latin1'), salt]);
}

/** Cuts what comes in into pieces of one size; the last one, which may be shorter or empty, is told as such. */
abstract class Pieces extends Transform {
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private count = 0;

  protected constructor(private readonly bytes: number) {
    super();
  }

  protected abstract convert(piece: Buffer, index: number, isLast: boolean): Buffer;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.attempt(done, () => this.absorb(chunk));
  }

  override _flush(done: TransformCallback): void {
    this.attempt(done, () => this.finish());
  }

  protected absorb(chunk: Buffer): void {
    this.waiting.push(chunk);
    this.waitingBytes += chunk.length;
    // A piece that just fills up may be the last one: it waits for what comes after it.
    if (this.waitingBytes <= this.bytes) return;
    let all = Buffer.concat(this.waiting, this.waitingBytes);
    for (; all.length > this.bytes; all = all.subarray(this.bytes)) {
      this.push(this.convert(all.subarray(0, this.bytes), this.count++, false));
    }
    this.waiting = [all];
    this.waitingBytes = all.length;
  }

  protected finish(): void {
    this.push(this.convert(Buffer.concat(this.waiting, this.waitingBytes), this.count, true));
  }

  private attempt(done: TransformCallback, work: () => void): void {
    try {
      work();
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  }
}

class Sealing extends Pieces {
  private readonly key: Buffer;
  private readonly header: Buffer;

  constructor(
    cipher: Cipher,
    private readonly place: string,
  ) {
    super(pieceBytes);
    const salt = randomBytes(saltBytes);
    const { keyId, key } = cipher.keyOfLarge(salt);
    this.key = key;
    this.header = headerOf(keyId, salt);
    this.push(this.header);
  }

  protected override convert(piece: Buffer, index: number, isLast: boolean): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.key, nonceOf(index, isLast));
    cipher.setAAD(Buffer.concat([this.header, Buffer.from(this.place)]));
    return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  }
}

class Opening extends Pieces {
  private begin = Buffer.alloc(0);
  private opened: { readonly key: Buffer; readonly header: Buffer } | undefined;

  constructor(
    private readonly cipher: Cipher,
    private readonly place: string,
  ) {
    super(sealedPieceBytes);
  }

  protected override absorb(chunk: Buffer): void {
    if (this.opened) return super.absorb(chunk);
    this.begin = Buffer.concat([this.begin, chunk]);
    const keyAt = format.length + 1;
    if (this.begin.length < keyAt) return;
    if (!this.begin.subarray(0, format.length).equals(format)) throw new DecryptionError('not sealed');
    const saltAt = keyAt + this.begin.readUInt8(format.length);
    const end = saltAt + saltBytes;
    if (this.begin.length < end) return;
    const keyId = this.begin.toString('latin1', keyAt, saltAt);
    const { key } = this.cipher.keyOfLarge(this.begin.subarray(saltAt, end), keyId);
    this.opened = { key, header: Buffer.from(this.begin.subarray(0, end)) };
    super.absorb(this.begin.subarray(end));
    this.begin = Buffer.alloc(0);
  }

  protected override finish(): void {
    if (!this.opened) throw new DecryptionError('cut off');
    super.finish();
  }

  protected override convert(piece: Buffer, index: number, isLast: boolean): Buffer {
    const { key, header } = this.opened!;
    if (piece.length < tagBytes) throw new DecryptionError('cut off');
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, isLast), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.concat([header, Buffer.from(this.place)]));
    decipher.setAuthTag(piece.subarray(-tagBytes));
    const body = decipher.update(piece.subarray(0, -tagBytes));
    try {
      decipher.final();
    } catch (cause) {
      throw new DecryptionError('changed, cut off, or moved from another place', { cause });
    }
    return body;
  }
}

/**
 * Seals what flows through it with AES-256-GCM, piece by piece, by a key of its own: for what is too large to be
 * held in memory. The same content sealed twice is not the same.
 * @param place what kind of thing it is: it can be opened as that only
 */
export function sealingStream(cipher: Cipher, place: string): Transform {
  return new Sealing(cipher, place);
}

/**
 * Opens what `sealingStream` gave. What it lets through is as it was sealed, as far as it has come: where the rest
 * was changed or is missing the stream ends with a DecryptionError.
 */
export function openingStream(cipher: Cipher, place: string): Transform {
  return new Opening(cipher, place);
}
