import { Random } from '../chaos/random';
import type { CaseStep, Person, Receipt } from './case-step';
import { CountedCase, type Origin } from './counted-case';
import { day, hour, minute } from './naive-calendar';
import { StoryPlanner } from './story-planner';
import { TimeQueue } from './time-queue';
import type { YearMix } from './year-mix';
import { customersOfProject, reportableFacts } from './year-words';
import { drawWorld, yearBeginsAt, yearEndsAt, type WorldChange, type YearWorld } from './year-world';

export interface YearSize {
  readonly complaints: number;
  readonly projects: number;
  readonly seed: number;
  readonly mix: YearMix;
}

/** One thing that somebody does in the year, and what it is answered by the count. */
export interface PlannedCommand {
  readonly at: number;
  /** Which case it is about; the first command of a case makes it, unless a visit or a split did. */
  readonly story: number;
  readonly step: CaseStep;
  readonly by: Person;
  readonly answer: string;
  /** The story that a return visit's new demand, or a split, begins. */
  readonly leadsTo: number | null;
}

export interface YearPlan {
  readonly size: YearSize;
  readonly beginsAt: number;
  readonly endsAt: number;
  readonly world: YearWorld;
  /** In the order of time; of one moment in the order in which they are done. */
  readonly commands: readonly PlannedCommand[];
  /** By story. */
  readonly cases: readonly CountedCase[];
}

/** What happens at a moment of the plan: a receipt, a case whose turn it is, or a change in the company. */
type Turn =
  | { readonly is: 'RECEIPT'; readonly receipt: Receipt }
  | { readonly is: 'STORY'; readonly story: number; readonly go: (at: number) => void }
  | { readonly is: 'CHANGE'; readonly change: WorldChange };

/** Draws a year and counts it by hand, moment by moment. */
export class YearPlanner {
  /** What happens at the desk happens at these intervals; what falls due falls due when it does. */
  readonly slot: number;
  readonly cases: CountedCase[] = [];
  private readonly commands: PlannedCommand[] = [];
  private readonly queue = new TimeQueue<Turn>();
  private readonly stories: StoryPlanner[] = [];
  private readonly byProject = new Map<number, number[]>();
  private readonly world: YearWorld;
  private now = -Infinity;

  constructor(readonly size: YearSize) {
    // In a large company many things happen at once.
    this.slot = size.complaints > 2_000 ? hour : 15 * minute;
    const random = new Random(size.seed);
    this.world = drawWorld({ projects: size.projects, beginsAt: yearBeginsAt }, random);
    for (let count = 0; count < size.complaints; count += 1) {
      const receipt = drawReceipt(size, random);
      this.queue.add(this.onSlot(receipt.receivedAt), { is: 'RECEIPT', receipt });
    }
    for (const change of this.world.changes) this.queue.add(change.at, { is: 'CHANGE', change });
  }

  plan(): YearPlan {
    for (let next = this.queue.take(); next && next.at < yearEndsAt; next = this.queue.take()) {
      const { at, what: turn } = next;
      this.now = at;
      if (turn.is === 'STORY') turn.go(at);
      if (turn.is === 'RECEIPT') this.receive(turn.receipt, at);
      if (turn.is === 'CHANGE') this.everybodyLooks(turn.change);
    }
    for (const one of this.cases) one.reach(yearEndsAt);
    const { size, world, commands, cases } = this;
    return { size, beginsAt: yearBeginsAt, endsAt: yearEndsAt, world, commands, cases };
  }

  /** On the next moment at which things happen at the desk, or on this one. */
  onSlot(at: number): number {
    return Math.ceil(at / this.slot) * this.slot;
  }

  /** At that moment it is the story's turn. */
  turn(at: number, story: number, go: (at: number) => void): void {
    // What arose before it was seen is not done before it was, either.
    const possible = at > this.now ? at : this.onSlot(this.now + this.slot);
    this.queue.add(possible, { is: 'STORY', story, go });
  }

  write(command: PlannedCommand): void {
    this.commands.push(command);
  }

  /** A case that another one leads to. */
  begin(receipt: Receipt, at: number, origin: Origin | null): number {
    const story = this.cases.push(new CountedCase(receipt, at, this.world, origin)) - 1;
    const planner = new StoryPlanner(this, story, new Random(this.size.seed + 31 * (story + 1)));
    this.stories.push(planner);
    const own = this.byProject.get(receipt.project);
    if (own) own.push(story);
    else this.byProject.set(receipt.project, [story]);
    planner.begin(at);
    return story;
  }

  /** Other cases of the project that came in lately. */
  neighbours(story: number): readonly number[] {
    const own = this.byProject.get(this.cases[story]!.receipt.project)!;
    return own.slice(-20).filter((one) => one !== story);
  }

  /** What has arisen for a case is seen by those who work on it. */
  look(story: number, at: number): void {
    this.stories[story]!.look(at);
  }

  private receive(receipt: Receipt, at: number): void {
    const story = this.begin(receipt, at, null);
    const step: CaseStep = { command: 'fileComplaint', receipt };
    this.write({ at, story, step, by: 'DESK', answer: 'DONE', leadsTo: null });
  }

  private everybodyLooks({ at, project }: WorldChange): void {
    const concerned = project === null ? [...this.byProject.values()].flat() : this.byProject.get(project);
    for (const story of concerned ?? []) if (this.cases[story]!.isOpen) this.look(story, at);
  }
}

/** Plans a year of complaints; the same seed gives the same year. */
export function planYear(size: YearSize): YearPlan {
  return new YearPlanner(size).plan();
}

function drawReceipt({ projects, mix }: YearSize, random: Random): Receipt {
  // To the second, at any time of the year but its last week: the hotline is always answered (CAL-05).
  const whole = yearEndsAt - yearBeginsAt - 7 * day;
  const dayBegins = yearBeginsAt + Math.floor((random.next() * whole) / day) * day;
  const timeOfDay = random.below(10) < 8 ? 9 * hour + random.next() * 9 * hour : random.next() * 23 * hour;
  const group = random.oneOf(mix.groupSizes);
  const first = random.below(customersOfProject);
  return {
    project: random.below(projects),
    receivedAt: dayBegins + Math.floor(timeOfDay / 1_000) * 1_000,
    causeClass: random.oneOf(mix.classes),
    channel: random.oneOf(mix.channels),
    customers: Array.from({ length: group }, (_, n) => (first + n) % customersOfProject),
    facts: random.below(mix.grave) === 0 ? [random.oneOf(reportableFacts)] : [],
  };
}
