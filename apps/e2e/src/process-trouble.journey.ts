import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@anju/testing';
import type { Visitor } from './graph-client';
import {
  build,
  DataDirectory,
  freePort,
  patienceMillis,
  stagingMillis,
  type Ended,
  type Run,
} from './process-stage';

interface Recorded {
  readonly id: string;
  readonly number: string;
}

const clients = 4;
const commandsOfEach = 12;
const commands = clients * commandsOfEach;
/** All commands on one day, whatever the time is. */
const standing = ['--empty', '--clock', '2026-03-02T09:00:00+08:00'];
const needed = ['accounts.json', 'data-keys.json'];
const replaceable = ['progress.json', 'issuer-key.json'];
const files = [...needed, ...replaceable];

/** Sends a command until it is answered, as a client does that has lost its connection. */
async function record(
  desk: Visitor,
  projectId: string,
  content: string,
  patience: AbortSignal,
): Promise<Recorded> {
  const input = {
    projectId,
    channel: 'PHONE',
    content,
    callerName: '过路人',
    callbackContact: '13812345678',
    facts: { matter: 'FAULT' },
    idempotencyKey: `key of ${content}`,
  };
  for (;;) {
    try {
      const answer = await desk.command('recordInteraction', input, '... on Interaction { id number }');
      if (answer.errors.length === 0) {
        expect(answer.data).toMatchObject({ recordInteraction: { __typename: 'Interaction' } });
        const { id, number } = answer.data!['recordInteraction'] as Recorded;
        return { id, number };
      }
      // What the end of the database makes of a request; everything else is a mistake of this test.
      expect(answer.errors[0]!.extensions.code).toBe('UNAVAILABLE');
    } catch (error) {
      // A connection that is cut or refused, or half an answer.
      if (!['TypeError', 'SyntaxError'].includes((error as Error).name)) throw error;
    }
    patience.throwIfAborted();
    await sleep(50);
  }
}

