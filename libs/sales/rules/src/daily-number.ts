import { dailyNumber } from '@anju/kernel';

/**
 * The number of a lead (SAL-01), such as `JX-L20260302-001`.
 * @param code the project's
 * @param localDate `YYYY-MM-DD`, the day in the project's time zone
 * @param sequence counted from 1 each day
 * @throws RangeError when the date or the sequence is none
 */
export function leadNumber(code: string, localDate: string, sequence: number): string {
  return dailyNumber(`${code}-L`, localDate, sequence);
}

/** The number of a sale (SAL-03), such as `JX-S20260302-001`. @throws as `leadNumber` */
export function saleNumber(code: string, localDate: string, sequence: number): string {
  return dailyNumber(`${code}-S`, localDate, sequence);
}

/** The number in the contract ledger (SAL-11), such as `JX-HT20260302-001`. @throws as `leadNumber` */
export function contractNumber(code: string, localDate: string, sequence: number): string {
  return dailyNumber(`${code}-HT`, localDate, sequence);
}

/** The number of a mortgage case (SAL-20), such as `JX-M20260320-001`. @throws as `leadNumber` */
export function mortgageNumber(code: string, localDate: string, sequence: number): string {
  return dailyNumber(`${code}-M`, localDate, sequence);
}
