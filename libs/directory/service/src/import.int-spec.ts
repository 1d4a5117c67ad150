import iconv from 'iconv-lite';
import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';
import { ImportClient } from '../test/import-client';

const unitsHeader = '楼栋,单元,房号,预售面积,保修截止日期,状态\r\n';
const units = `${unitsHeader}3栋,2单元,1201室,89.30,,\r\n3,2,1203,120.55㎡,2027/1/15,已交付\r\n9号楼,1,0101,66,,待售\r\n,,,,,\r\n`;
const customersHeader = '姓名,联系电话,证件类型,证件号码,房屋,身份,起始日期,物业费缴纳人\n';

describe('importing a file', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let client: ImportClient;
  const importer = () => staff('SERVICE_SUPERVISOR', ours.projectId);

  beforeEach(async () => {
    under = await DirectoryUnderTest.start('import');
    ours = await registerTestProject(under, 'JX');
    client = new ImportClient(under, importer(), ours.projectId);
  });

  afterEach(() => under.close());

  const count = async (table: string): Promise<number> =>
    (await under.rows<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;

  const encodings = [
    { name: 'UTF-8', content: Buffer.from(units), encoding: 'UTF_8' },
    { name: 'UTF-8 with a byte-order mark', content: Buffer.from(`\uFEFF${units}`), encoding: 'UTF_8' },
    { name: 'GB18030', content: iconv.encode(units, 'gb18030'), encoding: 'GB18030' },
  ];

  rule.each(encodings)('DIR-01', 'units come from a file in $name', async ({ content, encoding }) => {
    const report = await client.import('UNITS', content);
    expect(report).toMatchObject({
      ...{ status: 'DONE', encoding, totalLines: 3, processedLines: 3 },
      ...{ created: 2, changed: 1, unchanged: 0, badLines: 0, newBuildings: 1, newSections: 1 },
    });
    const { units: page } = await under.read<{ units: { nodes: object[] } }>(
      ...[importer(), `{ units { nodes { home preSaleArea warrantyEndsOn status } } }`],
    );
    expect(page.nodes).toEqual([
      { home: '3-1-0302', preSaleArea: null, warrantyEndsOn: null, status: 'HANDED_OVER' },
      { home: '3-2-1201', preSaleArea: '89.30', warrantyEndsOn: null, status: 'HANDED_OVER' },
      { home: '3-2-1202', preSaleArea: null, warrantyEndsOn: null, status: 'HANDED_OVER' },
      { home: '3-2-1203', preSaleArea: '120.55', warrantyEndsOn: '2027-01-15', status: 'HANDED_OVER' },
      { home: '9-1-0101', preSaleArea: '66.00', warrantyEndsOn: null, status: 'FOR_SALE' },
    ]);
  });

  it('reads GB18030 as what it was told, and says so when it is not', async () => {
    const gb = iconv.encode(units, 'gb18030');
    expect(await client.import('UNITS', gb, { encoding: 'GB18030' })).toMatchObject({ status: 'DONE' });
    expect(await client.import('UNITS', gb, { encoding: 'UTF_8' })).toMatchObject({
      ...{ status: 'FAILED', failure: 'NOT_IN_THIS_ENCODING', totalLines: null },
    });
  });

  it('changes nothing when the same file comes twice', async () => {
    await client.import('UNITS', units);
    const before = [await count('history'), await count('outbox'), await count('unit')];
    const again = await client.import('UNITS', units);
    expect(again).toMatchObject({ status: 'DONE', created: 0, changed: 0, unchanged: 3 });
    // The course of the second import itself is history too.
    expect(await under.rows(`select 1 from history where reason = $1`, [`import ${again.id}`])).toEqual([]);
    expect([await count('outbox'), await count('unit')]).toEqual(before.slice(1));
  });

  const bad = `${unitsHeader}3,2,1201,八十九,,\n3,2,1203,120.55,,\n5,1,0101,1,2026-02-30,卖了\n3,2,1203,1,,\n,,9999,,,\n`;
  const problems = [
    { line: 2, column: 'preSaleArea', reason: 'FORMAT' },
    { line: 4, column: 'warrantyEndsOn', reason: 'FORMAT' },
    { line: 4, column: 'status', reason: 'UNKNOWN_VALUE' },
    { line: 5, column: 'number', reason: 'DUPLICATE', expected: 'line 3' },
    { line: 6, column: 'building', reason: 'FORMAT' },
  ];

  it('imports nothing of a file with bad lines, and reports each with its column', async () => {
    const before = [await count('unit'), await count('building'), await count('outbox')];
    const report = await client.import('UNITS', bad);
    expect(report).toMatchObject({ status: 'REFUSED', totalLines: 5, badLines: 4, created: 1 });
    expect(report.problems.totalCount).toBe(5);
    expect(report.problems.nodes).toEqual(
      expect.arrayContaining(problems.map((one): unknown => expect.objectContaining(one))),
    );
    expect([await count('unit'), await count('building'), await count('outbox')]).toEqual(before);
  });

  it('imports the good lines of a file with bad ones when told to', async () => {
    const report = await client.import('UNITS', bad, { skipBadLines: true });
    expect(report).toMatchObject({ status: 'DONE', processedLines: 5, created: 1, badLines: 4 });
    expect(report.problems.totalCount).toBe(5);
    expect(await count('unit')).toBe(4);
  });

  it('only tries out when told to', async () => {
    const before = [await count('unit'), await count('building'), await count('outbox')];
    const good = await client.import('UNITS', units, { dryRun: true });
    expect(good).toMatchObject({ status: 'DONE', created: 2, changed: 1, newBuildings: 1, newSections: 1 });
    const wrong = await client.import('UNITS', bad, { dryRun: true });
    expect(wrong).toMatchObject({ status: 'DONE', created: 1, badLines: 4 });
    expect(wrong.problems.totalCount).toBe(5);
    expect([await count('unit'), await count('building'), await count('outbox')]).toEqual(before);
  });

  it.each([
    [
      'a header without a needed column',
      '单元,房号\n1,0101\n',
      { line: 1, column: 'building', reason: 'REQUIRED' },
    ],
    [
      'a column that it does not know',
      '楼栋,房号,猫\n1,1,2\n',
      { line: 1, column: '#3', reason: 'UNKNOWN_VALUE' },
    ],
    ['no line at all', '', { line: 1, column: 'building', reason: 'REQUIRED' }],
    [
      'a quote that is never closed',
      '楼栋,房号\n3,0909\n"3,1\n4,2\n',
      { line: 3, column: '#1', reason: 'FORMAT' },
    ],
  ])('refuses a file with %s', async (_what, content, problem) => {
    // An upload has at least one byte.
    const report = await client.import('UNITS', content || '\n', { skipBadLines: true });
    expect(report.status).toBe('REFUSED');
    expect(report.problems.nodes[0]).toMatchObject(problem);
    expect(await count('unit')).toBe(3);
  });

  it('reports a status that contradicts the record', async () => {
    const report = await client.import('UNITS', '楼栋,单元,房号,状态\n3,2,1201,待售\n');
    expect(report).toMatchObject({ status: 'REFUSED', badLines: 1 });
    expect(report.problems.nodes).toEqual([
      { line: 2, column: 'status', reason: 'CONTRADICTS', expected: '已交付' },
    ]);
  });

  rule(
    ['DIR-02', 'DIR-06'],
    'customers come from a file, one record each, with a role for each line',
    async () => {
      const file = `${customersHeader}王秀兰,13812345678,护照,E12345678,3-2-1201,业主,2024-05-01,
王秀兰,138 1234 5678,,,3-1-0302,业主,2025-01-01,
吴刚,13900001111,,,3栋2单元1202室,租户,2025-06-01,租户
深圳某某有限公司,0755-83211234,统一社会信用代码,91350100M000100Y43,,,,\n`;
      const report = await client.import('CUSTOMERS', iconv.encode(file, 'gb18030'));
      expect(report).toMatchObject({ status: 'DONE', created: 3, changed: 1, badLines: 0 });
      const { customers } = await under.read<{ customers: { nodes: object[] } }>(
        ...[
          importer(),
          `{ customers { nodes { name kind phones { masked } homes { home } roles { role feePayer } } } }`,
        ],
      );
      expect(customers.nodes).toHaveLength(3);
      expect(customers.nodes).toEqual(
        expect.arrayContaining([
          {
            ...{ name: '王秀兰', kind: 'PERSON', phones: [{ masked: '138****5678' }] },
            homes: [{ home: '3-2-1201' }, { home: '3-1-0302' }],
            roles: [
              { role: 'OWNER', feePayer: null },
              { role: 'OWNER', feePayer: null },
            ],
          },
          expect.objectContaining({ name: '吴刚', roles: [{ role: 'TENANT', feePayer: 'TENANT' }] }),
          expect.objectContaining({ kind: 'ORGANISATION' }),
        ]),
      );
      const again = await client.import('CUSTOMERS', file);
      expect(again).toMatchObject({ status: 'DONE', created: 0, changed: 0, unchanged: 4 });
    },
  );

  it('adds to customers who are on record what the file says besides', async () => {
    await client.import('CUSTOMERS', `${customersHeader}王秀兰,13812345678,,,,,,\n`);
    const more = `${customersHeader}王秀兰,13812345678、13900002222,护照,E12345678,3-2-1201,业主,2024-05-01,\n`;
    expect(await client.import('CUSTOMERS', more, { dryRun: true })).toMatchObject({
      created: 0,
      changed: 1,
    });
    expect(await client.import('CUSTOMERS', more)).toMatchObject({ status: 'DONE', created: 0, changed: 1 });
    expect(await count('customer')).toBe(1);
  });

  it('says in a trial what several lines about one new customer would do together', async () => {
    const file = `${customersHeader}王秀兰,13812345678,,,3-2-1201,业主,2024-05-01,
王秀兰,13812345678,,,3-1-0302,业主,2025-01-01,
李四,13812345679,,,8-8-0808,业主,2025-01-01,\n`;
    const report = await client.import('CUSTOMERS', file, { dryRun: true });
    expect(report).toMatchObject({ created: 1, changed: 1, badLines: 1 });
    expect(report.problems.nodes).toEqual([
      { line: 4, column: 'unit', reason: 'UNKNOWN_VALUE', expected: '3-2-1201' },
    ]);
    expect(await count('customer')).toBe(0);
  });

  it('carries the lines out in the name of who began it, and says so in the history', async () => {
    const report = await client.import('UNITS', units);
    const rows = await under.rows<{ actor: string; command: string }>(
      `select distinct actor, command from history where reason = $1`,
      [`import ${report.id}`],
    );
    const [{ started_by: actor }] = (await under.rows<{ started_by: string }>(
      `select started_by from import`,
    )) as [{ started_by: string }];
    expect(rows).toEqual([{ actor, command: 'importUnits' }]);
  });
});
