/** Tells the story of a case in tests: what is due fires before each command, as the platform does it. */
import {
  defaultProjectCalendars,
  parseLocalDateTime,
  projectCalendars,
  type Decision,
  type Refusal,
} from '@anju/kernel';
import { accepted, factsOf, refusal } from '@anju/testing';
import type { ComplaintClock, ComplaintClockKind, ComplaintState } from './complaint';
import { complaintMoments, onComplaintDeadline } from './deadlines';
import type { ComplaintFact } from './facts';
import { acknowledgeComplaint, assignComplaint, fileDemandForm, respondToComplaint } from './handling';
import { promiseComplaintCallback } from './callbacks';
import { pauseComplaintClocks, resumeComplaintClocks } from './clock-pauses';
import { joinComplaint } from './members';
import { closeComplaint, recordReturnVisit, resolveComplaint, submitSpecialReport } from './outcome';
import { defaultComplaintPolicy, type ComplaintEnvironment } from './policy';
import { receiveComplaint, type ReceiveComplaint } from './receive';
import type { ComplaintRefusal } from './refusals';

type Outcome = Decision<ComplaintState, ComplaintFact, ComplaintRefusal>;
export type ComplaintCommand = (
  state: ComplaintState,
  at: Date,
  environment: ComplaintEnvironment,
) => Outcome;

export const environment: ComplaintEnvironment = {
  policy: defaultComplaintPolicy,
  calendars: projectCalendars(defaultProjectCalendars()),
  policyVersion: 0,
  calendarVersion: 0,
};

/** An instant by the clock on the wall in Shanghai, `YYYY-MM-DD HH:mm`. */
export function wall(text: string): Date {
  return parseLocalDateTime(text, 'Asia/Shanghai');
}

/** So many different customers. */
export function customers(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, index) => `customer-${from + index}`);
}

/** A general complaint by telephone of one customer about the lift of building 6. */
export function aReceipt(change: Partial<ReceiveComplaint> = {}): ReceiveComplaint {
  return {
    id: 'case-1',
    projectId: 'project-jx',
    number: 'JX-C20260302-001',
    causeClass: 'CLASS_1',
    subject: { topic: 'LIFT', unitId: null, buildingId: 'building-6' },
    content: null,
    channel: 'PHONE',
    receivedAt: wall('2026-03-02 10:00'),
    receivedBy: 'staff-zhou',
    customerIds: customers(1),
    interactionId: 'interaction-1',
    facts: [],
    namedStaffIds: [],
    responsibleDepartment: null,
    handlerId: null,
    cameFromComplaintId: null,
    ...change,
  };
}

/** The six parts of a report, filled in. */
export const reportParts = {
  content: 'The lift stood still three times in a week.',
  cause: 'A worn door sensor.',
  process: 'Inspected, part ordered, replaced.',
  result: 'Runs without fault for three days.',
  lessons: 'The sensor was not on the inspection list.',
  correctiveActions: 'It is on the list now.',
};

export const acknowledge: ComplaintCommand = (state, at) =>
  acknowledgeComplaint(state, { by: 'staff-zhou', channel: 'PHONE', thanksGiven: true }, at);
export const assign: ComplaintCommand = (state, at) =>
  assignComplaint(state, { by: 'staff-lin', responsibleDepartment: 'EQUIPMENT', handlerId: 'staff-li' }, at);
export const respond: ComplaintCommand = (state, at, env) =>
  respondToComplaint(state, { by: 'staff-lin', channel: 'PHONE', text: 'The part comes tomorrow.' }, at, env);
export const fileForm: ComplaintCommand = (state, at, env) =>
  fileDemandForm(state, { by: 'staff-lin', demand: 'A lift that runs.', measures: 'New sensor.' }, at, env);
export const resolve: ComplaintCommand = (state, at, env) =>
  resolveComplaint(state, { by: 'staff-li', result: 'Sensor replaced.' }, at, env);
export const report: ComplaintCommand = (state, at, env) =>
  submitSpecialReport(state, { by: 'staff-lin', ...reportParts }, at, env);
