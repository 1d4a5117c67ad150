import { defaultComplaintPolicy, similarCaseCriteria, similarCases } from '@anju/complaints-rules';
import { newId } from '@anju/kernel';
import { leastStatements, createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, type Row } from '@anju/testing-service';
import { Complaint } from '../src/complaint.entity';
import { ComplaintsDesk } from './complaints-desk';

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe('reading complaints', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  /** By a word: what each case of the setting is. */
  const cases: Record<string, { id: string; customerIds: string[] }> = {};
  let seven: string;

  beforeAll(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
    seven = await desk.build('7');
    cases['lift'] = await desk.file(3);
    cases['lift of 7'] = await desk.file(1, { buildingId: seven });
    cases['home'] = await desk.file(1, { unitId: desk.unit, buildingId: null, causeClass: 'CLASS_2' });
    cases['noise'] = await desk.file(0, { topic: 'NOISE', buildingId: null, causeClass: 'CLASS_3' });
    cases['project lift'] = await desk.file(1, { buildingId: null, channel: 'WEB' });
    await desk.until('2026-03-03 09:00');
    cases['later'] = await desk.file(1);
    await desk.acknowledge(cases['later'].id);
    await desk.until('2026-03-03 12:00');
    cases['done'] = await desk.file(1);
    const { id, customerIds } = cases['done'];
    await desk.acknowledge(id);
    await desk.respond(id);
    await desk.resolve(id);
    const visit = { id, customerId: customerIds[0], channel: 'PHONE', satisfaction: 5 };
    await desk.done(desk.lin, 'recordReturnVisit', visit);
    await desk.done(desk.lin, 'closeComplaint', { id });
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  function namesOf(nodes: readonly Row[]): string[] {
    const names = new Map(Object.entries(cases).map(([name, { id }]) => [id, name]));
    return nodes.map((node) => names.get(node['id'] as string) ?? '?');
  }

  const connection = 'totalCount nodes { id } pageInfo { hasNextPage endCursor }';

  async function list(filter: Row, who = desk.lin): Promise<string[]> {
    const source = `query($f: ComplaintFilter) { complaints(filter: $f) { ${connection} } }`;
    const data = await desk.read<{ complaints: Page }>(who, source, { f: filter });
    expect(data.complaints.totalCount).toBe(data.complaints.nodes.length);
    return namesOf(data.complaints.nodes);
  }

  it('lists them by every part of the filter, those received last first', async () => {
    const all = ['done', 'later', 'project lift', 'noise', 'home', 'lift of 7', 'lift'];
    const customerId = cases['lift']!.customerIds[2];
    const expected: [Row, string[]][] = [
      [{}, all],
      [{ projectId: desk.ours }, all],
      [{ projectId: desk.theirs }, []],
      [{ status: ['ACKNOWLEDGED', 'CLOSED'] }, ['done', 'later']],
      [{ status: [] }, []],
      [{ severity: ['HOT', 'MAJOR'] }, ['lift']],
      [{ causeClass: ['CLASS_2', 'CLASS_3'] }, ['noise', 'home']],
      [{ channel: ['WEB'] }, ['project lift']],
      [{ handlerId: desk.li.staffId }, ['done', 'later']],
      [{ departmentCode: 'EQUIPMENT', openOnly: true }, ['later']],
      [{ customerId }, ['lift']],
      [{ unitId: desk.unit }, ['home']],
      [{ buildingId: desk.building6 }, ['done', 'later', 'home', 'lift']],
      [{ topic: 'NOISE' }, ['noise']],
      [{ topic: `' or true --` }, []],
      [{ number: 'JX-C20260303-001' }, ['later']],
      [{ receivedFrom: iso('2026-03-03 09:00') }, ['done', 'later']],
      [{ receivedTo: iso('2026-03-03 09:00') }, ['project lift', 'noise', 'home', 'lift of 7', 'lift']],
      [{ receivedFrom: iso('2026-03-03 09:00'), receivedTo: iso('2026-03-03 12:00') }, ['later']],
      [{ openOnly: true }, all.slice(1)],
      [{ overdue: true }, ['project lift', 'noise', 'home', 'lift of 7', 'lift']],
      [{ overdue: false }, ['done', 'later']],
      [{ mine: true }, []],
    ];
    for (const [filter, names] of expected) {
      expect([filter, (await list(filter)).sort()]).toEqual([filter, [...names].sort()]);
    }
    expect(await list({ mine: true }, desk.li)).toEqual(['done', 'later']);
    expect((await list({})).slice(0, 2)).toEqual(['done', 'later']);
  });

  it('pages through them without leaving one out or showing one twice', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const source = `query($after: String) { complaints(first: 2, after: $after) { ${connection} } }`;
      const data: { complaints: Page } = await desk.read(desk.lin, source, { after });
      const { complaints } = data;
      seen.push(...namesOf(complaints.nodes));
      after = complaints.pageInfo.hasNextPage ? complaints.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(await list({}));
  });

  async function due(filter: Row, who = desk.lin): Promise<string[]> {
    const source = `query($f: ComplaintDeadlineFilter!) { complaintDeadlines(filter: $f) { ${connection} } }`;
    const data = await desk.read<{ complaintDeadlines: Page }>(who, source, { f: filter });
    return namesOf(data.complaintDeadlines.nodes);
  }

  rule(['CMP-03', 'CMP-05'], 'what falls due within some hours is listed, the earliest first', async () => {
    expect(await due({ withinHours: 5 })).toEqual([]);
    expect(await due({ withinHours: 6 })).toEqual(['later']);
    expect((await due({ withinHours: 24 * 7 })).slice(0, 1)).toEqual(['later']);
    expect(await due({ withinHours: 24 * 7 })).toHaveLength(6);
    expect(await due({ withinHours: 6, mine: true }, desk.li)).toEqual(['later']);
    expect(await due({ withinHours: 24 * 7, mine: true })).toEqual([]);
    expect(await due({ withinHours: 24 * 7, projectId: desk.theirs })).toEqual([]);
    for (const withinHours of [0, -1, 9_000]) {
      await expect(due({ withinHours })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    }
  });

  interface Offered {
    readonly complaint: Row;
    readonly inCommon: readonly string[];
  }
  const offered = 'complaint { id } inCommon';

  rule(
    'CMP-14',
    'the cases offered for joining are those of the rule, in its order, with what is in common',
    async () => {
      const entities = await desk.service.dataSource.manager.find(Complaint);
      for (const entity of entities) {
        const criteria = similarCaseCriteria(entity, desk.clock.now(), defaultComplaintPolicy);
        const others = entities.filter(({ id }) => id !== entity.id);
        const source = `query($id: ID!) { similarComplaints(id: $id) { ${offered} } }`;
        const data = await desk.read<{ similarComplaints: Offered[] }>(desk.lin, source, { id: entity.id });
        expect(data.similarComplaints).toEqual(
          similarCases(others, criteria).map(({ complaint, inCommon }) => ({
            ...{ complaint: { id: complaint.id }, inCommon },
          })),
        );
      }
      const coming = async (input: Row): Promise<string[]> => {
        const source = `query($i: ComingComplaintInput!) { casesToJoin(input: $i) { ${offered} } }`;
        const data = await desk.read<{ casesToJoin: Offered[] }>(desk.lin, source, {
          i: { projectId: desk.ours, topic: 'LIFT', ...input },
        });
        return namesOf(data.casesToJoin.map(({ complaint }) => complaint));
      };
      const elsewhere = ['lift of 7', 'project lift'];
      const inBuilding = await coming({ buildingId: desk.building6 });
      expect(inBuilding.slice(0, 3)).toEqual(['later', ...inBuilding.slice(1, 3)]);
      expect([...inBuilding.slice(0, 3)].sort()).toEqual(['home', 'later', 'lift']);
      expect([...inBuilding.slice(3)].sort()).toEqual(elsewhere);
      expect((await coming({ unitId: desk.unit })).slice(0, 2)).toEqual(['home', 'later']);
      expect((await coming({ unitId: desk.unit, topic: 'FEES' }))[0]).toBe('home');
      expect((await coming({})).sort()).toEqual(['home', 'later', 'lift', ...elsewhere]);
      expect(await coming({ topic: 'FEES' })).toEqual([]);
      expect(await coming({ projectId: desk.theirs })).toEqual([]);
    },
  );

  async function related(who = desk.lin): Promise<Row[]> {
    const { data } = await desk.ask(
      who,
      `query($r: [_Any!]!) { _entities(representations: $r) {
        ... on Customer { complaints(openOnly: true) { nodes { id } } }
        ... on Unit { complaints { nodes { id } } }
        ... on Staff { complaintsInHand(first: 5) { nodes { id } } }
        ... on Project { complaintCounts { open unresolved general hot major overdue } }
        ... on Complaint { id }
      } }`,
      {
        r: [
          { __typename: 'Customer', id: cases['lift']!.customerIds[1] },
          { __typename: 'Customer', id: cases['done']!.customerIds[0] },
          { __typename: 'Unit', id: desk.unit },
          { __typename: 'Staff', id: desk.li.staffId },
          { __typename: 'Project', id: desk.ours },
          { __typename: 'Complaint', id: cases['lift']!.id },
        ],
      },
    );
    return data!['_entities'] as Row[];
  }

  it('shows them at customers, homes, employees and projects', async () => {
    expect(await related()).toEqual([
      { complaints: { nodes: [{ id: cases['lift']!.id }] } },
      { complaints: { nodes: [] } },
      { complaints: { nodes: [{ id: cases['home']!.id }] } },
      { complaintsInHand: { nodes: [{ id: cases['later']!.id }] } },
      { complaintCounts: { open: 6, unresolved: 6, general: 5, hot: 1, major: 0, overdue: 5 } },
      { id: cases['lift']!.id },
    ]);
  });

  it('shows nothing of another project by id, list, reference, extension or offer', async () => {
    const { id } = cases['lift']!;
    const { stranger } = desk;
    expect(await list({}, stranger)).toEqual([]);
    expect(await due({ withinHours: 24 * 40 }, stranger)).toEqual([]);
    expect(await related(stranger)).toEqual([
      { complaints: { nodes: [] } },
      { complaints: { nodes: [] } },
      { complaints: { nodes: [] } },
      { complaintsInHand: { nodes: [] } },
      { complaintCounts: null },
      null,
    ]);
    expect((await desk.ask(stranger, `{ complaint(id: "${id}") { id } }`)).data).toEqual({ complaint: null });
    const { errors } = await desk.ask(stranger, `{ similarComplaints(id: "${id}") { inCommon } }`);
    expect(errors![0]!.extensions['code']).toBe('NOT_FOUND');
    const coming = `{ casesToJoin(input: { projectId: "${desk.ours}", topic: "LIFT" }) { inCommon } }`;
    expect((await desk.ask(stranger, coming)).data).toEqual({ casesToJoin: [] });
  });

  it('answers who may read no complaints at all by FORBIDDEN, and leaves him the customer', async () => {
    const consultant = staff('PROPERTY_CONSULTANT', desk.ours);
    const { data, errors } = await desk.ask(
      consultant,
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id complaints { totalCount } } } }`,
      { r: [{ __typename: 'Customer', id: cases['lift']!.customerIds[0] }] },
    );
    expect(errors![0]!.extensions['code']).toBe('FORBIDDEN');
    expect(data!['_entities']).toEqual([{ id: cases['lift']!.customerIds[0], complaints: null }]);
    const anonymous = await desk.ask(null, '{ complaints { totalCount } }');
    expect(anonymous.errors![0]!.extensions['code']).toBe('UNAUTHENTICATED');
  });

  it('answers malformed and unknown ids in references as nothing', async () => {
    const { data, errors } = await desk.ask(
      desk.lin,
      `query($r: [_Any!]!) { _entities(representations: $r) {
        ... on Complaint { id } ... on Interaction { complaint { id } } ... on Project { complaintCounts { open } }
        ... on Customer { complaints { nodes { id } } } } }`,
      {
        r: [
          { __typename: 'Complaint', id: `' or true --` },
          { __typename: 'Complaint', id: newId() },
          { __typename: 'Interaction', id: 'x' },
          { __typename: 'Project', id: 'x' },
          { __typename: 'Customer', id: 'x' },
        ],
      },
    );
    expect(errors).toBeUndefined();
    expect(data!['_entities']).toEqual([
      null,
      null,
      { complaint: null },
      { complaintCounts: null },
      { complaints: { nodes: [] } },
    ]);
  });

  it('asks the database as often for one customer as for fifty', async () => {
    const one = await desk.file(1);
    const visit = { id: one.id, customerId: one.customerIds[0], channel: 'PHONE', satisfaction: 4 };
    await desk.acknowledge(one.id);
    await desk.respond(one.id);
    await desk.resolve(one.id);
    const newDemand = { causeClass: 'CLASS_1', topic: 'NOISE', content: 'Noise.' };
    await desk.done(desk.lin, 'recordReturnVisit', { ...visit, newDemand });
    const many: string[] = [];
    for (let count = 0; count < 49; count += 1) many.push((await desk.file(1)).customerIds[0]!);
    const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { complaints(first: 5) { nodes {
      id number severityReasons clocks { kind status } deadlines { kind dueAt } members { customer { id } }
      handler { id } unit { id } interactions { id } history { command byStaff: actor }
      returnVisits { byStaff { id } } linkedCases { complaint { id number history { command } } } } } } } }`;
    const counted: number[] = [];
    for (const customerIds of [one.customerIds, [...one.customerIds, ...many]]) {
      const r = customerIds.map((id) => ({ __typename: 'Customer', id }));
      const count = await leastStatements(async () => {
        const data = await desk.read<{ _entities: { complaints: Page }[] }>(desk.lin, source, { r });
        expect(data._entities.map(({ complaints }) => complaints.nodes.length > 0)).not.toContain(false);
      });
      counted.push(count);
    }
    expect(counted[0]).toBeGreaterThan(0);
    expect(counted[1]).toBe(counted[0]);
  }, 30_000);
});
