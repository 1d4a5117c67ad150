import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server as HttpServer } from 'node:http';
import S3rver from '@20minutes/s3rver';
import { s3PlaceIn, type S3Place } from '../src/file-settings';

/** The package has no types of its own. */
interface S3Server {
  run(): Promise<{ readonly address: string; readonly port: number }>;
  readonly httpServer: HttpServer;
  close(): Promise<void>;
}

const Server = S3rver as unknown as new (options: object) => S3Server;

export interface TestBucket {
  readonly place: S3Place;
  /** Names of what the server keeps, below its folder. */
  stored(): string[];
  close(): Promise<void>;
}

/** A server of S3 that checks signatures, with one bucket that is empty. */
export async function startS3Server(): Promise<TestBucket> {
  const directory = mkdtempSync(join(tmpdir(), 'anju-s3-'));
  const server = new Server({
    ...{ port: 0, address: '127.0.0.1', silent: true, directory },
    configureBuckets: [{ name: 'anju-files' }],
  });
  const { port } = await server.run();
  const place = s3PlaceIn(`s3+http://S3RVER:S3RVER@127.0.0.1:${port}/anju-files/kept?region=us-east-1`);
  return {
    place: place!,
    stored: () =>
      readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('_object'),
      ),
    close: async () => {
      server.httpServer.closeAllConnections();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
