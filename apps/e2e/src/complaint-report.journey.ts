import { pdfPages, rule, withoutSpaces } from '@anju/testing';
import { AnotherDay } from './another-day';
import { Complaints } from './another-day-case';
import { signIn } from './graph-client';

interface Share {
  readonly part: number;
  readonly whole: number;
  readonly percent: string | null;
}

interface Report {
  readonly received: { readonly current: number };
  readonly receivedAndOpen: { readonly current: number };
  readonly hoursToResolution: { readonly current: string | null };
  readonly bySeverity: readonly { readonly severity: string; readonly current: number }[];
  readonly clocks: readonly { readonly kind: string; readonly current: { readonly keptShare: Share } }[];
  readonly secondComplaints: { readonly current: Share };
  readonly satisfaction: {
    readonly visits: { readonly current: number };
    readonly points: readonly number[];
  };
}

const share = 'part whole percent';
const reportQuery = `query($input: ComplaintReportInput!) { complaintReport(input: $input) {
  received { current } receivedAndOpen { current } hoursToResolution { current }
  bySeverity { severity current } clocks { kind current { keptShare { ${share} } } }
  secondComplaints { current { ${share} } } satisfaction { visits { current } points } } }`;

const march = { from: '2026-03-01', to: '2026-03-31' };

/**
 * In one process: what lies between processes is seen of all metrics in the generated month, and in the journey of files
 * of what goes through the gateway as it is.
 */
