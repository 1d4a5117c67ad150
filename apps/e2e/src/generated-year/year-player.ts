import { inputOf } from './step-input';
import { hands, type YearGround } from './year-ground';
import type { PlannedCommand, YearPlan } from './year-plan';
import type { WorldChange } from './year-world';

/** What was played. */
export interface PlayedYear {
  /** Of each story's case. */
  readonly ids: readonly string[];
  readonly commands: number;
  readonly refused: number;
}

/** Plays a year: at each moment whatever has fallen due fires, and the desk does what is planned. */
export class YearPlayer {
  private readonly ids: string[];
  private refused = 0;

  constructor(
    private readonly ground: YearGround,
    private readonly plan: YearPlan,
  ) {
    this.ids = plan.cases.map(() => '');
  }

  /** @throws Error where something is answered otherwise than counted by hand */
  async play(tell: (line: string) => void = () => undefined): Promise<PlayedYear> {
    const { commands, endsAt, world } = this.plan;
    const changes = [...world.changes];
    let month = -1;
    for (let from = 0; from < commands.length;) {
      const { at } = commands[from]!;
      let to = from;
      while (to < commands.length && commands[to]!.at === at) to += 1;
      while (changes[0] && changes[0].at <= at) await this.change(changes.shift()!);
      // The desk waits for nobody: what is due for a case comes before what is done in it, and beside all others.
      await Promise.all([this.reach(at), this.moment(commands.slice(from, to))]);
      from = to;
      const played = new Date(at).getUTCMonth();
      if (played !== month) {
        month = played;
        tell(`${new Date(at).toISOString().slice(0, 7)}: ${from} of ${commands.length} commands`);
      }
    }
    for (const change of changes) await this.change(change);
    await this.reach(endsAt);
    return { ids: this.ids, commands: commands.length, refused: this.refused };
  }

  private async reach(at: number): Promise<void> {
    const { clock, complaints } = this.ground;
    clock.moveTo(new Date(at));
    await complaints.scheduler.fireUpTo(new Date(at));
  }

  private async change(change: WorldChange): Promise<void> {
    await this.reach(change.at);
    await this.ground.change(change);
  }

  /** What is done at one moment: cases side by side, each in its order, and in one order those that meet. */
  private async moment(commands: readonly PlannedCommand[]): Promise<void> {
    const waiting = apart(commands);
    const hand = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        for (const command of next) await this.carryOut(command);
      }
    };
    await Promise.all(Array.from({ length: Math.min(hands, waiting.length) }, hand));
  }

  private async carryOut({ at, story, step, by, answer, leadsTo }: PlannedCommand): Promise<void> {
    const { ground, plan, ids } = this;
    const { project } = plan.cases[story]!.receipt;
    const given = await ground.command(by, step.command, inputOf(step, { ground, project, story, ids }));
    const code = given['code'] ?? 'DONE';
    if (code !== answer) {
      const when = new Date(at).toISOString();
      throw new Error(
        `${step.command} of case ${story} at ${when}: counted ${answer}, answered ${JSON.stringify(given)}`,
      );
    }
    if (code !== 'DONE') this.refused += 1;
    if (step.command === 'fileComplaint') this.ids[story] = given['id'] as string;
    if (leadsTo === null) return;
    const relation = step.command === 'splitComplaint' ? 'SPLIT_INTO' : 'LED_TO';
    const linked = given['linkedCases'] as readonly { relation: string; complaintId: string }[];
    this.ids[leadsTo] = linked.findLast((link) => link.relation === relation)!.complaintId;
  }
}

/** The commands of a moment in as many rows as do not meet: a row has all commands on its cases. */
function apart(commands: readonly PlannedCommand[]): PlannedCommand[][] {
  const rows = new Map<number, PlannedCommand[]>();
  for (const command of commands) {
    const { story, step } = command;
    const concerned = 'other' in step ? [story, step.other] : [story];
    const met = new Set(concerned.flatMap((one) => rows.get(one) ?? []));
    // Kept in the order of the plan, whichever row each comes from.
    const row = commands.filter((one) => met.has(one) || one === command);
    for (const one of row) {
      rows.set(one.story, row);
      if ('other' in one.step) rows.set(one.step.other, row);
    }
  }
  return [...new Set(rows.values())];
}
