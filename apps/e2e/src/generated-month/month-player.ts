import type { Platform } from '../platform';
import { accountOf, graphCommand, instantOf, makes, type MadeInStory } from './month-commands';
import { prepareMonth, type MonthGround } from './month-ground';
import { MonthBroken, sendAll } from './month-operation';
import type { MonthPlan } from './month-plan';
import type { PlannedStep } from './planned-step';
import type { WallTime } from './wall-time';

/** The id that a step makes. */
function makesFor(step: PlannedStep | undefined): (typeof makes)[PlannedStep['command']] {
  return step && makes[step.command];
}

function groupBy<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

/** So many stories go on at the same moment. */
const hands = 6;

/** Plays a plan through the public graph, everybody's commands at their moment. */
class MonthPlayer {
  private readonly made = new Map<string, MadeInStory>();

  constructor(
    private readonly platform: Platform,
    private readonly ground: MonthGround,
  ) {}

  /** All of one moment: stories go on beside each other, the steps of each in their order. */
  async playMoment(steps: readonly PlannedStep[]): Promise<void> {
    const stories = [...groupBy(steps, ({ story }) => story).values()];
    await Promise.all(
      Array.from({ length: hands }, async () => {
        for (let queue = stories.shift(); queue; queue = stories.shift()) await this.playStory(queue);
      }),
    );
  }

  /**
   * One operation for as many steps as go together: of so few kinds that the gateway has planned them all soon,
   * which it would not have of steps of several stories thrown together.
   */
  private async playStory(queue: PlannedStep[]): Promise<void> {
    while (queue.length > 0) {
      const next = queue.splice(0, this.possibleAtOnce(queue));
      await this.findCases(next);
      await this.send(next);
    }
  }

  /** How many steps one person can send together: none of them needs the id of what another one makes. */
  private possibleAtOnce(queue: readonly PlannedStep[]): number {
    const { actor } = queue[0]!;
    const end = queue.findIndex((step, index) => step.actor !== actor || makesFor(queue[index - 1]));
    return end < 0 ? queue.length : end;
  }

  private storyOf({ story }: PlannedStep): MadeInStory {
    let made = this.made.get(story);
    if (!made) this.made.set(story, (made = {}));
    return made;
  }

  private async send(steps: readonly PlannedStep[]): Promise<void> {
    const { actor } = steps[0]!;
    const commands = steps.map((step) => graphCommand(step, this.storyOf(step), this.ground));
    const ids = await sendAll(this.platform.teller, accountOf[actor], commands);
    steps.forEach((step, index) => {
      const made = this.storyOf(step);
      const id = makes[step.command];
      if (id) made[id] = ids[index]!;
      if (step.command === 'recordInteraction') made.customer = step.input.customers[0]!;
      if (step.command === 'recordLead') made.customer = step.input.customer;
    });
  }

  /** Cases are opened by the contact's event, so that their ids have to be looked up. */
  private async findCases(steps: readonly PlannedStep[]): Promise<void> {
    for (const step of steps.filter(({ command }) => command === 'acknowledgeComplaint')) {
      const made = this.storyOf(step);
      const { data } = await this.platform.teller.ask<{
        interaction: { complaint: { id: string } | null };
      }>('linfang', 'query($id: ID!) { interaction(id: $id) { complaint { id } } }', {
        id: made.interactionId,
      });
      const id = data?.interaction.complaint?.id;
      if (!id) throw new MonthBroken(`${step.story}: its case was not opened`);
      made.complaintId = id;
    }
  }
}

/** Steps that rest on what another service has to hear of first. */
const waiting: readonly PlannedStep['command'][] = ['acknowledgeComplaint', 'draftContract', 'checkContract'];

/**
 * Moves the clock. What falls due on the way happens at the end of each day and before steps that wait for other
 * services, as after hours in which the platform slept: it is due at its own moment all the same.
 */
class Hand {
  private today = '';

  constructor(private readonly running: Platform['running']) {}

  async moveTo(at: WallTime, isWaitedFor: boolean): Promise<void> {
    const date = at.slice(0, 10);
    if (date !== this.today) await this.running.moveClock(instantOf(`${date} 00:00`));
    this.today = date;
    if (isWaitedFor) await this.running.moveClock(instantOf(at));
    else await this.running.setClock(instantOf(at));
  }
}

/**
 * Plays a month at 锦绣花园, whose clock stands on a day before its first step, and lets the time come at which
 * its metrics are read.
 * @throws MonthBroken if a command is refused
 */
export async function playMonth(platform: Platform, plan: MonthPlan): Promise<void> {
  const { running } = platform;
  const player = new MonthPlayer(platform, await prepareMonth(platform, plan));
  const hand = new Hand(running);
  const complaints = new Set(
    plan.steps.filter(({ command }) => command === 'acknowledgeComplaint').map(({ story }) => story),
  );
  const waitsForOthers = ({ command, story }: PlannedStep): boolean =>
    waiting.includes(command) || (command === 'closeInteraction' && complaints.has(story));
  for (const [at, steps] of groupBy<WallTime, PlannedStep>(plan.steps, (step) => step.at)) {
    await hand.moveTo(at, steps.some(waitsForOthers));
    await player.playMoment(steps);
  }
  await running.moveClock(instantOf(plan.readAt));
  await running.settled();
}
