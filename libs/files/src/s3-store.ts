import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { ContentMissing, type FileStore, type StoredContent } from './file-store';
import type { S3Place } from './file-settings';

/** For a connection, and for a server that says nothing any more. */
const connectMillis = 3_000;
const silenceMillis = 30_000;
const attempts = 3;

function ignored(): void {}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
}

/** Contents in a bucket of S3, or of whatever speaks its protocol. */
export class S3Store implements FileStore {
  private readonly client: S3Client;

  constructor(private readonly place: S3Place) {
    const { endpoint, region, accessKeyId, secretAccessKey, pathStyle } = place;
    this.client = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: pathStyle,
      maxAttempts: attempts,
      // The trailing checksums are Amazon's alone; other servers refuse them. The content's hash is signed instead.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // What goes wrong is thrown, and told by whoever asked.
      logger: { debug: ignored, info: ignored, warn: ignored, error: ignored },
      requestHandler: { connectionTimeout: connectMillis, requestTimeout: silenceMillis },
    });
  }

  async put(key: string, content: StoredContent): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.send(key, content);
        return;
      } catch (error) {
        // The client does not repeat what it sends as a stream: that is read only once.
        const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
        if (attempt === attempts || (status !== undefined && status < 500)) throw error;
      }
    }
  }

  async get(key: string): Promise<Readable> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand(this.object(key)));
      return Body as Readable;
    } catch (error) {
      throw isMissing(error) ? new ContentMissing(`there is no content ${key}`) : error;
    }
  }

  async exists(key: string): Promise<boolean> {
    try {
      await this.client.send(new HeadObjectCommand(this.object(key)));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.object(key)));
  }

  close(): void {
    this.client.destroy();
  }

  private async send(key: string, content: StoredContent): Promise<void> {
    const { size, sha256 } = content;
    const body = content.open();
    const command = new PutObjectCommand({
      ...this.object(key),
      Body: body,
      ContentLength: size,
      ContentType: 'application/octet-stream',
    });
    // Signed with the request: the server refuses what arrives otherwise than it was sent.
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256;
        return next(args);
      },
      { step: 'build', name: 'signContent' },
    );
    try {
      await this.client.send(command);
    } finally {
      body.destroy();
    }
  }

  private object(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.place.bucket, Key: `${this.place.prefix}${key}` };
  }
}
