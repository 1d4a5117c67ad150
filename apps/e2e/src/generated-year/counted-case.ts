import { NaiveCalendar, day, hour, monthAfter } from './naive-calendar';

export type CountedSeverity = 'GENERAL' | 'HOT' | 'MAJOR';
export type CountedClass = 'CLASS_1' | 'CLASS_2' | 'CLASS_3';

/** A timed duty as counted by hand. */
export interface CountedClock {
  readonly kind: string;
  readonly startedAt: number;
  readonly dueAt: number;
  metAt: number | null;
  missedAt: number | null;
  lapsedAt: number | null;
}

export type NoticeByHand = 'HOUSING_QUALITY_NOTICE' | 'FACILITIES_REPORT' | 'IMPACT_REPORT';

export interface Receipt {
  readonly project: number;
  readonly receivedAt: number;
  readonly causeClass: CountedClass;
  readonly channel: string;
  /** Different customers of the project, by their place in its list. */
  readonly customers: readonly number[];
  readonly facts: readonly string[];
}

/** What somebody does with a case. */
export type CaseStep =
  | { readonly command: 'fileComplaint'; readonly receipt: Receipt }
  | { readonly command: 'acknowledgeComplaint' }
  | { readonly command: 'respondToComplaint'; readonly channel: string }
  | { readonly command: 'draftComplaintReply'; readonly statesMeasures: boolean }
  | { readonly command: 'submitComplaintReply' | 'approveComplaintReply' | 'sendComplaintReply' }
  | { readonly command: 'issueComplaintNotice'; readonly kind: NoticeByHand; readonly to: string }
  | { readonly command: 'nameComplaintCoordinator' }
  | { readonly command: 'recordComplaintProgress'; readonly toldBy: string | null }
  | { readonly command: 'promiseComplaintCallback' }
  | { readonly command: 'addComplaintFacts'; readonly facts: readonly string[] }
  | { readonly command: 'raiseComplaintSeverity'; readonly to: 'HOT' | 'MAJOR' }
  | { readonly command: 'changeComplaintCauseClass'; readonly to: CountedClass }
  | { readonly command: 'joinComplaint'; readonly customers: readonly number[] }
  | { readonly command: 'fileDemandForm' }
  | { readonly command: 'resolveComplaint' }
  | {
      readonly command: 'recordReturnVisit';
      readonly satisfaction: number;
      /** A demand that becomes a case of its own. */
      readonly newDemand: { readonly causeClass: CountedClass } | null;
      /** Who was visited; null in an anonymous case. */
      readonly customer: number | null;
    }
  | { readonly command: 'submitSpecialReport' }
  | { readonly command: 'reopenComplaint' }
  | { readonly command: 'closeComplaint' };

type StepOf<Command extends CaseStep['command']> = Extract<CaseStep, { command: Command }>;

const rank = { GENERAL: 0, HOT: 1, MAJOR: 2 } as const;
const severityOfFact: Readonly<Record<string, CountedSeverity>> = {
  LAWSUIT_FILED: 'MAJOR',
  MEDIA_EXPOSURE: 'MAJOR',
  LAWSUIT_LIKELY: 'HOT',
  MEDIA_EXPOSURE_LIKELY: 'HOT',
  OUTSIDE_HELP_NEEDED: 'HOT',
};
const spoken = ['PHONE', 'IN_PERSON'];
const answeredByApproval = ['WEB', 'DEVELOPER_CUSTOMER_RELATIONS'];
/** To whom a case of class 3 is reported, by its severity (CMP-09). */
const reportedTo: Readonly<Record<CountedSeverity, readonly string[]>> = {
  GENERAL: ['MANAGEMENT_OFFICE'],
  HOT: ['MANAGEMENT_OFFICE', 'QUALITY_CENTRE'],
  MAJOR: ['MANAGEMENT_OFFICE', 'QUALITY_CENTRE', 'DIVISION_LEADER'],
};
const wrongStatus = 'COMPLAINT_NOT_IN_REQUIRED_STATUS';

function worse(a: CountedSeverity, b: CountedSeverity): CountedSeverity {
  return rank[b] > rank[a] ? b : a;
}

/** The severity that CMP-02 asks for, from plain numbers. */
export function severityByHand(known: {
  readonly facts: readonly string[];
  readonly groupSize: number;
  readonly secondComplaints: number;
  readonly weekOld: boolean;
  readonly monthOld: boolean;
  readonly raisedTo: CountedSeverity;
}): CountedSeverity {
  const { facts, groupSize, secondComplaints, weekOld, monthOld, raisedTo } = known;
  const reasons: CountedSeverity[] = facts.map((fact) => severityOfFact[fact] ?? 'GENERAL');
  if (groupSize >= 10 || monthOld) reasons.push('MAJOR');
  if (groupSize >= 3 || secondComplaints > 0 || weekOld) reasons.push('HOT');
  return reasons.reduce(worse, raisedTo);
}

