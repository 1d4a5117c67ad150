import {
  acknowledgeComplaint,
  assignComplaint,
  confirmDocumentReceipt,
  defaultComplaintPolicy,
  documentsOf,
  fileDemandForm,
  issueCompanyDemandForm,
  issueComplaintNotice,
  receiveComplaint,
  reportCompanyMeasures,
  resolveComplaint,
  respondToComplaint,
  reviseDemandForm,
  submitSpecialReport,
  type ComplaintFact,
  type ComplaintEnvironment,
  type ComplaintRefusal,
  type ComplaintState,
  type ReceiveComplaint,
} from '@anju/complaints-rules';
import { defaultProjectCalendars, parseLocalDateTime, projectCalendars, type Decision } from '@anju/kernel';
import { catalogue } from '@anju/labels';
import { renderHtml, renderPdf, type PrintedDocument } from '@anju/printing';
import { accepted, pdfPages, rule, withoutSpaces } from '@anju/testing';
import { paperDocument, paperTitle, type PaperHead } from './complaint-paper.document';

const environment: ComplaintEnvironment = {
  policy: defaultComplaintPolicy,
  calendars: projectCalendars(defaultProjectCalendars()),
  policyVersion: 0,
  calendarVersion: 0,
};
const [lin, li, quality, customer] = [
  '0195a000-0000-7000-8000-00000000f001',
  '0195a000-0000-7000-8000-00000000f002',
  '0195a000-0000-7000-8000-00000000f003',
  '0195a000-0000-7000-8000-00000000c001',
] as const;
const at = wall('2026-03-02 10:00');
const head: PaperHead = {
  projectCode: 'JX',
  timeZone: 'Asia/Shanghai',
  home: null,
  buildingNumber: '6',
  departments: new Map([
    [lin, 'CUSTOMER_SERVICE'],
    [quality, 'QUALITY_CENTRE'],
  ]),
  policy: defaultComplaintPolicy,
  locale: 'zh-CN',
  madeAt: wall('2026-03-09 08:05'),
};
const reportParts = {
  content: '电梯反复停运',
  cause: '门机板老化',
  process: '停梯检修',
  result: '更换门机板',
  lessons: '易损件未预警',
  correctiveActions: '建立台账',
};

function wall(text: string): Date {
  return parseLocalDateTime(text, 'Asia/Shanghai');
}

type Step = (state: ComplaintState) => Decision<ComplaintState, ComplaintFact, ComplaintRefusal>;

/** A case about the lift of building 6, and what happens to it. */
function caseOf(change: Partial<ReceiveComplaint>, ...steps: readonly Step[]): ComplaintState {
  const received = receiveComplaint(
    {
      ...{ id: 'case', projectId: 'project', number: 'JX-C20260302-001', causeClass: 'CLASS_1' },
      ...{ subject: { topic: 'LIFT', unitId: null, buildingId: 'b6' }, content: '电梯又停了' },
      ...{ channel: 'PHONE', receivedAt: at, receivedBy: lin, customerIds: [customer] },
      ...{ interactionId: null, facts: [], namedStaffIds: [], responsibleDepartment: 'EQUIPMENT' },
      ...{ handlerId: li, cameFromComplaintId: null },
      ...change,
    },
    at,
    environment,
  );
  return steps.reduce((state, step) => accepted(step(state)), accepted(received));
}

const hot = { facts: ['LAWSUIT_LIKELY'] } as const;
const filed: Step = (state) =>
  fileDemandForm(state, { by: lin, demand: '修好电梯', measures: '周五前换门机板' }, at, environment);
const revised: Step = (state) =>
  reviseDemandForm(
    state,
    { by: lin, demand: '修好电梯', measures: '周四换门机板', reason: '配件提前到货' },
    wall('2026-03-02 15:00'),
  );
const received: Step = (state) =>
  confirmDocumentReceipt(
    state,
    {
      ...{ by: quality, document: 'DEMAND_FORM' as const, sequence: 2, signedBy: null },
      ...{ recipient: 'QUALITY_CENTRE' as const, as: ['QUALITY_CENTRE' as const] },
    },
    wall('2026-03-02 16:20'),
  );
const resolved: readonly Step[] = [
  (state) => acknowledgeComplaint(state, { by: lin, channel: 'PHONE', thanksGiven: true }, at),
  (state) =>
    assignComplaint(state, { by: lin, responsibleDepartment: 'CUSTOMER_SERVICE', handlerId: lin }, at),
  (state) => respondToComplaint(state, { by: lin, channel: 'PHONE', text: '已安排' }, at, environment),
  (state) => resolveComplaint(state, { by: lin, result: '已更换' }, at, environment),
];
const reported: Step = (state) => submitSpecialReport(state, { by: lin, ...reportParts }, at, environment);
const outside: Step = (state) =>
  issueComplaintNotice(
    state,
    {
      ...{ by: lin, kind: 'IMPACT_REPORT', to: 'OUTSIDE_DEPARTMENT', department: '区城管局' },
      ...{ way: 'LETTER', text: '夜间施工噪声扰民' },
    },
    at,
  );
