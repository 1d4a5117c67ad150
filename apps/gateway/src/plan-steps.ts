import { GraphQLError, isObjectType, type GraphQLSchema } from 'graphql';
import type { Experimental_DidResolveQueryPlanCallback, GraphQLDataSource } from '@apollo/gateway';
import { isObject } from '@anju/http';
import { NotForeseen, plainName } from './answer-shape';

/** What Apollo's planner made of an operation, and what it made it for. */
export type PlannedOperation = Parameters<Experimental_DidResolveQueryPlanCallback>[0];
export type IncomingRequest = PlannedOperation['requestContext'];

type PlanNode = NonNullable<PlannedOperation['queryPlan']['node']>;
type FetchNode = Extract<PlanNode, { kind: 'Fetch' }>;
type FlattenNode = Extract<PlanNode, { kind: 'Flatten' }>;
type RequiredSelection = NonNullable<FetchNode['requires']>[number];
type Row = Record<string, unknown>;
type Path = readonly (string | number)[];

/** One execution of a plan. */
export interface PlanRun {
  readonly request: IncomingRequest;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What services have given so far, put together. */
  readonly data: Row;
  readonly errors: GraphQLError[];
}

export type Step = (run: PlanRun) => Promise<unknown>;

export interface StepParts {
  readonly schema: GraphQLSchema;
  readonly services: Readonly<Record<string, GraphQLDataSource>>;
  /** Whether a variable is true, by its value or its default. */
  readonly condition: (variable: string, run: PlanRun) => boolean;
}

/** Puts what another service gave beside what is there already. */
function merge(target: Row, source: Row): void {
  for (const key of Object.keys(source)) {
    const given = source[key];
    const present = target[key];
    if (given === undefined || given === present) continue;
    if (isObject(present) && isObject(given)) {
      merge(present, given);
    } else if (Array.isArray(given) && Array.isArray(present) && given.length === present.length) {
      given.forEach((item: unknown, index) => {
        const there: unknown = present[index];
        if (isObject(there) && isObject(item)) merge(there, item);
        else present[index] = item;
      });
    } else {
      target[key] = given;
    }
  }
}

/** What stands at a path, in lists on the way at each of their places; nothing where there is null. */
function visitAt(
  value: unknown,
  path: Path,
  depth: number,
  place: (string | number)[],
  visit: (entity: Row, place: Path) => void,
): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    value.forEach((item, index) => {
      place.push(index);
      visitAt(item, path, next, place, visit);
      place.pop();
    });
  } else if (depth === path.length) {
    visit(value as Row, place);
  } else {
    const name = path[depth]!;
    place.push(name);
    visitAt((value as Row)[name], path, depth + 1, place, visit);
    place.pop();
  }
}

type Represent = (entity: Row) => Row | null;

/** What a service has to know of an entity; null for one that is of another type, or lacks a part. */
function representation(selections: readonly RequiredSelection[], schema: GraphQLSchema): Represent {
  const parts = selections.flatMap((selection): ((entity: Row, made: Row) => boolean)[] => {
    const { selections: below } = selection;
    const represent = below && representation(below, schema);
    if (selection.kind === 'InlineFragment') {
      const { typeCondition } = selection;
      if (!typeCondition) return [];
      if (!isObjectType(schema.getType(typeCondition))) throw new NotForeseen(typeCondition);
      return [
        (entity, made) => {
          const part = entity['__typename'] === typeCondition ? represent!(entity) : null;
          if (part) merge(made, part);
          return true;
        },
      ];
    }
    const name = plainName(selection.alias ?? selection.name);
    const value = (given: unknown): unknown => {
      if (Array.isArray(given))
        return given.map((item) => (represent ? representOne(item) : (item as unknown)));
      return represent ? representOne(given) : given;
    };
    const representOne = (given: unknown): Row | null => (given === null ? null : represent!(given as Row));
    return [
      (entity, made) => {
        const given = entity[name];
        if (given === undefined) return false;
        made[name] = value(given);
        return true;
      },
    ];
  });
  return (entity) => {
    const made: Row = {};
    return parts.every((part) => part(entity, made)) ? made : null;
  };
}

/** An error of a service in the client's answer. */
function downstream(error: GraphQLError, service: string, path: Path | undefined): GraphQLError {
  const { message, extensions } = error;
  return new GraphQLError(message || `Error while fetching subquery from service "${service}"`, {
    originalError: error,
    path,
    extensions: {
      ...extensions,
      serviceName: service,
      code: extensions?.['code'] || 'DOWNSTREAM_SERVICE_ERROR',
    },
  });
}

/** Writes the steps of a plan as functions. */
class StepWriter {
  constructor(private readonly parts: StepParts) {}

