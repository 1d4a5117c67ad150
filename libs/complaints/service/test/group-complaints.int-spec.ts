import { receptionEvents } from '@anju/events';
import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { ComplaintsDesk, caseFields } from './complaints-desk';

describe('contacts, groups and linked cases', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;

  beforeEach(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  function join(
    id: string,
    customerIds: readonly string[],
    interactionId: string | null = null,
  ): Promise<Row> {
    const customers = customerIds.map((customerId) => ({ customerId, interactionId }));
    return desk.done(desk.zhou, 'joinComplaint', { id, customers }, 'severity groupSize version');
  }

  const count = async (): Promise<number> =>
    Number((await desk.rows('select count(*)::int as n from complaint'))[0]!['n']);

  rule(
    ['CMP-02', 'CMP-11', 'CMP-14'],
    'three, then ten people in one complaint: hot, then major, a form each time',
    async () => {
      const { id, customerIds } = await desk.file(1);
      const [second, ...others] = await desk.customers(9);
      expect(await join(id, [second!, customerIds[0]!])).toMatchObject({ severity: 'GENERAL', groupSize: 2 });
      await desk.until('2026-03-02 11:00');
      expect(await join(id, others.slice(0, 1))).toMatchObject({ severity: 'HOT', groupSize: 3 });
      await desk.until('2026-03-02 12:00');
      expect(await join(id, others)).toMatchObject({ severity: 'MAJOR', groupSize: 10 });
      expect((await desk.case(id))['clocks']).toMatchObject([
        { kind: 'RESPONSE', dueAt: iso('2026-03-03 10:00') },
        { kind: 'DEMAND_FORM', forSeverity: 'HOT', dueAt: iso('2026-03-03 11:00') },
        { kind: 'DEMAND_FORM', forSeverity: 'MAJOR', dueAt: iso('2026-03-03 12:00') },
      ]);
      const joined = (await desk.published(id)).filter(({ type }) => type === 'complaint-customer-joined.v1');
      expect(joined.map(({ data }) => data['groupSize'])).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    },
  );

  rule(['CMP-02', 'CMP-05'], 'a project’s own numbers stand before those of the organisation', async () => {
    for (const [project, values] of [
      ['null', { hotGroupSize: 4, responseWorkingDays: 2 }],
      [`'${desk.ours}'`, { hotGroupSize: 2 }],
    ] as const) {
      await desk.rows(
        `insert into policy_version (id, project_id, status, number, based_on, values, reason, drafted_by, drafted_at,
                                     version, created_at, updated_at)
         values ('${newId()}', ${project}, 'IN_FORCE', 1, 0, $1, 'test', 'test', now(), 1, now(), now())`,
        [JSON.stringify(values)],
      );
    }
    const { id } = await desk.file(2);
    expect(await desk.case(id)).toMatchObject({
      severity: 'HOT',
      severityReasons: ['GROUP_OF_HOT_SIZE'],
      clocks: [{ kind: 'RESPONSE', dueAt: iso('2026-03-04 10:00') }, { kind: 'DEMAND_FORM' }],
    });
    const interactionId = await desk.classify({
      projectId: desk.theirs,
      buildingId: null,
      customerIds: await desk.customers(3, desk.theirs),
    });
    expect(await desk.caseOf(interactionId, desk.stranger)).toMatchObject({
      severity: 'GENERAL',
      severityReasons: [],
    });
  });

  rule('CMP-14', 'ten people at once on one case lose nobody', async () => {
    const { id } = await desk.file(0);
    const residents = await desk.customers(10);
    await Promise.all(residents.map((resident) => join(id, [resident])));
    expect(await desk.case(id)).toMatchObject({ severity: 'MAJOR', groupSize: 10, version: 11 });
  });

  it('tells one of two people who saw the same version that the other was first', async () => {
    const { id } = await desk.file(1);
    await desk.acknowledge(id);
    const write = (text: string): Promise<Row> =>
      desk.done(desk.lin, 'recordComplaintProgress', { id, text, expectedVersion: 2 }, 'version');
    const outcomes = await Promise.allSettled([write('One.'), write('Two.')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected')!;
    expect(lost.reason).toMatchObject({ extensions: { code: 'CONFLICT' } });
  });

  it('gives the first answer again to the same key, and does nothing twice', async () => {
    const { id, customerIds } = await desk.file(1, { idempotencyKey: 'file-1' });
    const answer = { ...(await desk.case(id)) };
    const input = { id, channel: 'PHONE', text: 'Tomorrow.', idempotencyKey: 'respond-1' };
    await desk.acknowledge(id);
    const fields = 'version status responses { at by text } clocks { kind status metAt }';
    const [one, two] = await Promise.all([
      desk.done(desk.lin, 'respondToComplaint', input, fields),
      desk.done(desk.lin, 'respondToComplaint', input, fields),
    ]);
    expect(two).toEqual(one);
    expect(await desk.done(desk.lin, 'respondToComplaint', input, fields)).toEqual(one);
    await expect(
      desk.command(desk.lin, 'respondToComplaint', { ...input, text: 'Never.' }),
    ).rejects.toMatchObject({ extensions: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    const again = {
      projectId: desk.ours,
      causeClass: 'CLASS_1',
      topic: 'LIFT',
      content: 'The lift stands still again.',
      channel: 'PHONE',
      buildingId: desk.building6,
      customerIds,
      idempotencyKey: 'file-1',
    };
    expect(await desk.done(desk.zhou, 'fileComplaint', again, 'id number')).toMatchObject({
      id,
      number: answer['number'],
    });
    expect(await count()).toBe(1);
  });

  rule(
    ['REC-17', 'CMP-04'],
    'a contact classified as a complaint opens one case, however often it is told',
    async () => {
      await desk.until('2026-03-02 10:20');
      const customerIds = await desk.customers(2);
      const event = newId();
      const interactionId = newId();
      const contact = { interactionId, customerIds, receivedAt: iso('2026-03-02 10:05') };
      await desk.classify({ ...contact, unitId: desk.unit, buildingId: null }, event);
      await desk.classify({ ...contact, unitId: desk.unit, buildingId: null }, event);
      await desk.classify(contact);
      expect(await count()).toBe(1);
      expect(await desk.caseOf(interactionId)).toMatchObject({
        number: 'JX-C20260302-001',
        version: 1,
        content: null,
        receivedAt: iso('2026-03-02 10:05'),
        unit: { id: desk.unit },
        building: { id: desk.building6 },
        deadlines: [
          { kind: 'RESPONSE', dueAt: iso('2026-03-03 10:05') },
          { kind: 'BECOMES_HOT', dueAt: iso('2026-03-09 10:05') },
          { kind: 'BECOMES_MAJOR', dueAt: iso('2026-04-02 10:05') },
        ],
        history: [{ command: 'openComplaint', actor: desk.zhou.staffId, at: iso('2026-03-02 10:20') }],
      });
    },
  );

  it('opens no case for other classes', async () => {
    const interactionId = await desk.classify({ class: 'ENQUIRY', causeClass: null, topic: null });
    expect(await desk.caseOf(interactionId)).toBeNull();
    expect(await count()).toBe(0);
  });

  rule(
    'CMP-13',
    'a contact classified away and again keeps its one case, with what was heard in between',
    async () => {
      const customerIds = await desk.customers(3);
      const interactionId = await desk.classify({ customerIds: customerIds.slice(0, 1) });
      await desk.classify({ interactionId, class: 'ENQUIRY', previousClass: 'COMPLAINT', causeClass: null });
      expect(await desk.caseOf(interactionId)).toMatchObject({ status: 'RECEIVED', version: 1 });
      await desk.classify({
        interactionId,
        previousClass: 'ENQUIRY',
        customerIds,
        facts: ['MEDIA_EXPOSURE'],
        namedStaffIds: [desk.li.staffId],
      });
      expect(await count()).toBe(1);
      expect(await desk.caseOf(interactionId)).toMatchObject({
        version: 2,
        groupSize: 3,
        severity: 'MAJOR',
        severityReasons: ['MEDIA_EXPOSURE', 'GROUP_OF_HOT_SIZE'],
        namedStaff: [{ id: desk.li.staffId }],
      });
    },
  );

  rule('CMP-14', 'a contact that a person has put into a case opens none of its own', async () => {
    const { id } = await desk.file(1);
    const [caller] = await desk.customers(1);
    const interactionId = newId();
    await join(id, [caller!], interactionId);
    await desk.classify({ interactionId, customerIds: [caller!] });
    expect(await count()).toBe(1);
    expect(await desk.caseOf(interactionId)).toMatchObject({
      id,
      groupSize: 2,
      interactions: [{ id: interactionId }],
    });
  });

  rule(
    'CMP-14',
    'a contact shows the case that a person put it into, before the one that it opened',
    async () => {
      const interactionId = await desk.classify();
      const { id } = await desk.file(1);
      const [caller] = await desk.customers(1);
      await join(id, [caller!], interactionId);
      expect(await desk.caseOf(interactionId)).toMatchObject({ id });
    },
  );

  it('takes a contact to be of its own project only', async () => {
    const interactionId = newId();
    const { id } = await desk.file(1);
    await join(id, await desk.customers(1), interactionId);
    await desk.classify({ interactionId, projectId: desk.theirs, buildingId: null });
    expect(await count()).toBe(2);
    expect(await desk.caseOf(interactionId, desk.stranger)).toMatchObject({ number: 'YH-C20260302-001' });
    expect(await desk.caseOf(interactionId)).toMatchObject({ id });
  });

  rule(['CMP-14', 'DIR-06'], 'two records of one customer are one member from their merge on', async () => {
    const { id, customerIds } = await desk.file(3);
    const [first, second] = customerIds as [string, string, string];
    await desk.merge(second, first);
    const merged = await desk.case(id);
    expect(merged).toMatchObject({ groupSize: 2, severity: 'GENERAL' });
    expect((merged['clocks'] as Row[]).map(({ kind, status }) => [kind, status])).toEqual([
      ['RESPONSE', 'RUNNING'],
      ['DEMAND_FORM', 'LAPSED'],
    ]);
    await desk.merge(second, first);
    expect(await desk.case(id)).toMatchObject({ version: merged['version'] });
  });

  rule(
    ['CMP-14', 'DIR-06'],
    'a case that comes with a record that has gone gets the one that stayed',
    async () => {
      const [a, b, c] = (await desk.customers(3)) as [string, string, string];
      await desk.merge(a, b);
      await desk.merge(b, c);
      const interactionId = await desk.classify({ customerIds: [a, b, c] });
      expect(await desk.caseOf(interactionId)).toMatchObject({
        groupSize: 1,
        members: [{ customer: { id: c } }],
      });
      const { id } = await desk.file(0, { customerIds: [a] });
      await join(id, [b, c]);
      expect(await desk.case(id)).toMatchObject({ groupSize: 1, members: [{ customer: { id: c } }] });
    },
  );

  rule(
    ['CMP-14', 'DIR-06'],
    'a merge at the very moment at which cases are opened leaves nobody behind',
    async () => {
      const [stays, ...gone] = (await desk.customers(9)) as [string, ...string[]];
      const contacts = gone.map(() => newId());
      await Promise.all(
        gone.flatMap((customerId, n) => [
          desk.merge(customerId, stays),
          desk.classify({ interactionId: contacts[n], customerIds: [customerId] }),
        ]),
      );
      for (const contact of contacts) {
        expect((await desk.caseOf(contact))!['members']).toMatchObject([{ customer: { id: stays } }]);
      }
    },
  );

  async function resolved(): Promise<{ id: string; customerIds: string[] }> {
    const filed = await desk.file(1);
    await desk.acknowledge(filed.id);
    await desk.respond(filed.id);
    await desk.resolve(filed.id);
    return filed;
  }

  rule('CMP-12', 'a new demand at a return visit opens a linked case with it, once', async () => {
    const { id, customerIds } = await resolved();
    await desk.until('2026-03-04 15:00');
    const input = {
      id,
      customerId: customerIds[0],
      channel: 'IN_PERSON',
      satisfaction: 5,
      remarks: 'Fine.',
      newDemand: { causeClass: 'CLASS_2', topic: 'WINDOW', content: 'The window leaks.' },
    };
    const fields = 'linkedCases { relation complaint { id } }';
    const keyed = { ...input, idempotencyKey: 'visit-1' };
    const visited = await desk.done(desk.lin, 'recordReturnVisit', keyed, fields);
    expect(await desk.done(desk.lin, 'recordReturnVisit', keyed, fields)).toEqual(visited);
    expect(await count()).toBe(2);
    const [link] = (await desk.case(id))['linkedCases'] as { complaint: Row; complaintId: string }[];
    expect(link).toMatchObject({
      relation: 'LED_TO',
      complaint: { number: 'JX-C20260304-001', status: 'RECEIVED', channel: 'RETURN_VISIT' },
    });
    const linked = await desk.case(link!.complaintId);
    expect(linked).toMatchObject({
      causeClass: 'CLASS_2',
      topic: 'WINDOW',
      content: 'The window leaks.',
      building: { id: desk.building6 },
      receivedAt: iso('2026-03-04 15:00'),
      receivedBy: { id: desk.lin.staffId },
      members: [{ customer: { id: customerIds[0] } }],
      linkedCases: [{ relation: 'CAME_FROM', complaintId: id }],
      history: [{ command: 'openLinkedComplaint', actor: desk.lin.staffId }],
      deadlines: [
        { kind: 'RESPONSE', dueAt: iso('2026-03-05 15:00') },
        { kind: 'BECOMES_HOT' },
        { kind: 'BECOMES_MAJOR' },
      ],
    });
    expect((await desk.published(link!.complaintId)).map(({ type }) => type)).toEqual([
      'complaint-received.v1',
      'complaint-clock-started.v1',
    ]);
  });

  it('keeps the key of the whole request for the visit when it opens a linked case', async () => {
    const { id, customerIds } = await resolved();
    const newDemand = { causeClass: 'CLASS_1', topic: 'NOISE', content: 'Noise at night.' };
    const input = { id, customerId: customerIds[0], channel: 'PHONE', satisfaction: 4, newDemand };
    const visit = (): Promise<Row> => desk.withKey('request-1', desk.lin, 'recordReturnVisit', input);
    expect(await visit()).toEqual(await visit());
    expect(await count()).toBe(2);
  });

  rule(
    ['CMP-02', 'CMP-12'],
    'a dissatisfied customer brings the case back as a second complaint, hot by that',
    async () => {
      const { id, customerIds } = await resolved();
      await desk.until('2026-03-04 15:00');
      const visit = {
        id,
        customerId: customerIds[0],
        channel: 'PHONE',
        satisfaction: 2,
        remarks: 'Still stuck.',
      };
      await desk.done(desk.quality, 'recordReturnVisit', visit);
      const reopened = await desk.case(id);
      expect(reopened).toMatchObject({
        status: 'REOPENED',
        severity: 'HOT',
        severityReasons: ['SECOND_COMPLAINT'],
        resolvedAt: null,
        reopenings: [{ cause: 'DISSATISFIED_AT_RETURN_VISIT', reason: 'Still stuck.' }],
      });
      expect(reopened['deadlines']).toMatchObject([
        { kind: 'RESPONSE', dueAt: iso('2026-03-05 15:00') },
        { kind: 'DEMAND_FORM', dueAt: iso('2026-03-05 15:00') },
        { kind: 'BECOMES_HOT' },
        { kind: 'BECOMES_MAJOR' },
      ]);
      expect((await desk.published(id)).slice(-6).map(({ type }) => type)).toEqual([
        'return-visit-recorded.v1',
        'complaint-clock-met.v1',
        'complaint-reopened.v1',
        'complaint-clock-started.v1',
        'complaint-severity-changed.v1',
        'complaint-clock-started.v1',
      ]);
    },
  );

  rule(
    'CMP-05',
    'what was due before a command has happened before it, although nobody fired it',
    async () => {
      const { id } = await desk.file(1);
      await desk.acknowledge(id);
      desk.clock.moveTo(new Date(iso('2026-03-09 12:00')));
      const answer = await desk.done(
        desk.lin,
        'respondToComplaint',
        { id, channel: 'PHONE', text: 'Late.' },
        caseFields,
      );
      expect(answer).toMatchObject({
        severity: 'HOT',
        clocks: [
          { kind: 'RESPONSE', status: 'MET_LATE', missedAt: iso('2026-03-03 10:00') },
          { kind: 'DEMAND_FORM' },
        ],
      });
      expect((answer['history'] as Row[]).map(({ command, at, actor }) => [command, at, actor])).toEqual([
        ['fileComplaint', iso('2026-03-02 10:00'), desk.zhou.staffId],
        ['acknowledgeComplaint', iso('2026-03-02 10:00'), desk.zhou.staffId],
        ['deadline:WARN:RESPONSE', iso('2026-03-02 17:00'), 'system:deadline'],
        ['deadline:RESPONSE', iso('2026-03-03 10:00'), 'system:deadline'],
        ['deadline:WARN:BECOMES_HOT', iso('2026-03-08 10:00'), 'system:deadline'],
        ['deadline:BECOMES_HOT', iso('2026-03-09 10:00'), 'system:deadline'],
        ['respondToComplaint', iso('2026-03-09 12:00'), desk.lin.staffId],
      ]);
    },
  );

  it('parks a complaint that cannot become a case, for the operator, and goes on with others', async () => {
    await expect(desk.classify({ topic: null })).rejects.toThrow('COMPLAINT_DETAILS_MISSING');
    const [parked] = await desk.rows('select consumer, envelope from parked_event');
    expect(parked).toMatchObject({
      consumer: 'complaints.intake',
      envelope: { type: receptionEvents.interactionClassified.type },
    });
  });

  it('comes to the same cases when its intake is rebuilt', async () => {
    const customerIds = await desk.customers(2);
    const interactionId = newId();
    await desk.classify({ interactionId, customerIds });
    const before = await desk.caseOf(interactionId);
    const intake = desk.service.consumers.find(({ name }) => name === 'complaints.intake')!;
    await intake.forget();
    await desk.classify({ interactionId, customerIds });
    expect(await desk.caseOf(interactionId)).toEqual(before);
  });
});