/**
 * A case counted by hand from the rulebook alone (CMP-01…12): what each step is answered, which duties arise, when
 * they are due, and what becomes of them. No line of it comes from the complaint rules, which are held against it.
 */
export class CountedCase {
  status = 'RECEIVED';
  severity: CountedSeverity;
  causeClass: CountedClass;
  resolvedAt: number | null = null;
  closedAt: number | null = null;
  everResolved = false;
  secondComplaints = 0;
  /** Of a case that came in anonymously, whoever joined it first; null where nobody did. */
  firstJoined: number | null = null;
  readonly clocks: CountedClock[] = [];
  /** Hours from receipt to the last resolution that held, and when that was. */
  readonly visits: { readonly at: number; readonly satisfaction: number }[] = [];
  private readonly calendar: NaiveCalendar;
  private readonly members: Set<number>;
  private readonly facts: Set<string>;
  private raisedTo: CountedSeverity = 'GENERAL';
  private weekOld = false;
  private monthOld = false;
  private handled = false;
  /** What was told to the customer: answers first, then how it goes on. */
  private answers = 0;
  private isProgressTold = false;
  private hasCoordinator = false;
  private readonly notified = new Set<string>();
  private reply: 'DRAFT' | 'IN_APPROVAL' | 'APPROVED' | null = null;
  private replyStatesMeasures = false;

  constructor(readonly receipt: Receipt) {
    this.calendar = new NaiveCalendar(receipt.project);
    this.members = new Set(receipt.customers);
    this.facts = new Set(receipt.facts);
    this.causeClass = receipt.causeClass;
    this.severity = this.asFactsSay();
    const { receivedAt, channel } = receipt;
    this.start('RESPONSE', receivedAt);
    if (this.severity !== 'GENERAL') this.start('DEMAND_FORM', receivedAt);
    if (answeredByApproval.includes(channel)) {
      this.start('REPLY', receivedAt);
      this.start('MEASURES', receivedAt);
    }
  }

  /** Whether it is answered by replies that are approved, alone (CMP-08). */
  get isAnsweredByApproval(): boolean {
    return answeredByApproval.includes(this.receipt.channel);
  }

  /** What its class asks for and nobody has done yet (CMP-09). */
  get owedByClass(): readonly string[] {
    if (this.causeClass === 'CLASS_2') return this.notified.has('DEVELOPER') ? [] : ['DEVELOPER'];
    if (this.causeClass === 'CLASS_1') return [];
    return [
      ...(this.hasCoordinator ? [] : ['COORDINATOR']),
      ...reportedTo[this.severity].filter((to) => !this.notified.has(to)),
      ...(this.isProgressTold || this.answers > 1 ? [] : ['PROGRESS']),
    ];
  }

  get weekOldAt(): number {
    return this.receipt.receivedAt + 7 * day;
  }

  get monthOldAt(): number {
    return monthAfter(this.receipt.receivedAt);
  }

  get isUnresolved(): boolean {
    return this.status !== 'RESOLVED' && this.status !== 'CLOSED';
  }

  /** Outstanding duties of a kind, or of any kind. */
  owed(kind?: string): readonly CountedClock[] {
    return this.clocks.filter(
      (clock) => clock.metAt === null && clock.lapsedAt === null && (!kind || clock.kind === kind),
    );
  }

  /** Time has come so far: what was due is missed, and the case may have grown old. */
  reach(at: number): void {
    for (const clock of this.owed())
      if (clock.missedAt === null && clock.dueAt <= at) clock.missedAt = clock.dueAt;
    if (!this.isUnresolved) return;
    if (!this.weekOld && this.weekOldAt <= at) {
      this.weekOld = true;
      this.rise(this.weekOldAt);
    }
    if (!this.monthOld && this.monthOldAt <= at) {
      this.monthOld = true;
      this.rise(this.monthOldAt);
    }
    // What arose by age can be past, too.
    for (const clock of this.owed())
      if (clock.missedAt === null && clock.dueAt <= at) clock.missedAt = clock.dueAt;
  }

