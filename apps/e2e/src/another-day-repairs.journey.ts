import { rule } from '@anju/testing';
import { AnotherDay, shanghai, type Refused } from './another-day';
import { course, wall } from './another-day-case';
import { agreed, FrontDesk, type Contact, type Entry, type Order } from './another-day-desk';

describe('repairs and contacts on other days', () => {
  let day: AnotherDay;
  let desk: FrontDesk;

  beforeAll(async () => {
    day = await AnotherDay.from('2026-05-11 08:30');
    desk = new FrontDesk(day);
  });

  afterAll(() => day?.close());

  describe('a late technician', () => {
    const morning = agreed('2026-05-12 10:00', '2026-05-12 12:00');
    const afternoon = agreed('2026-05-12 14:00', '2026-05-12 16:00');
    const orders = {} as Record<'late' | 'givenUp' | 'moved' | 'missedTwice' | 'customers' | 'night', Order>;
    const refusals = {} as Record<
      'past' | 'empty' | 'notTold' | 'toldInFuture' | 'movedAgain' | 'toldTooLate' | 'movedAfterMiss',
      Refused
    >;
    let afterMove: Order;
    let events: string[];

    beforeAll(async () => {
      await day.at('2026-05-11 09:00');
      const late = await desk.repair(agreed('2026-05-11 14:00', '2026-05-11 16:00'));
      const givenUp = await desk.repair(agreed('2026-05-11 10:00', '2026-05-11 11:00'));
      const moved = await desk.repair(morning);
      const missedTwice = await desk.repair(morning);
      const customers = await desk.repair(morning);
      const night = await desk.repair(agreed('2026-05-12 22:00', '2026-05-13 02:00'));
      const issue = async (appointment: object) =>
        day.refused('zhoumin', 'issueWorkOrder', {
          interactionId: await desk.confirmed(),
          fault: '水管漏水',
          place: '厨房',
          appointment,
        });
      refusals.past = await issue(agreed('2026-05-11 08:00', '2026-05-11 09:00'));
      refusals.empty = await issue(agreed('2026-05-11 10:00', '2026-05-11 10:00'));
      await day.at('2026-05-11 12:00');
      await desk.orderDo('zhoumin', 'cancelWorkOrder', { workOrderId: givenUp, reason: '客户自行修好' });
      await day.at('2026-05-11 15:30');
      await desk.orderDo('liqiang', 'arriveOnSite', { workOrderId: late });
      await day.at('2026-05-11 17:10');
      await desk.mend(late);

      const move = (workOrderId: string, movedBy: string, appointment: object, toldAt?: string) => ({
        workOrderId,
        movedBy,
        appointment,
        customerToldAt: toldAt === undefined ? undefined : shanghai(toldAt),
        reason: '配件未到',
      });
      const notMoved = (...input: Parameters<typeof move>) =>
        day.refused('zhoumin', 'rescheduleWorkOrder', move(...input));
      await day.at('2026-05-12 09:00');
      refusals.notTold = await notMoved(moved, 'COMPANY', afternoon);
      refusals.toldInFuture = await notMoved(moved, 'COMPANY', afternoon, '2026-05-12 09:01');
      afterMove = await desk.orderDo(
        'zhoumin',
        'rescheduleWorkOrder',
        move(moved, 'COMPANY', afternoon, '2026-05-12 09:00'),
      );
      refusals.movedAgain = await notMoved(moved, 'COMPANY', afternoon, '2026-05-12 09:00');
      for (const [from, to] of [
        ['11:00', '13:00'],
        ['12:00', '14:00'],
        ['15:00', '17:00'],
      ]) {
        const wish = agreed(`2026-05-12 ${from}`, `2026-05-12 ${to}`);
        await desk.orderDo('zhoumin', 'rescheduleWorkOrder', move(customers, 'CUSTOMER', wish));
      }
      await day.at('2026-05-12 10:00');
      refusals.toldTooLate = await notMoved(missedTwice, 'COMPANY', afternoon, '2026-05-12 10:00');
      await day.at('2026-05-12 12:30');
      refusals.movedAfterMiss = await notMoved(missedTwice, 'COMPANY', afternoon, '2026-05-12 09:00');
      await desk.orderDo('zhoumin', 'rescheduleWorkOrder', move(missedTwice, 'CUSTOMER', afternoon));
      await day.at('2026-05-12 16:59');
      orders.customers = await desk.mend(customers);
      await day.at('2026-05-13 03:00');
      orders.late = await desk.order(late);
      orders.givenUp = await desk.order(givenUp);
      orders.moved = await desk.order(moved);
      orders.missedTwice = await desk.order(missedTwice);
      orders.night = await desk.order(night);
      events = (await day.eventsOf('reception', missedTwice)).map(
        ({ type, time }) => `${type} ${wall(time)}`,
      );
    });

    rule('REC-11', 'is in the register from the end of the window until the repair is done', async () => {
      expect(orders.late.followUp).toEqual({
        category: 'ENGINEERING',
        enteredAt: shanghai('2026-05-11 16:00'),
        leftAt: shanghai('2026-05-11 17:10'),
        leftReason: 'WORK_ORDER_DONE',
      });
      const counts = await Promise.all(
        ['15:59:59.999', '16:00:00', '17:09:59.999', '17:10:00'].map((time) =>
          desk.overdueAt(new Date(`2026-05-11T${time}+08:00`).toISOString()),
        ),
      );
      expect(counts).toEqual([0, 1, 1, 0]);
    });

    rule('REC-11', 'an order that is given up leaves the register', () => {
      expect(orders.givenUp.followUp).toMatchObject({
        enteredAt: shanghai('2026-05-11 11:00'),
        leftAt: shanghai('2026-05-11 12:00'),
        leftReason: 'WORK_ORDER_CANCELLED',
      });
    });

    rule('REC-10', 'no window is agreed that is over or empty', () => {
      expect(refusals.past.code).toBe('APPOINTMENT_IN_THE_PAST');
      expect(refusals.empty.code).toBe('APPOINTMENT_ENDS_BEFORE_IT_BEGINS');
    });

    rule('REC-12', 'the company moves an appointment once, the customer told before it begins', () => {
      expect(refusals.notTold.code).toBe('CUSTOMER_NOT_TOLD_OF_MOVE');
      expect(refusals.toldInFuture.code).toBe('CUSTOMER_TOLD_IN_FUTURE');
      expect(refusals.toldTooLate.code).toBe('CUSTOMER_TOLD_TOO_LATE');
      expect(afterMove).toMatchObject({ overdueAt: null, moves: [{ movedBy: 'COMPANY' }] });
      expect(refusals.movedAgain.code).toBe('COMPANY_MOVE_USED_UP');
      expect(refusals.movedAfterMiss.code).toBe('COMPANY_MOVE_USED_UP');
    });

    rule('REC-12', 'moved by the company and then missed is a breach at the end of the second window', () => {
      expect(orders.moved).toMatchObject({
        overdueAt: shanghai('2026-05-12 16:00'),
        breachedAt: shanghai('2026-05-12 16:00'),
        followUp: { enteredAt: shanghai('2026-05-12 16:00'), leftAt: null },
      });
    });

    rule(['REC-11', 'REC-12'], 'missed twice is one entry from the first miss on, and one breach', () => {
      expect(orders.missedTwice).toMatchObject({
        overdueAt: shanghai('2026-05-12 12:00'),
        breachedAt: shanghai('2026-05-12 16:00'),
        missedAppointments: [{ toAt: morning.toAt }, { toAt: afternoon.toAt }],
        followUp: { enteredAt: shanghai('2026-05-12 12:00'), leftAt: null },
      });
      expect(events).toEqual([
        'work-order-issued.v1 2026-05-11 09:00',
        'work-order-accepted.v1 2026-05-11 09:00',
        'work-order-overdue.v1 2026-05-12 12:00',
        'work-order-rescheduled.v1 2026-05-12 12:30',
        'work-order-overdue.v1 2026-05-12 16:00',
        'work-order-breached.v1 2026-05-12 16:00',
      ]);
    });

    rule('REC-12', 'the breaches are before the supervisor', async () => {
      const { workOrders } = await day.ask<{ workOrders: { nodes: { id: string }[] } }>(
        'linfang',
        'query($filter: WorkOrderFilter) { workOrders(filter: $filter) { nodes { id } } }',
        { filter: { breached: true } },
      );
      expect(workOrders.nodes.map(({ id }) => id).sort()).toEqual(
        [orders.moved.id, orders.missedTwice.id].sort(),
      );
    });

    rule('REC-12', 'what the customer wishes is moved as often as he wishes, and nothing is missed', () => {
      expect(orders.customers).toMatchObject({
        status: 'DONE',
        overdueAt: null,
        missedAppointments: [],
        followUp: null,
      });
      expect(orders.customers.moves).toHaveLength(3);
    });

    rule('REC-11', 'a window over midnight is missed at its end on the next day', () => {
      expect(orders.night).toMatchObject({
        overdueAt: shanghai('2026-05-13 02:00'),
        followUp: { enteredAt: shanghai('2026-05-13 02:00') },
      });
    });

    rule(['CMP-16', 'INS-01'], 'the metrics of these days equal a count of this page', async () => {
      expect(await day.metrics('2026-05-11', '2026-05-12')).toMatchObject({
        contacts_received: '8/',
        service_items: '8/',
        work_orders_issued: '6/',
        work_orders_done: '2/',
        // The one of the night is the 13th's.
        work_orders_overdue: '4/',
        work_orders_on_time: '1/2',
        second_misses: '2/',
        follow_up_entered: '4/',
        follow_up_open: '2/',
      });
      expect(await day.metrics('2026-05-13', '2026-05-13')).toMatchObject({ work_orders_overdue: '1/' });
    });
  });

  describe('an outside firm', () => {
    const entries = {} as Record<'late' | 'byPromise' | 'inTime' | 'fromAfar' | 'closed', Entry>;
    const refusals = {} as Record<'overAlready' | 'nothingYet' | 'replyFirst' | 'arrivedTwice', Refused>;
    let events: string[];

    beforeAll(async () => {
      await day.at('2026-05-18 09:30');
      const late = await desk.vendorItem(shanghai('2026-05-18 15:00'));
      const byPromise = await desk.vendorItem();
      const inTime = await desk.vendorItem(shanghai('2026-05-18 15:00'));
      const fromAfar = await desk.vendorItem(shanghai('2026-05-18 15:00'));
      refusals.overAlready = await day.refused('zhoumin', 'openVendorFollowUp', {
        interactionId: late.interaction.id,
        partnerId: day.partner('BROADBAND'),
        matter: '宽带不通',
        promisedAt: shanghai('2026-05-18 09:30'),
      });
      await day.at('2026-05-18 14:59');
      await desk.entryDo('recordFollowUpArrival', { followUpId: inTime.id });
      await desk.entryDo('recordFollowUpResult', { followUpId: fromAfar.id, text: '远程修复' });
      // The clock jumps over both promised times.
      await day.at('2026-05-20 09:00');
      const followUpId = late.id;
      refusals.nothingYet = await day.refused(
        'zhoumin',
        'closeFollowUp',
        { followUpId },
        '... on FollowUpClosingIncomplete { missing }',
      );
      const told = { followUpId, channel: 'PHONE', text: '光猫已更换' };
      refusals.replyFirst = await day.refused('zhoumin', 'recordFollowUpReply', told);
      await desk.entryDo('remindFollowUp', { followUpId, channel: 'PHONE' });
      await day.at('2026-05-20 09:20');
      await desk.entryDo('remindFollowUp', { followUpId, channel: 'PHONE', note: '再次催促' });
      await desk.entryDo('recordFollowUpArrival', { followUpId });
      refusals.arrivedTwice = await day.refused('zhoumin', 'recordFollowUpArrival', { followUpId });
      entries.late = await desk.entry(followUpId);
      entries.byPromise = await desk.entry(byPromise.id);
      entries.inTime = await desk.entry(inTime.id);
      entries.fromAfar = await desk.entry(fromAfar.id);
      await desk.entryDo('recordFollowUpResult', { followUpId, text: '更换光猫' });
      await desk.entryDo('recordFollowUpReply', told);
      entries.closed = await desk.entryDo('closeFollowUp', { followUpId });
      events = (await day.eventsOf('reception', followUpId)).map(({ type, time }) => `${type} ${wall(time)}`);
    });

    rule('REC-14', 'is flagged at the promised time, though the clock jumps over it', () => {
      expect(entries.late.flaggedAt).toBe(shanghai('2026-05-18 15:00'));
      expect(course(entries.late).slice(0, 2)).toEqual([
        'openVendorFollowUp 2026-05-18 09:30',
        'deadline:PROMISED_ARRIVAL 2026-05-18 15:00',
      ]);
      expect(events.filter((event) => event.startsWith('follow-up-flagged'))).toEqual([
        'follow-up-flagged.v1 2026-05-18 15:00',
      ]);
    });

    rule(['REC-14', 'DIR-04'], 'has promised what its service promise says, unless told otherwise', () => {
      expect(entries.byPromise).toMatchObject({
        promisedAt: shanghai('2026-05-18 15:30'),
        flaggedAt: shanghai('2026-05-18 15:30'),
      });
    });

    rule('REC-14', 'is not flagged where it came before, or mended the fault from afar', () => {
      expect(entries.inTime.flaggedAt).toBeNull();
      expect(entries.fromAfar).toMatchObject({ flaggedAt: null, arrivedAt: null });
    });

    rule('REC-14', 'reminders are listed; it leaves the register with result and reply only', () => {
      expect(entries.late.reminders.map(({ remindedAt }) => wall(remindedAt))).toEqual([
        '2026-05-20 09:00',
        '2026-05-20 09:20',
      ]);
      expect(refusals.overAlready.code).toBe('PROMISED_TIME_PASSED');
      expect(refusals.nothingYet).toMatchObject({
        code: 'FOLLOW_UP_CLOSING_INCOMPLETE',
        missing: ['result', 'reply'],
      });
      expect(refusals.replyFirst.code).toBe('FOLLOW_UP_RESULT_NOT_RECORDED');
      expect(refusals.arrivedTwice.code).toBe('FOLLOW_UP_ALREADY_ARRIVED');
      expect(entries.closed).toMatchObject({ status: 'CLOSED', leftAt: shanghai('2026-05-20 09:20') });
    });

    rule(['CMP-16', 'INS-01'], 'the metrics of these days equal a count of this page', async () => {
      expect(await day.metrics('2026-05-18', '2026-05-20')).toMatchObject({
        contacts_received: '4/',
        vendor_promises_missed: '2/',
        follow_up_entered: '4/',
        follow_up_open: '3/',
      });
    });
  });

  describe('a contact', () => {
    const missing = '... on InteractionClosingIncomplete { missing { what kind } }';

    async function close(interactionId: string): Promise<string[]> {
      const { missing: lacking } = await day.refused(
        'zhoumin',
        'closeInteraction',
        { interactionId },
        missing,
      );
      return (lacking as { what: string; kind: string | null }[]).map(({ what, kind }) =>
        kind ? `${what} ${kind}` : what,
      );
    }

    function tell(interactionId: string, kind: 'PROGRESS' | 'RESULT'): Promise<Contact> {
      return desk.contactDo('zhoumin', 'tellCustomer', {
        interactionId,
        kind,
        channel: 'PHONE',
        text: '答复',
      });
    }

    rule(
      ['REC-04', 'REC-15'],
      'is not closed while anything is missing, and closing names all of it',
      async () => {
        await day.at('2026-05-25 09:00');
        const interactionId = await desk.called({ matter: 'OPINION', needsOthers: true, expectedDays: 3 });
        const matter = '与邻居协调';
        for (const less of [{ expectedDays: 2 }, { needsOthers: false }]) {
          const input = { interactionId, matter, ...less };
          expect(await day.refused('zhoumin', 'openCommunicationFollowUp', input)).toMatchObject({
            code: 'COMMUNICATION_NOT_NEEDED',
          });
        }
        expect(await close(interactionId)).toEqual(['CLASS', 'RESULT_REPLY']);
        await desk.contactDo('zhoumin', 'confirmInteractionClass', { interactionId });
        expect(await close(interactionId)).toEqual(['ITEM FOLLOW_UP', 'RESULT_REPLY']);
        const { id: followUpId } = await desk.entryDo('openCommunicationFollowUp', { interactionId, matter });
        expect(await day.refused('zhoumin', 'recordFollowUpArrival', { followUpId })).toMatchObject({
          code: 'FOLLOW_UP_NOT_FOR_CATEGORY',
        });
        await tell(interactionId, 'RESULT');
        expect(await close(interactionId)).toEqual(['ITEM_DONE FOLLOW_UP', 'RESULT_REPLY']);
        await day.at('2026-05-25 10:00');
        await desk.entryDo('recordFollowUpResult', { followUpId, text: '达成一致' });
        expect((await desk.contact(interactionId)).missingForClosing).toHaveLength(2);
        await desk.entryDo('recordFollowUpReply', { followUpId, channel: 'PHONE', text: '达成一致' });
        await desk.entryDo('closeFollowUp', { followUpId });
        expect((await desk.contact(interactionId)).missingForClosing).toEqual([]);
        const closed = await desk.contactDo('zhoumin', 'closeInteraction', { interactionId });
        expect(closed).toMatchObject({ status: 'CLOSED', label: '已完成' });
        expect(await day.refused('zhoumin', 'closeInteraction', { interactionId })).toMatchObject({
          code: 'INTERACTION_NOT_IN_REQUIRED_STATUS',
        });
      },
    );

    rule('REC-04', 'about a repair needs the repair done, and the result told after that', async () => {
      await day.at('2026-05-26 08:00');
      const workOrderId = await desk.repair(agreed('2026-05-26 08:30', '2026-05-26 10:00'));
      const { workOrder } = await day.ask<{ workOrder: { interaction: { id: string } } }>(
        'linfang',
        'query($id: ID!) { workOrder(id: $id) { interaction { id } } }',
        { id: workOrderId },
      );
      const { id: interactionId } = workOrder.interaction;
      await tell(interactionId, 'RESULT');
      expect(await close(interactionId)).toEqual(['ITEM_DONE WORK_ORDER', 'RESULT_REPLY']);
      await day.at('2026-05-26 09:00');
      await desk.mend(workOrderId);
      expect(await close(interactionId)).toEqual(['RESULT_REPLY']);
      await tell(interactionId, 'PROGRESS');
      expect(await close(interactionId)).toEqual(['RESULT_REPLY']);
      await tell(interactionId, 'RESULT');
      await desk.contactDo('zhoumin', 'closeInteraction', { interactionId });
    });

    rule('REC-05', 'is flagged after two days without a word, not after one day and 23 hours', async () => {
      await day.at('2026-05-26 10:00');
      const told = (await desk.vendorItem(shanghai('2026-06-30 10:00'))).interaction.id;
      const silent = (await desk.vendorItem(shanghai('2026-06-30 10:00'))).interaction.id;
      await day.at('2026-05-28 09:00');
      await tell(told, 'PROGRESS');
      await day.at('2026-05-28 10:00');
      expect(await desk.contact(told)).toMatchObject({
        uninformedAt: null,
        items: [{ lastToldAt: shanghai('2026-05-28 09:00'), uninformed: false }],
      });
      expect(await desk.contact(silent)).toMatchObject({
        uninformedAt: shanghai('2026-05-28 10:00'),
        items: [{ lastToldAt: null, uninformed: true }],
      });
      // Told at the very moment it is too late: the flag was up, and comes down with the word.
      const after = await tell(silent, 'PROGRESS');
      expect(after.uninformedAt).toBeNull();
      expect(course(after).slice(-2)).toEqual([
        'deadline:CUSTOMER_SILENCE 2026-05-28 10:00',
        'tellCustomer 2026-05-28 10:00',
      ]);
      await day.at('2026-05-30 09:30');
      expect((await desk.contact(told)).uninformedAt).toBe(shanghai('2026-05-30 09:00'));
      expect((await desk.contact(silent)).uninformedAt).toBeNull();
      expect(await day.metrics('2026-05-28', '2026-05-30')).toMatchObject({
        customers_left_without_word: '2/',
      });
    });

    rule('REC-03', 'always has an owner: offered, declined, offered again, accepted', async () => {
      const offerTo = (account: string, interactionId: string) => ({
        interactionId,
        toStaffId: day.staff(account),
      });
      const interactionId = await desk.called({ matter: 'QUESTION' });
      const refused = async (account: string, field: string, input: object) =>
        (await day.refused(account, field, { interactionId, ...input })).code;
      const offer = 'offerInteractionHandover';
      const accept = 'acceptInteractionHandover';
      const decline = 'declineInteractionHandover';
      expect(await refused('wuqian', offer, offerTo('wuqian', interactionId))).toBe('NOT_THE_OWNER');
      expect(await refused('wuqian', accept, {})).toBe('NO_HANDOVER_OFFERED');
      expect(await refused('zhoumin', offer, offerTo('zhoumin', interactionId))).toBe(
        'HANDOVER_TO_THE_OWNER',
      );
      const offered = await desk.contactDo('zhoumin', offer, offerTo('wuqian', interactionId));
      expect(offered).toMatchObject({
        owner: { name: '周敏' },
        handoverOffer: { toId: day.staff('wuqian') },
      });
      expect(await refused('linfang', accept, {})).toBe('HANDOVER_OFFERED_TO_ANOTHER');
      expect(await refused('wuqian', decline, { reason: ' ' })).toBe('RECEPTION_TEXT_MISSING');
      const declined = await desk.contactDo('wuqian', decline, { interactionId, reason: '不熟悉' });
      expect(declined).toMatchObject({ owner: { name: '周敏' }, handoverOffer: null });
      // 周敏 is away: the supervisor offers it for her.
      await desk.contactDo('linfang', offer, offerTo('wuqian', interactionId));
      const accepted = await desk.contactDo('wuqian', accept, { interactionId });
      expect(accepted).toMatchObject({ owner: { name: '吴倩' }, handoverOffer: null });
      expect(await refused('zhoumin', offer, offerTo('linfang', interactionId))).toBe('NOT_THE_OWNER');
    });

    rule(
      ['REC-03', 'REC-10', 'CMP-04'],
      'is not offered to who has left, nor is work given to him',
      async () => {
        const interactionId = await desk.confirmed();
        await day.do('admin', 'endEmployment', 'Staff', { id: day.staff('guowei'), lastDay: '2026-05-11' });
        await day.settled();
        const hasLeft = (field: string) => ({
          code: 'BAD_USER_INPUT',
          problems: [{ field: `input.${field}`, problem: 'has left' }],
        });
        const gone = day.staff('guowei');
        expect(
          await day.rejected('zhoumin', 'offerInteractionHandover', { interactionId, toStaffId: gone }),
        ).toMatchObject(hasLeft('toStaffId'));
        expect(
          await day.rejected('zhoumin', 'issueWorkOrder', {
            interactionId,
            fault: '水管漏水',
            place: '厨房',
            appointment: agreed('2026-12-30 10:00', '2026-12-30 12:00'),
            technicianId: gone,
          }),
        ).toMatchObject(hasLeft('technicianId'));
        const { id } = await day.do('zhoumin', 'fileComplaint', 'Complaint', {
          projectId: day.projectId,
          causeClass: 'CLASS_1',
          topic: 'NOISE',
          content: '噪音',
          channel: 'PHONE',
        });
        expect(
          await day.rejected('linfang', 'assignComplaint', {
            id,
            responsibleDepartment: 'SECURITY',
            handlerId: gone,
          }),
        ).toMatchObject(hasLeft('handlerId'));
      },
    );
  });
});
