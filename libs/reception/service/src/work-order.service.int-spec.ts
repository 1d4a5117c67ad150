// The graph's answers are as loose here as a client sees them.
/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return */
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, customer, home, jinxiu, staff } from './testing/test-desk';

const { zhouMin, liQiang, sunGong, stranger } = staff;

describe('work orders', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  let interactionId: string;

  beforeEach(async () => {
    database = await createTestDatabase('work_orders');
    desk = await TestDesk.open(database.url, at('2026-03-02 09:02'));
    const contact = await desk.done(zhouMin, 'recordInteraction', {
      projectId: jinxiu,
      channel: 'PHONE',
      customerId: customer.wangXiulan,
      unitId: home.wangXiulan,
      content: '厨房水龙头漏水',
      facts: { matter: 'FAULT' },
    });
    interactionId = contact.id;
    await desk.done(zhouMin, 'confirmInteractionClass', { interactionId });
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  const morning = { fromAt: at('2026-03-02 10:00'), toAt: at('2026-03-02 11:00') };
  const afternoon = { fromAt: at('2026-03-02 14:00'), toAt: at('2026-03-02 15:00') };
  const tap = (change: object = {}) => ({
    interactionId,
    fault: '漏水',
    place: '厨房',
    appointment: morning,
    ...change,
  });
  const issued = async (): Promise<{ workOrderId: string }> => ({
    workOrderId: (await desk.done(zhouMin, 'issueWorkOrder', tap())).id,
  });
  async function onSite(): Promise<{ workOrderId: string }> {
    const order = await issued();
    await desk.done(liQiang, 'acceptWorkOrder', order);
    await desk.done(liQiang, 'arriveOnSite', order);
    return order;
  }
  const register = async (filter: object = {}) =>
    (
      await desk.ask(
        zhouMin,
        `query($f: FollowUpFilter) { followUps(filter: $f) {
           nodes { category status enteredAt enteredBy leftAt leftReason workOrder { id } } } }`,
        { f: filter },
      )
    ).followUps.nodes;

  rule(
    'REC-11',
    'agreed 10:00–11:00, done 11:30: in the engineering register from 11:00 to 11:30',
    async () => {
      const order = await onSite();
      await desk.moveTo(new Date(at('2026-03-02 11:00').getTime() - 1));
      expect(await register()).toEqual([]);
      await desk.moveTo(at('2026-03-02 11:30'));
      const entry = {
        category: 'ENGINEERING',
        status: 'OPEN',
        enteredAt: at('2026-03-02 11:00').toISOString(),
        enteredBy: null,
        leftAt: null,
        leftReason: null,
        workOrder: { id: order.workOrderId },
      };
      expect(await register({ status: ['OPEN'], category: ['ENGINEERING'] })).toEqual([entry]);
      await desk.done(liQiang, 'finishWorkOrder', { ...order, result: '更换阀芯' });
      expect(await register({ status: ['OPEN'] })).toEqual([]);
      const left = {
        status: 'CLOSED',
        leftAt: at('2026-03-02 11:30').toISOString(),
        leftReason: 'WORK_ORDER_DONE',
      };
      expect(await register()).toEqual([{ ...entry, ...left }]);
      for (const [time, there] of [
        ['10:59', 0],
        ['11:00', 1],
        ['11:29', 1],
        ['11:30', 0],
      ] as const) {
        expect([time, await register({ inRegisterAt: at(`2026-03-02 ${time}`) })]).toEqual([
          time,
          there ? [expect.anything()] : [],
        ]);
      }
      const overdue = (await desk.events()).filter((type) => /overdue|follow-up|done/.test(type));
      expect(overdue).toEqual([
        'work-order-overdue.v1',
        'follow-up-opened.v1',
        'work-order-done.v1',
        'follow-up-closed.v1',
      ]);
    },
  );

  rule(
    'REC-11',
    'what fell due comes first, although nobody fired it: done late, it was in the register',
    async () => {
      const order = await onSite();
      desk.clock.moveTo(at('2026-03-02 11:30'));
      await desk.done(liQiang, 'finishWorkOrder', { ...order, result: '更换阀芯' });
      expect(await register()).toMatchObject([
        { enteredAt: at('2026-03-02 11:00').toISOString(), leftAt: at('2026-03-02 11:30').toISOString() },
      ]);
    },
  );

  rule('REC-11', 'an order that is given up leaves the register, too', async () => {
    const order = await issued();
    await desk.moveTo(at('2026-03-02 12:00'));
    await desk.done(zhouMin, 'cancelWorkOrder', { ...order, reason: '客户自行修好' });
    expect(await register()).toMatchObject([{ status: 'CLOSED', leftReason: 'WORK_ORDER_CANCELLED' }]);
  });

  rule(
    'REC-12',
    'the company may move once and told before; missing that is the second miss and a breach',
    async () => {
      const order = await issued();
      const move = { ...order, movedBy: 'COMPANY', appointment: afternoon, reason: '急修' };
      await desk.moveTo(at('2026-03-02 09:30'));
      const refusal = (change: object) =>
        desk.refusalOf(zhouMin, 'rescheduleWorkOrder', { ...move, ...change });
      expect(await refusal({})).toBe('CUSTOMER_NOT_TOLD_OF_MOVE');
      expect(await refusal({ customerToldAt: at('2026-03-02 09:31') })).toBe('CUSTOMER_TOLD_IN_FUTURE');
      expect(await refusal({ customerToldAt: at('2026-03-02 09:01') })).toBe(
        'CUSTOMER_TOLD_BEFORE_APPOINTMENT',
      );
      expect(await refusal({ appointment: { ...afternoon, toAt: afternoon.fromAt } })).toBe(
        'APPOINTMENT_ENDS_BEFORE_IT_BEGINS',
      );
      expect(
        await refusal({ appointment: { fromAt: at('2026-03-02 08:00'), toAt: at('2026-03-02 09:00') } }),
      ).toBe('APPOINTMENT_IN_THE_PAST');
      expect(await refusal({ reason: '' })).toBe('RECEPTION_TEXT_MISSING');
      const customerToldAt = at('2026-03-02 09:25');
      const moved = await desk.done(
        zhouMin,
        'rescheduleWorkOrder',
        { ...move, customerToldAt },
        'appointment { fromAt toAt } moves { movedBy from { fromAt } to { fromAt } customerToldAt by }',
      );
      expect(moved).toMatchObject({
        appointment: { fromAt: afternoon.fromAt.toISOString() },
        moves: [{ movedBy: 'COMPANY', from: { fromAt: morning.fromAt.toISOString() }, by: zhouMin.staffId }],
      });
      expect(await refusal({ customerToldAt })).toBe('COMPANY_MOVE_USED_UP');
      await desk.moveTo(at('2026-03-02 11:00'));
      expect(await register()).toEqual([]);

      await desk.moveTo(at('2026-03-02 15:00'));
      const breached = await desk.ask(
        zhouMin,
        '{ workOrders(filter: { breached: true, overdue: true }) { nodes { id breachedAt followUp { category } } } }',
      );
      expect(breached.workOrders.nodes).toEqual([
        {
          id: order.workOrderId,
          breachedAt: at('2026-03-02 15:00').toISOString(),
          followUp: { category: 'ENGINEERING' },
        },
      ]);
      expect(await desk.events('work-order-breached.v1')).toMatchObject([
        { workOrderId: order.workOrderId, escalatedTo: 'SERVICE_SUPERVISOR', companyMoves: 1 },
      ]);
    },
  );

  rule(
    ['REC-11', 'REC-12'],
    'a second missed appointment is a breach, and still one entry in the register',
    async () => {
      const order = await issued();
      await desk.moveTo(at('2026-03-02 11:30'));
      const wish = { ...order, movedBy: 'CUSTOMER', appointment: afternoon, reason: '客户下午在家' };
      await desk.done(zhouMin, 'rescheduleWorkOrder', wish);
      await desk.moveTo(at('2026-03-02 15:30'));
      expect(await register()).toHaveLength(1);
      expect(await desk.events('work-order-overdue.v1')).toMatchObject([
        { missedAppointments: 1, entersRegister: true },
        { missedAppointments: 2, entersRegister: false },
      ]);
      expect(await desk.events('work-order-breached.v1')).toHaveLength(1);
    },
  );

  rule(
    'REC-10',
    'an order has to say what and where, for a time to come, and costs nothing negative',
    async () => {
      const refusal = (change: object) => desk.refusalOf(zhouMin, 'issueWorkOrder', tap(change));
      expect(await refusal({ fault: ' ' })).toBe('WORK_ORDER_DETAILS_MISSING');
      expect(await refusal({ estimate: '-1.00' })).toBe('ESTIMATE_NEGATIVE');
      expect(await refusal({ materials: [{ name: '阀芯', quantity: 0 }] })).toBe(
        'MATERIAL_QUANTITY_NOT_POSITIVE',
      );
      expect(await refusal({ appointment: { fromAt: morning.toAt, toAt: morning.fromAt } })).toBe(
        'APPOINTMENT_ENDS_BEFORE_IT_BEGINS',
      );
      expect(
        await refusal({ appointment: { fromAt: at('2026-03-01 10:00'), toAt: at('2026-03-01 11:00') } }),
      ).toBe('APPOINTMENT_IN_THE_PAST');
      const fault = (change: object) => desk.commandFault(zhouMin, 'issueWorkOrder', tap(change));
      expect(await fault({ estimate: '35.001' })).toBe('BAD_USER_INPUT');
      expect(await fault({ departmentCode: '工程部' })).toBe('BAD_USER_INPUT');
      expect(await fault({ departmentCode: 'MOON' })).toBe('BAD_USER_INPUT');
      expect(await fault({ technicianId: stranger.staffId })).toBe('BAD_USER_INPUT');
      expect(await desk.events('work-order-issued.v1')).toEqual([]);
    },
  );

  rule('REC-10', 'each step has its turn: out of turn it is refused by name', async () => {
    const order = await issued();
    const steps: [string, object][] = [
      ['acceptWorkOrder', {}],
      ['arriveOnSite', {}],
      ['finishWorkOrder', { result: '好了' }],
      ['confirmWorkOrder', {}],
    ];
    const by = (command: string) => (command === 'confirmWorkOrder' ? zhouMin : liQiang);
    for (const [index, [step, input]] of steps.entries()) {
      for (const [other, otherInput] of steps) {
        if (other === step) continue;
        expect(await desk.refusalOf(by(other), other, { ...order, ...otherInput })).toBe(
          'WORK_ORDER_NOT_IN_REQUIRED_STATUS',
        );
      }
      if (index === 2) {
        expect(await desk.refusalOf(liQiang, step, { ...order, result: ' ' })).toBe('RECEPTION_TEXT_MISSING');
      }
      await desk.done(by(step), step, { ...order, ...input });
    }
    for (const [command, input] of [
      ['cancelWorkOrder', { reason: '不要了' }],
      ['rescheduleWorkOrder', { movedBy: 'CUSTOMER', appointment: afternoon, reason: '改期' }],
    ] as const) {
      expect(await desk.refusalOf(zhouMin, command, { ...order, ...input })).toBe(
        'WORK_ORDER_NOT_IN_REQUIRED_STATUS',
      );
    }
  });

  rule('REC-10', 'the desk issues and confirms, the equipment department performs', async () => {
    expect(await desk.commandFault(liQiang, 'issueWorkOrder', tap())).toBe('FORBIDDEN');
    const order = await issued();
    expect(await desk.commandFault(zhouMin, 'acceptWorkOrder', order)).toBe('FORBIDDEN');
    expect(await desk.commandFault(sunGong, 'acceptWorkOrder', order)).toBe('FORBIDDEN');
    const { technician } = await desk.done(liQiang, 'acceptWorkOrder', order, 'technician { id }');
    expect(technician.id).toBe(liQiang.staffId);
    expect(await desk.commandFault(liQiang, 'confirmWorkOrder', order)).toBe('FORBIDDEN');
  });
});
