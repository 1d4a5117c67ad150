import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokerDirectoryInUse, readRecord, runningBroker, takeOwnership, writeRecord } from './ownership';
import { isAlive, processIdentity } from './processes';

describe('a directory of a broker', () => {
  let directory: string;
  const me = processIdentity(process.pid)!;
  /** A process that had this one's number before it. */
  const former = { pid: process.pid, began: 'long ago' };

  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'anju-ownership-spec-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('belongs to one process at a time', () => {
    const ownership = takeOwnership(directory);
    expect(() => takeOwnership(directory)).toThrow(BrokerDirectoryInUse);
    ownership.release();
    takeOwnership(directory).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    ['that is gone, and whose number is given to another', JSON.stringify(former)],
    ['whose file is not whole', '{"pid":'],
  ])('is taken over from one %s', (_, content) => {
    writeFileSync(join(directory, 'owner.json'), content);
    const ownership = takeOwnership(directory);
    expect(readdirSync(directory)).toEqual(['owner.json']);
    ownership.release();
  });

  it('has a broker that runs only while the process that was one is the same', () => {
    expect(runningBroker(directory)).toBeNull();
    writeRecord(directory, { process: former, port: 1, controllerPort: 2 });
    expect(readRecord(directory)).toMatchObject({ port: 1, controllerPort: 2 });
    expect(runningBroker(directory)).toBeNull();
    writeRecord(directory, { process: me, port: 3, controllerPort: 4 });
    expect(runningBroker(directory)?.port).toBe(3);
    expect(isAlive(former)).toBe(false);
    expect(isAlive(me)).toBe(true);
  });
});
