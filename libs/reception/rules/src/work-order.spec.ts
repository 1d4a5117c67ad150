import { Money } from '@anju/kernel';
import {
  accepted,
  asStored,
  at,
  factsOf,
  refusal,
  rule,
  unreachableStatuses,
  wrongCells,
} from '@anju/testing';
import { enterOverdueWorkOrder, leaveWithWorkOrder } from './follow-up';
import { defaultReceptionPolicy as policy } from './policy';
import {
  acceptWorkOrder,
  arriveOnSite,
  cancelWorkOrder,
  confirmWorkOrder,
  finishWorkOrder,
  issueWorkOrder,
  workOrderItem,
  type IssueWorkOrder,
} from './work-order';
import {
  onWorkOrderDeadline,
  rescheduleWorkOrder,
  workOrderDeadlines,
  type RescheduleWorkOrder,
} from './work-order-appointment';
import { workOrderStatuses, workOrderTransitions, type WorkOrderState } from './work-order-state';

const issuedAt = at('2026-03-02 09:05');
const agreed = { fromAt: at('2026-03-02 10:00'), toAt: at('2026-03-02 11:00') };
const afternoon = { fromAt: at('2026-03-02 14:00'), toAt: at('2026-03-02 15:00') };
const evening = { fromAt: at('2026-03-02 17:00'), toAt: at('2026-03-02 18:00') };

const tap: IssueWorkOrder = {
  id: 'wo-1',
  projectId: 'jx',
  interactionId: 'interaction-1',
  unitId: '3-2-1201',
  buildingId: 'b3',
  fault: '水龙头漏水',
  place: '厨房',
  estimate: Money.of('35'),
  materials: [{ name: '水龙头', quantity: 1, suppliedBy: 'COMPANY' }],
  departmentCode: 'EQUIPMENT',
  technicianId: null,
  appointment: agreed,
  by: 'zhou',
};

const issued = accepted(issueWorkOrder(tap, issuedAt));
const taken = accepted(acceptWorkOrder(issued, { technicianId: 'li', by: 'li' }, at('2026-03-02 09:10')));
const onSite = accepted(arriveOnSite(taken, { by: 'li' }, at('2026-03-02 10:05')));

const finish = (state: WorkOrderState, time: Date) =>
  finishWorkOrder(state, { result: '更换阀芯', by: 'li' }, time);
const fire = (state: WorkOrderState, dueAt: Date) =>
  onWorkOrderDeadline(state, 'APPOINTMENT_END', dueAt, policy);

function moved(change: Partial<RescheduleWorkOrder> = {}): RescheduleWorkOrder {
  return {
    movedBy: 'COMPANY',
    appointment: afternoon,
    customerToldAt: at('2026-03-02 09:30'),
    reason: '急修',
    by: 'zhou',
    ...change,
  };
}
const reschedule = (
  state: WorkOrderState,
  change: Partial<RescheduleWorkOrder>,
  time = at('2026-03-02 09:30'),
) => rescheduleWorkOrder(state, moved(change), time, policy);

