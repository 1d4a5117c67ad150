// The graph's answers are as loose here as a client sees them.
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return */
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, customer, elsewhere, home, idOf, jinxiu, staff, telecom } from './testing/test-desk';

const { zhouMin, chenJing, linFang, lobbyGuard, stranger } = staff;

describe('contacts', () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeEach(async () => {
    database = await createTestDatabase('contacts');
    desk = await TestDesk.open(database.url, at('2026-03-02 09:02'));
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  const tapLeaks = {
    projectId: jinxiu,
    channel: 'PHONE',
    customerId: customer.wangXiulan,
    unitId: home.wangXiulan,
    callbackContact: '13812345678',
    content: '厨房水龙头漏水',
    facts: { matter: 'FAULT' },
  };
  const broadband = {
    projectId: jinxiu,
    channel: 'VISIT',
    callerName: '刘先生',
    callbackContact: '13900001111',
    content: '咨询停车',
    facts: { matter: 'QUESTION' },
  };

  rule(
    'REC-01 REC-02 REC-03'.split(' '),
    'a call at 09:02 is recorded, numbered, owned and proposed as own repair',
    async () => {
      const contact = await desk.done(
        zhouMin,
        'recordInteraction',
        tapLeaks,
        `number status proposedClass confirmedClass callbackContact receivedAt
       owner { id } receivedBy { id } customer { id } unit { id } building { id } project { id } items { id }
       missingForClosing { what proposedClass notBeforeAt }`,
      );
      expect(contact).toMatchObject({
        number: 'JX-20260302-001',
        status: 'OPEN',
        proposedClass: 'OWN_REPAIR',
        confirmedClass: null,
        callbackContact: '138****5678',
        receivedAt: at('2026-03-02 09:02').toISOString(),
        owner: { id: zhouMin.staffId },
        receivedBy: { id: zhouMin.staffId },
        customer: { id: customer.wangXiulan },
        unit: { id: home.wangXiulan },
        building: { id: idOf('building 3') },
        project: { id: jinxiu },
        items: [],
        missingForClosing: [{ what: 'CLASS', proposedClass: 'OWN_REPAIR' }, { what: 'RESULT_REPLY' }],
      });
      const second = await desk.done(chenJing, 'recordInteraction', broadband, 'number');
      expect(second.number).toBe('JX-20260302-002');
      expect(await desk.events()).toEqual(['interaction-recorded.v1', 'interaction-recorded.v1']);
    },
  );

  rule('REC-01', 'how to call back lies encrypted in the database', async () => {
    await desk.done(zhouMin, 'recordInteraction', tapLeaks);
    const [row] = await desk.dataSource.query('select callback_contact from interaction');
    expect(row.callback_contact).not.toContain('13812345678');
  });

  rule(
    'DIR-05',
    'how to call back is shown for a purpose, which stays in the history with who looked',
    async () => {
      const { id: interactionId } = await desk.done(zhouMin, 'recordInteraction', broadband);
      const reveal = (principal: typeof zhouMin, purpose: string) =>
        desk.ask(
          principal,
          `mutation($input: RevealCallbackContactInput!) { revealCallbackContact(input: $input) {
           ... on RevealedCallbackContact { callbackContact interaction { callbackContact history { command actor reason } } }
           ... on Refusal { code } } }`,
          { input: { interactionId, purpose } },
        );
      expect((await reveal(zhouMin, ' ')).revealCallbackContact).toEqual({ code: 'RECEPTION_TEXT_MISSING' });
      const { revealCallbackContact: shown } = await reveal(zhouMin, '回电告知车位');
      expect(shown.callbackContact).toBe('13900001111');
      expect(shown.interaction.callbackContact).toBe('139****1111');
      const looked = { command: 'revealCallbackContact', actor: zhouMin.staffId, reason: '回电告知车位' };
      expect(shown.interaction.history.slice(1)).toEqual([looked]);
      const input = { interactionId, purpose: '好奇' };
      const source = `mutation($input: RevealCallbackContactInput!) { revealCallbackContact(input: $input) { __typename } }`;
      expect(await desk.faultOf(lobbyGuard, source, { input })).toBe('FORBIDDEN');
      expect(await desk.faultOf(stranger, source, { input })).toBe('NOT_FOUND');
      const consultant = {
        ...zhouMin,
        roles: [{ role: 'PROPERTY_CONSULTANT', projectIds: [jinxiu] }],
      } as const;
      expect(await desk.faultOf(consultant, source, { input })).toBe('NOT_FOUND');
    },
  );

  rule('REC-01', 'a contact without what it is about or who it was is refused, all at once', async () => {
    const input = { ...broadband, callerName: ' ', content: '' };
    const answer = await desk.ask(
      zhouMin,
      `mutation($input: RecordInteractionInput!) { recordInteraction(input: $input) {
         ... on InteractionDetailsMissing { code missing message } } }`,
      { input },
    );
    expect(answer.recordInteraction).toEqual({
      code: 'INTERACTION_DETAILS_MISSING',
      missing: ['content', 'who'],
      message: expect.stringContaining('客户姓名'),
    });
    const { number } = await desk.done(zhouMin, 'recordInteraction', broadband, 'number');
    expect(number).toBe('JX-20260302-001');
  });

  async function recorded(input: object = {}, by = zhouMin): Promise<string> {
    return (await desk.done(by, 'recordInteraction', { ...broadband, ...input })).id;
  }

  async function closed(): Promise<string> {
    const interactionId = await recorded();
    await desk.done(zhouMin, 'confirmInteractionClass', { interactionId });
    const reply = { interactionId, kind: 'RESULT', channel: 'IN_PERSON', text: '已答复' };
    await desk.done(zhouMin, 'tellCustomer', reply);
    await desk.done(zhouMin, 'closeInteraction', { interactionId });
    return interactionId;
  }

  const ownerOf = async (id: string): Promise<string> =>
    (await desk.ask(zhouMin, 'query($id: ID!) { interaction(id: $id) { owner { id } } }', { id })).interaction
      .owner.id;

  rule(
    'REC-01',
    'a contact cannot come in later than now, and is numbered by the day on which it came in',
    async () => {
      const later = { ...broadband, receivedAt: at('2026-03-02 09:03') };
      expect(await desk.refusalOf(zhouMin, 'recordInteraction', later)).toBe(
        'INTERACTION_RECEIVED_IN_FUTURE',
      );
      const letter = { ...broadband, channel: 'LETTER', receivedAt: at('2026-03-01 23:59') };
      const { number } = await desk.done(zhouMin, 'recordInteraction', letter, 'number');
      expect(number).toBe('JX-20260301-001');
    },
  );

  rule('REC-01', 'two agents at once get two numbers, and the same request twice one contact', async () => {
    const input = { ...broadband, idempotencyKey: 'visit-1' };
    const answers = await Promise.all([
      ...Array.from({ length: 3 }, () => desk.done(zhouMin, 'recordInteraction', input, 'number')),
      desk.done(chenJing, 'recordInteraction', broadband, 'number'),
    ]);
    expect(new Set(answers.map(({ number }) => number)).size).toBe(2);
    const { interactions } = await desk.ask(zhouMin, '{ interactions { totalCount } }');
    expect(interactions.totalCount).toBe(2);
  });

  rule(
    'REC-02',
    'the class is decided once; another needs its reason, and all of it stays in the history',
    async () => {
      const interactionId = await recorded();
      const other = { interactionId, class: 'COMMUNICATION', reason: '需与业委会协调' };
      expect(await desk.refusalOf(zhouMin, 'reclassifyInteraction', other)).toBe(
        'INTERACTION_CLASS_NOT_CONFIRMED',
      );
      await desk.done(zhouMin, 'confirmInteractionClass', { interactionId });
      expect(await desk.refusalOf(zhouMin, 'confirmInteractionClass', { interactionId })).toBe(
        'INTERACTION_CLASS_ALREADY_CONFIRMED',
      );
      expect(await desk.refusalOf(zhouMin, 'reclassifyInteraction', { ...other, class: 'ENQUIRY' })).toBe(
        'INTERACTION_CLASS_UNCHANGED',
      );
      expect(await desk.refusalOf(zhouMin, 'reclassifyInteraction', { ...other, reason: ' ' })).toBe(
        'RECEPTION_TEXT_MISSING',
      );
      const contact = await desk.done(
        zhouMin,
        'reclassifyInteraction',
        other,
        'proposedClass confirmedClass classChanges { from to asProposed by reason } history { command reason }',
      );
      expect(contact).toMatchObject({
        proposedClass: 'ENQUIRY',
        confirmedClass: 'COMMUNICATION',
        classChanges: [
          { from: null, to: 'ENQUIRY', asProposed: true, by: zhouMin.staffId },
          { from: 'ENQUIRY', to: 'COMMUNICATION', asProposed: false, reason: '需与业委会协调' },
        ],
        history: [
          { command: 'recordInteraction', reason: null },
          { command: 'confirmInteractionClass', reason: null },
          { command: 'reclassifyInteraction', reason: '需与业委会协调' },
        ],
      });
    },
  );

  rule('REC-03', 'a contact is never without an owner, whoever offers, declines or accepts it', async () => {
    const interactionId = await recorded();
    const offer = { interactionId, toStaffId: chenJing.staffId };
    expect(await desk.refusalOf(chenJing, 'offerInteractionHandover', offer)).toBe('NOT_THE_OWNER');
    expect(
      await desk.refusalOf(zhouMin, 'offerInteractionHandover', { ...offer, toStaffId: zhouMin.staffId }),
    ).toBe('HANDOVER_TO_THE_OWNER');
    expect(await desk.refusalOf(chenJing, 'acceptInteractionHandover', { interactionId })).toBe(
      'NO_HANDOVER_OFFERED',
    );
    await desk.done(zhouMin, 'offerInteractionHandover', { ...offer, note: '我下班了' });
    expect(await ownerOf(interactionId)).toBe(zhouMin.staffId);
    expect(await desk.refusalOf(linFang, 'acceptInteractionHandover', { interactionId })).toBe(
      'HANDOVER_OFFERED_TO_ANOTHER',
    );
    await desk.done(chenJing, 'declineInteractionHandover', { interactionId, reason: '我也下班了' });
    expect(await ownerOf(interactionId)).toBe(zhouMin.staffId);

    await desk.done(linFang, 'offerInteractionHandover', offer);
    const { interactions } = await desk.ask(
      chenJing,
      'query($f: InteractionFilter) { interactions(filter: $f) { nodes { id handoverOffer { byId } } } }',
      { f: { offeredToId: chenJing.staffId } },
    );
    expect(interactions.nodes).toEqual([{ id: interactionId, handoverOffer: { byId: linFang.staffId } }]);
    await desk.done(chenJing, 'acceptInteractionHandover', { interactionId });
    expect(await ownerOf(interactionId)).toBe(chenJing.staffId);
    expect(await desk.events('interaction-handed-over.v1')).toMatchObject([
      { fromId: zhouMin.staffId, toId: chenJing.staffId },
    ]);
  });

  rule('REC-03', 'a colleague tells the customer; the owner or a supervisor closes', async () => {
    const interactionId = await recorded();
    await desk.done(zhouMin, 'confirmInteractionClass', { interactionId });
    const reply = { interactionId, kind: 'RESULT', channel: 'PHONE', text: '已答复' };
    const told = await desk.done(chenJing, 'tellCustomer', reply, 'owner { id } tellings { by }');
    expect(told).toMatchObject({ owner: { id: zhouMin.staffId }, tellings: [{ by: chenJing.staffId }] });
    expect(await desk.refusalOf(chenJing, 'closeInteraction', { interactionId })).toBe('NOT_THE_OWNER');
    const closed = await desk.done(linFang, 'closeInteraction', { interactionId }, 'status closedBy { id }');
    expect(closed).toMatchObject({ status: 'CLOSED', closedBy: { id: linFang.staffId } });
  });

  rule(
    'REC-05',
    'two days without a word flag the contact and its open item; a word clears the flag',
    async () => {
      const facts = { matter: 'QUESTION', needsOthers: true, expectedDays: 5 };
      const interactionId = await recorded({ facts });
      await desk.done(zhouMin, 'confirmInteractionClass', { interactionId });
      await desk.done(zhouMin, 'openCommunicationFollowUp', { interactionId, matter: '停车位' });
      const uninformed = async () =>
        (
          await desk.ask(
            zhouMin,
            '{ interactions(filter: { uninformed: true }) { nodes { uninformedAt items { uninformed lastToldAt } } } }',
          )
        ).interactions.nodes;
      await desk.moveTo(at('2026-03-04 09:01'));
      expect(await uninformed()).toEqual([]);
      await desk.moveTo(at('2026-03-04 09:02'));
      const uninformedAt = at('2026-03-04 09:02').toISOString();
      expect(await uninformed()).toEqual([{ uninformedAt, items: [{ uninformed: true, lastToldAt: null }] }]);
      expect(await desk.events('customer-uninformed.v1')).toHaveLength(1);
      const word = { interactionId, kind: 'PROGRESS', channel: 'PHONE', text: '正在协调' };
      await desk.done(zhouMin, 'tellCustomer', word);
      expect(await uninformed()).toEqual([]);
      await desk.moveTo(at('2026-03-06 09:02'));
      expect(await desk.events('customer-uninformed.v1')).toHaveLength(2);
    },
  );

  rule(['REC-03', 'REC-04'], 'nothing more can be done with a closed contact', async () => {
    const interactionId = await closed();
    const appointment = { fromAt: at('2026-03-02 10:00'), toAt: at('2026-03-02 11:00') };
    const commands: [string, object][] = [
      ['confirmInteractionClass', {}],
      ['reclassifyInteraction', { class: 'VENDOR', reason: '改' }],
      ['offerInteractionHandover', { toStaffId: chenJing.staffId }],
      ['acceptInteractionHandover', {}],
      ['declineInteractionHandover', { reason: '不' }],
      ['tellCustomer', { kind: 'RESULT', channel: 'PHONE', text: '再说一次' }],
      ['closeInteraction', {}],
      ['issueWorkOrder', { fault: '漏水', place: '厨房', appointment }],
      ['openVendorFollowUp', { partnerId: telecom, matter: '宽带' }],
      ['openCommunicationFollowUp', { matter: '停车', needsOthers: true, expectedDays: 3 }],
      ['requestRectification', { fault: '裂缝', place: '卧室' }],
    ];
    for (const [command, input] of commands) {
      expect([command, await desk.refusalOf(zhouMin, command, { interactionId, ...input })]).toEqual([
        command,
        'INTERACTION_NOT_IN_REQUIRED_STATUS',
      ]);
    }
  });

  describe('closing while an item is being added', () => {
    const lateOrder = (interactionId: string) => ({
      interactionId,
      fault: '漏水',
      place: '厨房',
      appointment: { fromAt: at('2026-03-02 10:00'), toAt: at('2026-03-02 11:00') },
    });

    /** A contact that can be closed, and a colleague's transaction that holds it as `lock` says. */
    async function held(lock: string) {
      const interactionId = await recorded();
      await desk.done(zhouMin, 'confirmInteractionClass', { interactionId });
      const reply = { interactionId, kind: 'RESULT', channel: 'IN_PERSON', text: '已答复' };
      await desk.done(zhouMin, 'tellCustomer', reply);
      const colleague = desk.dataSource.createQueryRunner();
      await colleague.startTransaction();
      await colleague.query(`select 1 from interaction where id = $1 ${lock}`, [interactionId]);
      return { interactionId, colleague };
    }

    rule('REC-04', 'an item that came first keeps the contact open', async () => {
      const { interactionId, colleague } = await held('for share');
      const closing = desk.command(zhouMin, 'closeInteraction', { interactionId });
      await colleague.query(
        `insert into follow_up (id, project_id, status, category, interaction_id, entered_at, entered_reason,
           reminders, version, created_at, updated_at)
         values ($1, $2, 'OPEN', 'COMMUNICATION', $3, now(), 'NEEDS_OTHERS', '[]', 1, now(), now())`,
        [idOf('entry'), jinxiu, interactionId],
      );
      await colleague.commitTransaction();
      await colleague.release();
      expect((await closing).code).toBe('INTERACTION_CLOSING_INCOMPLETE');
    });

    rule('REC-04', 'a closing that came first keeps the item out', async () => {
      const { interactionId, colleague } = await held('for update');
      const issuing = desk.command(zhouMin, 'issueWorkOrder', lateOrder(interactionId));
      await colleague.query(`update interaction set status = 'CLOSED' where id = $1`, [interactionId]);
      await colleague.commitTransaction();
      await colleague.release();
      expect((await issuing).code).toBe('INTERACTION_NOT_IN_REQUIRED_STATUS');
    });

    rule('REC-04', 'of many at once, no contact ends closed with an open item', async () => {
      const ids = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const interactionId = await recorded();
          await desk.done(zhouMin, 'confirmInteractionClass', { interactionId });
          const reply = { interactionId, kind: 'RESULT', channel: 'IN_PERSON', text: '已答复' };
          await desk.done(zhouMin, 'tellCustomer', reply);
          return interactionId;
        }),
      );
      await Promise.all(
        ids.flatMap((interactionId) => [
          desk.command(zhouMin, 'closeInteraction', { interactionId }),
          desk.command(chenJing, 'issueWorkOrder', lateOrder(interactionId)),
        ]),
      );
      const [{ wrong }] = await desk.dataSource.query(
        `select count(*)::int as wrong from interaction i join work_order w on w.interaction_id = i.id
         where i.status = 'CLOSED'`,
      );
      expect(wrong).toBe(0);
    });
  });

  describe('bad input', () => {
    it.each([
      ['another project’s home', { unitId: idOf('a home elsewhere') }],
      ['an unknown customer', { customerId: idOf('nobody') }],
      ['an id that is none', { unitId: "1' or '1'='1" }],
      ['a building that the home is not in', { unitId: home.chenWei, buildingId: idOf('building 3') }],
      ['a topic that is no code', { topic: '电梯' }],
      ['a topic that is blank', { topic: '' }],
      ['a negative number of days', { facts: { matter: 'QUESTION', expectedDays: -1 } }],
      ['a matter of the year 9999', { receivedAt: '9999-12-31T00:00:00Z' }],
      ['a content of twenty thousand characters', { content: '长'.repeat(20_000) }],
    ])('%s is answered by BAD_USER_INPUT', async (_what, input) => {
      await desk.know('unit', idOf('a home elsewhere'), [elsewhere], {
        buildingId: idOf('a building elsewhere'),
        home: '1-1-0101',
        status: 'HANDED_OVER',
        warrantyEndsOn: null,
      });
      const { errors } = await desk.execute(
        linFang,
        'mutation($input: RecordInteractionInput!) { recordInteraction(input: $input) { __typename } }',
        { input: { ...broadband, ...input } },
      );
      expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
      const { interactions } = await desk.ask(zhouMin, '{ interactions { totalCount } }');
      expect(interactions.totalCount).toBe(0);
    });

    it('an unknown project is answered like one that is not his', async () => {
      const codes = await Promise.all(
        [idOf('no project'), elsewhere].map(async (projectId) => {
          const { errors } = await desk.execute(
            linFang,
            'mutation($input: RecordInteractionInput!) { recordInteraction(input: $input) { __typename } }',
            { input: { ...broadband, projectId } },
          );
          return errors![0]!.extensions['code'];
        }),
      );
      expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    });

    it('who may not work at the desk may not record', async () => {
      expect(await desk.commandFault(null, 'recordInteraction', broadband)).toBe('UNAUTHENTICATED');
      expect(await desk.commandFault(lobbyGuard, 'recordInteraction', broadband)).toBe('FORBIDDEN');
      expect(await desk.commandFault(stranger, 'recordInteraction', broadband)).toBe('FORBIDDEN');
    });

    it('one who saw an older version is told', async () => {
      const interactionId = await recorded();
      await desk.done(zhouMin, 'confirmInteractionClass', { interactionId, expectedVersion: 1 });
      const late = { interactionId, expectedVersion: 1, kind: 'RESULT', channel: 'PHONE', text: '好了' };
      expect(await desk.commandFault(zhouMin, 'tellCustomer', late)).toBe('CONFLICT');
    });
  });
});
