import type { TableStream } from './copy-in';

/** Of so many stories from a mould one is compared with what the rules say. */
export const checkedOf = 500;

/** A row on its way into its table. */
export interface Row {
  readonly table: TableStream;
  /** In the text format of COPY. */
  readonly line: string;
}

/** What distinguishes the rows of one story from those of another that went the same way. */
export interface Particulars {
  /** Ids and numbers; of the same meaning at the same place. */
  readonly names: readonly string[];
  /** All instants follow from it. */
  readonly at: Date;
}

interface Line {
  readonly table: TableStream;
  /** One more than slots. */
  readonly texts: readonly string[];
  readonly slots: readonly number[];
}

const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;

/**
 * The rows of a story with its particulars left out. What the rules say is worked out once for all stories that go
 * the same way; that they say the same of another is to be checked now and then (`sameRows`).
 */
export class Mould {
  private readonly offsets: number[] = [];
  private readonly lines: readonly Line[];

  constructor(rows: readonly Row[], { names, at }: Particulars) {
    const slotOfName = new Map(names.map((name, index) => [name, index]));
    const anything = new RegExp(`(${[...names, instant.source].join('|')})`);
    this.lines = rows.map(({ table, line }) => {
      // The odd parts are what was found between the others.
      const parts = line.split(anything);
      const slots = parts
        .filter((_, index) => index % 2 === 1)
        .map(
          (found) => slotOfName.get(found) ?? names.length + this.slotOf(Date.parse(found) - at.getTime()),
        );
      return { table, texts: parts.filter((_, index) => index % 2 === 0), slots };
    });
  }

  /** The rows of another story. */
  pour({ names, at }: Particulars): Row[] {
    const began = at.getTime();
    const values = [...names, ...this.offsets.map((offset) => new Date(began + offset).toISOString())];
    return this.lines.map(({ table, texts, slots }) => {
      let line = texts[0]!;
      for (let index = 0; index < slots.length; index += 1)
        line += values[slots[index]!]! + texts[index + 1]!;
      return { table, line };
    });
  }

  private slotOf(offset: number): number {
    const known = this.offsets.indexOf(offset);
    return known === -1 ? this.offsets.push(offset) - 1 : known;
  }
}

/** @throws Error that shows the first difference */
export function sameRows(poured: readonly Row[], worked: readonly Row[]): void {
  if (poured.length !== worked.length) throw new Error(`${poured.length} rows instead of ${worked.length}`);
  worked.forEach(({ table, line }, index) => {
    const found = poured[index]!;
    if (found.table !== table || found.line !== line) {
      throw new Error(`the rules say\n${line}\nthe mould says\n${found.line}`);
    }
  });
}
