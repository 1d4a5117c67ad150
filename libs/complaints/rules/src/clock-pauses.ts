import { accept, isBlank, refuse } from '@anju/kernel';
import { clockBody, clockStatus, markClocks, pausedClock, resumedClock } from './clocks';
import type { ComplaintClockKind, ComplaintState } from './complaint';
import { factOf } from './facts';
import { unique } from './plain';
import type { ComplaintEnvironment } from './policy';
import { notAdmitted, type ComplaintDecision } from './transitions';

export interface PauseComplaintClocks {
  readonly by: string;
  /** Which duties; null for all that run and may stand still. */
  readonly clocks: readonly ComplaintClockKind[] | null;
  /** What the customer is waited for. */
  readonly reason: string;
}

/**
 * Duties stand still while the customer is waited for: that time does not count. Which kinds may is the
 * policy's; age always counts, and what is missed already stays missed.
 */
export function pauseComplaintClocks(
  state: ComplaintState,
  command: PauseComplaintClocks,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<
  'COMPLAINT_REASON_MISSING' | 'COMPLAINT_CLOCK_NOT_PAUSABLE' | 'NO_COMPLAINT_CLOCK_RUNNING'
> {
  const refusal = notAdmitted(state, 'pauseComplaintClocks', command.by);
  if (refusal) return refusal;
  const { by, reason } = command;
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'pauseComplaintClocks' });
  const pausable = environment.policy.pausableClocks;
  const clocks = unique(command.clocks ?? pausable);
  const notPausable = clocks.filter((kind) => !pausable.includes(kind));
  if (notPausable.length > 0) {
    return refuse('COMPLAINT_CLOCK_NOT_PAUSABLE', { kinds: notPausable, pausable });
  }
  const done = markClocks(
    { state, facts: [] },
    (clock) => clocks.includes(clock.kind) && clockStatus(clock) === 'RUNNING',
    (clock) => {
      const paused = pausedClock(clock, { pausedAt: at, by, reason }, environment);
      const leftMinutes = Math.floor((paused.leftMillis ?? 0) / 60_000);
      return {
        clock: paused,
        fact: factOf('ComplaintClockPaused', state, at, { by, ...clockBody(state, clock), leftMinutes }),
      };
    },
  );
  if (done.facts.length === 0) return refuse('NO_COMPLAINT_CLOCK_RUNNING', { kinds: clocks });
  return accept(done.state, ...done.facts);
}

export interface ResumeComplaintClocks {
  readonly by: string;
  /** Which duties; null for all that stand still. */
  readonly clocks: readonly ComplaintClockKind[] | null;
}

/** The customer has done his part: what was left of each duty's own time begins now. */
export function resumeComplaintClocks(
  state: ComplaintState,
  { by, clocks }: ResumeComplaintClocks,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<'NO_COMPLAINT_CLOCK_PAUSED'> {
  const refusal = notAdmitted(state, 'resumeComplaintClocks', by);
  if (refusal) return refusal;
  const done = markClocks(
    { state, facts: [] },
    (clock) => (clocks?.includes(clock.kind) ?? true) && clockStatus(clock) === 'PAUSED',
    (clock) => {
      const resumed = resumedClock(clock, at, environment);
      const pausedAt = clock.pauses.at(-1)?.pausedAt ?? at;
      return {
        clock: resumed,
        fact: factOf('ComplaintClockResumed', state, at, { by, ...clockBody(state, resumed), pausedAt }),
      };
    },
  );
  if (done.facts.length === 0) {
    return refuse('NO_COMPLAINT_CLOCK_PAUSED', { kinds: unique(clocks ?? []) });
  }
  return accept(done.state, ...done.facts);
}
