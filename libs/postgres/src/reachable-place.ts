import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A directory of this user's own that other accounts can enter, for what PostgreSQL's account cannot use where it
 * belongs. The same key gives the same directory again.
 * @throws Error when somebody else has put a directory there
 */
export function reachablePlace(key: string): string {
  const parent = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const place = join(
    parent,
    `anju-${createHash('sha256').update(`${process.getuid?.()} ${key}`).digest('hex').slice(0, 12)}`,
  );
  mkdirSync(place, { recursive: true, mode: 0o755 });
  const { uid, mode } = lstatSync(place);
  // The parent is open to everybody: a directory made by another user is not to be trusted with data.
  if (!lstatSync(place).isDirectory() || uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new Error(`${place} is in the way: it is not a directory that only this user can write to`);
  }
  // What the umask has taken away.
  chmodSync(place, 0o755);
  return place;
}
