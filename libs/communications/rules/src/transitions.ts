import { refuse, type Refused } from '@anju/kernel';
import type { CommunicationsRefusal, CommunicationsRefusalCode } from './refusals';

type StatusCode = Extract<CommunicationsRefusalCode, `${string}_NOT_IN_REQUIRED_STATUS`>;

/** What can happen to an aggregate: how it begins, each command with its statuses, the refusal of the others. */
export interface Transitions<Status extends string, Command extends string, Code extends StatusCode> {
  readonly refusal: Code;
  readonly initial: Status;
  readonly commands: {
    readonly [C in Command]: { readonly from: readonly Status[]; readonly to: Status | 'SAME' };
  };
}

/** The refusal of a command in a status that does not have it, or null where it does. */
export function wrongStatus<Status extends string, Command extends string, Code extends StatusCode>(
  transitions: Transitions<Status, Command, Code>,
  command: Command,
  status: Status,
): Refused<CommunicationsRefusal<Code>> | null {
  const { from } = transitions.commands[command];
  if (from.includes(status)) return null;
  return refuse(transitions.refusal, { command, currentStatus: status, allowedIn: from });
}
