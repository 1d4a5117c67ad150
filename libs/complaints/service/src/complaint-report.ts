import type { DataSource } from 'typeorm';
import { projectScope, type Principal } from '@anju/access';
import { badInput, notFound } from '@anju/commands';
import {
  causeClasses,
  complaintAges,
  complaintClockKinds,
  previousPeriod,
  reportableFacts,
  severities,
  shareOf,
  type ReturnVisitRelease,
  type ComplaintChannel,
  type ReportPeriod,
} from '@anju/complaints-rules';
import { daysBetween, type Clock } from '@anju/kernel';
import {
  grouped,
  readReport,
  type ClockRow,
  type ReceivedRow,
  type ReportQuestion,
  type ReportRows,
} from './complaint-report.reader';
import type {
  ClockFigures,
  ComplaintReport,
  ComplaintReportInput,
  ProjectReport,
  ReportCount,
} from './complaint-report.schema';

export const reportPermission = 'complaints.report.read';

const longestDays = 366;
/** Topics and causes; the others are in the counts. */
const mostListed = 20;

interface Row {
  readonly period: 'current' | 'previous';
  readonly grouped: number;
  readonly projectId: string | null;
}

/** The rows of one grouping of one period. */
function rowsFor<R extends Row>(rows: readonly R[], by: number, period: Row['period'] = 'current'): R[] {
  return rows.filter((row) => row.grouped === by && row.period === period);
}

/** A number of each period, 0 where there is no row. */
function compare<R extends Row>(
  rows: readonly R[],
  by: number,
  number: (row: R) => number,
  holds: (row: R) => boolean = () => true,
): ReportCount {
  const of = (period: Row['period']): number =>
    rowsFor(rows, by, period)
      .filter(holds)
      .reduce((sum, row) => sum + number(row), 0);
  return { current: of('current'), previous: of('previous') };
}

const count = (row: { readonly count: number }): number => row.count;

/** What is known of each key in either period, the most frequent first. */
function ranked<R extends Row & { readonly count: number }, Named extends object>(
  rows: readonly R[],
  by: number,
  named: (row: R) => Named,
  most = Number.POSITIVE_INFINITY,
): (Named & ReportCount)[] {
  const found = new Map<string, Named & { current: number; previous: number }>();
  for (const row of rows.filter((one) => one.grouped === by)) {
    const name = named(row);
    const key = JSON.stringify(name);
    const entry = found.get(key) ?? { ...name, current: 0, previous: 0 };
    entry[row.period] += row.count;
    found.set(key, entry);
  }
  return [...found]
    .sort(
      ([aKey, a], [bKey, b]) => b.current - a.current || b.previous - a.previous || (aKey < bKey ? -1 : 1),
    )
    .slice(0, most)
    .map(([, entry]) => entry);
}

const nothing = { kept: 0, missed: 0, undone: 0, pending: 0 };

function clockFigures(row: Omit<ClockRow, keyof Row | 'kind'> | undefined): ClockFigures {
  const { kept, missed, undone, pending } = row ?? nothing;
  return { kept, missed, undone, pending, keptShare: shareOf(kept, kept + missed) };
}

function receivedOf(
  rows: ReportRows,
): Pick<
  ComplaintReport,
  | 'received'
  | 'receivedAndOpen'
  | 'ofSeveralCustomers'
  | 'byCauseClass'
  | 'bySeverity'
  | 'byChannel'
  | 'topics'
  | 'causes'
  | 'secondComplaints'
> {
  const { received } = rows;
  const by = grouped.received;
  const total = (number: (row: ReceivedRow) => number): ReportCount => compare(received, by.total, number);
  const [resolvedOnce, cameBack] = [total((row) => row.everResolved), total((row) => row.cameBack)];
  return {
    received: total(count),
    receivedAndOpen: total((row) => row.open),
    ofSeveralCustomers: total((row) => row.ofSeveralCustomers),
    byCauseClass: causeClasses.map((causeClass) => ({
      causeClass,
      ...compare(received, by.causeClass, count, (row) => row.causeClass === causeClass),
    })),
    bySeverity: [...severities].reverse().map((severity) => ({
      severity,
      ...compare(received, by.severity, count, (row) => row.severity === severity),
    })),
    byChannel: ranked(received, by.channel, (row) => ({ channel: row.channel as ComplaintChannel })),
    topics: ranked(received, by.topic, ({ topic }) => ({ topic: topic! }), mostListed),
    causes: ranked(
      received,
      by.causeClassAndTopic,
      ({ causeClass, topic }) => ({ causeClass: causeClass!, topic: topic! }),
      mostListed,
    ),
    secondComplaints: {
      current: shareOf(cameBack.current, resolvedOnce.current),
      previous: shareOf(cameBack.previous, resolvedOnce.previous),
    },
  };
}

