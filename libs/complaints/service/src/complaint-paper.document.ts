import {
  groupSize,
  specialReportParts,
  versionsOf,
  type CompanyReport,
  type ComplaintDocument,
  type ComplaintPolicy,
  type ComplaintState,
  type DocumentReceipt,
  type DocumentRecipient,
} from '@anju/complaints-rules';
import { label, type Locale } from '@anju/labels';
import type { PrintedColumn, PrintedDocument, PrintedSection } from '@anju/printing';
import { filledLabel, numbered, pageFoot, policyName, printedTime } from './printed-words';

/** What a document says that is not in its case. */
export interface PaperHead {
  readonly projectCode: string;
  /** IANA name; all times are shown in it. */
  readonly timeZone: string;
  /** The home, such as `6-1-0302`; null where the complaint is about none. */
  readonly home: string | null;
  readonly buildingNumber: string | null;
  /** Codes of the departments of employees, by their ids. */
  readonly departments: ReadonlyMap<string, string>;
  /** What topics and cause classes are called. */
  readonly policy: Pick<ComplaintPolicy, 'topics' | 'causeClassNames'>;
  readonly locale: Locale;
  readonly madeAt: Date;
}

type Fact = readonly [name: string, value: string];
type Part = readonly [heading: string, text: string | null];

const absent = '—';

/** What a document is called: of a notice its kind. */
export function paperTitle(state: ComplaintState, paper: ComplaintDocument, locale: Locale): string {
  if (paper.document !== 'WRITTEN_NOTICE') return label('ComplaintDocumentKind', paper.document, locale);
  return label('NoticeKind', found(state.notices, paper).kind, locale);
}

/** One version of a document of a case (CMP-09, 10, 11) for paper, with who has received it and lines to sign on. */
export function paperDocument(
  state: ComplaintState,
  paper: ComplaintDocument,
  head: PaperHead,
): PrintedDocument {
  return new PaperWriter(state, paper, head).document();
}

function found<One extends { readonly sequence: number }>(
  all: readonly One[],
  { document, sequence }: ComplaintDocument,
): One {
  const one = all.find((other) => other.sequence === sequence);
  if (!one) throw new Error(`the case has no ${document} ${sequence}`);
  return one;
}

class PaperWriter {
  private readonly versions: readonly ComplaintDocument[];

  constructor(
    private readonly state: ComplaintState,
    private readonly paper: ComplaintDocument,
    private readonly head: PaperHead,
  ) {
    this.versions = versionsOf(state, paper);
  }

  document(): PrintedDocument {
    const { state, paper, head } = this;
    const title = paperTitle(state, paper, head.locale);
    const sections = [
      ...this.parts().map(([heading, text]) => this.written(heading, text)),
      this.distribution(),
      ...(this.isRevisable() ? [this.allVersions()] : []),
    ];
    return {
      language: head.locale,
      title,
      facts: [...this.ofPaper(), ...this.ofCase(), ...this.ofPrint()],
      sections: numbered(sections),
      signatures: {
        signers: [
          this.text('WRITER_SIGNS'),
          this.text('HEAD_SIGNS'),
          ...this.recipients().map((recipient) => this.text('RECIPIENT_SIGNS', recipient)),
        ],
        day: this.text('DAY'),
      },
      madeAt: head.madeAt,
      footer: pageFoot(`${title} ${paper.number}`, head.locale),
    };
  }

  private text(key: string, ...values: readonly string[]): string {
    return filledLabel('ComplaintPaperText', key, this.head.locale, ...values);
  }

  private of(kind: string, key: string): string {
    return label(kind, key, this.head.locale);
  }

  private time(at: Date): string {
    return printedTime(at, this.head.timeZone);
  }

  /** Names are not known here: the department, and the end of the id, which tells two of its people apart. */
  private employee(by: string): string {
    if (by.startsWith('system:')) return this.text('PLATFORM');
    const department = this.head.departments.get(by);
    return this.text('EMPLOYEE', department ? this.of('Department', department) : absent, by.slice(-8));
  }

  /** Only forms and reports are sent again in another version. */
  private isRevisable(): boolean {
    return this.paper.document === 'DEMAND_FORM' || this.paper.document === 'SPECIAL_REPORT';
  }

  private ofPaper(): Fact[] {
    const { paper, head } = this;
    const newest = this.versions.at(-1)!.version;
    const version = String(paper.version);
    return [
      [this.text('NUMBER'), paper.number],
      [
        this.text('VERSION'),
        newest > paper.version ? this.text('NEWEST_VERSION', version, String(newest)) : version,
      ],
      [this.text('WRITTEN_BY'), this.employee(paper.by)],
      [this.text('SENT_AT'), this.time(paper.sentAt)],
      [this.text('SENT_TO'), this.recipients().join(head.locale === 'zh-CN' ? '、' : ', ')],
      ...this.ofKind(),
    ];
  }

  private ofKind(): Fact[] {
    const { paper, state } = this;
    switch (paper.document) {
      case 'DEMAND_FORM': {
        const { severity } = found(state.demandForms, paper);
        return [[this.text('SEVERITY_THEN'), this.of('Severity', severity)]];
      }
      case 'SPECIAL_REPORT':
        return [];
      case 'WRITTEN_NOTICE':
        return [[this.text('WAY'), this.of('NoticeWay', found(state.notices, paper).way)]];
      case 'COMPANY_DEMAND_FORM':
        return [[this.text('FINISH_AT'), this.time(found(state.companyForms, paper).finishAt)]];
    }
  }

