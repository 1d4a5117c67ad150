import 'reflect-metadata';
import type { GraphQLDataSource } from '@apollo/gateway';
import type { Principal } from '@anju/access';
import { ClockMover, ClockResolver, RemoteServices, type Replica } from '@anju/demo-clock';
import { buildServiceSchema, factsOf, requestContext, translate, type RequestContext } from '@anju/subgraph';
import type { GatewayContext } from './gateway-options';
import { inProcessDataSource } from './in-process-data-source';

/** The subgraph with the clock of a demonstration, answered here: it belongs to all services together. */
export interface RemoteClock {
  readonly dataSource: GraphQLDataSource<GatewayContext<Principal>>;
  close(): Promise<void>;
}

/** @param token by which the services let their clocks be moved */
export async function openRemoteClock(replicas: readonly Replica[], token: string): Promise<RemoteClock> {
  const services = new RemoteServices(replicas, token);
  const mover = new ClockMover(services, services.services, services);
  const resolver = new ClockResolver(services, mover, () => true);
  const { schema } = await buildServiceSchema(
    { resolverClasses: [ClockResolver] },
    new Map([[ClockResolver, resolver]]),
    [],
  );
  return {
    dataSource: inProcessDataSource<Principal>({
      schema,
      contextFor: (request) => requestContext(factsOf(request)),
      translate: (error, context) => translate(error, context as RequestContext),
    }),
    close: () => services.close(),
  };
}
