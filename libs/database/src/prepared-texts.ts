import { LRUCache } from 'lru-cache';

interface KnownText {
  times: number;
  /** Under which the connection has it prepared; null until it comes often. */
  name: string | null;
}

/** How a text is sent that is prepared on its connection. */
export interface PreparedText {
  readonly name: string;
  /** Whether it is to be prepared anew: what PostgreSQL has under the name is out of date, or there is nothing. */
  readonly anew: boolean;
}

/** A text that comes so often is prepared. */
const often = 10;
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
  private readonly known = new LRUCache<string, KnownText>({ max: mostKnown });
  private readonly names: string[] = [];

  /** Null for a text that is sent whole. */
  next(text: string): PreparedText | null {
    let known = this.known.get(text);
    if (!known) this.known.set(text, (known = { times: 0, name: null }));
    known.times += 1;
    if (known.name !== null) return { name: known.name, anew: known.times % plannedAnewAfter === 0 };
    if (known.times < often || this.names.length >= mostPrepared) return null;
    known.name = `written-${this.names.length + 1}`;
    this.names.push(known.name);
    return { name: known.name, anew: true };
  }

  /** After PostgreSQL has refused what it had prepared. */
  outdated(text: string): void {
    const known = this.known.get(text);
    if (known) known.times = plannedAnewAfter - 1;
  }
}
