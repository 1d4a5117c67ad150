import {
  defaultProjectCalendars,
  isRefused,
  parseLocalDateTime,
  projectCalendars,
  type Decision,
  type Refusal,
} from '@anju/kernel';
import { acknowledgeAppraisal } from './answer';
import { announceAppraisal, openAppraisal, type AppraisedEmployee, type OpenAppraisal } from './appraisal';
import type { AppraisalState } from './appraisal-state';
import { defaultAppraisalPolicy, type AppraisalEnvironment } from './policy';
import { createScheme, type SchemeContent, type SchemeState } from './scheme';

export const policy = defaultAppraisalPolicy;

export const environment: AppraisalEnvironment = {
  policy,
  calendars: projectCalendars(defaultProjectCalendars()),
};

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

/** The front desk's agent, employed since last summer. */
export const zhou: AppraisedEmployee = {
  staffId: 'staff-zhou',
  level: 'OPERATIONAL',
  position: 'FRONT_DESK_AGENT',
  employments: [{ from: '2025-07-01', to: null }],
};

/** The standard scheme for everybody of the operational level, from the beginning of 2025. */
export function aScheme(
  change: Partial<Parameters<typeof createScheme>[0]> = {},
  content: Partial<SchemeContent> = {},
): SchemeState {
  return accepted(
    createScheme(
      {
        id: 'scheme-1',
        organisationId: 'organisation-1',
        level: 'OPERATIONAL',
        position: null,
        effectiveFrom: '2025-01-01',
        content: { ...policy.standardScheme, ...content },
        by: 'staff-quality',
        ...change,
      },
      at('2025-01-01 09:00'),
      environment,
    ),
  );
}

/** A sheet of March 2026, opened by the appraiser on its last day. */
export function aSheet(change: Partial<OpenAppraisal> = {}, employee = zhou): AppraisalState {
  return accepted(
    openAppraisal(
      {
        id: 'sheet-1',
        projectId: 'project-jx',
        kind: 'MONTHLY',
        day: '2026-03-31',
        by: 'staff-qian',
        ...change,
      },
      { employee, schemes: [aScheme()], existingId: null },
      at('2026-03-31 17:00'),
      environment,
    ),
  );
}

export function announced(sheet: AppraisalState = aSheet(), on = '2026-04-01 10:00'): AppraisalState {
  return accepted(announceAppraisal(sheet, { by: 'staff-qian' }, at(on), environment));
}

export function acknowledged(sheet: AppraisalState = aSheet()): AppraisalState {
  return accepted(acknowledgeAppraisal(announced(sheet), { by: sheet.staffId }, at('2026-04-02 10:00')));
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
  /** Where a command in a wrong status is refused with another code than the table's, or is without effect. */
  readonly otherwise?: Readonly<Record<string, string>>;
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
      const before = structuredClone(state);
      const decision = walk.commands[command](state);
      if (JSON.stringify(before) !== JSON.stringify(state)) wrong.push(`${command} in ${status} changes it`);
      const expected = from.includes(status)
        ? to === 'SAME'
          ? status
          : to
        : (walk.otherwise?.[`${command} in ${status}`] ?? walk.table.refusal);
      const actual = isRefused(decision) ? decision.refusal.code : decision.state.status;
      if (actual !== expected) wrong.push(`${command} in ${status}: ${actual} instead of ${expected}`);
    }
  }
  return wrong;
}

/** The statuses that no row of commands leads to; empty when all are reachable. */
export function unreachableStatuses<Status extends string, Command extends string>(
  table: Pick<Table<Status, Command>, 'initial' | 'commands'>,
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
    typeof value === 'string' && key.endsWith('At') ? new Date(value) : value,
  ) as State;
}
