import type { CountedClass } from './case-step';

/** What comes to a company, and how it goes on; of lists each entry is as likely as the others. */
export interface YearMix {
  readonly classes: readonly CountedClass[];
  readonly channels: readonly string[];
  /** How many customers come together. */
  readonly groupSizes: readonly number[];
  /** Of so many cases one comes with a fact that makes it hot or major. */
  readonly grave: number;
  /** Of a hundred cases so many are settled within so many days of their response; the rest never is. */
  readonly settled: readonly { readonly share: number; readonly days: number }[];
  /** What is rare is so many times rarer than in the dense mix. */
  readonly calm: number;
}

/** Of everything much: two cases in three become hot or major. A small year has all there is. */
export const denseMix: YearMix = {
  classes: ['CLASS_1', 'CLASS_2', 'CLASS_3'],
  channels: [
    ...['PHONE', 'PHONE', 'PHONE', 'PHONE', 'VISIT', 'VISIT', 'WECHAT', 'LETTER', 'EMAIL', 'QQ_GROUP'],
    ...['LETTER_BOX', 'PATROL', 'WEB', 'WEB', 'DEVELOPER_CUSTOMER_RELATIONS'],
  ],
  groupSizes: [0, ...many(1, 15), 2, 2, 2, 3, 4, 12],
  grave: 20,
  settled: [
    { share: 66, days: 4 },
    { share: 22, days: 12 },
    { share: 8, days: 50 },
  ],
  calm: 1,
};

/**
 * As a company has them that does its work: the most about the property company's own service, by telephone, by one
 * customer, settled within days. What is rare in it is still there, in thousands of cases.
 */
export const companyMix: YearMix = {
  classes: [...many<CountedClass>('CLASS_1', 6), ...many<CountedClass>('CLASS_2', 3), 'CLASS_3'],
  channels: [
    ...[...many('PHONE', 12), ...many('VISIT', 6), ...many('WECHAT', 6), 'LETTER', 'EMAIL', 'QQ_GROUP'],
    ...['LETTER_BOX', ...many('PATROL', 2), ...many('WEB', 2), 'DEVELOPER_CUSTOMER_RELATIONS'],
  ],
  groupSizes: [0, ...many(1, 80), ...many(2, 12), 3, 3, 3, 4, 5, 12],
  grave: 60,
  settled: [
    { share: 84, days: 4 },
    { share: 11, days: 12 },
    { share: 4, days: 50 },
  ],
  calm: 3,
};

function many<Value>(value: Value, times: number): Value[] {
  return Array.from({ length: times }, () => value);
}
