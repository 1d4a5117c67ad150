import type { Principal } from '@anju/access';
import { newId } from '@anju/kernel';
import { startSubgraphServer, type RunningSubgraphServer } from '@anju/subgraph';
import {
  createTestDatabase,
  pdfPages,
  rule,
  silentLogger,
  withoutSpaces,
  type TestDatabase,
} from '@anju/testing';
import { iso, staff, type Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

const evil = '<script>alert("修好")</script>';

describe('the documents of a complaint on paper', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  let server: RunningSubgraphServer;
  let people: Map<string, Principal>;
  let id: string;
  let number: string;

  /** A case with all that is written in one: forms of two versions, a notice, the company's form, a report. */
  beforeAll(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
    const { lin, quality, relations } = desk;
    people = new Map([
      ['lin', lin],
      ['leader', desk.leader],
      ['guard', desk.guard],
      ['bi', staff('BI_READER', desk.ours)],
      ['stranger', desk.stranger],
    ]);
    const file = { causeClass: 'CLASS_2', facts: ['LAWSUIT_LIKELY'], unitId: desk.unit };
    ({ id } = await desk.file(2, file));
    await desk.acknowledge(id);
    await desk.respond(id);
    await desk.done(lin, 'fileDemandForm', { id, demand: evil, measures: '周五前更换' });
    await desk.until('2026-03-02 14:30');
    const revised = { demand: '修好并道歉', measures: '周四更换', reason: '配件提前到货' };
    await desk.done(lin, 'reviseDemandForm', { id, ...revised });
    const notice = { kind: 'HOUSING_QUALITY_NOTICE', to: 'DEVELOPER_CUSTOMER_RELATIONS', way: 'EMAIL' };
    await desk.done(lin, 'issueComplaintNotice', { id, ...notice, text: '请开发商到场' });
    const demanded = { demand: '限期修好', finishAt: iso('2026-03-06 18:00') };
    await desk.done(quality, 'issueCompanyDemandForm', { id, ...demanded });
    await desk.until('2026-03-02 15:10');
    const form = { document: 'DEMAND_FORM', sequence: 2, recipient: 'QUALITY_CENTRE' };
    await desk.done(quality, 'confirmDocumentReceipt', { id, ...form });
    const sent = { document: 'WRITTEN_NOTICE', sequence: 1, recipient: 'DEVELOPER_CUSTOMER_RELATIONS' };
    await desk.done(relations, 'confirmDocumentReceipt', { id, ...sent });
    await desk.done(lin, 'reportCompanyMeasures', { id, text: '更换门机板' });
    await desk.resolve(id);
    await desk.done(lin, 'submitSpecialReport', {
      ...{ id, content: '电梯停运', cause: '门机板老化', process: '停梯检修' },
      ...{ result: '更换门机板', lessons: '未预警', correctiveActions: '建立台账' },
    });
    number = String((await desk.case(id))['number']);
    server = await startSubgraphServer({
      service: desk.service,
      port: 0,
      authenticate: async (authorization) => people.get(authorization?.slice(7) ?? '') ?? null,
      readiness: async () => ({ ready: true, details: {} }),
      logger: silentLogger,
    });
  });

  afterAll(async () => {
    await server.close();
    await desk.close();
    await database.drop();
  });

  /** Of each document its number and its paths, as the graph tells them. */
  async function documents(): Promise<Row[]> {
    const source = `query($id: ID!) { complaint(id: $id) {
      documents { document sequence number byStaff { id } pdfPath htmlPath } } }`;
    const { complaint } = await desk.read<{ complaint: { documents: Row[] } }>(desk.lin, source, { id });
    return complaint.documents;
  }

  async function pathOf(mark: string, format: 'pdfPath' | 'htmlPath'): Promise<string> {
    const found = (await documents()).find((one) => one['number'] === `${number}-${mark}`);
    return found![format] as string;
  }

  function get(path: string, who: string | null = 'lin', init: RequestInit = {}): Promise<Response> {
    const headers = { ...(init.headers as object), ...(who && { authorization: `Bearer ${who}` }) };
    return fetch(new URL(path, server.url), { ...init, headers });
  }

  rule(['CMP-09', 'CMP-10', 'CMP-11'], 'each of them is printed, for whoever may read the case', async () => {
    const titles: Readonly<Record<string, readonly [string, string]>> = {
      D1: ['客户诉求处理表', '处理措施周五前更换'],
      D2: ['客户诉求处理表', '更正说明配件提前到货'],
      N1: ['房屋质量书面通知', '通知内容请开发商到场'],
      Q1: ['公司客户诉求处理表', '诉求与要求限期修好'],
      S1: ['专题报告', '产生投诉的原因门机板老化'],
    };
    const listed = await documents();
    expect(listed.map((one) => one['number'])).toEqual(
      Object.keys(titles).map((mark) => `${number}-${mark}`),
    );
    for (const { number: own, pdfPath, htmlPath } of listed) {
      const [title, part] = titles[String(own).slice(number.length + 1)]!;
      const pdf = await get(pdfPath as string, 'leader');
      expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(pdf.headers.get('content-disposition')).toContain(
        `filename*=UTF-8''${encodeURIComponent(title)}-${String(own)}.pdf`,
      );
      const text = withoutSpaces(pdfPages(Buffer.from(await pdf.arrayBuffer())).join(''));
      expect(text).toContain(title);
      expect(text).toContain(`投诉编号${number}`);
      expect(text).toContain('投诉地点6-1-0302');
      expect(text.replace(/\d+\./g, '')).toContain(part);
      const html = await get(htmlPath as string);
      expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await html.text()).toContain(`<h1>${title}</h1>`);
    }
  });

  rule('CMP-11', 'a version has what it had, and who has received it', async () => {
    const [first, second] = await Promise.all(
      ['D1', 'D2'].map(async (mark) => (await get(await pathOf(mark, 'htmlPath'))).text()),
    );
    expect(first).toContain('&lt;script&gt;alert(&quot;修好&quot;)&lt;/script&gt;');
    expect(first).not.toMatch(/<script|道歉/);
    expect(first).toContain('<dd>1（最新为第 2 版）</dd>');
    expect(second).toContain('<p>修好并道歉</p>');
    const tail = (who: Principal): string => `（员工 ${who.staffId.slice(-8)}）`;
    expect(second).toContain(
      `<td>品质运营中心</td><td>2026-03-02 15:10</td><td>客户服务部${tail(desk.quality)}</td>`,
    );
    expect(second).toContain('<td>分管领导</td><td>尚未签收</td><td>—</td>');
    expect(second).toContain(`<dt>填写人</dt><dd>客户服务部${tail(desk.lin)}</dd>`);
    expect(second).toContain('<dt>涉及客户（位）</dt><dd>2</dd>');
  });

  rule('CMP-13', 'the graph says who wrote each', async () => {
    const writers = (await documents()).map(({ document, byStaff }) => [document, (byStaff as Row)['id']]);
    expect(writers).toContainEqual(['COMPANY_DEMAND_FORM', desk.quality.staffId]);
    expect(writers).toContainEqual(['SPECIAL_REPORT', desk.lin.staffId]);
  });

  it('is in the language that is asked for, else in that of the browser', async () => {
    const path = await pathOf('S1', 'htmlPath');
    const asked = await (await get(`${path}?language=en`)).text();
    expect(asked).toContain('<html lang="en">');
    expect(asked).toContain('<h1>Special report</h1>');
    const accepted = await get(path, 'lin', { headers: { 'accept-language': 'en' } });
    expect(await accepted.text()).toBe(asked);
    expect(await (await get(path)).text()).toContain('<html lang="zh-CN">');
    const pdf = await get(`${await pathOf('S1', 'pdfPath')}?language=en`);
    expect(pdf.headers.get('content-disposition')).toContain(`filename="Special report-${number}-S1.pdf"`);
  });

  it.each([
    ['without a token', 'CASE/D1.pdf', null, 401, 'UNAUTHENTICATED'],
    ['without the right to read cases', 'CASE/D1.pdf', 'guard', 403, 'FORBIDDEN'],
    ['with the right to the report alone', 'CASE/D1.html', 'bi', 403, 'FORBIDDEN'],
    ['of a project that is not the reader’s', 'CASE/D1.pdf', 'stranger', 404, 'NOT_FOUND'],
    ['of a case that there is not', 'NONE/D1.pdf', 'lin', 404, 'NOT_FOUND'],
    ['in a version that there is not', 'CASE/D3.pdf', 'lin', 404, 'NOT_FOUND'],
    ['of a kind that there is not', 'CASE/X1.pdf', 'lin', 404, 'NOT_FOUND'],
    ['in a format that there is not', 'CASE/D1.docx', 'lin', 404, 'NOT_FOUND'],
    ['of what is no case', 'JX/D1.pdf', 'lin', 404, 'NOT_FOUND'],
    ['without saying which', 'CASE', 'lin', 404, 'NOT_FOUND'],
    ['in a language that it is not in', 'CASE/D1.pdf?language=fr', 'lin', 400, 'BAD_USER_INPUT'],
  ])('%s it is not given', async (_name, place, who, status, code) => {
    const path = `/files/complaints/documents/${place.replace('CASE', id).replace('NONE', newId())}`;
    const answer = await get(path, who);
    const { errors } = (await answer.json()) as { errors: { extensions: Row }[] };
    expect([answer.status, errors[0]!.extensions['code']]).toEqual([status, code]);
  });

  it('is asked for without its content, and not changed', async () => {
    const path = await pathOf('N1', 'pdfPath');
    const head = await get(path, 'lin', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000);
    expect(await head.text()).toBe('');
    const posted = await get(path, 'lin', { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});
