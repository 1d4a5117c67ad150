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

type Told = (error: Error | null, result?: QueryResult) => void;

/** What pg's result makes rows of. */
interface RowsOf {
  fields: unknown;
  _parsers: unknown;
  _prebuiltEmptyResultObject: unknown;
}

/** The part of pg's query and connection that is not in their types. */
interface Part extends Submittable {
  name: string | undefined;
  readonly _result: RowsOf;
  _accumulateRows: boolean;
  prepare(connection: Connection): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
}
const PartOfBatch = Query as unknown as new (text: string, values: readonly unknown[], told: Told) => Part;

interface Wire extends Connection {
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  close(statement: { readonly type: 'S'; readonly name: string }): void;
}

function rowsOf({ fields, _parsers, _prebuiltEmptyResultObject }: RowsOf): RowsOf {
  return { fields, _parsers, _prebuiltEmptyResultObject };
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

  /**
   * @param ended called once, after everybody who waits was told; with what went wrong, and with the statement in which
   * it did and those after it, which were not carried out
   */
  constructor(
    private readonly statements: readonly Statement[],
    private readonly ended: (failure: Error | null, undone: readonly Statement[]) => void,
  ) {
    this.parts = statements.map(({ text, values, prepared, waiting }) => {
      const part = new PartOfBatch(text, values, (error, result) => {
        if (!error) return waiting?.resolve(result!);
        this.failure ??= error;
        return waiting?.reject(error);
      });
      if (prepared) part.name = prepared.prepared.name;
      return part;
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
    wire.stream.cork();
    try {
      // What comes after a value that cannot be sent must not be carried out.
      for (let n = 0; n < this.parts.length && !this.failure; n += 1) this.prepare(n, wire);
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
  }

  handleRowDescription(message: unknown): void {
    const part = this.parts[this.current]!;
    part.handleRowDescription(message);
    const { prepared } = this.statements[this.current]!;
    if (prepared) prepared.prepared.rows = rowsOf(part._result);
  }

  handleDataRow(message: unknown): void {
    // Of what nobody waits for nothing is known of its rows.
    if (this.statements[this.current]!.waiting) this.parts[this.current]!.handleDataRow(message);
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

  private prepare(n: number, wire: Wire): void {
    const { prepared: text, waiting } = this.statements[n]!;
    const part = this.parts[n]!;
    if (text?.anew) {
      wire.close({ type: 'S', name: text.prepared.name });
      delete wire.parsedStatements[text.prepared.name];
      text.prepared.rows = null;
    }
    const rows = text?.prepared.rows as RowsOf | undefined | null;
    if (rows) {
      // They are what they were when it was prepared, or PostgreSQL refuses it.
      Object.assign(part._result, rows);
      part._accumulateRows = true;
    }
    const { unsynced, undescribed } = quieted(wire);
    part.prepare(waiting && !rows ? unsynced : undescribed);
  }

  private end(error: Error | null, connection: Connection): void {
    // Each tells whoever waits for it.
    for (const part of this.parts.slice(0, this.current)) part.handleReadyForQuery(connection);
    const failure = error ?? this.failure;
    const undone = failure ? this.statements.slice(this.current) : [];
    for (const { waiting } of undone) waiting?.reject(failure!);
    this.ended(failure, undone);
  }
}
