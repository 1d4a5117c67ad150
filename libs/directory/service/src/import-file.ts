import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type {
  CellProblem,
  ImportEncoding,
  ImportFailure,
  ReadLine,
  TableReader,
} from '@anju/directory-rules';

/** The text of a file, or why it is none. */
export type DecodedFile =
  { readonly encoding: ImportEncoding; readonly text: string } | { readonly failure: ImportFailure };

function isUtf8(content: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads the file as UTF-8, with or without a byte-order mark, or GB18030, of which GBK and GB2312 are parts.
 * @param told null: UTF-8 if it is well-formed UTF-8, which Chinese text in GB18030 practically never is
 */
export function decodeFile(content: Buffer, told: ImportEncoding | null): DecodedFile {
  const encoding = told ?? (isUtf8(content) ? 'UTF_8' : 'GB18030');
  const text = iconv.decode(content, encoding === 'UTF_8' ? 'utf8' : 'gb18030');
  // What is not of the encoding is decoded to the replacement character, which no real file has.
  return text.includes('\uFFFD') ? { failure: 'NOT_IN_THIS_ENCODING' } : { encoding, text };
}

/** A line with content. */
export type ReadLineOf<Row> = Exclude<ReadLine<Row>, { readonly kind: 'BLANK' }>;

/** A file's lines as its reader understands them, without blank ones. */
export interface ReadFile<Row> {
  /** What is wrong with the file as a table: with its header, or with the quotes somewhere. */
  readonly unreadable: readonly CellProblem[];
  readonly lines: readonly ReadLineOf<Row>[];
}

const linesBetweenBreaths = 500;

interface ParsedLine {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Reads a CSV (RFC 4180) line by line, letting other work in between. @param maxLines reading stops beyond it */
export async function readFile<Row>(
  text: string,
  reader: TableReader<string, Row>,
  maxLines: number,
): Promise<ReadFile<Row>> {
  let parsedLines = 0;
  const parser = parse({
    ...{ bom: true, info: true, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] },
    on_record: (record: string[], { lines: soFar }) => {
      parsedLines = soFar;
      return record;
    },
  });
  const lines: ReadLineOf<Row>[] = [];
  let unreadable: readonly CellProblem[] | null = null;
  let endOfLineBefore = 0;
  let count = 0;
  try {
    for await (const { record, info } of Readable.from(slices(text)).pipe(
      parser,
    ) as AsyncIterable<ParsedLine>) {
      const line = endOfLineBefore + 1;
      endOfLineBefore = info.lines;
      if (unreadable === null) {
        unreadable = reader.readHeader(record, line);
        if (unreadable.length > 0) break;
        continue;
      }
      const read = reader.readLine(record, line);
      if (read.kind !== 'BLANK') lines.push(read);
      if (lines.length > maxLines) break;
      count += 1;
      if (count % linesBetweenBreaths === 0) await breathe();
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A quote that is never closed is noticed at the end of the file; what matters is where it was opened.
    const line = error.code === 'CSV_QUOTE_NOT_CLOSED' ? parsedLines + 1 : Number(error['lines']);
    unreadable = [{ line, column: '#1', reason: 'FORMAT', expected: 'CSV (RFC 4180)' }];
  }
  // A file without any line has no header either.
  return { unreadable: unreadable ?? reader.readHeader([]), lines };
}

/** The text in pieces, so that the parser does not hold up everything else with one large one. */
function* slices(text: string): Generator<string> {
  const size = 64 * 1024;
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}
