import type { CountedCase } from './counted-case';
import { dateOf } from './naive-calendar';

export interface Sum {
  numerator: number;
  denominator: number | null;
}

/** By metric, by dimension, by value. */
export type Sums = Record<string, Record<string, Record<string, Sum>>>;

const clockMetrics: Readonly<Record<string, string>> = {
  RESPONSE: 'responses_within_one_working_day',
  REPLY: 'replies_within_four_hours',
  MEASURES: 'measures_by_closing_time',
  CALLBACK: 'callbacks_within_two_days',
  COMPANY_MEASURES: 'company_measures_on_time',
  DEMAND_FORM: 'demand_forms_on_time',
  SPECIAL_REPORT: 'special_reports_on_time',
  RETURN_VISIT: 'return_visits_within_three_days',
};

/** Each metric of the catalogue that is of complaints, counted over all cases. */
export function metricsByHand(cases: readonly CountedCase[]): Sums {
  const sums: Sums = {};
  const withoutAny = ['return_visits_declined', 'return_visits_unreachable'];
  for (const metric of [...Object.values(clockMetrics), ...withoutAny]) sums[metric] = { all: {} };
  for (const one of cases) {
    const add = (
      metric: string,
      at: number,
      by: Readonly<Record<string, string>>,
      numerator: number,
      denominator: number | null,
    ): void => {
      const values = { all: 'all', month: dateOf(at).slice(0, 7), project: `${one.receipt.project}`, ...by };
      for (const [dimension, value] of Object.entries(values)) {
        const known = ((sums[metric] ??= {})[dimension] ??= {});
        const sum = (known[value] ??= { numerator: 0, denominator: denominator === null ? null : 0 });
        if (denominator !== null) sum.denominator! += denominator;
        sum.numerator += numerator;
      }
    };
    const by = { severity: one.severity, cause_class: one.causeClass };
    const { receivedAt } = one.receipt;
    add('complaints_received', receivedAt, by, 1, null);
    if (one.isOpen) add('complaints_open', receivedAt, by, 1, null);
    if (one.severity === 'MAJOR') {
      add('complaints_major', receivedAt, { cause_class: one.causeClass }, 1, null);
    }
    if (one.resolvedAt !== null) {
      const hours = (one.resolvedAt - receivedAt) / 3_600_000;
      add('complaint_hours_to_resolution', one.resolvedAt, by, hours, 1);
    }
    // What was joined into another case came back, if it did, with that one.
    if (one.resolutions > 0 && one.joinedAt === null) {
      add('second_complaints', receivedAt, by, Number(one.secondComplaints > 0), 1);
    }
    for (const { kind, dueAt, missedAt, told } of one.clocks) {
      const metric = clockMetrics[kind];
      if (!metric || !told) continue;
      const { severity, causeClass } = told;
      add(metric, dueAt, { severity, cause_class: causeClass }, Number(missedAt === null), 1);
    }
    for (const { at, released, told } of one.attempts) {
      if (released === null) continue;
      const metric = { DECLINED: 'return_visits_declined', UNREACHABLE: 'return_visits_unreachable' };
      add(metric[released], at, { severity: told.severity, cause_class: told.causeClass }, 1, null);
    }
    for (const { at, satisfaction, told } of one.visits) {
      add('satisfaction', at, { severity: told.severity, cause_class: told.causeClass }, satisfaction, 1);
    }
  }
  return sums;
}
