import { setTimeout as sleep } from 'node:timers/promises';
import { addHours, newId } from '@anju/kernel';
import { serve, type RunningService } from '@anju/subgraph';
import { InProcessEventBus } from '@anju/outbox';
import { silentLogger } from '@anju/testing';
import { directory } from './index';
import {
  DirectoryUnderTest,
  monday,
  registerTestProject,
  staff,
  testCipher,
  type TestProject,
} from '../test/directory-under-test';
import { ImportClient } from '../test/import-client';

describe('an import on its way', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let client: ImportClient;
  let importer: ReturnType<typeof staff>;

  beforeEach(async () => {
    under = await DirectoryUnderTest.start('import safety');
    ours = await registerTestProject(under, 'JX');
    importer = staff('SERVICE_SUPERVISOR', ours.projectId);
    client = new ImportClient(under, importer, ours.projectId);
  });

  afterEach(() => under.close());

  async function codeOf(who: typeof importer, field: string, input: object): Promise<unknown> {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
    const answer = await under.ask(who, `mutation($i: ${type}!) { ${field}(input: $i) { __typename } }`, {
      i: input,
    });
    return answer.errors?.[0]?.extensions['code'];
  }

  const parts = (): Promise<{ n: number }[]> => under.rows(`select count(*)::int as n from import_part`);

  it('takes parts in any order and again, but not another one in their place', async () => {
    const { id } = await client.start('UNITS');
    const file = Buffer.from('楼栋,单元,房号\n3,2,1301\n3,2,1302\n');
    await client.append(id, 1, file.subarray(20));
    expect(await client.run(id)).toMatchObject({ code: 'IMPORT_INCOMPLETE' });
    await client.append(id, 0, file.subarray(0, 20));
    await Promise.all([client.append(id, 0, file.subarray(0, 20)), client.append(id, 1, file.subarray(20))]);
    expect(await parts()).toEqual([{ n: 2 }]);
    expect(await client.append(id, 0, Buffer.from('别的'))).toMatchObject({ code: 'IMPORT_PART_DIFFERS' });
    await client.run(id);
    expect(await client.end(id)).toMatchObject({ status: 'DONE', created: 2 });
    expect(await client.append(id, 2, file)).toMatchObject({ code: 'IMPORT_STATUS_OUT_OF_ORDER' });
    expect(await client.run(id)).toMatchObject({ code: 'IMPORT_STATUS_OUT_OF_ORDER' });
  });

  it('deletes the file when the import ends, and does not bring it back for a repeated request', async () => {
    const { id } = await client.start('UNITS');
    const input = {
      id,
      index: 0,
      contentBase64: Buffer.from('楼栋,房号\n9,1\n').toString('base64'),
      idempotencyKey: 'part-0',
    };
    await under.command(importer, 'appendToImport', 'Import', input);
    const [stored] = await under.rows<{ content: string }>(`select content from import_part`);
    expect(stored!.content).not.toContain(input.contentBase64.slice(0, 12));
    await client.run(id);
    await client.end(id);
    expect(await parts()).toEqual([{ n: 0 }]);
    await under.command(importer, 'appendToImport', 'Import', input);
    expect(await parts()).toEqual([{ n: 0 }]);
  });

  it('is given up on request, and by itself after a day', async () => {
    const abandoned = await client.upload('UNITS', Buffer.from('楼栋,房号\n9,1\n'));
    expect(await under.command(importer, 'abandonImport', 'Import', { id: abandoned }, 'status')).toEqual({
      status: 'ABANDONED',
    });
    expect(await parts()).toEqual([{ n: 0 }]);
    const forgotten = await client.upload('UNITS', Buffer.from('楼栋,房号\n9,1\n'));
    under.clock.moveTo(addHours(monday, 24));
    await under.service.scheduler.fireUpTo(under.clock.now());
    expect(await client.report(forgotten)).toMatchObject({ status: 'ABANDONED' });
    expect(await client.run(forgotten)).toMatchObject({ code: 'IMPORT_STATUS_OUT_OF_ORDER' });
    while ((await parts())[0]!.n > 0) await sleep(100);
  });

  it('belongs to its project', async () => {
    const theirs = await registerTestProject(under, 'BH');
    const stranger = staff('SERVICE_SUPERVISOR', theirs.projectId);
    const id = await client.upload('UNITS', Buffer.from('楼栋,房号\n9,1\n'));
    const found = await under.read(
      stranger,
      `query($id: ID!) { import(id: $id) { id } imports { totalCount } }`,
      { id },
    );
    expect(found).toEqual({ import: null, imports: { totalCount: 0 } });
    expect(await codeOf(stranger, 'runImport', { id })).toBe('NOT_FOUND');
    expect(await codeOf(stranger, 'appendToImport', { id, index: 1, contentBase64: 'eA==' })).toBe(
      'NOT_FOUND',
    );
    const start = { kind: 'UNITS', projectId: ours.projectId, fileName: 'x.csv' };
    expect(await codeOf(stranger, 'startImport', start)).toBe('FORBIDDEN');
    expect(await codeOf(staff('FRONT_DESK', ours.projectId), 'startImport', start)).toBe('FORBIDDEN');
    expect(await codeOf(staff('SERVICE_SUPERVISOR'), 'startImport', { ...start, projectId: newId() })).toBe(
      'BAD_USER_INPUT',
    );
    const report = await client.import('UNITS', '项目编码,楼栋,房号\nBH,9,1\nJX,9,2\n');
    expect(report.problems.nodes).toEqual([
      { line: 2, column: 'projectCode', reason: 'UNKNOWN_VALUE', expected: 'JX' },
    ]);
  });

  it.each([
    ['what is not base64', '不是'],
    ['base64 with rubbish in it', 'eHh4!eHh4'],
    ['a part that is too long', Buffer.alloc(256 * 1024 + 1, 'x').toString('base64')],
    ['a part of nothing', ''],
  ])('does not take %s', async (_what, contentBase64) => {
    const { id } = await client.start('UNITS');
    expect(await codeOf(importer, 'appendToImport', { id, index: 0, contentBase64 })).toBe('BAD_USER_INPUT');
  });

  it('says how far it is', async () => {
    const lines = Array.from({ length: 4_000 }, (_, n) => `${n % 9},1,${100 + n}`);
    const id = await client.upload('UNITS', Buffer.from(['楼栋,单元,房号', ...lines].join('\n')));
    await client.run(id);
    const seen = new Set<string>();
    for (let report = await client.report(id); report.status !== 'DONE'; report = await client.report(id)) {
      expect(report.processedLines).toBeLessThanOrEqual(4_000);
      if (report.processedLines > 0 && report.processedLines < 4_000) seen.add(report.status);
      await sleep(10);
    }
    expect([...seen].sort()).toEqual(['APPLYING', 'CHECKING']);
  });

  describe('that is cut off', () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `客户${'甲乙丙丁'[n % 4]},138${10_000_000 + n}`);
    const file = Buffer.from(['姓名,电话', ...lines].join('\n'));

    /** Another process with the same database. */
    function anotherProcess(): Promise<RunningService> {
      const bus = new InProcessEventBus(silentLogger);
      return serve(directory, {
        ...{ databaseUrl: under.database.url, poolSize: 4, clock: under.clock, cipher: testCipher, bus },
        logger: silentLogger,
      });
    }

    async function untilInTheMiddle(id: string): Promise<number> {
      for (;;) {
        const { status, processedLines } = await client.report(id);
        if (status === 'APPLYING' && processedLines >= 500) return processedLines;
        if (!['QUEUED', 'CHECKING', 'APPLYING'].includes(status))
          throw new Error(`not in the middle: ${status}`);
        await sleep(5);
      }
    }

    async function expectEverythingOnce(id: string, other: RunningService): Promise<void> {
      const count = async (sql: string): Promise<number> =>
        Number((await other.dataSource.query<{ n: string }[]>(sql))[0]!.n);
      for (;;) {
        const [row] = await other.dataSource.query<
          { status: string; created: number; processed_lines: number }[]
        >(`select status, created, processed_lines from import where id = '${id}'`);
        expect(['QUEUED', 'CHECKING', 'APPLYING', 'DONE']).toContain(row!.status);
        if (row!.status === 'DONE') {
          expect(row).toMatchObject({ created: 5_000, processed_lines: 5_000 });
          break;
        }
        await sleep(50);
      }
      expect(await count(`select count(*) as n from customer`)).toBe(5_000);
      expect(await count(`select count(*) as n from outbox where type = 'customer-registered.v1'`)).toBe(
        5_000,
      );
      expect(await count(`select count(*) as n from history where reason = 'import ${id}'`)).toBe(5_000);
      expect(await count(`select count(*) as n from import_part`)).toBe(0);
    }

    it('by the end of its process goes on in another, at once, after the last batch', async () => {
      const id = await client.upload('CUSTOMERS', file);
      await client.run(id);
      await untilInTheMiddle(id);
      await under.stopService();
      const other = await anotherProcess();
      await expectEverythingOnce(id, other);
      await other.close();
    });

    it('by a crash goes on when the lease has run out, and nothing is done twice', async () => {
      const id = await client.upload('CUSTOMERS', file);
      await client.run(id);
      const done = await untilInTheMiddle(id);
      await under.crash();
      const other = await anotherProcess();
      await sleep(500);
      const held = await other.dataSource.query<{ status: string; processed_lines: number }[]>(
        `select status, processed_lines from import`,
      );
      expect(held[0]!.status).toBe('APPLYING');
      expect(held[0]!.processed_lines).toBeGreaterThanOrEqual(done);
      expect(held[0]!.processed_lines).toBeLessThan(5_000);
      await other.dataSource.query(`update import set leased_until = now()`);
      await expectEverythingOnce(id, other);
      await other.close();
    }, 30_000);

    it('is worked on by one of two processes', async () => {
      const other = await anotherProcess();
      const id = await client.upload('CUSTOMERS', file);
      await client.run(id);
      await expectEverythingOnce(id, other);
      await other.close();
    });
  });
});