describe('a platform that is disturbed', () => {
  let directory: DataDirectory;
  const seen: {
    answers?: readonly Recorded[];
    stored?: readonly Recorded[];
    commandsRecorded?: number;
    factsKnown?: number;
    withoutDatabase?: Ended;
    rows?: Record<string, number>;
    rowsAfterwards?: Record<string, number>;
    rowsWithoutFiles?: Record<string, number>;
    terminated?: Ended;
    whileStarting?: Ended;
  } = {};

  /** Kills the platform while clients are busy, and starts it again where they look for it. */
  async function killWhileBusy(): Promise<Run> {
    const port = await freePort();
    const run = directory.startOn(port, ...standing);
    const { projects } = await directory.ask<{ projects: { nodes: { id: string }[] } }>(
      run,
      'zhoumin',
      '{ projects { nodes { id } } }',
    );
    const projectId = projects.nodes[0]!.id;
    const desk = await directory.visitor(run, 'zhoumin');
    const patience = AbortSignal.timeout(patienceMillis);
    let answered = 0;
    const work = Array.from({ length: clients }, async (_, client) => {
      const mine: Recorded[] = [];
      for (let count = 0; count < commandsOfEach; count += 1) {
        mine.push(await record(desk, projectId, `水管漏水 ${client}-${count}`, patience));
        answered += 1;
      }
      return mine;
    });
    const restarted = (async () => {
      await until('some are answered', () => answered >= commands / 3);
      await run.ends('SIGKILL');
      const again = directory.startOn(port, ...standing);
      await again.up();
      return again;
    })();
    const [answers, again] = await Promise.all([Promise.all(work), restarted]);
    seen.answers = answers.flat();
    seen.stored = await directory.query<Recorded>(
      'reception',
      'select id, number from interaction order by number',
    );
    seen.commandsRecorded = await directory.count('reception', 'history', `command = 'recordInteraction'`);
    const facts = () => directory.count('insights', 'fact_interaction');
    await until('insights know of all', async () => (await facts()) >= commands);
    seen.factsKnown = await facts();
    return again;
  }

  async function killDatabase(run: Run): Promise<void> {
    seen.rows = await directory.rowsAtRest();
    process.kill(directory.postmaster(), 'SIGKILL');
    seen.withoutDatabase = await run.ends();
    const next = directory.start(...standing);
    await next.up();
    seen.rowsAfterwards = await directory.rowsAtRest();
    seen.terminated = await next.ends('SIGTERM');
  }

  async function startWithoutFiles(): Promise<void> {
    for (const name of replaceable) rmSync(directory.file(name));
    const run = directory.start(...standing);
    await directory.ask(run, 'zhoumin', '{ interactions { totalCount } }');
    seen.rowsWithoutFiles = await directory.rowsAtRest();
    await run.ends('SIGTERM');
  }

  async function interruptWhileStarting(): Promise<void> {
    const run = directory.start();
    await until('PostgreSQL is there', () =>
      existsSync(directory.file('postgres/cluster/data/postmaster.pid')),
    );
    seen.whileStarting = await run.ends('SIGINT');
  }

  beforeAll(async () => {
    build();
    directory = new DataDirectory();
    await killDatabase(await killWhileBusy());
    await startWithoutFiles();
    await interruptWhileStarting();
  }, stagingMillis);

  afterAll(() => DataDirectory.removeAll());

  /** A directory with the files that lie beside the database, and without the database. */
  function filesAlone(): DataDirectory {
    const copy = new DataDirectory();
    mkdirSync(copy.path);
    for (const name of files) writeFileSync(copy.file(name), directory.read(name), { mode: 0o600 });
    return copy;
  }

  it('killed while commands come in has carried out each of them once, when clients have tried again', () => {
    expect(seen.commandsRecorded).toBe(commands);
    const byNumber = [...seen.answers!].sort((a, b) => (a.number < b.number ? -1 : 1));
    expect(byNumber).toEqual(seen.stored);
    const numbers = seen.stored!.map(({ number }) => Number(number.split('-').at(-1)));
    expect(numbers).toEqual(Array.from({ length: commands }, (_, index) => index + 1));
  });

  it('killed while commands come in has told the other services of each of them once', () => {
    expect(seen.factsKnown).toBe(commands);
  });

  it('ends with a sentence when its database is killed, and has lost nothing at the next start', () => {
    expect(seen.withoutDatabase).toMatchObject({ code: 1, leftovers: [] });
    expect(seen.withoutDatabase!.errors).toMatch(
      /^PostgreSQL ended by itself \(SIGKILL\); see .*postgres\.log\. Everything is stopped.*\n$/,
    );
    expect(seen.rowsAfterwards).toEqual(seen.rows);
  });

  it('stops everything at SIGTERM', () => {
    expect(seen.terminated).toMatchObject({ code: 0, signal: null, errors: '', leftovers: [] });
    expect(seen.terminated!.output).toMatch(/\nstopping …\n$/);
  });

  it('ends what it was just starting when it is interrupted', () => {
    expect(seen.whileStarting).toEqual({
      code: 0,
      signal: null,
      output: '\nstopping …\n',
      errors: '',
      leftovers: [],
    });
  });

  it('tells every mistake in its arguments and its environment', async () => {
    const args = ['dist/apps/suite/src/main.js', '--frehs', '--clock', 'noon', 'now'];
    const mistaken = await new DataDirectory()
      .run(process.execPath, args, { PORT: '70000', LOG_LEVEL: 'loud' })
      .ends();
    expect(mistaken).toMatchObject({ code: 2, output: '' });
    expect(mistaken.errors.split('\n').slice(0, 7)).toEqual([
      'there is no option --frehs',
      'now is not expected',
      expect.stringContaining('--clock is noon; expected an instant'),
      'PORT is 70000; expected a number from 0 to 65535',
      expect.stringContaining('LOG_LEVEL is loud; expected one of'),
      '',
      'npm start [-- options]',
    ]);
  });

  it('says in a sentence which of its files is damaged', async () => {
    await Promise.all(
      files.map(async (name) => {
        const copy = filesAlone();
        const whole = copy.read(name);
        writeFileSync(copy.file(name), whole.slice(0, whole.length / 2));
        const damaged = await copy.start().ends();
        expect(damaged).toMatchObject({ code: 1, output: '', leftovers: [] });
        expect(damaged.errors).toMatch(new RegExp(`^\\S+/${name} is (damaged|not a P-256 private key).*\n$`));
      }),
    );
  });

  it('says which file it needs that is gone, and makes no other', async () => {
    await Promise.all(
      needed.map(async (name) => {
        const without = filesAlone();
        rmSync(without.file(name));
        const refused = await without.start().ends();
        expect(refused).toMatchObject({ code: 1, output: '' });
        expect(refused.errors).toMatch(
          new RegExp(`^\\S+/${name} is gone, and the data cannot be used without it.*\n$`),
        );
        expect(existsSync(without.file(name))).toBe(false);
      }),
    );
  });

  it('makes anew a file that is gone and that it can do without, and has its data as before', () => {
    expect(seen.rowsWithoutFiles).toEqual(seen.rows);
    for (const name of replaceable) expect(existsSync(directory.file(name))).toBe(true);
  });

  it('says that the database is gone when only the files beside it are there', async () => {
    const empty = await filesAlone().start().ends();
    expect(empty).toMatchObject({ code: 1, output: '', leftovers: [] });
    expect(empty.errors).toMatch(
      /^the database in .* is empty although the data were there; begin anew.*\n$/,
    );
  });

  it('says that its data directory cannot be used', async () => {
    const { path } = new DataDirectory();
    writeFileSync(path, 'a file where a directory should be');
    const refused = await directory
      .run(process.execPath, ['dist/apps/suite/src/main.js'], { ANJU_DATA_DIR: `${path}/data` })
      .ends();
    expect(refused).toMatchObject({ code: 1, output: '' });
    expect(refused.errors).toMatch(
      /^the data directory .* cannot be used: ENOTDIR.*\nchoose another: ANJU_DATA_DIR=.*\n$/,
    );
  });
});
