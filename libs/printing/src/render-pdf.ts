import type { PrintedDocument } from './printed-document';

/**
 * A PDF on A4 with its fonts in it: what it shows can be searched and copied, and looks the same everywhere. The
 * press and its fonts are loaded with the first one: they take memory, and most processes never print.
 */
export function renderPdf(document: PrintedDocument): Promise<Buffer> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { press } = require('./press') as typeof import('./press');
  return press(document);
}
