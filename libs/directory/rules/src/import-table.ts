import type { Checked, FieldProblem, ProblemReason } from './checked';

/** How a column may be headed. The first name of each language is the one that a template shows. */
export type ColumnNames = {
  readonly zh: readonly [string, ...string[]];
  readonly en: readonly [string, ...string[]];
  /** Whether the file cannot be read without the column; its cells may still have to be filled row by row. */
  readonly required: boolean;
};

/**
 * One cell that is wrong. Carries no value of the file: it may be personal data. `line` counts from 1 with the
 * header; `column` is the column's key, or `#5` where it has none.
 */
export type CellProblem = {
  readonly line: number;
  readonly column: string;
  readonly reason: ProblemReason;
  readonly expected: string;
};

export type ReadLine<Row> =
  | { readonly kind: 'ROW'; readonly line: number; readonly row: Row }
  | { readonly kind: 'PROBLEMS'; readonly problems: readonly CellProblem[] }
  | { readonly kind: 'BLANK' };

export type Cells<Column extends string> = { readonly [C in Column]: string };

/** What earlier lines of the same file said. */
export interface EarlierLines {
  /** The first line that had this key, and what it said; null when this is the first, which is remembered. */
  first(key: string, line: number, said?: string): { readonly line: number; readonly said: string } | null;
}

function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/\(.*\)$/u, '')
    .replace(/[\s_\-*:\uFEFF]/gu, '')
    .toLowerCase();
}

/**
 * Reads a table line by line: the header first, then each line as a row or as all that is wrong with it.
 * Remembers what it has read, so one reader serves one file.
 */
export class TableReader<Column extends string, Row> {
  private columns: readonly (Column | null)[] = [];
  private readonly firstByKey = new Map<string, { readonly line: number; readonly said: string }>();
  private readonly earlier: EarlierLines = {
    first: (key, line, said = '') => {
      const first = this.firstByKey.get(key);
      if (first === undefined) this.firstByKey.set(key, { line, said });
      return first ?? null;
    },
  };

  /** @param readRow a row of cells; `earlier` finds repetitions */
  constructor(
    private readonly names: Readonly<Record<Column, ColumnNames>>,
    private readonly readRow: (cells: Cells<Column>, line: number, earlier: EarlierLines) => Checked<Row>,
  ) {}

  /** Every column of the header that is unknown, repeated or missing; empty when the lines can be read. */
  readHeader(headings: readonly string[], line = 1): readonly CellProblem[] {
    const keys = Object.keys(this.names) as Column[];
    const problems: CellProblem[] = [];
    const found = new Set<Column>();
    this.columns = headings.map((heading, index) => {
      const key = headingKey(heading);
      const column = keys.find((name) =>
        [name, ...this.names[name].zh, ...this.names[name].en].some((known) => headingKey(known) === key),
      );
      if (column === undefined) {
        const expected = keys.map((name) => this.names[name].zh[0]).join(' | ');
        // A heading of blanks stands over a column of blanks: spreadsheets leave such columns behind.
        if (key !== '') problems.push({ line, column: `#${index + 1}`, reason: 'UNKNOWN_VALUE', expected });
        return null;
      }
      if (found.has(column)) problems.push({ line, column, reason: 'DUPLICATE', expected: '0…1' });
      found.add(column);
      return column;
    });
    for (const column of keys) {
      if (this.names[column].required && !found.has(column)) {
        const { zh, en } = this.names[column];
        problems.push({ line, column, reason: 'REQUIRED', expected: `${zh[0]} | ${en[0]}` });
      }
    }
    return problems;
  }

  /** @param line as the person who reads the report counts it, from 1 with the header */
  readLine(values: readonly string[], line: number): ReadLine<Row> {
    if (values.every((value) => value.trim() === '')) return { kind: 'BLANK' };
    const cells = Object.fromEntries(Object.keys(this.names).map((column) => [column, '']));
    const problems: CellProblem[] = [];
    values.forEach((value, index) => {
      const column = this.columns[index];
      if (column) cells[column] = value.trim();
      else if (value.trim() !== '') {
        problems.push({ line, column: `#${index + 1}`, reason: 'NOT_APPLICABLE', expected: '""' });
      }
    });
    const row = this.readRow(cells as Cells<Column>, line, this.earlier);
    if (!row.ok) problems.push(...cellProblems(row.problems, line));
    if (problems.length > 0 || !row.ok) return { kind: 'PROBLEMS', problems };
    return { kind: 'ROW', line, row: row.value };
  }
}

/** Problems of a row's fields as problems of a line's cells. */
export function cellProblems(problems: readonly FieldProblem[], line: number): readonly CellProblem[] {
  return problems.map(({ field, reason, expected }) => ({
    line,
    // Cells are whole: a path below a column is that column's problem.
    column: field.replace(/\..*$/u, ''),
    reason,
    expected,
  }));
}
