import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { isAlive, processIdentity, type ProcessIdentity } from './processes';

/** Another live process has a broker on the directory. */
export class BrokerDirectoryInUse extends Error {
  override readonly name = 'BrokerDirectoryInUse';
}

/** What is known of the broker of a directory; kept in its `broker.json`. */
export interface BrokerRecord {
  readonly process: ProcessIdentity;
  readonly port: number;
  readonly controllerPort: number;
}

const ownerFile = (directory: string): string => join(directory, 'owner.json');
const recordFile = (directory: string): string => join(directory, 'broker.json');

/** @returns null when there is no such file, or what is in it is not whole */
function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all: who reads meanwhile sees the former one. */
function writeJson(file: string, value: object): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(value));
  renameSync(unfinished, file);
}

export function readRecord(directory: string): BrokerRecord | null {
  return readJson(recordFile(directory));
}

export function writeRecord(directory: string, record: BrokerRecord): void {
  writeJson(recordFile(directory), record);
}

/** The broker that runs on the directory, if one does. */
export function runningBroker(directory: string): BrokerRecord | null {
  const record = readRecord(directory);
  return record && isAlive(record.process) ? record : null;
}

/** Removes the file of an owner that is gone, and not that of one who took its place since it was read. */
function discard(file: string, aside: string): void {
  try {
    renameSync(file, aside);
    const owner = readJson<ProcessIdentity>(aside);
    if (owner && isAlive(owner)) linkSync(aside, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Makes the directory this process's own until `release`, or until this process ends, however it does.
 * @throws BrokerDirectoryInUse
 */
export function takeOwnership(directory: string): { release(): void } {
  const file = ownerFile(directory);
  const me = processIdentity(process.pid);
  if (!me) throw new Error('the operating system does not say when this process began');
  const mine = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(mine, JSON.stringify(me));
    for (;;) {
      try {
        // A link appears with its content, and only where nothing is.
        linkSync(mine, file);
        return { release: () => rmSync(file, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const owner = readJson<ProcessIdentity>(file);
      if (owner && isAlive(owner)) {
        const broker = runningBroker(directory);
        throw new BrokerDirectoryInUse(
          `the Kafka broker in ${directory} is in use by another process of Anju (process ${owner.pid}` +
            `${broker ? `; the broker is process ${broker.process.pid} on port ${broker.port}` : ''})`,
        );
      }
      discard(file, `${mine}.discarded`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}
