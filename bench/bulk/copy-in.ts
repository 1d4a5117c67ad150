import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { Client, type Connection, type Submittable } from 'pg';

/** What pg's connection does in a COPY; its types leave it out. */
interface CopyConnection {
  readonly stream: Writable;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** One `COPY … FROM STDIN` on a pg client, which calls it back by the names of its methods. */
class CopyIn implements Submittable {
  private connection: CopyConnection | undefined;
  private failure: Error | undefined;
  private opened!: () => void;
  private ended!: () => void;
  readonly isOpen = new Promise<void>((resolve) => (this.opened = resolve));
  private readonly hasEnded = new Promise<void>((resolve) => (this.ended = resolve));

  constructor(private readonly sql: string) {}

  submit(connection: Connection): void {
    this.connection = connection as unknown as CopyConnection;
    this.connection.query(this.sql);
  }

  handleCopyInResponse(): void {
    this.opened();
  }

  handleCommandComplete(): void {
    // What follows says that it is over.
  }

  handleReadyForQuery(): void {
    this.ended();
  }

  handleError(error: Error): void {
    this.failure = error;
    this.opened();
    this.ended();
  }

  /** Waits while the server has more than it can take. @throws Error with the server's reason if it refused a row */
  async send(text: string): Promise<void> {
    await this.isOpen;
    if (this.failure) throw this.failure;
    const { connection } = this;
    connection!.sendCopyFromChunk(Buffer.from(text));
    if (connection!.stream.writableNeedDrain) await once(connection!.stream, 'drain');
  }

  /** @throws Error with the server's reason if it refused a row */
  async end(): Promise<void> {
    await this.isOpen;
    if (!this.failure) this.connection!.endCopyFrom();
    await this.hasEnded;
    if (this.failure) throw this.failure;
  }
}

const special = /[\\\n\r\t]/g;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string): string {
  return text.replace(special, (character) => escapes[character]!);
}

/** A value as it stands in an array of PostgreSQL. */
function element(value: unknown): string {
  return `"${String(value).replace(/["\\]/g, '\\$&')}"`;
}

/**
 * A value in the text format of COPY.
 * @param value text, number, boolean, instant, null, or an array of text
 */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return escaped(`{${value.map(element).join()}}`);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`nothing that fits into a column: ${typeof value}`);
}

/** A value in the text format of COPY, for a `jsonb` column. */
export function jsonCell(value: unknown): string {
  return value === null || value === undefined ? '\\N' : escaped(JSON.stringify(value));
}

/** @param cells by `cellOf` or `jsonCell` */
export function lineOf(cells: readonly string[]): string {
  return `${cells.join('\t')}\n`;
}

const bufferedCharacters = 200_000;

/** Rows on their way into a table, on a connection of their own; in memory there is a buffer of them. */
export class TableStream {
  rows = 0;
  private buffer = '';

  private constructor(
    private readonly client: Client,
    private readonly copy: CopyIn,
  ) {}

  /**
   * @param columns as the database names them
   */
  static async open(url: string, table: string, columns: readonly string[]): Promise<TableStream> {
    const client = new Client({ connectionString: url });
    // Where something else fails, the server ends before this.
    client.on('error', () => undefined);
    await client.connect();
    const names = columns.map((column) => `"${column}"`).join();
    return new TableStream(client, client.query(new CopyIn(`copy "${table}" (${names}) from stdin`)));
  }

  /** @param cells by `cellOf` or `jsonCell`, in the order of the columns */
  add(cells: readonly string[]): void {
    this.addLine(lineOf(cells));
  }

  /** @param line by `lineOf` */
  addLine(line: string): void {
    this.rows += 1;
    this.buffer += line;
  }

  /** To be called now and then. */
  async relieve(): Promise<void> {
    if (this.buffer.length >= bufferedCharacters) await this.send();
  }

  /** After that the rows are in the table. */
  async close(): Promise<void> {
    try {
      await this.send();
      await this.copy.end();
    } finally {
      await this.client.end();
    }
  }

  private async send(): Promise<void> {
    const text = this.buffer;
    this.buffer = '';
    if (text) await this.copy.send(text);
  }
}