const signedFor: Step = (state) =>
  confirmDocumentReceipt(
    state,
    {
      ...{ by: li, document: 'WRITTEN_NOTICE' as const, sequence: 1, signedBy: '收发室 王' },
      ...{ recipient: 'OUTSIDE_DEPARTMENT' as const, as: [] },
    },
    wall('2026-03-03 09:00'),
  );
const issued: Step = (state) =>
  issueCompanyDemandForm(
    state,
    { by: quality, demand: '限期修好', finishAt: wall('2026-03-06 18:00') },
    at,
    environment,
  );
const measured: Step = (state) =>
  reportCompanyMeasures(state, { by: lin, text: '更换门机板' }, wall('2026-03-03 09:00'));

function printed(state: ComplaintState, mark: string, change: Partial<PaperHead> = {}): PrintedDocument {
  const paper = documentsOf(state).find(({ number }) => number === `${state.number}-${mark}`)!;
  return paperDocument(state, paper, { ...head, ...change });
}

/** Heading and text of what is written, without the numbers of the sections. */
function written({ sections }: PrintedDocument): (readonly [string, string])[] {
  return sections
    .filter(({ table }) => table === null)
    .map(({ heading, paragraphs }) => [heading.replace(/^\d+\. /, ''), paragraphs.join('|')] as const);
}

function tables({ sections }: PrintedDocument): (readonly (readonly string[])[])[] {
  return sections.flatMap(({ table }) => (table ? [table.rows] : []));
}

const form = caseOf(hot, filed, revised, received);
const linIs = '客户服务部（员工 0000f001）';

describe('the demand form on paper', () => {
  rule('CMP-11', 'it says what it is, of which case, by whom and when, in the project’s time', () => {
    const { title, facts, footer, language } = printed(form, 'D2');
    expect([title, language]).toEqual(['客户诉求处理表', 'zh-CN']);
    expect(facts).toEqual([
      ['文件编号', 'JX-C20260302-001-D2'],
      ['版本', '2'],
      ['填写人', linIs],
      ['发出时间', '2026-03-02 15:00'],
      ['主送', '品质运营中心、分管领导'],
      ['报送时的投诉等级', '热点投诉'],
      ['投诉编号', 'JX-C20260302-001'],
      ['项目', 'JX'],
      ['投诉地点', '楼栋 6'],
      ['投诉类别', expect.stringContaining('一类')],
      ['投诉主题', '电梯'],
      ['目前的投诉等级', '热点投诉'],
      ['受理时间', '2026-03-02 10:00'],
      ['受理渠道', expect.any(String)],
      ['涉及客户（位）', '1'],
      ['责任部门', '设备管理部'],
      ['处理人', '—（员工 0000f002）'],
      ['生成时间', '2026-03-09 08:05'],
      ['所用时区', 'Asia/Shanghai'],
    ]);
    expect(footer(2, 3)).toBe('客户诉求处理表 JX-C20260302-001-D2 · 第 2 页，共 3 页');
    const abroad = printed(form, 'D2', { timeZone: 'Asia/Urumqi' }).facts;
    expect(abroad).toContainEqual(['发出时间', '2026-03-02 13:00']);
  });

  rule('CMP-11', 'all its parts are there, an empty one as such, and who has it and who not', () => {
    expect(written(printed(form, 'D2'))).toEqual([
      ['投诉内容', '电梯又停了'],
      ['客户诉求', '修好电梯'],
      ['处理措施', '周四换门机板'],
      ['更正说明', '配件提前到货'],
    ]);
    const wordless = caseOf({ ...hot, content: null, interactionId: 'contact' }, filed);
    expect(written(printed(wordless, 'D1')).map(([, text]) => text)).toEqual([
      '无',
      '修好电梯',
      '周五前换门机板',
      '无',
    ]);
    expect(tables(printed(form, 'D2'))[0]).toEqual([
      ['品质运营中心', '2026-03-02 16:20', '品质运营中心（员工 0000f003）'],
      ['分管领导', '尚未签收', '—'],
    ]);
  });

  rule('CMP-11', 'each version is printed by itself, and an older one says that there is a newer', () => {
    const first = printed(form, 'D1');
    expect(first.facts).toContainEqual(['版本', '1（最新为第 2 版）']);
    expect(written(first)).toContainEqual(['处理措施', '周五前换门机板']);
    expect(JSON.stringify(written(first))).not.toContain('周四');
    const versions = [
      ['1', 'JX-C20260302-001-D1', '2026-03-02 10:00', linIs],
      ['2', 'JX-C20260302-001-D2', '2026-03-02 15:00', linIs],
    ];
    expect([first, printed(form, 'D2')].map((one) => tables(one)[1])).toEqual([versions, versions]);
    expect(tables(first)[0]!.map(([, when]) => when)).toEqual(['尚未签收', '尚未签收']);
  });

  rule('CMP-11', 'it has lines to sign on, one for each who gets it', () => {
    expect(printed(form, 'D1').signatures).toEqual({
      signers: ['填写人签字', '部门负责人签字', '品质运营中心签收', '分管领导签收'],
      day: '日期',
    });
  });
});

