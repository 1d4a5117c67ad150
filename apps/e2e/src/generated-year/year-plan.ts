import { Random } from '../chaos/random';
import { CountedCase, type CaseStep, type CountedClass, type Receipt } from './counted-case';
import { day, hour, minute } from './naive-calendar';

export interface YearSize {
  readonly complaints: number;
  readonly projects: number;
  readonly seed: number;
}

/** One thing that somebody does in the year, and what it is answered by the count. */
export interface PlannedCommand {
  readonly at: number;
  /** Which case it is about; the first command of a case makes it, unless a visit did. */
  readonly story: number;
  readonly step: CaseStep;
  readonly answer: string;
  /** The story that a return visit's new demand begins. */
  readonly leadsTo: number | null;
}

export interface YearPlan {
  readonly size: YearSize;
  readonly beginsAt: number;
  readonly endsAt: number;
  /** In the order of time; of one case in the order in which they are done. */
  readonly commands: readonly PlannedCommand[];
  /** By story. */
  readonly cases: readonly CountedCase[];
}

/** What happens at the desk happens every quarter of an hour; what falls due falls due when it does. */
export const slot = 15 * minute;
/** Of each project, as many different ones as the largest group and some more. */
export const customersOfProject = 16;

export const yearBeginsAt = Date.parse('2026-01-01T00:00:00+08:00');
export const yearEndsAt = Date.parse('2027-01-01T00:00:00+08:00');

const classes: readonly CountedClass[] = ['CLASS_1', 'CLASS_2', 'CLASS_3'];
const channels = [
  ...['PHONE', 'PHONE', 'PHONE', 'PHONE', 'VISIT', 'VISIT', 'WECHAT', 'LETTER', 'EMAIL', 'QQ_GROUP'],
  ...['LETTER_BOX', 'PATROL', 'WEB', 'WEB', 'DEVELOPER_CUSTOMER_RELATIONS'],
];
const tellings = ['PHONE', 'PHONE', 'IN_PERSON', 'WECHAT', 'SMS', 'LETTER'];
const facts = [
  ...['LAWSUIT_FILED', 'MEDIA_EXPOSURE', 'LAWSUIT_LIKELY', 'LAWSUIT_LIKELY'],
  ...['MEDIA_EXPOSURE_LIKELY', 'OUTSIDE_HELP_NEEDED', 'OUTSIDE_HELP_NEEDED'],
];

/** On the next quarter of an hour, or on this one. */
function onSlot(at: number): number {
  return Math.ceil(at / slot) * slot;
}

interface Queued {
  readonly at: number;
  /** Null: the case has grown old. */
  readonly step: CaseStep | null;
}

/** Plays one case against its count, and decides as people would what is done next. */
class StoryPlanner {
  private readonly queue: Queued[] = [];
  private knownClocks = 0;
  private nextReturns: number;

  constructor(
    private readonly counted: CountedCase,
    private readonly story: number,
    private readonly random: Random,
    private readonly write: (command: PlannedCommand) => void,
    private readonly leadOn: (receipt: Receipt, at: number) => number,
  ) {
    this.nextReturns = random.below(10) === 0 ? 1 + random.below(2) : 0;
  }

  /** @param at when the case is there */
  play(at: number): void {
    const { counted, random } = this;
    this.queue.push({ at: counted.weekOldAt, step: null }, { at: counted.monthOldAt, step: null });
    // Of a hundred, three are forgotten.
    if (random.below(100) >= 3) {
      this.later(at, 2 * hour, { command: 'acknowledgeComplaint' });
      this.beginHandling(at + 2 * hour);
    }
    this.bystanders(at);
    this.duties();
    for (;;) {
      this.queue.sort((a, b) => a.at - b.at || Number(a.step !== null) - Number(b.step !== null));
      const next = this.queue.shift();
      if (!next || next.at >= yearEndsAt) break;
      this.carryOut(next);
    }
    counted.reach(yearEndsAt);
  }

  private carryOut({ at, step: planned }: Queued): void {
    const { counted, story, random } = this;
    counted.reach(at);
    if (planned === null) {
      this.duties();
      return;
    }
    if (planned.command === 'fileComplaint') throw new Error('a case is filed once');
    const step = planned.command === 'recordReturnVisit' ? { ...planned, customer: this.visited() } : planned;
    // Nobody adds to a case that is settled already.
    const isAddition = ['addComplaintFacts', 'raiseComplaintSeverity', 'joinComplaint'].includes(
      step.command,
    );
    if (isAddition && !counted.isUnresolved) return;
    const before = counted.status;
    const answer = counted.take(step, at);
    let leadsTo: number | null = null;
    if (step.command === 'recordReturnVisit' && step.newDemand && answer === 'DONE') {
      const { project, customers } = counted.receipt;
      const { causeClass } = step.newDemand;
      const receipt = { project, receivedAt: at, causeClass, channel: 'RETURN_VISIT', facts: [] };
      leadsTo = this.leadOn({ ...receipt, customers: customers.slice(0, 1) }, at);
    }
    this.write({ at, story, step, answer, leadsTo });
    this.duties();
    if (answer !== 'DONE' || counted.status === before) return;
    if (counted.status === 'REOPENED') this.beginHandling(at);
    if (counted.status === 'RESOLVED') this.reportImpact(at);
    if (counted.status === 'CLOSED' && random.below(40) === 0) {
      this.later(at + 3 * day, 40 * day, { command: 'reopenComplaint' });
    }
  }

