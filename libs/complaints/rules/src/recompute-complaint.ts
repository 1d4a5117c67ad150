import { accept, type Accepted } from '@anju/kernel';
import type { ComplaintState } from './complaint';
import type { ComplaintFact } from './facts';
import type { ComplaintEnvironment } from './policy';
import { recomputeClocks } from './recompute';
import { recomputeSeverity } from './severity-of-complaint';

/**
 * What another policy or other calendars make of a case that is not closed: its due times, and then the severity
 * that its facts have by the new numbers. Asked again it answers the same state without facts.
 */
export function recomputeComplaint(
  state: ComplaintState,
  environment: ComplaintEnvironment,
  at: Date,
): Accepted<ComplaintState, ComplaintFact> {
  const clocks = recomputeClocks(state, environment, at);
  const { state: next, facts } = recomputeSeverity(clocks, at, environment);
  return accept(next, ...facts);
}