  private ofCase(): Fact[] {
    const { state, head } = this;
    const { topic } = state.subject;
    const topicName = head.policy.topics.find(({ code }) => code === topic);
    const { responsibleDepartment, handlerId, coordinatorId } = state;
    return [
      [this.text('CASE'), state.number],
      [this.text('PROJECT'), head.projectCode],
      [this.text('PLACE'), this.place()],
      [this.text('CAUSE_CLASS'), policyName(head.policy.causeClassNames[state.causeClass], head.locale)],
      [this.text('TOPIC'), topicName ? policyName(topicName, head.locale) : topic],
      [this.text('SEVERITY_NOW'), this.of('Severity', state.severity)],
      [this.text('RECEIVED_AT'), this.time(state.receivedAt)],
      [this.text('CHANNEL'), this.of('ComplaintChannel', state.channel)],
      [this.text('CUSTOMERS'), String(groupSize(state))],
      [
        this.text('DEPARTMENT'),
        responsibleDepartment ? this.of('Department', responsibleDepartment) : absent,
      ],
      [this.text('HANDLER'), handlerId ? this.employee(handlerId) : absent],
      ...(coordinatorId ? [[this.text('COORDINATOR'), this.employee(coordinatorId)] as const] : []),
    ];
  }

  private place(): string {
    const { home, buildingNumber } = this.head;
    if (home !== null) return home;
    return buildingNumber === null ? this.text('WHOLE_PROJECT') : this.text('BUILDING', buildingNumber);
  }

  private ofPrint(): Fact[] {
    const { madeAt, timeZone } = this.head;
    return [
      [this.of('PrintedText', 'MADE_AT'), this.time(madeAt)],
      [this.text('TIME_ZONE'), timeZone],
    ];
  }

  private parts(): Part[] {
    const { state, paper } = this;
    const complaint: Part = [this.text('COMPLAINT'), state.content];
    switch (paper.document) {
      case 'DEMAND_FORM': {
        const { demand, measures, revisedBecause } = found(state.demandForms, paper);
        return [
          complaint,
          [this.text('DEMAND'), demand],
          [this.text('MEASURES'), measures],
          [this.text('REVISION'), revisedBecause],
        ];
      }
      case 'SPECIAL_REPORT': {
        const report = found(state.specialReports, paper);
        return [
          ...specialReportParts.map((part): Part => [this.text(part), report[part]]),
          [this.text('REVISION'), report.revisedBecause],
        ];
      }
      case 'WRITTEN_NOTICE':
        return [complaint, [this.text('NOTICE'), found(state.notices, paper).text]];
      case 'COMPANY_DEMAND_FORM': {
        const { demand, measures, result } = found(state.companyForms, paper);
        return [
          complaint,
          [this.text('COMPANY_DEMAND'), demand],
          [this.text('COMPANY_MEASURES'), this.reported(measures)],
          [this.text('COMPANY_RESULT'), this.reported(result)],
        ];
      }
    }
  }

  private reported(report: CompanyReport | null): string {
    if (!report) return this.text('NOT_REPORTED');
    return `${report.text}\n${this.text('REPORTED', this.employee(report.by), this.time(report.at))}`;
  }

  private written(heading: string, text: string | null): PrintedSection {
    const isEmpty = text === null || text.trim() === '';
    return { heading, paragraphs: [isEmpty ? this.of('PrintedText', 'NONE') : text], table: null };
  }

  private recipients(): string[] {
    return this.paper.sentTo.map((recipient) => this.recipient(recipient));
  }

  private recipient(recipient: DocumentRecipient): string {
    const { paper, state } = this;
    const department = paper.document === 'WRITTEN_NOTICE' ? found(state.notices, paper).department : null;
    return recipient === 'OUTSIDE_DEPARTMENT' && department !== null
      ? department
      : this.of('DocumentRecipient', recipient);
  }

  private columns(...keys: readonly string[]): PrintedColumn[] {
    return keys.map((key) => ({ title: this.text(key), align: 'left' }));
  }

  private distribution(): PrintedSection {
    const { sentTo, receipts } = this.paper;
    const rows = sentTo.map((recipient) => {
      const receipt = receipts.find((one) => one.recipient === recipient);
      const confirmed = receipt
        ? [this.time(receipt.at), this.confirmedBy(receipt)]
        : [this.text('NOT_CONFIRMED'), absent];
      return [this.recipient(recipient), ...confirmed];
    });
    const columns = this.columns('RECIPIENT', 'CONFIRMED_AT', 'CONFIRMED_BY');
    return { heading: this.text('DISTRIBUTION'), paragraphs: [], table: { columns, rows } };
  }

  private confirmedBy({ by, signedBy }: DocumentReceipt): string {
    const employee = this.employee(by);
    return signedBy === null ? employee : this.text('SIGNED_BY', signedBy, employee);
  }

  private allVersions(): PrintedSection {
    const rows = this.versions.map(({ version, number, sentAt, by }) => [
      String(version),
      number,
      this.time(sentAt),
      this.employee(by),
    ]);
    const columns: PrintedColumn[] = [
      { title: this.text('VERSION'), align: 'right' },
      ...this.columns('NUMBER', 'SENT_AT', 'WRITTEN_BY'),
    ];
    return { heading: this.text('VERSIONS'), paragraphs: [], table: { columns, rows } };
  }
}
