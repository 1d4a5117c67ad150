import type { Random } from '../chaos/random';
import type { CaseCommand, LaterStep, Person } from './case-step';
import type { CountedCase } from './counted-case';
import type { CountedClock } from './counted-clock';
import { takeStep } from './counted-steps';
import { day, hour } from './naive-calendar';
import { planClassWork, planCompanyCase, planDocuments, planImpactReports } from './story-papers';
import { planGrouping } from './story-groups';
import { planAnswer, planReply } from './story-replies';
import { planAttempts } from './story-visits';
import { planWaiting } from './story-waiting';
import type { YearPlanner } from './year-plan';
import { classes, customersOfProject, reportableFacts, tellings } from './year-words';
import { yearEndsAt } from './year-world';

/** What somebody means to do, as the case then is; null: not any more. */
export type Intention = () => LaterStep | null;

/** Who does what, unless it is told. */
const usually: Partial<Record<CaseCommand, Person>> = {
  draftComplaintReply: 'HANDLER',
  reviseComplaintReply: 'HANDLER',
  submitComplaintReply: 'HANDLER',
  approveComplaintReply: 'SUPERVISOR',
  sendBackComplaintReply: 'SUPERVISOR',
  sendComplaintReply: 'CUSTOMER_RELATIONS',
  withdrawComplaintReply: 'HANDLER',
  issueCompanyDemandForm: 'QUALITY_CENTRE',
  acceptComplaintHandOver: 'OTHER_HANDLER',
  refuseComplaintHandOver: 'OTHER_HANDLER',
  confirmDocumentReceipt: 'QUALITY_CENTRE',
};

const additions: readonly CaseCommand[] = ['addComplaintFacts', 'raiseComplaintSeverity', 'joinComplaint'];

/** Plays one case against its count, and decides as people would what is done next. */
export class StoryPlanner {
  readonly counted: CountedCase;
  private knownClocks = 0;
  private nextReturns: number;
  private closingTries = 0;

  constructor(
    readonly year: YearPlanner,
    readonly story: number,
    readonly random: Random,
  ) {
    this.counted = year.cases[story]!;
    this.nextReturns = this.rarely(10) ? 1 + random.below(2) : 0;
  }

  /** @param at when the case is there */
  begin(at: number): void {
    for (const { dueAt } of this.counted.ages) this.lookAt(dueAt);
    // Of a hundred, three are forgotten.
    if (this.random.below(100) >= 3) {
      this.later(at, 2 * hour, { command: 'acknowledgeComplaint' });
      this.beginHandling(at + 2 * hour);
    }
    this.bystanders(at);
    planReply(this, at);
    planWaiting(this, at);
    planCompanyCase(this, at);
    planGrouping(this, at);
    this.look(at);
  }

  /** Time has come so far; whatever has arisen is done: in time, at the very moment, late, or never. */
  look(at: number): void {
    const { counted } = this;
    counted.reach(at);
    const arisen = counted.clocks.slice(this.knownClocks);
    this.knownClocks = counted.clocks.length;
    for (const clock of arisen) this.beginDuty(clock);
  }

  oneIn(count: number): boolean {
    return this.random.below(count) === 0;
  }

  /** Of what happens to one case in so many, where a company has much of everything, and else to fewer. */
  rarely(count: number): boolean {
    return this.oneIn(count * this.year.size.mix.calm);
  }

  /** Some time within so long, but not at once. @returns when */
  later(from: number, within: number, what: LaterStep | Intention, by?: Person): number {
    const at = this.year.onSlot(from + this.year.slot + this.random.next() * within);
    this.plan(at, what, by);
    return at;
  }

  /** One after the other, each within so long of the one before. */
  inTurn(
    from: number,
    within: number,
    steps: readonly (readonly [LaterStep | Intention, Person?])[],
  ): number {
    return steps.reduce((at, [what, by]) => this.later(at, within, what, by), from);
  }

  /** What is to be done by a moment: in time, at the very moment, late, or never. @returns when; null: never */
  duty(from: number, dueAt: number, what: LaterStep | Intention): number | null {
    const at = this.momentOf(from, dueAt);
    if (at !== null) this.plan(at, what);
    return at;
  }

  /** When a duty is done. */
  momentOf(from: number, dueAt: number): number | null {
    const { random, year } = this;
    const drawn = random.below(100);
    if (drawn < 2) return null;
    const { slot } = year;
    const early = from + slot + random.next() * Math.max(0, Math.min(dueAt - from, day) - slot);
    const late = dueAt + random.next() * 3 * day;
    // What is done at the second at which it is due comes late (CMP-05); few are so exact.
    const exactly = 3 / year.size.mix.calm;
    return drawn < 89 - exactly ? year.onSlot(early) : drawn < 89 ? dueAt : year.onSlot(late);
  }