describe('the other documents on paper', () => {
  rule('CMP-11', 'the special report has its six parts in their order', () => {
    const report = printed(caseOf(hot, filed, ...resolved, reported), 'S1');
    expect(report.title).toBe('专题报告');
    expect(written(report)).toEqual([
      ['投诉的内容', '电梯反复停运'],
      ['产生投诉的原因', '门机板老化'],
      ['处理过程', '停梯检修'],
      ['处理结果', '更换门机板'],
      ['经验教训', '易损件未预警'],
      ['纠正措施', '建立台账'],
      ['更正说明', '无'],
    ]);
  });

  rule('CMP-09', 'a notice is called what it is, names the department outside, and who signed there', () => {
    const noise = {
      causeClass: 'CLASS_3',
      subject: { topic: 'NOISE', unitId: null, buildingId: null },
    } as const;
    const notice = printed(caseOf(noise, outside, signedFor), 'N1', { buildingNumber: null });
    expect(notice.title).toBe('影响情况书面呈报');
    expect(notice.facts).toEqual(
      expect.arrayContaining([
        ['主送', '区城管局'],
        ['送达方式', '信函'],
        ['投诉地点', '项目整体'],
      ]),
    );
    expect(written(notice)).toContainEqual(['通知内容', '夜间施工噪声扰民']);
    expect(tables(notice)).toEqual([
      [['区城管局', '2026-03-03 09:00', '收发室 王 签收，由—（员工 0000f002）登记']],
    ]);
  });

  rule('CMP-10', 'the company’s form has what was reported on it, and says what was not', () => {
    const company = printed(caseOf({}, issued, measured), 'Q1', { home: '6-1-0302' });
    expect(company.title).toBe('公司客户诉求处理表');
    expect(company.facts).toEqual(
      expect.arrayContaining([
        ['完成期限', '2026-03-06 18:00'],
        ['主送', '物业服务中心'],
        ['投诉地点', '6-1-0302'],
      ]),
    );
    expect(written(company)).toEqual([
      ['投诉内容', '电梯又停了'],
      ['诉求与要求', '限期修好'],
      ['物业服务中心报送的处理措施', `更换门机板\n${linIs}，2026-03-03 09:00 报送`],
      ['物业服务中心反馈的处理结果', '尚未报送'],
    ]);
  });

  rule(['CMP-09', 'CMP-10', 'CMP-11'], 'they are in English, too, with a word for all that they say', () => {
    const texts = [
      printed(caseOf(hot, filed, ...resolved, reported), 'D1', { locale: 'en' }),
      printed(caseOf(hot, filed, ...resolved, reported), 'S1', { locale: 'en' }),
      printed(caseOf({ causeClass: 'CLASS_3' }, outside, signedFor), 'N1', { locale: 'en' }),
      printed(caseOf({}, issued, measured), 'Q1', { locale: 'en' }),
    ].flatMap(({ title, facts, sections, signatures, footer }) => [
      ...[title, footer(1, 1), signatures!.day, ...signatures!.signers],
      ...facts.flat(),
      ...sections.flatMap(({ heading, table }) => [
        heading,
        ...(table?.columns.map((column) => column.title) ?? []),
      ]),
    ]);
    expect(texts.filter((text) => /\p{Script=Han}/u.test(text) && text !== '区城管局')).toEqual([]);
    const keys = new Set(Object.keys(catalogue.values['ComplaintPaperText']!));
    expect(texts.filter((text) => keys.has(text.replace(/^\d+\. /, '')))).toEqual([]);
    expect(texts).toContain('Customer service (employee 0000f001)');
  });

  rule('CMP-11', 'no customer is named in them, nor who did what by more than his department', () => {
    for (const state of [form, caseOf({}, issued, measured)]) {
      for (const paper of documentsOf(state)) {
        const text = JSON.stringify(paperDocument(state, paper, head));
        expect([lin, li, quality, customer].filter((id) => text.includes(id))).toEqual([]);
      }
    }
    const paper = documentsOf(form)[0]!;
    expect(paperTitle(form, paper, 'en')).toBe('Demand form');
  });

  it('show what people typed as text, and let it go on over pages', async () => {
    const evil = '<script>alert(1)</script>';
    const long = `${evil}${'无'.repeat(1_500)}${'Donaudampfschiff'.repeat(25)}`;
    const typed: Step = (state) =>
      fileDemandForm(state, { by: lin, demand: long, measures: `${long}\n末行` }, at, environment);
    const document = printed(caseOf({ ...hot, content: evil }, typed), 'D1');
    const html = renderHtml(document);
    expect(html).not.toContain('<script');
    expect(html.split('&lt;script&gt;alert(1)&lt;/script&gt;')).toHaveLength(4);
    const pages = pdfPages(await renderPdf(document)).map(withoutSpaces);
    expect(pages.length).toBeGreaterThan(1);
    const whole = pages
      .map((page, n) => page.replace(withoutSpaces(document.footer(n + 1, pages.length)), ''))
      .join('');
    expect(whole).toContain(`${long}末行`);
    expect(whole).toContain('分管领导签收日期');
  });
});
