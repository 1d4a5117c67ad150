/** A whole number, both ends included. */
export interface WholeShape {
  readonly kind: 'WHOLE';
  readonly about: string;
  readonly from: number;
  readonly to: number;
}

/** An exact number as text. */
export interface DecimalShape {
  readonly kind: 'DECIMAL';
  readonly about: string;
  readonly from: number;
  readonly to: number;
}

export interface TextShape {
  readonly kind: 'TEXT';
  readonly about: string;
  readonly longest: number;
  /** What the whole text has to match, and how that is written for people. */
  readonly like?: { readonly pattern: RegExp; readonly expected: string };
}

export interface ChoiceShape<Word extends string = string> {
  readonly kind: 'CHOICE';
  readonly about: string;
  readonly of: readonly Word[];
}

export interface FlagShape {
  readonly kind: 'FLAG';
  readonly about: string;
}

export interface ListShape<Of = AnyShape> {
  readonly kind: 'LIST';
  readonly about: string;
  readonly of: Of;
  readonly fewest: number;
  readonly most: number;
  /** Of entries with fields: the field that no two have the same of. Otherwise no two entries are the same. */
  readonly distinctBy?: string;
}

export interface FieldsShape<Fields = { readonly [name: string]: AnyShape }> {
  readonly kind: 'FIELDS';
  readonly about: string;
  readonly fields: Fields;
}

export interface OptionalShape<Of = AnyShape> {
  readonly kind: 'OPTIONAL';
  readonly about: string;
  readonly of: Of;
}

export type AnyShape =
  WholeShape | DecimalShape | TextShape | ChoiceShape | FlagShape | ListShape | FieldsShape | OptionalShape;

/** The shapes that can describe a value of this type. */
type ShapeFor<Value> = null extends Value
  ? OptionalShape<ShapeFor<NonNullable<Value>>>
  : [Value] extends [number]
    ? WholeShape
    : [Value] extends [boolean]
      ? FlagShape
      : [Value] extends [string]
        ? TextShape | DecimalShape | ChoiceShape<Value>
        : [Value] extends [readonly (infer Entry)[]]
          ? ListShape<ShapeFor<Entry>>
          : FieldsShape<PolicyShape<Value>>;

/** What each setting of a policy may be; one that is left out does not compile. */
export type PolicyShape<Policy> = {
  readonly [Name in keyof Policy]-?: ShapeFor<NonNullable<Policy[Name]> | Extract<Policy[Name], null>>;
};

/** Values in place of those below them; what is absent stays as it is there. */
export type PolicyValues<Policy = unknown> = Policy extends
  readonly unknown[] | string | number | boolean | null
  ? Policy
  : { readonly [Name in keyof Policy]?: PolicyValues<Policy[Name]> };

export type PolicyProblemReason =
  | 'REQUIRED'
  | 'FORMAT'
  | 'OUT_OF_RANGE'
  | 'UNKNOWN_VALUE'
  | 'NOT_APPLICABLE'
  | 'TOO_MANY'
  | 'TOO_LONG'
  | 'DUPLICATE'
  | 'CONTRADICTS';

/** `expected` says what would be right in notation, not prose, so that it needs no translation. */
export type PolicyProblem = {
  /** Path of the setting, such as `topics.3.code`. */
  readonly field: string;
  readonly reason: PolicyProblemReason;
  readonly expected: string;
};

/** Settings each of which may be right, and which do not go together. */
export type PolicyContradiction = PolicyProblem & {
  /** Paths of all settings that it is about: nothing is to be said of it while one of them is wrong in itself. */
  readonly between: readonly string[];
};

/** A whole number from and to, both included. */
export function whole(about: string, from: number, to: number): WholeShape {
  return { kind: 'WHOLE', about, from, to };
}

export function text(about: string, longest: number, like?: TextShape['like']): TextShape {
  return { kind: 'TEXT', about, longest, ...(like && { like }) };
}

export function choice<const Word extends string>(about: string, of: readonly Word[]): ChoiceShape<Word> {
  return { kind: 'CHOICE', about, of };
}

export function list<Of>(
  about: string,
  of: Of,
  { fewest, most, distinctBy }: { fewest: number; most: number; distinctBy?: string },
): ListShape<Of> {
  return { kind: 'LIST', about, of, fewest, most, ...(distinctBy && { distinctBy }) };
}

export function fields<Fields>(about: string, of: Fields): FieldsShape<Fields> {
  return { kind: 'FIELDS', about, fields: of };
}

/** Everything that is wrong with values that are to stand in place of others. Unknown settings are wrong, too. */
export function policyProblems<Policy>(
  shape: PolicyShape<Policy>,
  values: unknown,
): readonly PolicyProblem[] {
  const root: FieldsShape = { kind: 'FIELDS', about: '', fields: shape };
  return problemsOf(root, values, '', false);
}

/**
 * The values without the settings that problems are of, as far as those can be left out alone: whatever lies below
 * them stands in their place.
 */
