import {
  defaultProjectCalendars,
  isRefused,
  parseLocalDateTime,
  projectCalendars,
  type Decision,
  type Refusal,
} from '@anju/kernel';
import { defaultSalesPolicy, type SalesEnvironment } from './policy';

/** The instant at which a clock in Shanghai shows `YYYY-MM-DD HH:mm`. */
export function at(local: string): Date {
  return parseLocalDateTime(local, 'Asia/Shanghai');
}

/** The state after a command that has to be accepted. */
export function accepted<State, Fact>(decision: Decision<State, Fact, Refusal>): State {
  if (isRefused(decision)) throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  return decision.state;
}

/** The facts of a command that has to be accepted. */
export function factsOf<State, Fact>(decision: Decision<State, Fact, Refusal>): readonly Fact[] {
  if (isRefused(decision)) throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  return decision.facts;
}

/** The refusal of a command that has to be refused. */
export function refusal(decision: Decision<unknown, unknown, Refusal>): Refusal {
  if (!isRefused(decision)) throw new Error('accepted');
  return decision.refusal;
}

interface Table<Status extends string, Command extends string> {
  readonly refusal: string;
  readonly initial: Status;
  readonly commands: {
    readonly [C in Command]: { readonly from: readonly Status[]; readonly to: Status | 'SAME' };
  };
}

interface Walk<Status extends string, Command extends string, State> {
  readonly table: Table<Status, Command>;
  /** A state of each status in which every command that the status allows can be carried out. */
  readonly states: Readonly<Record<Status, State>>;
  readonly commands: Readonly<Record<Command, (state: State) => Decision<State, unknown, Refusal>>>;
  /** Where a command in a wrong status is refused with another code than the table's. */
  readonly refusals?: Partial<Record<NoInfer<Command> | `${NoInfer<Command>} in ${NoInfer<Status>}`, string>>;
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
      const decision = walk.commands[command](state);
      const expected = from.includes(status)
        ? to === 'SAME'
          ? status
          : to
        : (walk.refusals?.[`${command} in ${status}`] ?? walk.refusals?.[command] ?? walk.table.refusal);
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

/** A state as it comes back from a JSON column: only what is called `…At` is an instant again. */
export function asStored<State>(state: State): State {
  return JSON.parse(JSON.stringify(state), (key, value: unknown) =>
    typeof value === 'string' && /(^at|At)$/.test(key) ? new Date(value) : value,
  ) as State;
}

/** The default policy, China's calendars, and the zone of the examples. */
export const environment: SalesEnvironment = {
  policy: defaultSalesPolicy,
  calendars: projectCalendars(defaultProjectCalendars('Asia/Shanghai')),
  timeZone: 'Asia/Shanghai',
};
