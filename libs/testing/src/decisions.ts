import { isRefused, parseLocalDateTime, type Decision, type Refusal, type Transitions } from '@anju/kernel';

/** The instant at which a clock in Shanghai shows `YYYY-MM-DD HH:mm`. */
export function at(local: string): Date {
  return parseLocalDateTime(local, 'Asia/Shanghai');
}

/** The state after a command that has to be accepted. @throws Error when it was refused */
export function accepted<State, Fact>(decision: Decision<State, Fact, Refusal>): State {
  if (isRefused(decision)) throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  return decision.state;
}

/** The facts of a command that has to be accepted. @throws Error when it was refused */
export function factsOf<State, Fact>(decision: Decision<State, Fact, Refusal>): readonly Fact[] {
  if (isRefused(decision)) throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  return decision.facts;
}

/** The refusal of a command that has to be refused. @throws Error when it was accepted */
export function refusal(decision: Decision<unknown, unknown, Refusal>): Refusal {
  if (!isRefused(decision)) throw new Error('accepted');
  return decision.refusal;
}

type Table<Status extends string, Command extends string> = Pick<
  Transitions<Status, Command, never>,
  'initial' | 'commands'
>;

interface Walk<Status extends string, Command extends string, State> {
  readonly table: Table<Status, Command> & { readonly refusal: string };
  /** A state of each status in which every command that the status allows can be carried out. */
  readonly states: Readonly<Record<Status, State>>;
  readonly commands: Readonly<Record<Command, (state: State) => Decision<State, unknown, Refusal>>>;
  /** Where a command in a wrong status is refused with another code than the table's, or is without effect. */
  readonly otherwise?: Readonly<
    Partial<Record<NoInfer<Command> | `${NoInfer<Command>} in ${NoInfer<Status>}`, string>>
  >;
}

/** Each cell of status × command that does not behave as the table says, in words; empty when all do. */
export function wrongCells<Status extends string, Command extends string, State extends { status: Status }>(
  walk: Walk<Status, Command, State>,
): readonly string[] {
  const wrong: string[] = [];
  for (const status of Object.keys(walk.states) as Status[]) {
    const state = walk.states[status];
    if (state.status !== status) wrong.push(`the example of ${status} is ${state.status}`);
    for (const command of Object.keys(walk.commands) as Command[]) {
      const { from, to } = walk.table.commands[command];
      const before = JSON.stringify(state);
      const decision = walk.commands[command](state);
      if (JSON.stringify(state) !== before) wrong.push(`${command} in ${status} changes it`);
      const expected = from.includes(status)
        ? to === 'SAME'
          ? status
          : to
        : (walk.otherwise?.[`${command} in ${status}`] ?? walk.otherwise?.[command] ?? walk.table.refusal);
      const actual = isRefused(decision) ? decision.refusal.code : decision.state.status;
      if (actual !== expected) wrong.push(`${command} in ${status}: ${actual} instead of ${expected}`);
    }
  }
  return wrong;
}

/** The statuses that no row of commands leads to; empty when all are reachable. */
export function unreachableStatuses<Status extends string, Command extends string>(
  table: Table<Status, Command>,
  statuses: readonly Status[],
): readonly Status[] {
  const reached = new Set<Status>([table.initial]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const { from, to } of Object.values<Table<Status, Command>['commands'][Command]>(table.commands)) {
      if (to !== 'SAME' && from.some((status) => reached.has(status))) reached.add(to);
    }
  }
  return statuses.filter((status) => !reached.has(status));
}

/** A state as it comes back from a JSON column: only what is called `at` or `…At` is an instant again. */
export function asStored<State>(state: State): State {
  return JSON.parse(JSON.stringify(state), (key, value: unknown) =>
    typeof value === 'string' && /(^at|At)$/.test(key) ? new Date(value) : value,
  ) as State;
}
