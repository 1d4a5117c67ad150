import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import type { Row } from '@anju/testing-service';
import { AppraisalDesk } from './appraisal-desk';

const whole = `id status level position lastDay organisation { id } versions {
  version effectiveFrom weeklyCheckWeight monthlyCheckWeight monthWeights addedBy { id }
  yearShares { part share } items { dimension item maximum } } history { command from to }`;

describe('appraisal schemes', () => {
  let database: TestDatabase;
  let desk: AppraisalDesk;

  beforeAll(async () => {
    database = await createTestDatabase('appraisal schemes');
    desk = await AppraisalDesk.open(database.url, silentLogger, '2026-03-02 09:00');
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  /** Each test has positions of its own. */
  let positions = 0;
  const input = (change: Row = {}): Row => ({
    organisationId: desk.company,
    level: 'OPERATIONAL',
    position: `POSITION_${(positions += 1)}`,
    effectiveFrom: '2026-01-01',
    ...change,
  });

  rule(['APR-01', 'APR-02'], 'the first version is the standard one unless told otherwise', async () => {
    const made = await desk.done(desk.quality, 'createScheme', input(), whole);
    expect(made).toMatchObject({
      status: 'IN_USE',
      level: 'OPERATIONAL',
      lastDay: null,
      organisation: { id: desk.company },
      versions: [
        {
          version: 1,
          effectiveFrom: '2026-01-01',
          weeklyCheckWeight: '1',
          monthWeights: Array(12).fill('1'),
          yearShares: [
            { part: 'CHECKS', share: '20' },
            { part: 'MONTHS', share: '30' },
            { part: 'YEAR_END', share: '50' },
          ],
          addedBy: { id: desk.quality.staffId },
        },
      ],
      history: [{ command: 'createScheme', from: null, to: 'IN_USE' }],
    });
    const [version] = made['versions'] as { items: Row[] }[];
    expect(version!.items).toHaveLength(16);
    expect(version!.items[8]).toEqual({ dimension: 'ABILITY', item: 'PROFESSIONAL', maximum: '7.5' });
  });

  rule('APR-01', 'items that do not make their dimension are refused, and nothing is written', async () => {
    const before = await desk.rows('select count(*) from scheme');
    const content = { items: [{ item: 'ETHICS', maximum: '6' }] };
    const refusal = '... on SchemeItemsDoNotAddUp { dimension sum expected }';
    expect(await desk.command(desk.quality, 'createScheme', input({ content }), 'id', refusal)).toMatchObject(
      {
        code: 'SCHEME_ITEMS_DO_NOT_ADD_UP',
        dimension: 'CONDUCT',
        sum: '21.00',
        expected: '20',
      },
    );
    expect(await desk.rows('select count(*) from scheme')).toEqual(before);
  });

  rule('APR-04', 'weights and shares that do not add up, or are none, each have their answer', async () => {
    const codeOf = async (content: Row): Promise<unknown> =>
      (await desk.command(desk.quality, 'createScheme', input({ content })))['code'];
    expect(await codeOf({ yearShares: [{ part: 'CHECKS', share: '19.99' }] })).toBe(
      'SCHEME_SHARES_DO_NOT_ADD_UP',
    );
    expect(
      await codeOf({
        yearShares: [
          { part: 'CHECKS', share: '-10' },
          { part: 'MONTHS', share: '60' },
        ],
      }),
    ).toBe('SCHEME_SHARE_NEGATIVE');
    expect(await codeOf({ monthWeights: Array(11).fill('1') })).toBe('SCHEME_MONTHS_NOT_TWELVE');
    expect(await codeOf({ monthWeights: Array(12).fill('0') })).toBe('SCHEME_WEIGHT_NOT_POSITIVE');
    expect(await codeOf({ weeklyCheckWeight: '0.001' })).toBe('POINTS_NOT_VALID');
    expect(await codeOf({ items: [{ item: 'ETHICS', maximum: '0' }] })).toBe('SCHEME_ITEM_NOT_POSITIVE');
    const twice = {
      items: [
        { item: 'ETHICS', maximum: '5' },
        { item: 'ETHICS', maximum: '6' },
      ],
    };
    expect(await desk.fault(codeOf(twice))).toBe('BAD_USER_INPUT');
  });

  rule('APR-02', 'a version is for periods to come, and keeps what it does not change', async () => {
    const { id } = await desk.done(
      desk.quality,
      'createScheme',
      input({ content: { weeklyCheckWeight: '2' } }),
    );
    const add = (effectiveFrom: string) =>
      desk.command(
        desk.quality,
        'addSchemeVersion',
        {
          id,
          effectiveFrom,
          content: {
            yearShares: [
              { part: 'MONTHS', share: '20' },
              { part: 'YEAR_END', share: '60' },
            ],
          },
        },
        whole,
        '... on SchemeVersionInPast { earliest } ... on SchemeVersionNotLater { latestFrom }',
      );
    expect(await add('2026-01-01')).toMatchObject({
      code: 'SCHEME_VERSION_NOT_LATER',
      latestFrom: '2026-01-01',
    });
    expect(await add('2026-03-02')).toMatchObject({ code: 'SCHEME_VERSION_IN_PAST', earliest: '2026-03-03' });
    expect(await add('2026-04-01')).toMatchObject({
      versions: [
        { version: 1, yearShares: [{ share: '20' }, { share: '30' }, { share: '50' }] },
        {
          version: 2,
          effectiveFrom: '2026-04-01',
          weeklyCheckWeight: '2',
          yearShares: [{ share: '20' }, { share: '20' }, { share: '60' }],
        },
      ],
    });
  });

  rule(
    'APR-02',
    'a level and position have one scheme in use; after its end there may be another',
    async () => {
      const one = input();
      const { id } = await desk.done(desk.quality, 'createScheme', one);
      expect(
        await desk.command(desk.quality, 'createScheme', one, 'id', '... on SchemeExists { schemeId }'),
      ).toMatchObject({ code: 'SCHEME_EXISTS', schemeId: id });
      expect(await desk.done(desk.quality, 'retireScheme', { id }, 'status lastDay')).toMatchObject({
        status: 'RETIRED',
        lastDay: '2026-03-02',
      });
      expect(await desk.command(desk.quality, 'retireScheme', { id })).toMatchObject({
        code: 'SCHEME_NOT_IN_REQUIRED_STATUS',
      });
      await desk.done(desk.quality, 'createScheme', one);
    },
  );

  rule('APR-02', 'of two who make the same scheme at the same instant one is refused', async () => {
    const one = input();
    const answers = await Promise.all([1, 2, 3].map(() => desk.command(desk.quality, 'createScheme', one)));
    expect(answers.map((answer) => answer['code'] ?? 'made').sort()).toEqual([
      'SCHEME_EXISTS',
      'SCHEME_EXISTS',
      'made',
    ]);
  });

  it('gives a repeated request its first answer, and tells of a lost race', async () => {
    const one = input({ idempotencyKey: newId() });
    const made = await desk.done(desk.quality, 'createScheme', one);
    expect(await desk.done(desk.quality, 'createScheme', one)).toEqual(made);
    const retire = { id: made['id'], expectedVersion: 7 };
    expect(await desk.fault(desk.command(desk.quality, 'retireScheme', retire))).toBe('CONFLICT');
  });

  it('are the quality centre’s of that organisation to write', async () => {
    const { id } = await desk.done(desk.quality, 'createScheme', input());
    for (const who of [desk.qian, desk.zhou, desk.auditor, desk.bi, desk.strangersQuality]) {
      expect(await desk.fault(desk.command(who, 'createScheme', input()))).toBe('FORBIDDEN');
    }
    expect(await desk.fault(desk.command(desk.strangersQuality, 'retireScheme', { id }))).toBe('NOT_FOUND');
    expect(await desk.fault(desk.command(desk.quality, 'retireScheme', { id: newId() }))).toBe('NOT_FOUND');
    const unknown = input({ organisationId: newId() });
    const everywhere = {
      ...desk.quality,
      roles: [{ role: 'QUALITY_CENTRE' as const, projectIds: 'ALL' as const }],
    };
    expect(await desk.fault(desk.command(everywhere, 'createScheme', unknown))).toBe('BAD_USER_INPUT');
  });

  it('are listed to those whom they measure, of their own organisation only', async () => {
    const position = 'LISTED';
    const { id } = await desk.done(desk.quality, 'createScheme', input({ position }));
    const source = `query($f: AppraisalSchemeFilter) { appraisalSchemes(filter: $f) { totalCount nodes { id } } }`;
    const list = async (who: typeof desk.zhou, f: Row) =>
      (await desk.read<{ appraisalSchemes: Row }>(who, source, { f })).appraisalSchemes;
    expect(await list(desk.zhou, { position })).toEqual({ totalCount: 1, nodes: [{ id }] });
    expect(await list(desk.quality, { position, status: 'RETIRED' })).toEqual({ totalCount: 0, nodes: [] });
    expect(await list(desk.quality, { position, level: 'MANAGEMENT' })).toMatchObject({ totalCount: 0 });
    expect(await list(desk.auditor, { organisationId: desk.otherCompany })).toMatchObject({ totalCount: 0 });
    expect(await list(desk.strangersQuality, {})).toEqual({ totalCount: 0, nodes: [] });
    const one = `query($id: ID!) { appraisalScheme(id: $id) { id } }`;
    expect(await desk.read(desk.strangersQuality, one, { id })).toEqual({ appraisalScheme: null });
    expect(await desk.read(desk.zhou, one, { id })).toEqual({ appraisalScheme: { id } });
    expect((await desk.ask(desk.bi, one, { id })).errors![0]!.extensions['code']).toBe('FORBIDDEN');
    expect((await desk.ask(null, one, { id })).errors![0]!.extensions['code']).toBe('UNAUTHENTICATED');
  });
});
