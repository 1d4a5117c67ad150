import type { CountedSeverity } from './case-step';
import type { CountedPolicy } from './year-world';

const rank = { GENERAL: 0, HOT: 1, MAJOR: 2 } as const;
const severityOfFact: Readonly<Record<string, CountedSeverity>> = {
  LAWSUIT_FILED: 'MAJOR',
  MEDIA_EXPOSURE: 'MAJOR',
  LAWSUIT_LIKELY: 'HOT',
  MEDIA_EXPOSURE_LIKELY: 'HOT',
  OUTSIDE_HELP_NEEDED: 'HOT',
};

export function worse(a: CountedSeverity, b: CountedSeverity): CountedSeverity {
  return rank[b] > rank[a] ? b : a;
}

/** Below 0 where the first is the less grave, above where it is the graver one. */
export function compared(a: CountedSeverity, b: CountedSeverity): number {
  return rank[a] - rank[b];
}

/** The severity that CMP-02 asks for, from plain numbers. */
export function severityByHand(
  known: {
    readonly facts: readonly string[];
    readonly groupSize: number;
    readonly secondComplaints: number;
    readonly raisedTo: CountedSeverity;
  },
  { weekOld, monthOld }: { readonly weekOld: boolean; readonly monthOld: boolean },
  { hotGroupSize, majorGroupSize }: Pick<CountedPolicy, 'hotGroupSize' | 'majorGroupSize'>,
): CountedSeverity {
  const { facts, groupSize, secondComplaints, raisedTo } = known;
  const reasons: CountedSeverity[] = facts.map((fact) => severityOfFact[fact] ?? 'GENERAL');
  if (groupSize >= majorGroupSize || monthOld) reasons.push('MAJOR');
  if (groupSize >= hotGroupSize || secondComplaints > 0 || weekOld) reasons.push('HOT');
  return reasons.reduce(worse, raisedTo);
}
