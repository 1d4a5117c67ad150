import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { PrintedDocument, PrintedSection, PrintedSignatures, PrintedTable } from './printed-document';

type Weight = 'Regular' | 'Bold';

/** Points: 1/72 inch. A4 is 595.28 × 841.89. */
const margin = 44;
const footHeight = 24;
const sizes = { title: 17, heading: 12, text: 9.5, foot: 8 } as const;
const padding = 4;
/** A column of numbers is at least so wide; the texts share what is left. */
const narrowest = 46;
const lineColour = '#bbbbbb';
/**
 * Room above a line to write on; how many lines a signer's name has at most; where, as parts of the width, his line
 * begins and ends and that for the day begins.
 */
const signing = { room: 18, lines: 3, from: 0.3, to: 0.66, day: 0.74 } as const;
/** Rows that are set without a pause: setting text takes its time, and others wait for it. */
const rowsInTurn = 20;

const fonts = new Map<Weight, Buffer>();

/** Noto Sans Hans (SIL Open Font License 1.1): only the characters that a document has go into it. */
function fontOf(weight: Weight): Buffer {
  let font = fonts.get(weight);
  if (!font) {
    const folder = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts');
    font = readFileSync(join(folder, `NotoSansHans-${weight}.otf`));
    fonts.set(weight, font);
  }
  return font;
}

/** Puts a document on paper, from the top to the bottom of each page. */
class Press {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly width: number;
  private readonly bottom: number;

  constructor(private readonly document: PrintedDocument) {
    this.pdf = new PDFDocument({
      size: 'A4',
      margins: { top: margin, left: margin, right: margin, bottom: margin + footHeight },
      bufferPages: true,
      lang: document.language,
      info: { Title: document.title, CreationDate: document.madeAt, Producer: 'Anju', Creator: 'Anju' },
    });
    this.pdf.registerFont('Regular', fontOf('Regular')).registerFont('Bold', fontOf('Bold'));
    this.width = this.pdf.page.width - 2 * margin;
    this.bottom = this.pdf.page.height - margin - footHeight;
  }

  async print(): Promise<Buffer> {
    const { pdf, document } = this;
    const chunks: Buffer[] = [];
    const whole = new Promise<Buffer>((resolve, reject) => {
      pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      pdf.on('end', () => resolve(Buffer.concat(chunks)));
      pdf.on('error', reject);
    });
    this.text(document.title, 'Bold', sizes.title, { align: 'center' });
    pdf.moveDown(0.5);
    this.facts(document);
    for (const section of document.sections) {
      await setImmediate();
      await this.section(section);
    }
    if (document.signatures) this.signatures(document.signatures);
    this.feet();
    pdf.end();
    return whole;
  }

  private text(given: string, weight: Weight, size: number, options: PDFKit.Mixins.TextOptions = {}): void {
    const text = withPlainLineEnds(given);
    this.pdf.font(weight).fontSize(size);
    const height = this.pdf.heightOfString(text, { width: this.width });
    if (this.pdf.y + Math.min(height, 3 * size) > this.bottom) this.pdf.addPage();
    this.pdf.text(text, margin, this.pdf.y, { width: this.width, ...options });
  }

  /** Two beside each other where both are short. */
  private facts({ facts }: PrintedDocument): void {
    const { pdf } = this;
    const texts = facts.map(([name, value]) => withPlainLineEnds(`${name}  ${value}`));
    const half = this.width / 2;
    pdf.font('Regular').fontSize(sizes.text);
    const isShort = (text: string): boolean =>
      !text.includes('\n') && pdf.widthOfString(text) < half - padding;
    while (texts.length > 0) {
      const [left, right] = texts.splice(0, texts.slice(0, 2).every(isShort) ? 2 : 1);
      this.text(left!, 'Regular', sizes.text);
      if (right === undefined) continue;
      const below = pdf.y;
      pdf.text(right, margin + half, below - pdf.currentLineHeight(true), { lineBreak: false });
      pdf.x = margin;
      pdf.y = below;
    }
  }

  private async section({ heading, paragraphs, table }: PrintedSection): Promise<void> {
    const { pdf } = this;
    pdf.moveDown(0.8);
    // A heading does not stand alone at the foot of a page.
    if (pdf.y + 5 * sizes.heading > this.bottom) pdf.addPage();
    this.text(heading, 'Bold', sizes.heading);
    pdf.moveDown(0.3);
    for (const paragraph of paragraphs) this.text(paragraph, 'Regular', sizes.text, { paragraphGap: 3 });
    if (table) await this.table(table);
  }

  private async table(table: PrintedTable): Promise<void> {
    const widths = this.widthsOf(table);
    this.titles(table, widths);
    for (const [index, cells] of table.rows.entries()) {
      if (index % rowsInTurn === rowsInTurn - 1) await setImmediate();
      let rest = cells.map(withPlainLineEnds);
      if (this.pdf.y + this.heightOf(widths, rest, 'Regular') > this.bottom) this.nextPage(table, widths);
      while (this.pdf.y + this.heightOf(widths, rest, 'Regular') > this.bottom) {
        // Not even a page of its own has room for it.
        const part = rest.map((text, column) => this.beginningOf(text, widths[column]!));
        this.row(table, widths, part, 'Regular');
        rest = rest.map((text, column) => text.slice(part[column]!.length));
        this.nextPage(table, widths);
      }
      this.row(table, widths, rest, 'Regular');
    }
    this.pdf.x = margin;
  }

