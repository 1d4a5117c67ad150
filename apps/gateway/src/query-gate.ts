import { createHash } from 'node:crypto';
import { GraphQLError, Kind, OperationTypeNode, parse } from 'graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { RequestRefused } from './error-codes';
import type { GatewayErrorCode } from './error-codes';
import type { GatewayLimits } from './gateway-options';
import { documentFacts, fragmentCycle, queryShapes, readQueryText } from './query-shape';
import type { QueryShape } from './query-shape';

interface Operation {
  readonly name: string | null;
  readonly type: OperationTypeNode;
}

/** What the gate knows of a query text. */
interface Inspected {
  readonly hash: string;
  readonly refusal: RequestRefused | null;
  /** Null if the text is not GraphQL. */
  readonly operations: readonly Operation[] | null;
}

/** A query that may be carried out. */
export interface AdmittedQuery {
  /** First 16 hexadecimal digits of the text's SHA-256: names the query in logs without showing it. */
  readonly hash: string;
  /** Null if the text is not GraphQL: Apollo's parser then says where and why. */
  readonly operation: Operation | null;
}

const noSubscriptions = new RequestRefused(
  'SUBSCRIPTIONS_NOT_SUPPORTED',
  'The graph has no subscriptions; ask again by a query.',
);

const number = new Intl.NumberFormat('en-US');

function tooMuch(code: GatewayErrorCode, what: string, limit: number, actual?: number): RequestRefused {
  return new RequestRefused(
    code,
    `${what}; at most ${number.format(limit)} are allowed.`,
    {},
    {
      limit,
      ...(actual === undefined ? {} : { actual }),
    },
  );
}

/** Brackets may be nested deeper than fields: lists and objects in arguments, on each level of the fields. */
function nestingLimit(limits: GatewayLimits): number {
  return limits.depth * 4 + 20;
}

function textRefusal(text: string, limits: GatewayLimits): RequestRefused | null {
  if (text.length > limits.queryCharacters) {
    return tooMuch(
      'QUERY_TOO_LONG',
      `The query has ${number.format(text.length)} characters`,
      limits.queryCharacters,
      text.length,
    );
  }
  const { tokens, nesting, longestLiteral } = readQueryText(text, limits.queryTokens, nestingLimit(limits));
  if (tokens > limits.queryTokens) {
    return tooMuch('QUERY_TOO_LONG', 'The query has too many names and signs', limits.queryTokens);
  }
  if (nesting > nestingLimit(limits)) {
    return tooMuch(
      'QUERY_TOO_DEEP',
      'The query has too many brackets inside each other',
      nestingLimit(limits),
    );
  }
  if (longestLiteral > limits.literalCharacters) {
    return new RequestRefused(
      'LITERAL_TOO_LONG',
      `A text inside the query has ${number.format(longestLiteral)} characters; put texts of more than ` +
        `${number.format(limits.literalCharacters)} into a variable.`,
      {},
      { limit: limits.literalCharacters, actual: longestLiteral },
    );
  }
  return null;
}

function shapeRefusal(shape: QueryShape, limits: GatewayLimits): RequestRefused | null {
  const { name, depth, fields, aliases, rootFields, selectionsOnOneLevel, mostAliased, entries } = shape;
  if (selectionsOnOneLevel > limits.selectionsPerLevel) {
    // Below such a level nothing was counted to its end; what was counted may still name the matter better.
    if (mostAliased.names > limits.aliasesPerField) {
      return tooMuch(
        'TOO_MANY_ALIASES',
        `${name} asks for "${mostAliased.field}" under too many names in one place`,
        limits.aliasesPerField,
      );
    }
    return tooMuch(
      'TOO_MANY_FIELDS',
      `${name} asks for too many fields in one place`,
      limits.selectionsPerLevel,
    );
  }
  if (depth > limits.depth) {
    return tooMuch('QUERY_TOO_DEEP', `${name} is ${number.format(depth)} levels deep`, limits.depth, depth);
  }
  if (mostAliased.names > limits.aliasesPerField) {
    return tooMuch(
      'TOO_MANY_ALIASES',
      `${name} asks for "${mostAliased.field}" under ${mostAliased.names} names in one place`,
      limits.aliasesPerField,
      mostAliased.names,
    );
  }
  if (aliases > limits.aliases) {
    return tooMuch(
      'TOO_MANY_ALIASES',
      `${name} has ${number.format(aliases)} aliases`,
      limits.aliases,
      aliases,
    );
  }
  if (rootFields > limits.rootFields) {
    return tooMuch(
      'TOO_MANY_ROOT_FIELDS',
      `${name} has ${number.format(rootFields)} fields on its first level`,
      limits.rootFields,
      rootFields,
    );
  }
  if (fields === Number.POSITIVE_INFINITY) {
    return tooMuch('TOO_MANY_FIELDS', `${name} asks for too many fields`, limits.fields);
  }
  if (fields > limits.fields) {
    return tooMuch(
      'TOO_MANY_FIELDS',
      `${name} asks for ${number.format(fields)} fields`,
      limits.fields,
      fields,
    );
  }
  if (entries > limits.entries) {
    return tooMuch(
      'TOO_MANY_ENTRIES',
      `${name} asks for pages inside pages, together ${number.format(entries)} entries`,
      limits.entries,
      entries,
    );
  }
  return null;
}

