/**
 * A number such as `JX-S20260302-001`; from the thousandth of a day on it is longer.
 * @param prefix what stands before the date
 * @param localDate `YYYY-MM-DD`, the day in the project's time zone
 * @param sequence counted from 1 each day
 * @throws RangeError when the date or the sequence is none
 */
export function dailyNumber(prefix: string, localDate: string, sequence: number): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(localDate)) throw new RangeError(`not a date YYYY-MM-DD: "${localDate}"`);
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`not a sequence: ${sequence}`);
  return `${prefix}${localDate.replaceAll('-', '')}-${String(sequence).padStart(3, '0')}`;
}
