import { originOf } from '@anju/http';
import { startApollo } from './apollo';
import { ErrorPolicy } from './error-policy';
import { defaultLimits } from './gateway-options';
import type { GatewayOptions, RunningGateway } from './gateway-options';
import { GraphqlEndpoint } from './graphql-endpoint';
import { HttpServer, graphPath } from './http-server';
import { GatewayMetrics } from './metrics';
import { SupergraphFile } from './supergraph-file';

/**
 * Starts the gateway: the graph over HTTP, composed from the services that the supergraph names.
 * @throws Error if the supergraph cannot be used or the port is taken; nothing is left running then
 */
export async function startGateway<Principal>(options: GatewayOptions<Principal>): Promise<RunningGateway> {
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = new GatewayMetrics(options.figures);
  const supergraph = new SupergraphFile({ ...options.supergraph, logger: options.logger, metrics });
  const policy = new ErrorPolicy(options.publicErrorCodes);
  const apollo = await startApollo({ options, supergraph, metrics, policy });
  const endpoint = new GraphqlEndpoint(apollo, options, limits, metrics);
  const server = new HttpServer({ endpoint, metrics, limits, options });
  const host = options.host ?? '127.0.0.1';
  let port: number;
  try {
    port = await server.listen(options.port, host);
  } catch (error) {
    await apollo.stop();
    throw error;
  }
  const url = `${originOf(host, port)}${graphPath}`;
  options.logger.info({ url, development: options.development }, 'the gateway answers');
  let closed: Promise<void> | undefined;
  return {
    url,
    port,
    close: () => (closed ??= server.close().then(() => apollo.stop())),
  };
}