  plan(at: number, what: LaterStep | Intention, by?: Person): void {
    this.year.turn(at, this.story, (now) => {
      const step = typeof what === 'function' ? what() : what;
      if (step) this.carryOut(step, by ?? usually[step.command] ?? 'DESK', now);
    });
  }

  private lookAt(at: number): void {
    if (at < yearEndsAt) this.year.turn(this.year.onSlot(at), this.story, (now) => this.look(now));
  }

  private carryOut(step: LaterStep, by: Person, at: number): void {
    const { counted, story, year } = this;
    counted.reach(at);
    // Nobody adds to a case that is settled already, and few go on with one that ended in another.
    if (additions.includes(step.command) && !counted.isUnresolved) return;
    if (counted.status === 'JOINED' && !this.oneIn(12)) return;
    const before = counted.status;
    const answer = takeStep(counted, step, { at, by, story, caseOf: (other) => year.cases[other]! });
    const leadsTo = answer === 'DONE' ? this.leadOn(step, at) : null;
    year.write({ at, story, step, by, answer, leadsTo });
    this.look(at);
    if ('other' in step) year.look(step.other, at);
    if (answer === 'COMPLAINT_CLOSING_INCOMPLETE') this.tryClosingAgain(at);
    if (answer !== 'DONE') return;
    if (step.command === 'fileDemandForm') planDocuments(this, at);
    // What came from the customer-relations centre is answered by a reply.
    if (step.command === 'passOnComplaint') planReply(this, at);
    if (counted.status === before) return;
    if (counted.status === 'REOPENED') this.beginHandling(at);
    if (counted.status === 'RESOLVED') planImpactReports(this, at);
    if (counted.status === 'CLOSED' && this.rarely(40)) {
      this.later(at + 3 * day, 40 * day, { command: 'reopenComplaint' });
    }
  }

  /** What is still missing of what the class asks for is done, twice at most. */
  private tryClosingAgain(at: number): void {
    if (this.closingTries >= 2 || this.counted.owedByClass(at).length === 0) return;
    this.closingTries += 1;
    planClassWork(this, at);
    planImpactReports(this, at);
    this.later(at + 2 * day, day, { command: 'closeComplaint' });
  }

  /** The case that a step begins. */
  private leadOn(step: LaterStep, at: number): number | null {
    const { counted, story, year } = this;
    const { project, channel } = counted.receipt;
    if (step.command === 'splitComplaint') {
      const { causeClass, customers } = step;
      const receipt = { project, receivedAt: at, causeClass, channel, customers, facts: [] };
      const leadsTo = year.begin(receipt, at, { how: 'SPLIT', story, from: counted });
      counted.links.push({ relation: 'SPLIT_INTO', story: leadsTo });
      return leadsTo;
    }
    if (step.command !== 'recordReturnVisit' || !step.newDemand) return null;
    const customers = step.customer === null ? [] : [step.customer];
    const { causeClass } = step.newDemand;
    const receipt = { project, receivedAt: at, causeClass, channel: 'RETURN_VISIT', customers, facts: [] };
    const leadsTo = year.begin(receipt, at, { how: 'RETURN_VISIT', story, from: counted });
    counted.links.push({ relation: 'LED_TO', story: leadsTo });
    return leadsTo;
  }

  /** From the response to the resolution. */
  private beginHandling(from: number): void {
    const { random } = this;
    const respondedAt = this.answer(from);
    if (respondedAt === null) return;
    planClassWork(this, respondedAt);
    const longest = this.settledWithin();
    if (this.rarely(12)) this.later(from, 6 * hour, { command: 'promiseComplaintCallback' });
    if (this.oneIn(5)) {
      const toldBy = this.oneIn(3) ? null : random.oneOf(tellings);
      this.later(respondedAt, 3 * day, { command: 'recordComplaintProgress', toldBy });
    }
    if (longest !== null) this.later(respondedAt, longest, { command: 'resolveComplaint' });
  }

  /** @returns in milliseconds; null: never */
  private settledWithin(): number | null {
    let drawn = this.random.below(100);
    for (const { share, days } of this.year.size.mix.settled) {
      if (drawn < share) return days * day;
      drawn -= share;
    }
    return null;
  }

  /** At once, or by a reply that is approved and sent; now and then at once where it may not be. */
  private answer(from: number): number | null {
    const { counted } = this;
    const channel = this.random.oneOf(tellings);
    const atOnce = { command: 'respondToComplaint', channel } as const;
    const [due] = counted.owed('RESPONSE');
    if (!counted.needsApproval) return this.duty(from, due?.dueAt ?? from + day, atOnce);
    if (this.oneIn(12)) this.later(from, 3 * hour, atOnce);
    const [reply] = counted.owed('REPLY');
    const sentAt = this.momentOf(from, reply?.dueAt ?? due?.dueAt ?? from + day);
    if (sentAt !== null) planAnswer(this, from, sentAt);
    return sentAt;
  }

