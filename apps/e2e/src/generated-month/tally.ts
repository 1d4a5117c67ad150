import { minutesOf, monthBounds } from './wall-time';
import type { PlannedCommands, PlannedStep } from './planned-step';

/** Numerator and denominator of a metric; a sum has no denominator. */
export interface Counted {
  numerator: number;
  denominator: number | null;
}

/** Adds up what falls into a month. */
export class Tally {
  readonly counted: Record<string, Counted> = {};
  private readonly from: number;
  private readonly to: number;

  /** @param month `YYYY-MM` */
  constructor(month: string) {
    ({ from: this.from, to: this.to } = monthBounds(month));
  }

  /**
   * Adds to a sum, and to the same sum by a dimension.
   * @param at minute whose day it counts for; null where it has not happened
   */
  add(metric: string, at: number | null, amount = 1, ...dimensions: string[]): void {
    if (at === null || !this.isInMonth(at)) return;
    for (const name of [metric, ...dimensions.map((dimension) => `${metric} ${dimension}`)]) {
      const entry = (this.counted[name] ??= { numerator: 0, denominator: null });
      entry.numerator += amount;
    }
  }

  /** Adds a case to a mean or a share. */
  share(metric: string, at: number | null, amount: number | boolean, ...dimensions: string[]): void {
    if (at === null || !this.isInMonth(at)) return;
    for (const name of [metric, ...dimensions.map((dimension) => `${metric} ${dimension}`)]) {
      const entry = (this.counted[name] ??= { numerator: 0, denominator: 0 });
      entry.numerator += Number(amount);
      entry.denominator = (entry.denominator ?? 0) + 1;
    }
  }

  private isInMonth(at: number): boolean {
    return at >= this.from && at < this.to;
  }
}

type StepOf<Command extends keyof PlannedCommands> = Extract<PlannedStep, { command: Command }>;

/** The steps of one story, asked by their command. */
export class Played {
  constructor(readonly steps: readonly PlannedStep[]) {}

  all<Command extends keyof PlannedCommands>(command: Command): StepOf<Command>[] {
    return this.steps.filter((step): step is StepOf<Command> => step.command === command);
  }

  one<Command extends keyof PlannedCommands>(command: Command): StepOf<Command> | null {
    return this.all(command)[0] ?? null;
  }

  /** Minutes of every time that it was done. */
  times(command: keyof PlannedCommands): number[] {
    return this.all(command).map(({ at }) => minutesOf(at));
  }

  /** Of the first time, or of the first at or after a minute; null when it was not. */
  time(command: keyof PlannedCommands, from = -Infinity): number | null {
    return this.times(command).find((at) => at >= from) ?? null;
  }
}
