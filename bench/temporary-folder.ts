import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => void;
}

/** A folder that is gone at the latest when this process ends. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'anju-bench-'));
  // PostgreSQL runs under another account when this is root.
  chmodSync(path, 0o755);
  const removeFolder = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', removeFolder);
  return {
    path,
    remove: () => {
      process.off('exit', removeFolder);
      removeFolder();
    },
  };
}
