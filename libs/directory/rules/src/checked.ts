import { refuse } from '@anju/kernel';
import type { Refusal, Refused } from '@anju/kernel';

/** Why a field cannot be taken as it is. Never the value itself: it may be personal data. */
export const problemReasons = [
  'REQUIRED',
  'TOO_LONG',
  'TOO_MANY',
  'CHARACTER_NOT_ALLOWED',
  'FORMAT',
  'CHECK_CHARACTER',
  'OUT_OF_RANGE',
  'UNKNOWN_VALUE',
  'NOT_APPLICABLE',
  'DUPLICATE',
  'CONTRADICTS',
] as const;

export type ProblemReason = (typeof problemReasons)[number];

/**
 * One field that is wrong. `field` is a path such as `phones.1.number`; `expected` says what would be right in
 * notation, not prose (`YYYY-MM-DD`, `1…200`, `PERSON | ORGANISATION`), so that it needs no translation.
 */
export type FieldProblem = {
  readonly field: string;
  readonly reason: ProblemReason;
  readonly expected: string;
};

/** A value in its canonical form, or everything that is wrong with it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

export type ValueOf<C> = C extends { readonly ok: true; readonly value: infer T } ? T : never;

export function valid<T>(value: T): Checked<T> {
  return { ok: true, value };
}

/** @param field path below the value that is checked; empty for the value itself */
export function invalid(reason: ProblemReason, expected: string, field = ''): Checked<never> {
  return { ok: false, problems: [{ field, reason, expected }] };
}

function below(path: string, problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.map((problem) => ({
    ...problem,
    field: problem.field === '' ? path : `${path}.${problem.field}`,
  }));
}

/** All fields of an input at once: every problem of every field, or all canonical values. */
export function checkFields<T extends { readonly [field: string]: Checked<unknown> }>(
  fields: T,
): Checked<{ readonly [K in keyof T]: ValueOf<T[K]> }> {
  const problems: FieldProblem[] = [];
  const values: { [field: string]: unknown } = {};
  for (const [name, checked] of Object.entries(fields)) {
    if (checked.ok) values[name] = checked.value;
    else problems.push(...below(name, checked.problems));
  }
  if (problems.length > 0) return { ok: false, problems };
  return valid(values as { readonly [K in keyof T]: ValueOf<T[K]> });
}

/** Each item of a list; problems carry the item's index. More than `max` items are refused unread. */
export function checkEach<Item, T>(
  items: readonly Item[],
  max: number,
  check: (item: Item) => Checked<T>,
): Checked<readonly T[]> {
  if (items.length > max) return invalid('TOO_MANY', `0…${max}`);
  const checked = items.map(check);
  const problems = checked.flatMap((item, index) => (item.ok ? [] : below(String(index), item.problems)));
  if (problems.length > 0) return { ok: false, problems };
  return valid(checked.flatMap((item) => (item.ok ? [item.value] : [])));
}

/** Absent and blank values become null; others are checked. */
export function optional<Input extends string | number | object, T>(
  input: Input | null | undefined,
  check: (input: Input) => Checked<T>,
): Checked<T | null> {
  if (input === null || input === undefined || (typeof input === 'string' && input.trim() === '')) {
    return valid(null);
  }
  return check(input);
}

/** A value that must be one of a fixed list. */
export function oneOf<T extends string>(values: readonly T[], input: string): Checked<T> {
  const found = values.find((value) => value === input);
  return found === undefined ? invalid('UNKNOWN_VALUE', values.join(' | ')) : valid(found);
}

export type FieldsNotValid = Refusal<'FIELDS_NOT_VALID', { readonly problems: readonly FieldProblem[] }>;

/** The refusal that names every field that is wrong, and what would be right. */
export function fieldsNotValid(problems: readonly FieldProblem[]): Refused<FieldsNotValid> {
  return refuse('FIELDS_NOT_VALID', { problems });
}