/** The projects of which anything is to be told, those with the most cases first. */
function projectsOf(rows: ReportRows): ProjectReport[] {
  const of = <R extends Row>(all: readonly R[], by: number): Map<string, R> =>
    new Map(rowsFor(all, by).map((row) => [row.projectId!, row]));
  const received = of(rows.received, grouped.received.project);
  const resolved = of(rows.resolved, grouped.byProject.project);
  const open = of(rows.ages, grouped.named.project);
  const clocks = of(rows.clocks, grouped.named.project);
  const visits = of(rows.visits, grouped.byProject.project);
  const ids = new Set([received, resolved, open, clocks, visits].flatMap((known) => [...known.keys()]));
  return [...ids]
    .map((projectId): ProjectReport => {
      const [cases, duties] = [received.get(projectId), clocks.get(projectId) ?? nothing];
      return {
        projectId,
        project: { id: projectId },
        received: cases?.count ?? 0,
        hot: cases?.hot ?? 0,
        major: cases?.major ?? 0,
        resolved: resolved.get(projectId)?.count ?? 0,
        openAtEnd: open.get(projectId)?.count ?? 0,
        clocksKept: shareOf(duties.kept, duties.kept + duties.missed),
        secondComplaints: shareOf(cases?.cameBack ?? 0, cases?.everResolved ?? 0),
        satisfaction: visits.get(projectId)?.mean ?? null,
      };
    })
    .sort((a, b) => b.received - a.received || (a.projectId < b.projectId ? -1 : 1));
}

/** The report that the figures are. */
export function reportOf({ period, previous, now }: ReportQuestion, rows: ReportRows): ComplaintReport {
  const { resolved, closed, clocks, visits, released, facts, ages } = rows;
  const total = grouped.byProject.total;
  const [resolvedNow] = rowsFor(resolved, total);
  const [resolvedBefore] = rowsFor(resolved, total, 'previous');
  const [visitsNow] = rowsFor(visits, total);
  const [visitsBefore] = rowsFor(visits, total, 'previous');
  const ofKind = (kind: string, which: Row['period']): ClockRow | undefined =>
    rowsFor(clocks, grouped.named.name, which).find((row) => row.kind === kind);
  const releasedFor = (release: ReturnVisitRelease): ReportCount =>
    compare(released, grouped.named.name, count, (row) => row.name === release);
  return {
    from: period.from,
    to: period.to,
    previousFrom: previous.from,
    previousTo: previous.to,
    madeAt: now,
    ...receivedOf(rows),
    resolved: compare(resolved, total, count),
    closed: compare(closed, total, count),
    openAtEnd: compare(ages, grouped.named.total, count),
    hoursToResolution: {
      current: resolvedNow?.meanHours ?? null,
      previous: resolvedBefore?.meanHours ?? null,
    },
    facts: reportableFacts.flatMap((fact) => {
      const found = compare(facts, grouped.named.name, count, (row) => row.name === fact);
      return found.current + found.previous === 0 ? [] : [{ fact, ...found }];
    }),
    ages: complaintAges.map((age) => ({
      age,
      ...compare(ages, grouped.named.name, count, (row) => row.name === age),
    })),
    clocks: complaintClockKinds
      .filter((kind) => ofKind(kind, 'current') ?? ofKind(kind, 'previous'))
      .map((kind) => ({
        kind,
        current: clockFigures(ofKind(kind, 'current')),
        previous: clockFigures(ofKind(kind, 'previous')),
      })),
    satisfaction: {
      visits: compare(visits, total, count),
      mean: { current: visitsNow?.mean ?? null, previous: visitsBefore?.mean ?? null },
      points: [...(visitsNow?.points ?? [0, 0, 0, 0, 0])],
      declined: releasedFor('DECLINED'),
      unreachable: releasedFor('UNREACHABLE'),
    },
    projects: projectsOf(rows),
  };
}

/**
 * @param field under which the last day was given
 * @throws Fault BAD_USER_INPUT when the days are none, or too many
 */
export function requirePeriod({ from, to }: ReportPeriod, field = 'input.to'): void {
  const days = daysBetween(from, to) + 1;
  if (days < 1) {
    throw badInput({ field, problem: 'lies before from', expected: `${from} or later` });
  }
  if (days > longestDays) {
    throw badInput({
      field,
      problem: `makes ${days} days`,
      expected: `at most ${longestDays} days`,
    });
  }
}

/** Makes the regular report upward (CMP-16): figures of projects, never of a person. */
export class ComplaintReports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Fault BAD_USER_INPUT for a period that cannot be, NOT_FOUND for a project of which the reader may not
   *   have the report
   */
  async make(input: ComplaintReportInput, reader: Principal): Promise<ComplaintReport> {
    const period = { from: input.from, to: input.to };
    requirePeriod(period);
    const scope = projectScope(reader, reportPermission);
    const asked = input.projectIds;
    const hidden = scope === 'ALL' ? undefined : asked?.find((id) => !scope.includes(id));
    if (hidden !== undefined) throw notFound('Project', hidden);
    const question: ReportQuestion = {
      period,
      previous: previousPeriod(period),
      projects: asked ?? scope,
      now: this.clock.now(),
    };
    return reportOf(question, await readReport(this.dataSource, question));
  }
}
