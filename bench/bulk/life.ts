import { isRefused, type Decision, type DueTime } from '@anju/kernel';

/** What of an aggregate's definition its life needs. */
export interface LifeRules<State, Fact, Environment> {
  readonly deadlines?: (state: State, environment: Environment) => readonly DueTime[];
  readonly onDeadline?: (
    state: State,
    kind: string,
    dueAt: Date,
    environment: Environment,
  ) => Decision<State, Fact>;
}

/** An aggregate that has lived until now: what commands and due times made of it, as the write path carries them out. */
export class Life<State, Fact, Environment> {
  readonly facts: Fact[] = [];
  private current: State;
  private changed: Date;
  /** A command lies in the future: it and those after it have not been given. */
  private isOver = false;

  /** @throws Error if the rules refuse what makes it */
  constructor(
    private readonly rules: LifeRules<State, Fact, Environment>,
    readonly environment: Environment,
    readonly beganAt: Date,
    private readonly now: Date,
    decision: Decision<State, Fact>,
  ) {
    this.changed = beganAt;
    this.current = this.accepted(decision);
  }

  get state(): State {
    return this.current;
  }

  get changedAt(): Date {
    return this.changed;
  }

  /**
   * A command, unless it lies in the future; what falls due before it comes first.
   * @throws Error if the rules refuse it
   */
  then(at: Date, decide: (state: State, at: Date) => Decision<State, Fact>): this {
    this.isOver ||= at > this.now;
    if (this.isOver) return this;
    this.catchUp(at);
    this.current = this.accepted(decide(this.current, at));
    this.changed = at;
    return this;
  }

  /** What falls due until now, where no command comes any more. @returns what is due after that */
  end(): readonly DueTime[] {
    this.catchUp(this.now);
    return this.rules.deadlines?.(this.current, this.environment) ?? [];
  }

  private catchUp(until: Date): void {
    const { deadlines, onDeadline } = this.rules;
    if (!deadlines || !onDeadline) return;
    for (;;) {
      const due = deadlines(this.current, this.environment)
        .filter(({ dueAt }) => dueAt <= until)
        .sort((a, b) => +a.dueAt - +b.dueAt)[0];
      if (!due) return;
      this.current = this.accepted(onDeadline(this.current, due.kind, due.dueAt, this.environment));
      this.changed = due.dueAt;
    }
  }

  private accepted(decision: Decision<State, Fact>): State {
    if (isRefused(decision)) {
      throw new Error(`the rules refuse it: ${JSON.stringify(decision.refusal)}`);
    }
    this.facts.push(...decision.facts);
    return decision.state;
  }
}
