import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@anju/testing';
import { SupervisedProcess } from './supervised-process';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Says that it is ready, and ends in order when it is told to or its parent is gone. */
const good = `
  console.log('a line of the log');
  process.on('SIGTERM', () => { console.log('told to end'); process.exit(0); });
  process.on('disconnect', () => process.exit(0));
  setInterval(() => undefined, 1_000);
  process.send({ ready: 'http://127.0.0.1:1/graphql' });
`;

describe('a process that is looked after', () => {
  let folder: string;
  let said: string[];
  let givenUp: string[];
  const processes: SupervisedProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'anju-supervised-'));
    said = [];
    givenUp = [];
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  function supervised(source: string, logDir = join(folder, 'logs')): SupervisedProcess {
    const main = join(folder, 'main.js');
    writeFileSync(main, source);
    const one = new SupervisedProcess({
      name: 'ledger',
      main,
      logDir,
      environment: async () => ({
        PATH: process.env['PATH'],
        STARTED_AT: String(Date.now()),
        FOLDER: folder,
      }),
      say: (line) => said.push(line),
      givenUp: (reason) => givenUp.push(reason),
      backOff: [10, 20],
    });
    processes.push(one);
    return one;
  }

  const log = (): string => readFileSync(join(folder, 'logs/ledger.log'), 'utf8');

  it('tells where it answers, has its log in a file, and is told to end', async () => {
    const one = supervised(good);
    expect(await one.start()).toBe('http://127.0.0.1:1/graphql');
    expect(one.isReady).toBe(true);
    const pid = one.pid!;
    await one.stop();
    expect(isAlive(pid)).toBe(false);
    expect(log()).toBe('a line of the log\ntold to end\n');
    expect(said).toEqual([]);
  });

  it('is started again when it was killed, and that is told', async () => {
    const one = supervised(good);
    await one.start();
    const pid = one.pid!;
    one.kill();
    await until('it is back', () => said.some((line) => line.includes('is back')));
    expect(one.pid).not.toBe(pid);
    expect(said[0]).toContain('ledger ended by itself (SIGKILL)');
    expect(said[0]).toContain('started again in 0.01 s');
  });

  it('is given up when it ends again and again, with its own last words', async () => {
    const one = supervised(`
      const fs = require('node:fs');
      const again = process.env.FOLDER + '/again';
      if (fs.existsSync(again)) { console.error('ledger: PostgreSQL cannot be reached'); process.exit(1); }
      fs.writeFileSync(again, '');
      process.send({ ready: 'http://127.0.0.1:1/graphql' }, () => process.exit(3));
    `);
    await one.start();
    await until('it is given up', () => givenUp.length > 0);
    expect(said[0]).toContain('ledger ended by itself (exit code 3)');
    expect(said[1]).toContain('ledger: PostgreSQL cannot be reached');
    expect(givenUp).toEqual([expect.stringContaining('ledger ended 3 times; it is not started again')]);
  });

  it('that does not start is a fault at once, in its own words', async () => {
    const one = supervised(`console.error('ledger: port 4001 is taken'); process.exit(1);`);
    await expect(one.start()).rejects.toThrow(
      /ledger did not start \(exit code 1\):\s+ledger: port 4001 is taken/,
    );
    expect(said).toEqual([]);
  });

  it('can be ended while it starts', async () => {
    const one = supervised(
      `setInterval(() => undefined, 1_000); require('node:fs').writeFileSync(process.env.FOLDER + '/up', '')`,
    );
    const starting = one.start();
    starting.catch(() => undefined);
    await until('it is up', () => existsSync(join(folder, 'up')));
    await one.stop();
    await expect(starting).rejects.toThrow('ledger did not start');
  });

  it('is not started where its log cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(supervised(good, join(folder, 'file')).start()).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});