function documentRefusal(document: DocumentNode, limits: GatewayLimits): RequestRefused | null {
  const cycle = fragmentCycle(document);
  if (cycle) {
    const way = cycle.slice(0, 5).join(' → ');
    return new RequestRefused('FRAGMENT_CYCLE', `The fragment "${cycle[0]}" contains itself: ${way}.`);
  }
  const { directives, reservedNames } = documentFacts(document);
  if (reservedNames[0] !== undefined) {
    return new RequestRefused(
      'RESERVED_NAME',
      `"${reservedNames[0]}" is a name that the gateway uses itself; choose another one.`,
    );
  }
  if (directives > limits.directives) {
    return tooMuch(
      'TOO_MANY_DIRECTIVES',
      `The query has ${number.format(directives)} directives`,
      limits.directives,
      directives,
    );
  }
  const shapes = queryShapes(document, limits.selectionsPerLevel, limits.fields * 4, limits.pages);
  for (const shape of shapes) {
    const refusal = shapeRefusal(shape, limits);
    if (refusal) return refusal;
  }
  return null;
}

function inspect(text: string, limits: GatewayLimits): Inspected {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  try {
    const refusal = textRefusal(text, limits);
    if (refusal) return { hash, refusal, operations: null };
    const document = parse(text, { noLocation: true });
    const operations = document.definitions
      .filter(
        (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
      )
      .map(({ name, operation }) => ({ name: name?.value ?? null, type: operation }));
    return { hash, refusal: documentRefusal(document, limits), operations };
  } catch (error) {
    if (error instanceof GraphQLError) return { hash, refusal: null, operations: null };
    throw error;
  }
}

function chosenOperation(operations: readonly Operation[], name: string | null): Operation {
  if (name !== null) {
    const named = operations.find((operation) => operation.name === name);
    if (named) return named;
    throw new RequestRefused(
      'OPERATION_RESOLUTION_FAILURE',
      'The query has no operation with the name in "operationName".',
    );
  }
  const [only, ...others] = operations;
  if (only && others.length === 0) return only;
  throw new RequestRefused(
    'OPERATION_RESOLUTION_FAILURE',
    only
      ? `The query has ${operations.length} operations; name the one that is meant in "operationName".`
      : 'The query has no operation; it needs one.',
  );
}

/**
 * Decides about a query before it is validated: validation and planning take far longer than reading, on a
 * hostile query without end. What it found out about a text it remembers.
 */
export class QueryGate {
  private readonly known = new LRUCache<string, Inspected>({
    max: 2_000,
    maxSize: 8_000_000,
    sizeCalculation: (_inspected, text) => text.length + 1,
  });

  constructor(private readonly limits: GatewayLimits) {}

  /** @throws RequestRefused if the query goes beyond a limit or does not say which operation is meant */
  admit(text: string, operationName: string | null): AdmittedQuery {
    const inspected = this.known.get(text) ?? this.inspect(text);
    if (inspected.refusal) throw inspected.refusal;
    const { hash, operations } = inspected;
    const operation = operations && chosenOperation(operations, operationName);
    if (operation?.type === OperationTypeNode.SUBSCRIPTION) throw noSubscriptions;
    return { hash, operation };
  }

  private inspect(text: string): Inspected {
    const inspected = inspect(text, this.limits);
    if (text.length <= this.limits.queryCharacters) this.known.set(text, inspected);
    return inspected;
  }

  /** @throws RequestRefused if lists and objects in the variables are nested beyond the limit */
  admitVariables(variables: Readonly<Record<string, unknown>>): void {
    const pending: { readonly value: unknown; readonly depth: number }[] = [{ value: variables, depth: 0 }];
    for (let item = pending.pop(); item; item = pending.pop()) {
      const { value, depth } = item;
      if (typeof value !== 'object' || value === null) continue;
      if (depth > this.limits.variablesDepth) {
        throw tooMuch(
          'VARIABLES_TOO_DEEP',
          'The variables have too many lists and objects inside each other',
          this.limits.variablesDepth,
        );
      }
      for (const inner of Object.values(value)) pending.push({ value: inner, depth: depth + 1 });
    }
  }
}
