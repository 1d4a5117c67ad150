import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

/** A place in the variables where a scalar or an enum value stands. */
export interface Leaf {
  readonly path: readonly (string | number)[];
  readonly type: string;
  /** Neither it nor what it stands in has to be given. */
  readonly isOptional: boolean;
  /** Of an enum. */
  readonly firstWord: string | null;
}

/** A field of the graph that takes arguments, and how it is reached. */
export interface Operation {
  readonly kind: 'query' | 'mutation';
  /** Such as `customer.complaints`. */
  readonly name: string;
  /** The root field. */
  readonly root: string;
  /** Its text with everything that it answers selected. */
  readonly text: string;
  readonly leaves: readonly Leaf[];
  /** Of what it answers: of a command, its entity. */
  readonly answers: string;
}

/** The graph as clients see it, and its makers' notes, which no field leads to. */
export function graphSchema(): GraphQLSchema {
  const supergraph = readFileSync('infra/supergraph/supergraph-with-clock.graphql', 'utf8');
  return buildSchema(supergraph, { assumeValid: true });
}

function leavesOf(type: GraphQLInputType, path: Leaf['path'], isOptional = false): Leaf[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return leavesOf(nullable.ofType, [...path, 0], isOptional);
  if (isInputObjectType(nullable)) {
    return Object.values(nullable.getFields()).flatMap((field) =>
      leavesOf(field.type, [...path, field.name], isOptional || !isRequiredInputField(field)),
    );
  }
  const firstWord = isEnumType(nullable) ? nullable.getValues()[0]!.name : null;
  return [{ path, type: (nullable as GraphQLNamedInputType).name, isOptional, firstWord }];
}

const pageFields = new Set(['edges', 'pageInfo']);

/** All fields without arguments, those of objects down to the depth; of a command's answers the entity's. */
export function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isUnionType(named)) {
    const [entity, ...refusals] = named.getTypes();
    const refusal = refusals.length > 0 ? '... on Refusal { code message }' : '';
    return `{ __typename ${refusal} ... on ${entity!.name} ${selectionOf(entity!, depth)} }`;
  }
  if (!isObjectType(named)) return '{ __typename }';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument) || pageFields.has(field.name)) return [];
    if (isLeafType(getNamedType(field.type))) return [field.name];
    const isPage = getNamedType(field.type).name.endsWith('Connection');
    const left = field.name === 'nodes' ? depth : depth - 1;
    return left < 0 ? [] : [`${field.name}${isPage ? '(first: 3)' : ''} ${selectionOf(field.type, left)}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

/** A field on the way to the one that is meant. */
export interface Step {
  readonly field: string;
  readonly args: readonly GraphQLArgument[];
  readonly type: GraphQLOutputType;
}

/** @param way from the root field to the one that is meant, each inside the one before */
export function operationOf(kind: Operation['kind'], way: readonly Step[], depth: number): Operation {
  const last = way.at(-1)!;
  const variableOf = (step: Step, arg: GraphQLArgument): string =>
    step === last ? arg.name : `${step.field}_${arg.name}`;
  const args = way.flatMap((step) => step.args.map((arg) => ({ arg, variable: variableOf(step, arg) })));
  // What has a value of its own may be left out, whatever its type says.
  const typeOf = (arg: GraphQLArgument): string =>
    (isRequiredArgument(arg) ? arg.type : getNullableType(arg.type)).toString();
  const declared = args.map(({ arg, variable }) => `$${variable}: ${typeOf(arg)}`).join(', ');
  const text = way.reduceRight(
    (inner, step) => {
      const given = step.args.map((arg) => `${arg.name}: $${variableOf(step, arg)}`).join(', ');
      return `{ ${step.field}${given && `(${given})`} ${inner} }`;
    },
    selectionOf(last.type, depth),
  );
  const answered = getNamedType(last.type);
  return {
    kind,
    name: way.map((step) => step.field).join('.'),
    root: way[0]!.field,
    text: `${kind}${declared && `(${declared})`} ${text}`,
    leaves: args.flatMap(({ arg, variable }) => leavesOf(arg.type, [variable], !isRequiredArgument(arg))),
    answers: (isUnionType(answered) ? answered.getTypes()[0]! : answered).name,
  };
}

export function stepTo(field: GraphQLField<unknown, unknown>): Step {
  return { field: field.name, args: field.args, type: field.type };
}

/** Every command of the graph. */
export function commandsOf(schema: GraphQLSchema): Operation[] {
  const fields = Object.values(schema.getMutationType()!.getFields());
  return fields.map((field) => operationOf('mutation', [stepTo(field)], 0));
}

/** Every query of the graph, and every field below with arguments of its own, reached by the shortest way. */
export function queriesOf(schema: GraphQLSchema): Operation[] {
  const found: Operation[] = [];
  const seen = new Set<string>();
  let ways: { type: GraphQLObjectType; way: Step[] }[] = [{ type: schema.getQueryType()!, way: [] }];
  while (ways.length > 0) {
    const next: typeof ways = [];
    for (const { type, way } of ways) {
      const isRoot = way.length === 0;
      for (const field of Object.values(type.getFields())) {
        const longer = [...way, stepTo(field)];
        if (isRoot || field.args.length > 0) found.push(operationOf('query', longer, isRoot ? 1 : 0));
        const to = getNamedType(field.type);
        const opens = field.args.every((arg) => isRoot && arg.name === 'id');
        if (!opens || !isObjectType(to) || seen.has(to.name)) continue;
        seen.add(to.name);
        next.push({ type: to, way: longer });
      }
    }
    ways = next;
  }
  return found;
}

/** Variables of an operation, every field of every input given. */
export function variablesOf(operation: Operation, valueOf: (leaf: Leaf) => unknown): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const leaf of operation.leaves) {
    const value = valueOf(leaf);
    if (value !== undefined) put(variables, leaf.path, value);
  }
  return variables;
}

function put(into: object, path: readonly (string | number)[], value: unknown): void {
  let place = into as Record<string | number, unknown>;
  path.forEach((step, n) => {
    if (n === path.length - 1) place[step] = value;
    else {
      place[step] ??= typeof path[n + 1] === 'number' ? [] : {};
      place = place[step] as typeof place;
    }
  });
}

/** Set for what `npm test` leaves out. */
const triesAll = process.env['ANJU_ALL_JOURNEYS'] === 'true';

/** One of so many, where each takes several requests and all are answered by the same code. */
export function oneOf<Item>(many: number, items: readonly Item[]): readonly Item[] {
  return triesAll ? items : items.filter((_, index) => index % many === 0);
}

/** Operations on different types at the same time, those on one type one after the other. */
export async function sideBySide<Work extends Operation | { readonly operation: Operation }>(
  work: readonly Work[],
  carryOut: (one: Work) => Promise<void>,
): Promise<void> {
  const queues = new Map<string, Work[]>();
  for (const one of work) {
    const { kind, answers } = 'operation' in one ? one.operation : one;
    const queue = queues.get(`${kind} ${answers}`) ?? [];
    queues.set(`${kind} ${answers}`, [...queue, one]);
  }
  await Promise.all(
    [...queues.values()].map(async (queue) => {
      for (const one of queue) await carryOut(one);
    }),
  );
}
