import { setTimeout as sleep } from 'node:timers/promises';
import { residents } from '@anju/demonstration';
import { post } from './graph-client';
import { build, DataDirectory, stagingMillis, type Ended, type Run } from './process-stage';

/**
 * Where the story is cut off: while people move in, while a case opens by itself, while due times fire, and when
 * it is over but nobody has noted that yet.
 */
const cuts = [
  { line: 'places, people and partners', pauseMillis: 250 },
  { line: 'one case, major at once', pauseMillis: 40 },
  { line: 'Wed 04/03', pauseMillis: 10 },
  { line: 'Thu 12/03', pauseMillis: 0 },
];

const idsQuery =
  '{ projects { nodes { id } } customers { nodes { id homes { id } interactions { nodes { id number } } } } complaints { nodes { id number } } }';

/** The query that a start prints, as it is printed. */
function printedQuery(output: string): string {
  return /^ {2}query DayOne \{\n(.*\n)*? {2}\}$/m.exec(output)![0];
}

const stopped = { code: 0, signal: null, errors: '', leftovers: [] };

/** One directory on which a newcomer's `npm start` runs, and one whose starts are killed and stopped. */
describe('npm start', () => {
  let directory: DataDirectory;
  let run: Run;
  let disturbed: DataDirectory;
  /** The start that completed the killed story, and the one after it. */
  const seen: {
    cutOff?: readonly string[];
    resumed?: { rows: Record<string, number>; answer: unknown; ids: unknown };
    interrupted?: Ended;
    next?: { ids: unknown };
    interruptedTwice?: Ended;
    fresh?: { answer: unknown };
    npmTerminated?: Ended;
  } = {};

  async function killOnTheWay(): Promise<string[]> {
    const outputs: string[] = [];
    for (const { line, pauseMillis } of cuts) {
      const killed = disturbed.start();
      await killed.says(line);
      await sleep(pauseMillis);
      outputs.push((await killed.ends('SIGKILL')).output);
    }
    return outputs;
  }

  async function playDisturbed(): Promise<void> {
    seen.cutOff = await killOnTheWay();
    const resumed = disturbed.start();
    await resumed.up();
    seen.resumed = {
      rows: await disturbed.rowsAtRest(),
      answer: await disturbed.ask(resumed, 'linfang', printedQuery(resumed.output)),
      ids: await disturbed.ask(resumed, 'linfang', idsQuery),
    };
    resumed.interrupt();
    seen.interrupted = await resumed.ends();

    const next = disturbed.start();
    seen.next = { ids: await disturbed.ask(next, 'linfang', idsQuery) };
    next.interrupt();
    next.interrupt();
    await sleep(50);
    next.interrupt();
    seen.interruptedTwice = await next.ends();

    const fresh = disturbed.npmStart('--fresh', '--empty');
    const query = '{ customers { totalCount } complaints { totalCount } }';
    seen.fresh = { answer: await disturbed.ask(fresh, 'linfang', query) };
    seen.npmTerminated = await fresh.ends('SIGTERM');
  }

  beforeAll(async () => {
    build();
    directory = new DataDirectory();
    disturbed = new DataDirectory();
    run = directory.npmStart();
    await Promise.all([run.up(), playDisturbed()]);
  }, stagingMillis);

  afterAll(() => DataDirectory.removeAll());

  it('plays the day with visible progress', () => {
    const lines = run.output.split('\n');
    expect(lines[0]).toContain('锦绣花园 (Jinxiu Garden)');
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}Mon 02\/03, 09:02 {2}王秀兰/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}Thu 12\/03, 11:00 {2}special report/));
    expect(run.errors).toBe('');
  });

  it('prints addresses that answer', async () => {
    const addresses = run.output.match(/http:\/\/127\.0\.0\.1:\d+\S*/g)!;
    expect(addresses).toHaveLength(5);
    for (const address of addresses.filter((one) => !one.endsWith('/graphql'))) {
      expect((await fetch(address)).status).toBe(200);
    }
  });

  it('prints accounts, each of which can sign in', async () => {
    const table = /npm run token -- <account>\)\n\n((?: {2}\S+ +\S+ {2}.+\n)+)/.exec(run.output)![1]!;
    const names = table
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[0]!);
    expect(names).toEqual(expect.arrayContaining(['admin', 'linfang', 'zhoumin', 'guowei', 'bi', 'auditor']));
    const accounts = JSON.parse(directory.read('accounts.json')) as { account: string }[];
    expect(names.sort()).toEqual(accounts.map(({ account }) => account).sort());
    expect(await directory.ask(run, 'bi', '{ me { account } }')).toEqual({ me: { account: 'bi' } });
  });

  it('prints a query that answers, as it is printed, with the result of the day', async () => {
    expect(await directory.ask(run, 'linfang', printedQuery(run.output))).toEqual({
      customers: {
        nodes: [
          {
            name: '王秀兰',
            homes: [expect.objectContaining({ warrantyEndsOn: '2025-06-30' })],
            contracts: {
              nodes: [
                expect.objectContaining({
                  number: 'JX-HT20260302-001',
                  status: 'FILED',
                  unit: { home: '8-1-1502' },
                }),
              ],
            },
            interactions: {
              nodes: [
                expect.objectContaining({
                  number: 'JX-20260302-001',
                  class: 'OWN_REPAIR',
                  label: '已完成',
                  workOrders: [expect.objectContaining({ technician: { name: '李强' } })],
                }),
              ],
            },
            complaints: { nodes: [] },
            messages: {
              nodes: [
                expect.objectContaining({ kind: 'NOTICE', byStaff: { name: '许晴' } }),
                expect.objectContaining({ kind: 'REPLY', byStaff: { name: '周敏' } }),
              ],
            },
          },
        ],
      },
      metrics: [
        { metric: 'service_items', value: '3' },
        { metric: 'complaints_received', value: '1' },
        { metric: 'complaints_major', value: '1' },
        { metric: 'responses_within_one_working_day', value: '100.00' },
        { metric: 'return_visits_within_three_days', value: '100.00' },
        { metric: 'contracts_signed', value: '1' },
        { metric: 'filing_days', value: '18.00' },
      ],
    });
  });

  it('gives a token and nothing else to npm run token', async () => {
    const token = await directory.run('npm', ['run', 'token', '--', 'linfang']).ends();
    expect(token).toMatchObject({ code: 0, errors: '' });
    expect(token.output).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const authorization = `Bearer ${token.output.trimEnd()}`;
    const { data } = await post(await run.up(), '{"query":"{ me { account } }"}', { authorization });
    expect(data).toEqual({ me: { account: 'linfang' } });
  });

  it('tells the accounts where npm run token is asked for none or an unknown one', async () => {
    await Promise.all(
      [['nobody'], []].map(async (args) => {
        const token = await directory.run('npm', ['run', 'token', '--', ...args]).ends();
        expect(token).toMatchObject({ code: 1, output: '' });
        expect(token.errors).toMatch(/accounts: .*linfang/);
      }),
    );
  });

  it('keeps names, numbers, contents and tokens out of the log', async () => {
    const desk = await directory.visitor(run, 'zhoumin');
    const callback = '13812345678';
    await desk.ask(
      `mutation { recordInteraction(input: { projectId: "x", channel: PHONE, content: "漏水了", callerName: "张三", callbackContact: "${callback}", facts: { matter: FAULT } }) { __typename } }`,
    );
    await post(
      desk.url,
      JSON.stringify({ query: `{ customers(filter: { search: "${callback}" }) { x } }` }),
      {
        authorization: `Bearer ${desk.token}forged`,
      },
    );
    const log = directory.read('anju.log') + directory.read('postgres/postgres.log');
    expect(log).toContain('request answered');
    const secrets = residents.flatMap(({ name, phone, identityNumber }) => [
      name,
      phone,
      identityNumber ?? name,
    ]);
    for (const secret of [...secrets, '漏水', '张三', callback, '林芳', 'eyJ', 'Bearer']) {
      expect(log).not.toContain(secret);
    }
  });

  it('says that its port is taken, and touches nothing, also with --fresh', async () => {
    const port = Number(new URL(await run.up()).port);
    const files = () =>
      ['accounts.json', 'progress.json', 'data-keys.json'].map((name) => directory.read(name));
    const before = files();
    const taken = new RegExp(`^port ${port} is taken; stop what uses it, or choose another.*\n$`);
    await Promise.all(
      [[], ['--fresh']].map(async (args) => {
        const second = await directory.startOn(port, ...args).ends();
        expect(second).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(taken) });
      }),
    );
    expect(files()).toEqual(before);
  });

  it('leaves the data to the instance that runs on them, also with --fresh', async () => {
    const before = await directory.rowCounts();
    const inUse = /^the database in .* is in use by another process of Anju.*\n$/;
    await Promise.all(
      [[], ['--fresh']].map(async (args) => {
        const second = await directory.start(...args).ends();
        expect(second).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(inUse) });
      }),
    );
    expect(await directory.rowCounts()).toEqual(before);
    expect(await directory.ask(run, 'linfang', '{ complaints { totalCount } }')).toEqual({
      complaints: { totalCount: 1 },
    });
  });

  it('completes a story that was killed four times: nothing twice, nothing lost', async () => {
    const goesOn = 'The story was cut off; it goes on where it stopped.';
    expect(seen.cutOff!.map((output) => output.includes(goesOn))).toEqual([false, true, true, true]);
    expect(seen.resumed!.rows).toEqual(await directory.rowsAtRest());
    expect(seen.resumed!.answer).toEqual(await directory.ask(run, 'linfang', printedQuery(run.output)));
  });

  it('stops everything at Ctrl-C', () => {
    expect(seen.interrupted).toMatchObject(stopped);
    expect(seen.interrupted!.output).toMatch(/\nstopping …\n$/);
  });

  it('keeps data and ids at the next start, and plays no story again', () => {
    expect(seen.next!.ids).toEqual(seen.resumed!.ids);
    expect(seen.interruptedTwice!.output).toMatch(/^\nAnju is running/);
  });

  it('stops everything at a second Ctrl-C as at the first', () => {
    expect(seen.interruptedTwice).toMatchObject(stopped);
    expect(seen.interruptedTwice!.output.match(/stopping/g)).toHaveLength(1);
  });

  it('begins anew with --fresh', () => {
    expect(seen.fresh!.answer).toEqual({
      customers: { totalCount: residents.length },
      complaints: { totalCount: 0 },
    });
  });

  it('ends when npm alone is told to', () => {
    expect(seen.npmTerminated).toMatchObject({ errors: '', leftovers: [] });
  });

  it('ends when npm alone is killed', async () => {
    expect(await run.ends('SIGKILL')).toMatchObject({ signal: 'SIGKILL', errors: '', leftovers: [] });
  });
});
