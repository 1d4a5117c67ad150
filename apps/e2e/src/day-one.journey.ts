import { dayOneBeginsAt, dayOneEndsAt, dayOneQuery, playDayOne } from '@anju/demonstration';
import { rule } from '@anju/testing';
import { startPlatform, type Platform } from './platform';

interface Values {
  readonly metrics: readonly { readonly metric: string; readonly value: string | null }[];
}

function shanghai(text: string): string {
  return new Date(`${text}:00+08:00`).toISOString();
}

/** Played once; every test looks at what is so afterwards, as the roles named see it. */
describe('day one at 锦绣花园', () => {
  let platform: Platform;

  beforeAll(async () => {
    platform = await startPlatform(dayOneBeginsAt);
    await playDayOne(platform.teller, platform.setting);
  });

  afterAll(() => platform.close());

  async function ask<Data>(account: string, query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await platform.teller.ask<Data>(account, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data!;
  }

  async function contactOf(customer: string, selection: string): Promise<Record<string, unknown>> {
    const { customer: found } = await ask<{
      customer: { interactions: { nodes: Record<string, unknown>[] } };
    }>(
      'linfang',
      `query($id: ID!) { customer(id: $id) { interactions(first: 1) { nodes { ${selection} } } } }`,
      { id: platform.setting.customerIds.get(customer)! },
    );
    return found.interactions.nodes[0]!;
  }

  rule(
    ['REC-01', 'REC-02', 'REC-03', 'REC-04', 'REC-10'],
    '09:02 the tap: numbered, own repair, mended in time, closed as 已完成',
    async () => {
      const contact = await contactOf(
        'wangxiulan',
        'number label proposedClass confirmedClass owner { name } workOrders { status technician { name } doneAt confirmedAt } history { command }',
      );
      expect(contact).toMatchObject({
        number: 'JX-20260302-001',
        label: '已完成',
        proposedClass: 'OWN_REPAIR',
        confirmedClass: 'OWN_REPAIR',
        owner: { name: '周敏' },
        workOrders: [
          { status: 'CONFIRMED', technician: { name: '李强' }, doneAt: shanghai('2026-03-02T10:40') },
        ],
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
        await contactOf('chenwei', 'number label confirmedClass uninformedAt rectifications { status }'),
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
        await contactOf('liuyang', 'label confirmedClass followUps { category flaggedAt arrivedAt leftAt }'),
      ).toMatchObject({
        label: '已完成',
        confirmedClass: 'VENDOR',
        followUps: [
          {
            category: 'VENDOR',
            flaggedAt: shanghai('2026-03-02T15:00'),
            arrivedAt: shanghai('2026-03-02T16:10'),
            leftAt: shanghai('2026-03-02T16:10'),
          },
        ],
      });
    },
  );

  rule(
    ['REC-17', 'CMP-02', 'CMP-05', 'CMP-11', 'CMP-12', 'CMP-14'],
    '10:05 the lift: one case of twelve, class 1, major at once, and every clock kept to its end',
    async () => {
      const contact = await contactOf(
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
          closedAt: shanghai('2026-03-12T11:00'),
        },
      });
      const { clocks } = contact['complaint'] as {
        clocks: { kind: string; dueAt: string; status: string }[];
      };
      expect(clocks.map(({ kind, dueAt, status }) => `${kind} ${dueAt} ${status}`).sort()).toEqual([
        `DEMAND_FORM ${shanghai('2026-03-03T10:05')} MET`,
        `RESPONSE ${shanghai('2026-03-03T10:05')} MET`,
        `RETURN_VISIT ${shanghai('2026-03-09T10:00')} MET`,
        `SPECIAL_REPORT ${shanghai('2026-03-13T10:00')} MET`,
      ]);
    },
  );

  rule(
    ['REC-35', 'REC-37', 'REC-38'],
    '13:10 moving out: refused while fees were unpaid, then issued and redeemed once',
    async () => {
      const { releaseSlips, receipts } = await ask<{
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
          issuedAt: shanghai('2026-03-02T13:25'),
          redemption: { redeemedAt: shanghai('2026-03-02T14:10') },
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
      const { shifts } = await ask<{ shifts: { nodes: object[] } }>(
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

  it('shows a customer with home, repairs and complaints together, and March in the metrics', async () => {
    const answer = await ask<Values & { customers: { nodes: object[] } }>('linfang', dayOneQuery);
    expect(answer.customers.nodes).toMatchObject([
      {
        name: '王秀兰',
        homes: [{ home: '3-2-1201' }],
        interactions: {
          nodes: [
            { number: 'JX-20260302-001', workOrders: [{ technician: { name: '李强' } }], complaint: null },
          ],
        },
        complaints: { nodes: [] },
      },
    ]);
    expect(Object.fromEntries(answer.metrics.map(({ metric, value }) => [metric, value]))).toEqual({
      service_items: '3',
      complaints_received: '1',
      complaints_major: '1',
      responses_within_one_working_day: '100.00',
      return_visits_within_three_days: '100.00',
    });
  });

  it("gives the day's figures to a BI reader, who sees no customer", async () => {
    const { metrics } = await ask<Values>(
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
    const { errors } = await platform.teller.ask('bi', '{ customers { totalCount } }');
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  rule(['INS-02', 'INS-03'], 'rebuilt from the log, the metrics are the same', async () => {
    const query = `{ metrics(input: { from: "2026-03-01", to: "2026-03-31", period: DAY, dimensions: ["class"] }) { metric period value dimensions { value } } }`;
    const before = await ask<Values>('bi', query);
    await ask('admin', 'mutation { rebuildInsightsConsumer(consumer: "insights.facts") }');
    await platform.running.settled();
    expect(await ask<Values>('bi', query)).toEqual(before);
  });

  it('changes nothing when it is played again with the same keys', async () => {
    const count =
      '{ interactions { totalCount } complaints { totalCount } workOrders { totalCount } receipts { totalCount } customers { totalCount } }';
    const before = await ask('linfang', count);
    const again = await platform.replay();
    await playDayOne(again.teller, again.setting);
    expect(await ask('linfang', count)).toEqual(before);
    expect(await platform.running.now()).toEqual(dayOneEndsAt);
  });
});