  /** @returns `DONE`, or the code of the refusal */
  take(step: Exclude<CaseStep, StepOf<'fileComplaint'>>, at: number): string {
    this.reach(at);
    switch (step.command) {
      case 'acknowledgeComplaint':
        if (this.status !== 'RECEIVED') return wrongStatus;
        this.status = 'ACKNOWLEDGED';
        this.handled = true;
        return 'DONE';
      case 'respondToComplaint':
        if (!this.isBeingHandled()) return wrongStatus;
        if (this.isAnsweredByApproval) return 'COMPLAINT_ANSWER_NOT_APPROVED';
        this.answered(at, true);
        if (spoken.includes(step.channel)) this.meet('CALLBACK', at);
        return 'DONE';
      case 'draftComplaintReply':
        if (!this.isUnresolved) return wrongStatus;
        this.reply = 'DRAFT';
        this.replyStatesMeasures = step.statesMeasures;
        return 'DONE';
      case 'submitComplaintReply':
      case 'approveComplaintReply':
      case 'sendComplaintReply':
        return this.moveReply(step.command, at);
      case 'issueComplaintNotice': {
        if (this.status === 'CLOSED') return wrongStatus;
        const isOfClass = step.kind === 'IMPACT_REPORT' ? 'CLASS_3' : 'CLASS_2';
        if (this.causeClass !== isOfClass) return 'COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS';
        this.notified.add(isOfClass === 'CLASS_2' ? 'DEVELOPER' : step.to);
        return 'DONE';
      }
      case 'nameComplaintCoordinator':
        if (this.status === 'CLOSED') return wrongStatus;
        if (this.causeClass !== 'CLASS_3') return 'COMPLAINT_COORDINATOR_NOT_NEEDED';
        if (this.hasCoordinator) return 'COMPLAINT_COORDINATOR_UNCHANGED';
        this.hasCoordinator = true;
        return 'DONE';
      case 'recordComplaintProgress':
        if (!this.isBeingHandled() && this.status !== 'RESOLVED') return wrongStatus;
        if (step.toldBy && !spoken.includes(step.toldBy) && this.isAnsweredByApproval) {
          return 'COMPLAINT_ANSWER_NOT_APPROVED';
        }
        this.isProgressTold ||= step.toldBy !== null;
        if (step.toldBy && spoken.includes(step.toldBy)) this.meet('CALLBACK', at);
        return 'DONE';
      case 'promiseComplaintCallback':
        if (!this.isUnresolved) return wrongStatus;
        if (this.owed('CALLBACK').length > 0) return 'CALLBACK_ALREADY_PROMISED';
        this.start('CALLBACK', at);
        return 'DONE';
      case 'addComplaintFacts': {
        if (this.status === 'CLOSED') return wrongStatus;
        const added = step.facts.filter((fact) => !this.facts.has(fact));
        if (added.length === 0) return 'COMPLAINT_FACTS_ALREADY_KNOWN';
        for (const fact of added) this.facts.add(fact);
        this.rise(at);
        return 'DONE';
      }
      case 'raiseComplaintSeverity':
        if (this.status === 'CLOSED') return wrongStatus;
        if (rank[step.to] <= rank[this.severity]) return 'SEVERITY_NOT_HIGHER';
        this.raisedTo = step.to;
        this.rise(at);
        return 'DONE';
      case 'changeComplaintCauseClass':
        if (this.status === 'CLOSED') return wrongStatus;
        if (step.to === this.causeClass) return 'CAUSE_CLASS_UNCHANGED';
        this.causeClass = step.to;
        return 'DONE';
      case 'joinComplaint':
        if (this.status === 'CLOSED') return wrongStatus;
        for (const customer of step.customers) this.members.add(customer);
        this.firstJoined ??= step.customers[0] ?? null;
        this.rise(at);
        return 'DONE';
      case 'fileDemandForm':
        if (this.status === 'CLOSED') return wrongStatus;
        if (this.owed('DEMAND_FORM').length === 0) return 'DEMAND_FORM_NOT_REQUIRED';
        this.meet('DEMAND_FORM', at);
        return 'DONE';
      case 'resolveComplaint':
        return this.resolve(at);
      case 'recordReturnVisit':
        return this.visit(step, at);
      case 'submitSpecialReport':
        if (this.status !== 'RESOLVED') return wrongStatus;
        if (this.owed('SPECIAL_REPORT').length === 0) {
          const isSent = this.clocks.some(({ kind, metAt }) => kind === 'SPECIAL_REPORT' && metAt !== null);
          return isSent ? 'SPECIAL_REPORT_ALREADY_SUBMITTED' : 'SPECIAL_REPORT_NOT_REQUIRED';
        }
        this.meet('SPECIAL_REPORT', at);
        return 'DONE';
      case 'reopenComplaint':
        if (this.isUnresolved) return wrongStatus;
        this.reopen(at);
        return 'DONE';
      case 'closeComplaint':
        return this.close(at);
    }
  }

