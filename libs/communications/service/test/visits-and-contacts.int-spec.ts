import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, type Row } from '@anju/testing-service';
import { CommunicationsDesk } from './communications-desk';

describe('customers, as the company speaks with them', () => {
  let database: TestDatabase;
  let desk: CommunicationsDesk;

  beforeAll(async () => {
    database = await createTestDatabase('communications');
    desk = await CommunicationsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
    await desk.employ(desk.lin.staffId);
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function customer(id: string, fields: string, who = desk.lin): Promise<Row> {
    const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { ${fields} } } }`;
    const data = await desk.read<{ _entities: [Row] }>(who, source, {
      r: [{ __typename: 'Customer', id }],
    });
    return data._entities[0];
  }

  describe('visits', () => {
    const visitFields = `id version status visitedAt inDepth overdueSinceAt customer { id } visitor { id } unit { id }
      suggestions { sequence text action { ownerId dueOn dueAt missedAt result doneBy doneAt } }
      history { command }`;

    async function visit(id: unknown, who = desk.lin): Promise<Row> {
      const source = `query($id: ID!) { customerVisit(id: $id) { ${visitFields} } }`;
      return (await desk.read(who, source, { id }))['customerVisit'] as Row;
    }

    function record(customerId: string, change: Row = {}, who = desk.manager): Promise<Row> {
      const input = {
        ...{ projectId: desk.ours, customerId, inDepth: true, content: '谈了小区的绿化。' },
        ...{ suggestions: ['路灯太暗。', '多种树。'], ...change },
      };
      return desk.command(who, 'recordCustomerVisit', input);
    }

    rule('COM-02', 'a suggestion becomes an action with owner and date, followed to the end', async () => {
      const [wang] = (await desk.customers(1)) as [string];
      const unitId = await desk.moveIn(wang, '3-2-1201', newId());
      const { id: visitId } = await record(wang, { unitId });
      const plan = { visitId, sequence: 1, ownerId: desk.lin.staffId, dueOn: '2026-03-03' };
      await desk.done(desk.manager, 'planVisitAction', plan);
      await desk.done(desk.manager, 'planVisitAction', { ...plan, sequence: 2, dueOn: '2026-03-20' });
      const answer = (name: string, input: Row) => desk.command(desk.manager, name, input);
      expect(await answer('planVisitAction', plan)).toMatchObject({ code: 'VISIT_ACTION_ALREADY_PLANNED' });
      expect(await answer('planVisitAction', { ...plan, sequence: 9 })).toMatchObject({
        code: 'VISIT_SUGGESTION_UNKNOWN',
      });
      await desk.until('2026-03-04 09:00');
      expect(await visit(visitId)).toMatchObject({
        status: 'BEING_FOLLOWED_UP',
        overdueSinceAt: iso('2026-03-04 00:00'),
        unit: { id: unitId },
        suggestions: [{ action: { missedAt: iso('2026-03-04 00:00') } }, { action: { missedAt: null } }],
      });
      const done = { visitId, sequence: 1, result: '换了灯。' };
      await desk.done(desk.lin, 'completeVisitAction', done);
      expect(await answer('completeVisitAction', done)).toMatchObject({ code: 'VISIT_ACTION_NOT_OPEN' });
      await desk.done(desk.lin, 'completeVisitAction', { ...done, sequence: 2, result: '已补种。' });
      expect(await visit(visitId)).toMatchObject({ status: 'FOLLOWED_UP', overdueSinceAt: null });
      expect(await answer('planVisitAction', plan)).toMatchObject({
        code: 'CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS',
      });
      const types = await desk.rows(
        `select payload->>'type' as type from outbox where aggregateid = $1 order by seq`,
        [visitId],
      );
      expect(types.map(({ type }) => type)).toEqual([
        'customer-visit-recorded.v1',
        'visit-action-planned.v1',
        'visit-action-planned.v1',
        'visit-action-missed.v1',
        'visit-action-done.v1',
        'visit-action-done.v1',
      ]);
      expect(
        await customer(wang, 'messages { nodes { kind channel subjectId } } visits { nodes { id } }'),
      ).toEqual({
        messages: { nodes: [{ kind: 'VISIT', channel: 'IN_PERSON', subjectId: visitId }] },
        visits: { nodes: [{ id: visitId }] },
      });
    });

    it('is answered where it is entered wrongly', async () => {
      const [wang] = (await desk.customers(1)) as [string];
      expect(await record(wang, { visitedAt: iso('2027-01-01 10:00') })).toMatchObject({
        code: 'COMMUNICATION_IN_FUTURE',
      });
      expect(await record(wang, { content: '' })).toMatchObject({ code: 'COMMUNICATION_TEXT_MISSING' });
      const { id: visitId } = await record(wang);
      const plan = { visitId, sequence: 1, ownerId: desk.lin.staffId, dueOn: '2026-03-20' };
      const answer = (change: Row) => desk.command(desk.manager, 'planVisitAction', { ...plan, ...change });
      expect(await answer({ dueOn: '2026-02-30' })).toMatchObject({ code: 'VISIT_ACTION_DATE_NOT_VALID' });
      expect(await answer({ dueOn: '2026-03-01' })).toMatchObject({ code: 'VISIT_ACTION_DUE_IN_PAST' });
      const fault = (who: typeof desk.lin, change: Row = {}) =>
        desk.faultOf(who, 'planVisitAction', { ...plan, ...change });
      expect(await fault(desk.zhou)).toBe('FORBIDDEN');
      expect(await fault(desk.stranger)).toBe('NOT_FOUND');
      expect(await fault(desk.manager, { visitId: newId() })).toBe('NOT_FOUND');
      expect(await fault(desk.manager, { expectedVersion: 7 })).toBe('CONFLICT');
      expect(await visit(visitId, desk.stranger)).toBeNull();
    });

    rule(
      'COM-02',
      'a project manager’s month counts the different customers of his in-depth visits',
      async () => {
        const manager = staff('PROJECT_MANAGER', desk.ours);
        const [one, two, three] = (await desk.customers(3)) as [string, string, string];
        for (const [who, change] of [
          [one, {}],
          [one, {}],
          [two, {}],
          [three, { inDepth: false }],
          [three, { visitedAt: iso('2026-02-28 10:00') }],
        ] as const) {
          await record(who, { suggestions: [], ...change }, manager);
        }
        const source = `query($p: ID!, $m: ID!, $month: String!) {
        visitDuty(projectId: $p, managerId: $m, month: $month) { visits customers required met } }`;
        const variables = { p: desk.ours, m: manager.staffId, month: '2026-03' };
        const duty = async () => (await desk.read(desk.lin, source, variables))['visitDuty'];
        expect(await duty()).toEqual({ visits: 3, customers: 2, required: 3, met: false });
        await record(three, { suggestions: [] }, manager);
        expect(await duty()).toMatchObject({ customers: 3, met: true });
        expect(await desk.errorOf(desk.lin, source, { ...variables, month: '2026-13' })).toBe(
          'BAD_USER_INPUT',
        );
        expect((await desk.read(desk.stranger, source, variables))['visitDuty']).toBeNull();
        const list = `query($f: CustomerVisitFilter) { customerVisits(filter: $f) { totalCount } }`;
        const count = async (f: Row) =>
          (
            (await desk.read(desk.lin, list, { f: { visitorId: manager.staffId, ...f } }))[
              'customerVisits'
            ] as Row
          )['totalCount'];
        expect(await count({})).toBe(6);
        expect(await count({ inDepth: false, customerId: three, projectId: desk.ours })).toBe(1);
        expect(await count({ visitedBefore: iso('2026-03-01 00:00'), status: ['FOLLOWED_UP'] })).toBe(1);
        expect(await count({ overdue: true, visitedFrom: iso('2026-03-01 00:00') })).toBe(0);
      },
    );
  });

  describe('consent and addresses', () => {
    rule(
      'COM-05',
      'what the customer said last about a purpose on a channel counts, and all is kept',
      async () => {
        const [wang] = (await desk.customers(1)) as [string];
        const consent = { projectId: desk.ours, customerId: wang, channel: 'SMS', purpose: 'SURVEY' };
        const say = (granted: boolean, change: Row = {}) =>
          desk.command(desk.zhou, 'recordConsent', { ...consent, granted, ...change });
        await say(true);
        expect(await say(true)).toMatchObject({ code: 'CONSENT_UNCHANGED' });
        await say(false, { purpose: 'SERVICE_NOTICE' });
        await say(false);
        const { consents, consentedMessages } = await customer(
          wang,
          'consents { changes { channel purpose granted by } } consentedMessages { channel purpose }',
        );
        const by = desk.zhou.staffId;
        expect((consents as Row)['changes']).toEqual([
          { channel: 'SMS', purpose: 'SURVEY', granted: true, by },
          { channel: 'SMS', purpose: 'SERVICE_NOTICE', granted: false, by },
          { channel: 'SMS', purpose: 'SURVEY', granted: false, by },
        ]);
        expect(consentedMessages).not.toContainEqual({ channel: 'SMS', purpose: 'SURVEY' });
        expect(consentedMessages).not.toContainEqual({ channel: 'SMS', purpose: 'SERVICE_NOTICE' });
        expect(consentedMessages).toContainEqual({ channel: 'EMAIL', purpose: 'SERVICE_NOTICE' });
        const [theirs] = (await desk.customers(1, desk.theirs)) as [string];
        const fault = (who: typeof desk.lin, change: Row = {}) =>
          desk.faultOf(who, 'recordConsent', { ...consent, granted: true, ...change });
        expect(await fault(desk.guard)).toBe('FORBIDDEN');
        expect(await fault(desk.stranger)).toBe('FORBIDDEN');
        expect(await fault(desk.zhou, { customerId: theirs })).toBe('BAD_USER_INPUT');
      },
    );

    rule('DIR-05', 'an address is kept encrypted, and shown masked', async () => {
      const [wang] = (await desk.customers(1)) as [string];
      await desk.reach(wang);
      await desk.reach(wang, 'wang@example.cn', '王女士', 'EMAIL');
      expect(await customer(wang, 'messageAddresses { channel masked }')).toEqual({
        messageAddresses: [
          { channel: 'SMS', masked: '138****8000' },
          { channel: 'EMAIL', masked: 'w****@example.cn' },
        ],
      });
      const bad = { projectId: desk.ours, customerId: wang, channel: 'EMAIL', address: 'a@b.cn, c@d.cn' };
      expect(await desk.command(desk.zhou, 'recordMessageAddress', bad)).toMatchObject({
        code: 'MESSAGE_ADDRESS_NOT_VALID',
      });
      const stored = await desk.rows('select addresses, addressee from address_book where customer_id = $1', [
        wang,
      ]);
      expect(JSON.stringify(stored)).not.toMatch(/13800138000|example|王/);
      await desk.done(desk.zhou, 'recordMessageAddress', { ...bad, address: null });
      expect(await customer(wang, 'messageAddresses { channel }')).toEqual({
        messageAddresses: [{ channel: 'SMS' }],
      });
    });

    rule(
      'DIR-06',
      'of two records of a customer the one that stays has what was said on either',
      async () => {
        const [gone, stays, later] = (await desk.customers(3)) as [string, string, string];
        const objection = { projectId: desk.ours, channel: 'SMS', purpose: 'SERVICE_NOTICE', granted: false };
        await desk.done(desk.zhou, 'recordConsent', { ...objection, customerId: gone });
        await desk.reach(gone);
        const known = 'consents { changes { granted } } messageAddresses { masked }';
        await desk.merge(gone, stays);
        const said = {
          consents: { changes: [{ granted: false }] },
          messageAddresses: [{ masked: '138****8000' }],
        };
        expect(await customer(stays, known)).toEqual(said);
        await desk.reach(later, '13900139000');
        await desk.done(desk.zhou, 'recordConsent', { ...objection, customerId: later, channel: 'EMAIL' });
        await desk.merge(stays, later);
        expect(await customer(later, known)).toEqual({
          consents: { changes: [{ granted: false }, { granted: false }] },
          messageAddresses: [{ masked: '139****9000' }],
        });
        // What is recorded of a record that went is recorded of the one that stayed.
        const back = { ...objection, customerId: gone, granted: true };
        await desk.done(desk.zhou, 'recordConsent', back);
        expect(await customer(later, 'consents { changes { granted } }')).toEqual({
          consents: { changes: [{ granted: false }, { granted: false }, { granted: true }] },
        });
      },
    );

    it('is recorded once by two who do so at once', async () => {
      const [wang] = (await desk.customers(1)) as [string];
      const consent = {
        projectId: desk.ours,
        customerId: wang,
        channel: 'SMS',
        purpose: 'SURVEY',
        granted: true,
      };
      const faults = await Promise.all(
        [desk.zhou, desk.lin].map((who) => desk.faultOf(who, 'recordConsent', consent)),
      );
      expect(faults.filter((code) => code !== null && code !== 'CONFLICT')).toEqual([]);
      expect(await customer(wang, 'consents { changes { granted } }')).toEqual({
        consents: { changes: [{ granted: true }] },
      });
    });
  });
});