describe('a work order', () => {
  rule('REC-10', 'is issued, accepted, begun on site, done, and confirmed by the customer', () => {
    expect(issued).toMatchObject({
      status: 'ISSUED',
      estimate: '35.00',
      appointment: agreed,
      issuedBy: 'zhou',
    });
    expect(taken).toMatchObject({ status: 'ACCEPTED', technicianId: 'li' });
    expect(onSite.status).toBe('ON_SITE');
    const done = accepted(finish(onSite, at('2026-03-02 10:40')));
    expect(done).toMatchObject({ status: 'DONE', result: '更换阀芯', doneAt: at('2026-03-02 10:40') });
    const confirmed = accepted(confirmWorkOrder(done, { by: 'zhou' }, at('2026-03-02 10:55')));
    expect(confirmed).toMatchObject({ status: 'CONFIRMED', confirmedAt: at('2026-03-02 10:55') });
  });

  rule('REC-10', 'tells with each step what the others need to know', () => {
    const about = {
      workOrderId: 'wo-1',
      projectId: 'jx',
      interactionId: 'interaction-1',
      unitId: '3-2-1201',
      departmentCode: 'EQUIPMENT',
    };
    expect(factsOf(issueWorkOrder(tap, issuedAt))).toEqual([
      {
        type: 'WorkOrderIssued',
        ...about,
        technicianId: null,
        estimate: '35.00',
        agreedFromAt: agreed.fromAt,
        agreedToAt: agreed.toAt,
        by: 'zhou',
        at: issuedAt,
      },
    ]);
    expect(factsOf(finish(onSite, at('2026-03-02 10:40')))).toEqual([
      {
        type: 'WorkOrderDone',
        ...about,
        technicianId: 'li',
        issuedAt,
        agreedToAt: agreed.toAt,
        onTime: true,
        companyMoves: 0,
        leavesRegister: false,
        by: 'li',
        at: at('2026-03-02 10:40'),
      },
    ]);
  });

  rule(
    'REC-10',
    'needs a fault and a place, a price that is none below nothing, and material that is some',
    () => {
      expect(refusal(issueWorkOrder({ ...tap, fault: ' ', place: '' }, issuedAt)).data).toEqual({
        missing: ['fault', 'place'],
      });
      expect(refusal(issueWorkOrder({ ...tap, estimate: Money.of('-0.01') }, issuedAt))).toEqual({
        code: 'ESTIMATE_NEGATIVE',
        data: { estimate: '-0.01' },
      });
      for (const quantity of [0, -1, Number.NaN]) {
        const materials = [{ name: '阀芯', quantity, suppliedBy: 'CUSTOMER' as const }];
        expect(refusal(issueWorkOrder({ ...tap, materials }, issuedAt)).code).toBe(
          'MATERIAL_QUANTITY_NOT_POSITIVE',
        );
      }
      expect(accepted(issueWorkOrder({ ...tap, estimate: null }, issuedAt)).estimate).toBeNull();
      expect(accepted(issueWorkOrder({ ...tap, estimate: Money.zero }, issuedAt)).estimate).toBe('0.00');
    },
  );

  rule('REC-10', 'needs a time that has a length and has not passed', () => {
    const backwards = { fromAt: agreed.toAt, toAt: agreed.fromAt };
    const empty = { fromAt: agreed.fromAt, toAt: agreed.fromAt };
    for (const appointment of [backwards, empty]) {
      expect(refusal(issueWorkOrder({ ...tap, appointment }, issuedAt)).code).toBe(
        'APPOINTMENT_ENDS_BEFORE_IT_BEGINS',
      );
    }
    expect(refusal(issueWorkOrder(tap, agreed.toAt)).code).toBe('APPOINTMENT_IN_THE_PAST');
    expect(accepted(issueWorkOrder(tap, at('2026-03-02 10:59'))).status).toBe('ISSUED');
  });

  rule('REC-10', 'is done with a result, and cancelled with a reason', () => {
    expect(refusal(finishWorkOrder(onSite, { result: '', by: 'li' }, issuedAt)).data).toEqual({
      field: 'result',
    });
    expect(refusal(cancelWorkOrder(issued, { reason: ' ', by: 'zhou' }, issuedAt)).data).toEqual({
      field: 'reason',
    });
  });

  rule(['REC-04', 'REC-10'], 'is an open item of its contact until done or cancelled', () => {
    const item = { kind: 'WORK_ORDER', id: 'wo-1' };
    expect(workOrderItem(onSite)).toEqual({ ...item, status: 'OPEN' });
    const doneAt = at('2026-03-02 10:40');
    expect(workOrderItem(accepted(finish(onSite, doneAt)))).toEqual({ ...item, status: 'DONE', doneAt });
    const cancelled = accepted(cancelWorkOrder(issued, { reason: '自行解决', by: 'zhou' }, issuedAt));
    expect(workOrderItem(cancelled)).toEqual({ ...item, status: 'DONE', doneAt: issuedAt });
  });
});

