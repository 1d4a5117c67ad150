import { metricCatalogue } from '@anju/insights';
import { CaseCheck, caseColumns, type StoredCase } from './case-check';
import type { CountedCase } from './counted-case';
import { checkHistory, differences, type HistoryRow } from './history-check';
import { metricsByHand } from './metrics-by-hand';
import { checkReports } from './report-check';
import type { YearGround } from './year-ground';
import type { YearPlan } from './year-plan';
import type { PlayedYear } from './year-player';

/** What was found to be otherwise than counted; empty where all is well. */
export type Findings = readonly string[];

const batch = 2_000;
const mostFindings = 40;

/** Holds what the services have after the year against what was counted by hand. */
export class YearCheck {
  private readonly findings: string[] = [];
  readonly counted = {
    ...{ clocks: 0, missed: 0, warned: 0, fired: 0, historyRows: 0, events: 0, metrics: 0, figures: 0 },
  };

  constructor(
    private readonly ground: YearGround,
    private readonly plan: YearPlan,
    private readonly played: PlayedYear,
  ) {}

  async run(): Promise<Findings> {
    const { ids } = this.played;
    const find = (what: string): void => this.find(what);
    const check = new CaseCheck(this.ground, ids, find);
    for (let from = 0; from < ids.length; from += batch) {
      const some = ids.slice(from, from + batch);
      const stored = new Map((await this.casesOf(some)).map((one) => [one.id, one]));
      const told = await this.toldOf(some);
      const histories = await this.historiesOf(some);
      some.forEach((id, index) => {
        const story = from + index;
        const counted = this.plan.cases[story]!;
        const one = stored.get(id);
        if (!one) return this.find(`case ${story} is not there`);
        check.compare(story, counted, one);
        this.compareTold(story, counted, told.get(id) ?? []);
        const rows = histories.get(id) ?? [];
        this.counted.historyRows += rows.length;
        checkHistory(story, { counted, stored: one }, rows, find);
      });
    }
    await this.checkCount(ids.length);
    await this.checkDeadlines();
    await this.checkBeside();
    await this.checkMetrics();
    const reports = await checkReports(this.ground, this.plan);
    this.counted.figures = reports.figures;
    reports.findings.forEach(find);
    return this.findings;
  }

  private find(what: string): void {
    if (this.findings.length < mostFindings) this.findings.push(what);
  }

