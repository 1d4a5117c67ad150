import { metricCatalogue } from '@anju/insights';
import { severityByHand, type CountedCase, type CountedSeverity } from './counted-case';
import { NaiveCalendar } from './naive-calendar';
import type { YearGround } from './year-ground';
import type { YearPlan } from './year-plan';
import type { PlayedYear } from './year-player';

/** What was found to be otherwise than counted; empty where all is well. */
export type Findings = readonly string[];

interface StoredClock {
  readonly sequence: number;
  readonly kind: string;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly warnAt: string | null;
  readonly metAt: string | null;
  readonly missedAt: string | null;
  readonly lapsedAt: string | null;
}

interface StoredCase {
  readonly id: string;
  readonly status: string;
  readonly severity: CountedSeverity;
  readonly cause_class: string;
  readonly version: number;
  readonly resolved_at: Date | null;
  readonly closed_at: Date | null;
  readonly clocks: readonly StoredClock[];
}

interface HistoryRow {
  readonly aggregate_id: string;
  readonly version: number;
  readonly command: string;
  readonly from_status: string | null;
  readonly to_status: string;
  readonly at: Date;
  readonly facts: readonly Record<string, unknown>[];
}

const millis = (text: string | null): number | null => (text === null ? null : Date.parse(text));
const batch = 2_000;
const mostFindings = 40;

/** Holds what the services have after the year against what was counted by hand. */
export class YearCheck {
  private readonly findings: string[] = [];
  readonly counted = { clocks: 0, missed: 0, warned: 0, fired: 0, historyRows: 0, metrics: 0 };

  constructor(
    private readonly ground: YearGround,
    private readonly plan: YearPlan,
    private readonly played: PlayedYear,
  ) {}

  async run(): Promise<Findings> {
    const { ids } = this.played;
    for (let from = 0; from < ids.length; from += batch) {
      const some = ids.slice(from, from + batch);
      const stored = new Map((await this.casesOf(some)).map((one) => [one.id, one]));
      const told = await this.toldOf(some);
      const histories = await this.historiesOf(some);
      some.forEach((id, index) => {
        const counted = this.plan.cases[from + index]!;
        const one = stored.get(id);
        if (!one) return this.find(`case ${from + index} is not there`);
        this.compareCase(from + index, counted, one);
        this.compareTold(from + index, one, told.get(id) ?? new Map());
        this.replay(from + index, one, histories.get(id) ?? []);
      });
    }
    await this.checkCount(ids.length);
    await this.checkDeadlines();
    await this.checkMetrics();
    return this.findings;
  }

  private find(what: string): void {
    if (this.findings.length < mostFindings) this.findings.push(what);
  }

