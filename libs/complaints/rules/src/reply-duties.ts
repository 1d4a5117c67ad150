import { meetClocks, outstandingClocks, startClock, type Step } from './clocks';
import type { ComplaintChannel, ComplaintClockKind } from './complaint';
import type { ComplaintEnvironment, ComplaintPolicy } from './policy';

/** What a complaint is owed that came on the web or from the developer's customer-relations centre (CMP-07). */
const replyDuties: readonly ComplaintClockKind[] = ['REPLY', 'MEASURES'];

/** Whether a complaint that comes by this channel is owed an approved reply, and measures by closing time. */
export function owesReply(channel: ComplaintChannel, policy: ComplaintPolicy): boolean {
  return policy.replyChannels.includes(channel);
}

/**
 * Owes a reply within four desk hours, and concrete measures by closing time (CMP-07), from now on in wordings that
 * were approved (CMP-08). What is owed already is not owed twice, nor what was owed for the very same moment: of a
 * complaint that is passed on later on the day on which it came, the measures by closing time are the same. Those of a
 * second complaint are others, though it came on the same day.
 * @param startedAt when the complaint arose or was passed on
 * @param at when that becomes known
 */
export function startReplyDuties(
  { state, facts }: Step,
  startedAt: Date,
  at: Date,
  environment: ComplaintEnvironment,
  complaint: 'THE_SAME' | 'A_SECOND' = 'THE_SAME',
): Step {
  const owing: Step = { state: { ...state, answersNeedApproval: true }, facts };
  return replyDuties
    .filter((kind) => outstandingClocks(state, kind).length === 0)
    .reduce<Step>((step, kind) => {
      const owed = startClock(step, kind, startedAt, environment, { at });
      const isOwedThen = state.clocks.some((clock) => clock.kind === kind && +clock.dueAt === +owed.dueAt);
      return complaint === 'THE_SAME' && isOwedThen ? step : owed;
    }, owing);
}

/** A reply that was approved has gone out to the customer (CMP-07, CMP-08). */
export function replySent(step: Step, at: Date): Step {
  return meetClocks(step, 'REPLY', at);
}

/** The customer was told what is being done (CMP-07). */
export function measuresReported(step: Step, at: Date): Step {
  return meetClocks(step, 'MEASURES', at);
}
