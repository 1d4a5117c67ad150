import type { CauseClass, ComplaintPolicy, ReportPeriod } from '@anju/complaints-rules';
import { addLocalDays } from '@anju/kernel';
import { defaultTimeZone, label, type Locale } from '@anju/labels';
import type { PrintedColumn, PrintedDocument, PrintedSection } from '@anju/printing';
import type { ComplaintReport, ReportCount } from './complaint-report.schema';
import { numbered, pageFoot, policyName, printedTime } from './printed-words';

/** What a document says besides the figures. */
export interface ReportHead {
  /** Codes of the projects by their ids. */
  readonly codes: ReadonlyMap<string, string>;
  /** The projects that were asked for; null for all of the reader's. */
  readonly projectIds: readonly string[] | null;
  readonly locale: Locale;
  /** What topics and cause classes are called. */
  readonly policy: Pick<ComplaintPolicy, 'topics' | 'causeClassNames'>;
}

const absent = '—';

/** `2026-03` for a whole month, else both ends. */
export function periodName({ from, to }: ReportPeriod): string {
  const isMonth =
    from.endsWith('-01') && addLocalDays(to, 1).endsWith('-01') && from.slice(0, 7) === to.slice(0, 7);
  return isMonth ? from.slice(0, 7) : `${from}_${to}`;
}

/** Project and period, without an ending: `投诉报告-JX-2026-03`. */
export function reportFileName(report: ReportPeriod, { codes, projectIds, locale }: ReportHead): string {
  const whose = projectIds?.map((id) => codes.get(id) ?? id).slice(0, 5) ?? [];
  return [label('ComplaintReportText', 'FILE_NAME', locale), ...whose, periodName(report)].join('-');
}

function signed(change: number): string {
  return change > 0 ? `+${change}` : String(change);
}

/** The report for paper: the figures in the order in which they are read out. */
export function reportDocument(report: ComplaintReport, head: ReportHead): PrintedDocument {
  return new ReportWriter(report, head).document();
}

class ReportWriter {
  constructor(
    private readonly report: ComplaintReport,
    private readonly head: ReportHead,
  ) {}

  document(): PrintedDocument {
    const { report, head } = this;
    const sections = [
      this.counts(),
      this.compared('CAUSE_CLASSES', this.report.byCauseClass, (row) => this.causeClass(row.causeClass)),
      this.compared('SEVERITIES', report.bySeverity, (row) => this.of('Severity', row.severity)),
      this.compared('CHANNELS', report.byChannel, (row) => this.of('ComplaintChannel', row.channel)),
      this.compared('AGES', report.ages, (row) => this.of('ComplaintAge', row.age)),
      this.clocks(),
      this.causes(),
      this.compared('TOPICS', report.topics, (row) => this.topic(row.topic)),
      this.compared('FACTS', report.facts, (row) => this.of('ReportableFact', row.fact)),
      this.satisfaction(),
      ...(report.projects.length > 1 ? [this.projects()] : []),
    ];
    return {
      language: head.locale,
      title: this.text('TITLE'),
      facts: [
        [this.text('PROJECTS'), this.whose()],
        [this.text('PERIOD'), this.days(report.from, report.to)],
        [this.text('PREVIOUS_PERIOD'), this.days(report.previousFrom, report.previousTo)],
        [this.of('PrintedText', 'MADE_AT'), printedTime(report.madeAt, defaultTimeZone)],
      ],
      sections: numbered(sections),
      signatures: null,
      madeAt: report.madeAt,
      footer: pageFoot(this.text('TITLE'), head.locale),
    };
  }

  private text(key: string): string {
    return label('ComplaintReportText', key, this.head.locale);
  }

  private of(kind: string, key: string): string {
    return label(kind, key, this.head.locale);
  }

  private causeClass(causeClass: CauseClass): string {
    return policyName(this.head.policy.causeClassNames[causeClass], this.head.locale);
  }

  /** A contact may have brought a topic that the policy has no name for. */
  private topic(code: string): string {
    const known = this.head.policy.topics.find((topic) => topic.code === code);
    return known ? policyName(known, this.head.locale) : code;
  }

  private days(from: string, to: string): string {
    return `${from} ${this.text('TO')} ${to}`;
  }

  private whose(): string {
    const { projectIds, codes } = this.head;
    if (projectIds === null) return this.text('ALL_PROJECTS');
    return projectIds.map((id) => codes.get(id) ?? id).join(', ');
  }

