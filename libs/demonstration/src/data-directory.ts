import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { removeEmbeddedPostgres } from '@anju/postgres';

/** Something that the person at the keyboard has to mend; shown without a stack. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** What lies in the data directory besides the database. */
export const dataFiles = {
  progress: 'progress.json',
  accounts: 'accounts.json',
  dataKeys: 'data-keys.json',
  issuerKey: 'issuer-key.json',
  /** What processes of their own verify tokens with. */
  publicKeys: 'jwks.json',
  log: 'anju.log',
  fullLog: 'anju.log.1',
} as const;

/** Where PostgreSQL has its data. */
export function postgresIn(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** Where services keep the files that people upload. */
export function filesIn(dataDir: string): string {
  return join(dataDir, 'files');
}

/**
 * Reads a JSON file of the data directory.
 * @returns null where it is not there
 * @throws CannotStart where it is damaged
 */
export function readDataFile<Content>(
  dataDir: string,
  name: string,
  schema: z.ZodType<Content>,
): Content | null {
  const file = join(dataDir, name);
  if (!existsSync(file)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new CannotStart(`${file} is damaged; put a copy of it back, or begin anew: npm start -- --fresh`, {
      cause,
    });
  }
}

/** Replaces a JSON file of the data directory in one step: a reader, or a start after a crash, never sees half of it. */
export function writeDataFile(dataDir: string, name: string, content: unknown): void {
  const file = join(dataDir, name);
  const descriptor = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(content, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${file}.new`, file);
}

/** @throws CannotStart where files are gone without which the database says too little */
export function requireWhole(dataDir: string): void {
  for (const name of [dataFiles.accounts, dataFiles.dataKeys]) {
    if (existsSync(join(dataDir, name))) continue;
    throw new CannotStart(
      `${join(dataDir, name)} is gone, and the data cannot be used without it; ` +
        'put a copy of it back, or begin anew: npm start -- --fresh',
    );
  }
}

/**
 * Deletes what the platform has put into the data directory; what else is there stays.
 * @throws DataDirectoryInUse where another process runs on it; nothing is deleted then
 */
export async function eraseData(dataDir: string): Promise<void> {
  await removeEmbeddedPostgres(postgresIn(dataDir), { directory: true });
  rmSync(filesIn(dataDir), { recursive: true, force: true });
  for (const name of Object.values(dataFiles)) {
    rmSync(join(dataDir, name), { force: true });
    rmSync(join(dataDir, `${name}.new`), { force: true });
  }
}
