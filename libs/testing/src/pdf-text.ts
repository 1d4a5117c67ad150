import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = `import { readFileSync } from 'node:fs';
  import { extractText, getDocumentProxy } from 'unpdf';
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(process.argv[1])));
  process.stdout.write(JSON.stringify((await extractText(pdf)).text));`;

/**
 * The text of each page of a PDF, read by a library that did not write it. In a process of its own: the library is
 * an ES module that looks for a browser's parts.
 */
export function pdfPages(pdf: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'anju-pdf-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, file], {
      cwd: join(__dirname, '../../..'),
      encoding: 'utf8',
    });
    return JSON.parse(output) as string[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A text without its spaces: where lines end is the layout's matter. */
export function withoutSpaces(text: string): string {
  return text.replace(/\s+/gu, '');
}
