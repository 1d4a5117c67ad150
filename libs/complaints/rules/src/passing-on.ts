import { accept, isBlank, refuse } from '@anju/kernel';
import type { Step } from './clocks';
import type { ComplaintState } from './complaint';
import { factOf } from './facts';
import type { ComplaintEnvironment } from './policy';
import { owesReply, startReplyDuties } from './reply-duties';
import { notAdmitted, type ComplaintDecision } from './transitions';

/** 转发: the developer's customer-relations centre passed the complaint on to the service centre (CMP-07). */
export interface ComplaintPassing {
  /** When it was recorded here. */
  readonly at: Date;
  readonly by: string;
  /** When the centre passed it on; the reply is timed from here. */
  readonly passedOnAt: Date;
  /** Who passed it on there, in words. */
  readonly passedOnBy: string;
  /** The centre's own number of it. */
  readonly reference: string;
}

/** What has to be known of a passing on. */
export const passingDetails = ['passedOnBy', 'reference'] as const;
export type PassingDetail = (typeof passingDetails)[number];

export type PassOnComplaint = Omit<ComplaintPassing, 'at'>;

/**
 * The developer's customer-relations centre passes on a complaint that came in by another way before: from that
 * moment a reply is owed within four desk hours, and measures by closing time (CMP-07), both approved (CMP-08).
 * Reading: what is owed already runs on as it is, being due earlier.
 */
export function passOnComplaint(
  state: ComplaintState,
  command: PassOnComplaint,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<
  'COMPLAINT_PASSING_INCOMPLETE' | 'COMPLAINT_PASSING_NOT_THEN' | 'COMPLAINT_PASSED_ON_ALREADY'
> {
  const refusal = notAdmitted(state, 'passOnComplaint', command.by);
  if (refusal) return refusal;
  const missing = passingDetails.filter((detail) => isBlank(command[detail]));
  if (missing.length > 0) return refuse('COMPLAINT_PASSING_INCOMPLETE', { missing });
  const { by, passedOnAt } = command;
  const [passedOnBy, reference] = [command.passedOnBy.trim(), command.reference.trim()];
  const { receivedAt } = state;
  // What was passed on before it came in here came in by being passed on.
  if (passedOnAt < receivedAt || passedOnAt > at) {
    return refuse('COMPLAINT_PASSING_NOT_THEN', { passedOnAt, earliest: receivedAt, latest: at });
  }
  const before = state.passings.find((passing) => passing.reference === reference);
  if (before) return refuse('COMPLAINT_PASSED_ON_ALREADY', { reference, passedOnAt: before.passedOnAt });
  const passing: ComplaintPassing = { at, by, passedOnAt, passedOnBy, reference };
  const passed: Step = { state: { ...state, passings: [...state.passings, passing] }, facts: [] };
  const owing = owesReply('DEVELOPER_CUSTOMER_RELATIONS', environment.policy)
    ? startReplyDuties(passed, passedOnAt, at, environment)
    : passed;
  const { answersNeedApproval } = owing.state;
  const fact = factOf('ComplaintPassedOn', state, at, { by, passedOnAt, answersNeedApproval });
  return accept(owing.state, fact, ...owing.facts);
}
