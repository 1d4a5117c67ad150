import { createHash } from 'node:crypto';
import type {
  PrintedColumn,
  PrintedDocument,
  PrintedSection,
  PrintedSignatures,
  PrintedTable,
} from './printed-document';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character]!);
}

const style = `
@page { size: A4; margin: 18mm 15mm; }
body { font: 10.5pt/1.5 "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1a1a1a; max-width: 180mm; margin: 0 auto; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 6mm; }
h2 { font-size: 12.5pt; margin: 7mm 0 2mm; break-after: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr max-content 1fr; gap: 1mm 4mm; margin: 0; }
dt { color: #555; }
dd { margin: 0; }
p, dd { overflow-wrap: anywhere; white-space: pre-line; }
p { margin: 0 0 2mm; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.3mm solid #bbb; padding: 1mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f0f0f0; }
.right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.right { width: 11mm; }
.signatures { margin-top: 8mm; }
.signatures p { display: grid; grid-template-columns: 50mm 1fr max-content 35mm; gap: 3mm; align-items: end; margin: 7mm 0 0; break-inside: avoid; }
.line { border-bottom: 0.3mm solid #1a1a1a; }
footer { margin-top: 8mm; color: #555; font-size: 9pt; }
`;

/** For the header of the same name: a document shows itself with its own style, and loads and runs nothing. */
export const htmlSecurityPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

function cell(tag: 'th' | 'td', { align }: PrintedColumn, text: string): string {
  const scope = tag === 'th' ? ' scope="col"' : '';
  return `<${tag}${scope}${align === 'right' ? ' class="right"' : ''}>${escapeHtml(text)}</${tag}>`;
}

function tableHtml({ columns, rows }: PrintedTable): string {
  const head = columns.map((column) => cell('th', column, column.title)).join('');
  const body = rows.map(
    (row) => `<tr>${columns.map((column, index) => cell('td', column, row[index] ?? '')).join('')}</tr>`,
  );
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`;
}

function sectionHtml({ heading, paragraphs, table }: PrintedSection): string {
  return [
    `<section><h2>${escapeHtml(heading)}</h2>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(table ? [tableHtml(table)] : []),
    '</section>',
  ].join('\n');
}

function signaturesHtml({ signers, day }: PrintedSignatures): string {
  const line = '<span class="line"></span>';
  const lines = signers.map(
    (signer) => `<p><span>${escapeHtml(signer)}</span>${line}<span>${escapeHtml(day)}</span>${line}</p>`,
  );
  return `<section class="signatures">\n${lines.join('\n')}\n</section>`;
}

/** A page that is complete in itself and prints on A4. */
export function renderHtml(document: PrintedDocument): string {
  const { language, title, facts, sections, signatures } = document;
  const named = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  return [
    '<!doctype html>',
    `<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>`,
    `<style>${style}</style></head><body>`,
    `<h1>${escapeHtml(title)}</h1>`,
    `<dl>${named.join('')}</dl>`,
    ...sections.map(sectionHtml),
    ...(signatures ? [signaturesHtml(signatures)] : []),
    `<footer>${escapeHtml(document.footer(1, 1))}</footer>`,
    '</body></html>',
    '',
  ].join('\n');
}
