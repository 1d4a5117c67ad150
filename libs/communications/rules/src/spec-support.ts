import { isRefused, parseLocalDateTime, type Decision, type Refusal } from '@anju/kernel';
import { approveMessage, draftMessage, setMessageAudience, submitMessage } from './message';
import type { MessageState } from './message-state';
import { defaultCommunicationsPolicy, type CommunicationsEnvironment } from './policy';
import { createTemplate, type TemplateState } from './template';

export const policy = defaultCommunicationsPolicy;

export const environment: CommunicationsEnvironment = { policy, timeZone: 'Asia/Shanghai' };

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

export const now = at('2026-03-02 10:00');

/** 停水通知: two fields of the message, one of the recipient. */
export function aTemplate(change: Partial<Parameters<typeof createTemplate>[0]> = {}): TemplateState {
  return accepted(
    createTemplate(
      {
        id: 'template-1',
        projectId: 'project-jx',
        name: '停水通知',
        channel: 'SMS',
        purpose: 'SERVICE_NOTICE',
        subject: null,
        text: '{customerName}您好，{date}{place}停水，敬请谅解。',
        by: 'staff-zhou',
        ...change,
      },
      now,
      environment,
    ),
  );
}

export const values = { date: '3月3日', place: '6栋' };

export function aDraft(change: Partial<Parameters<typeof draftMessage>[0]> = {}): MessageState {
  return accepted(
    draftMessage(
      { id: 'message-1', projectId: 'project-jx', values, notBeforeAt: null, by: 'staff-zhou', ...change },
      aTemplate(),
      now,
      environment,
    ),
  );
}

export const building6 = { buildingIds: ['building-6'], unitIds: [], roles: ['OWNER'], customerIds: [] };

export function submitted(draft: MessageState = aDraft()): MessageState {
  const audience = { query: building6, size: 48, by: 'staff-zhou' };
  const ready = accepted(setMessageAudience(draft, audience, now, environment));
  return accepted(submitMessage(ready, { by: 'staff-zhou' }, now));
}

export function approved(message: MessageState = submitted(), on = now): MessageState {
  const approval = { by: 'staff-zhao', roles: ['PROJECT_MANAGER'], revision: message.revision };
  return accepted(approveMessage(message, approval, on, environment));
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