  private columns(left: readonly string[], right: readonly string[]): PrintedColumn[] {
    return [
      ...left.map((key) => ({ title: this.text(key), align: 'left' as const })),
      ...right.map((key) => ({ title: this.text(key), align: 'right' as const })),
    ];
  }

  private section(heading: string, columns: readonly PrintedColumn[], rows: string[][]): PrintedSection {
    const isEmpty = rows.length === 0;
    return {
      heading: this.text(heading),
      paragraphs: isEmpty ? [this.of('PrintedText', 'NONE')] : [],
      table: isEmpty ? null : { columns, rows },
    };
  }

  private counted(name: string, { current, previous }: ReportCount): string[] {
    return [name, String(current), String(previous), signed(current - previous)];
  }

  private compared<Row extends ReportCount>(
    heading: string,
    rows: readonly Row[],
    name: (row: Row) => string,
  ): PrintedSection {
    const columns = this.columns(['ITEM'], ['CURRENT', 'PREVIOUS', 'CHANGE']);
    return this.section(
      heading,
      columns,
      rows.map((row) => this.counted(name(row), row)),
    );
  }

  private counts(): PrintedSection {
    const { report } = this;
    const { current, previous } = report.hoursToResolution;
    const columns = this.columns(['ITEM'], ['CURRENT', 'PREVIOUS', 'CHANGE']);
    return this.section('COUNTS', columns, [
      this.counted(this.text('RECEIVED'), report.received),
      this.counted(this.text('RECEIVED_AND_OPEN'), report.receivedAndOpen),
      this.counted(this.text('OF_SEVERAL_CUSTOMERS'), report.ofSeveralCustomers),
      this.counted(this.text('RESOLVED'), report.resolved),
      this.counted(this.text('CLOSED'), report.closed),
      this.counted(this.text('OPEN_AT_END'), report.openAtEnd),
      [this.text('HOURS_TO_RESOLUTION'), current ?? absent, previous ?? absent, ''],
    ]);
  }

  private clocks(): PrintedSection {
    const numbers = ['KEPT', 'MISSED', 'UNDONE', 'PENDING', 'KEPT_SHARE', 'PREVIOUS_KEPT_SHARE'];
    return this.section(
      'CLOCKS',
      this.columns(['CLOCK'], numbers),
      this.report.clocks.map(({ kind, current, previous }) => [
        this.of('ComplaintClockKind', kind),
        ...[current.kept, current.missed, current.undone, current.pending].map(String),
        current.keptShare.percent ?? absent,
        previous.keptShare.percent ?? absent,
      ]),
    );
  }

  private causes(): PrintedSection {
    return this.section(
      'CAUSES',
      this.columns(['CAUSE_CLASS', 'TOPIC'], ['CURRENT', 'PREVIOUS', 'CHANGE']),
      this.report.causes.map((row) => [
        this.causeClass(row.causeClass),
        ...this.counted(this.topic(row.topic), row),
      ]),
    );
  }

  private satisfaction(): PrintedSection {
    const { secondComplaints, satisfaction } = this.report;
    const { visits, mean, points, declined, unreachable } = satisfaction;
    return this.section('SATISFACTION', this.columns(['ITEM'], ['CURRENT', 'PREVIOUS', 'CHANGE']), [
      [
        this.text('SECOND_COMPLAINTS'),
        secondComplaints.current.percent ?? absent,
        secondComplaints.previous.percent ?? absent,
        '',
      ],
      this.counted(this.text('VISITS'), visits),
      this.counted(this.text('DECLINED_VISITS'), declined),
      this.counted(this.text('UNREACHABLE_CUSTOMERS'), unreachable),
      [this.text('MEAN_SATISFACTION'), mean.current ?? absent, mean.previous ?? absent, ''],
      ...points.map((visited, index) => [`${index + 1} ${this.text('POINTS')}`, String(visited), '', '']),
    ]);
  }

  private projects(): PrintedSection {
    const numbers = [
      'RECEIVED',
      'HOT',
      'MAJOR',
      'RESOLVED',
      'OPEN_AT_END',
      'KEPT_SHARE',
      'SECOND_SHARE',
      'MEAN',
    ];
    return this.section(
      'BY_PROJECT',
      this.columns(['PROJECT'], numbers),
      this.report.projects.map((one) => [
        this.head.codes.get(one.projectId) ?? one.projectId,
        ...[one.received, one.hot, one.major, one.resolved, one.openAtEnd].map(String),
        one.clocksKept.percent ?? absent,
        one.secondComplaints.percent ?? absent,
        one.satisfaction ?? absent,
      ]),
    );
  }
}
