/** Values that a refusal or a fact may carry: plain data that survives JSON. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/**
 * Why a command was not carried out, in words that a program can act on. `code` is listed in
 * `docs/errors.md`; `data` fills the message of `@anju/labels` and the fields of the graph's refusal type.
 */
export interface Refusal<
  Code extends string = string,
  Data extends { readonly [key: string]: PlainValue } = { readonly [key: string]: PlainValue },
> {
  readonly code: Code;
  readonly data: Data;
}

export interface Accepted<State, Fact> {
  readonly outcome: 'accepted';
  readonly state: State;
  readonly facts: readonly Fact[];
}

export interface Refused<R extends Refusal> {
  readonly outcome: 'refused';
  readonly refusal: R;
}

/** What a rule answers to a command: the next state with what happened, or why not. */
export type Decision<State, Fact, R extends Refusal = Refusal> = Accepted<State, Fact> | Refused<R>;

/** The command is carried out: `state` is the whole next state, `facts` what happened, in order. */
export function accept<State, Fact>(state: State, ...facts: Fact[]): Accepted<State, Fact> {
  return { outcome: 'accepted', state, facts };
}

/** The command is refused; nothing changes. */
export function refuse<Code extends string, const Data extends { readonly [key: string]: PlainValue }>(
  code: Code,
  data: Data,
): Refused<Refusal<Code, Data>> {
  return { outcome: 'refused', refusal: { code, data } };
}

export function isRefused<State, Fact, R extends Refusal>(
  decision: Decision<State, Fact, R>,
): decision is Refused<R> {
  return decision.outcome === 'refused';
}

/** For the `default` of an exhaustive `switch`: a value that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new Error(`unhandled value ${JSON.stringify(value)}`);
}
