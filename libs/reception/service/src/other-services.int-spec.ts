// The graph's answers are as loose here as a client sees them.
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return */
import { complaintsEvents, directoryEvents } from '@anju/events';
import { newId } from '@anju/kernel';
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, customer, home, idOf, jinxiu, staff } from './testing/test-desk';

const { zhouMin, linFang } = staff;

describe('what the reception learns from other services', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  let interactionId: string;
  const complaintId = idOf('the case');

  beforeEach(async () => {
    database = await createTestDatabase('reception_events');
    desk = await TestDesk.open(database.url, at('2026-03-02 10:05'));
    interactionId = await complains();
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  async function complains(): Promise<string> {
    const { id } = await desk.done(zhouMin, 'recordInteraction', {
      projectId: jinxiu,
      channel: 'VISIT',
      customerId: customer.wangXiulan,
      accompanyingCustomerIds: [customer.chenWei],
      unitId: home.wangXiulan,
      topic: 'LIFT',
      content: '电梯又坏了',
      facts: { matter: 'FAULT', wantsToComplain: true },
    });
    const complaint = { causeClass: 'CLASS_1' };
    await desk.done(zhouMin, 'confirmInteractionClass', { interactionId: id, complaint });
    return id;
  }

  const happened = (local: string) => ({ complaintId, projectId: jinxiu, at: at(local).toISOString() });
  const done = (local: string) => ({ ...happened(local), by: linFang.staffId });

  const received = (interactionIds: string[], answersNeedApproval = false) =>
    desk.deliver(
      complaintsEvents.complaintReceived,
      {
        ...done('2026-03-02 10:06'),
        number: 'JX-C20260302-001',
        causeClass: 'CLASS_1',
        severity: 'GENERAL',
        severityReasons: [],
        facts: [],
        topic: 'LIFT',
        unitId: null,
        buildingId: null,
        channel: 'VISIT',
        receivedAt: at('2026-03-02 10:05').toISOString(),
        customerIds: [customer.wangXiulan],
        groupSize: 2,
        interactionIds,
        responsibleDepartment: null,
        handlerId: null,
        namedStaffIds: [],
        cameFromComplaintId: null,
        responseDueAt: at('2026-03-03 10:05').toISOString(),
        demandFormDueAt: null,
        answersNeedApproval,
        becomesHotAt: at('2026-03-09 10:05').toISOString(),
        becomesMajorAt: at('2026-04-02 10:05').toISOString(),
      },
      complaintId,
    );
  const responded = (local: string) =>
    desk.deliver(
      complaintsEvents.complaintResponded,
      {
        ...done(local),
        channel: 'PHONE',
        interactionIds: [interactionId],
        customerIds: [customer.wangXiulan],
      },
      complaintId,
    );
  const resolved = (local: string) =>
    desk.deliver(
      complaintsEvents.complaintResolved,
      {
        ...done(local),
        receivedAt: at('2026-03-02 10:05').toISOString(),
        causeClass: 'CLASS_1',
        severity: 'GENERAL',
        handlerId: null,
        interactionIds: [interactionId],
        returnVisitDueAt: at('2026-03-09 10:00').toISOString(),
        specialReportDueAt: null,
      },
      complaintId,
    );
  const reopened = (local: string) =>
    desk.deliver(
      complaintsEvents.complaintReopened,
      {
        ...done(local),
        cause: 'DISSATISFIED_AT_RETURN_VISIT',
        channel: null,
        secondComplaintCount: 1,
        responseDueAt: at('2026-03-10 09:00').toISOString(),
        answersNeedApproval: false,
      },
      complaintId,
    );

  const contact = async (id = interactionId) =>
    (
      await desk.ask(
        zhouMin,
        `query($id: ID!) { interaction(id: $id) {
           missingForClosing { what kind itemId } lastToldAt uninformedAt tellings { kind complaintId text by }
           items { kind id done doneAt complaint { id } } } }`,
        { id },
      )
    ).interaction;

  rule(
    ['REC-04', 'REC-17'],
    'the contact shows its case, waits for its result, and then for the word to the customer',
    async () => {
      expect((await contact()).missingForClosing).toMatchObject([{ what: 'ITEM', kind: 'COMPLAINT' }, {}]);
      await received([interactionId]);
      expect(await contact()).toMatchObject({
        items: [{ kind: 'COMPLAINT', id: complaintId, done: false, complaint: { id: complaintId } }],
        missingForClosing: [
          { what: 'ITEM_DONE', kind: 'COMPLAINT', itemId: complaintId },
          { what: 'RESULT_REPLY' },
        ],
      });
      await desk.moveTo(at('2026-03-02 17:00'));
      await resolved('2026-03-02 17:00');
      const { items, missingForClosing } = await contact();
      expect(items).toMatchObject([{ done: true, doneAt: at('2026-03-02 17:00').toISOString() }]);
      expect(missingForClosing).toMatchObject([{ what: 'RESULT_REPLY' }]);
      await reopened('2026-03-02 17:10');
      expect((await contact()).items).toMatchObject([{ done: false, doneAt: null }]);
      await resolved('2026-03-02 17:30');
      await desk.deliver(
        complaintsEvents.complaintClosed,
        {
          ...done('2026-03-02 17:40'),
          receivedAt: at('2026-03-02 10:05').toISOString(),
          causeClass: 'CLASS_1',
          severity: 'GENERAL',
          interactionIds: [interactionId],
        },
        complaintId,
      );
      expect((await contact()).items).toMatchObject([{ doneAt: at('2026-03-02 17:30').toISOString() }]);
      await desk.moveTo(at('2026-03-02 17:45'));
      await desk.done(zhouMin, 'tellCustomer', {
        interactionId,
        kind: 'RESULT',
        channel: 'PHONE',
        text: '电梯已修好',
      });
      await desk.done(zhouMin, 'closeInteraction', { interactionId });
    },
  );

  rule(
    ['CMP-08', 'REC-04'],
    'who complained on the web is written what was approved, or spoken with',
    async () => {
      await received([interactionId], true);
      const tell = (channel: string, kind = 'PROGRESS') =>
        desk.command(zhouMin, 'tellCustomer', { interactionId, kind, channel, text: '电梯明天修好' });
      const held = { code: 'TELLING_NOT_APPROVED' };
      expect(await tell('WEB')).toMatchObject(held);
      expect(await tell('SMS', 'RESULT')).toMatchObject(held);
      expect(await tell('PHONE')).not.toHaveProperty('code');
      await desk.moveTo(at('2026-03-02 11:00'));
      await desk.deliver(
        complaintsEvents.complaintReplySent,
        {
          ...{ ...done('2026-03-02 11:00'), sequence: 1, revision: 1, audience: 'CUSTOMER', channel: 'WEB' },
          ...{ interactionIds: [interactionId], customerIds: [customer.wangXiulan] },
        },
        complaintId,
      );
      expect(await tell('WEB')).toMatchObject(held);
      expect(await tell('WEB', 'RESULT')).not.toHaveProperty('code');
      await reopened('2026-03-02 12:00');
      expect(await tell('WEB', 'RESULT')).toMatchObject(held);
    },
  );

  rule(['REC-17'], 'a further contact joins the case as it stands', async () => {
    await received([interactionId]);
    await resolved('2026-03-02 17:00');
    const second = await complains();
    await desk.deliver(
      complaintsEvents.complaintCustomerJoined,
      { ...done('2026-03-02 17:05'), customerId: customer.chenWei, interactionId: second, groupSize: 2 },
      complaintId,
    );
    expect((await contact(second)).items).toMatchObject([{ id: complaintId, done: true }]);
  });

  rule(
    ['REC-04', 'REC-17', 'CMP-14'],
    'a case that was joined into another: its contacts wait for that one',
    async () => {
      await received([interactionId]);
      const intoComplaintId = newId();
      const joined = { ...done('2026-03-02 17:00'), customerIds: [customer.wangXiulan] };
      await desk.deliver(
        complaintsEvents.complaintJoinedInto,
        { ...joined, intoComplaintId, interactionIds: [interactionId] },
        complaintId,
      );
      expect((await contact()).items).toMatchObject([{ id: intoComplaintId, done: false }]);
    },
  );

  rule('CMP-08', 'an approved reply that went out is word to the customer', async () => {
    await received([interactionId]);
    const reply = { sequence: 1, revision: 1, audience: 'CUSTOMER', channel: 'WEB' } as const;
    const told = { customerIds: [customer.wangXiulan], interactionIds: [interactionId] };
    await desk.deliver(
      complaintsEvents.complaintReplySent,
      { ...done('2026-03-02 17:00'), ...reply, ...told },
      complaintId,
    );
    expect((await contact()).tellings).toMatchObject([{ kind: 'PROGRESS', complaintId, text: null }]);
  });

  rule('REC-05', 'a response in the case is word to the customer: the silence ends', async () => {
    await received([interactionId]);
    await desk.moveTo(at('2026-03-04 10:05'));
    expect((await contact()).uninformedAt).toBe(at('2026-03-04 10:05').toISOString());
    await responded('2026-03-04 10:10');
    await responded('2026-03-04 10:10');
    expect(await contact()).toMatchObject({
      uninformedAt: null,
      lastToldAt: at('2026-03-04 10:10').toISOString(),
      tellings: [{ kind: 'PROGRESS', complaintId, text: null, by: linFang.staffId }],
    });
  });

  rule(
    'DIR-06',
    'contacts of a merged record are the surviving record’s, also those recorded afterwards',
    async () => {
      const { wangXiulan, chenWei, liuYang } = customer;
      const merge = (customerId: string, intoCustomerId: string) =>
        desk.deliver(
          directoryEvents.customerMerged,
          { projectId: null, customerId, intoCustomerId, projectIds: [jinxiu], movedRoleIds: [] },
          intoCustomerId,
        );
      await merge(wangXiulan, liuYang);
      await merge(liuYang, chenWei);
      const later = await complains();
      const customers = async (id: string) =>
        (
          await desk.ask(
            zhouMin,
            'query($id: ID!) { interaction(id: $id) { customer { id } companions { id } history { command actor } } }',
            { id },
          )
        ).interaction;
      for (const id of [interactionId, later]) {
        expect(await customers(id)).toMatchObject({ customer: { id: chenWei }, companions: [] });
      }
      expect((await customers(interactionId)).history.slice(-2)).toEqual([
        { command: 'replaceMergedCustomer', actor: 'system:directory' },
        { command: 'replaceMergedCustomer', actor: 'system:directory' },
      ]);
      const { interactions } = await desk.ask(
        zhouMin,
        'query($f: InteractionFilter) { interactions(filter: $f) { totalCount } }',
        { f: { customerId: wangXiulan } },
      );
      expect(interactions.totalCount).toBe(0);
    },
  );
});
