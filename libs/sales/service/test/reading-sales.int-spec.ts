import { newId } from '@anju/kernel';
import { leastStatements, createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, type Row } from '@anju/testing-service';
import { SalesOffice } from './sales-office';

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

describe('reading sales', () => {
  let database: TestDatabase;
  let office: SalesOffice;
  /** In the order in which they were opened: asked for, held, given up, held by somebody else's doing. */
  let requested: string;
  let held: { unitId: string; customerId: string; saleId: string };
  let withdrawn: { unitId: string; customerId: string; saleId: string };
  let fangs: string;
  let units: string[];
  let customers: string[];

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-02 09:00');
    const unitId = await office.home('8-1-0101');
    const customerId = await office.customer();
    const subscribe = async (unit: string, customerIds: readonly string[], who = office.he) => {
      const input = { projectId: office.ours, unitId: unit, customerIds };
      return (await office.done(who, 'subscribeUnit', input, 'Sale { id }'))['id'] as string;
    };
    withdrawn = await office.heldSale('8-1-0102');
    const reason = { saleId: withdrawn.saleId, reason: '不买了' };
    await office.done(office.he, 'withdrawSale', reason, 'Sale { id }');
    await office.answerSteps();
    await office.until('2026-03-02 10:00');
    held = await office.heldSale('8-1-0103');
    await office.until('2026-03-02 11:00');
    const fangsUnit = await office.home('8-1-0104');
    fangs = await subscribe(fangsUnit, [held.customerId, customerId], office.fang);
    await office.answerSteps();
    await office.until('2026-03-02 12:00');
    requested = await subscribe(unitId, [customerId]);
    await office.until('2026-03-02 12:10');
    await office.makeReady();
    await office.done(office.stranger, 'openReadiness', { projectId: office.theirs }, 'Readiness { id }');
    units = [unitId, withdrawn.unitId, held.unitId, fangsUnit];
    customers = [customerId, withdrawn.customerId, held.customerId];
  });
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  const page = async (filter: Row, args = 'first: 50', who = office.he): Promise<Page> => {
    const query = `query($filter: SaleFilter) { sales(filter: $filter, ${args}) {
      nodes { id } totalCount pageInfo { hasNextPage endCursor } } }`;
    return (await office.read<{ sales: Page }>(who, query, { filter })).sales;
  };
  const idsOf = async (filter: Row, who = office.he): Promise<string[]> =>
    (await page(filter, undefined, who)).nodes.map(({ id }) => id);

  it('lists sales, those opened last first, page by page', async () => {
    const all = [requested, fangs, held.saleId, withdrawn.saleId];
    expect(await idsOf({})).toEqual(all);
    const first = await page({}, 'first: 3');
    expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    const second = await page({}, `first: 3, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(all);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it('filters by what is asked for, all together', async () => {
    expect(await idsOf({ status: ['UNIT_HELD'] })).toEqual([fangs, held.saleId]);
    expect(await idsOf({ status: [] })).toEqual([]);
    expect(await idsOf({ unitId: held.unitId })).toEqual([held.saleId]);
    expect(await idsOf({ customerId: held.customerId })).toEqual([fangs, held.saleId]);
    expect(await idsOf({ customerId: held.customerId, unitId: units[3] })).toEqual([fangs]);
    expect(await idsOf({ consultantId: office.fang.staffId })).toEqual([fangs]);
    expect(await idsOf({ mine: true }, office.fang)).toEqual([fangs]);
    expect(await idsOf({ mine: true, consultantId: office.he.staffId }, office.fang)).toEqual([]);
    expect(await idsOf({ pending: true })).toEqual([requested]);
    expect(await idsOf({ pending: false })).toHaveLength(3);
    expect(await idsOf({ needsAttention: true })).toEqual([requested]);
    expect(await idsOf({ number: 'JX-S20260302-001' })).toEqual([withdrawn.saleId]);
    const hours = { openedFrom: iso('2026-03-02 10:00'), openedTo: iso('2026-03-02 11:00') };
    expect(await idsOf(hours)).toEqual([held.saleId]);
    expect(await idsOf({ projectId: office.theirs })).toEqual([]);
  });

  it('shows nothing of another project, and nothing to who has nothing to do with sales', async () => {
    expect(await idsOf({}, office.stranger)).toEqual([]);
    expect(await idsOf({ projectId: office.ours }, office.stranger)).toEqual([]);
    const query = 'query($id: ID!) { sale(id: $id) { id } }';
    expect(await office.read(office.stranger, query, { id: requested })).toEqual({ sale: null });
    expect(await office.read(office.he, query, { id: newId() })).toEqual({ sale: null });
    const { errors } = await office.ask(office.guard, '{ sales { nodes { id } } }');
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const both = staff('AUDITOR', office.ours, office.theirs);
    expect(await idsOf({}, both)).toHaveLength(4);
  });

  it('shows what a unit, a customer and a project have', async () => {
    const [unit, back] = await office.entities(
      office.he,
      'Unit',
      [held.unitId, withdrawn.unitId],
      'currentSale { id } sales { nodes { id } totalCount }',
    );
    expect(unit).toEqual({
      currentSale: { id: held.saleId },
      sales: { nodes: [{ id: held.saleId }], totalCount: 1 },
    });
    expect(back).toEqual({ currentSale: null, sales: { nodes: [{ id: withdrawn.saleId }], totalCount: 1 } });
    const [customer] = await office.entities(
      office.he,
      'Customer',
      [held.customerId],
      'sales(filter: { status: UNIT_HELD }) { nodes { id } } leads { nodes { id } }',
    );
    expect(customer).toEqual({
      sales: { nodes: [{ id: fangs }, { id: held.saleId }] },
      leads: { nodes: [] },
    });
    const counts =
      'saleCounts { unitRequested unitHeld withdrawn paid needAttention } unitOffers { totalCount }';
    const [project] = await office.entities(office.he, 'Project', [office.ours], counts);
    expect(project).toEqual({
      saleCounts: { unitRequested: 1, unitHeld: 2, withdrawn: 1, paid: 0, needAttention: 1 },
      unitOffers: { totalCount: 2 },
    });
    expect((await office.entities(office.stranger, 'Project', [office.ours], counts))[0]).toEqual({
      ...{ saleCounts: null, unitOffers: { totalCount: 0 } },
    });
  });

  it('asks the database as often for many as for one', async () => {
    const count = (typeName: string, ids: readonly string[], fields: string): Promise<number> =>
      leastStatements(() => office.entities(office.both, typeName, ids, fields));
    const sale = 'id number customers { id } unit { id } lead { id } history { command }';
    const many = {
      Unit: [units, `offer { id } currentSale { ${sale} } sales(first: 2) { nodes { ${sale} } totalCount }`],
      Customer: [customers, `sales(first: 2) { nodes { ${sale} } totalCount } leads { nodes { id } }`],
      Project: [
        [office.ours, office.theirs],
        'saleCounts { paid } readiness { missing } unitOffers { nodes { id } }',
      ],
      Staff: [[office.he.staffId, office.fang.staffId], 'leadsInHand { nodes { id } }'],
    } as const;
    for (const [typeName, [ids, fields]] of Object.entries(many)) {
      const one = await count(typeName, ids.slice(0, 1), fields);
      expect([typeName, await count(typeName, ids, fields)]).toEqual([typeName, one]);
      expect(one).toBeGreaterThan(0);
    }
  });
});
