import { createHash } from 'node:crypto';
import { GraphQLError, Kind, OperationTypeNode, parse } from 'graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { RequestProblem } from '@anju/labels';
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

const noSubscriptions = new RequestRefused('SUBSCRIPTIONS_NOT_SUPPORTED', 'SUBSCRIPTIONS_NOT_SUPPORTED');

/** @param details what the sentence names, with the limit */
function tooMuch(
  code: GatewayErrorCode,
  problem: RequestProblem,
  details: Readonly<Record<string, unknown>> & { readonly limit: number },
): RequestRefused {
  return new RequestRefused(code, problem, { details });
}

/** Brackets may be nested deeper than fields: lists and objects in arguments, on each level of the fields. */
function nestingLimit(limits: GatewayLimits): number {
  return limits.depth * 4 + 20;
}

function textRefusal(text: string, limits: GatewayLimits): RequestRefused | null {
  if (text.length > limits.queryCharacters) {
    const details = { actual: text.length, limit: limits.queryCharacters };
    return tooMuch('QUERY_TOO_LONG', 'QUERY_TOO_LONG', details);
  }
  const { tokens, nesting, longestLiteral } = readQueryText(text, limits.queryTokens, nestingLimit(limits));
  if (tokens > limits.queryTokens) {
    return tooMuch('QUERY_TOO_LONG', 'QUERY_TOO_MANY_TOKENS', { limit: limits.queryTokens });
  }
  if (nesting > nestingLimit(limits)) {
    return tooMuch('QUERY_TOO_DEEP', 'QUERY_BRACKETS_TOO_DEEP', { limit: nestingLimit(limits) });
  }
  if (longestLiteral > limits.literalCharacters) {
    const details = { actual: longestLiteral, limit: limits.literalCharacters };
    return tooMuch('LITERAL_TOO_LONG', 'LITERAL_TOO_LONG', details);
  }
  return null;
}

function shapeRefusal(shape: QueryShape, limits: GatewayLimits): RequestRefused | null {
  const { name, depth, fields, aliases, rootFields, selectionsOnOneLevel, mostAliased, entries } = shape;
  const { field, names: actual } = mostAliased;
  const aliased = { name, field, limit: limits.aliasesPerField };
  if (selectionsOnOneLevel > limits.selectionsPerLevel) {
    // Below such a level nothing was counted to its end; what was counted may still name the matter better.
    if (actual > limits.aliasesPerField) return tooMuch('TOO_MANY_ALIASES', 'ALIASES_OF_ONE_FIELD', aliased);
    return tooMuch('TOO_MANY_FIELDS', 'FIELDS_IN_ONE_PLACE', { name, limit: limits.selectionsPerLevel });
  }
  if (depth > limits.depth) {
    return tooMuch('QUERY_TOO_DEEP', 'QUERY_TOO_DEEP', { name, actual: depth, limit: limits.depth });
  }
  if (actual > limits.aliasesPerField) {
    return tooMuch('TOO_MANY_ALIASES', 'ALIASES_OF_ONE_FIELD', { ...aliased, actual });
  }
  if (aliases > limits.aliases) {
    return tooMuch('TOO_MANY_ALIASES', 'TOO_MANY_ALIASES', { name, actual: aliases, limit: limits.aliases });
  }
  if (rootFields > limits.rootFields) {
    const details = { name, actual: rootFields, limit: limits.rootFields };
    return tooMuch('TOO_MANY_ROOT_FIELDS', 'TOO_MANY_ROOT_FIELDS', details);
  }
  if (fields > limits.fields) {
    const counted = fields === Number.POSITIVE_INFINITY ? {} : { actual: fields };
    return tooMuch('TOO_MANY_FIELDS', 'TOO_MANY_FIELDS', { name, ...counted, limit: limits.fields });
  }
  if (entries > limits.entries) {
    const details = { name, actual: entries, limit: limits.entries };
    return tooMuch('TOO_MANY_ENTRIES', 'TOO_MANY_ENTRIES', details);
  }
  return null;
}

function documentRefusal(document: DocumentNode, limits: GatewayLimits): RequestRefused | null {
  const cycle = fragmentCycle(document);
  if (cycle) {
    const way = cycle.slice(0, 5).join(' → ');
    return new RequestRefused('FRAGMENT_CYCLE', 'FRAGMENT_CYCLE', { details: { fragment: cycle[0], way } });
  }
  const { directives, reservedNames } = documentFacts(document);
  if (reservedNames[0] !== undefined) {
    return new RequestRefused('RESERVED_NAME', 'RESERVED_NAME', { details: { name: reservedNames[0] } });
  }
  if (directives > limits.directives) {
    const details = { actual: directives, limit: limits.directives };
    return tooMuch('TOO_MANY_DIRECTIVES', 'TOO_MANY_DIRECTIVES', details);
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
    throw new RequestRefused('OPERATION_RESOLUTION_FAILURE', 'OPERATION_NAME_UNKNOWN');
  }
  const [only, ...others] = operations;
  if (only && others.length === 0) return only;
  if (!only) throw new RequestRefused('OPERATION_RESOLUTION_FAILURE', 'OPERATION_MISSING');
  throw new RequestRefused('OPERATION_RESOLUTION_FAILURE', 'OPERATION_NOT_NAMED', {
    details: { operations: operations.length },
  });
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
        throw tooMuch('VARIABLES_TOO_DEEP', 'VARIABLES_TOO_DEEP', { limit: this.limits.variablesDepth });
      }
      for (const inner of Object.values(value)) pending.push({ value: inner, depth: depth + 1 });
    }
  }
}