  private visited(): number | null {
    return this.counted.receipt.customers[0] ?? this.counted.firstJoined;
  }

  /** From the response to the resolution. */
  private beginHandling(from: number): void {
    const { random, counted } = this;
    const [due] = counted.owed('RESPONSE');
    const respondedAt = this.answer(from, due?.dueAt ?? from + day);
    if (respondedAt === null) return;
    this.doWhatTheClassAsks(respondedAt);
    const drawn = random.below(100);
    const longest = drawn < 66 ? 4 * day : drawn < 88 ? 12 * day : drawn < 96 ? 50 * day : null;
    if (random.below(12) === 0) this.later(from, 6 * hour, { command: 'promiseComplaintCallback' });
    if (random.below(5) === 0) {
      const toldBy = random.below(3) === 0 ? null : random.oneOf(tellings);
      this.later(respondedAt, 3 * day, { command: 'recordComplaintProgress', toldBy });
    }
    if (longest !== null) this.later(respondedAt, longest, { command: 'resolveComplaint' });
  }

  /** At once, or by a reply that is approved and sent; one of fifty tries it at once where it may not be. */
  private answer(from: number, dueAt: number): number | null {
    const { counted, random } = this;
    const atOnce: CaseStep = { command: 'respondToComplaint', channel: random.oneOf(tellings) };
    if (!counted.isAnsweredByApproval) return this.duty(from, dueAt, atOnce);
    if (random.below(50) === 0) this.later(from, 3 * hour, atOnce);
    const [reply] = counted.owed('REPLY');
    const sentAt = this.duty(from, reply?.dueAt ?? dueAt, { command: 'sendComplaintReply' });
    if (sentAt === null) return null;
    const statesMeasures = random.below(10) > 0;
    const before: CaseStep[] = [
      { command: 'draftComplaintReply', statesMeasures },
      { command: 'submitComplaintReply' },
      { command: 'approveComplaintReply' },
    ];
    // At the same moment, before it is sent.
    const sending = this.queue.pop()!;
    this.queue.push(...before.map((step) => ({ at: sentAt, step })), sending);
    return sentAt;
  }

  /** Of its class, whatever it is by then; a few forget a part, and the case stays open. */
  private doWhatTheClassAsks(from: number): void {
    const { counted, random } = this;
    const isForgotten = (): boolean => random.below(40) === 0;
    if (counted.causeClass === 'CLASS_2' && !isForgotten()) {
      const kind = random.oneOf(['HOUSING_QUALITY_NOTICE', 'FACILITIES_REPORT'] as const);
      this.later(from, day, { command: 'issueComplaintNotice', kind, to: 'DEVELOPER_CUSTOMER_RELATIONS' });
    }
    if (counted.causeClass !== 'CLASS_3') return;
    if (!isForgotten()) this.later(from, day, { command: 'nameComplaintCoordinator' });
    if (!isForgotten()) this.later(from, day, { command: 'recordComplaintProgress', toldBy: 'PHONE' });
  }

  /** The reports according to the impact, once the case is settled: what is owed then is all that will be. */
  private reportImpact(from: number): void {
    const { counted, random } = this;
    if (counted.causeClass !== 'CLASS_3' || random.below(40) === 0) return;
    for (const to of counted.owedByClass) {
      if (to === 'COORDINATOR' || to === 'PROGRESS') continue;
      this.later(from, day, { command: 'issueComplaintNotice', kind: 'IMPACT_REPORT', to });
    }
  }

  /** What others know, say and want meanwhile. */
  private bystanders(at: number): void {
    const { random, counted } = this;
    if (random.below(25) === 0) {
      this.later(at, 5 * day, { command: 'addComplaintFacts', facts: [random.oneOf(facts)] });
    }
    if (random.below(14) === 0) {
      const first = random.below(customersOfProject);
      const count = random.oneOf([1, 1, 2, 2, 3, 10]);
      const customers = Array.from({ length: count }, (_, n) => (first + n) % customersOfProject);
      this.later(at, 4 * day, { command: 'joinComplaint', customers });
    }
    if (random.below(50) === 0) {
      this.later(at, 6 * day, { command: 'raiseComplaintSeverity', to: random.oneOf(['HOT', 'MAJOR']) });
    }
    if (random.below(30) === 0) {
      const to = classes[(classes.indexOf(counted.causeClass) + 1 + random.below(3)) % 3]!;
      this.later(at, 2 * day, { command: 'changeComplaintCauseClass', to });
    }
    // Whoever does not know how far it has come is told so.
    if (random.below(60) === 0) this.later(at, day, { command: 'resolveComplaint' });
    if (random.below(60) === 0) this.later(at, 3 * day, { command: 'fileDemandForm' });
  }

