import { existsSync } from 'node:fs';
import { Registry } from 'prom-client';
import { Cipher, configureCipher, keyringFromFile } from '@anju/access';
import { clockAheadSeconds } from '@anju/deadlines';
import { DemoClock, controlRoutes } from '@anju/demo-clock';
import { KafkaEventBus, type KafkaBusOptions } from '@anju/kafka-bus';
import { FileFigures, ServiceFigures, addProcessFigures } from '@anju/metrics';
import type { DeliveryObserver, Logger } from '@anju/outbox';
import { CannotRun, listenFault, runProcess, verifierOf, type Running } from '@anju/process';
import { serve, startSubgraphServer, type RunningService, type ServiceDefinition } from '@anju/subgraph';
import { serviceRelations, serviceSettings, type ServiceSettings } from './service-settings';
import { brokerFault, databaseFault, requireSameClock } from './start-faults';

function openCipher({ dataKeysFile }: ServiceSettings): Cipher {
  // Made anew they would be another service's keys, too, or those of nobody's data.
  if (!existsSync(dataKeysFile)) throw new CannotRun(`DATA_KEYS_FILE is ${dataKeysFile}, which is not there`);
  try {
    const cipher = new Cipher(keyringFromFile(dataKeysFile));
    configureCipher(cipher);
    return cipher;
  } catch (cause) {
    throw new CannotRun(`DATA_KEYS_FILE is ${dataKeysFile}: ${(cause as Error).message}`, { cause });
  }
}

function openBus(
  name: string,
  settings: ServiceSettings,
  logger: Logger,
  observe: DeliveryObserver,
): KafkaEventBus {
  const { kafkaSaslMechanism: mechanism, kafkaSaslUsername, kafkaSaslPassword } = settings;
  // The environment was checked: whoever gives a mechanism gives the other two.
  const sasl = mechanism && { mechanism, username: kafkaSaslUsername!, password: kafkaSaslPassword! };
  return new KafkaEventBus({
    brokers: settings.kafkaBrokers,
    clientId: `anju-${name}`,
    topicPrefix: settings.kafkaTopicPrefix,
    sessionMillis: settings.kafkaSessionMillis,
    ...(settings.kafkaSsl ? { ssl: true } : {}),
    ...(sasl ? { sasl: sasl as KafkaBusOptions['sasl'] } : {}),
    logger,
    observe,
  });
}

/** The figures of a process of one service. */
function openFigures(): ServiceFigures {
  const registry = new Registry();
  addProcessFigures(registry);
  return new ServiceFigures(registry);
}

async function isUp(service: RunningService): Promise<boolean> {
  return service.dataSource.query('select 1').then(
    () => true,
    () => false,
  );
}

/** What the service itself asked for; what the process runs it with is none of its business. */
function ownSettings(
  { settings: declared = {} }: ServiceDefinition,
  settings: ServiceSettings & Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.keys(declared).map((name) => [name, settings[name]]));
}

/** A clock that is moved by hand is nobody's but the demonstration's. */
async function requireClock({ dataSource }: RunningService, settings: ServiceSettings): Promise<void> {
  if (settings.demoClock) return;
  requireSameClock(await clockAheadSeconds(dataSource), settings.clockToleranceSeconds);
}

/**
 * Starts one service on its database, the brokers and a port: the service as `startSuite` runs it, alone.
 * @throws CannotRun for what whoever runs it has to mend
 */
export async function startService(
  definition: ServiceDefinition,
  settings: ServiceSettings,
  logger: Logger,
): Promise<Running> {
  const { name } = definition;
  const cipher = openCipher(settings);
  const verifier = verifierOf(settings);
  const clock = new DemoClock(settings.demoClock);
  const figures = openFigures();
  const bus = openBus(name, settings, logger, figures.eventsDelivered);
  const service = await serve(definition, {
    databaseUrl: settings.databaseUrl,
    poolSize: settings.databasePoolSize,
    clock,
    cipher,
    bus,
    logger,
    settings: ownSettings(definition, settings),
    figures,
  }).catch((error: unknown) => {
    throw databaseFault(error, settings.databaseUrl);
  });
  await requireClock(service, settings).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  const fileFigures = service.files && new FileFigures(figures.registry);
  figures.addFlow(name, () => bus.flow());
  figures.addBrokers(name, () => bus.askBrokers());
  const { controlToken: token, host, port } = settings;
  let delivering = false;
  let delivers = (): void => undefined;
  const untilDelivering = new Promise<void>((resolve) => (delivers = resolve));
  const watched = {
    outboxes: () => untilDelivering.then(() => bus.outboxes()),
    ends: () => untilDelivering.then(() => bus.ends()),
    positions: () => untilDelivering.then(() => bus.positions()),
  };
  const server = await startSubgraphServer({
    service,
    port,
    host,
    authenticate: async (authorization) => (authorization ? verifier.verify(authorization) : null),
    readiness: async () => {
      const up = await isUp(service);
      const state = !up ? 'its database does not answer' : delivering ? 'up' : 'events are not read yet';
      return { ready: up && delivering, details: { [name]: state } };
    },
    logger,
    metrics: figures,
    observe: (operation, seconds, outcome) => figures.operationEnded(name, operation, seconds, outcome),
    ...(fileFigures && { observeFiles: (answered) => fileFigures.answered(answered) }),
    routes: token === null ? {} : controlRoutes({ service, clock, bus: watched, token }),
    development: settings.development,
  }).catch((error: unknown) => {
    throw listenFault(error, host, port);
  });
  // A broker may take half a minute to notice that this one's predecessor was killed; requests need not wait.
  await bus.start().catch((error: unknown) => {
    throw brokerFault(error, settings.kafkaBrokers);
  });
  delivering = true;
  delivers();
  if (!clock.byHand) service.start();
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await bus.close();
      await service.close();
    },
  };
}

/** The whole main of a service's process. */
export function runService(definition: ServiceDefinition): Promise<void> {
  return runProcess({
    name: definition.name,
    settings: { ...serviceSettings, ...definition.settings },
    relations: [...serviceRelations, ...(definition.relations ?? [])],
    start: (settings, logger) => startService(definition, settings, logger),
  });
}
