import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findJava, findMaven, javaHome, thisMachine } from './java';
import { isAlive, processIdentity, type ProcessIdentity } from './processes';

/** The workspace: the folder above this file, compiled or not, that has what the broker is made of. */
export const workspace = ((): string => {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'infra/kafka/pom.xml'))) return folder;
  }
  throw new Error('infra/kafka/pom.xml is not there: the broker is started from a checkout of Anju');
})();

const pom = join(workspace, 'infra/kafka/pom.xml');

/** Beside the packages from npm: all that runs here shares it, and nothing of it is data. */
const cache = join(workspace, 'node_modules/.cache/anju-kafka');

/** The folder of the jars that the pom names, whether or not they are there yet. */
function jarsFolder(): string {
  const fingerprint = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  return join(cache, fingerprint);
}

/** @returns the folder of the broker's jars, or null when they have not been fetched */
export function fetchedJars(): string | null {
  const folder = jarsFolder();
  return existsSync(folder) ? folder : null;
}

/** @returns null, or what Maven complained about */
function runMaven(maven: string, java: string, target: string): Promise<string | null> {
  const args = ['-q', '-B', '-C', '-f', pom, 'dependency:copy-dependencies'];
  const child = spawn(maven, [...args, '-DincludeScope=runtime', `-DoutputDirectory=${target}`], {
    env: { ...process.env, JAVA_HOME: process.env['JAVA_HOME'] ?? javaHome(java) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      if (code === 0) return resolve(null);
      const errors = output.split('\n').filter((line) => line.startsWith('[ERROR]'));
      resolve((errors[0] ?? output).trim() || `exit code ${code}`);
    });
  });
}

/** One fetch at a time: others wait for it, also those of a process that was killed meanwhile. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const lock = join(cache, 'lock.json');
  const mine = `${lock}.${process.pid}`;
  for (;;) {
    writeFileSync(mine, JSON.stringify(processIdentity(process.pid)));
    try {
      linkSync(mine, lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(mine, { force: true });
    }
    const text = existsSync(lock) ? readFileSync(lock, 'utf8') : '';
    if (text && !isAlive(JSON.parse(text) as ProcessIdentity)) rmSync(lock, { force: true });
    else await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Fetches the broker's jars by Maven, with the user's own settings for it, unless they are there.
 * @returns their folder
 * @throws Error with Maven's first complaint
 */
export async function fetchJars(maven: string, java: string, log: (line: string) => void): Promise<string> {
  const folder = jarsFolder();
  mkdirSync(cache, { recursive: true });
  return alone(async () => {
    if (existsSync(folder)) return folder;
    log('The Kafka broker: its jars are not there yet (Maven) …');
    const unfinished = mkdtempSync(join(cache, 'unfinished-'));
    try {
      const complaint = await runMaven(maven, java, unfinished);
      if (complaint) throw new Error(`the Kafka broker's jars could not be fetched by Maven: ${complaint}`);
      renameSync(unfinished, folder);
    } catch (error) {
      // Two that both found the lock of a dead process fetch the same.
      if (!existsSync(folder)) throw error;
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
    return folder;
  });
}

/**
 * Why no broker can be started here, as far as that can be known without trying.
 * @returns null when nothing stands in the way
 */
export function brokerObstacle(machine = thisMachine): string | null {
  if (machine.canInstall) return null;
  const tools = [findJava(machine), ...(fetchedJars() === null ? [findMaven(machine)] : [])];
  const missing = tools.flatMap((tool) => ('missing' in tool ? [tool.missing] : []));
  return missing.length > 0 ? missing.join('; ') : null;
}