  /** Whatever has arisen is done: in time, at the very moment, late, or never. */
  private duties(): void {
    const { counted, random } = this;
    const arisen = counted.clocks.slice(this.knownClocks);
    this.knownClocks = counted.clocks.length;
    for (const { kind, startedAt, dueAt } of arisen) {
      if (kind === 'DEMAND_FORM') this.duty(startedAt, dueAt, { command: 'fileDemandForm' });
      if (kind === 'SPECIAL_REPORT') {
        const doneAt = this.duty(startedAt, dueAt, { command: 'submitSpecialReport' });
        if (doneAt !== null) this.later(doneAt, day, { command: 'closeComplaint' });
      }
      if (kind === 'CALLBACK' && random.below(2) === 0) {
        this.duty(startedAt, dueAt, { command: 'recordComplaintProgress', toldBy: 'PHONE' });
      }
      if (kind === 'RETURN_VISIT') {
        const comesBack = this.nextReturns > 0;
        if (comesBack) this.nextReturns -= 1;
        const satisfaction = comesBack ? 1 + random.below(2) : 3 + random.below(3);
        const newDemand = random.below(60) === 0 ? { causeClass: random.oneOf(classes) } : null;
        const visit = { command: 'recordReturnVisit', satisfaction, newDemand, customer: null } as const;
        const doneAt = this.duty(startedAt, dueAt, visit);
        if (doneAt !== null) this.later(doneAt, 2 * day, { command: 'closeComplaint' });
      }
    }
  }

  private duty(from: number, dueAt: number, step: CaseStep): number | null {
    const { random } = this;
    const drawn = random.below(100);
    if (drawn < 2) return null;
    const early = from + slot + random.next() * Math.max(0, Math.min(dueAt - from, day) - slot);
    const at = drawn < 86 ? early : drawn < 89 ? dueAt : dueAt + random.next() * 3 * day;
    const slotted = onSlot(at);
    this.queue.push({ at: slotted, step });
    return slotted;
  }

  private later(from: number, within: number, step: CaseStep): void {
    this.queue.push({ at: onSlot(from + slot + this.random.next() * within), step });
  }
}

/** Plans a year of complaints; the same seed gives the same year. */
export function planYear(size: YearSize): YearPlan {
  const random = new Random(size.seed);
  const commands: PlannedCommand[] = [];
  const cases: CountedCase[] = [];
  const waiting: { readonly story: number; readonly at: number }[] = [];
  const begin = (receipt: Receipt, at: number): number => {
    const story = cases.push(new CountedCase(receipt)) - 1;
    waiting.push({ story, at });
    return story;
  };
  const playOn = (): void => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { story, at } = next;
      const write = (command: PlannedCommand): void => void commands.push(command);
      new StoryPlanner(cases[story]!, story, random, write, begin).play(at);
    }
  };
  for (let count = 0; count < size.complaints; count += 1) {
    const receipt = drawReceipt(size, random);
    const at = onSlot(receipt.receivedAt);
    const story = begin(receipt, at);
    commands.push({ at, story, step: { command: 'fileComplaint', receipt }, answer: 'DONE', leadsTo: null });
    playOn();
  }
  // Sorting keeps the order of what is done at the same moment.
  commands.sort((a, b) => a.at - b.at);
  return { size, beginsAt: yearBeginsAt, endsAt: yearEndsAt, commands, cases };
}

function drawReceipt({ projects }: YearSize, random: Random): Receipt {
  // To the second, at any time of the year but its last week: the hotline is always answered (CAL-05).
  const whole = yearEndsAt - yearBeginsAt - 7 * day;
  const dayBegins = yearBeginsAt + Math.floor((random.next() * whole) / day) * day;
  const timeOfDay = random.below(10) < 8 ? 9 * hour + random.next() * 9 * hour : random.next() * 23 * hour;
  const groups = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 12];
  const group = random.oneOf(groups);
  const first = random.below(customersOfProject);
  return {
    project: random.below(projects),
    receivedAt: dayBegins + Math.floor(timeOfDay / 1_000) * 1_000,
    causeClass: random.oneOf(classes),
    channel: random.oneOf(channels),
    customers: Array.from({ length: group }, (_, n) => (first + n) % customersOfProject),
    facts: random.below(20) === 0 ? [random.oneOf(facts)] : [],
  };
}
