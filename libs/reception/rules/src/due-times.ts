import { refuse, type Refused } from '@anju/kernel';
import type { ReceptionRefusal } from './refusals';

/** Something that is still to be done, and the moment at which it is missed if it has not been done before. */
export interface DueTime {
  readonly kind: string;
  readonly dueAt: Date;
}

/** The refusal of a due time that is no longer among the pending ones, or null where it is. */
export function notPending(
  pending: readonly DueTime[],
  kind: string,
  dueAt: Date,
): Refused<ReceptionRefusal<'RECEPTION_DEADLINE_NOT_PENDING'>> | null {
  const found = pending.some((due) => due.kind === kind && due.dueAt.getTime() === dueAt.getTime());
  return found ? null : refuse('RECEPTION_DEADLINE_NOT_PENDING', { kind, dueAt });
}
