import type { ComplaintPolicy } from './policy';

/** 一般 / 热点 / 重大, from the least to the most severe. */
export const severities = ['GENERAL', 'HOT', 'MAJOR'] as const;
export type Severity = (typeof severities)[number];
/** A severity above general: what asks for a demand form and a special report. */
export type RaisedSeverity = Exclude<Severity, 'GENERAL'>;

/** What somebody reports about a case; once known it stays known. */
export const reportableFacts = [
  'LAWSUIT_FILED',
  'LAWSUIT_LIKELY',
  'MEDIA_EXPOSURE',
  'MEDIA_EXPOSURE_LIKELY',
  'OUTSIDE_HELP_NEEDED',
] as const;
export type ReportableFact = (typeof reportableFacts)[number];

/** Why a case is as severe as it is. */
export const severityReasons = [
  ...reportableFacts,
  'GROUP_OF_MAJOR_SIZE',
  'GROUP_OF_HOT_SIZE',
  'SECOND_COMPLAINT',
  'UNRESOLVED_FOR_A_MONTH',
  'UNRESOLVED_FOR_A_WEEK',
  'RAISED_BY_HAND',
] as const;
export type SeverityReason = (typeof severityReasons)[number];

/** All that severity depends on. */
export interface SeverityFacts {
  readonly reported: readonly ReportableFact[];
  /** The number of different customers (CMP-14). */
  readonly groupSize: number;
  /** How often the case came back after it had been handled. */
  readonly secondComplaintCount: number;
  readonly unresolvedForAWeek: boolean;
  readonly unresolvedForAMonth: boolean;
  readonly raisedTo: Severity;
}

export interface ComputedSeverity {
  readonly severity: Severity;
  /** Every reason that holds, also those of a lower severity. Empty when general. */
  readonly reasons: readonly SeverityReason[];
}

/** The severity that each fact alone is enough for (CMP-02). */
const severityOfReason = {
  LAWSUIT_FILED: 'MAJOR',
  LAWSUIT_LIKELY: 'HOT',
  MEDIA_EXPOSURE: 'MAJOR',
  MEDIA_EXPOSURE_LIKELY: 'HOT',
  OUTSIDE_HELP_NEEDED: 'HOT',
  GROUP_OF_MAJOR_SIZE: 'MAJOR',
  GROUP_OF_HOT_SIZE: 'HOT',
  SECOND_COMPLAINT: 'HOT',
  UNRESOLVED_FOR_A_MONTH: 'MAJOR',
  UNRESOLVED_FOR_A_WEEK: 'HOT',
} satisfies Record<Exclude<SeverityReason, 'RAISED_BY_HAND'>, RaisedSeverity>;

/** Below 0 when `a` is the less severe, 0 when equal, above 0 when it is the more severe. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

export function moreSevere(a: Severity, b: Severity): Severity {
  return compareSeverity(a, b) >= 0 ? a : b;
}

/** The severity that the facts give, raised to what was set by hand when that is higher (CMP-02). */
export function computeSeverity(facts: SeverityFacts, policy: ComplaintPolicy): ComputedSeverity {
  const holds: Record<keyof typeof severityOfReason, boolean> = {
    LAWSUIT_FILED: facts.reported.includes('LAWSUIT_FILED'),
    LAWSUIT_LIKELY: facts.reported.includes('LAWSUIT_LIKELY'),
    MEDIA_EXPOSURE: facts.reported.includes('MEDIA_EXPOSURE'),
    MEDIA_EXPOSURE_LIKELY: facts.reported.includes('MEDIA_EXPOSURE_LIKELY'),
    OUTSIDE_HELP_NEEDED: facts.reported.includes('OUTSIDE_HELP_NEEDED'),
    GROUP_OF_MAJOR_SIZE: facts.groupSize >= policy.majorGroupSize,
    GROUP_OF_HOT_SIZE: facts.groupSize >= policy.hotGroupSize,
    SECOND_COMPLAINT: facts.secondComplaintCount > 0,
    UNRESOLVED_FOR_A_MONTH: facts.unresolvedForAMonth,
    UNRESOLVED_FOR_A_WEEK: facts.unresolvedForAWeek,
  };
  const reasons = (Object.keys(holds) as (keyof typeof holds)[]).filter((reason) => holds[reason]);
  const fromFacts = reasons.map((reason) => severityOfReason[reason]).reduce<Severity>(moreSevere, 'GENERAL');
  return compareSeverity(facts.raisedTo, fromFacts) > 0
    ? { severity: facts.raisedTo, reasons: [...reasons, 'RAISED_BY_HAND'] }
    : { severity: fromFacts, reasons };
}
