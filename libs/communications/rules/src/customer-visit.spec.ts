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
import {
  completeVisitAction,
  customerVisitDeadlines,
  customerVisitStatuses,
  customerVisitTransitions,
  onCustomerVisitDeadline,
  planVisitAction,
  recordCustomerVisit,
  replaceVisitCustomer,
  visitDuty,
  type CustomerVisitState,
} from './customer-visit';
import { environment, now } from './spec-support';

const record = (change: Partial<Parameters<typeof recordCustomerVisit>[0]> = {}) =>
  recordCustomerVisit(
    {
      id: 'visit-1',
      projectId: 'project-jx',
      customerId: 'customer-wang',
      unitId: 'unit-1',
      visitedAt: at('2026-03-02 09:30'),
      inDepth: true,
      content: '谈电梯和绿化',
      suggestions: ['增设休息椅', '补种灌木'],
      by: 'staff-zhao',
      ...change,
    },
    now,
  );
const visit = accepted(record());
const planAction = (state: CustomerVisitState, change: Partial<Parameters<typeof planVisitAction>[1]> = {}) =>
  planVisitAction(
    state,
    { sequence: 1, ownerId: 'staff-li', dueOn: '2026-03-10', by: 'staff-zhao', ...change },
    now,
    environment,
  );
const complete = (state: CustomerVisitState, sequence = 1, on = now, result = '已增设两张') =>
  completeVisitAction(state, { sequence, result, by: 'staff-li' }, on);
const planned = accepted(planAction(visit));
const both = accepted(planAction(planned, { sequence: 2 }));
const dueAt = at('2026-03-11 00:00');

describe('a visit', () => {
  rule('COM-02', 'it is recorded with what the customer suggested', () => {
    expect(visit).toMatchObject({
      status: 'BEING_FOLLOWED_UP',
      suggestions: [
        { sequence: 1, text: '增设休息椅', action: null },
        { sequence: 2, text: '补种灌木', action: null },
      ],
    });
    expect(factsOf(record())).toMatchObject([
      { type: 'CustomerVisitRecorded', by: 'staff-zhao', inDepth: true, suggestions: 2 },
    ]);
    expect(accepted(record({ suggestions: [] })).status).toBe('FOLLOWED_UP');
    expect(refusal(record({ content: '' })).data).toEqual({ field: 'content' });
    expect(refusal(record({ suggestions: ['好', ' '] })).data).toEqual({ field: 'suggestions' });
    expect(refusal(record({ visitedAt: at('2026-03-02 10:01') })).code).toBe('COMMUNICATION_IN_FUTURE');
  });

  rule('COM-02', 'a suggestion becomes an action with an owner and a due date', () => {
    expect(planned.suggestions[0]?.action).toMatchObject({
      ownerId: 'staff-li',
      dueOn: '2026-03-10',
      dueAt,
      doneAt: null,
    });
    expect(refusal(planAction(visit, { sequence: 3 }))).toEqual({
      code: 'VISIT_SUGGESTION_UNKNOWN',
      data: { sequence: 3, known: [1, 2] },
    });
    expect(refusal(planAction(planned))).toEqual({
      code: 'VISIT_ACTION_ALREADY_PLANNED',
      data: { sequence: 1, ownerId: 'staff-li' },
    });
    expect(refusal(planAction(visit, { dueOn: '2026-03-01' }))).toEqual({
      code: 'VISIT_ACTION_DUE_IN_PAST',
      data: { dueOn: '2026-03-01', today: '2026-03-02' },
    });
    expect(accepted(planAction(visit, { dueOn: '2026-03-02' })).status).toBe('BEING_FOLLOWED_UP');
    expect(refusal(planAction(visit, { dueOn: '3月10日' })).data).toEqual({ field: 'dueOn' });
  });

  rule('COM-02', 'it is followed up when every suggestion has a result', () => {
    const first = accepted(complete(both));
    expect(first.status).toBe('BEING_FOLLOWED_UP');
    const second = complete(first, 2);
    expect(accepted(second).status).toBe('FOLLOWED_UP');
    expect(factsOf(second)).toMatchObject([{ type: 'VisitActionDone', sequence: 2, late: false }]);
    expect(accepted(complete(planned)).status).toBe('BEING_FOLLOWED_UP');
    expect(refusal(complete(first))).toEqual({
      code: 'VISIT_ACTION_NOT_OPEN',
      data: { sequence: 1, open: [2] },
    });
    expect(refusal(complete(planned, 1, now, ' ')).data).toEqual({ field: 'result' });
  });

  rule(
    'COM-02',
    'an action without a result at the end of its day is missed, once, and may still be done',
    () => {
      expect(customerVisitDeadlines(both)).toEqual([{ kind: 'VISIT_ACTION', dueAt }]);
      const decision = onCustomerVisitDeadline(both, 'VISIT_ACTION', dueAt);
      const missed = accepted(decision);
      expect(factsOf(decision)).toMatchObject([
        { type: 'VisitActionMissed', sequence: 1, at: dueAt },
        { type: 'VisitActionMissed', sequence: 2, at: dueAt },
      ]);
      expect(customerVisitDeadlines(missed)).toEqual([]);
      expect(factsOf(onCustomerVisitDeadline(missed, 'VISIT_ACTION', dueAt))).toEqual([]);
      expect(factsOf(complete(missed, 1, at('2026-03-12 09:00')))).toMatchObject([
        { type: 'VisitActionDone', late: true },
      ]);
      expect(() => onCustomerVisitDeadline(both, 'OTHER', dueAt)).toThrow('not a deadline');
    },
  );

  rule('COM-02', 'the last moment of the day is in time, midnight is too late', () => {
    expect(factsOf(complete(both, 1, new Date(+dueAt - 1)))).toHaveLength(1);
    expect(factsOf(complete(both, 1, dueAt))).toMatchObject([
      { type: 'VisitActionMissed', at: dueAt },
      { type: 'VisitActionDone', late: true },
    ]);
  });

  it('each command is possible where the table says so, and refused everywhere else', () => {
    const single = accepted(record({ suggestions: ['增设休息椅', '补种灌木'] }));
    const lastOpen = accepted(
      complete(accepted(planAction(accepted(planAction(single, { sequence: 2 })))), 2),
    );
    const done = accepted(complete(lastOpen));
    expect(unreachableStatuses(customerVisitTransitions, customerVisitStatuses)).toEqual([]);
    expect(
      wrongCells({
        table: customerVisitTransitions,
        states: { BEING_FOLLOWED_UP: lastOpen, FOLLOWED_UP: done },
        commands: {
          // Where the last action is open, every suggestion has one: another visit has to stand in.
          planVisitAction: (state) => (state === lastOpen ? planAction(visit) : planAction(state)),
          completeVisitAction: (state) => complete(state),
        },
      }),
    ).toEqual([]);
    expect(asStored(done)).toEqual(done);
  });
});

