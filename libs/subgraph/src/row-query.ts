import { LRUCache } from 'lru-cache';
import { Query, type Connection } from 'pg';
import { QueryFailedError, type DataSource } from 'typeorm';

/** A column as PostgreSQL sends it. */
export type Text = string | null;

/** Rows as PostgreSQL sends them. */
export interface TextRows {
  /** Of the columns, as PostgreSQL numbers them. */
  readonly types: readonly number[];
  readonly rows: readonly (readonly Text[])[];
}

/** What is known of a statement that was sent before. */
interface KnownStatement {
  times: number;
  /** Under which it stays prepared on every connection that has sent it; null until it comes often. */
  name: string | null;
  types: readonly number[] | null;
}

/** The part of pg's pool that reads. */
interface Pool {
  query(query: RowQuery, values: undefined, done: (error: Error | undefined) => void): void;
}

/** The part of pg's query that is not in its types: how it is sent, and what it hears. */
interface SentQuery {
  readonly prepare: (this: unknown, connection: Connection) => void;
  readonly hasBeenParsed: (this: unknown, connection: Connection) => boolean;
}

const { prepare, hasBeenParsed } = Query.prototype as unknown as SentQuery;

/** A statement that comes so often is prepared. */
const often = 20;
/** A prepared statement takes memory in every connection; PostgreSQL throws none away by itself. */
const mostPrepared = 40;
const mostKnown = 400;
/** The statement is not prepared (any more), is so already, or would answer with other columns than then. */
const lostStatementCodes = ['26000', '42P05', '0A000'];

const undescribed = new WeakMap<Connection, Connection>();

/** The same connection, but it does not ask which columns come. */
function withoutDescription(connection: Connection): Connection {
  let quiet = undescribed.get(connection);
  if (!quiet) {
    quiet = Object.create(connection, { describe: { value: () => undefined } }) as Connection;
    undescribed.set(connection, quiet);
  }
  return quiet;
}

/**
 * A query that leaves its rows as they come: pg would make an object of each and look for a parser of each column.
 * Which columns come is asked when a connection prepares the statement, and not with every time that it sends it.
 */
class RowQuery extends Query {
  readonly texts: Text[][] = [];

  constructor(
    text: string,
    values: readonly unknown[],
    name: string | null,
    public columnTypes: readonly number[] | null,
  ) {
    super({ text, values: [...values], ...(name === null ? {} : { name }) });
  }

  prepare(connection: Connection): void {
    const isDescribed = this.columnTypes !== null && hasBeenParsed.call(this, connection);
    prepare.call(this, isDescribed ? withoutDescription(connection) : connection);
  }

  handleRowDescription({ fields }: { readonly fields: readonly { readonly dataTypeID: number }[] }): void {
    this.columnTypes = fields.map(({ dataTypeID }) => dataTypeID);
  }

  handleDataRow({ fields }: { readonly fields: Text[] }): void {
    this.texts.push(fields);
  }
}

/** The statements that a service reads with, and which of them are prepared. */
class RowQueries {
  private readonly known = new LRUCache<string, KnownStatement>({ max: mostKnown });
  private prepared = 0;

  constructor(private readonly dataSource: DataSource) {}

  async rows(text: string, values: readonly unknown[]): Promise<TextRows> {
    const { logger } = this.dataSource;
    logger.logQuery(text, [...values]);
    const statement = this.know(text);
    try {
      return await this.send(text, values, statement).catch((error: unknown) => {
        const { code } = error as { readonly code?: string };
        if (statement.name === null || !lostStatementCodes.includes(code ?? '')) throw error;
        // It only reads: once more, in a way that needs nothing from before.
        this.known.set(text, { times: -Infinity, name: null, types: null });
        return this.send(text, values, { times: 0, name: null, types: null });
      });
    } catch (error) {
      logger.logQueryError(error as Error, text, [...values]);
      throw new QueryFailedError(text, [...values], error as Error);
    }
  }

  private know(text: string): KnownStatement {
    let statement = this.known.get(text);
    if (!statement) {
      statement = { times: 0, name: null, types: null };
      this.known.set(text, statement);
    }
    statement.times += 1;
    if (statement.times === often && this.prepared < mostPrepared) {
      this.prepared += 1;
      statement.name = `rows-${this.prepared}`;
      statement.types = null;
    }
    return statement;
  }

  private send(text: string, values: readonly unknown[], statement: KnownStatement): Promise<TextRows> {
    const { master } = this.dataSource.driver as unknown as { readonly master: Pool };
    const query = new RowQuery(text, values, statement.name, statement.types);
    return new Promise((resolve, reject) => {
      master.query(query, undefined, (error) => {
        if (error) {
          reject(error);
          return;
        }
        const types = query.columnTypes ?? [];
        if (statement.name !== null) statement.types = types;
        resolve({ types, rows: query.texts });
      });
    });
  }
}

const queriesByDataSource = new WeakMap<DataSource, RowQueries>();

/**
 * Sends a statement that reads, and gives its rows as text. Those that come often are prepared on each connection:
 * PostgreSQL spends more on reading and planning a statement than on finding the few rows of a page.
 * @throws QueryFailedError as TypeORM's own queries do
 */
export function readTexts(
  dataSource: DataSource,
  text: string,
  values: readonly unknown[],
): Promise<TextRows> {
  let queries = queriesByDataSource.get(dataSource);
  if (!queries) {
    queries = new RowQueries(dataSource);
    queriesByDataSource.set(dataSource, queries);
  }
  return queries.rows(text, values);
}
