import type { CountedClass, CountedSeverity, Person, Receipt } from './case-step';
import {
  endPause,
  isOwed,
  isPaused,
  isRunning,
  recompute,
  resume,
  startedClock,
  type CountedClock,
} from './counted-clock';
import type { CompanyForm, Notice } from './counted-papers';
import type { CountedReply } from './counted-replies';
import { worse, severityByHand } from './counted-severity';
import { day, hour, monthsAfter, type NaiveCalendar } from './naive-calendar';
import type { Surroundings, YearWorld } from './year-world';

/** What age alone makes of an unresolved case (CMP-03). */
interface CountedAge {
  readonly name: 'BECOMES_HOT' | 'BECOMES_MAJOR';
  dueAt: number;
  warnAt: number | null;
  warnedAt: number | null;
  isReached: boolean;
}

/** What a case brings along that comes from another one. */
export interface Origin {
  readonly how: 'RETURN_VISIT' | 'SPLIT';
  readonly story: number;
  readonly from: CountedCase;
}

export interface CountedLink {
  readonly relation: string;
  readonly story: number;
}

export interface VisitAttempt {
  readonly at: number;
  readonly customer: number | null;
  readonly obstacle: string;
  /** Why no visit is owed from then on. */
  released: 'DECLINED' | 'UNREACHABLE' | null;
  readonly told: Told;
}

/** Who has a case. */
export interface Assignment {
  readonly department: string;
  readonly handler: Person;
}

const cmp11 = ['DEMAND_FORM', 'SPECIAL_REPORT'];

/**
 * A case counted by hand from the rulebook alone (CMP-01…14): which duties arise, when they are due, and what becomes
 * of them. No line of it comes from the complaint rules, which are held against it. What people do with it is counted
 * by subject, in `counted-steps` and beside it.
 */
export class CountedCase {
  status = 'RECEIVED';
  severity: CountedSeverity = 'GENERAL';
  causeClass: CountedClass;
  assignment: Assignment | null = null;
  coordinator: Person | null = null;
  resolvedAt: number | null = null;
  closedAt: number | null = null;
  /** When it ended in another case. */
  joinedAt: number | null = null;
  resolutions = 0;
  /** How often it came back, itself or as what it took in. */
  secondComplaints = 0;
  raisedTo: CountedSeverity = 'GENERAL';
  urgings = 0;
  /** Whom somebody tried to visit, and what that showed. */
  readonly attempts: VisitAttempt[] = [];
  progressTold = false;
  /** What the customer was answered: responses and replies. */
  answers = 0;
  /** Whether it is answered by replies that are approved, alone (CMP-08). */
  needsApproval = false;
  /** Under which numbers the customer-relations centre has passed it on, and when. */
  readonly passings = new Map<string, number>();
  readonly members: Set<number>;
  readonly facts: Set<string>;
  readonly clocks: CountedClock[] = [];
  readonly replies: CountedReply[] = [];
  readonly notices: Notice[] = [];
  readonly companyForms: CompanyForm[] = [];
  /** To whom each demand form has come. */
  readonly demandForms: Set<string>[] = [];
  readonly links: CountedLink[] = [];
  readonly visits: { readonly at: number; readonly satisfaction: number; readonly told: Told }[] = [];
  /** From when to when it was closed. */
  readonly closings: { readonly from: number; to: number | null }[] = [];
  offer: Assignment | null = null;
  ages: readonly CountedAge[];
  /** Its own receipt, or that of an older case whose complaint it is. */
  ageCountsFrom: number;
  /** What has happened to it, as `command at`, and what was told of it, as `event at` or `event at sequence`. */
  readonly history: string[] = [];
  readonly told: string[] = [];
  private changedUpTo: number;

