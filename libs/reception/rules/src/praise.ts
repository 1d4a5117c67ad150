import { accept, refuse, type Decision } from '@anju/kernel';
import { missingText, type ReceptionRefusal } from './refusals';

export const praiseStatuses = ['RECORDED'] as const;
export type PraiseStatus = (typeof praiseStatuses)[number];

/** What a customer said to an employee's praise, in a contact; it becomes evidence of his appraisal (APR-10). */
export interface PraiseState {
  readonly id: string;
  readonly projectId: string;
  readonly status: PraiseStatus;
  readonly interactionId: string;
  /** Who is praised. */
  readonly staffId: string;
  /** One of the contact's customers; null where it is not known who it was. */
  readonly customerId: string | null;
  /** In the customer's words; they stay here. */
  readonly text: string;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

export interface StaffPraised {
  readonly type: 'StaffPraised';
  readonly praiseId: string;
  readonly projectId: string;
  readonly interactionId: string;
  readonly staffId: string;
  readonly customerId: string | null;
  readonly by: string;
  readonly at: Date;
}
export type PraiseFact = StaffPraised;

/** Records praise that a customer gave in a contact, open or closed; nobody records his own (APR-10, 11). */
export function praiseStaff(
  command: {
    readonly id: string;
    readonly staffId: string;
    readonly customerId: string | null;
    readonly text: string;
    readonly by: string;
  },
  contact: { readonly id: string; readonly projectId: string; readonly customerIds: readonly string[] },
  at: Date,
): Decision<
  PraiseState,
  PraiseFact,
  ReceptionRefusal<'RECEPTION_TEXT_MISSING' | 'STAFF_PRAISES_HIMSELF' | 'PRAISER_NOT_OF_CONTACT'>
> {
  const { id, staffId, customerId, text, by } = command;
  if (by === staffId) return refuse('STAFF_PRAISES_HIMSELF', { staffId });
  const missing = missingText('text', text);
  if (missing) return missing;
  const { id: interactionId, projectId, customerIds } = contact;
  if (customerId !== null && !customerIds.includes(customerId)) {
    return refuse('PRAISER_NOT_OF_CONTACT', { customerId });
  }
  const about = { projectId, interactionId, staffId, customerId };
  return accept<PraiseState, PraiseFact>(
    { id, ...about, status: 'RECORDED', text: text.trim(), recordedBy: by, recordedAt: at },
    { type: 'StaffPraised', praiseId: id, ...about, by, at },
  );
}

/** Customer records were merged: the praise is of the record that stayed (DIR-06). */
export function replacePraisingCustomer(
  state: PraiseState,
  { customerId, intoCustomerId }: { readonly customerId: string; readonly intoCustomerId: string },
): Decision<PraiseState, PraiseFact, never> {
  return state.customerId === customerId ? accept({ ...state, customerId: intoCustomerId }) : accept(state);
}
