import { meetClocks, startClock, type Step } from './clocks';
import type { ComplaintChannel } from './complaint';
import type { ComplaintEnvironment } from './policy';

/** What a complaint that came in by such a channel is owed (CMP-07), by its arising or being passed on. */
export interface ReplyDuties extends Step {
  readonly replyDueAt: Date | null;
  readonly measuresDueAt: Date | null;
}

/**
 * A complaint on the web or from the developer's customer-relations centre is owed a reply within four desk
 * hours, and concrete measures by closing time (CMP-07). Other channels owe neither.
 * @param startedAt when it arose or was passed on
 * @param at when that becomes known
 */
export function startReplyDuties(
  step: Step,
  channel: ComplaintChannel,
  startedAt: Date,
  at: Date,
  environment: ComplaintEnvironment,
): ReplyDuties {
  if (!environment.policy.replyChannels.includes(channel)) {
    return { ...step, replyDueAt: null, measuresDueAt: null };
  }
  const reply = startClock(step, 'REPLY', startedAt, environment, { at });
  const { state, facts, dueAt } = startClock(reply, 'MEASURES', startedAt, environment, { at });
  return { state, facts, replyDueAt: reply.dueAt, measuresDueAt: dueAt };
}

/** A reply that was approved has gone out to the customer (CMP-07, CMP-08). */
export function replySent(step: Step, at: Date): Step {
  return meetClocks(step, 'REPLY', at);
}

/** The customer was told what is being done (CMP-07). */
export function measuresReported(step: Step, at: Date): Step {
  return meetClocks(step, 'MEASURES', at);
}
