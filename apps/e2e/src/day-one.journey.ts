import { dayOneEndsAt, dayOneQuery, playDayOne } from '@anju/demonstration';
import { rule } from '@anju/testing';
import { describePages } from './day-one-pages';
import { describeSealed } from './day-one-sealed';
import { DayOne, shanghai, type Values } from './day-one-stage';

/** Played once; every test looks at what is so afterwards, as the roles named see it. */
describe('day one at 锦绣花园', () => {
  let day: DayOne;

  beforeAll(async () => {
    day = await DayOne.play();
  });

  afterAll(() => day.close());

  rule(
    ['REC-01', 'REC-02', 'REC-03', 'REC-04', 'REC-10'],
    '09:02 the tap: numbered, own repair, mended in time, closed as 已完成',
    async () => {
      const contact = await day.contactOf(
        'wangxiulan',
        'number label proposedClass confirmedClass owner { name } workOrders { status technician { name } doneAt confirmedAt } history { command }',
      );
      expect(contact).toMatchObject({
        number: 'JX-20260302-001',
        label: '已完成',
        proposedClass: 'OWN_REPAIR',
        confirmedClass: 'OWN_REPAIR',
        owner: { name: '周敏' },
        workOrders: [{ status: 'CONFIRMED', technician: { name: '李强' }, doneAt: shanghai('03-02 10:40') }],
      });
      expect((contact['history'] as { command: string }[]).map((entry) => entry.command)).toEqual([
        'recordInteraction',
        'confirmInteractionClass',
        'tellCustomer',
        'closeInteraction',
      ]);
    },
  );

  rule(
    ['REC-02', 'REC-13'],
    '09:15 the wall: inside the warranty, two signatures in order, confirmed on Wednesday',
    async () => {
      expect(
        await day.contactOf('chenwei', 'number label confirmedClass uninformedAt rectifications { status }'),
      ).toMatchObject({
        number: 'JX-20260302-002',
        label: '已完成',
        confirmedClass: 'RECTIFICATION',
        uninformedAt: null,
        rectifications: [{ status: 'COMPLETED' }],
      });
    },
  );

  rule(
    'REC-14',
    '09:30 the broadband: flagged at 15:00:00 by itself, the telecom arrived 16:10',
    async () => {
      expect(
        await day.contactOf(
          'liuyang',
          'label confirmedClass followUps { category flaggedAt arrivedAt leftAt }',
        ),
      ).toMatchObject({
        label: '已完成',
        confirmedClass: 'VENDOR',
        followUps: [
          {
            category: 'VENDOR',
            flaggedAt: shanghai('03-02 15:00'),
            arrivedAt: shanghai('03-02 16:10'),
            leftAt: shanghai('03-02 16:10'),
          },
        ],
      });
    },
  );

  rule(
    ['REC-17', 'CMP-02', 'CMP-05', 'CMP-11', 'CMP-12', 'CMP-14'],
    '10:05 the lift: one case of twelve, class 1, major at once, and every clock kept to its end',
    async () => {
      const contact = await day.contactOf(
        'lift1',
        `label complaint { number status causeClass severity groupSize members { customer { name } }
          clocks { kind dueAt status } returnVisits { satisfaction } closedAt }`,
      );
      expect(contact).toMatchObject({
        label: '已完成',
        complaint: {
          number: 'JX-C20260302-001',
          status: 'CLOSED',
          causeClass: 'CLASS_1',
          severity: 'MAJOR',
          groupSize: 12,
          returnVisits: [{ satisfaction: 4 }],
          closedAt: shanghai('03-12 11:00'),
        },
      });
      const { clocks } = contact['complaint'] as {
        clocks: { kind: string; dueAt: string; status: string }[];
      };
      expect(clocks.map(({ kind, dueAt, status }) => `${kind} ${dueAt} ${status}`).sort()).toEqual([
        `DEMAND_FORM ${shanghai('03-03 10:05')} MET`,
        `RESPONSE ${shanghai('03-03 10:05')} MET`,
        `RETURN_VISIT ${shanghai('03-09 10:00')} MET`,
        `SPECIAL_REPORT ${shanghai('03-13 10:00')} MET`,
      ]);
    },
  );

  rule(
    ['REC-35', 'REC-37', 'REC-38'],
    '13:10 moving out: refused while fees were unpaid, then issued and redeemed once',
    async () => {
      const { releaseSlips, receipts } = await day.ask<{
        releaseSlips: { nodes: object[] };
        receipts: { nodes: object[] };
      }>(
        'linfang',
        `{ releaseSlips { nodes { kind status refusals { reasons { what months amount } } issuedAt redemption { redeemedAt } ownerCall { consents } } }
         receipts { nodes { number amount method invoiceToFollow covers { month amount } } } }`,
      );
      expect(releaseSlips.nodes).toMatchObject([
        {
          kind: 'TENANT',
          status: 'REDEEMED',
          ownerCall: { consents: true },
          issuedAt: shanghai('03-02 13:25'),
          redemption: { redeemedAt: shanghai('03-02 14:10') },
        },
      ]);
      expect(JSON.stringify(releaseSlips.nodes[0])).toContain(
        '"what":"FEES_UNPAID","months":2,"amount":"625.24"',
      );
      expect(receipts.nodes).toMatchObject([
        {
          number: 'JX-R-20260302-001',
          amount: '625.24',
          method: 'CASH',
          invoiceToFollow: true,
          covers: [
            { month: '2026-01', amount: '312.62' },
            { month: '2026-02', amount: '312.62' },
          ],
        },
      ]);
    },
  );

  rule(
    'REC-23',
    '18:00 the shift: cash equals receipts, one special note, accepted by the next shift',
    async () => {
      const { shifts } = await day.ask<{ shifts: { nodes: object[] } }>(
        'linfang',
        '{ shifts { nodes { status specialNotes count { differences { of } expected { cash receipts } counted { cash receipts } } } } }',
      );
      const drawer = { cash: '625.24', receipts: 1 };
      expect(shifts.nodes).toMatchObject([
        {
          status: 'ACCEPTED',
          specialNotes: [expect.stringContaining('电梯')],
          count: { differences: [], expected: drawer, counted: drawer },
        },
      ]);
    },
  );

  rule(
    ['SAL-01', 'SAL-02'],
    '11:30 the visitor: need, budget and source on record, homes proposed, won with her contract',
    async () => {
      const { leads } = await day.ask<{ leads: { nodes: object[] } }>(
        'hejing',
        `{ leads(filter: { kind: VISIT, source: [REFERRAL] }) { nodes {
          number status customer { name } consultant { name } need { bedrooms largestArea budget }
          proposals { units { home } } sale { number } followUpMissedAt underFollowed } } }`,
      );
      expect(leads.nodes).toEqual([
        {
          number: 'JX-L20260302-001',
          status: 'WON',
          customer: { name: '马丽' },
          consultant: { name: '何静' },
          need: { bedrooms: 3, largestArea: '95.00', budget: '1500000.00' },
          proposals: [{ units: [{ home: '8-1-1502' }, { home: '8-1-1602' }] }],
          sale: { number: 'JX-S20260302-001' },
          followUpMissedAt: null,
          underFollowed: false,
        },
      ]);
    },
  );

  rule(['SAL-03', 'DIR-01'], '14:00 the home: subscribed then, contracted at 16:00, sold once', async () => {
    const { unit } = await day.ask<{ unit: object }>(
      'hejing',
      `query($id: ID!) { unit(id: $id) {
          status history { command from to at }
          sales { totalCount nodes { number status heldAt customers { name } } }
        } }`,
      { id: day.unit('8-1-1502') },
    );
    const step = { command: 'takeSaleStep' };
    expect(unit).toMatchObject({
      status: 'CONTRACTED',
      history: [
        { command: 'registerUnit', to: 'FOR_SALE' },
        { ...step, from: 'FOR_SALE', to: 'SUBSCRIBED', at: shanghai('03-02 14:00') },
        { ...step, from: 'SUBSCRIBED', to: 'CONTRACTED', at: shanghai('03-02 16:00') },
      ],
      sales: {
        totalCount: 1,
        nodes: [
          {
            number: 'JX-S20260302-001',
            status: 'CONTRACTED',
            heldAt: shanghai('03-02 14:00'),
            customers: [{ name: '马丽' }],
          },
        ],
      },
    });
  });

  rule(
    ['SAL-01', 'SAL-02', 'SAL-03'],
    '14:00 the two who came too late: nothing is written for them, and they are followed up as often as they are owed',
    async () => {
      const { leads } = await day.ask<{ leads: { nodes: object[] } }>(
        'hejing',
        `{ leads(filter: { source: [PASSING_BY, WEB] }) { nodes {
          kind status customer { name } sale { id } countedFollowUps requiredFollowUps overdue underFollowed
          followUpMissedAt followUps { at } suitableUnits { unit { home } } history { command } } } }`,
      );
      const kept = { sale: null, overdue: false, underFollowed: false, followUpMissedAt: null };
      const suitableUnits = [{ unit: { home: '8-1-1602' } }];
      const followUp = { command: 'followUpLead' };
      expect(leads.nodes).toEqual([
        {
          ...kept,
          ...{ kind: 'CALL', status: 'CLOSED', customer: { name: '许芳' }, suitableUnits },
          ...{ countedFollowUps: 2, requiredFollowUps: 2 },
          followUps: [{ at: shanghai('03-04 10:00') }, { at: shanghai('03-10 10:00') }],
          history: [{ command: 'recordLead' }, followUp, followUp, { command: 'closeLead' }],
        },
        {
          ...kept,
          ...{ kind: 'VISIT', status: 'OPEN', customer: { name: '黄磊' }, suitableUnits },
          ...{ countedFollowUps: 3, requiredFollowUps: 3 },
          followUps: [
            { at: shanghai('03-04 10:00') },
            { at: shanghai('03-10 10:00') },
            { at: shanghai('03-16 10:00') },
          ],
          history: [{ command: 'recordLead' }, followUp, followUp, followUp],
        },
      ]);
    },
  );

  rule(
    ['SAL-10', 'SAL-11', 'SAL-12'],
    '16:00 the contract: everything ready, signed online by 许晴, checked by a second person, in the ledger, filing due 1 April',
    async () => {
      const { project } = await day.ask<{ project: object }>(
        'fengxue',
        `query($id: ID!) { project(id: $id) {
          readiness { status missing items { item } }
          contracts { totalCount nodes {
            number unit { home } buyers { share customer { name } } area unitPrice discountApproval { by }
            price { listTotal discountPercent total } signing { number by } checks { by findings } filingDueAt
          } }
        } }`,
        { id: day.platform.setting.projectId },
      );
      expect(project).toMatchObject({
        readiness: { status: 'COMPLETE', missing: [], items: { length: 9 } },
        contracts: {
          totalCount: 1,
          nodes: [
            {
              number: 'JX-HT20260302-001',
              unit: { home: '8-1-1502' },
              buyers: [
                { share: '70.00', customer: { name: '马丽' } },
                { share: '30.00', customer: { name: '王秀兰' } },
              ],
              ...{ area: '89.32', unitPrice: '15800.00', discountApproval: null },
              price: { listTotal: '1411256.00', discountPercent: '1.00', total: '1397143.44' },
              signing: { number: 'WQ20260302-0815', by: day.staffId('xuqing') },
              checks: [{ by: day.staffId('fangyuan'), findings: null }],
              filingDueAt: shanghai('04-01 16:00'),
            },
          ],
        },
      });
    },
  );

  rule(
    ['SAL-12', 'SAL-20', 'SAL-21', 'COM-02'],
    '20 March: filed and returned after 18 days, the buyers told, the mortgage case opened with its documents',
    async () => {
      const { contracts } = await day.ask<{ contracts: { nodes: object[] } }>(
        'dengchao',
        `{ contracts(filter: { filedFrom: "2026-03-20T00:00:00+08:00" }) { nodes {
          status filedAt filingNumber filingMissedAt tellDueAt tellMissedAt deedTaxDueOn returnTellings { toldAt channel }
          mortgages { nodes { number status loanKind openedAt borrowers { familyState customer { name } }
            documents { document copies } documentsMissing lender { name } chasedAt } }
        } } }`,
      );
      const telling = { toldAt: shanghai('03-20 15:00'), channel: 'PHONE' };
      const once = (document: string) => ({ document, copies: 1 });
      expect(contracts.nodes).toEqual([
        {
          status: 'FILED',
          filedAt: shanghai('03-20 15:00'),
          filingNumber: 'BA-2026-03-0571',
          filingMissedAt: null,
          tellDueAt: shanghai('03-23 15:00'),
          tellMissedAt: null,
          deedTaxDueOn: '2026-05-31',
          returnTellings: [telling, telling],
          mortgages: {
            nodes: [
              {
                number: 'JX-M20260320-001',
                status: 'SUBMITTED',
                loanKind: 'COMBINED',
                openedAt: shanghai('03-20 15:00'),
                borrowers: [{ familyState: 'MARRIED', customer: { name: '马丽' } }],
                documents: [
                  ...['FILED_CONTRACT', 'DOWN_PAYMENT_INVOICE'].map(once),
                  { document: 'IDENTITY_CARD', copies: 3 },
                  { document: 'HOUSEHOLD_REGISTER', copies: 2 },
                  ...['INCOME_PROOF', 'BANK_STATEMENT', 'CREDIT_REPORT_CONSENT'].map(once),
                  ...['PROVIDENT_FUND_RECORD', 'PROVIDENT_FUND_APPLICATION', 'MARRIAGE_CERTIFICATE'].map(
                    once,
                  ),
                  { document: 'SPOUSE_IDENTITY_CARD', copies: 3 },
                  once('SPOUSE_CONSENT'),
                ],
                documentsMissing: 0,
                lender: { name: '江城银行' },
                chasedAt: null,
              },
            ],
          },
        },
      ]);
      const { customers } = await day.ask<{ customers: { nodes: object[] } }>(
        'linfang',
        '{ customers(filter: { search: "马丽" }) { nodes { messages { nodes { kind subject saidAt byStaff { name } } } } } }',
      );
      expect(customers.nodes).toEqual([
        {
          messages: {
            nodes: [
              {
                kind: 'NOTICE',
                subject: 'CONTRACT',
                saidAt: shanghai('03-20 15:00'),
                byStaff: { name: '许晴' },
              },
            ],
          },
        },
      ]);
    },
  );

  rule('SAL-50', 'April: the sales report of March, as it was sent to finance, and frozen', async () => {
    const { salesReports } = await day.ask<{ salesReports: { nodes: { id: string }[] } }>(
      'zhangli',
      `{ salesReports { nodes { id month status openedAt dueAt sentAt missedAt totals { contracts area total loan }
        lines { signedOn unit { home } total } corrections { reason } } } }`,
    );
    expect(salesReports.nodes).toMatchObject([
      { month: '2026-04', status: 'GATHERING', openedAt: null },
      {
        month: '2026-03',
        status: 'SENT',
        openedAt: shanghai('04-01 00:00'),
        sentAt: shanghai('04-01 09:30'),
        missedAt: null,
        totals: { contracts: 1, area: '89.32', total: '1397143.44', loan: '900000.00' },
        lines: [{ signedOn: '2026-03-02', unit: { home: '8-1-1502' }, total: '1397143.44' }],
        corrections: [],
      },
    ]);
    const input = { salesReportId: salesReports.nodes[1]!.id };
    const { teller } = day.platform;
    expect((await teller.refused('fangyuan', 'sendSalesReport', input)).code).toBe(
      'SALES_REPORT_NOT_IN_REQUIRED_STATUS',
    );
    const correction = { ...input, reason: '核对' };
    expect((await teller.refused('fangyuan', 'correctSalesReport', correction)).code).toBe(
      'SALES_REPORT_ALREADY_RIGHT',
    );
  });

  rule(
    ['APR-02', 'APR-05', 'APR-10', 'APR-11'],
    "April: 周敏's appraisal of March shows the day's evidence, decided on, announced and acknowledged",
    async () => {
      const { staff } = await day.ask<{ staff: object }>(
        'zhoumin',
        `query($id: ID!) { staff(id: $id) {
          evidence { nodes { kind occurredAt status views { text } decision { scored { direction points } } } }
          appraisals { nodes { kind periodFrom periodTo status total scheme { position } schemeVersion deductions { points }
            commendations { points evidence { kind } } openedBy { name } announcedAt acknowledgedAt } }
        } }`,
        { id: day.staffId('zhoumin') },
      );
      expect(staff).toMatchObject({
        evidence: {
          nodes: [
            {
              kind: 'PARTNER_LATE',
              occurredAt: shanghai('03-02 15:00'),
              status: 'SCORED',
              views: [{ text: expect.stringContaining('16:10') }],
              decision: { scored: { direction: 'ADDITION', points: '1.00' } },
            },
          ],
        },
        appraisals: {
          nodes: [
            {
              ...{ kind: 'MONTHLY', periodFrom: '2026-03-01', periodTo: '2026-03-31' },
              ...{ status: 'ACKNOWLEDGED', total: '101.00', deductions: [] },
              ...{ scheme: { position: 'FRONT_DESK' }, schemeVersion: 1, openedBy: { name: '钱进' } },
              commendations: [{ points: '1.00', evidence: { kind: 'PARTNER_LATE' } }],
              announcedAt: shanghai('04-02 09:30'),
              acknowledgedAt: shanghai('04-02 17:00'),
            },
          ],
        },
      });
      const handler = await day.ask<{ staff: object }>(
        'qianjin',
        'query($id: ID!) { staff(id: $id) { evidence { nodes { kind satisfaction suggestion { points } status } } } }',
        { id: day.staffId('linfang') },
      );
      expect(handler.staff).toEqual({
        evidence: {
          nodes: [{ kind: 'RETURN_VISIT_SCORE', satisfaction: 4, suggestion: null, status: 'SUGGESTED' }],
        },
      });
    },
  );

  rule(
    ['REC-05', 'CMP-05', 'CMP-11', 'CMP-12', 'SAL-01', 'SAL-12', 'SAL-21', 'SAL-50', 'APR-11'],
    'every clock of every service was kept, but for the promise of the telecom',
    async () => {
      expect(await day.missed()).toEqual([`PROMISED_ARRIVAL ${shanghai('03-02 15:00')}`]);
    },
  );

  it('shows a customer with home, contract, repairs, complaints and messages together, and March in the metrics', async () => {
    const answer = await day.ask<Values & { customers: { nodes: object[] } }>('linfang', dayOneQuery);
    expect(answer.customers.nodes).toMatchObject([
      {
        name: '王秀兰',
        homes: [{ home: '3-2-1201', status: 'HANDED_OVER', warrantyEndsOn: '2025-06-30' }],
        contracts: {
          nodes: [{ number: 'JX-HT20260302-001', status: 'FILED', unit: { home: '8-1-1502' } }],
        },
        interactions: {
          nodes: [
            { number: 'JX-20260302-001', workOrders: [{ technician: { name: '李强' } }], complaint: null },
          ],
        },
        complaints: { nodes: [] },
        messages: {
          nodes: [
            { kind: 'NOTICE', channel: 'PHONE', saidAt: shanghai('03-20 15:00'), byStaff: { name: '许晴' } },
            { kind: 'REPLY', channel: 'PHONE', saidAt: shanghai('03-02 10:55'), byStaff: { name: '周敏' } },
          ],
        },
      },
    ]);
    expect(Object.fromEntries(answer.metrics.map(({ metric, value }) => [metric, value]))).toEqual({
      service_items: '3',
      complaints_received: '1',
      complaints_major: '1',
      responses_within_one_working_day: '100.00',
      return_visits_within_three_days: '100.00',
      contracts_signed: '1',
      filing_days: '18.00',
    });
  });

  rule(
    ['INS-01', 'CMP-05', 'CMP-12', 'SAL-11', 'SAL-12', 'COM-02'],
    "March equals a count of the page by hand, in the graph and by SQL in the metrics' own database",
    async () => {
      // What the graph shows; by SQL what was counted, and of how many.
      const byHand: Readonly<Record<string, readonly [string, number, number | null]>> = {
        service_items: ['3', 3, null],
        complaints_received: ['1', 1, null],
        complaints_major: ['1', 1, null],
        responses_within_one_working_day: ['100.00', 1, 1],
        return_visits_within_three_days: ['100.00', 1, 1],
        satisfaction: ['4.00', 4, 1],
        leads_received: ['3', 3, null],
        lead_follow_ups_made: ['5', 5, null],
        lead_follow_ups_missed: ['0', 0, null],
        leads_won: ['1', 1, null],
        units_subscribed: ['1', 1, null],
        contracts_signed: ['1', 1, null],
        contracts_amount: ['1397143.44', 1_397_143.44, null],
        contracts_filed: ['1', 1, null],
        filing_days: ['18.00', 18, 1],
        buyers_told_of_return: ['100.00', 1, 1],
        mortgages_opened: ['1', 1, null],
        // Tap, broadband, wall twice, lift; the lift's case four times; the contract twice.
        customer_words: ['11', 11, null],
        evidence_arrived: ['2', 2, null],
      };
      const ids = Object.keys(byHand);
      const [from, to] = ['2026-03-01', '2026-03-31'];
      const shown = Object.fromEntries(ids.map((id) => [id, byHand[id]![0]]));
      expect(await day.metrics('bi', from, to, ids)).toEqual(shown);
      const counted: Record<string, unknown> = {};
      for (const id of ids) counted[id] = await day.metricBySql(id, from, to);
      expect(counted).toEqual(
        Object.fromEntries(Object.entries(byHand).map(([id, [, one, of]]) => [id, [one, of]])),
      );
    },
  );

  describePages(() => day);
  describeSealed(() => day);

  it("gives the day's figures to a BI reader, who sees no customer", async () => {
    const { metrics } = await day.ask<Values>(
      'bi',
      `{ metrics(input: { from: "2026-03-02", to: "2026-03-02", metrics: [contacts_received, work_orders_on_time, vendor_promises_missed, fees_collected, release_slips_refused, shifts_handed_over] }) { metric value } }`,
    );
    expect(Object.fromEntries(metrics.map(({ metric, value }) => [metric, value]))).toEqual({
      contacts_received: '4',
      work_orders_on_time: '100.00',
      vendor_promises_missed: '1',
      fees_collected: '625.24',
      release_slips_refused: '1',
      shifts_handed_over: '1',
    });
    const { errors } = await day.platform.teller.ask('bi', '{ customers { totalCount } }');
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  rule(['INS-02', 'INS-03'], 'rebuilt from the log, the metrics are the same', async () => {
    const query = `{ metrics(input: { from: "2026-03-01", to: "2026-03-31", period: DAY, dimensions: ["class"] }) { metric period value dimensions { value } } }`;
    const before = await day.ask<Values>('bi', query);
    await day.ask('admin', 'mutation { rebuildInsightsConsumer(consumer: "insights.facts") }');
    await day.platform.running.settled();
    expect(await day.ask<Values>('bi', query)).toEqual(before);
  });

  it('changes nothing when it is played again with the same keys', async () => {
    const count = `{ interactions { totalCount } complaints { totalCount } workOrders { totalCount } receipts { totalCount }
      customers { totalCount } leads { totalCount } sales { totalCount } contracts { totalCount } mortgages { totalCount }
      salesReports { totalCount } appraisals { totalCount } customerWords { totalCount } }`;
    const before = await day.ask('auditor', count);
    const again = await day.platform.replay();
    await playDayOne(again.teller, again.setting);
    expect(await day.ask('auditor', count)).toEqual(before);
    expect(await day.platform.running.now()).toEqual(dayOneEndsAt);
  });
});