  constructor(
    readonly receipt: Receipt,
    /** When it was entered. */
    readonly enteredAt: number,
    private readonly world: YearWorld,
    origin: Origin | null,
  ) {
    const { receivedAt, channel, customers, facts, causeClass } = receipt;
    this.changedUpTo = enteredAt;
    this.causeClass = causeClass;
    this.members = new Set(customers);
    this.facts = new Set(facts);
    this.ageCountsFrom = receivedAt;
    this.ages = this.agesFrom(receivedAt);
    if (origin?.how === 'SPLIT') {
      this.ageCountsFrom = origin.from.ageCountsFrom;
      this.ages = origin.from.ages.map((age) => ({ ...age }));
      this.assignment = origin.from.assignment;
    }
    if (origin) {
      this.links.push({ relation: origin.how === 'SPLIT' ? 'SPLIT_FROM' : 'CAME_FROM', story: origin.story });
    }
    const commands = { RETURN_VISIT: 'openLinkedComplaint', SPLIT: 'openSplitOffComplaint' };
    this.write(origin ? commands[origin.how] : 'fileComplaint', enteredAt);
    this.tell('complaint-received', enteredAt);
    this.severity = this.asFactsSay(enteredAt);
    this.start('RESPONSE', receivedAt, enteredAt);
    if (this.severity !== 'GENERAL') this.oweForm(receivedAt, enteredAt);
    const isPassedOn = channel === 'WEB' || channel === 'DEVELOPER_CUSTOMER_RELATIONS';
    if (origin?.how === 'SPLIT' ? origin.from.needsApproval : isPassedOn) {
      this.oweReply(receivedAt, enteredAt);
    }
    this.reach(enteredAt);
  }

  get isUnresolved(): boolean {
    return !['RESOLVED', 'CLOSED', 'JOINED'].includes(this.status);
  }

  get isBeingHandled(): boolean {
    return ['ACKNOWLEDGED', 'IN_HANDLING', 'REOPENED'].includes(this.status);
  }

  /** Neither closed nor ended in another case. */
  get isOpen(): boolean {
    return this.status !== 'CLOSED' && this.status !== 'JOINED';
  }

  surroundings(at: number): Surroundings {
    return this.world.holds(this.receipt.project, at);
  }

  calendarOf(version: number): NaiveCalendar {
    return this.world.calendarOf(this.receipt.project, version);
  }

  /** Outstanding duties of a kind, or of any kind. */
  owed(kind?: string): readonly CountedClock[] {
    return this.clocks.filter((clock) => isOwed(clock) && (!kind || clock.kind === kind));
  }

  /** That something happened to the case. */
  write(command: string, at: number): void {
    this.history.push(`${command} ${at}`);
  }

  tell(event: string, at: number, clock?: CountedClock): void {
    const sequence = clock ? ` ${this.clocks.indexOf(clock) + 1}` : '';
    this.told.push(`${event}.v1 ${at}${sequence}`);
  }

  /** Time has come so far: warnings are given, what was due is missed, the case grows old, the company changes. */
  reach(at: number): void {
    for (;;) {
      const due = this.nextDue();
      const change = this.world.nextChange(this.receipt.project, this.changedUpTo);
      if (Math.min(due, change) > at) return;
      // What is due at the moment of a change was due before it.
      if (due <= change) this.fallDue(due);
      else {
        this.changedUpTo = change;
        this.change(change);
      }
    }
  }

  start(kind: string, startedAt: number, at = startedAt, setDueAt: number | null = null): void {
    const clock = startedClock(kind, startedAt, this.surroundings(at), setDueAt);
    this.clocks.push(clock);
    this.tell('complaint-clock-started', at, clock);
  }

  /** The form of a case that became so grave (CMP-11); one that is owed for that already is the one. */
  private oweForm(from: number, at: number): void {
    const { severity } = this;
    if (this.owed('DEMAND_FORM').some(({ askedFor }) => askedFor === severity)) return;
    this.start('DEMAND_FORM', from, at);
    this.clocks.at(-1)!.askedFor = severity;
  }

  /** A reply and measures, in time from when it arose or was passed on (CMP-07), approved (CMP-08). */
  oweReply(from: number, at: number, isSecondComplaint = false): void {
    this.needsApproval = true;
    for (const kind of ['REPLY', 'MEASURES']) {
      if (this.owed(kind).length > 0) continue;
      // Due at the very moment of one that there was, it is that one, unless the customer complains again.
      const { dueAt } = startedClock(kind, from, this.surroundings(at), null);
      const isThatOne = this.clocks.some((clock) => clock.kind === kind && clock.dueAt === dueAt);
      if (isThatOne && !isSecondComplaint) continue;
      this.start(kind, from, at);
    }
  }

