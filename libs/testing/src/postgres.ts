import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';

/** Where the test run's PostgreSQL is told to the tests; set by the projects' global setup. */
export const testPostgresVariable = 'ANJU_TEST_POSTGRES_URL';

/** An empty database, or a copy of a template, that belongs to one test or file. */
export interface TestDatabase {
  readonly name: string;
  /** Connects the database's owner, who is no superuser: as a service's own role does. */
  readonly url: string;
  /** Deletes the database; connections that are still open are cut. */
  drop(): Promise<void>;
}

const owner = 'anju_test';
/** Known to everybody on the machine: the server lives as long as the test run and holds nothing else. */
const ownerPassword = 'anju_test';

function superuserUrl(): string {
  const url = process.env[testPostgresVariable];
  if (!url)
    throw new Error('no PostgreSQL here: only integration tests (*.int-spec.ts) and journeys have one');
  return url;
}

function ownerUrl(database: string): string {
  const url = new URL(superuserUrl());
  url.username = owner;
  url.password = ownerPassword;
  url.pathname = `/${database}`;
  return url.href;
}

async function asSuperuser<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: superuserUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the role that owns all test databases. Called once for a test run. */
export async function createTestOwner(): Promise<void> {
  await asSuperuser((client) =>
    client.query(`CREATE ROLE ${owner} LOGIN CREATEDB PASSWORD '${ownerPassword}'`),
  );
}

/** Names are at most 63 bytes long. */
function databaseName(prefix: string, name: string): string {
  return `${prefix}_${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`.slice(0, 50);
}

/** Runs a statement that must be alone on a database; those who have just left may not be gone yet. */
async function whenAlone(client: Client, statement: string): Promise<void> {
  const patience = Date.now() + 10_000;
  for (;;) {
    try {
      await client.query(statement);
      return;
    } catch (error) {
      const objectInUse = (error as { code?: string }).code === '55006';
      if (!objectInUse || Date.now() > patience) throw error;
      await sleep(50);
    }
  }
}

async function createDatabase(client: Client, name: string, template?: string): Promise<void> {
  // TEMPLATE: 20 ms by file copy, several times that by the default way, which writes every page to the log.
  const from = template ? ` TEMPLATE ${escapeIdentifier(template)}` : '';
  await whenAlone(
    client,
    `CREATE DATABASE ${escapeIdentifier(name)} OWNER ${owner}${from} STRATEGY file_copy`,
  );
}

/**
 * Makes a database for one test or test file.
 * @param name for people who look at a failing run; the database's name is unique in any case
 * @param options.template name of a database to copy, as `testTemplate` returns it
 */
export async function createTestDatabase(
  name = 'test',
  options: { template?: string } = {},
): Promise<TestDatabase> {
  const database = `${databaseName('test', name)}_${randomBytes(5).toString('hex')}`;
  await asSuperuser((client) => createDatabase(client, database, options.template));
  return {
    name: database,
    url: ownerUrl(database),
    async drop() {
      await asSuperuser((client) =>
        client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(database)} WITH (FORCE)`),
      );
    },
  };
}

/**
 * Makes databases that others are copied from, together and once in a test run, whichever worker asks first.
 * @param group says what is in them
 * @param names of the databases within the group
 * @param prepare fills them; every connection that it opens it closes
 * @returns by name what to give to `createTestDatabase`
 */
export async function testTemplates(
  group: string,
  names: readonly string[],
  prepare: (urlOf: (name: string) => string) => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  const templates = new Map(names.map((name) => [name, databaseName('template', `${group} ${name}`)]));
  const unfinished = (name: string): string => `${templates.get(name)!}_unfinished`;
  await asSuperuser(async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [databaseName('template', group)]);
    const known = await client.query('SELECT FROM pg_database WHERE datname = ANY($1)', [
      [...templates.values()],
    ]);
    if (known.rowCount === templates.size) return;
    for (const [name, template] of templates) {
      for (const left of [template, unfinished(name)]) {
        await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(left)} WITH (FORCE)`);
      }
      await createDatabase(client, unfinished(name));
    }
    await prepare((name) => ownerUrl(unfinished(name)));
    for (const [name, template] of templates) {
      await whenAlone(
        client,
        `ALTER DATABASE ${escapeIdentifier(unfinished(name))} RENAME TO ${escapeIdentifier(template)}`,
      );
    }
  });
  return templates;
}

/**
 * Makes a database that others are copied from, once in a test run, whichever worker asks first: migrations
 * run once and not in every file.
 * @param name says what is in it, such as `complaints`
 * @param prepare fills it; every connection that it opens it closes
 * @returns the name to give to `createTestDatabase`
 */
export async function testTemplate(name: string, prepare: (url: string) => Promise<void>): Promise<string> {
  const templates = await testTemplates(name, ['only'], (urlOf) => prepare(urlOf('only')));
  return templates.get('only')!;
}
