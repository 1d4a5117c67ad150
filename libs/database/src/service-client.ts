import { Client, type QueryResult } from 'pg';
import { OpenTransaction } from './open-transaction';
import { PreparedTexts } from './prepared-texts';
import { StatementBatch } from './statement-batch';

/** What TypeORM begins a transaction with. */
const begin = 'START TRANSACTION';

function nothing(command: string): QueryResult {
  return { command, rowCount: null, oid: 0, rows: [], fields: [] };
}

/**
 * A service's connection to its database. Inside a transaction that TypeORM begins, statements go to PostgreSQL in as
 * few pieces as they can: what is asked in one go goes in one, and what nobody waits for, such as the beginning
 * itself, goes with what comes next. Texts that come often there are prepared. Outside of one, everything is sent as
 * pg sends it. docs/adr/0019.
 */
export class ServiceClient extends Client {
  private readonly texts = new PreparedTexts();
  /** Null where TypeORM has begun none. */
  openTransaction: OpenTransaction | null = null;

  override query(...given: readonly unknown[]): never {
    return this.answerTo(given) as never;
  }

  /** Outside of a transaction: a text that is prepared where it comes often. */
  askOften(text: string, values: readonly unknown[]): Promise<QueryResult> {
    if (this.openTransaction) return this.openTransaction.ask(text, values);
    return new Promise((resolve, reject) => {
      const prepared = this.texts.next(text);
      this.send([
        new StatementBatch([{ text, values, prepared, waiting: { resolve, reject } }], (failure, undone) => {
          if (failure) this.texts.undone(undone, failure);
        }),
      ]);
    });
  }

  private answerTo(given: readonly unknown[]): unknown {
    const [text, values = [], callback] = given;
    const isText = typeof text === 'string' && Array.isArray(values) && callback === undefined;
    const { openTransaction } = this;
    if (!openTransaction) return isText && text === begin ? this.begin() : this.send(given);
    if (!isText) throw new Error('only texts can be sent in a transaction of a service');
    if (text === 'ROLLBACK' && !openTransaction.giveUp()) return this.ended(nothing(text));
    if (text === 'COMMIT' && openTransaction.isEmpty) return this.ended(nothing(text));
    const result = openTransaction.ask(text, values as unknown[]);
    return text === 'ROLLBACK' || text === 'COMMIT' ? result.then((end) => this.ended(end)) : result;
  }

  private begin(): Promise<QueryResult> {
    this.openTransaction = new OpenTransaction(begin, this.texts, (query) => this.send([query]));
    return Promise.resolve(nothing('START'));
  }

  private ended(result: QueryResult): Promise<QueryResult> {
    this.openTransaction = null;
    return Promise.resolve(result);
  }

  /** As pg does. */
  private send(given: readonly unknown[]): unknown {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its client
    return Reflect.apply(super.query, this, given);
  }
}