  /** What the class asks for and nobody has done yet (CMP-09). */
  owedByClass(at: number): readonly string[] {
    const { causeClass, notices, coordinator, severity } = this;
    if (causeClass === 'CLASS_1') return [];
    if (causeClass === 'CLASS_2') {
      return notices.some(({ to }) => to === 'DEVELOPER_CUSTOMER_RELATIONS') ? [] : ['NOTICE'];
    }
    const reports = this.surroundings(at).policy.impactReportsTo[severity];
    return [
      ...(coordinator ? [] : ['COORDINATOR']),
      ...reports.filter(
        (to) => !notices.some((notice) => notice.kind === 'IMPACT_REPORT' && notice.to === to),
      ),
      ...(this.progressTold || this.answers > 1 ? [] : ['PROGRESS']),
    ];
  }

  meet(kind: string, at: number): void {
    for (const clock of this.owed(kind)) {
      endPause(clock, at);
      clock.metAt = at;
      if (clock.missedAt !== null) continue;
      clock.told = this.asTold();
      this.tell('complaint-clock-met', at, clock);
    }
  }

  lapse(at: number, kinds?: readonly string[]): void {
    for (const clock of this.owed()) {
      if (kinds && !kinds.includes(clock.kind)) continue;
      endPause(clock, at);
      clock.lapsedAt = at;
    }
  }

  /** What stood still goes on, and so what was put off is known. */
  resumeAll(at: number): readonly CountedClock[] {
    const paused = this.owed().filter((clock) => isPaused(clock) && clock.missedAt === null);
    for (const clock of paused) resume(clock, at, this.surroundings(at));
    return paused;
  }

  /** Something that severity depends on has changed (CMP-02, CMP-11). */
  weigh(at: number): void {
    const severity = this.asFactsSay(at);
    if (!this.isOpen || severity === this.severity) return;
    const isGraver = worse(severity, this.severity) === severity;
    this.severity = severity;
    this.tell('complaint-severity-changed', at);
    if (severity === 'GENERAL') this.lapse(at, cmp11);
    if (!isGraver) return;
    this.oweForm(at, at);
    const isAsked = this.clocks.some(({ kind, lapsedAt }) => kind === 'SPECIAL_REPORT' && lapsedAt === null);
    if (this.status === 'RESOLVED' && !isAsked) this.start('SPECIAL_REPORT', at);
  }

  /** A second complaint (CMP-02, CMP-12): the case counts from its receipt, and gets a response as any complaint. */
  reopen(at: number): void {
    this.lapse(at, ['RETURN_VISIT', 'SPECIAL_REPORT']);
    if (this.closedAt !== null) this.closings.at(-1)!.to = at;
    this.status = 'REOPENED';
    this.resolvedAt = null;
    this.closedAt = null;
    this.secondComplaints += 1;
    this.tell('complaint-reopened', at);
    for (const age of this.ages) {
      age.isReached ||= age.dueAt <= at;
      if (!age.isReached && age.warnedAt === null && age.warnAt !== null)
        age.warnAt = Math.max(age.warnAt, at);
    }
    this.start('RESPONSE', at);
    if (this.needsApproval) this.oweReply(at, at, true);
    this.weigh(at);
  }

  asTold(): Told {
    const { severity, causeClass } = this;
    return { severity, causeClass };
  }

  private asFactsSay(at: number): CountedSeverity {
    const { members, facts, secondComplaints, raisedTo, ages } = this;
    const [weekOld, monthOld] = ages.map(({ isReached }) => isReached);
    return severityByHand(
      { facts: [...facts], groupSize: members.size, secondComplaints, raisedTo },
      { weekOld: weekOld!, monthOld: monthOld! },
      this.surroundings(at).policy,
    );
  }

  private nextDue(): number {
    let next = Infinity;
    for (const clock of this.clocks) {
      if (!isRunning(clock)) continue;
      next = Math.min(next, clock.dueAt, clock.warnedAt === null ? (clock.warnAt ?? Infinity) : Infinity);
    }
    if (!this.isUnresolved) return next;
    for (const { isReached, dueAt, warnAt, warnedAt } of this.ages) {
      if (!isReached) next = Math.min(next, dueAt, warnedAt === null ? (warnAt ?? Infinity) : Infinity);
    }
    return next;
  }

