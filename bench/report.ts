import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Mode } from './platform';

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A figure that the platform is held to. */
export interface Figure {
  readonly name: string;
  /** Null where it is only to be shown. */
  readonly target: string | null;
  /** By mode; left out where the figure is not one of the mode. */
  readonly measured: Partial<Readonly<Record<Mode, string>>>;
  /** Null where it was not, or could not be, measured. */
  readonly met: boolean | null;
}

/** One measured subject. */
export interface Chapter {
  readonly title: string;
  /** How it was measured, in a few sentences. */
  readonly method: string;
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
}

/** What the numbers were measured on; nothing in it tells which machine it was. */
export interface Surroundings {
  readonly date: string;
  readonly machine: string;
  readonly load: string;
  readonly seconds: number;
}

/** @param load load averages of one minute, before and after */
export function surroundings(load: readonly [number, number], seconds: number): Surroundings {
  const gigabytes = (totalmem() / 1_024 ** 3).toFixed(0);
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    machine:
      `${availableParallelism()} cores (${model}), ${gigabytes} GB memory, ` +
      `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    load: `${load[0].toFixed(1)} before, ${load[1].toFixed(1)} after`,
    seconds,
  };
}

/** Chinese characters take two columns of a terminal. */
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0);
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, widths[column]! - width(cell))))
      .join('  ')
      .trimEnd(),
  );
}

function verdict({ target, met }: Figure): string {
  if (target === null) return 'shown';
  if (met === null) return 'not measured';
  return met ? 'met' : 'MISSED';
}

function figureTable(chapters: readonly Chapter[]): Table {
  return {
    title: 'Figures',
    head: ['figure', 'target', 'embedded', 'distributed', 'verdict'],
    rows: chapters
      .flatMap(({ figures }) => figures)
      .map((figure) => [
        figure.name,
        figure.target ?? '–',
        figure.measured.embedded ?? '–',
        figure.measured.distributed ?? '–',
        verdict(figure),
      ]),
  };
}

/** For a terminal. */
export function asText(chapters: readonly Chapter[]): string {
  const tables = [...chapters.flatMap(({ tables }) => tables), figureTable(chapters)];
  return tables
    .map(({ title, head, rows }) => [title, '', ...aligned([head, ...rows]), ''].join('\n'))
    .join('\n');
}

function markdownTable({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** For `bench/RESULTS.md`. */
export function asMarkdown(
  chapters: readonly Chapter[],
  { date, machine, load, seconds }: Surroundings,
): string {
  const parts = chapters.map(({ title, method, tables }) =>
    [`## ${title}`, method, ...tables.flatMap((table) => [`**${table.title}**`, markdownTable(table)])].join(
      '\n\n',
    ),
  );
  return [
    '# Results of `npm run bench`',
    [
      `- Measured ${date} UTC in one run of ${seconds.toFixed(0)} s`,
      `- On ${machine}`,
      `- Load average (1 min): ${load}`,
      '- Values are medians with min–max in brackets, which is the noise; n is how often it was measured',
      '- What was tried to reach the figures: [NOTES.md](NOTES.md)',
    ].join('\n'),
    markdownTable(figureTable(chapters)),
    ...parts,
    '',
  ].join('\n\n');
}
