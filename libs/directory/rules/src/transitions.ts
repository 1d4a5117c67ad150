import { refuse } from '@anju/kernel';
import type { Refusal, Refused } from '@anju/kernel';

/** Commands of an aggregate with the states they are carried out in and the state they lead to. */
export type Transitions<Status extends string> = {
  readonly [command: string]: { readonly from: readonly Status[]; readonly to: Status };
};

export type OutOfOrder<Code extends string> = Refusal<
  Code,
  { readonly command: string; readonly status: string; readonly allowedFrom: readonly string[] }
>;

/**
 * The status that a command leads to, or the refusal that names the states in which it would be right.
 * @param command a key of `transitions`
 * @param code the aggregate's own refusal code
 */
export function follow<Status extends string, Code extends string>(
  transitions: Transitions<Status>,
  command: string,
  status: Status,
  code: Code,
):
  | { readonly allowed: true; readonly to: Status }
  | { readonly allowed: false; readonly refused: Refused<OutOfOrder<Code>> } {
  const { from, to } = transitions[command]!;
  if (from.includes(status)) return { allowed: true, to };
  return { allowed: false, refused: refuse(code, { command, status, allowedFrom: from }) };
}
