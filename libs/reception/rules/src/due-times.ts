import { isPending, refuse, type DueTime, type Refused } from '@anju/kernel';
import type { ReceptionRefusal } from './refusals';

/** The refusal of a due time that is no longer among the pending ones, or null where it is. */
export function notPending(
  pending: readonly DueTime[],
  kind: string,
  dueAt: Date,
): Refused<ReceptionRefusal<'RECEPTION_DEADLINE_NOT_PENDING'>> | null {
  return isPending(pending, kind, dueAt) ? null : refuse('RECEPTION_DEADLINE_NOT_PENDING', { kind, dueAt });
}
