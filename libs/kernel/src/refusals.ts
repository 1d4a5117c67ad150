import type { PlainValue, Refusal } from './decision';

/**
 * The refusal of one code, or of any of several.
 * `Refusals` is a context's list of why its commands are not carried out: each code with what its message needs.
 */
export type RefusalOf<
  Refusals extends Readonly<Record<string, { readonly [key: string]: PlainValue }>>,
  Code extends keyof Refusals & string,
> = { [Each in Code]: Refusal<Each, Refusals[Each]> }[Code];

/**
 * A context's refusal codes as values, for the error list and the labels.
 * @param listed every code of the type; one that is missing, or is none, does not compile
 */
export function refusalCodes<Code extends string>(listed: Readonly<Record<Code, true>>): readonly Code[] {
  return Object.keys(listed) as Code[];
}
