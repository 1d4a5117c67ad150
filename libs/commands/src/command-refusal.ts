import type { Refusal } from '@anju/kernel';

/** A command that the rules refused; a result for the caller, not a fault. */
export class CommandRefusal<R extends Refusal = Refusal> {
  readonly code: R['code'];
  readonly data: R['data'];

  /** The data's entries become properties too: the graph's refusal types read them by name. */
  constructor(refusal: R) {
    Object.assign(this, refusal.data);
    this.code = refusal.code;
    this.data = refusal.data;
  }
}

export function isCommandRefusal(value: unknown): value is CommandRefusal {
  return value instanceof CommandRefusal;
}

/** The refusals that reach the caller as a result; malformed fields are thrown as bad input instead. */
export type ActionableRefusal<R extends Refusal> = R extends { readonly code: 'FIELDS_NOT_VALID' }
  ? never
  : CommandRefusal<R>;