  /** What others know, say and want meanwhile. */
  private bystanders(at: number): void {
    const { random, counted } = this;
    if (this.rarely(25)) {
      this.later(at, 5 * day, { command: 'addComplaintFacts', facts: [random.oneOf(reportableFacts)] });
    }
    if (this.rarely(14)) {
      const first = random.below(customersOfProject);
      const count = random.oneOf([1, 1, 2, 2, 3, 10]);
      const customers = Array.from({ length: count }, (_, n) => (first + n) % customersOfProject);
      this.later(at, 4 * day, { command: 'joinComplaint', customers });
    }
    if (this.rarely(50)) {
      this.later(at, 6 * day, { command: 'raiseComplaintSeverity', to: random.oneOf(['HOT', 'MAJOR']) });
    }
    if (this.rarely(30)) {
      const to = classes[(classes.indexOf(counted.causeClass) + 1 + random.below(3)) % 3]!;
      this.later(at, 2 * day, { command: 'changeComplaintCauseClass', to });
    }
    if (this.rarely(15)) {
      const stranger = this.oneIn(6) ? random.below(customersOfProject) : null;
      this.later(at, 5 * day, () => ({
        ...{ command: 'recordComplaintUrging', customer: stranger ?? this.someMember() },
      }));
    }
    if (this.rarely(30)) {
      const passedOnAt = at - (this.oneIn(8) ? 40 * day : 0) + random.below(180) * 60_000;
      const passed = { command: 'passOnComplaint', passedOnAt, reference: `CRC-${this.story}` } as const;
      const passedAt = this.later(at + 3 * hour, 4 * day, passed);
      if (this.oneIn(4)) this.later(passedAt, day, passed);
    }
    if (this.rarely(60)) this.later(at, day, { command: 'respondToComplaint', channel: 'QQ_GROUP' });
    // Whoever does not know how far it has come is told so.
    if (this.rarely(60)) this.later(at, day, { command: 'resolveComplaint' });
    if (this.rarely(60)) this.later(at, 3 * day, { command: 'fileDemandForm' });
  }

  someMember(): number | null {
    const [first] = this.counted.members;
    return first ?? null;
  }

  private beginDuty({ kind, startedAt, dueAt }: CountedClock): void {
    if (kind === 'DEMAND_FORM') this.duty(startedAt, dueAt, { command: 'fileDemandForm' });
    if (kind === 'SPECIAL_REPORT') {
      const doneAt = this.duty(startedAt, dueAt, { command: 'submitSpecialReport' });
      if (doneAt !== null) this.later(doneAt, day, this.closing());
    }
    if (kind === 'CALLBACK' && this.oneIn(2)) {
      this.duty(startedAt, dueAt, { command: 'recordComplaintProgress', toldBy: 'PHONE' });
    }
    if (kind === 'COMPANY_MEASURES') {
      this.duty(startedAt, dueAt, { command: 'reportCompanyMeasures' });
    }
    if (kind === 'COMPANY_RESULT') this.duty(startedAt, dueAt, { command: 'reportCompanyResult' });
    if (kind === 'RETURN_VISIT') this.beginVisit(startedAt, dueAt);
  }

  /** Mostly when it is time; now and then somebody tries who does not know what is missing. */
  private closing(): Intention {
    const isTold = this.oneIn(12);
    return () => {
      const { status } = this.counted;
      const isTime = status === 'RESOLVED' && this.counted.owed('SPECIAL_REPORT').length === 0;
      return isTime || isTold ? { command: 'closeComplaint' } : null;
    };
  }

  private beginVisit(startedAt: number, dueAt: number): void {
    const { random } = this;
    const comesBack = this.nextReturns > 0;
    if (comesBack) this.nextReturns -= 1;
    const satisfaction = comesBack ? 1 + random.below(2) : 3 + random.below(3);
    const newDemand = this.rarely(60) ? { causeClass: random.oneOf(classes) } : null;
    if (this.oneIn(6)) {
      const stranger = this.oneIn(8) ? random.below(customersOfProject) : null;
      this.later(startedAt, hour, () => ({
        ...{ command: 'recordReturnVisitAttempt', customer: stranger ?? this.someMember() },
        obstacle: 'NO_ANSWER',
      }));
    }
    if (!comesBack && this.oneIn(10)) {
      const triedAt = planAttempts(this, startedAt);
      this.later(triedAt, 2 * day, this.closing());
      return;
    }
    const doneAt = this.duty(startedAt, dueAt, () => ({
      ...{ command: 'recordReturnVisit', satisfaction, newDemand, customer: this.someMember() },
    }));
    if (doneAt !== null) this.later(doneAt, 2 * day, this.closing());
  }
}
