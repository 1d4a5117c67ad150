import { pdfPages as pagesOf, withoutSpaces } from '@anju/testing';
import type { PrintedDocument, PrintedTable } from './printed-document';
import { escapeHtml, htmlSecurityPolicy, renderHtml } from './render-html';
import { renderPdf } from './render-pdf';

const table: PrintedTable = {
  columns: [
    { title: '投诉类别', align: 'left' },
    { title: '本期', align: 'right' },
  ],
  rows: [
    ['一类投诉', '12'],
    ['二类投诉 <b>&"\'', '3'],
  ],
};

function aDocument(change: Partial<PrintedDocument> = {}): PrintedDocument {
  return {
    language: 'zh-CN',
    title: '投诉处理情况报告',
    facts: [['项目', 'JX <script>alert(1)</script>']],
    sections: [{ heading: '一、受理情况', paragraphs: ['本期受理投诉 15 件。'], table }],
    signatures: null,
    madeAt: new Date('2026-04-01T00:00:00Z'),
    footer: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
    ...change,
  };
}

describe('a document as a page', () => {
  it('has every text escaped, wherever it stands', () => {
    const evil = `</td><script>alert('x')</script>&"`;
    const html = renderHtml(
      aDocument({
        title: evil,
        facts: [[evil, evil]],
        sections: [
          {
            heading: evil,
            paragraphs: [evil],
            table: { columns: [{ title: evil, align: 'left' }], rows: [[evil]] },
          },
        ],
        signatures: { signers: [evil], day: evil },
        footer: () => evil,
      }),
    );
    expect(html).not.toContain('<script');
    expect(html.split(escapeHtml(evil))).toHaveLength(12);
    expect(escapeHtml(evil)).toBe('&lt;/td&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;');
  });

  it('shows itself with its own style and nothing from elsewhere', () => {
    const html = renderHtml(aDocument());
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('<th scope="col" class="right">本期</th>');
    expect(html).not.toMatch(/(src|href|on\w+)=|url\(|@import/);
    expect(html).toContain('@page');
    expect(htmlSecurityPolicy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'/);
  });
});

describe('a document as a page, in its columns', () => {
  it('keeps each figure on one line, however narrow its column is', () => {
    const html = renderHtml(aDocument());
    expect(html).toContain('<td class="right">12</td>');
    expect(html).toMatch(/^\.right \{[^}]* white-space: nowrap;/m);
  });
});

describe('a document as a PDF', () => {
  it('has all its texts in it, in Chinese, to be searched and copied', async () => {
    const pdf = await renderPdf(aDocument());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    // Subsets of two fonts of 8 MB each.
    expect(pdf.length).toBeLessThan(100_000);
    const [page, ...more] = pagesOf(pdf);
    expect(more).toEqual([]);
    for (const text of [
      '投诉处理情况报告',
      'JX <script>alert(1)</script>',
      '一、受理情况',
      '本期受理投诉 15 件。',
      '投诉类别',
      '一类投诉',
      `二类投诉 <b>&"'`,
      '第 1 页，共 1 页',
    ]) {
      expect(withoutSpaces(page!)).toContain(withoutSpaces(text));
    }
  });

  it('goes on over as many pages as it needs, each with the titles of its table and its number', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => [
      `第${n + 1}行${'很长的说明'.repeat(n % 12)}`,
      `${n}`,
    ]);
    const sections = [{ heading: '明细', paragraphs: [], table: { ...table, rows } }];
    const pages = pagesOf(await renderPdf(aDocument({ sections }))).map(withoutSpaces);
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, index) => {
      expect(page).toContain('投诉类别本期');
      expect(page).toContain(`第${index + 1}页，共${pages.length}页`);
    });
    const whole = pages.join('');
    expect(rows.filter(([text]) => !whole.includes(withoutSpaces(text!)))).toEqual([]);
  });

  it('lets a long text, and a cell longer than a page, go on over pages, and keeps the foot of each free', async () => {
    const words = (what: string, count: number): string =>
      Array.from({ length: count }, (_, n) => `${what}${n}。`).join('');
    const paragraph = words('段落', 1_500);
    const cell = `${words('单元格', 400)}${'W'.repeat(400)}`;
    const columns = ['甲', '乙', '丙'].map((title) => ({ title, align: 'left' as const }));
    const sections = [
      { heading: '正文', paragraphs: [paragraph], table: null },
      { heading: '表格', paragraphs: [], table: { columns, rows: [['', cell, '']] } },
    ];
    const pages = pagesOf(await renderPdf(aDocument({ sections }))).map(withoutSpaces);
    expect(pages.length).toBeGreaterThan(4);
    const foots = pages.map((_, index) => `第${index + 1}页，共${pages.length}页`);
    pages.forEach((page, index) => expect(page.split(foots[index]!)).toHaveLength(2));
    const whole = pages.map((page, index) => page.replace(foots[index]!, '').replace('甲乙丙', '')).join('');
    expect(whole).toContain(paragraph);
    expect(whole).toContain(cell);
  });

  it('sets two short facts beside each other, a long one on lines of its own', async () => {
    const long = '很长的单位名称'.repeat(12);
    const facts = [
      ['编号', 'D1'],
      ['版本', '2'],
      ['主送', long],
      ['项目', 'JX'],
    ] as const;
    const [page] = pagesOf(await renderPdf(aDocument({ facts }))).map(withoutSpaces);
    expect(page).toContain(`编号D1版本2主送${long}项目JX`);
  });

  it('has a line for each who signs, with the day, and writes line ends as such', async () => {
    const signatures = { signers: ['填写人签字', '品质运营中心签收'], day: '日期' };
    const sections = [{ heading: '诉求', paragraphs: ['第一行\r\n第二行\r第三行'], table: null }];
    const document = aDocument({ signatures, sections });
    const [page] = pagesOf(await renderPdf(document)).map(withoutSpaces);
    expect(page).toContain('第一行第二行第三行');
    expect(page).toContain('填写人签字日期品质运营中心签收日期');
    const line = '<span class="line"></span>';
    expect(renderHtml(document)).toContain(`<p><span>填写人签字</span>${line}<span>日期</span>${line}</p>`);
  });

  it('keeps wide tables on the paper', async () => {
    const columns = Array.from({ length: 10 }, (_, n) => ({
      title: `第${n + 1}列`,
      align: n === 0 ? ('left' as const) : ('right' as const),
    }));
    const rows = [columns.map((_, n) => `${n}234567.89`)];
    const sections = [{ heading: '宽表', paragraphs: [], table: { columns, rows } }];
    const [page] = pagesOf(await renderPdf(aDocument({ sections })));
    for (const [cell] of rows[0]!.map((text) => [text])) expect(withoutSpaces(page!)).toContain(cell);
  });

  it('is the same each time', async () => {
    const [one, other] = [await renderPdf(aDocument()), await renderPdf(aDocument())];
    expect(one.equals(other)).toBe(true);
  });
});
