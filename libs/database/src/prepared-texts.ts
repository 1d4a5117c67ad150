import { LRUCache } from 'lru-cache';
import { isOutdatedStatement } from './outdated-statement';

/** What is known of a text that its connection has prepared. */
interface Prepared {
  readonly name: string;
  /** What its rows are made of, as whoever reads them keeps it; null until it was answered. */
  rows: unknown;
}

interface KnownText {
  times: number;
  /** Null until it comes often. */
  prepared: Prepared | null;
}

/** How a text is sent that is prepared on its connection. */
export interface PreparedText {
  readonly prepared: Prepared;
  /** Whether it is to be prepared anew: what PostgreSQL has under the name is out of date, or there is nothing. */
  readonly anew: boolean;
}

/** A text that comes so often is prepared. */
const often = 40;
/** A prepared text takes memory in its connection; PostgreSQL throws none away by itself. */
const mostPrepared = 60;
const mostKnown = 300;
/**
 * PostgreSQL plans a prepared text once, by the sizes that its tables have then, and keeps to that until it has
 * counted them again. In a table that was empty it would go on reading row by row.
 */
const plannedAnewAfter = 500;

/** Which texts one connection has prepared. */
export class PreparedTexts {
  private readonly free = Array.from({ length: mostPrepared }, (_none, n) => `often-${mostPrepared - n}`);
  private readonly known = new LRUCache<string, KnownText>({
    max: mostKnown,
    dispose: ({ prepared }) => {
      if (prepared) this.free.push(prepared.name);
    },
  });

  /** Null for a text that is sent whole. */
  next(text: string): PreparedText | null {
    let known = this.known.get(text);
    if (!known) this.known.set(text, (known = { times: 0, prepared: null }));
    known.times += 1;
    const { prepared, times } = known;
    if (prepared) return { prepared, anew: times % plannedAnewAfter === 0 };
    const name = times < often ? undefined : this.free.pop();
    if (name === undefined) return null;
    known.prepared = { name, rows: null };
    return { prepared: known.prepared, anew: true };
  }

  /**
   * After a failure: what was to be prepared with what was not carried out may be there or not. What PostgreSQL has
   * refused because it had lost it, it has lost with all others.
   */
  undone(statements: readonly { readonly text: string }[], failure: unknown): void {
    const texts = isOutdatedStatement(failure) ? this.known.keys() : statements.map(({ text }) => text);
    for (const text of texts) {
      const known = this.known.peek(text);
      if (known?.prepared) known.times = plannedAnewAfter - 1;
    }
  }
}