describe('a month of complaints and its report', () => {
  let day: AnotherDay;
  let complaints: Complaints;

  beforeAll(async () => {
    day = await AnotherDay.from('2026-03-02 08:30');
    complaints = new Complaints(day);
    const subjects = [
      { topic: 'LIFT', building: '6' },
      { topic: 'NOISE', building: '3' },
      { topic: 'WALL', building: '5' },
      { topic: 'LIFT', building: '6' },
      { topic: 'PARKING', building: '1' },
    ];
    for (const [n, subject] of subjects.entries()) {
      await day.at(`2026-03-${String(2 + 3 * n).padStart(2, '0')} 10:00`);
      const id = await complaints.caseOf(await complaints.call(`lift${n + 1}`, subject));
      if (n === 4) continue;
      await complaints.do('linfang', 'acknowledgeComplaint', {
        ...{ id, channel: 'PHONE', thanksGiven: true },
        ...{ responsibleDepartment: 'EQUIPMENT', handlerId: day.staff('linfang') },
      });
      // The third is late: it came on a Sunday, and its response was due on Monday at 18:00.
      if (n === 2) await day.at('2026-03-10 12:00');
      await complaints.do('linfang', 'respondToComplaint', { id, channel: 'PHONE', text: '已安排维修' });
      if (n === 3) continue;
      await complaints.do('linfang', 'resolveComplaint', { id, result: '已修复' });
      const customerId = day.customer(`lift${n + 1}`);
      const visit = { id, customerId, channel: 'PHONE', satisfaction: n === 1 ? 2 : 5 };
      await complaints.do('linfang', 'recordReturnVisit', visit);
      if (n === 0) await complaints.do('linfang', 'closeComplaint', { id });
    }
    await regroup();
    await day.at('2026-03-31 20:00');
    await day.settled();
  });

  /** One that came back and one whose reply was missed end in an open case, which is resolved; one is split. */
  async function regroup(): Promise<void> {
    await day.at('2026-03-20 10:00');
    const again = await complaints.caseOf(await complaints.call('lift6', { topic: 'LIFT', building: '6' }));
    const goesOn = await complaints.caseOf(await complaints.call('lift7', { topic: 'LIFT', building: '6' }));
    const lin = (command: string, input: object) => complaints.do('linfang', command, input);
    for (const id of [again, goesOn]) {
      await lin('acknowledgeComplaint', {
        ...{ id, channel: 'PHONE', thanksGiven: true },
        ...{ responsibleDepartment: 'EQUIPMENT', handlerId: day.staff('linfang') },
      });
    }
    await lin('respondToComplaint', { id: again, channel: 'PHONE', text: '已安排维修' });
    await lin('resolveComplaint', { id: again, result: '已修复' });
    const unhappy = { id: again, customerId: day.customer('lift6'), channel: 'PHONE', satisfaction: 1 };
    await lin('recordReturnVisit', unhappy);
    const { id: web } = await complaints.do('linfang', 'fileComplaint', {
      ...{ projectId: day.projectId, causeClass: 'CLASS_1', topic: 'LIFT', content: '电梯又停了' },
      ...{ channel: 'WEB', customerIds: [day.customer('lift8'), day.customer('lift9')] },
    });
    await day.at('2026-03-20 14:30');
    for (const id of [again, web]) {
      await lin('joinComplaintInto', { id, intoComplaintId: goesOn, reason: '同一部电梯' });
    }
    await day.at('2026-03-20 15:00');
    await lin('splitComplaint', {
      ...{ id: goesOn, customerIds: [day.customer('lift9')], causeClass: 'CLASS_1', topic: 'NOISE' },
      ...{ content: '电梯机房太吵', reason: '另一件事' },
    });
    await lin('draftComplaintReply', {
      ...{ id: goesOn, audience: 'CUSTOMER', statesMeasures: true, text: '今日更换门机' },
    });
    await lin('submitComplaintReply', { id: goesOn, sequence: 1 });
    await complaints.do('zhaojianguo', 'approveComplaintReply', { id: goesOn, sequence: 1, revision: 1 });
    await complaints.do('shenyue', 'sendComplaintReply', { id: goesOn, sequence: 1, channel: 'WEB' });
    await lin('resolveComplaint', { id: goesOn, result: '已更换' });
  }

  afterAll(() => day?.close());

  async function report(account: string): Promise<Report> {
    const { complaintReport } = await day.ask<{ complaintReport: Report }>(account, reportQuery, {
      input: { ...march, projectIds: [day.projectId] },
    });
    return complaintReport;
  }

  rule(
    ['CMP-16', 'INS-02'],
    'each figure that the report and the metrics both have is the same',
    async () => {
      const made = await report('bi');
      const metrics = await day.metrics(march.from, march.to);
      const of = (kind: string): string => {
        const found = made.clocks.find((clock) => clock.kind === kind)?.current.keptShare;
        return `${found?.part ?? 0}/${found?.whole ?? 0}`;
      };
      const { current: second } = made.secondComplaints;
      const { visits, points } = made.satisfaction;
      const sum = points.reduce((total, count, index) => total + count * (index + 1), 0);
      expect({
        complaints_received: `${made.received.current}/`,
        complaints_open: `${made.receivedAndOpen.current}/`,
        complaints_major: `${made.bySeverity.find(({ severity }) => severity === 'MAJOR')!.current}/`,
        second_complaints: `${second.part}/${second.whole}`,
        responses_within_one_working_day: of('RESPONSE'),
        replies_within_four_hours: of('REPLY'),
        measures_by_closing_time: of('MEASURES'),
        demand_forms_on_time: of('DEMAND_FORM'),
        special_reports_on_time: of('SPECIAL_REPORT'),
        return_visits_within_three_days: of('RETURN_VISIT'),
        satisfaction: `${sum}/${visits.current}`,
      }).toEqual(
        Object.fromEntries(
          [
            'complaints_received',
            'complaints_open',
            'complaints_major',
            'second_complaints',
            'responses_within_one_working_day',
            'replies_within_four_hours',
            'measures_by_closing_time',
            'demand_forms_on_time',
            'special_reports_on_time',
            'return_visits_within_three_days',
            'satisfaction',
          ].map((id) => [id, whole(metrics[id] ?? '0/0')]),
        ),
      );
      const { metrics: hours } = await day.ask<{ metrics: { value: string | null }[] }>(
        'bi',
        'query($input: MetricsInput!) { metrics(input: $input) { value } }',
        { input: { ...march, metrics: ['complaint_hours_to_resolution'] } },
      );
      expect(Number(made.hoursToResolution.current)).toBe(Number(hours[0]!.value));
      // Figures that were all nothing would prove nothing.
      expect(made.received.current).toBe(9);
      expect(visits.current).toBe(4);
      // The case that came back and was joined counts with the one in which it ended.
      expect(second).toEqual({ part: 2, whole: 4, percent: '50.00' });
      // The reply that was missed before the joining was missed once; the split-off case owes its own.
      expect(of('REPLY')).toBe('0/2');
    },
  );

  rule('CMP-16', 'it is printed through the gateway with the same token and the same rights', async () => {
    const manager = await signIn(day.platform, ['PROJECT_MANAGER']);
    const guard = await signIn(day.platform, ['LOBBY_GUARD']);
    const place = (format: string): URL =>
      new URL(
        `/files/complaints/report.${format}?from=${march.from}&to=${march.to}&project=${day.projectId}`,
        manager.url,
      );
    const get = (format: string, token: string | null): Promise<Response> =>
      fetch(place(format), { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
    const pdf = await get('pdf', manager.token);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(pdf.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('投诉报告')}-JX-2026-03.pdf`,
    );
    const text = pdfPages(Buffer.from(await pdf.arrayBuffer()))
      .map(withoutSpaces)
      .join('');
    expect(text).toContain('客户投诉处理情况报告');
    expect(text).toContain('受理投诉90+9');
    const html = await get('html', manager.token);
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await html.text()).toContain('<td>受理投诉</td><td class="right">9</td>');
    expect((await get('pdf', null)).status).toBe(401);
    expect((await get('pdf', guard.token)).status).toBe(403);
  });

  rule('REC-17', 'what a caller said is in the case and is searched, though no event says it', async () => {
    const { complaints: found } = await day.ask<{ complaints: { nodes: { content: string }[] } }>(
      'linfang',
      'query($f: ComplaintFilter) { complaints(filter: $f) { nodes { content } } }',
      { f: { topic: 'LIFT' } },
    );
    expect(found.nodes).toHaveLength(5);
    const [{ content }] = found.nodes as [{ content: string }];
    const word = [...content].slice(0, 2).join('');
    const { complaints: searched } = await day.ask<{ complaints: { nodes: { content: string }[] } }>(
      'linfang',
      'query($f: ComplaintFilter) { complaints(filter: $f) { nodes { content } } }',
      { f: { search: word } },
    );
    expect(searched.nodes.map((node) => node.content)).toContain(content);
  });
});

/** Numerators are decimals: `19.0000/5` → `19/5`. */
function whole(value: string): string {
  return value
    .split('/')
    .map((part) => (part === '' ? '' : String(Number(part))))
    .join('/');
}
