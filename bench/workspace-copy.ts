import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { removeBroker } from '@anju/kafka';
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

/** The scripts that start the platform. */
export type StartScript = 'start' | 'start:distributed';

/** A copy of the workspace as a fresh clone after install has it: sources and packages, nothing compiled. */
export interface WorkspaceCopy {
  readonly folder: string;
  /** What `npm run` gives to Node for a script. */
  startArguments(script: StartScript): readonly string[];
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

function startArguments(folder: string, script: StartScript): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<StartScript, string>>;
  };
  const [program, ...args] = scripts[script].split(' ');
  if (program !== 'node') throw new Error(`npm run ${script} runs ${program}; expected node`);
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
    startArguments: (script) => startArguments(folder, script),
    npm,
    newDataDir: () => {
      dataDirs += 1;
      return join(folder, `data-${dataDirs}`);
    },
    removeDataDir: async (dataDir) => {
      if (!existsSync(dataDir)) return;
      await removeEmbeddedPostgres(join(dataDir, 'postgres'));
      await removeBroker(join(dataDir, 'kafka'));
      rmSync(dataDir, { recursive: true, force: true });
    },
    remove,
  };
}
