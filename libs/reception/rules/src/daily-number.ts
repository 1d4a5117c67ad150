import { dailyNumber } from '@anju/kernel';

/**
 * The number of a contact (REC-01), such as `JX-20260302-001`; from the thousandth of a day on it is longer.
 * @param code the project's
 * @param localDate `YYYY-MM-DD`, the day in the project's time zone
 * @param sequence counted from 1 each day
 * @throws RangeError when the date or the sequence is none
 */
export function interactionNumber(code: string, localDate: string, sequence: number): string {
  return dailyNumber(`${code}-`, localDate, sequence);
}

/** The number of a receipt (REC-35), such as `JX-R-20260302-001`. @throws as `interactionNumber` */
export function receiptNumber(code: string, localDate: string, sequence: number): string {
  return dailyNumber(`${code}-R-`, localDate, sequence);
}
