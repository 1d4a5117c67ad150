import { refuse, type Refusal, type Refused } from './decision';

/** In which statuses a command is possible, and the status that it leads to. */
export interface Transition<Status extends string> {
  readonly from: readonly Status[];
  readonly to: Status | 'SAME';
}

/** The code of a command that exists, but not in the aggregate's present status. */
export type StatusRefusalCode = `${string}_NOT_IN_REQUIRED_STATUS`;

/** A command that exists, but not in this status; `allowedIn` names the statuses in which it does. */
export type StatusRefusalData = {
  readonly command: string;
  readonly currentStatus: string;
  readonly allowedIn: readonly string[];
};

/** What can happen to an aggregate: how it begins, each command on it, and the refusal of the others. */
export interface Transitions<Status extends string, Command extends string, Code extends StatusRefusalCode> {
  readonly refusal: Code;
  readonly initial: Status;
  readonly commands: { readonly [C in Command]: Transition<Status> };
}

/** The refusal of a command in a status that does not have it, or null where it does. */
export function wrongStatus<Status extends string, Command extends string, Code extends StatusRefusalCode>(
  transitions: Transitions<Status, Command, Code>,
  command: Command,
  status: Status,
): Refused<Refusal<Code, StatusRefusalData>> | null {
  const { from } = transitions.commands[command];
  if (from.includes(status)) return null;
  return refuse(transitions.refusal, { command, currentStatus: status, allowedIn: from });
}

/** The status after a command that was admitted. */
export function statusAfter<Status extends string, Command extends string>(
  transitions: Pick<Transitions<Status, Command, StatusRefusalCode>, 'commands'>,
  command: Command,
  status: Status,
): Status {
  const { to } = transitions.commands[command];
  return to === 'SAME' ? status : to;
}
