import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { graphql, type ExecutionResult } from 'graphql';
import { Cipher, configureCipher, type Keyring, type Principal, type Role } from '@anju/access';
import { ManualClock, newId } from '@anju/kernel';
import type { ServiceFigures } from '@anju/metrics';
import { InProcessEventBus } from '@anju/outbox';
import { requestContext, serve, type RunningService } from '@anju/subgraph';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { directory } from '../src';

const key = randomBytes(32);
export const testKeys: Keyring = { currentKeyId: 'k1', keys: { k1: key }, indexKey: key };
export const testCipher = new Cipher(testKeys);

/** Monday, 09:00 in Shanghai. */
export const monday = new Date('2026-03-02T01:00:00Z');

export type Answer = ExecutionResult<Record<string, Record<string, unknown>>>;

/** The directory on a database of its own, asked through its graph. */
export class DirectoryUnderTest {
  private stopped = false;

  private constructor(
    readonly clock: ManualClock,
    readonly database: TestDatabase,
    readonly service: RunningService,
    private readonly bus: InProcessEventBus,
  ) {}

  static async start(name: string): Promise<DirectoryUnderTest> {
    return DirectoryUnderTest.startOn(await createTestDatabase(name), new ManualClock(monday));
  }

  /** @param options how it differs from the usual: its keys, and where it tells its figures */
  private static async startOn(
    database: TestDatabase,
    clock: ManualClock,
    { cipher = testCipher, figures }: { cipher?: Cipher; figures?: ServiceFigures } = {},
  ): Promise<DirectoryUnderTest> {
    configureCipher(cipher);
    const bus = new InProcessEventBus(silentLogger);
    const service = await serve(directory, {
      ...{ databaseUrl: database.url, poolSize: 8, clock, cipher, bus, figures },
      logger: silentLogger,
    });
    return new DirectoryUnderTest(clock, database, service, bus);
  }

  /** The next start on the same database, with other keys. */
  async startedAgain(options: { cipher: Cipher; figures?: ServiceFigures }): Promise<DirectoryUnderTest> {
    await this.stopService();
    return DirectoryUnderTest.startOn(this.database, this.clock, options);
  }

  async close(): Promise<void> {
    await this.stopService();
    await this.database.drop();
  }

  /** Ends the service's process in good order; the database stays. */
  async stopService(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await this.bus.close();
    await this.service.close();
  }

  /** Ends the service's process in the middle of whatever it does: every connection is cut. */
  async crash(): Promise<void> {
    const own = { url: this.database.url, name: this.database.name };
    const killer = new Client({ connectionString: own.url });
    await killer.connect();
    // What is cut off must not begin anew: a dead process does not.
    const { dataSource } = this.service;
    dataSource.createQueryRunner = () => {
      throw new Error('this process has crashed');
    };
    dataSource.query = () => Promise.reject(new Error('this process has crashed'));
    await killer.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
      [own.name],
    );
    await killer.end();
  }

  ask(principal: Principal | null, source: string, variableValues: object = {}): Promise<Answer> {
    const contextValue = requestContext({ principal, requestId: 'r', locale: 'en', idempotencyKey: null });
    return graphql({
      schema: this.service.schema,
      source,
      contextValue,
      variableValues: { ...variableValues },
    }) as Promise<Answer>;
  }

  /** @throws Error with the graph's errors, where a test wants none */
  async read<Data = never>(principal: Principal, source: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await this.ask(principal, source, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data as Data;
  }

  /** Gives a command and answers its result: the entity's selection, or the refusal with its code. */
  async command<Result extends object = { id: string }>(
    principal: Principal,
    field: string,
    entity: string,
    input: object,
    selection = 'id',
    refusal = '',
  ): Promise<Result & { code?: string }> {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
    const data = await this.read<Record<string, Result & { code?: string }>>(
      principal,
      `mutation($input: ${type}!) { ${field}(input: $input) {
         ... on ${entity} { ${selection} } ... on Refusal { code message } ${refusal} } }`,
      { input },
    );
    return data[field]!;
  }

  rows<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.service.dataSource.query(sql, parameters);
  }
}

/** Somebody who holds a role; without projects, for all. */
export function staff(role: Role, ...projectIds: string[]): Principal {
  const held = projectIds.length > 0 ? projectIds : ('ALL' as const);
  return {
    kind: 'STAFF',
    staffId: newId(),
    account: role.toLowerCase(),
    roles: [{ role, projectIds: held }],
  };
}

export const administrator = staff('ADMINISTRATOR');

/** A project with one building, two sections in it, and some units: 3-2-1201, 3-2-1202, 3-1-0302. */
export interface TestProject {
  readonly organisationId: string;
  readonly projectId: string;
  readonly buildingId: string;
  readonly sectionIds: readonly [string, string];
  readonly unitIds: readonly [string, string, string];
}

export async function registerTestProject(
  under: DirectoryUnderTest,
  code: string,
  organisationId?: string,
): Promise<TestProject> {
  const register = async (field: string, entity: string, input: object): Promise<string> =>
    (await under.command(administrator, field, entity, input)).id;
  const organisation =
    organisationId ??
    (await register('registerOrganisation', 'Organisation', { code: `O${code}`, name: '安居物业' }));
  const projectId = await register('registerProject', 'Project', {
    organisationId: organisation,
    code,
    name: '锦绣花园',
  });
  const buildingId = await register('registerBuilding', 'Building', { projectId, number: '3栋' });
  const section = (number: string) =>
    register('registerBuildingSection', 'BuildingSection', { buildingId, number });
  const sectionIds = [await section('1'), await section('2单元')] as const;
  const unit = (sectionId: string, number: string) =>
    register('registerUnit', 'Unit', { buildingId, sectionId, number, status: 'HANDED_OVER' });
  const unitIds = [
    await unit(sectionIds[1], '1201'),
    await unit(sectionIds[1], '1202'),
    await unit(sectionIds[0], '0302'),
  ] as const;
  return { organisationId: organisation, projectId, buildingId, sectionIds, unitIds };
}
