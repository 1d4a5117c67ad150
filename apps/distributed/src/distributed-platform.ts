import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import { keyringFromFile, openLocalIssuer, type LocalIssuer } from '@anju/access';
import { ClockMover, RemoteServices, type Replica } from '@anju/demo-clock';
import { dataFiles, filesIn, localIdentity, type RunningPlatform } from '@anju/demonstration';
import { freePorts } from './ports';
import { SupervisedProcess } from './supervised-process';

/** Names of the services, in the order in which they are listed. Each is an app of its own. */
export const serviceNames = [
  'directory',
  'reception',
  'complaints',
  'sales',
  'appraisal',
  'communications',
  'insights',
] as const;

export type ServiceName = (typeof serviceNames)[number];

export interface DistributedOptions {
  /** Keys and the issuer's key pair are kept here. */
  readonly dataDir: string;
  readonly logDir: string;
  /** Of the compiled sources, `dist`. */
  readonly compiledDir: string;
  /** Folder of the composed supergraphs. */
  readonly supergraphDir: string;
  /** The gateway's; the services have the next ones as far as they are free. 0: any free ports. */
  readonly port: number;
  /** The database of a service, as its own role; it exists already and may be empty. */
  readonly databaseUrl: (service: ServiceName) => string | Promise<string>;
  readonly brokers: readonly string[];
  readonly topicPrefix?: string;
  /** Null for the machine's clock; otherwise it stands there until it is moved by hand. */
  readonly clock: Date | null;
  /** Whether the graph has `moveClock`. */
  readonly clockInGraph: boolean;
  /** How many processes of a service; one where it is left out. */
  readonly replicas: Partial<Readonly<Record<ServiceName, number>>>;
  readonly development: boolean;
  readonly logLevel: string;
  /** Further variables for every process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Waits before a process that ended is started again, as in `ProcessPlan`. */
  readonly backOff?: readonly number[];
  readonly say: (line: string) => void;
  /** Told when a process ended too often to be started again. */
  readonly givenUp: (reason: string) => void;
}

/** The platform as processes of their own. */
export interface RunningDistributed extends RunningPlatform {
  readonly processes: readonly SupervisedProcess[];
}

const poolSize = 6;

interface Planned {
  readonly service: ServiceName;
  readonly name: string;
  readonly port: number;
  readonly origin: string;
}

/** All processes of services, and the gateway's port. The one that was asked for is the gateway's, whoever has it. */
async function planProcesses(
  options: DistributedOptions,
): Promise<{ readonly planned: Planned[]; readonly gatewayPort: number }> {
  const { port } = options;
  const wanted = serviceNames.flatMap((service) =>
    Array.from({ length: options.replicas[service] ?? 1 }, (_, index) => ({ service, index })),
  );
  const [any, ...ports] = await freePorts([
    0,
    ...wanted.map((_, index) => (port === 0 ? 0 : port + 1 + index)),
  ]);
  const planned = wanted.map(({ service, index }, position) => ({
    service,
    name: index === 0 ? service : `${service}-${index + 1}`,
    port: ports[position]!,
    origin: `http://127.0.0.1:${ports[position]!}`,
  }));
  return { planned, gatewayPort: port === 0 ? any! : port };
}

/** Every service and the gateway as processes of their own, seen as one platform. */
class DistributedPlatform implements RunningDistributed {
  readonly processes: SupervisedProcess[];
  private readonly services: SupervisedProcess[];
  private readonly gateway: SupervisedProcess;
  private readonly remote: RemoteServices;
  private readonly mover: ClockMover;
  private readonly pools = new Map<string, Pool>();
  private readonly controlToken = randomBytes(32).toString('base64url');
  private clockAt: Date | null;
  private ending: Promise<void> | undefined;

