import type { GraphQLSchema } from 'graphql';
import { DataSource } from 'typeorm';
import type { Cipher, Principal } from '@anju/access';
import {
  Broker1764600000000,
  CommandRunner,
  HistoryProjects1764710000000,
  Housekeeping,
  Platform1764000000000,
  PolicyVersions1764900000000,
  Resealer,
  sealedTables,
} from '@anju/commands';
import { ServiceClient } from '@anju/database';
import { DeadlineScheduler } from '@anju/deadlines';
import type { FilesHandler } from '@anju/files';
import type { Clock } from '@anju/kernel';
import type { Locale } from '@anju/labels';
import type { ServiceFigures } from '@anju/metrics';
import { Consumer, OutboxLog, type EventBus, type Logger } from '@anju/outbox';
import { figureSource } from './figure-source';
import { Loaders, type RequestContext } from './request-context';
import { buildServiceSchema } from './schema';
import { SnakeCaseColumns } from './aggregate-entity';
import { operationsResolver, withOperations } from './operations';
import type { ServiceDefinition, Worker } from './service-definition';

export interface ServeOptions {
  /** The service's own database. */
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly clock: Clock;
  readonly cipher: Cipher;
  readonly bus: EventBus;
  readonly logger: Logger;
  /** Values of the definition's own settings, where they were read. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where it tells its figures. */
  readonly figures?: ServiceFigures | undefined;
}

/** One running instance of a service. */
export interface RunningService {
  readonly name: string;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  readonly dataSource: DataSource;
  readonly scheduler: DeadlineScheduler;
  readonly consumers: readonly Consumer[];
  /** Seals anew what an older data key has sealed in columns. */
  readonly resealer: Resealer;
  /** Where it keeps files. */
  readonly files?: FilesHandler<Principal> | undefined;
  /** Due times fire by themselves from now on; after the bus has started, and not with a clock moved by hand. */
  start(): void;
  close(): Promise<void>;
}

/** Two instances that start at once on one database would both find the same migrations missing. */
async function oneAtATime(dataSource: DataSource, work: () => Promise<void>): Promise<void> {
  const holder = dataSource.createQueryRunner();
  try {
    await holder.query(`select pg_advisory_lock(hashtextextended('anju.migrations', 0))`);
    await work();
    await holder.query(`select pg_advisory_unlock(hashtextextended('anju.migrations', 0))`);
  } finally {
    await holder.release();
  }
}

/**
 * Opens a service's database and brings its tables up to date, one instance at a time.
 * @param poolSize at least 2: one connection waits for its turn
 */
export async function openDatabase(
  definition: Pick<ServiceDefinition, 'entities' | 'migrations' | 'name' | 'prepareDatabase'>,
  databaseUrl: string,
  poolSize: number,
): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    // With the process, so that a lock in the database can be followed to the replica that holds it.
    applicationName: `anju-${definition.name}[${process.pid}]`,
    entities: [...definition.entities],
    migrations: [
      Platform1764000000000,
      Broker1764600000000,
      HistoryProjects1764710000000,
      PolicyVersions1764900000000,
      ...definition.migrations,
    ],
    migrationsTransactionMode: 'each',
    poolSize,
    extra: { Client: ServiceClient },
    namingStrategy: new SnakeCaseColumns(),
    synchronize: false,
    logging: false,
  });
  await dataSource.initialize();
  try {
    await oneAtATime(dataSource, async () => {
      await dataSource.runMigrations();
      await definition.prepareDatabase?.(dataSource);
    });
  } catch (error) {
    // Its connections end, and with them the lock.
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

/**
 * Runs one service: its database, its schema, its consumers on the bus and its due times. The caller
 * starts the bus once all its services are attached, then calls `start`.
 */
export async function serve(definition: ServiceDefinition, options: ServeOptions): Promise<RunningService> {
  const { clock, cipher, bus, logger, figures } = options;
  const dataSource = await openDatabase(definition, options.databaseUrl, options.poolSize);
  const committed = (): void => {
    bus.wake(definition.name);
    scheduler.wake();
  };
  const commands = new CommandRunner(dataSource, clock, cipher, {
    committed,
    ...(figures && {
      carriedOut: (command, outcome) => figures.commandEnded(definition.name, command, outcome),
    }),
  });
  const scheduler = new DeadlineScheduler(dataSource, clock, commands.dueTimes, logger);
  const parts = definition.create({
    dataSource,
    clock,
    commands,
    cipher,
    logger,
    settings: options.settings,
  });
  for (const aggregate of parts.aggregates) commands.dueTimes.register(aggregate);
  const relay = bus.attachOutbox(new OutboxLog(definition.name, dataSource));
  const consumers = parts.consumers.map((consumer) => new Consumer(consumer, dataSource, logger, committed));
  for (const consumer of consumers) bus.attachSink(consumer);
  const Operations = operationsResolver(definition.name);
  const operations = new Operations({ dataSource, consumers: () => consumers, relay, bus, clock });
  const instances = new Map<Function, object>(
    [...parts.resolvers, operations].map((resolver) => [resolver.constructor, resolver]),
  );
  const { sdl, schema } = await buildServiceSchema(withOperations(definition), instances, parts.references);
  const housekeeping = new Housekeeping(dataSource, (err) =>
    logger.error({ err, service: definition.name }, 'expired rows could not be removed'),
  );
  const resealer = new Resealer(
    dataSource,
    sealedTables(dataSource, definition.sealedTables),
    cipher,
    logger,
  );
  const workers: Worker[] = [housekeeping, resealer, ...(parts.workers ?? [])];
  for (const worker of workers) worker.start();
  const receivers = [...consumers, ...(relay ? [relay] : [])].map((receiver) => receiver.name);
  figures?.addService(figureSource(definition.name, dataSource, clock, { consumers: receivers, workers }));
  return {
    name: definition.name,
    sdl,
    schema,
    dataSource,
    scheduler,
    consumers,
    resealer,
    files: parts.files,
    start: () => scheduler.start(),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await scheduler.close();
      await dataSource.destroy();
    },
  };
}

/** What a request brings along, whichever way it came in. */
export interface RequestFacts {
  readonly principal: Principal | null;
  readonly requestId: string;
  readonly locale: Locale;
  readonly idempotencyKey: string | null;
}

/** A context for one operation on one service: the loaders are its own. */
export function requestContext(facts: RequestFacts): RequestContext {
  return { ...facts, loaders: new Loaders() };
}
