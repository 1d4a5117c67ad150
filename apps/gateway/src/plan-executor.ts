import { getVariableValues } from 'graphql/execution/values';
import {
  Kind,
  valueFromASTUntyped,
  visit,
  type ASTNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { ApolloGateway, executeQueryPlan } from '@apollo/gateway';
import { LRUCache } from 'lru-cache';
import { isObject } from '@anju/http';
import { inSpan } from '@anju/tracing';
import { Irregular, NotForeseen, plainName, shapeOf, type Shape } from './answer-shape';
import { stepsOf, type IncomingRequest, type PlanRun, type PlannedOperation, type Step } from './plan-steps';

type Result = ExecutionResult<Record<string, unknown>, Record<string, unknown>>;

/** What is asked for with a query when the plan shall be told, too. */
const planHeader = 'apollo-query-plan-experimental';
const mostPlans = 500;
/** Of one plan: variables of `@skip` and `@include` can be combined in as many ways as somebody likes. */
const mostShapes = 16;
/** Each of so many conditions may be set or not. */
const mostConditions = 4;

/** Apollo's part: it plans, and carries out what is not foreseen here. */
export interface ApolloParts {
  readonly executeQueryPlan: typeof executeQueryPlan;
  /** Of the graph that clients see, as Apollo keeps it for itself. */
  readonly apiSchema: () => Parameters<typeof executeQueryPlan>[5];
}

/**
 * Names of the variables in `@skip` and `@include`.
 * @throws NotForeseen for a field with a name that every object has already
 */
function conditionNames(nodes: readonly ASTNode[]): string[] {
  const names = new Set<string>();
  for (const node of nodes) {
    visit(node, {
      Field: ({ alias, name }) => void plainName((alias ?? name).value),
      Directive: ({ name, arguments: given = [] }) => {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names];
}

/** An operation with its plan, written as functions. */
class WrittenPlan {
  readonly schema;
  private readonly steps: Step | null;
  private readonly conditions: readonly string[];
  private readonly shapes = new LRUCache<string, Shape>({ max: mostShapes });
  private readonly defaults: ReadonlyMap<string, unknown>;
  private readonly operation: OperationDefinitionNode;
  private readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;

  /** @throws NotForeseen */
  constructor(
    private readonly planned: PlannedOperation,
    private readonly apollo: ApolloParts,
  ) {
    const { queryPlan, serviceMap, operationContext } = planned;
    const { schema, operation, fragments } = operationContext;
    this.schema = schema;
    this.operation = operation;
    this.fragments = fragments;
    this.defaults = new Map(
      (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
        defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
      ),
    );
    this.conditions = conditionNames([operation, ...Object.values(fragments)]).map(plainName);
    if (this.conditions.length > mostConditions) throw new NotForeseen('so many conditions');
    this.steps = queryPlan.node
      ? stepsOf(queryPlan.node, {
          schema,
          services: serviceMap,
          condition: (variable, { variables }) => this.isSet(variable, variables),
        })
      : null;
    // What cannot be written at all is found now, and not when services have been asked.
    shapeOf({
      schema,
      operation,
      fragments,
      conditions: new Map(this.conditions.map((name) => [name, true])),
    });
  }

  async run(request: IncomingRequest): Promise<Result> {
    const variables = request.request.variables ?? {};
    const { errors: wrong } = getVariableValues(
      this.schema,
      this.operation.variableDefinitions ?? [],
      variables,
    );
    if (wrong) return { errors: wrong };
    const run: PlanRun = { request, variables, data: {}, errors: [] };
    await this.steps?.(run);
    try {
      const data = this.shape(variables)(run.data) as Record<string, unknown>;
      return run.errors.length > 0 ? { errors: run.errors, data } : { data };
    } catch (error) {
      if (!(error instanceof Irregular || error instanceof NotForeseen)) throw error;
      return this.shapedByApollo(run);
    }
  }

  private shape(variables: PlanRun['variables']): Shape {
    const conditions = new Map(this.conditions.map((name) => [name, this.isSet(name, variables)]));
    const key = [...conditions.values()].join();
    let shape = this.shapes.get(key);
    if (!shape) {
      const { schema, operation, fragments } = this;
      shape = shapeOf({ schema, operation, fragments, conditions });
      this.shapes.set(key, shape);
    }
    return shape;
  }

  private isSet(variable: string, variables: PlanRun['variables']): boolean {
    const value = variables[variable] === undefined ? this.defaults.get(variable) : variables[variable];
    if (typeof value !== 'boolean') throw new NotForeseen(`the value of $${variable}`);
    return value;
  }

  /** Where values are missing Apollo decides what goes with them: it is given all data as those of one service. */
  private async shapedByApollo(run: PlanRun): Promise<Result> {
    const { schema, operation, planned } = this;
    const everything = { process: async () => ({ data: run.data }) };
    const { data, errors, extensions } = await this.apollo.executeQueryPlan(
      {
        kind: 'QueryPlan',
        node: {
          kind: 'Fetch',
          serviceName: 'everything',
          operation: '',
          operationName: undefined,
          operationKind: operation.operation,
        },
      },
      { everything },
      run.request,
      planned.operationContext,
      schema,
      this.apollo.apiSchema(),
    );
    if (errors) return { errors };
    return run.errors.length > 0 ? { errors: run.errors, data } : { data, ...(extensions && { extensions }) };
  }
}

/**
 * Carries out operations by Apollo's plans, each written as functions when it has come for the first time. Apollo
 * reads the operation and the plan anew for each request, which took a fifth of its time; what it does with an
 * answer that has gaps it goes on doing.
 */
export class PlanExecutor {
  /** By text and operation; null for what is left to Apollo. */
  private readonly plans = new LRUCache<string, { readonly written: WrittenPlan | null }>({ max: mostPlans });

  constructor(private readonly parts: ApolloParts) {}

  /** To be told of each plan, before Apollo carries it out. */
  readonly planned = (planned: PlannedOperation): void => {
    let written: WrittenPlan | null = null;
    try {
      written = new WrittenPlan(planned, this.parts);
    } catch (error) {
      if (!(error instanceof NotForeseen)) throw error;
    }
    this.plans.set(this.keyOf(planned.requestContext), { written });
  };

  /** The gateway with this in the place of its own execution. */
  around(gateway: ApolloGateway): Pick<ApolloGateway, 'onSchemaLoadOrUpdate' | 'load' | 'stop'> {
    return {
      onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
      load: async (options) => {
        const loaded = await gateway.load(options);
        return { ...loaded, executor: (request: IncomingRequest) => this.execute(request, loaded.executor) };
      },
      stop: () => gateway.stop(),
    };
  }

  private execute(
    request: IncomingRequest,
    byApollo: (request: IncomingRequest) => Promise<Result>,
  ): Promise<Result> {
    const written = this.plans.get(this.keyOf(request))?.written;
    const isForeseen =
      written && written.schema === request.schema && !request.request.http?.headers.get(planHeader);
    if (!isForeseen) return byApollo(request);
    return inSpan({ name: 'gateway.execute', kind: 'internal' }, () => written.run(request));
  }

  private keyOf({ queryHash, request }: IncomingRequest): string {
    return `${queryHash} ${request.operationName ?? ''}`;
  }
}

/** Apollo's schema of what clients see; there is no other way to it. @throws Error where it is no more */
export function apiSchemaOf(gateway: ApolloGateway): ReturnType<ApolloParts['apiSchema']> {
  const { apiSchema } = gateway as unknown as { readonly apiSchema?: unknown };
  if (!isObject(apiSchema)) throw new Error('this version of @apollo/gateway keeps no schema');
  return apiSchema as unknown as ReturnType<ApolloParts['apiSchema']>;
}