  private moveReply(
    command: 'submitComplaintReply' | 'approveComplaintReply' | 'sendComplaintReply',
    at: number,
  ): string {
    const isLate = command === 'sendComplaintReply' ? !this.isBeingHandled() : !this.isUnresolved;
    if (isLate) return wrongStatus;
    const wrongReply = 'COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS';
    switch (command) {
      case 'submitComplaintReply':
        if (this.reply !== 'DRAFT') return wrongReply;
        this.reply = 'IN_APPROVAL';
        return 'DONE';
      case 'approveComplaintReply':
        if (this.reply !== 'IN_APPROVAL') return wrongReply;
        this.reply = 'APPROVED';
        return 'DONE';
      case 'sendComplaintReply':
        if (this.reply !== 'APPROVED') return wrongReply;
        this.reply = null;
        this.answered(at, this.replyStatesMeasures);
        this.meet('REPLY', at);
        return 'DONE';
    }
  }

  private answered(at: number, statesMeasures: boolean): void {
    this.status = 'IN_HANDLING';
    this.answers += 1;
    this.meet('RESPONSE', at);
    if (statesMeasures) this.meet('MEASURES', at);
  }

  private asFactsSay(): CountedSeverity {
    const { members, facts, secondComplaints, weekOld, monthOld, raisedTo } = this;
    const groupSize = members.size;
    return severityByHand({ facts: [...facts], groupSize, secondComplaints, weekOld, monthOld, raisedTo });
  }

  private isBeingHandled(): boolean {
    return this.status === 'ACKNOWLEDGED' || this.status === 'IN_HANDLING' || this.status === 'REOPENED';
  }

  private resolve(at: number): string {
    if (this.status !== 'IN_HANDLING') return wrongStatus;
    if (!this.handled) return 'COMPLAINT_HANDLER_MISSING';
    this.status = 'RESOLVED';
    this.resolvedAt = at;
    this.everResolved = true;
    this.start('RETURN_VISIT', at);
    if (this.severity !== 'GENERAL') this.start('SPECIAL_REPORT', at);
    return 'DONE';
  }

  private visit({ satisfaction }: StepOf<'recordReturnVisit'>, at: number): string {
    if (this.status !== 'RESOLVED') return wrongStatus;
    this.visits.push({ at, satisfaction });
    this.meet('RETURN_VISIT', at);
    this.meet('CALLBACK', at);
    if (satisfaction <= 2) this.reopen(at);
    return 'DONE';
  }

  private reopen(at: number): void {
    for (const kind of ['RETURN_VISIT', 'SPECIAL_REPORT'])
      for (const clock of this.owed(kind)) clock.lapsedAt = at;
    this.status = 'REOPENED';
    this.resolvedAt = null;
    this.closedAt = null;
    this.secondComplaints += 1;
    this.weekOld ||= this.weekOldAt <= at;
    this.monthOld ||= this.monthOldAt <= at;
    this.start('RESPONSE', at);
    this.rise(at);
  }

  private close(at: number): string {
    if (this.status !== 'RESOLVED') return wrongStatus;
    // Nobody writes any more to a customer who was visited.
    const holding = this.owed().filter(({ kind }) => kind !== 'REPLY' && kind !== 'MEASURES');
    if (holding.length + this.owedByClass.length > 0) return 'COMPLAINT_CLOSING_INCOMPLETE';
    for (const clock of this.owed()) clock.lapsedAt = at;
    this.status = 'CLOSED';
    this.closedAt = at;
    return 'DONE';
  }

  private rise(at: number): void {
    const severity = this.asFactsSay();
    if (this.status === 'CLOSED' || rank[severity] <= rank[this.severity]) return;
    this.severity = severity;
    this.start('DEMAND_FORM', at);
    const isAsked = this.clocks.some(({ kind, lapsedAt }) => kind === 'SPECIAL_REPORT' && lapsedAt === null);
    if (this.status === 'RESOLVED' && !isAsked) this.start('SPECIAL_REPORT', at);
  }

  private start(kind: string, startedAt: number): void {
    const dueAt = this.dueOf(kind, startedAt);
    this.clocks.push({ kind, startedAt, dueAt, metAt: null, missedAt: null, lapsedAt: null });
  }

  private meet(kind: string, at: number): void {
    for (const clock of this.owed(kind)) clock.metAt = at;
  }

  private dueOf(kind: string, from: number): number {
    switch (kind) {
      case 'RESPONSE':
      case 'DEMAND_FORM':
        return this.calendar.workingDayAfter(from);
      case 'REPLY':
        return this.calendar.deskHoursAfter(from, 4);
      case 'MEASURES':
        return this.calendar.deskClosingAfter(from);
      case 'CALLBACK':
        return from + 48 * hour;
      case 'RETURN_VISIT':
        return from + 3 * day;
      case 'SPECIAL_REPORT':
        return from + 7 * day;
      default:
        throw new Error(`no due time by hand for ${kind}`);
    }
  }
}