describe('an overdue work order', () => {
  rule('REC-11', 'agreed 10:00–11:00 and done 11:30, it is in the register from 11:00 to 11:30', () => {
    expect(workOrderDeadlines(onSite)).toEqual([{ kind: 'APPOINTMENT_END', dueAt: agreed.toAt }]);
    const overdue = fire(onSite, agreed.toAt);
    expect(factsOf(overdue)).toEqual([
      {
        type: 'WorkOrderOverdue',
        workOrderId: 'wo-1',
        projectId: 'jx',
        interactionId: 'interaction-1',
        unitId: '3-2-1201',
        departmentCode: 'EQUIPMENT',
        technicianId: 'li',
        agreedFromAt: agreed.fromAt,
        agreedToAt: agreed.toAt,
        missedAppointments: 1,
        entersRegister: true,
        at: agreed.toAt,
      },
    ]);
    const entry = accepted(
      enterOverdueWorkOrder(
        { id: 'f-1', projectId: 'jx', interactionId: 'interaction-1', workOrderId: 'wo-1' },
        agreed.toAt,
      ),
    );
    const done = finish(accepted(overdue), at('2026-03-02 11:30'));
    expect(factsOf(done)[0]).toMatchObject({ onTime: false, leavesRegister: true });
    const left = accepted(leaveWithWorkOrder(entry, 'DONE', at('2026-03-02 11:30')));
    expect(left).toMatchObject({
      category: 'ENGINEERING',
      enteredAt: agreed.toAt,
      enteredReason: 'WORK_ORDER_OVERDUE',
      leftAt: at('2026-03-02 11:30'),
      leftReason: 'WORK_ORDER_DONE',
    });
  });

  rule('REC-11', 'it enters the register once', () => {
    const overdue = accepted(fire(onSite, agreed.toAt));
    expect(workOrderDeadlines(overdue)).toEqual([]);
    expect(refusal(fire(overdue, agreed.toAt)).code).toBe('RECEPTION_DEADLINE_NOT_PENDING');
  });

  rule('REC-11', 'done a minute before the end of the agreed time, it never enters', () => {
    const done = accepted(finish(onSite, at('2026-03-02 10:59')));
    expect(workOrderDeadlines(done)).toEqual([]);
    expect(refusal(fire(done, agreed.toAt)).code).toBe('RECEPTION_DEADLINE_NOT_PENDING');
  });

  rule('REC-11', 'done at the very end of the agreed time, it has entered and leaves at once', () => {
    const overdue = accepted(fire(onSite, agreed.toAt));
    expect(factsOf(finish(overdue, agreed.toAt))[0]).toMatchObject({ onTime: false, leavesRegister: true });
  });

  rule('REC-11', 'cancelled, it leaves as well', () => {
    const overdue = accepted(fire(issued, agreed.toAt));
    const decision = cancelWorkOrder(overdue, { reason: '客户取消', by: 'zhou' }, at('2026-03-02 11:10'));
    expect(factsOf(decision)[0]).toMatchObject({ type: 'WorkOrderCancelled', leavesRegister: true });
  });

  rule('REC-11', 'it can be overdue before anybody has accepted it', () => {
    expect(accepted(fire(issued, agreed.toAt))).toMatchObject({ status: 'ISSUED', overdueAt: agreed.toAt });
  });
});

