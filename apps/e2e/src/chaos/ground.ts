import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { playSetting, StoryTeller, type Setting } from '@anju/demonstration';
import { serviceNames, startDistributed, type RunningDistributed, type ServiceName } from '@anju/distributed';
import type { Broker } from '@anju/kafka';
import { removeEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from '@anju/postgres';
import { until } from '@anju/testing';
import { createTestTopics, ownBroker, type OwnTestBroker } from '@anju/testing-kafka';

export const replicas = { complaints: 2, reception: 2 } as const;
const homesForSale = 10;
/** A run kills more often than a supervisor in earnest would put up with. */
const backOff = Array.from({ length: 1_000 }, () => 200);

function databaseOf(service: ServiceName): string {
  return `anju_${service}`;
}

/**
 * A platform of processes with a PostgreSQL and a broker of its own, every part of which can be killed. What is
 * committed is on the disk: unlike other tests' PostgreSQL, this one flushes.
 */
export class ChaosGround {
  platform!: RunningDistributed;
  teller!: StoryTeller;
  setting!: Setting;
  /** What is for sale: fewer than want it. */
  homes: readonly string[] = [];
  /** Parts that ended for good. */
  readonly givenUp: string[] = [];
  kills = 0;
  private postgres!: EmbeddedPostgres;
  private broker!: Broker;
  private readonly brokerPlace: OwnTestBroker;
  private readonly folder: string;
  private readonly urls = new Map<ServiceName, string>();

  private constructor() {
    // Named as the global setup of Jest names its own: the next test run clears what a killed one has left.
    this.folder = mkdtempSync(join(tmpdir(), `anju-tests-${process.pid}-`));
    this.brokerPlace = ownBroker();
  }

  /** @param startsAt where the clock stands, until `restartWithoutDemoClock` */
  static async open(startsAt: Date): Promise<ChaosGround> {
    const ground = new ChaosGround();
    try {
      await ground.start(startsAt);
    } catch (error) {
      await ground.close();
      throw error;
    }
    return ground;
  }

  get url(): string {
    return this.platform.url;
  }

  /** Connects to a service's database, past the service, as the superuser. */
  async connect(service: ServiceName): Promise<Client> {
    const client = new Client({
      connectionString: this.postgres.databaseUrl(databaseOf(service)),
      application_name: 'chaos',
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async query<Row extends object>(
    service: ServiceName,
    sql: string,
    parameters: unknown[] = [],
  ): Promise<Row[]> {
    const client = await this.connect(service);
    try {
      return (await client.query<Row>(sql, parameters)).rows;
    } finally {
      await client.end();
    }
  }

  /** The process numbers of a service's replicas, or the gateway's, that run now. */
  pidsOf(app: ServiceName | 'gateway'): number[] {
    return this.platform.processes
      .filter(({ name }) => name === app || name.startsWith(`${app}-`))
      .flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** Kills processes of the platform, as the kernel would. @throws Error if one of them is none */
  kill(...pids: readonly number[]): void {
    for (const pid of pids) {
      const found = this.platform.processes.find((one) => one.pid === pid);
      if (!found) throw new Error(`process ${pid} is none of the platform's`);
      found.kill();
      this.kills += 1;
    }
  }

  /** Waits until no process has one of these numbers any more, and all are ready. */
  async back(killed: readonly number[]): Promise<void> {
    await until('every process is back', () =>
      this.platform.processes.every(
        ({ isReady, pid }) => isReady && pid !== undefined && !killed.includes(pid),
      ),
    );
  }

  async killBroker(): Promise<void> {
    this.kills += 1;
    await this.broker.kill();
  }

  async startBroker(): Promise<void> {
    this.broker = await this.brokerPlace.start();
  }

  async killPostgres(): Promise<void> {
    const client = await this.connect('directory');
    const { rows } = await client.query<{ pid: string }>(
      `select split_part(pg_read_file('postmaster.pid'), chr(10), 1) as pid`,
    );
    const pid = Number(rows[0]!.pid);
    if (!(pid > 1)) throw new Error(`PostgreSQL's server is not process ${pid}`);
    this.kills += 1;
    process.kill(pid, 'SIGKILL');
    await client.end().catch(() => undefined);
  }

  async startPostgres(): Promise<void> {
    this.postgres = await startEmbeddedPostgres({
      dataDir: join(this.folder, 'postgres'),
      settings: { max_connections: 300, shared_buffers: '64MB' },
      ...(this.postgres ? { port: this.postgres.port } : {}),
    });
  }

  /** Kills all processes of the platform at once and starts them again; time goes by itself from then on. */
  async restartWithoutDemoClock(): Promise<void> {
    for (const process of this.platform.processes) process.kill();
    this.kills += this.platform.processes.length;
    await this.platform.close();
    this.platform = await this.startPlatform(null);
  }

  async close(): Promise<void> {
    await this.platform?.close();
    await this.postgres?.stop();
    await removeEmbeddedPostgres(join(this.folder, 'postgres'));
    await this.brokerPlace.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(startsAt: Date): Promise<void> {
    execFileSync(process.execPath, ['tools/build.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
    await Promise.all([this.startPostgres(), this.startBroker()]);
    for (const service of serviceNames) {
      const name = databaseOf(service);
      this.urls.set(service, await this.postgres.ensureDatabase(name, name));
    }
    await createTestTopics({ brokers: this.broker.brokers, topicPrefix: this.brokerPlace.topicPrefix });
    this.platform = await this.startPlatform(startsAt);
    this.teller = new StoryTeller(this.platform, this.dataDir, () => undefined);
    this.setting = await playSetting(this.teller);
    const buildingId = this.setting.buildingIds.get('7')!;
    const homes = Array.from({ length: homesForSale }, (_, n) =>
      this.teller.command('admin', 'registerUnit', 'Unit', {
        ...{ buildingId, number: `${701 + n}`, status: 'FOR_SALE' },
      }),
    );
    this.homes = (await Promise.all(homes)).map(({ id }) => id);
    await this.platform.settled();
  }

  private get dataDir(): string {
    return join(this.folder, 'platform');
  }

  private startPlatform(clock: Date | null): Promise<RunningDistributed> {
    mkdirSync(this.dataDir, { recursive: true });
    return startDistributed({
      dataDir: this.dataDir,
      logDir: join(this.dataDir, 'logs'),
      compiledDir: resolve('dist'),
      supergraphDir: resolve('infra/supergraph'),
      port: 0,
      databaseUrl: (service) => this.urls.get(service)!,
      brokers: this.broker.brokers,
      topicPrefix: this.brokerPlace.topicPrefix,
      clock,
      clockInGraph: false,
      replicas,
      development: false,
      logLevel: 'info',
      backOff,
      // A consumer's successor waits until it counts as gone: here that is most of the time of a run.
      environment: { KAFKA_SESSION_MILLIS: '3000' },
      say: () => undefined,
      givenUp: (reason) => this.givenUp.push(reason),
    });
  }
}
