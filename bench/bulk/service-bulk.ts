import { Client } from 'pg';
import pino from 'pino';
import type { DataSource } from 'typeorm';
import { configuredCipher } from '@anju/access';
import { CommandRunner, type AggregateDefinition, type AggregateState } from '@anju/commands';
import { SystemClock } from '@anju/kernel';
import { openDatabase, type ServiceDefinition } from '@anju/subgraph';
import type { Chance } from './chance';
import { cellOf, jsonCell, lineOf, TableStream } from './copy-in';
import type { Life } from './life';
import type { Row } from './mould';
import { takeOff } from './table-extras';

type AnyDefinition = AggregateDefinition<AggregateState, { readonly type: string }, unknown>;

/** The name in the history of what the bulk path writes. */
const bulkCommand = 'bulkLoad';

const historyColumns = [
  ...['aggregate_type', 'aggregate_id', 'version', 'command', 'actor', 'at'],
  ...['from_status', 'to_status', 'reason', 'facts', 'project_ids'],
] as const;
const deadlineColumns = ['id', 'aggregate_type', 'aggregate_id', 'kind', 'due_at'] as const;

/** Writes the aggregates of one kind: rows, history, due times, as the write path does for each. */
export class AggregateBulk<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
> {
  constructor(
    readonly definition: AggregateDefinition<State, Fact, Environment>,
    readonly environment: Environment,
    private readonly columns: readonly { readonly name: string; readonly cell: (entity: object) => string }[],
    private readonly table: TableStream,
    private readonly platform: PlatformTables,
  ) {}

  /** @param life of which nothing follows any more */
  write(life: Life<State, Fact, Environment>, actor: string): void {
    for (const { table, line } of this.rowsOf(life, actor)) table.addLine(line);
  }

  /**
   * All that a load knows of an aggregate is one command: its first version, with all facts that the rules gave.
   * @param life of which nothing follows any more
   */
  rowsOf(life: Life<State, Fact, Environment>, actor: string): Row[] {
    const due = life.end();
    const { state, facts, beganAt, changedAt } = life;
    const { type, queryColumns } = this.definition;
    const entity = {
      ...state,
      ...queryColumns?.(state, this.environment),
      version: 1,
      createdAt: beganAt,
      updatedAt: changedAt,
    };
    const projectIds = this.definition.projectIds?.(state) ?? (state.projectId ? [state.projectId] : []);
    const { history, deadlines, chance } = this.platform;
    const told = [
      ...[type, state.id, '1', bulkCommand, actor, cellOf(changedAt), '\\N'],
      ...[state.status, '\\N', jsonCell(facts), cellOf(projectIds)],
    ];
    return [
      { table: this.table, line: lineOf(this.columns.map(({ cell }) => cell(entity))) },
      { table: history, line: lineOf(told) },
      ...due.map(({ kind, dueAt }) => {
        const line = lineOf([chance.id(beganAt), type, state.id, kind, cellOf(dueAt)]);
        return { table: deadlines, line };
      }),
    ];
  }
}

interface PlatformTables {
  readonly history: TableStream;
  readonly deadlines: TableStream;
  readonly chance: Chance;
}

/** Fills the database of a service, which has its tables already, past its write path. */
export class ServiceBulk {
  private readonly streams: TableStream[] = [];
  private platform: PlatformTables | undefined;

  private constructor(
    readonly dataSource: DataSource,
    private readonly url: string,
    private readonly definitions: readonly AnyDefinition[],
    private readonly chance: Chance,
    private readonly restore: () => Promise<void>,
  ) {}

  /**
   * Takes off what slows the load down: indexes that serve queries, and foreign keys.
   * @param definition of a service that is not running
   */
  static async open(definition: ServiceDefinition, url: string, chance: Chance): Promise<ServiceBulk> {
    const dataSource = await openDatabase(definition, url, 2);
    const cipher = configuredCipher();
    const clock = new SystemClock();
    const commands = new CommandRunner(dataSource, clock, cipher, { committed: () => undefined });
    const logger = pino({ enabled: false });
    const { aggregates } = definition.create({ dataSource, clock, commands, cipher, logger });
    const restore = await takeOff(url);
    return new ServiceBulk(dataSource, url, aggregates as readonly AnyDefinition[], chance, restore);
  }

  /** @param type as in the history, such as `Complaint` */
  async aggregate<State extends AggregateState, Fact extends { readonly type: string }, Environment>(
    type: string,
    projectId: string,
  ): Promise<AggregateBulk<State, Fact, Environment>> {
    const definition = this.defined(type) as unknown as AggregateDefinition<State, Fact, Environment>;
    const environment = await definition.environment(projectId, this.dataSource.manager);
    const metadata = this.dataSource.getMetadata(definition.entity);
    const columns = metadata.columns.map(({ propertyName, databaseName, type: sqlType, transformer }) => {
      const convert = [transformer ?? []].flat();
      const shown = sqlType === 'jsonb' ? jsonCell : cellOf;
      return {
        name: databaseName,
        cell: (entity: object): string => {
          const value: unknown = (entity as Record<string, unknown>)[propertyName];
          return shown(convert.reduce<unknown>((converted, one) => one.to(converted) as unknown, value));
        },
      };
    });
    const table = await this.table(
      metadata.tableName,
      columns.map(({ name }) => name),
    );
    this.platform ??= {
      history: await this.table('history', historyColumns),
      deadlines: await this.table('deadline', deadlineColumns),
      chance: this.chance,
    };
    return new AggregateBulk(definition, environment, columns, table, this.platform);
  }

  /** An aggregate that a project has one of. @throws Error if it has none */
  stored<State>(type: string, projectId: string): Promise<State> {
    const { entity } = this.defined(type);
    return this.dataSource.manager.findOneByOrFail(entity, { projectId }) as Promise<State>;
  }

  private defined(type: string): AnyDefinition {
    const found = this.definitions.find((one) => one.type === type);
    if (!found) throw new Error(`the service has no ${type}`);
    return found;
  }

  /** A table that is no aggregate's. */
  async table(name: string, columns: readonly string[]): Promise<TableStream> {
    const stream = await TableStream.open(this.url, name, columns);
    this.streams.push(stream);
    return stream;
  }

  /** Waits while the database has more than it can take. */
  async relieve(): Promise<void> {
    for (const stream of this.streams) await stream.relieve();
  }

  /** Ends the streams. @throws Error if the database refuses a row */
  async endRows(): Promise<void> {
    for (const stream of this.streams) await stream.close();
  }

  /**
   * After the rows: puts back what was taken off and brings the statistics up to date.
   * @returns how many rows there are
   * @throws Error if a row has no row that it refers to, or what must be unique is not
   */
  async close(): Promise<number> {
    await this.dataSource.destroy();
    await this.restore();
    const client = new Client({ connectionString: this.url });
    await client.connect();
    await client.query('vacuum (analyze)');
    await client.end();
    return this.streams.reduce((sum, { rows }) => sum + rows, 0);
  }
}