describe('an appointment', () => {
  rule('REC-12', 'is moved by the company once, the customer told before the agreed time', () => {
    const decision = reschedule(taken, {});
    expect(accepted(decision)).toMatchObject({ status: 'ACCEPTED', appointment: afternoon });
    expect(factsOf(decision)[0]).toMatchObject({
      type: 'WorkOrderRescheduled',
      movedBy: 'COMPANY',
      previousFromAt: agreed.fromAt,
      previousToAt: agreed.toAt,
      agreedFromAt: afternoon.fromAt,
      agreedToAt: afternoon.toAt,
      customerToldAt: at('2026-03-02 09:30'),
    });
    expect(workOrderDeadlines(accepted(decision))).toEqual([
      { kind: 'APPOINTMENT_END', dueAt: afternoon.toAt },
    ]);
  });

  rule('REC-12', 'is not moved by the company a second time', () => {
    const once = accepted(reschedule(taken, {}));
    expect(refusal(reschedule(once, { appointment: evening }))).toEqual({
      code: 'COMPANY_MOVE_USED_UP',
      data: { companyMoves: 1, misses: 0, allowed: 1 },
    });
  });

  rule('REC-12', 'is not moved by the company without a word to the customer', () => {
    expect(refusal(reschedule(taken, { customerToldAt: null })).code).toBe('CUSTOMER_NOT_TOLD_OF_MOVE');
  });

  rule('REC-12', 'told when the agreed time begins is too late, a minute before is not', () => {
    const now = at('2026-03-02 10:10');
    expect(refusal(reschedule(taken, { customerToldAt: agreed.fromAt }, now))).toEqual({
      code: 'CUSTOMER_TOLD_TOO_LATE',
      data: { customerToldAt: agreed.fromAt, agreedFromAt: agreed.fromAt },
    });
    const inTime = reschedule(taken, { customerToldAt: at('2026-03-02 09:59') }, now);
    expect(accepted(inTime).appointment).toEqual(afternoon);
  });

  rule('REC-12', 'nobody has been told what is still to come', () => {
    expect(refusal(reschedule(taken, { customerToldAt: at('2026-03-02 09:31') })).code).toBe(
      'CUSTOMER_TOLD_IN_FUTURE',
    );
  });

  rule('REC-12', 'nobody has been told of the move of an appointment that was not made yet', () => {
    const early = new Date(taken.issuedAt.getTime() - 1);
    expect(refusal(reschedule(taken, { customerToldAt: early }))).toEqual({
      code: 'CUSTOMER_TOLD_BEFORE_APPOINTMENT',
      data: { customerToldAt: early, agreedAt: taken.issuedAt },
    });
    expect(accepted(reschedule(taken, { customerToldAt: taken.issuedAt })).appointment).toEqual(afternoon);
  });

  rule('REC-12', 'what was told before the customer had it moved himself does not count', () => {
    const byCustomer = { movedBy: 'CUSTOMER', customerToldAt: null } as const;
    const [before, movedAt] = [at('2026-03-02 09:20'), at('2026-03-02 09:25')];
    const wished = accepted(reschedule(taken, byCustomer, movedAt));
    const again = { appointment: evening };
    expect(refusal(reschedule(wished, { ...again, customerToldAt: before }))).toEqual({
      code: 'CUSTOMER_TOLD_BEFORE_APPOINTMENT',
      data: { customerToldAt: before, agreedAt: movedAt },
    });
    expect(accepted(reschedule(wished, { ...again, customerToldAt: movedAt })).appointment).toEqual(evening);
  });

  rule('REC-12', "moves by the customer's own wish do not count", () => {
    let state = taken;
    for (const appointment of [afternoon, evening, afternoon]) {
      state = accepted(reschedule(state, { movedBy: 'CUSTOMER', appointment, customerToldAt: null }));
    }
    expect(state.moves).toHaveLength(3);
    expect(accepted(reschedule(state, { appointment: evening })).appointment).toEqual(evening);
  });

  rule('REC-12', 'missed after the company had moved it is a second miss: a breach, escalated, once', () => {
    const once = accepted(reschedule(taken, {}));
    const missed = fire(once, afternoon.toAt);
    expect(accepted(missed)).toMatchObject({ overdueAt: afternoon.toAt, breachedAt: afternoon.toAt });
    expect(factsOf(missed).map(({ type }) => type)).toEqual(['WorkOrderOverdue', 'WorkOrderBreached']);
    expect(factsOf(missed)[1]).toMatchObject({
      companyMoves: 1,
      missedAppointments: 1,
      escalatedTo: 'SERVICE_SUPERVISOR',
      technicianId: 'li',
      at: afternoon.toAt,
    });
    const again = accepted(
      reschedule(accepted(missed), { movedBy: 'CUSTOMER', appointment: evening }, at('2026-03-02 15:10')),
    );
    const third = fire(again, evening.toAt);
    expect(accepted(third).breachedAt).toEqual(afternoon.toAt);
    expect(factsOf(third)).toMatchObject([
      { type: 'WorkOrderOverdue', missedAppointments: 2, entersRegister: false },
    ]);
  });

  rule('REC-12', 'missed twice without a word is a breach at the second miss', () => {
    const first = fire(taken, agreed.toAt);
    expect(accepted(first).breachedAt).toBeNull();
    expect(factsOf(first).map(({ type }) => type)).toEqual(['WorkOrderOverdue']);
    const newTime = { movedBy: 'CUSTOMER', appointment: afternoon } as const;
    const agreedAnew = accepted(reschedule(accepted(first), newTime, at('2026-03-02 11:05')));
    expect(workOrderDeadlines(agreedAnew)).toEqual([{ kind: 'APPOINTMENT_END', dueAt: afternoon.toAt }]);
    const second = fire(agreedAnew, afternoon.toAt);
    expect(accepted(second)).toMatchObject({ overdueAt: agreed.toAt, breachedAt: afternoon.toAt });
    expect(factsOf(second)).toMatchObject([
      { type: 'WorkOrderOverdue', missedAppointments: 2, entersRegister: false },
      { type: 'WorkOrderBreached', companyMoves: 0, missedAppointments: 2 },
    ]);
  });

  rule(
    'REC-12',
    'after a miss the company may not move the next one, even if it told the customer before',
    () => {
      const overdue = accepted(fire(taken, agreed.toAt));
      expect(refusal(reschedule(overdue, {}, at('2026-03-02 11:05')))).toEqual({
        code: 'COMPANY_MOVE_USED_UP',
        data: { companyMoves: 0, misses: 1, allowed: 1 },
      });
    },
  );

  rule('REC-12', "missed once after the customer's own move is no breach", () => {
    const state = accepted(reschedule(taken, { movedBy: 'CUSTOMER' }));
    expect(state.moves[0]?.customerToldAt).toBeNull();
    expect(factsOf(fire(state, afternoon.toAt)).map(({ type }) => type)).toEqual(['WorkOrderOverdue']);
  });

  rule('REC-12', 'needs a reason and a time to come', () => {
    expect(refusal(reschedule(taken, { reason: '' })).code).toBe('RECEPTION_TEXT_MISSING');
    expect(refusal(reschedule(taken, { movedBy: 'CUSTOMER' }, afternoon.toAt)).code).toBe(
      'APPOINTMENT_IN_THE_PAST',
    );
  });
});