export function withoutProblems(values: object, problems: readonly PolicyProblem[]): object {
  const paths = problems.map(({ field }) => field.split('.'));
  const left = (value: unknown, wrong: readonly (readonly string[])[]): unknown => {
    if (!isRecord(value)) return value;
    const kept = Object.entries(value).filter(
      ([name, inner]) =>
        !wrong.some(([first, ...rest]) => first === name && (rest.length === 0 || !isRecord(inner))),
    );
    return Object.fromEntries(
      kept.map(([name, inner]) => [
        name,
        left(
          inner,
          wrong.filter(([first]) => first === name).map(([, ...rest]) => rest),
        ),
      ]),
    );
  };
  return isRecord(values) ? (left(values, paths) as object) : {};
}

/** Whether any of the problems is of a setting that the contradiction is about, or of a part of one. */
export function isAboutProblems(
  { between }: PolicyContradiction,
  problems: readonly PolicyProblem[],
): boolean {
  return problems.some(({ field }) =>
    between.some((path) => `${field}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${field}.`)),
  );
}

function problem(field: string, reason: PolicyProblemReason, expected: string): PolicyProblem[] {
  return [{ field, reason, expected }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const decimal = /^-?\d{1,15}(\.\d{1,4})?$/;

/** @param complete whether every field has to be there, as in an entry of a list: nothing lies below it */
function problemsOf(shape: AnyShape, value: unknown, path: string, complete: boolean): PolicyProblem[] {
  switch (shape.kind) {
    case 'OPTIONAL':
      return value === null ? [] : problemsOf(shape.of, value, path, complete);
    case 'FLAG':
      return typeof value === 'boolean' ? [] : problem(path, 'FORMAT', 'true | false');
    case 'WHOLE':
      return problemsOfNumber(shape, Number.isSafeInteger(value) ? (value as number) : NaN, path);
    case 'DECIMAL':
      return problemsOfNumber(
        shape,
        typeof value === 'string' && decimal.test(value) ? Number(value) : NaN,
        path,
      );
    case 'CHOICE':
      return shape.of.includes(value as string) ? [] : problem(path, 'UNKNOWN_VALUE', shape.of.join(' | '));
    case 'TEXT':
      return problemsOfText(shape, value, path);
    case 'LIST':
      return problemsOfList(shape, value, path);
    case 'FIELDS':
      return problemsOfFields(shape, value, path, complete);
  }
}

function problemsOfNumber(
  { from, to }: WholeShape | DecimalShape,
  value: number,
  path: string,
): PolicyProblem[] {
  if (Number.isNaN(value)) return problem(path, 'FORMAT', `${from}…${to}`);
  return value >= from && value <= to ? [] : problem(path, 'OUT_OF_RANGE', `${from}…${to}`);
}

function problemsOfText({ longest, like }: TextShape, value: unknown, path: string): PolicyProblem[] {
  if (typeof value !== 'string') return problem(path, 'FORMAT', `1…${longest}`);
  if (value.trim() === '') return problem(path, 'REQUIRED', `1…${longest}`);
  if ([...value].length > longest) return problem(path, 'TOO_LONG', `1…${longest}`);
  return !like || like.pattern.test(value) ? [] : problem(path, 'FORMAT', like.expected);
}

function problemsOfList(shape: ListShape, value: unknown, path: string): PolicyProblem[] {
  const { fewest, most, distinctBy } = shape;
  if (!Array.isArray(value)) return problem(path, 'FORMAT', `[${fewest}…${most}]`);
  if (value.length < fewest) return problem(path, 'REQUIRED', `[${fewest}…${most}]`);
  if (value.length > most) return problem(path, 'TOO_MANY', `[${fewest}…${most}]`);
  const keys = value.map((entry: unknown) =>
    JSON.stringify(distinctBy !== undefined && isRecord(entry) ? entry[distinctBy] : entry),
  );
  const problems = value.flatMap((entry: unknown, index) => {
    const place = `${path}.${index}`;
    const found = problemsOf(shape.of, entry, place, true);
    if (found.length > 0 || keys.indexOf(keys[index]!) === index) return found;
    return problem(
      distinctBy === undefined ? place : `${place}.${distinctBy}`,
      'DUPLICATE',
      `≠ ${keys[index]}`,
    );
  });
  return problems;
}

function problemsOfFields(
  shape: FieldsShape,
  value: unknown,
  path: string,
  complete: boolean,
): PolicyProblem[] {
  const names = Object.keys(shape.fields);
  if (!isRecord(value)) return problem(path, 'FORMAT', `{ ${names.join(', ')} }`);
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  return [
    ...unknown.flatMap((name) => problem(at(name), 'NOT_APPLICABLE', names.join(' | '))),
    ...names.flatMap((name) => {
      const field = value[name];
      if (field !== undefined) return problemsOf(shape.fields[name]!, field, at(name), complete);
      return complete ? problem(at(name), 'REQUIRED', shape.fields[name]!.kind) : [];
    }),
  ];
}