export const close: ComplaintCommand = (state, at, env) =>
  closeComplaint(state, { by: 'staff-lin' }, at, env);
/** The customer is waited for, with all duties that may stand still, or these. */
export const pause =
  (...clocks: ComplaintClockKind[]): ComplaintCommand =>
  (state, at, env) =>
    pauseComplaintClocks(
      state,
      { by: 'staff-lin', clocks: clocks.length > 0 ? clocks : null, reason: 'The customer is abroad.' },
      at,
      env,
    );
export const resume: ComplaintCommand = (state, at, env) =>
  resumeComplaintClocks(state, { by: 'staff-lin', clocks: null }, at, env);
export const promiseCall: ComplaintCommand = (state, at, env) =>
  promiseComplaintCallback(state, { by: 'staff-zhou', customerId: null, note: null }, at, env);
export const visit =
  (satisfaction: number): ComplaintCommand =>
  (state, at, env) =>
    recordReturnVisit(
      state,
      {
        by: 'staff-lin',
        customerId: state.members[0]?.customerId ?? null,
        channel: 'PHONE',
        satisfaction,
        remarks: null,
        newDemand: null,
      },
      at,
      env,
    );
export const join =
  (...customerIds: string[]): ComplaintCommand =>
  (state, at, env) =>
    joinComplaint(
      state,
      {
        by: 'staff-zhou',
        customers: customerIds.map((customerId) => ({ customerId, interactionId: null })),
      },
      at,
      env,
    );

export class Story {
  readonly facts: ComplaintFact[] = [];
  /** The moment up to which the story is told. */
  now: Date;
  private current: ComplaintState;
  /** What has come about by itself, by instant and name: never again, as where due times are stored. */
  private readonly cameAbout = new Set<string>();

  constructor(
    receipt: ReceiveComplaint = aReceipt(),
    readonly env: ComplaintEnvironment = environment,
  ) {
    this.now = receipt.receivedAt;
    this.current = this.accepted(receiveComplaint(receipt, receipt.receivedAt, env));
  }

  get state(): ComplaintState {
    return this.current;
  }

  /** Lets time pass: whatever is due up to and including `at` is carried out in its order. */
  until(at: Date | string): this {
    const end = typeof at === 'string' ? wall(at) : at;
    if (end > this.now) this.now = end;
    for (;;) {
      const next = complaintMoments(this.current)[0];
      if (!next || next.dueAt > end) return this;
      const before = this.current;
      const key = `${next.dueAt.toISOString()} ${next.kind}`;
      if (this.cameAbout.has(key)) throw new Error(`it has come about already: ${key}`);
      this.cameAbout.add(key);
      this.current = this.accepted(onComplaintDeadline(before, next.kind, next.dueAt, this.env));
      if (this.current === before) throw new Error(`${next.kind} stays due at ${next.dueAt.toISOString()}`);
    }
  }

  /** Carries out commands, one after the other at the same moment; each has to be accepted. */
  at(at: Date | string, ...commands: ComplaintCommand[]): this {
    for (const command of commands) this.current = this.accepted(this.try(at, command));
    return this;
  }

  /** What a command would be answered at a moment. */
  try(at: Date | string, command: ComplaintCommand): Outcome {
    const moment = typeof at === 'string' ? wall(at) : at;
    return command(this.until(moment).current, moment, this.env);
  }

  /** The refusal of a command. @throws when it is accepted */
  refused(at: Date | string, command: ComplaintCommand): Refusal {
    return refusal(this.try(at, command));
  }

  /** The duties of one kind, in the order in which they arose. */
  clocks(kind: ComplaintClockKind): ComplaintClock[] {
    return this.current.clocks.filter((clock) => clock.kind === kind);
  }

  /** The facts of one type so far. */
  factsOf<Type extends ComplaintFact['type']>(type: Type): Extract<ComplaintFact, { type: Type }>[] {
    return this.facts.filter((fact): fact is Extract<ComplaintFact, { type: Type }> => fact.type === type);
  }

  private accepted(decision: Outcome): ComplaintState {
    this.facts.push(...factsOf(decision));
    return accepted(decision);
  }
}
