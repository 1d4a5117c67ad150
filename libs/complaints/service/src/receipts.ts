import type { EntityManager } from 'typeorm';
import { nextNumber } from '@anju/commands';
import {
  complaintNumber,
  receiveComplaint,
  type ComplaintEnvironment,
  type ReceiveComplaint,
} from '@anju/complaints-rules';
import { isRefused, localDate } from '@anju/kernel';

/** What the rules take as an argument, and how the case's number begins. */
export interface ComplaintSurroundings extends ComplaintEnvironment {
  readonly projectCode: string;
  readonly timeZone: string;
}

/** A complaint as it comes in, before it has its id and number. */
export type Receipt = Omit<ReceiveComplaint, 'id' | 'number'>;

/**
 * The next number of the day of receipt in the project. A receipt that the rules refuse takes none: the
 * day's numbers have no gaps.
 */
export async function numberFor(
  receipt: Receipt,
  tx: EntityManager,
  at: Date,
  surroundings: ComplaintSurroundings,
): Promise<string> {
  if (isRefused(receiveComplaint({ ...receipt, id: '', number: '' }, at, surroundings))) return '';
  const day = localDate(receipt.receivedAt, surroundings.timeZone);
  const sequence = await nextNumber(tx, `complaint:${receipt.projectId}:${day}`);
  return complaintNumber(surroundings.projectCode, day, sequence);
}