describe('status and command', () => {
  const now = at('2026-03-02 09:30');
  const done = accepted(finish(onSite, now));

  rule(['REC-10', 'REC-11', 'REC-12'], 'a work order goes its way step by step, and no other', () => {
    expect(
      wrongCells({
        table: workOrderTransitions,
        states: {
          ISSUED: issued,
          ACCEPTED: taken,
          ON_SITE: onSite,
          DONE: done,
          CONFIRMED: accepted(confirmWorkOrder(done, { by: 'zhou' }, now)),
          CANCELLED: accepted(cancelWorkOrder(issued, { reason: '取消', by: 'zhou' }, now)),
        },
        commands: {
          accept: (state) => acceptWorkOrder(state, { technicianId: 'li', by: 'li' }, now),
          arrive: (state) => arriveOnSite(state, { by: 'li' }, now),
          finish: (state) => finish(state, now),
          confirm: (state) => confirmWorkOrder(state, { by: 'zhou' }, now),
          reschedule: (state) => reschedule(state, {}),
          cancel: (state) => cancelWorkOrder(state, { reason: '取消', by: 'zhou' }, now),
          missAppointment: (state) => fire(state, agreed.toAt),
        },
        otherwise: { missAppointment: 'RECEPTION_DEADLINE_NOT_PENDING' },
      }),
    ).toEqual([]);
  });

  rule('REC-10', 'a work order comes back from the database as it was', () => {
    const state = accepted(fire(accepted(reschedule(taken, {})), afternoon.toAt));
    for (const one of [state, done]) expect(asStored(one)).toEqual(one);
  });

  rule('REC-10', 'every status of a work order can be reached', () => {
    expect(unreachableStatuses(workOrderTransitions, workOrderStatuses)).toEqual([]);
  });
});
