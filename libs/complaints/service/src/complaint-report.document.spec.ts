import { defaultComplaintPolicy, previousPeriod, shareOf } from '@anju/complaints-rules';
import { label } from '@anju/labels';
import { renderHtml } from '@anju/printing';
import { rule } from '@anju/testing';
import { periodName, reportDocument, reportFileName, type ReportHead } from './complaint-report.document';
import { reportOf } from './complaint-report';
import type { ComplaintReport } from './complaint-report.schema';

const period = { from: '2026-03-01', to: '2026-03-31' };
const empty = reportOf(
  {
    period,
    previous: previousPeriod(period),
    projects: 'ALL',
    now: new Date('2026-04-01T01:30:00Z'),
  },
  { received: [], resolved: [], closed: [], clocks: [], visits: [], released: [], facts: [], ages: [] },
);

const figures = { kept: 41, missed: 7, undone: 3, pending: 5, keptShare: shareOf(41, 48) };
const report: ComplaintReport = {
  ...empty,
  received: { current: 131, previous: 117 },
  hoursToResolution: { current: '52.25', previous: null },
  topics: [
    { topic: 'LIFT', current: 61, previous: 44 },
    { topic: '<b>GHOST</b>', current: 2, previous: 0 },
  ],
  causes: [{ causeClass: 'CLASS_2', topic: 'LIFT', current: 19, previous: 23 }],
  facts: [{ fact: 'MEDIA_EXPOSURE', current: 1, previous: 0 }],
  clocks: [
    {
      kind: 'RESPONSE',
      current: figures,
      previous: { ...figures, kept: 0, missed: 0, keptShare: shareOf(0, 0) },
    },
  ],
  secondComplaints: { current: shareOf(3, 88), previous: shareOf(0, 0) },
  projects: ['a', 'b'].map((projectId, n) => ({
    ...{
      projectId,
      project: { id: projectId },
      received: 70 + n,
      hot: 4,
      major: 1,
      resolved: 50,
      openAtEnd: 21,
    },
    ...{ clocksKept: shareOf(9, 10), secondComplaints: shareOf(1, 50), satisfaction: '4.50' },
  })),
};
const head: ReportHead = {
  codes: new Map([['a', 'JX']]),
  projectIds: null,
  locale: 'zh-CN',
  policy: defaultComplaintPolicy,
};

function rowsOf(locale: 'zh-CN' | 'en' = 'zh-CN'): string[][] {
  const document = reportDocument(report, { ...head, locale });
  return document.sections.flatMap(({ table }) => table?.rows.map((row) => [...row]) ?? []);
}

describe('the report on paper', () => {
  rule('CMP-16', 'it says what the figures are, in Chinese', () => {
    const document = reportDocument(report, head);
    expect(document.title).toBe('客户投诉处理情况报告');
    expect(document.facts).toEqual([
      ['项目', '所辖全部项目'],
      ['报告期', '2026-03-01 至 2026-03-31'],
      ['对比期', '2026-02-01 至 2026-02-28'],
      ['生成时间', '2026-04-01 09:30'],
    ]);
    expect(document.footer(2, 3)).toBe('客户投诉处理情况报告 · 第 2 页，共 3 页');
    const rows = rowsOf();
    for (const row of [
      ['受理投诉', '131', '117', '+14'],
      ['平均解决时长（小时）', '52.25', '—', ''],
      ['电梯', '61', '44', '+17'],
      ['<b>GHOST</b>', '2', '0', '+2'],
      ['二类：开发商', '电梯', '19', '23', '-4'],
      ['已被媒体曝光', '1', '0', '+1'],
      ['一个工作日内的处理回应', '41', '7', '3', '5', '85.42', '—'],
      ['二次投诉率（%）', '3.41', '—', ''],
      ['JX', '70', '4', '1', '50', '21', '90.00', '2.00', '4.50'],
      ['b', '71', '4', '1', '50', '21', '90.00', '2.00', '4.50'],
    ]) {
      expect(rows).toContainEqual(row);
    }
  });

  rule('CMP-16', 'and in English', () => {
    expect(rowsOf('en')).toContainEqual(['Class 2: the developer', 'Lift', '19', '23', '-4']);
    const text = JSON.stringify(reportDocument(report, { ...head, locale: 'en' }));
    expect(text).not.toMatch(/\p{Script=Han}/u);
  });

  it('has a cell for every column', () => {
    for (const { table } of reportDocument(report, head).sections) {
      for (const row of table?.rows ?? []) expect(row).toHaveLength(table!.columns.length);
    }
  });

  it('says of what there is nothing that there is nothing', () => {
    const { sections } = reportDocument(empty, head);
    const causes = sections.find(({ heading }) => heading.endsWith('投诉原因'))!;
    expect(causes).toMatchObject({ paragraphs: ['无'], table: null });
    expect(sections.some(({ heading }) => heading.endsWith('各项目情况'))).toBe(false);
  });

  it('has words for all that it says, in both languages', () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const document = reportDocument(report, { ...head, locale });
      const texts = [
        document.title,
        document.footer(1, 1),
        ...document.facts.map(([name]) => name),
        ...document.sections.flatMap(({ heading, table }) => [
          heading,
          ...(table?.columns.map(({ title }) => title) ?? []),
        ]),
      ];
      expect(texts.filter((text) => /[A-Z]_|^[A-Z]{2,}$/.test(text))).toEqual([]);
    }
    expect(label('ComplaintReportText', 'TITLE', 'en')).toBe('Report on complaints');
  });

  it('shows what people typed as text', () => {
    expect(renderHtml(reportDocument(report, head))).toContain('&lt;b&gt;GHOST&lt;/b&gt;');
    expect(renderHtml(reportDocument(report, head))).not.toContain('<b>');
  });

  it('is saved by project and period', () => {
    expect(periodName({ from: '2026-03-01', to: '2026-03-30' })).toBe('2026-03-01_2026-03-30');
    expect(periodName({ from: '2026-01-01', to: '2026-03-31' })).toBe('2026-01-01_2026-03-31');
    expect(reportFileName(report, head)).toBe('投诉报告-2026-03');
    expect(reportFileName(report, { ...head, projectIds: ['a'], locale: 'en' })).toBe(
      'complaints-JX-2026-03',
    );
  });
});
