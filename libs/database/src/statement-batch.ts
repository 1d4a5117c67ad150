import { Query, type Connection, type QueryResult, type Submittable } from 'pg';
import type { PreparedText } from './prepared-texts';

/** A statement that somebody wants carried out. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Null: sent whole. */
  readonly prepared: PreparedText | null;
  /** Told of what came of it; absent where nobody waits for that. */
  readonly waiting?: {
    readonly resolve: (result: QueryResult) => void;
    readonly reject: (error: Error) => void;
  };
}

/** The part of pg's query and connection that is not in their types. */
interface Part extends Submittable {
  readonly name: string | undefined;
  readonly text: string;
  readonly callback: (error: Error | null, result?: QueryResult) => void;
  prepare(connection: Connection): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
}
interface Wire extends Connection {
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  close(statement: { readonly type: 'S'; readonly name: string }): void;
}

const silent = { value: (): void => undefined };
const quieter = new WeakMap<
  Connection,
  { readonly unsynced: Connection; readonly undescribed: Connection }
>();

/** The same connection, but what is sent by it leaves an end to what comes later, and asks for no description. */
function quieted(connection: Connection) {
  let found = quieter.get(connection);
  if (!found) {
    found = {
      unsynced: Object.create(connection, { sync: silent }) as Connection,
      undescribed: Object.create(connection, { sync: silent, describe: silent }) as Connection,
    };
    quieter.set(connection, found);
  }
  return found;
}

/**
 * Statements of one transaction that go to PostgreSQL in one piece, and whose answers come back in one: each is
 * carried out after the one before, and none after one that fails. What pg's client asks of a query it asks of this.
 */
export class StatementBatch implements Submittable {
  /** pg's client gives its own to what has none. */
  readonly callback = (): void => undefined;
  private readonly parts: readonly Part[];
  private current = 0;
  private failure: Error | null = null;

  /** @param ended called once, after everybody who waits was told; with what went wrong, and in which statement */
  constructor(
    private readonly statements: readonly Statement[],
    private readonly ended: (failure: Error | null, failed: Statement | null) => void,
  ) {
    this.parts = statements.map(({ text, values, prepared, waiting }) => {
      const config = { text, values: [...values], ...(prepared && { name: prepared.name }) };
      const told = (error: Error | null, result?: QueryResult): void => {
        if (!error) return waiting?.resolve(result!);
        this.failure ??= error;
        return waiting?.reject(error);
      };
      return new (Query as unknown as new (config: object, callback: Part['callback']) => Part)(config, told);
    });
  }

  /** Of the statement that is being answered: pg's client notes what was prepared. */
  get name(): string | undefined {
    return this.parts[this.current]?.name;
  }

  get text(): string {
    return this.statements[this.current]!.text;
  }

  submit(connection: Connection): void {
    const wire = connection as Wire;
    const { unsynced, undescribed } = quieted(connection);
    wire.stream.cork();
    try {
      this.parts.every((part, index) => {
        const { prepared, waiting } = this.statements[index]!;
        if (prepared?.anew) {
          wire.close({ type: 'S', name: prepared.name });
          delete wire.parsedStatements[prepared.name];
        }
        part.prepare(waiting ? unsynced : undescribed);
        // A value that cannot be sent: what comes after it must not be carried out.
        return this.failure === null;
      });
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
  }

  handleRowDescription(message: unknown): void {
    this.parts[this.current]!.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.parts[this.current]!.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    this.parts[this.current]!.handleCommandComplete(message, connection);
    this.current += 1;
  }

  handleEmptyQuery(): void {
    this.current += 1;
  }

  handleError(error: Error, connection: Connection): void {
    const { submittedNamedStatements } = connection as Wire;
    for (const { name } of this.parts.slice(this.current)) {
      if (name !== undefined) delete submittedNamedStatements[name];
    }
    this.end(error, connection);
  }

  handleReadyForQuery(connection: Connection): void {
    this.end(this.failure, connection);
  }

  private end(error: Error | null, connection: Connection): void {
    // Each tells whoever waits for it.
    for (const part of this.parts.slice(0, this.current)) part.handleReadyForQuery(connection);
    const failure = error ?? this.failure;
    const failed = failure ? (this.statements[this.current] ?? null) : null;
    if (failure) {
      for (const { waiting } of this.statements.slice(this.current)) waiting?.reject(failure);
    }
    this.ended(failure, failed);
  }
}