  private ask<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.ground.complaints.dataSource.query(sql, parameters);
  }

  private casesOf(ids: readonly string[]): Promise<StoredCase[]> {
    return this.ask(
      `select id, status, severity, cause_class, version, resolved_at, closed_at, clocks
       from complaint where id = any($1)`,
      [ids],
    );
  }

  /** How often which duty was told as met, as missed, as about to be missed: by case, then by `type sequence at`. */
  private async toldOf(ids: readonly string[]): Promise<Map<string, Map<string, number>>> {
    const rows = await this.ask<{ id: string; what: string; count: number }>(
      `select aggregateid as id, count(*)::int as count,
              type || ' ' || (payload->'data'->>'sequence') || ' ' ||
                (extract(epoch from (payload->>'time')::timestamptz) * 1000)::bigint as what
       from outbox where aggregateid = any($1)
         and type in ('complaint-clock-met.v1', 'complaint-clock-missed.v1', 'complaint-clock-warned.v1')
       group by 1, 3`,
      [ids],
    );
    const byCase = new Map<string, Map<string, number>>();
    for (const { id, what, count } of rows) {
      const own = byCase.get(id) ?? new Map<string, number>();
      byCase.set(id, own.set(what, count));
    }
    return byCase;
  }

  private async historiesOf(ids: readonly string[]): Promise<Map<string, HistoryRow[]>> {
    const rows = await this.ask<HistoryRow>(
      `select aggregate_id, version, command, from_status, to_status, at, facts from history
       where aggregate_type = 'Complaint' and aggregate_id = any($1) order by aggregate_id, version`,
      [ids],
    );
    const byCase = new Map<string, HistoryRow[]>();
    for (const row of rows) {
      const own = byCase.get(row.aggregate_id);
      if (own) own.push(row);
      else byCase.set(row.aggregate_id, [row]);
    }
    return byCase;
  }

  private compareCase(story: number, counted: CountedCase, stored: StoredCase): void {
    const { receipt } = counted;
    const same = (what: string, byHand: unknown, found: unknown): void => {
      const [a, b] = [JSON.stringify(byHand), JSON.stringify(found)];
      if (a !== b) this.find(`case ${story}, ${what}: by hand ${a}, found ${b}`);
    };
    same('status', counted.status, stored.status);
    same('severity', counted.severity, stored.severity);
    same('class', counted.causeClass, stored.cause_class);
    same('resolved', counted.resolvedAt, stored.resolved_at?.getTime() ?? null);
    same('closed', counted.closedAt, stored.closed_at?.getTime() ?? null);
    const clockOf = (one: readonly (string | number | null)[]): string => one.join(' ');
    same(
      'clocks',
      counted.clocks
        .map(({ kind, ...at }) => clockOf([at.startedAt, kind, at.dueAt, at.metAt, at.missedAt, at.lapsedAt]))
        .sort(),
      stored.clocks
        .map(({ kind, ...at }) =>
          clockOf([
            ...[millis(at.startedAt), kind, millis(at.dueAt)],
            ...[millis(at.metAt), millis(at.missedAt), millis(at.lapsedAt)],
          ]),
        )
        .sort(),
    );
    const calendar = new NaiveCalendar(receipt.project);
    for (const { kind, dueAt } of stored.clocks) {
      this.counted.clocks += 1;
      const at = Date.parse(dueAt);
      const isInside = /^(RESPONSE|DEMAND_FORM)$/.test(kind)
        ? calendar.isOfficeTime(at)
        : !/^(REPLY|MEASURES)$/.test(kind) || calendar.isDeskTime(at);
      if (!isInside) this.find(`case ${story}: ${kind} is due outside its calendar, ${dueAt}`);
    }
  }

  /** Each duty is told of once, as kept or at the moment at which it was missed; a warning comes once, and before. */
  private compareTold(story: number, { clocks }: StoredCase, told: ReadonlyMap<string, number>): void {
    const expected = new Set<string>();
    for (const { sequence, dueAt, warnAt, metAt, missedAt, lapsedAt } of clocks) {
      if (missedAt !== null) expected.add(`complaint-clock-missed.v1 ${sequence} ${millis(dueAt)}`);
      else if (metAt !== null) expected.add(`complaint-clock-met.v1 ${sequence} ${millis(metAt)}`);
      if (warnAt == null) continue;
      const endsAt = Math.min(millis(metAt) ?? Infinity, millis(lapsedAt) ?? Infinity, this.plan.endsAt + 1);
      // What is done at the moment of the warning comes after it.
      if (millis(warnAt)! <= endsAt && millis(warnAt)! <= this.plan.endsAt) {
        expected.add(`complaint-clock-warned.v1 ${sequence} ${millis(warnAt)}`);
      }
    }
    for (const what of expected) {
      if (what.startsWith('complaint-clock-missed')) this.counted.missed += 1;
      if (what.startsWith('complaint-clock-warned')) this.counted.warned += 1;
      if (told.get(what) !== 1) this.find(`case ${story}: told ${told.get(what) ?? 0} times: ${what}`);
    }
    for (const [what, count] of told) {
      if (!expected.has(what)) this.find(`case ${story}: told ${count} times, but not counted: ${what}`);
    }
  }

  /** The history leads, step by step and by allowed transitions, to the state; severity never lags behind. */
  private replay(story: number, stored: StoredCase, rows: readonly HistoryRow[]): void {
    let status: string | null = null;
    let severity: CountedSeverity = 'GENERAL';
    let latest = -Infinity;
    const members = new Set<string>();
    const facts = new Set<string>();
    const known = { secondComplaints: 0, weekOld: false, monthOld: false };
    rows.forEach((row, index) => {
      this.counted.historyRows += 1;
      if (row.version !== index + 1) this.find(`case ${story}: version ${row.version} at place ${index + 1}`);
      if (row.from_status !== status)
        this.find(`case ${story}: ${row.command} from ${row.from_status} after ${status}`);
      if (row.at.getTime() < latest && index > 1)
        this.find(`case ${story}: ${row.command} goes back in time`);
      latest = row.at.getTime();
      status = row.to_status;
      known.weekOld ||= row.command === 'deadline:BECOMES_HOT';
      known.monthOld ||= row.command === 'deadline:BECOMES_MAJOR';
      for (const fact of row.facts) {
        if (fact['type'] === 'ComplaintReceived') severity = fact['severity'] as CountedSeverity;
        if (fact['type'] === 'ComplaintSeverityChanged') severity = fact['to'] as CountedSeverity;
        if (fact['type'] === 'ComplaintReopened') known.secondComplaints += 1;
        if (fact['type'] === 'ComplaintCustomerJoined') members.add(fact['customerId'] as string);
        for (const one of (fact['customerIds'] as string[] | undefined) ?? []) members.add(one);
        if (fact['type'] === 'ComplaintReceived' || fact['type'] === 'ComplaintFactsAdded') {
          for (const one of (fact['facts'] as string[] | undefined) ?? []) facts.add(one);
        }
      }
      const least = severityByHand({
        ...known,
        ...{ facts: [...facts], groupSize: members.size, raisedTo: 'GENERAL' },
      });
      const rank = ['GENERAL', 'HOT', 'MAJOR'];
      if (rank.indexOf(severity) < rank.indexOf(least)) {
        this.find(`case ${story}: ${severity} after ${row.command}, but the facts say ${least}`);
      }
    });
    if (status !== stored.status || rows.length !== stored.version || severity !== stored.severity) {
      const found = [stored.status, stored.version, stored.severity].join();
      this.find(
        `case ${story}: the history ends ${[status, rows.length, severity].join()}, the case is ${found}`,
      );
    }
  }

  private async checkCount(cases: number): Promise<void> {
    const [row] = await this.ask<{ count: number }>('select count(*)::int as count from complaint');
    if (row!.count !== cases) this.find(`${row!.count} cases, by hand ${cases}`);
  }

  /** Every due time has fired that was due, once, and nothing else has. */
  private async checkDeadlines(): Promise<void> {
    const [row] = await this.ask<{ late: number; fired: number; told: number; apart: number }>(
      `with fired as (select * from deadline where aggregate_type = 'Complaint' and fired_at is not null),
            told as (select aggregate_id, at, substr(command, 10) as kind from history
                     where aggregate_type = 'Complaint' and command like 'deadline:%')
       select (select count(*)::int from deadline where fired_at is null and due_at <= $1) as late,
              (select count(*)::int from fired) as fired, (select count(*)::int from told) as told,
              (select count(*)::int from fired f full join told t
                 on t.aggregate_id = f.aggregate_id and t.kind = f.kind and t.at = f.due_at
               where f.id is null or t.kind is null) as apart`,
      [new Date(this.plan.endsAt)],
    );
    const { late, fired, told, apart } = row!;
    this.counted.fired = fired;
    if (late > 0) this.find(`${late} due times have not fired`);
    if (told !== fired || apart > 0) {
      this.find(`${fired} due times fired, ${told} are in the histories, ${apart} are in one place only`);
    }
  }

  /** Each metric of the catalogue that is of complaints, against a count over all cases. */
  private async checkMetrics(): Promise<void> {
    const byHand = metricsByHand(this.plan.cases);
    for (const { id, owner } of metricCatalogue) {
      if (owner !== 'complaints') continue;
      const expected = byHand[id];
      if (!expected) {
        this.find(`nobody has counted ${id}`);
        continue;
      }
      for (const [dimension, values] of Object.entries(expected)) {
        const column = dimension === 'all' ? `'all'` : dimension;
        const rows: { value: string; numerator: string; denominator: string | null }[] =
          await this.ground.insights.dataSource.query(
            `select ${column} as value, sum(numerator) as numerator, sum(denominator) as denominator
             from metric_${id} group by 1 order by 1`,
          );
        const shown = (numerator: number | string, denominator: number | string | null): string =>
          `${Math.round(Number(numerator) * 1_000) / 1_000}/${denominator === null ? '' : Number(denominator)}`;
        const found = rows.map((one) => `${one.value} ${shown(one.numerator, one.denominator)}`).sort();
        const wanted = Object.entries(values)
          .map(([value, one]) => `${value} ${shown(one.numerator, one.denominator)}`)
          .sort();
        this.counted.metrics += 1;
        if (found.join() !== wanted.join())
          this.find(`${id} by ${dimension}: by hand ${wanted.join(', ')}; found ${found.join(', ')}`);
      }
    }
  }
}