  private ask<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.ground.complaints.dataSource.query(sql, parameters);
  }

  private casesOf(ids: readonly string[]): Promise<StoredCase[]> {
    return this.ask(`select ${caseColumns} from complaint where id = any($1)`, [ids]);
  }

  /** What was told of each case, as `type at`, and of a duty as `type at sequence`. */
  private async toldOf(ids: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.ask<{ id: string; what: string }>(
      `select aggregateid as id,
              type || ' ' || (extract(epoch from (payload->>'time')::timestamptz) * 1000)::bigint ||
                case when type like 'complaint-clock-%' then ' ' || (payload->'data'->>'sequence') else '' end as what
       from outbox where aggregateid = any($1)`,
      [ids],
    );
    return grouped(
      rows,
      ({ id }) => id,
      ({ what }) => what,
    );
  }

  private async historiesOf(ids: readonly string[]): Promise<Map<string, HistoryRow[]>> {
    const rows = await this.ask<HistoryRow>(
      `select aggregate_id, version, command, from_status, to_status, at, facts from history
       where aggregate_type = 'Complaint' and aggregate_id = any($1) order by aggregate_id, version`,
      [ids],
    );
    return grouped(
      rows,
      (row) => row.aggregate_id,
      (row) => row,
    );
  }

  /** Everything is told of once, a duty as kept or at the moment at which it was missed. */
  private compareTold(story: number, { clocks, told: byHand }: CountedCase, told: readonly string[]): void {
    this.counted.clocks += clocks.length;
    this.counted.events += told.length;
    for (const what of byHand) {
      if (what.startsWith('complaint-clock-missed')) this.counted.missed += 1;
      if (what.startsWith('complaint-clock-warned')) this.counted.warned += 1;
    }
    const [missing, more] = differences(byHand, told);
    if (missing.length + more.length > 0) {
      this.find(`case ${story}, told: by hand also ${missing.join(', ')}; found also ${more.join(', ')}`);
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

  /** What stands beside the cases for their lists says what the cases and their due times say. */
  private async checkBeside(): Promise<void> {
    const pending = 'id, project_id, next_due_at, duty_due_at, overdue_since_at, reply_awaits';
    const isPending =
      '(next_due_at, duty_due_at, overdue_since_at, reply_awaits) is distinct from (null, null, null, null)';
    const sides = {
      'what is pending': [
        `select ${pending} from complaint where ${isPending}`,
        `select ${pending} from complaint_pending`,
      ],
      'what is due': [
        `select aggregate_id, kind, due_at from deadline
         where aggregate_type = 'Complaint' and fired_at is null and kind not like 'WARN:%'`,
        'select complaint_id, kind, due_at from complaint_due',
      ],
      'what is open': [
        'select id from complaint where not is_over',
        `select id from complaint where status not in ('CLOSED', 'JOINED')`,
      ],
    };
    for (const [what, [one, other]] of Object.entries(sides)) {
      const [row] = await this.ask<{ n: number }>(
        `select ((select count(*) from (${one} except ${other}) a) + (select count(*) from (${other} except ${one}) b))::int as n`,
      );
      if (row!.n > 0) this.find(`${what} of ${row!.n} is otherwise in the lists`);
    }
  }

  /** Each metric of the catalogue that is of complaints, by each of its dimensions, against a count over all cases. */
  private async checkMetrics(): Promise<void> {
    const byHand = metricsByHand(this.plan.cases);
    const projects = new Map(this.ground.projectIds.map((id, project) => [id, `${project}`]));
    const columns: Readonly<Record<string, string>> = {
      ...{ all: `'all'`, month: `to_char(day, 'YYYY-MM')`, project: 'project_id::text' },
    };
    for (const { id, owner } of metricCatalogue) {
      if (owner !== 'complaints') continue;
      const expected = byHand[id];
      if (!expected) {
        this.find(`nobody has counted ${id}`);
        continue;
      }
      for (const [dimension, values] of Object.entries(expected)) {
        const rows: { value: string; numerator: string; denominator: string | null }[] =
          await this.ground.insights.dataSource.query(
            `select ${columns[dimension] ?? dimension} as value, sum(numerator) as numerator,
                    sum(denominator) as denominator
             from metric_${id} group by 1`,
          );
        const shown = (numerator: number | string, denominator: number | string | null): string =>
          // Hours are compared by their seconds.
          `${Math.round(Number(numerator) * 3_600) / 3_600}/${denominator === null ? '' : Number(denominator)}`;
        const found = rows.map(
          (one) => `${projects.get(one.value) ?? one.value} ${shown(one.numerator, one.denominator)}`,
        );
        const wanted = Object.entries(values).map(
          ([value, one]) => `${value} ${shown(one.numerator, one.denominator)}`,
        );
        this.counted.metrics += 1;
        const [missing, more] = differences(wanted, found);
        if (missing.length + more.length === 0) continue;
        this.find(`${id} by ${dimension}: by hand ${missing.join(', ')}; found ${more.join(', ')}`);
      }
    }
  }
}

function grouped<Row, What>(
  rows: readonly Row[],
  key: (row: Row) => string,
  what: (row: Row) => What,
): Map<string, What[]> {
  const groups = new Map<string, What[]>();
  for (const row of rows) {
    const own = groups.get(key(row));
    if (own) own.push(what(row));
    else groups.set(key(row), [what(row)]);
  }
  return groups;
}
