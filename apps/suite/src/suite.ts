import { join } from 'node:path';
import {
  Cipher,
  configureCipher,
  keyringFromFile,
  openLocalIssuer,
  tokenVerifier,
  type Principal,
} from '@anju/access';
import { appraisal } from '@anju/appraisal-service';
import { communications } from '@anju/communications-service';
import { complaints } from '@anju/complaints-service';
import { ClockMover, ClockResolver, DemoClock } from '@anju/demo-clock';
import { filesIn, localIdentity, type RunningPlatform } from '@anju/demonstration';
import { directory } from '@anju/directory-service';
import { inProcessDataSource, startGateway, type RunningGateway } from '@anju/gateway';
import { insights } from '@anju/insights';
import { ServiceFigures } from '@anju/metrics';
import { InProcessEventBus, type ConsumerDefinition, type Logger } from '@anju/outbox';
import { reception } from '@anju/reception-service';
import { sales } from '@anju/sales-service';
import { readEnvironment } from '@anju/settings';
import {
  buildServiceSchema,
  factsOf,
  requestContext,
  serve,
  translate,
  type RequestContext,
  type RunningService,
} from '@anju/subgraph';
import { startTracing } from '@anju/tracing';

/** All services of the platform, in the order in which they are started and listed. */
export const services = [
  directory,
  reception,
  complaints,
  sales,
  appraisal,
  communications,
  insights,
] as const;

/** The consumers of all services, as they are defined: listed, not run. */
export function definedConsumers(): { service: string; consumer: ConsumerDefinition }[] {
  // The definitions are asked with nothing behind them.
  const nothing = new Proxy({}, { get: () => undefined }) as never;
  return services.flatMap((service) =>
    service.create(nothing).consumers.map((consumer) => ({ service: service.name, consumer })),
  );
}

export interface SuiteOptions {
  /** Keys and the issuer's key pair are kept here. */
  readonly dataDir: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The database of a service, which exists already and may be empty. */
  readonly databaseUrl: (service: string) => string | Promise<string>;
  /** Null for the machine's clock; otherwise it stands there until it is moved by hand. */
  readonly clock: Date | null;
  /** Whether the graph has `moveClock`. */
  readonly clockInGraph: boolean;
  /** Whether `moveClock` may move it already; by default always. */
  readonly clockMovable?: () => boolean;
  /** Folder of the composed supergraphs. */
  readonly supergraphDir: string;
  readonly development: boolean;
  readonly logger: Logger;
  /** Of an OpenTelemetry collector; without one nothing is traced. */
  readonly tracesEndpoint?: string | null;
  /** Where services read settings of their own, such as a mail server; unless told, none is set. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** The whole platform in this process. */
export interface RunningSuite extends RunningPlatform {
  readonly clock: DemoClock;
  readonly services: readonly RunningService[];
  readonly bus: InProcessEventBus;
}

/** Every connection is a process of PostgreSQL, of 2 to 3 MB; no command or consumer needs a second one. */
const poolSize = 3;
/** A month of due times may lie between two positions of a clock that is moved by hand. */
const movedClockRequestMillis = 600_000;

/** Starts every service, the event bus between them and the gateway before them. */
export async function startSuite(options: SuiteOptions): Promise<RunningSuite> {
  const { logger, tracesEndpoint = null } = options;
  const tracing = startTracing({
    name: 'anju',
    endpoint: tracesEndpoint,
    lost: (reason) => logger.warn({ reason }, 'traces cannot be sent'),
  });
  const cipher = new Cipher(keyringFromFile(join(options.dataDir, 'data-keys.json')));
  configureCipher(cipher);
  const issuer = await openLocalIssuer({ directory: options.dataDir, ...localIdentity });
  const verifier = tokenVerifier({ ...localIdentity, keys: { jwks: issuer.jwks } });
  const clock = new DemoClock(options.clock);
  const figures = new ServiceFigures();
  const bus = new InProcessEventBus(logger, figures.eventsDelivered);
  const running = await Promise.all(
    services.map(async (definition) =>
      serve(definition, {
        databaseUrl: await options.databaseUrl(definition.name),
        settings: readEnvironment(
          definition.settings ?? {},
          { FILES_DIR: filesIn(options.dataDir), ...options.environment },
          definition.relations ?? [],
        ),
        poolSize,
        clock,
        cipher,
        bus,
        logger,
        figures,
      }),
    ),
  );
  await bus.start();
  figures.addFlow('anju', () => bus.flow());
  const mover = clock.byHand ? new ClockMover(clock.byHand, running, bus) : null;
  if (!mover) running.forEach((service) => service.start());
  const schemas = new Map(running.map((service) => [service.name, service.schema]));
  if (mover && options.clockInGraph) {
    const resolver = new ClockResolver(clock, mover, options.clockMovable ?? (() => true));
    const { schema } = await buildServiceSchema(
      { resolverClasses: [ClockResolver] },
      new Map([[ClockResolver, resolver]]),
      [],
    );
    schemas.set('clock', schema);
  }
  let ready = true;
  const gateway: RunningGateway = await startGateway<Principal>({
    port: options.port,
    supergraph: {
      file: join(
        options.supergraphDir,
        schemas.has('clock') ? 'supergraph-with-clock.graphql' : 'supergraph.graphql',
      ),
    },
    dataSource: ({ name }) => {
      const schema = schemas.get(name);
      if (!schema) throw new Error(`the supergraph names a service that is not here: ${name}`);
      return inProcessDataSource({
        name,
        schema,
        contextFor: (request) => requestContext(factsOf(request)),
        translate: (error, context) => translate(error, context as RequestContext),
        observe: (operation, seconds, outcome) => figures.operationEnded(name, operation, seconds, outcome),
      });
    },
    authenticate: async (authorization) => (authorization ? verifier.verify(authorization) : null),
    development: options.development,
    logger,
    figures,
    ...(mover ? { limits: { requestMillis: movedClockRequestMillis } } : {}),
    filesOf: (name) => running.find((service) => service.name === name)?.files,
    extraRoutes: {
      '/.well-known/jwks.json': (_request, response) => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(issuer.jwks));
      },
    },
    readiness: async () => {
      const answers = await Promise.allSettled(
        running.map((service) => service.dataSource.query('select 1')),
      );
      return {
        ready: ready && answers.every((answer) => answer.status === 'fulfilled'),
        details: Object.fromEntries(
          running.map((service, index) => [
            service.name,
            answers[index]!.status === 'fulfilled' ? 'up' : 'down',
          ]),
        ),
      };
    },
  });
  return {
    url: gateway.url,
    port: gateway.port,
    clock,
    issuer,
    services: running,
    bus,
    now: async () => clock.now(),
    moveClock: async (to) => {
      if (!mover || !clock.byHand) throw new Error('this clock goes by itself');
      await mover.moveTo(to);
    },
    setClock: async (to) => {
      if (!clock.byHand) throw new Error('this clock goes by itself');
      clock.byHand.moveTo(to);
    },
    letClockGo: async () => {
      clock.letGo();
      running.forEach((service) => service.start());
    },
    settled: () => bus.settled(),
    query: async (service, sql, parameters = []) => {
      const found = running.find(({ name }) => name === service);
      if (!found) throw new Error(`there is no service ${service}`);
      return found.dataSource.query(sql, [...parameters]);
    },
    close: async () => {
      ready = false;
      await gateway.close();
      await bus.close();
      await Promise.all(running.map((service) => service.close()));
      await tracing.close();
    },
  };
}
