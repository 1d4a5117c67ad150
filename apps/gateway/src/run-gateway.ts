import type { Principal } from '@anju/access';
import type { Logger } from '@anju/http';
import { CannotRun, listenFault, runProcess, verifierOf, type Running } from '@anju/process';
import { startGateway } from './gateway';
import { defaultLimits, type RunningGateway } from './gateway-options';
import {
  addressSettings,
  addressVariableOf,
  addressesIn,
  gatewayRelations,
  gatewaySettings,
  type GatewaySettings,
} from './gateway-settings';
import { HttpServices } from './http-services';
import type { RemoteClock } from './remote-clock';

/** The subgraph of the clock in the supergraph with the clock. */
const clockService = 'clock';
/** A month of due times may lie between two positions of a clock that is moved by hand. */
const movedClockRequestMillis = 600_000;
/** For the gateway to say what is missing after a service has used up its time. */
const answerMillis = 1_000;

/** Null unless the graph is to have a clock. The parts for it are loaded for demonstrations and tests only. */
async function openClock(
  { demoClock, controlToken }: GatewaySettings,
  addresses: ReadonlyMap<string, readonly string[]>,
): Promise<RemoteClock | null> {
  if (!demoClock || controlToken === null) return null;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { openRemoteClock } = require('./remote-clock') as typeof import('./remote-clock');
  const replicas = [...addresses].flatMap(([service, urls]) =>
    urls.map((url) => ({ service, origin: new URL(url).origin })),
  );
  return openRemoteClock(replicas, controlToken);
}

/** What kept the gateway from starting, as whoever runs it can mend it. */
function startFault(error: unknown, { host, port, supergraphFile }: GatewaySettings): unknown {
  const fault = listenFault(error, host, port);
  if (fault !== error || !(error instanceof Error)) return fault;
  return new CannotRun(`SUPERGRAPH_FILE is ${supergraphFile}, which cannot be used: ${error.message}`, {
    cause: error,
  });
}

/**
 * Starts the gateway before services that run as processes of their own.
 * @throws CannotRun for what whoever runs it has to mend
 */
export async function startGatewayProcess(settings: GatewaySettings, logger: Logger): Promise<Running> {
  const verifier = verifierOf(settings);
  const addresses = addressesIn(settings);
  const unused = new Set(addresses.keys());
  const { subgraphTimeoutMillis } = settings;
  const requestMillis = Math.max(
    settings.demoClock ? movedClockRequestMillis : defaultLimits.requestMillis,
    subgraphTimeoutMillis + answerMillis,
  );
  const services = new HttpServices<Principal>({
    addressesOf: (service) => {
      unused.delete(addressVariableOf(service));
      return addresses.get(addressVariableOf(service));
    },
    timeoutMillis: subgraphTimeoutMillis,
    requestMillis,
    connections: settings.subgraphConnections,
    logger,
  });
  const clock = await openClock(settings, addresses);
  const close = async (): Promise<void> => {
    await services.close();
    await clock?.close();
  };
  let gateway: RunningGateway;
  try {
    gateway = await startGateway<Principal>({
      port: settings.port,
      host: settings.host,
      supergraph: { file: settings.supergraphFile },
      dataSource: (service) =>
        clock && service.name === clockService ? clock.dataSource : services.dataSource(service),
      authenticate: async (authorization) => (authorization ? verifier.verify(authorization) : null),
      filesOf: (service) => services.filesOf(service),
      readiness: () => services.readiness(),
      development: settings.development,
      corsOrigins: settings.corsOrigins ?? [],
      limits: { requestMillis },
      logger,
    });
  } catch (error) {
    await close();
    throw startFault(error, settings);
  }
  for (const variable of unused) {
    logger.warn({ variable }, 'addresses are set for a service that is not in the supergraph');
  }
  return {
    url: gateway.url,
    close: async () => {
      await gateway.close();
      await close();
    },
  };
}

/** The whole main of the gateway's process. */
export function runGateway(environment: NodeJS.ProcessEnv): Promise<void> {
  return runProcess(
    {
      name: 'gateway',
      settings: { ...addressSettings(environment), ...gatewaySettings },
      relations: gatewayRelations,
      start: startGatewayProcess,
    },
    environment,
  );
}
