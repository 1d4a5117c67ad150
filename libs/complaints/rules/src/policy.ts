import type { ProjectCalendars } from '@anju/kernel';

/** A function of the company that demand forms and special reports go to. */
export type ReportRecipient = 'QUALITY_CENTRE' | 'DIVISION_LEADER';

/** Every number of the complaints rules; per organisation, overridable per project. */
export interface ComplaintPolicy {
  /** Different customers in one case from which it is hot, and from which it is major (CMP-02, inclusive). */
  readonly hotGroupSize: number;
  readonly majorGroupSize: number;
  /** Elapsed days of 24 h, and calendar months, unresolved after receipt (CMP-03). */
  readonly hotAfterDays: number;
  readonly majorAfterMonths: number;
  /** Working days from receipt or reopening to the handling response (CMP-05). */
  readonly responseWorkingDays: number;
  /** Working days from a rise in severity to its demand form (CMP-11). */
  readonly demandFormWorkingDays: number;
  /** Elapsed days from resolution to the special report of a hot or major case (CMP-11). */
  readonly specialReportDays: number;
  /** Elapsed days from resolution to the return visit (CMP-12). */
  readonly returnVisitDays: number;
  /** The highest satisfaction, of 1 to 5, that counts as dissatisfied and reopens the case (CMP-12). */
  readonly dissatisfiedUpTo: number;
  /** Elapsed days back within which an open case is offered for joining (CMP-14). */
  readonly similarWithinDays: number;
  /** Who gets the demand form and the special report (CMP-11). */
  readonly reportRecipients: readonly ReportRecipient[];
}

/** The defaults of the rulebook: source 4, 4.5.4–4.5.6.8; source 2, return visits. */
export const defaultComplaintPolicy: ComplaintPolicy = {
  hotGroupSize: 3,
  majorGroupSize: 10,
  hotAfterDays: 7,
  majorAfterMonths: 1,
  responseWorkingDays: 1,
  demandFormWorkingDays: 1,
  specialReportDays: 7,
  returnVisitDays: 3,
  dissatisfiedUpTo: 2,
  similarWithinDays: 30,
  reportRecipients: ['QUALITY_CENTRE', 'DIVISION_LEADER'],
};

/** What holds in the complaint's project, and which the rules take as an argument. */
export interface ComplaintEnvironment {
  readonly policy: ComplaintPolicy;
  readonly calendars: ProjectCalendars;
  /** Which policy and which calendars these are; 0: the built-in ones. */
  readonly policyVersion: number;
  readonly calendarVersion: number;
}
