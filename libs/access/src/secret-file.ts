import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}

/** A file that is another user's, or lies where nothing can be written (a container's mount), stays as it is. */
function keepToItsOwner(file: string): void {
  if (!(statSync(file).mode & 0o077)) return;
  try {
    chmodSync(file, 0o600);
  } catch (error) {
    if (!isCode(error, 'EPERM') && !isCode(error, 'EROFS')) throw error;
  }
}

/**
 * Reads a file of secrets, making it first if it is not there. The file appears whole or not at all, also
 * when two processes make it at once (both get the first one's content) or one is killed in between; what
 * was encrypted with a key that reached the disk only in half could never be read again.
 * @param file absolute path; readable by its owner only (0600)
 * @param create gives the content of a new file
 * @returns the content, UTF-8
 */
export function readOrCreateSecretFile(file: string, create: () => string): string {
  try {
    const content = readFileSync(file, 'utf8');
    keepToItsOwner(file);
    return content;
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${randomUUID()}`;
  const descriptor = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(descriptor, create());
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
  return readFileSync(file, 'utf8');
}
