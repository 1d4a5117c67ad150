import './disable-telemetry';
import type { ApolloGateway } from '@apollo/gateway';
import type { HTTPGraphQLRequest, HTTPGraphQLResponse } from '@apollo/server';
import type { Logger } from '@anju/http';
import type { ErrorPolicy } from './error-policy';
import { answerPlugin } from './answer-plugin';
import type { ExchangeContext } from './answer-plugin';
import type { GatewayOptions } from './gateway-options';
import type { GatewayMetrics } from './metrics';
import { PlanExecutor, apiSchemaOf } from './plan-executor';
import { timedDataSource } from './subgraph-fetch';
import type { SupergraphFile } from './supergraph-file';

/** A GraphQL request, read and admitted. */
export type ApolloRequest = Omit<HTTPGraphQLRequest, 'headers'> & {
  /** Lower case names. */
  readonly headers: readonly (readonly [name: string, value: string])[];
};

/** Apollo Server over the supergraph, running. */
export interface Apollo<Principal> {
  carryOut(request: ApolloRequest, context: ExchangeContext<Principal>): Promise<HTTPGraphQLResponse>;
  stop(): Promise<void>;
}

interface ApolloParts<Principal> {
  readonly options: GatewayOptions<Principal>;
  readonly supergraph: SupergraphFile;
  readonly metrics: GatewayMetrics;
  readonly policy: ErrorPolicy;
}

/** Apollo's own messages; what they say of requests is said better, and without values, in the request's line. */
function apolloLogger(
  logger: Logger,
): Record<'debug' | 'info' | 'warn' | 'error', (message: unknown) => void> {
  const at = (level: 'debug' | 'warn') => (message: unknown) =>
    logger[level]({ from: 'apollo' }, String(message).slice(0, 500));
  return { debug: at('debug'), info: at('debug'), warn: at('warn'), error: at('debug') };
}

/**
 * Apollo Server and the federation gateway over the supergraph. Loaded here and not with the module: together
 * they take a quarter of a second, which a caller can spend while a database starts.
 * @throws Error if the supergraph cannot be used
 */
export async function startApollo<Principal>(parts: ApolloParts<Principal>): Promise<Apollo<Principal>> {
  /* eslint-disable @typescript-eslint/no-require-imports -- see above: not with the module */
  const { ApolloGateway, executeQueryPlan } = require('@apollo/gateway') as typeof import('@apollo/gateway');
  const { ApolloServer, HeaderMap } = require('@apollo/server') as typeof import('@apollo/server');
  const disabled =
    require('@apollo/server/plugin/disabled') as typeof import('@apollo/server/plugin/disabled');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const { options, supergraph, metrics, policy } = parts;
  const logger = apolloLogger(options.logger);
  const executor = new PlanExecutor({ executeQueryPlan, apiSchema: () => apiSchemaOf(gateway) });
  const gateway: ApolloGateway = new ApolloGateway({
    supergraphSdl: async ({ update }) => {
      const supergraphSdl = await supergraph.read();
      supergraph.follow(update);
      return { supergraphSdl, cleanup: async () => supergraph.close() };
    },
    buildService: (service) =>
      timedDataSource(service.name, options.dataSource(service), metrics.fetched.bind(metrics)),
    __exposeQueryPlanExperimental: options.development,
    queryPlannerConfig: { debug: { maxEvaluatedPlans: 1_000 } },
    // Composition has validated it, and again would take half of the start. What the file can suffer on its way
    // here, a missing half or a foreign content, is found without.
    validateSupergraph: false,
    experimental_didResolveQueryPlan: executor.planned,
    logger,
  });
  const { plugin, formatError } = answerPlugin<Principal>(policy);
  const server = new ApolloServer<ExchangeContext<Principal>>({
    gateway: executor.around(gateway),
    plugins: [
      plugin,
      disabled.ApolloServerPluginUsageReportingDisabled(),
      disabled.ApolloServerPluginSchemaReportingDisabled(),
      disabled.ApolloServerPluginInlineTraceDisabled(),
      disabled.ApolloServerPluginCacheControlDisabled(),
      disabled.ApolloServerPluginLandingPageDisabled(),
    ],
    formatError,
    introspection: options.development,
    hideSchemaDetailsFromClientErrors: !options.development,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    validationOptions: { maxErrors: 10 },
    nodeEnv: options.development ? 'development' : 'production',
    stopOnTerminationSignals: false,
    logger,
  });
  await server.start();
  metrics.supergraphLoaded('taken');
  return {
    carryOut: ({ headers, ...request }, context) =>
      server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { ...request, headers: new HeaderMap(headers) },
        context: async () => context,
      }),
    stop: () => server.stop(),
  };
}