  step(node: PlanNode): Step {
    switch (node.kind) {
      case 'Sequence': {
        const steps = node.nodes.map((one) => this.step(one));
        return async (run) => {
          for (const step of steps) await step(run);
        };
      }
      case 'Parallel': {
        const steps = node.nodes.map((one) => this.step(one));
        return (run) => Promise.all(steps.map((step) => step(run)));
      }
      case 'Condition': {
        const [yes, no] = [node.ifClause, node.elseClause].map((clause) => clause && this.step(clause));
        return async (run) => (this.parts.condition(node.condition, run) ? yes : no)?.(run);
      }
      case 'Flatten':
        return this.entityFetch(node);
      case 'Fetch':
        return this.rootFetch(node);
      default:
        throw new NotForeseen(node.kind);
    }
  }

  private rootFetch(node: FetchNode): Step {
    if (node.requires) throw new NotForeseen('requirements of a root field');
    const send = this.sender(node, []);
    return this.fetching(async (run) => {
      const { data, errors = [] } = await send(run, {});
      for (const error of errors) run.errors.push(downstream(error, node.serviceName, error.path));
      if (data) merge(run.data, data);
    });
  }

  private entityFetch({ path, node }: FlattenNode): Step {
    if (node.kind !== 'Fetch' || !node.requires) throw new NotForeseen(`${node.kind} below a path`);
    path.forEach((name) => name === '@' || plainName(String(name)));
    const { serviceName, requires } = node;
    const represent = representation(requires, this.parts.schema);
    const send = this.sender(node, path);
    return this.fetching(async (run) => {
      const representations: Row[] = [];
      // The same entity in several places is asked for once.
      const entities: Row[][] = [];
      const places = new Map<string, number>();
      visitAt(run.data, path, 0, [], (entity) => {
        const made = represent(entity);
        if (!made?.['__typename']) return;
        const key = JSON.stringify(made);
        const known = places.get(key);
        if (known === undefined) {
          places.set(key, representations.length);
          representations.push(made);
          entities.push([entity]);
        } else {
          entities[known]!.push(entity);
        }
      });
      if (representations.length === 0) return;
      const { data, errors } = await send(run, { representations });
      if (errors) this.placed(errors, serviceName, path, entities, run);
      if (!data) return;
      const received = data['_entities'];
      if (!Array.isArray(received)) throw new Error('Expected "data._entities" in response to be an array');
      if (received.length !== representations.length) {
        throw new Error(`Expected "data._entities" to contain ${representations.length} elements`);
      }
      received.forEach((entity: Row | null, index) => {
        if (!entity) return;
        for (const one of entities[index]!) merge(one, entity);
      });
    });
  }

  /** An error of an entity is told at every place where the entity stands. */
  private placed(
    errors: readonly GraphQLError[],
    service: string,
    path: Path,
    entities: readonly (readonly Row[])[],
    run: PlanRun,
  ): void {
    const placesOf = new Map<Row, Path[]>();
    visitAt(run.data, path, 0, [], (entity, place) => {
      const places = placesOf.get(entity);
      if (places) places.push([...place]);
      else placesOf.set(entity, [[...place]]);
    });
    for (const error of errors) {
      const index = error.path?.[1];
      const below = error.path?.slice(2) ?? [];
      const places =
        typeof index === 'number'
          ? [...new Set(entities[index])].flatMap((entity) => placesOf.get(entity) ?? [])
          : [];
      if (places.length === 0) {
        const whole = error.path && [...path, ...error.path];
        run.errors.push(downstream(error, service, whole));
      }
      for (const place of places) run.errors.push(downstream(error, service, [...place, ...below]));
    }
  }

  private fetching(fetch: (run: PlanRun) => Promise<void>): Step {
    return (run) =>
      fetch(run).catch((error: unknown) => {
        run.errors.push(error as GraphQLError);
      });
  }

  private sender(node: FetchNode, path: Path) {
    const { serviceName, operation, operationName, variableUsages = [] } = node;
    const service = this.parts.services[serviceName];
    if (!service) throw new NotForeseen(`the service ${serviceName}`);
    if (node.inputRewrites?.length || node.outputRewrites?.length || node.contextRewrites?.length) {
      throw new NotForeseen('rewrites');
    }
    variableUsages.forEach(plainName);
    if (variableUsages.includes('representations')) throw new NotForeseen('a variable named representations');
    return async ({ request, variables }: PlanRun, more: Row) => {
      const used: Row = {};
      for (const name of variableUsages) if (variables[name] !== undefined) used[name] = variables[name];
      const answer = await service.process({
        kind: 'incoming operation' as never,
        request: { query: operation, variables: Object.assign(used, more), operationName },
        incomingRequestContext: request as never,
        context: request.context,
        document: node.operationDocumentNode,
        pathInIncomingRequest: [...path],
      });
      return answer as { data?: Row | null; errors?: readonly GraphQLError[] };
    };
  }
}

/**
 * The steps of a query plan, written as functions once, to be taken for each request.
 * @throws NotForeseen for a plan with something that is left to Apollo
 */
export function stepsOf(node: PlanNode, parts: StepParts): Step {
  return new StepWriter(parts).step(node);
}
