import { directoryEvents, type EventData } from '@anju/events';
import { newId } from '@anju/kernel';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, wall, type Row } from '@anju/testing-service';
import { SalesOffice, type Answer } from './sales-office';

type Answered = EventData<typeof directoryEvents.unitSaleStepAnswered>;

const saleFields = `Sale { id number status version claimsUnit needsAttention openedAt heldAt withdrawnAt withdrawReason
  price outstanding refusedBecause
  pending { sequence step requestedAt answerDueAt answerMissedAt refusedAt }
  payments { paymentId kind amount recordedBy { id } }
  unit { id } customers { id } consultant { id } openedBy { id } lead { id status } project { id }
  history { command actor from to reason } }`;
const refusedFields = `UnitAlreadySold { unitId unitStatus }`;

describe('subscribing a unit', () => {
  let database: TestDatabase;
  let office: SalesOffice;

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-02 14:00');
  });
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  const input = (unitId: string, customerIds: readonly string[], change: Row = {}): Row => ({
    ...{ projectId: office.ours, unitId, customerIds },
    ...change,
  });
  const subscribe = (unitId: string, customerIds: readonly string[], change: Row = {}): Promise<Answer> =>
    office.done(office.he, 'subscribeUnit', input(unitId, customerIds, change), saleFields);
  const sale = async (id: string): Promise<Row> => {
    const [, fields] = /^Sale (\{.*\})$/s.exec(saleFields)!;
    return (await office.read(office.he, `query($id: ID!) { sale(id: $id) ${fields} }`, { id }))[
      'sale'
    ] as Row;
  };
  const answered = (saleId: string, unitId: string, change: Partial<Answered> = {}): Answered => ({
    ...{ projectId: office.ours, unitId, saleId, sequence: 1, step: 'HOLD', outcome: 'DONE' },
    ...{ unitStatus: 'SUBSCRIBED', at: office.clock.now().toISOString() },
    ...change,
  });
  const answer = (saleId: string, unitId: string, change: Partial<Answered> = {}): Promise<void> =>
    office.hear(directoryEvents.unitSaleStepAnswered, unitId, answered(saleId, unitId, change));

  it('asks the directory for the unit, and holds it with the answer', async () => {
    const unitId = await office.home('8-1-1502');
    const customerId = await office.customer();
    const opened = await subscribe(unitId, [customerId]);
    expect(opened).toMatchObject({
      ...{ number: 'JX-S20260302-001', status: 'UNIT_REQUESTED', claimsUnit: true, price: null },
      pending: { sequence: 1, step: 'HOLD', answerDueAt: iso('2026-03-02 14:05'), answerMissedAt: null },
      ...{ unit: { id: unitId }, customers: [{ id: customerId }], consultant: { id: office.he.staffId } },
    });
    await answer(opened['id'] as string, unitId);
    expect(await sale(opened['id'] as string)).toMatchObject({
      ...{ status: 'UNIT_HELD', pending: null, heldAt: iso('2026-03-02 14:00') },
      history: [{ command: 'subscribeUnit' }, { command: 'applyUnitAnswer', actor: office.fang.staffId }],
    });
    expect((await office.published(opened['id'] as string)).map(({ type }) => type)).toEqual([
      'sale-opened.v1',
      'sale-unit-step-requested.v1',
      'sale-unit-held.v1',
    ]);
  });

  it('lets one of fifty through who want the same unit at the same instant', async () => {
    const unitId = await office.home('8-1-1503');
    const customerIds = await Promise.all(Array.from({ length: 50 }, () => office.customer()));
    const answers = await Promise.all(
      customerIds.map((id) =>
        office.command(
          office.he,
          'subscribeUnit',
          input(unitId, [id]),
          `Sale { id } ... on ${refusedFields}`,
        ),
      ),
    );
    expect(answers.filter(({ __typename }) => __typename === 'Sale')).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'UNIT_ALREADY_SOLD')).toHaveLength(49);
    const [{ sales }] = (await office.rows(
      `select count(*)::int as sales from sale where unit_id = '${unitId}'`,
    )) as [{ sales: number }];
    expect(sales).toBe(1);
    const requested = await office.rows(
      `select from outbox where type = 'sale-unit-step-requested.v1' and payload->'data'->>'unitId' = '${unitId}'`,
    );
    expect(requested).toHaveLength(1);
    const next = await subscribe(await office.home('8-1-1504'), [customerIds[0]!]);
    expect(next['number']).toBe('JX-S20260302-003');
  });

  it('ends with a refusal where the unit was somebody else’s', async () => {
    const unitId = await office.home('8-1-1601');
    const { id } = await subscribe(unitId, [await office.customer()]);
    await answer(id as string, unitId, { outcome: 'REFUSED', unitStatus: 'CONTRACTED' });
    expect(await sale(id as string)).toMatchObject({
      ...{ status: 'UNIT_REFUSED', refusedBecause: 'CONTRACTED', claimsUnit: false, pending: null },
    });
    await subscribe(unitId, [await office.customer()]);
  });

  it('is refused by what the directory says of the unit', async () => {
    const unitId = await office.home('8-1-1602');
    await office.hear(directoryEvents.unitChanged, unitId, {
      ...{ projectId: office.ours, unitId, buildingId: office.building, sectionId: null, number: '1602' },
      ...{ home: '8-1-1602', status: 'HANDED_OVER', preSaleArea: null, registeredArea: null },
      warrantyEndsOn: null,
    });
    const customerIds = [await office.customer()];
    expect(
      await office.command(office.he, 'subscribeUnit', input(unitId, customerIds), refusedFields),
    ).toMatchObject({ code: 'UNIT_ALREADY_SOLD', unitId, unitStatus: 'HANDED_OVER' });
  });

  it('flags an answer that does not come by its time, at that time, and takes it later all the same', async () => {
    const unitId = await office.home('8-1-1603');
    const { id } = await subscribe(unitId, [await office.customer()]);
    await office.until('2026-03-02 14:30');
    expect(await sale(id as string)).toMatchObject({
      ...{ status: 'UNIT_REQUESTED', needsAttention: true },
      pending: { answerMissedAt: iso('2026-03-02 14:05') },
    });
    const overdue = (await office.published(id as string)).at(-1)!;
    expect(overdue).toMatchObject({
      type: 'sale-unit-answer-overdue.v1',
      time: wall('2026-03-02 14:05').toISOString(),
    });
    await answer(id as string, unitId);
    expect(await sale(id as string)).toMatchObject({ status: 'UNIT_HELD', needsAttention: false });
  });

  it('takes an answer once, however often and in whatever order it comes', async () => {
    const unitId = await office.home('8-1-1604');
    const { id } = await subscribe(unitId, [await office.customer()]);
    const saleId = id as string;
    const eventId = newId();
    const held = answered(saleId, unitId);
    await answer(saleId, unitId, { sequence: 2, step: 'CONTRACT', unitStatus: 'CONTRACTED' });
    await office.hear(directoryEvents.unitSaleStepAnswered, unitId, held, eventId);
    await office.hear(directoryEvents.unitSaleStepAnswered, unitId, held, eventId);
    await office.hear(directoryEvents.unitSaleStepAnswered, unitId, held);
    expect(await sale(saleId)).toMatchObject({ status: 'UNIT_HELD', version: 2 });
  });

  it('is given up with a reason, and the unit is free with the answer of the directory', async () => {
    const unitId = await office.home('8-1-1605');
    const customerIds = [await office.customer()];
    const { id } = await subscribe(unitId, customerIds);
    await answer(id as string, unitId);
    const blank = { saleId: id, reason: ' ' };
    expect(await office.command(office.he, 'withdrawSale', blank)).toMatchObject({
      code: 'SALES_TEXT_MISSING',
    });
    const given = await office.done(
      office.he,
      'withdrawSale',
      { saleId: id, reason: '客户改变主意' },
      saleFields,
    );
    expect(given).toMatchObject({
      ...{ status: 'RELEASING', claimsUnit: false, withdrawReason: '客户改变主意' },
      pending: { sequence: 2, step: 'RELEASE' },
    });
    await answer(id as string, unitId, { sequence: 2, step: 'RELEASE', unitStatus: 'FOR_SALE' });
    expect(await sale(id as string)).toMatchObject({
      ...{ status: 'WITHDRAWN', withdrawnAt: iso('2026-03-02 14:30') },
    });
    expect((await subscribe(unitId, customerIds))['status']).toBe('UNIT_REQUESTED');
  });
});
