import {
  GraphQLScalarType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLResolveInfo,
} from 'graphql';
import { badInput, type InputProblem } from '@anju/commands';

/** Limits for text that a field does not set itself by `@Extensions({ maxLength })`; in characters. */
export const defaultTextLimit = 2_000;
const listLimit = 1_000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** NUL cannot be stored; the other control characters have no place in what people type. */
// eslint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

type Check = (value: unknown, path: string, problems: InputProblem[]) => void;

interface Limits {
  readonly maxLength?: number;
  /** Ids of other systems are not UUIDs. */
  readonly foreignId?: boolean;
}

function checkText(value: string, limits: Limits, path: string, problems: InputProblem[]): void {
  const limit = limits.maxLength ?? defaultTextLimit;
  if (value.length > limit && [...value].length > limit) {
    problems.push({
      field: path,
      problem: `has ${[...value].length} characters`,
      expected: `at most ${limit} characters`,
    });
  }
  if (controlCharacter.test(value)) {
    problems.push({
      field: path,
      problem: 'has a control character',
      expected: 'text without control characters',
    });
  }
  if (!value.isWellFormed()) {
    problems.push({ field: path, problem: 'is not well-formed Unicode', expected: 'whole characters' });
  }
}

function checkFor(type: GraphQLInputType, limits: Limits, seen: Map<GraphQLInputType, Check>): Check | null {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = checkFor(nullable.ofType, limits, seen);
    return (value, path, problems) => {
      const values = value as unknown[];
      if (values.length > listLimit) {
        problems.push({
          field: path,
          problem: `has ${values.length} entries`,
          expected: `at most ${listLimit} entries`,
        });
        return;
      }
      values.forEach((entry, index) => entry != null && item?.(entry, `${path}.${index}`, problems));
    };
  }
  if (isInputObjectType(nullable)) return checkForObject(nullable, seen);
  if (!(nullable instanceof GraphQLScalarType)) return null;
  if (nullable.name === 'ID' && !limits.foreignId) {
    return (value, path, problems) => {
      if (!uuid.test(value as string)) {
        problems.push({
          field: path,
          problem: 'is not an id of this graph',
          expected: 'an id that the graph gave',
        });
      }
    };
  }
  if (nullable.name === 'String' || nullable.name === 'ID') {
    return (value, path, problems) => checkText(value as string, limits, path, problems);
  }
  return null;
}

function checkForObject(type: GraphQLInputObjectType, seen: Map<GraphQLInputType, Check>): Check {
  const known = seen.get(type);
  if (known) return known;
  const checks = new Map<string, Check>();
  const check: Check = (value, path, problems) => {
    for (const [field, one] of checks) {
      const entry = (value as Record<string, unknown>)[field];
      if (entry != null) one(entry, `${path}.${field}`, problems);
    }
  };
  seen.set(type, check);
  for (const [name, field] of Object.entries(type.getFields())) {
    const one = checkFor(field.type, field.extensions, seen);
    if (one) checks.set(name, one);
  }
  return check;
}

/** A field's resolver. */
export type Resolve = (
  source: unknown,
  args: Record<string, unknown>,
  context: unknown,
  info: GraphQLResolveInfo,
) => unknown;

/**
 * Wraps a field's resolver so that ids, text lengths, control characters and list lengths of all its
 * arguments are checked before it runs, and all problems are reported at once.
 */
export function guarded(field: GraphQLField<unknown, unknown>, resolve: Resolve): Resolve {
  const seen = new Map<GraphQLInputType, Check>();
  const checks = field.args.flatMap((arg) => {
    const check = checkFor(arg.type, arg.extensions, seen);
    return check && getNamedType(arg.type) ? [[arg.name, check] as const] : [];
  });
  if (checks.length === 0) return resolve;
  return (source, args, context, info) => {
    const problems: InputProblem[] = [];
    for (const [name, check] of checks) if (args[name] != null) check(args[name], name, problems);
    if (problems.length > 0) throw badInput(...problems);
    return resolve(source, args, context, info);
  };
}