  private titles(table: PrintedTable, widths: readonly number[]): void {
    const titles = table.columns.map(({ title }) => title);
    this.row(table, widths, titles, 'Bold');
  }

  private nextPage(table: PrintedTable, widths: readonly number[]): void {
    this.pdf.addPage();
    this.titles(table, widths);
  }

  /** As much of a cell's text as there is room for on the page. */
  private beginningOf(text: string, width: number): string {
    const room = this.bottom - this.pdf.y - 2 * padding;
    this.pdf.font('Regular').fontSize(sizes.text);
    const fits = (length: number): boolean =>
      this.pdf.heightOfString(text.slice(0, length) || ' ', { width: width - 2 * padding }) <= room;
    let [least, most] = [1, text.length];
    while (least < most) {
      const middle = Math.ceil((least + most) / 2);
      if (fits(middle)) least = middle;
      else most = middle - 1;
    }
    // The two halves of a character stay together.
    return /[\ud800-\udbff]$/.test(text.slice(0, least)) ? text.slice(0, least - 1) : text.slice(0, least);
  }

  /** Lines to be filled in by hand; those of one document stand on one page where there is room for them. */
  private signatures({ signers, day }: PrintedSignatures): void {
    const { pdf } = this;
    pdf.font('Regular').fontSize(sizes.text).fillColor('black');
    const line = pdf.currentLineHeight(true);
    const width = signing.from * this.width - padding;
    const names = signers.map((signer) => ({
      signer,
      height: Math.min(signing.lines * line, pdf.heightOfString(signer, { width })),
    }));
    const whole = names.reduce<number>((sum, { height }) => sum + signing.room + height, 0);
    if (pdf.y + whole > this.bottom) pdf.addPage();
    for (const { signer, height } of names) {
      if (pdf.y + signing.room + height > this.bottom) pdf.addPage();
      const foot = pdf.y + signing.room + height;
      pdf.text(signer, margin, foot - height, { width, height: height + 1, ellipsis: true });
      pdf.text(day, this.at(signing.to) + 2 * padding, foot - line, { lineBreak: false });
      this.line(signing.from, signing.to, foot);
      this.line(signing.day, 1, foot);
      pdf.x = margin;
      pdf.y = foot;
    }
  }

  /** @param part of the width of the text */
  private at(part: number): number {
    return margin + part * this.width;
  }

  private line(from: number, to: number, y: number): void {
    this.pdf.moveTo(this.at(from), y).lineTo(this.at(to), y).lineWidth(0.5).stroke('black');
  }

  /** Numbers get what they need, texts what is left, in equal parts. */
  private widthsOf({ columns, rows }: PrintedTable): number[] {
    this.pdf.font('Bold').fontSize(sizes.text);
    const needed = columns.map(({ title, align }, index) => {
      if (align === 'left') return 0;
      const texts = [title, ...rows.map((row) => row[index] ?? '')];
      return Math.max(narrowest, ...texts.map((text) => this.pdf.widthOfString(text) + 2 * padding + 1));
    });
    const numbers = needed.reduce((sum, width) => sum + width, 0);
    const texts = columns.filter(({ align }) => align === 'left').length;
    // Where the numbers leave no room, all share alike.
    if (numbers > this.width * (texts === 0 ? 1 : 0.75))
      return columns.map(() => this.width / columns.length);
    const rest = (this.width - numbers) / Math.max(1, texts);
    return needed.map((width) => (width === 0 ? rest : texts === 0 ? width * (this.width / numbers) : width));
  }

  private heightOf(widths: readonly number[], cells: readonly string[], weight: Weight): number {
    this.pdf.font(weight).fontSize(sizes.text);
    const heights = widths.map((width, index) =>
      this.pdf.heightOfString(cells[index] || ' ', { width: width - 2 * padding }),
    );
    return Math.max(...heights) + 2 * padding;
  }

  private row(
    { columns }: PrintedTable,
    widths: readonly number[],
    cells: readonly string[],
    weight: Weight,
  ): void {
    const { pdf } = this;
    const height = this.heightOf(widths, cells, weight);
    const top = pdf.y;
    let left = margin;
    widths.forEach((width, index) => {
      if (weight === 'Bold') pdf.rect(left, top, width, height).fill('#f0f0f0');
      pdf.rect(left, top, width, height).lineWidth(0.5).stroke(lineColour);
      pdf.fillColor('black').text(cells[index] ?? '', left + padding, top + padding, {
        width: width - 2 * padding,
        align: columns[index]!.align,
      });
      left += width;
    });
    pdf.y = top + height;
  }

  private feet(): void {
    const { pdf, document } = this;
    const { start, count } = pdf.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      pdf.switchToPage(start + index);
      // Below the margin, where text would begin a page of its own.
      pdf.page.margins.bottom = 0;
      pdf.font('Regular').fontSize(sizes.foot).fillColor('#555555');
      pdf.text(document.footer(index + 1, count), margin, this.bottom + footHeight / 2, {
        width: this.width,
        align: 'center',
        lineBreak: false,
      });
    }
  }
}

/** The font has no sign for a carriage return. */
function withPlainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** A PDF on A4, page by page; others get their turn between its parts. */
export function press(document: PrintedDocument): Promise<Buffer> {
  return new Press(document).print();
}
