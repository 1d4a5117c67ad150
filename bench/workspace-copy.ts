import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { removeEmbeddedPostgres } from '@anju/postgres';
import { temporaryFolder } from './temporary-folder';

const copied = [
  'apps',
  'libs',
  'infra',
  'tools',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
] as const;

/** A copy of the workspace as a fresh clone after install has it: sources and packages, nothing compiled. */
export interface WorkspaceCopy {
  readonly folder: string;
  /** What `npm start` gives to Node. */
  readonly startArguments: readonly string[];
  /** Takes the place of npm: the packages belong to the workspace, and nothing may install others over them. */
  readonly npm: string;
  /** A folder for data that no other start has used. */
  newDataDir(): string;
  removeDataDir(dataDir: string): Promise<void>;
  remove(): void;
}

const refusingNpm = `process.stderr.write('the packages of this workspace are not those of its lockfile: npm ci\\n');
process.exit(1);
`;

function startArguments(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const [program, ...args] = scripts.start.split(' ');
  if (program !== 'node') throw new Error(`npm start runs ${program}; expected node`);
  return args;
}

/** Whole processes are measured on a copy, so that what is edited meanwhile is not compiled in between. */
export function copyWorkspace(): WorkspaceCopy {
  const { path: folder, remove } = temporaryFolder();
  const root = resolve('.');
  for (const entry of copied) {
    cpSync(join(root, entry), join(folder, entry), {
      recursive: true,
      filter: (source) => !['node_modules', 'dist'].includes(basename(source)),
    });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const npm = join(folder, 'npm-cli.js');
  writeFileSync(npm, refusingNpm);
  let dataDirs = 0;
  return {
    folder,
    startArguments: startArguments(folder),
    npm,
    newDataDir: () => {
      dataDirs += 1;
      return join(folder, `data-${dataDirs}`);
    },
    removeDataDir: async (dataDir) => {
      if (!existsSync(dataDir)) return;
      await removeEmbeddedPostgres(join(dataDir, 'postgres'));
      rmSync(dataDir, { recursive: true, force: true });
    },
    remove,
  };
}
