import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { ContentMissing, StoreAway, type FileStore, type StoredContent } from './file-store';
import type { S3Place } from './file-settings';

/** How long is waited for a connection, for a server that says nothing, and before it is tried once more. */
const patience = { connectMillis: 3_000, silenceMillis: 30_000, pauseMillis: 200 };
const attempts = 3;

function ignored(): void {}

function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

/** What is not the server's word on the request may go well the next time. */
function asThrown(error: unknown): unknown {
  const status = statusOf(error);
  if (status !== undefined && status < 500) return error;
  const { message } = error as Error;
  return new StoreAway(`the bucket cannot be used: ${message}`, { cause: error });
}

/** Contents in a bucket of S3, or of whatever speaks its protocol. */
export class S3Store implements FileStore {
  private readonly client: S3Client;

  /** @param waits for tests */
  constructor(
    private readonly place: S3Place,
    private readonly waits = patience,
  ) {
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
      requestHandler: { connectionTimeout: waits.connectMillis, socketTimeout: waits.silenceMillis },
    });
  }

  async put(key: string, content: StoredContent): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.send(key, content);
        return;
      } catch (error) {
        // The client does not repeat what it sends as a stream: that is read only once.
        const thrown = asThrown(error);
        if (attempt === attempts || !(thrown instanceof StoreAway)) throw thrown;
        await sleep(this.waits.pauseMillis * attempt);
      }
    }
  }

  async get(key: string): Promise<Readable> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand(this.object(key)));
      return Body as Readable;
    } catch (error) {
      throw isMissing(error) ? new ContentMissing(`there is no content ${key}`) : asThrown(error);
    }
  }

  async exists(key: string): Promise<boolean> {
    try {
      await this.client.send(new HeadObjectCommand(this.object(key)));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw asThrown(error);
    }
  }

  async delete(key: string): Promise<void> {
    try {
      await this.client.send(new DeleteObjectCommand(this.object(key)));
    } catch (error) {
      throw asThrown(error);
    }
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