interface Sum {
  numerator: number;
  denominator: number | null;
}

/** By metric, by dimension, by value. */
type Sums = Record<string, Record<string, Record<string, Sum>>>;

const clockMetrics = {
  RESPONSE: 'responses_within_one_working_day',
  REPLY: 'replies_within_four_hours',
  MEASURES: 'measures_by_closing_time',
  CALLBACK: 'callbacks_within_two_days',
  DEMAND_FORM: 'demand_forms_on_time',
  SPECIAL_REPORT: 'special_reports_on_time',
  RETURN_VISIT: 'return_visits_within_three_days',
} as const;

function metricsByHand(cases: readonly CountedCase[]): Sums {
  // The year has no case of the whole company.
  const sums: Sums = { company_measures_on_time: { all: {} } };
  const add = (
    metric: string,
    by: Record<string, string>,
    numerator: number,
    denominator: number | null,
  ): void => {
    for (const [dimension, value] of Object.entries({ all: 'all', ...by })) {
      const values = ((sums[metric] ??= {})[dimension] ??= {});
      const sum = (values[value] ??= { numerator: 0, denominator: denominator === null ? null : 0 });
      if (denominator !== null) sum.denominator! += denominator;
      sum.numerator += numerator;
    }
  };
  for (const one of cases) {
    const by = { severity: one.severity, cause_class: one.causeClass };
    const { receivedAt } = one.receipt;
    add('complaints_received', by, 1, null);
    if (one.closedAt === null) add('complaints_open', by, 1, null);
    if (one.severity === 'MAJOR') add('complaints_major', { cause_class: one.causeClass }, 1, null);
    if (one.resolvedAt !== null) {
      add('complaint_hours_to_resolution', by, (one.resolvedAt - receivedAt) / 3_600_000, 1);
    }
    if (one.everResolved) add('second_complaints', by, Number(one.secondComplaints > 0), 1);
    for (const { kind, metAt, missedAt } of one.clocks) {
      const metric = clockMetrics[kind as keyof typeof clockMetrics];
      if (metric && (metAt !== null || missedAt !== null)) add(metric, {}, Number(missedAt === null), 1);
    }
    for (const { satisfaction } of one.visits) add('satisfaction', {}, satisfaction, 1);
  }
  return sums;
}