  /** All that is due at one moment, in the order of its names: ages come first, warnings last. */
  private fallDue(at: number): void {
    for (const age of this.ages) {
      if (!this.isUnresolved || age.isReached || age.dueAt !== at) continue;
      for (const other of this.ages) other.isReached ||= other.dueAt <= at;
      this.write(`deadline:${age.name}`, at);
      this.weigh(at);
    }
    const missed = this.clocks.filter((clock) => isRunning(clock) && clock.dueAt === at);
    for (const kind of new Set(missed.map((clock) => clock.kind))) this.write(`deadline:${kind}`, at);
    for (const clock of missed) {
      clock.missedAt = at;
      clock.told = this.asTold();
      this.tell('complaint-clock-missed', at, clock);
    }
    const warned = this.clocks.filter((one) => isRunning(one) && one.warnAt === at && one.warnedAt === null);
    for (const kind of new Set(warned.map((clock) => clock.kind))) this.write(`deadline:WARN:${kind}`, at);
    for (const clock of warned) {
      clock.warnedAt = at;
      this.tell('complaint-clock-warned', at, clock);
    }
    for (const age of this.ages) {
      if (!this.isUnresolved || age.isReached || age.warnAt !== at || age.warnedAt !== null) continue;
      age.warnedAt = at;
      this.write(`deadline:WARN:${age.name}`, at);
      this.tell('complaint-ageing-warned', at);
    }
  }

  /** Another policy or calendar holds from now on: what is open is computed anew. */
  private change(at: number): void {
    if (!this.isOpen) return;
    const surroundings = this.surroundings(at);
    const { severity } = this;
    const changed = new Set(this.clocks.map((clock) => recompute(clock, at, surroundings)));
    for (const planned of this.agesFrom(this.ageCountsFrom, at)) {
      const age = this.ages.find(({ name }) => name === planned.name)!;
      if (age.isReached) continue;
      const { dueAt, warnAt } = age;
      age.dueAt = this.isUnresolved ? Math.max(planned.dueAt, at) : planned.dueAt;
      if (age.warnedAt === null) age.warnAt = this.warningOfAge(age, at);
      if (age.dueAt !== dueAt) changed.add('DUE');
      else if (age.warnAt !== warnAt) changed.add('SOMETHING');
    }
    if (changed.has('DUE')) this.tell('complaint-clocks-recomputed', at);
    this.weigh(at);
    const isChanged = changed.has('DUE') || changed.has('SOMETHING') || severity !== this.severity;
    if (isChanged) this.write('recomputeComplaint', at);
  }

  private agesFrom(receivedAt: number, at = this.enteredAt): readonly CountedAge[] {
    const { policy } = this.surroundings(at);
    const none = { warnAt: null, warnedAt: null, isReached: false };
    const ages: CountedAge[] = [
      { name: 'BECOMES_HOT', dueAt: receivedAt + policy.hotAfterDays * day, ...none },
      { name: 'BECOMES_MAJOR', dueAt: monthsAfter(receivedAt, policy.majorAfterMonths), ...none },
    ];
    for (const age of ages) age.warnAt = this.warningBefore(age, receivedAt, at);
    return ages;
  }

  private warningBefore({ name, dueAt }: CountedAge, from: number, at: number): number | null {
    const hours = this.surroundings(at).policy.warningHours[name]!;
    const warnAt = dueAt - hours * hour;
    return hours > 0 && warnAt > from ? warnAt : null;
  }

  private warningOfAge(age: CountedAge, at: number): number | null {
    const warnAt = this.warningBefore(age, this.ageCountsFrom, at);
    if (warnAt === null || !this.isUnresolved) return warnAt;
    const notBefore = Math.max(warnAt, at);
    return notBefore >= age.dueAt ? null : notBefore;
  }
}

export interface Told {
  readonly severity: CountedSeverity;
  readonly causeClass: CountedClass;
}
