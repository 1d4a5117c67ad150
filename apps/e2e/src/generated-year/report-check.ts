import type { YearGround } from './year-ground';
import type { YearPlan } from './year-plan';
import { periodBefore, reportByHand, type Period } from './report-by-hand';

type Counted = { readonly current: number; readonly previous: number };
type Compared<T> = { readonly current: T; readonly previous: T };
interface Share {
  readonly part: number;
  readonly whole: number;
}
interface ClockFigures {
  readonly kept: number;
  readonly missed: number;
  readonly undone: number;
  readonly pending: number;
}

interface Report {
  readonly previousFrom: string;
  readonly previousTo: string;
  readonly received: Counted;
  readonly receivedAndOpen: Counted;
  readonly ofSeveralCustomers: Counted;
  readonly resolved: Counted;
  readonly closed: Counted;
  readonly openAtEnd: Counted;
  readonly hoursToResolution: Compared<string | null>;
  readonly byCauseClass: readonly (Counted & { readonly causeClass: string })[];
  readonly bySeverity: readonly (Counted & { readonly severity: string })[];
  readonly byChannel: readonly (Counted & { readonly channel: string })[];
  readonly facts: readonly (Counted & { readonly fact: string })[];
  readonly ages: readonly (Counted & { readonly age: string })[];
  readonly clocks: readonly (Compared<ClockFigures> & { readonly kind: string })[];
  readonly secondComplaints: Compared<Share>;
  readonly satisfaction: {
    readonly visits: Counted;
    readonly mean: Compared<string | null>;
    readonly points: readonly number[];
    readonly declined: Counted;
    readonly unreachable: Counted;
  };
  readonly projects: readonly { readonly projectId: string; readonly received: number }[];
}

const both = 'current previous';
const figures = 'kept missed undone pending';
const query = `query($input: ComplaintReportInput!) { complaintReport(input: $input) {
  previousFrom previousTo
  received { ${both} } receivedAndOpen { ${both} } ofSeveralCustomers { ${both} } resolved { ${both} }
  closed { ${both} } openAtEnd { ${both} } hoursToResolution { ${both} }
  byCauseClass { causeClass ${both} } bySeverity { severity ${both} } byChannel { channel ${both} }
  facts { fact ${both} } ages { age ${both} }
  clocks { kind current { ${figures} } previous { ${figures} } }
  secondComplaints { current { part whole } previous { part whole } }
  satisfaction { visits { ${both} } mean { ${both} } points declined { ${both} } unreachable { ${both} } } projects { projectId received } } }`;

const pair = <T>({ current, previous }: Compared<T>): readonly [T, T] => [current, previous];
const shareOf = ({ part, whole }: Share): readonly number[] => [part, whole];
const clocksOf = ({ kept, missed, undone, pending }: ClockFigures): readonly number[] => [
  ...[kept, missed, undone, pending],
];

function byName<One extends Counted>(
  all: readonly One[],
  name: (one: One) => string,
): Record<string, readonly number[]> {
  const sorted = all.map((one) => [name(one), pair(one)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted);
}

/** The report in the words of the count. */
function asCounted(report: Report): Record<string, unknown> {
  return {
    received: pair(report.received),
    receivedAndOpen: pair(report.receivedAndOpen),
    ofSeveralCustomers: pair(report.ofSeveralCustomers),
    resolved: pair(report.resolved),
    closed: pair(report.closed),
    openAtEnd: pair(report.openAtEnd),
    hoursToResolution: pair(report.hoursToResolution).map(asNumber),
    byCauseClass: byName(report.byCauseClass, ({ causeClass }) => causeClass),
    bySeverity: byName(report.bySeverity, ({ severity }) => severity),
    byChannel: byName(report.byChannel, ({ channel }) => channel),
    facts: byName(report.facts, ({ fact }) => fact),
    ages: byName(report.ages, ({ age }) => age),
    clocks: Object.fromEntries(report.clocks.map((one) => [one.kind, pair(one).map(clocksOf)])),
    secondComplaints: pair(report.secondComplaints).map(shareOf),
    visits: pair(report.satisfaction.visits),
    meanSatisfaction: pair(report.satisfaction.mean).map(asNumber),
    points: report.satisfaction.points,
    declined: pair(report.satisfaction.declined),
    unreachable: pair(report.satisfaction.unreachable),
  };
}

function asNumber(decimal: string | null): number | null {
  return decimal === null ? null : Number(decimal);
}

/** Every figure of the report of every month, of the year and of one project, against the count. @returns findings */
export async function checkReports(
  ground: YearGround,
  { cases, endsAt }: YearPlan,
): Promise<{ readonly findings: readonly string[]; readonly figures: number }> {
  const findings: string[] = [];
  let count = 0;
  const months = Array.from({ length: 12 }, (_, month): Period => {
    const name = `2026-${String(month + 1).padStart(2, '0')}`;
    return { from: `${name}-01`, to: `${name}-${new Date(Date.UTC(2026, month + 1, 0)).getUTCDate()}` };
  });
  const asked: { readonly period: Period; readonly project: number | null }[] = [
    ...months.map((period) => ({ period, project: null })),
    { period: { from: '2026-03-05', to: '2026-05-20' }, project: null },
    ...[0, 1, 2].map((project) => ({ period: { from: '2026-06-10', to: '2026-11-30' }, project })),
  ];
  for (const { period, project } of asked) {
    const own = project === null ? cases : cases.filter(({ receipt }) => receipt.project === project);
    const projectIds = project === null ? null : [ground.projectIds[project]];
    const { complaintReport: report } = await ground.ask<{ complaintReport: Report }>(query, {
      input: { ...period, projectIds },
    });
    const [found, wanted] = [asCounted(report), reportByHand(own, period, endsAt) as Record<string, unknown>];
    wanted['hoursToResolution'] = (wanted['hoursToResolution'] as (string | null)[]).map(asNumber);
    wanted['meanSatisfaction'] = (wanted['meanSatisfaction'] as (string | null)[]).map(asNumber);
    for (const [name, byHand] of Object.entries(wanted)) {
      count += 1;
      if (same(byHand, found[name])) continue;
      const where = `${name} of ${period.from}…${period.to}, project ${project ?? 'all'}`;
      findings.push(`${where}: by hand ${JSON.stringify(byHand)}, found ${JSON.stringify(found[name])}`);
    }
    const before = periodBefore(period);
    if (report.previousFrom !== before.from || report.previousTo !== before.to) {
      findings.push(`before ${period.from}…${period.to}: ${report.previousFrom}…${report.previousTo}`);
    }
  }
  return { findings, figures: count };
}

/** A mean may be rounded the other way where it lies in the middle. */
function same(byHand: unknown, found: unknown): boolean {
  if (typeof byHand === 'number' && typeof found === 'number') return Math.abs(byHand - found) < 0.011;
  if (typeof byHand !== 'object' || byHand === null) return byHand === found;
  if (typeof found !== 'object' || found === null) return false;
  const [a, b] = [byHand as Record<string, unknown>, found as Record<string, unknown>];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => same(a[name], b[name]));
}
