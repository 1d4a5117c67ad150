import { directoryEvents, salesEvents, type EventEnvelope } from '@anju/events';
import type { SaleUnitStep } from '@anju/directory-rules';
import { newId } from '@anju/kernel';
import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  administrator,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';

interface Row {
  readonly status: string;
  readonly sale: string | null;
  readonly version: number;
}

describe('the unit of a sale', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let theirs: TestProject;
  let homes = 0;
  const consultant = newId();

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('unit sale');
    ours = await registerTestProject(under, 'JX');
    theirs = await registerTestProject(under, 'BH', ours.organisationId);
  });

  afterAll(() => under.close());

  async function unitForSale(): Promise<string> {
    const [{ buildingId }, number] = [ours, String(1500 + ++homes)];
    return (await under.command(administrator, 'registerUnit', 'Unit', { buildingId, number })).id;
  }

  function request(
    saleId: string,
    unitId: string,
    sequence: number,
    step: SaleUnitStep,
    { projectId } = ours,
  ): EventEnvelope {
    const at = under.clock.now().toISOString();
    const { type, context } = salesEvents.saleUnitStepRequested;
    return {
      ...{ specversion: '1.0', id: newId(), source: `anju.${context}`, type, subject: saleId, time: at },
      ...{ datacontenttype: 'application/json', actor: consultant, project: projectId },
      data: { saleId, projectId, unitId, sequence, step, at },
    };
  }

  const consumer = () => under.service.consumers.find(({ name }) => name === 'directory.sales')!;
  const hear = (...events: EventEnvelope[]) => consumer().deliver(events, async () => undefined);

  async function row(unitId: string): Promise<Row> {
    const sql = `select status, held_by_sale_id as sale, version from unit where id = $1`;
    return (await under.rows<Row>(sql, [unitId]))[0]!;
  }

  /** What was published of the unit since it was registered: its status, or an answer in short. */
  async function published(unitId: string): Promise<string[]> {
    const rows = await under.rows<{ payload: EventEnvelope }>(
      `select payload from outbox where aggregateid = $1 order by seq offset 1`,
      [unitId],
    );
    return rows.map(({ payload: { type, data, project, actor } }) => {
      if (type !== directoryEvents.unitSaleStepAnswered.type) return `now ${String(data['status'])}`;
      expect({ project, actor }).toEqual({ project: data['projectId'], actor: consultant });
      return [data['sequence'], data['step'], data['outcome'], data['unitStatus']].join(' ');
    });
  }

  const byHand = (unitId: string, status: string, more: object = {}) =>
    under.command<{ status: string; saleId?: string }>(
      administrator,
      'changeUnitStatus',
      'Unit',
      { id: unitId, status, reason: '代理公司已售', ...more },
      'status',
      '... on UnitHeldBySale { saleId }',
    );

  rule(
    'SAL-03',
    'is subscribed, contracted and handed over as its sale asks, each answered once',
    async () => {
      const [unitId, saleId] = [await unitForSale(), newId()];
      const steps = (['HOLD', 'CONTRACT', 'HAND_OVER'] as const).map((step, n) =>
        request(saleId, unitId, n + 1, step),
      );
      for (const event of steps) await hear(event);
      expect(await row(unitId)).toEqual({ status: 'HANDED_OVER', sale: saleId, version: 4 });
      expect(await published(unitId)).toEqual([
        ...['now SUBSCRIBED', '1 HOLD DONE SUBSCRIBED'],
        ...['now CONTRACTED', '2 CONTRACT DONE CONTRACTED'],
        ...['now HANDED_OVER', '3 HAND_OVER DONE HANDED_OVER'],
      ]);
      const history = await under.rows(
        `select command, actor, from_status as was, facts->1->>'saleId' as sale from history
       where aggregate_id = $1 and version = 2`,
        [unitId],
      );
      expect(history).toEqual([
        { command: 'takeSaleStep', actor: consultant, was: 'FOR_SALE', sale: saleId },
      ]);
    },
  );

  rule('SAL-03', 'is given back, and then to the next who asks', async () => {
    const [unitId, first, second] = [await unitForSale(), newId(), newId()];
    await hear(
      request(first, unitId, 1, 'HOLD'),
      request(second, unitId, 1, 'HOLD'),
      request(first, unitId, 2, 'RELEASE'),
      request(second, unitId, 2, 'RELEASE'),
    );
    expect(await row(unitId)).toMatchObject({ status: 'FOR_SALE', sale: null });
    const third = newId();
    await hear(request(third, unitId, 1, 'HOLD'), request(first, unitId, 3, 'CONTRACT'));
    expect(await row(unitId)).toMatchObject({ status: 'SUBSCRIBED', sale: third });
    expect(await published(unitId)).toEqual([
      ...['now SUBSCRIBED', '1 HOLD DONE SUBSCRIBED', '1 HOLD REFUSED SUBSCRIBED'],
      ...['now FOR_SALE', '2 RELEASE DONE FOR_SALE', '2 RELEASE DONE FOR_SALE'],
      ...['now SUBSCRIBED', '1 HOLD DONE SUBSCRIBED', '3 CONTRACT REFUSED SUBSCRIBED'],
    ]);
  });

  rule('SAL-03', 'goes to one of twenty who ask for it at the same instant', async () => {
    const unitId = await unitForSale();
    const asked = Array.from({ length: 20 }, () => request(newId(), unitId, 1, 'HOLD'));
    await Promise.all(asked.map((event) => hear(event)));
    const { status, sale } = await row(unitId);
    expect(status).toBe('SUBSCRIBED');
    expect(asked.map(({ subject }) => subject)).toContain(sale);
    const answers = (await published(unitId)).sort();
    expect(answers).toEqual([
      '1 HOLD DONE SUBSCRIBED',
      ...Array.from({ length: 19 }, () => '1 HOLD REFUSED SUBSCRIBED'),
      'now SUBSCRIBED',
    ]);
    expect(await under.rows(`select from history where aggregate_id = $1`, [unitId])).toHaveLength(2);
  });

  it('is asked for once, however often the request is delivered, and after the consumer began anew', async () => {
    const [unitId, first, second] = [await unitForSale(), newId(), newId()];
    const log = [
      request(first, unitId, 1, 'HOLD'),
      request(second, unitId, 1, 'HOLD'),
      request(first, unitId, 2, 'RELEASE'),
    ];
    await hear(...log);
    const [before, told] = [await row(unitId), await published(unitId)];
    await hear(...log);
    await Promise.all([hear(log[0]!), hear(log[0]!), hear({ ...log[1]!, id: newId() })]);
    await consumer().forget();
    await hear(...log);
    expect(await row(unitId)).toEqual(before);
    expect(await published(unitId)).toEqual(told);
    expect(before).toMatchObject({ status: 'FOR_SALE', sale: null });
  });

  it('is not held by a request that an operator left out, once a later one was answered', async () => {
    const [unitId, saleId] = [await unitForSale(), newId()];
    await hear(request(saleId, unitId, 2, 'RELEASE'));
    await hear(request(saleId, unitId, 1, 'HOLD'));
    expect(await row(unitId)).toMatchObject({ status: 'FOR_SALE', sale: null });
    expect(await published(unitId)).toEqual(['2 RELEASE DONE FOR_SALE', '1 HOLD REFUSED FOR_SALE']);
  });

  rule('SAL-03', 'cannot be had where it is not there, or is of another project', async () => {
    const [nowhere, elsewhere, saleId] = [newId(), theirs.unitIds[0], newId()];
    for (const unitId of [nowhere, elsewhere]) {
      const before = await under.rows(`select from outbox where aggregateid = $1`, [unitId]);
      await hear(
        ...(['HOLD', 'CONTRACT', 'RELEASE'] as const).map((step, n) =>
          request(unitId === nowhere ? newId() : saleId, unitId, n + 1, step),
        ),
      );
      const answers = await under.rows<{ data: object }>(
        `select payload->'data' as data from outbox where aggregateid = $1 order by seq offset $2`,
        [unitId, before.length],
      );
      const { projectId } = ours;
      expect(answers.map(({ data }) => data)).toMatchObject([
        { projectId, sequence: 1, outcome: 'REFUSED', unitStatus: null },
        { projectId, sequence: 2, outcome: 'REFUSED', unitStatus: null },
        { projectId, sequence: 3, outcome: 'DONE', unitStatus: null },
      ]);
    }
    expect(await row(elsewhere)).toEqual({ status: 'HANDED_OVER', sale: null, version: 1 });
    expect(await under.rows(`select from parked_event`)).toEqual([]);
  });

  rule('SAL-03', 'keeps its status from being changed by hand while a sale holds it', async () => {
    const [unitId, saleId] = [await unitForSale(), newId()];
    await hear(request(saleId, unitId, 1, 'HOLD'));
    const before = await row(unitId);
    for (const status of ['FOR_SALE', 'SUBSCRIBED', 'CONTRACTED']) {
      expect(await byHand(unitId, status)).toMatchObject({ code: 'UNIT_HELD_BY_SALE', saleId });
    }
    expect(await row(unitId)).toEqual(before);
    await hear(request(saleId, unitId, 2, 'RELEASE'));
    expect(await byHand(unitId, 'SUBSCRIBED')).toEqual({ status: 'SUBSCRIBED' });
    await hear(request(newId(), unitId, 1, 'HOLD'));
    expect((await published(unitId)).slice(-2)).toEqual(['now SUBSCRIBED', '1 HOLD REFUSED SUBSCRIBED']);
  });

  describe('its status by hand', () => {
    rule('DIR-01', 'changes in order, with a reason that stays in the history', async () => {
      const unitId = await unitForSale();
      expect(await byHand(unitId, 'CONTRACTED')).toMatchObject({
        code: 'UNIT_STATUS_OUT_OF_ORDER',
        message: 'Contracting is not possible: the unit is “For sale”. It has to be: Subscribed.',
      });
      expect(await byHand(unitId, 'SUBSCRIBED', { expectedVersion: 1, idempotencyKey: 'k' })).toEqual({
        status: 'SUBSCRIBED',
      });
      expect(await byHand(unitId, 'SUBSCRIBED', { expectedVersion: 1, idempotencyKey: 'k' })).toEqual({
        status: 'SUBSCRIBED',
      });
      const changes = await under.rows(
        `select version, command, reason, to_status as status from history where aggregate_id = $1
         order by version offset 1`,
        [unitId],
      );
      const reason = '代理公司已售';
      expect(changes).toEqual([{ version: 2, command: 'changeUnitStatus', reason, status: 'SUBSCRIBED' }]);
    });

    it('is for those who may, in their projects, with the version they saw', async () => {
      const unitId = await unitForSale();
      const code = async (who: typeof administrator, input: object): Promise<unknown> => {
        const answer = await under.ask(
          who,
          `mutation($input: ChangeUnitStatusInput!) { changeUnitStatus(input: $input) { __typename } }`,
          { input: { id: unitId, status: 'SUBSCRIBED', reason: '已售', ...input } },
        );
        return answer.errors?.[0]?.extensions['code'];
      };
      expect(await code(staff('SALES_MANAGER', ours.projectId), {})).toBe('FORBIDDEN');
      expect(await code(staff('ADMINISTRATOR', theirs.projectId), {})).toBe('NOT_FOUND');
      expect(await code(administrator, { reason: ' ' })).toBe('BAD_USER_INPUT');
      expect(await code(administrator, { expectedVersion: 7 })).toBe('CONFLICT');
      expect(await row(unitId)).toEqual({ status: 'FOR_SALE', sale: null, version: 1 });
      expect(await code(staff('ADMINISTRATOR', ours.projectId), {})).toBeUndefined();
    });
  });
});