  constructor(
    private readonly options: DistributedOptions,
    readonly issuer: LocalIssuer,
    private readonly planned: readonly Planned[],
    readonly port: number,
  ) {
    this.clockAt = options.clock;
    this.services = planned.map((replica) =>
      this.supervise(replica.name, replica.service, this.ofService(replica)),
    );
    this.gateway = this.supervise('gateway', 'gateway', () => this.ofGateway());
    this.processes = [...this.services, this.gateway];
    this.remote = new RemoteServices(this.replicas(), this.controlToken);
    this.mover = new ClockMover(this.remote, this.remote.services, this.remote);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/graphql`;
  }

  /** @throws CannotStart with the words of the process that does not start; the others are ended then */
  async start(): Promise<void> {
    const { say } = this.options;
    try {
      await Promise.all(
        this.processes.map(async (process) => {
          const began = performance.now();
          const url = await process.start();
          say(`  ${process.name.padEnd(14)} ${url}  (${((performance.now() - began) / 1_000).toFixed(1)} s)`);
        }),
      );
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  now(): Promise<Date> {
    return this.remote.now();
  }

  async moveClock(to: Date): Promise<void> {
    await this.mover.moveTo(to);
    this.clockAt = to;
  }

  async setClock(to: Date): Promise<void> {
    await this.remote.moveTo(to);
    this.clockAt = to;
  }

  async letClockGo(): Promise<void> {
    this.clockAt = null;
    await this.remote.letGo();
  }

  settled(): Promise<void> {
    return this.remote.settled();
  }

  async query<Row>(service: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const name = serviceNames.find((one) => one === service);
    if (!name) throw new Error(`there is no service ${service}`);
    let pool = this.pools.get(name);
    if (!pool) {
      pool = new Pool({ connectionString: await this.options.databaseUrl(name), max: 2 });
      pool.on('error', () => undefined);
      this.pools.set(name, pool);
    }
    const { rows }: { rows: unknown[] } = await pool.query(sql, [...parameters]);
    return rows as Row[];
  }

  close(): Promise<void> {
    this.ending ??= (async () => {
      // The gateway first: what it has taken, the services still answer.
      await this.gateway.stop();
      await Promise.all(this.services.map((service) => service.stop()));
      await this.remote.close();
      await Promise.all([...this.pools.values()].map((pool) => pool.end()));
    })();
    return this.ending;
  }

  private replicas(): Replica[] {
    return this.planned.map(({ service, origin }) => ({ service, origin }));
  }

  private supervise(
    name: string,
    app: string,
    environment: () => Promise<NodeJS.ProcessEnv>,
  ): SupervisedProcess {
    const { compiledDir, logDir, say, givenUp, backOff } = this.options;
    const main = join(compiledDir, 'apps', app, 'src/main.js');
    return new SupervisedProcess({
      name,
      main,
      environment,
      logDir,
      say,
      givenUp,
      ...(backOff && { backOff }),
    });
  }

  /** What all of them are told. */
  private common(): NodeJS.ProcessEnv {
    const { dataDir, logLevel, development, environment } = this.options;
    return {
      ...process.env,
      // Else graphql-js looks for a second copy of itself at every value.
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      LOG_LEVEL: logLevel,
      ANJU_DEVELOPMENT: String(development),
      OIDC_ISSUER: localIdentity.issuer,
      OIDC_AUDIENCE: localIdentity.audience,
      OIDC_JWKS_FILE: join(dataDir, dataFiles.publicKeys),
      OIDC_JWKS_URL: '',
      CONTROL_TOKEN: this.controlToken,
      DEMO_CLOCK: '',
      ...environment,
    };
  }

  private ofService({ service, name, port }: Planned): () => Promise<NodeJS.ProcessEnv> {
    const { brokers, topicPrefix, databaseUrl, dataDir } = this.options;
    return async () => ({
      ...this.common(),
      PORT: String(port),
      DATABASE_URL: await databaseUrl(service),
      DATABASE_POOL_SIZE: String(poolSize),
      KAFKA_BROKERS: brokers.join(','),
      ...(topicPrefix === undefined ? {} : { KAFKA_TOPIC_PREFIX: topicPrefix }),
      DATA_KEYS_FILE: join(dataDir, dataFiles.dataKeys),
      FILES_DIR: process.env['FILES_DIR'] ?? filesIn(dataDir),
      DEMO_CLOCK: (await this.clockFor(name))?.toISOString() ?? '',
    });
  }

  private async ofGateway(): Promise<NodeJS.ProcessEnv> {
    const { supergraphDir, clockInGraph } = this.options;
    const addresses = serviceNames.map((service) => {
      const own = this.planned.filter((replica) => replica.service === service);
      return [
        `SUBGRAPH_${service.toUpperCase()}_URLS`,
        own.map(({ origin }) => `${origin}/graphql`).join(','),
      ] as const;
    });
    const clock = clockInGraph ? this.clockAt : null;
    return {
      ...this.common(),
      PORT: String(this.port),
      SUPERGRAPH_FILE: join(supergraphDir, clock ? 'supergraph-with-clock.graphql' : 'supergraph.graphql'),
      ...Object.fromEntries(addresses),
      ...(clock ? { DEMO_CLOCK: clock.toISOString() } : { CONTROL_TOKEN: '' }),
    };
  }

  /** Where the clock of a process stands that is started now; the others may have been moved since. */
  private async clockFor(name: string): Promise<Date | null> {
    if (!this.clockAt) return null;
    const others = this.planned.filter((replica) => replica.name !== name && this.runs(replica.name));
    if (others.length === 0) return this.clockAt;
    const asked = new RemoteServices(others, this.controlToken, { patienceMillis: 1_000 });
    const now = await asked.now().catch(() => this.clockAt!);
    await asked.close();
    return now > this.clockAt ? now : this.clockAt;
  }

  private runs(name: string): boolean {
    return this.services.some((service) => service.name === name && service.isReady);
  }
}

/**
 * Starts every service and the gateway as a process of its own.
 * @throws CannotStart with the words of the process that does not start; nothing is left running then
 */
export async function startDistributed(options: DistributedOptions): Promise<RunningDistributed> {
  const { dataDir } = options;
  // Made here where they are not there: the services only read them.
  keyringFromFile(join(dataDir, dataFiles.dataKeys));
  const issuer = await openLocalIssuer({ directory: dataDir, ...localIdentity });
  writeFileSync(join(dataDir, dataFiles.publicKeys), `${JSON.stringify(issuer.jwks)}\n`);
  const { planned, gatewayPort } = await planProcesses(options);
  const platform = new DistributedPlatform(options, issuer, planned, gatewayPort);
  await platform.start();
  return platform;
}
