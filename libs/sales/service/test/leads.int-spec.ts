import { directoryEvents } from '@anju/events';
import { newId } from '@anju/kernel';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, wall, type Row } from '@anju/testing-service';
import { SalesOffice, type Answer } from './sales-office';

const leadFields = `id number status kind version receivedAt source contactConsent
  need { bedrooms smallestArea largestArea budget }
  followUps { at method outcome result byStaff { id } } countedFollowUps requiredFollowUps followUpsOwed
  nextFollowUpDueAt followUpMissedAt followUpsDueAt underFollowedAt overdue underFollowed
  deadlines { kind dueAt } proposals { at units { id } byStaff { id } } closingReason closedAt
  customer { id } interaction { id } consultant { id } project { id } sale { id }
  history { command from to }`;

describe('prospects', () => {
  let database: TestDatabase;
  let office: SalesOffice;

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-02 11:30');
  });
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  const need = { bedrooms: 3, smallestArea: '85', largestArea: '100', budget: '1500000' };
  const visit = async (change: Row = {}): Promise<Row> => ({
    ...{ projectId: office.ours, kind: 'VISIT', customerId: await office.customer(), source: 'WEB', need },
    contactConsent: true,
    ...change,
  });
  const record = async (change: Row = {}): Promise<string> =>
    (await office.done(office.he, 'recordLead', await visit(change), 'Lead { id }'))['id'] as string;
  const done = (name: string, input: Row, who = office.he): Promise<Answer> =>
    office.done(who, name, input, `Lead { ${leadFields} }`);
  const codeOf = async (name: string, input: Row, who = office.he): Promise<string | undefined> =>
    (await office.command(who, name, input)).code;
  const follow = (leadId: string, change: Row = {}): Promise<Answer> =>
    done('followUpLead', {
      ...{ leadId, method: 'PHONE', outcome: 'CONSIDERING', result: '考虑中' },
      ...change,
    });
  const lead = async (id: string): Promise<Row> => {
    const query = `query($id: ID!) { lead(id: $id) { ${leadFields} } }`;
    return (await office.read(office.he, query, { id }))['lead'] as Row;
  };
  const listed = async (filter: Row): Promise<unknown[]> => {
    const query = `query($filter: LeadFilter) { leads(filter: $filter, first: 100) { nodes { id } } }`;
    const { leads } = await office.read<{ leads: { nodes: Row[] } }>(office.he, query, { filter });
    return leads.nodes.map(({ id }) => id);
  };
  const faultOf = async (name: string, input: Row, who = office.he): Promise<Row | undefined> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const source = `mutation($input: ${type}!) { ${name}(input: $input) { __typename } }`;
    return (await office.ask(who, source, { input })).errors?.[0]?.extensions;
  };

  it('are entered with need, budget, source and consultant, and are owed follow-ups from then on', async () => {
    const interactionId = newId();
    const input = await visit({ interactionId, receivedAt: iso('2026-03-02 11:00') });
    const entered = await done('recordLead', input);
    expect(entered).toMatchObject({
      ...{ number: 'JX-L20260302-001', status: 'OPEN', kind: 'VISIT', source: 'WEB', need },
      ...{ requiredFollowUps: 3, countedFollowUps: 0, followUpsOwed: true, overdue: false },
      ...{ nextFollowUpDueAt: iso('2026-03-04 11:00'), followUpsDueAt: iso('2026-04-01 11:00') },
      ...{ consultant: { id: office.he.staffId }, interaction: { id: interactionId } },
      customer: { id: input['customerId'] },
      deadlines: [
        { kind: 'LEAD_FOLLOW_UP', dueAt: iso('2026-03-04 11:00') },
        { kind: 'LEAD_FOLLOW_UPS', dueAt: iso('2026-04-01 11:00') },
      ],
    });
    const [contact] = await office.entities(
      staff('AUDITOR', office.ours),
      'Interaction',
      [interactionId],
      'leads { id }',
    );
    expect(contact).toEqual({ leads: [{ id: entered['id'] }] });
  });

  it('are refused where something is not right, and take no number', async () => {
    expect(await codeOf('recordLead', await visit({ customerId: null }))).toBe('LEAD_VISITOR_UNKNOWN');
    expect(await codeOf('recordLead', await visit({ receivedAt: iso('2026-03-02 11:31') }))).toBe(
      'LEAD_RECEIVED_IN_FUTURE',
    );
    for (const [field, value] of [
      ['bedrooms', -1],
      ['smallestArea', '85.123'],
      ['largestArea', '10'],
      ['budget', '0'],
    ] as const) {
      const wrong = await visit({ need: { ...need, [field]: value } });
      const refused = await office.command(office.he, 'recordLead', wrong, 'LeadNeedNotValid { field }');
      expect(refused).toMatchObject({ code: 'LEAD_NEED_NOT_VALID', field });
    }
    expect(await faultOf('recordLead', await visit({ customerId: newId() }))).toMatchObject({
      problems: [{ field: 'input.customerId' }],
    });
    const number = (await lead(await record()))['number'];
    expect(number).toBe('JX-L20260302-002');
  });

  it('are followed up with method and result; an attempt that reaches nobody does not count', async () => {
    const leadId = await record({ kind: 'CALL', customerId: null });
    expect(
      await codeOf('followUpLead', { leadId, method: 'PHONE', outcome: 'CONSIDERING', result: ' ' }),
    ).toBe('SALES_TEXT_MISSING');
    const missed = await follow(leadId, { outcome: 'NOT_REACHED', result: '无人接听' });
    expect(missed).toMatchObject({ countedFollowUps: 0, requiredFollowUps: 2, followUpsOwed: true });
    const past = {
      leadId,
      method: 'PHONE',
      outcome: 'INTERESTED',
      result: '好',
      nextAt: iso('2026-03-02 11:30'),
    };
    expect(await codeOf('followUpLead', past)).toBe('LEAD_NEXT_FOLLOW_UP_IN_PAST');
    const agreed = await follow(leadId, { nextAt: iso('2026-03-05 10:00') });
    expect(agreed).toMatchObject({ countedFollowUps: 1, nextFollowUpDueAt: iso('2026-03-05 10:00') });
    expect(await codeOf('closeLead', { leadId, reason: 'NOT_INTERESTED' })).toBe('LEAD_FOLLOW_UPS_OWED');
    const second = await follow(leadId, { method: 'MESSAGE' });
    expect(second).toMatchObject({ followUpsOwed: false, nextFollowUpDueAt: null });
    const closed = await done('closeLead', { leadId, reason: 'NOT_INTERESTED' });
    expect(closed).toMatchObject({ status: 'CLOSED', closingReason: 'NOT_INTERESTED', deadlines: [] });
    expect(await codeOf('closeLead', { leadId, reason: 'NOT_INTERESTED' })).toBe(
      'LEAD_NOT_IN_REQUIRED_STATUS',
    );
  });

  it('are not contacted without their consent', async () => {
    const leadId = await record({ contactConsent: false });
    expect(await lead(leadId)).toMatchObject({
      followUpsOwed: false,
      nextFollowUpDueAt: null,
      deadlines: [],
    });
    const input = { leadId, method: 'PHONE', outcome: 'INTERESTED', result: '好' };
    expect(await codeOf('followUpLead', input)).toBe('LEAD_CONTACT_NOT_CONSENTED');
    expect(await done('changeLeadConsent', { leadId, contactConsent: true })).toMatchObject({
      ...{ followUpsOwed: true, nextFollowUpDueAt: iso('2026-03-04 11:30') },
    });
    expect(await done('changeLeadConsent', { leadId, contactConsent: false })).toMatchObject({
      deadlines: [],
    });
  });

  it('who called and then come are owed what a visitor is', async () => {
    const leadId = await record({ kind: 'CALL', customerId: null });
    const customerId = await office.customer();
    expect(await done('recordLeadVisit', { leadId, customerId })).toMatchObject({
      ...{ kind: 'VISIT', requiredFollowUps: 3, customer: { id: customerId } },
    });
    expect(await codeOf('recordLeadVisit', { leadId, customerId: await office.customer() })).toBe(
      'LEAD_OF_ANOTHER_CUSTOMER',
    );
  });

  it('change their mind, and their consultant', async () => {
    const leadId = await record();
    expect(await codeOf('changeLeadNeed', { leadId, need: { budget: '-1' } })).toBe('LEAD_NEED_NOT_VALID');
    expect(await done('changeLeadNeed', { leadId, need: { bedrooms: 2 } })).toMatchObject({
      need: { bedrooms: 2, smallestArea: null, largestArea: null, budget: null },
    });
    const consultantId = office.fang.staffId;
    expect(await faultOf('assignLead', { leadId, consultantId })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await done('assignLead', { leadId, consultantId }, office.fang)).toMatchObject({
      consultant: { id: consultantId },
    });
    expect(await codeOf('assignLead', { leadId, consultantId }, office.fang)).toBe('LEAD_ALREADY_ASSIGNED');
    const [fang] = await office.entities(
      office.fang,
      'Staff',
      [consultantId],
      'leadsInHand { nodes { id } }',
    );
    expect(fang).toEqual({ leadsInHand: { nodes: [{ id: leadId }] } });
  });

  it('are one prospect where two records of a customer were made one, whichever merge comes first', async () => {
    const [first, second, third] = [
      await office.customer(),
      await office.customer(),
      await office.customer(),
    ];
    const leadId = await record({ customerId: first });
    const unitId = await office.home('8-1-1701');
    const input = { projectId: office.ours, unitId, customerIds: [first, second] };
    const saleId = (await office.done(office.he, 'subscribeUnit', input, 'Sale { id }'))['id'] as string;
    const customersOfSale = async () => {
      const query = 'query($id: ID!) { sale(id: $id) { customers { id } } }';
      return (await office.read<{ sale: Row }>(office.he, query, { id: saleId })).sale['customers'];
    };
    const merge = newId();
    await office.merge(second, third);
    await office.merge(first, second, merge);
    await office.merge(first, second, merge);
    expect(await lead(leadId)).toMatchObject({ customer: { id: third } });
    expect(await customersOfSale()).toEqual([{ id: third }]);
    const late = await done('recordLead', await visit({ customerId: first }));
    expect(late['customer']).toEqual({ id: third });
  });

  it('by those who may, in their own project, once for one key and from the version that was read', async () => {
    const input = await visit({ idempotencyKey: newId() });
    const first = await done('recordLead', input);
    expect(await done('recordLead', input)).toMatchObject({ id: first['id'], version: 1 });
    const close = { leadId: first['id'], reason: 'DUPLICATE' };
    expect(await faultOf('recordLead', input, office.guard)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await faultOf('recordLead', input, office.xu)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await faultOf('recordLead', input, office.stranger)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await faultOf('closeLead', close, office.stranger)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await faultOf('closeLead', { ...close, expectedVersion: 7 })).toMatchObject({ code: 'CONFLICT' });
    const query = 'query($id: ID!) { lead(id: $id) { id } }';
    expect(await office.read(office.stranger, query, { id: first['id'] })).toEqual({ lead: null });
  });

  describe('are proposed homes', () => {
    const suitable = async (leadId: string): Promise<Row> => {
      const query = `query($id: ID!) { lead(id: $id) {
        suitableUnits { unit { id } unitTypeCode area total misses }
        suitableUnitTypes { unitTypeCode fromTotal count units { id } } } }`;
      return (await office.read(office.he, query, { id: leadId }))['lead'] as Row;
    };
    const home = async (
      number: string,
      unitPrice: string,
      area: string | null = '89.32',
    ): Promise<string> => {
      const unitId = await office.home(number, area);
      await office.offer(unitId, unitPrice);
      return unitId;
    };

    it('that are for sale, offered and asked for by nobody, best first, and these are kept', async () => {
      const best = await home('9-1-0101', '15800');
      const dearer = await home('9-1-0102', '17000');
      await home('9-1-0103', '30000');
      const unmeasured = await home('9-1-0104', '15000', null);
      const taken = await home('9-1-0105', '15000');
      await office.done(
        office.he,
        'subscribeUnit',
        { projectId: office.ours, unitId: taken, customerIds: [await office.customer()] },
        'Sale { id }',
      );
      const sold = await home('9-1-0106', '15000');
      await office.hear(directoryEvents.unitChanged, sold, {
        ...{
          projectId: office.ours,
          unitId: sold,
          buildingId: office.building,
          sectionId: null,
          number: '0106',
        },
        ...{ home: '9-1-0106', status: 'CONTRACTED', preSaleArea: '89.32', registeredArea: null },
        warrantyEndsOn: null,
      });
      const withdrawn = await office.home('9-1-0107');
      const unitOfferId = await office.offer(withdrawn, '15000');
      await office.done(office.fang, 'withdrawUnitOffer', { unitOfferId }, 'UnitOffer { id }');
      const unlisted = await office.home('9-1-0108');

      const leadId = await record();
      expect(await suitable(leadId)).toEqual({
        suitableUnits: [
          { unit: { id: best }, unitTypeCode: 'B2', area: '89.32', total: '1411256.00', misses: [] },
          {
            unit: { id: dearer },
            unitTypeCode: 'B2',
            area: '89.32',
            total: '1518440.00',
            misses: ['BUDGET'],
          },
        ],
        suitableUnitTypes: [
          { unitTypeCode: 'B2', fromTotal: '1411256.00', count: 2, units: [{ id: best }, { id: dearer }] },
        ],
      });
      expect(await codeOf('proposeUnits', { leadId, unitIds: [] })).toBe('NO_UNIT_PROPOSED');
      const gone = [unmeasured, taken, sold, withdrawn, unlisted];
      expect(
        await office.command(
          office.he,
          'proposeUnits',
          { leadId, unitIds: [best, ...gone] },
          'UnitsNotProposable { unitIds }',
        ),
      ).toMatchObject({ code: 'UNITS_NOT_PROPOSABLE', unitIds: gone });
      const proposed = await done('proposeUnits', { leadId, unitIds: [best, dearer] });
      expect(proposed['proposals']).toEqual([
        {
          at: iso('2026-03-02 11:30'),
          units: [{ id: best }, { id: dearer }],
          byStaff: { id: office.he.staffId },
        },
      ]);
    });
  });

  it('are listed as overdue and as under-followed from the moment on that they are', async () => {
    const overdue = await record({ source: 'REFERRAL' });
    const kept = await record({ source: 'REFERRAL' });
    for (let times = 0; times < 3; times += 1) await follow(kept);
    const mine = { source: ['REFERRAL'], consultantId: office.he.staffId };
    expect(await listed({ ...mine, overdue: true })).toEqual([]);
    await office.until('2026-03-04 12:00');
    expect(await listed({ ...mine, overdue: true })).toEqual([overdue]);
    expect(await listed({ ...mine, overdue: false })).toEqual([kept]);
    expect(await lead(overdue)).toMatchObject({ overdue: true, followUpMissedAt: iso('2026-03-04 11:30') });
    expect((await office.published(overdue)).at(-1)).toMatchObject({
      ...{ type: 'lead-follow-up-missed.v1', time: wall('2026-03-04 11:30').toISOString() },
    });
    await follow(overdue);
    expect(await listed({ ...mine, overdue: true })).toEqual([]);
    await office.until('2026-04-02 12:00');
    expect(await listed({ ...mine, underFollowed: true })).toEqual([overdue]);
    expect(await lead(overdue)).toMatchObject({
      underFollowed: true,
      underFollowedAt: iso('2026-04-01 11:30'),
    });
    for (let times = 0; times < 2; times += 1) await follow(overdue);
    expect(await listed({ ...mine, underFollowed: true })).toEqual([]);
    expect(await listed({ ...mine, underFollowed: false })).toHaveLength(2);
  });
});
