import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { GraphQLDataSource } from '@apollo/gateway';
import {
  DocumentRefused,
  OperationExecutor,
  type OperationOutcome,
  type PreparedOperation,
} from '@anju/subgraph';
import type { GatewayContext } from './gateway-options';

export interface InProcessService<Principal> {
  /** In traces and figures. */
  readonly name?: string;
  /** Of the service, with its resolvers. */
  readonly schema: GraphQLSchema;
  /** What the service's resolvers get as context: called once per operation on the service, as over HTTP. */
  readonly contextFor: (request: GatewayContext<Principal>) => object | Promise<object>;
  /** Puts an error into the reader's language, given the context that `contextFor` made; none unless told. */
  readonly translate?: (error: GraphQLError, contextValue: object) => GraphQLError;
  /** Called after every operation, as a service's server calls its own. */
  readonly observe?: (operation: string | null, seconds: number, outcome: OperationOutcome) => void;
}

function outcomeOf({ errors }: ExecutionResult): OperationOutcome {
  if (!errors) return 'ok';
  const isFault = errors.some(
    ({ extensions: { code = 'INTERNAL_SERVER_ERROR' } }) => code === 'INTERNAL_SERVER_ERROR',
  );
  return isFault ? 'fault' : 'errors';
}

/** A service in this process as a data source of the gateway: no HTTP, no text in between but the query. */
export function inProcessDataSource<Principal>({
  name,
  schema,
  contextFor,
  translate,
  observe,
}: InProcessService<Principal>): GraphQLDataSource<GatewayContext<Principal>> {
  const executor = new OperationExecutor({ service: name, schema, translate });
  return {
    async process(options) {
      const { query = '', variables, operationName } = options.request;
      let prepared: PreparedOperation;
      try {
        prepared = executor.prepare(query, operationName);
      } catch (error) {
        if (!(error instanceof DocumentRefused)) throw error;
        throw new Error(`the supergraph is not made from this service's schema: ${error.message}`, {
          cause: error,
        });
      }
      const context = 'incomingRequestContext' in options ? await contextFor(options.context) : {};
      const begin = performance.now();
      const result = await executor.carryOut(prepared, variables, context);
      const operation = prepared.operation.name?.value ?? null;
      observe?.(operation, (performance.now() - begin) / 1_000, outcomeOf(result));
      return result;
    },
  };
}