describe('a visited customer', () => {
  rule(
    ['COM-02', 'DIR-06'],
    'when two records of him become one, the visit is to the one that stayed',
    () => {
      const merge = { customerId: 'customer-wang', intoCustomerId: 'customer-new' };
      expect(replaceVisitCustomer(visit, merge)).toEqual({ ...visit, customerId: 'customer-new' });
      expect(replaceVisitCustomer(visit, { ...merge, customerId: 'customer-other' })).toBe(visit);
    },
  );
});

describe('a month of visits', () => {
  const made = (customerId: string, on: string, change: Partial<CustomerVisitState> = {}) => ({
    customerId,
    visitedBy: 'staff-zhao',
    visitedAt: at(on),
    inDepth: true,
    ...change,
  });
  const duty = (visits: Parameters<typeof visitDuty>[0]) =>
    visitDuty(visits, 'staff-zhao', '2026-03', environment);
  const three = [made('a', '2026-03-01 00:00'), made('b', '2026-03-15 10:00'), made('c', '2026-03-31 23:59')];

  rule('COM-02', 'three in-depth visits by the project manager are enough, two are not', () => {
    expect(duty(three)).toEqual({ visits: 3, customers: 3, required: 3, met: true });
    expect(duty(three.slice(1))).toEqual({ visits: 2, customers: 2, required: 3, met: false });
    expect(duty([])).toMatchObject({ met: false });
  });

  rule('COM-02', 'visits of others, of other months, and not in depth do not count', () => {
    const others = [
      made('d', '2026-03-05 10:00', { visitedBy: 'staff-lin' }),
      made('e', '2026-02-28 23:59'),
      made('f', '2026-04-01 00:00'),
      made('g', '2026-03-05 10:00', { inDepth: false }),
    ];
    expect(duty([...three.slice(1), ...others])).toMatchObject({ visits: 2, met: false });
  });

  rule('COM-02', 'the same customer visited twice is one customer', () => {
    const twice = [...three.slice(1), made('c', '2026-03-20 10:00')];
    expect(duty(twice)).toEqual({ visits: 3, customers: 2, required: 3, met: false });
  });
});
