import { salesEvents, type EventData, type EventEnvelope } from '@anju/events';
import { newId } from '@anju/kernel';
import { rule } from '@anju/testing';
import { bringViewsUpToDate } from '../src/metric-views';
import { event, InsightsStage, project, reader } from './insights-stage';

const projectId = newId();
const march = { from: '2026-03-01', to: '2026-03-31' };
const staff = newId();

type Lead = { kind?: 'CALL' | 'VISIT'; source?: 'WEB' | 'REFERRAL'; receivedAt: string };

class LeadEvents {
  readonly events: EventEnvelope[] = [];
  private readonly leadId = newId();
  private readonly required: number;

  constructor(private readonly lead: Lead) {
    const { kind = 'CALL', source = 'WEB', receivedAt } = lead;
    this.required = kind === 'VISIT' ? 3 : 2;
    this.add(salesEvents.leadRecorded, {
      ...this.at(receivedAt),
      ...{ number: 'JX-L20260302-001', kind, source, consultantId: staff, customerId: null },
      ...{ interactionId: null, receivedAt, bedrooms: null, smallestArea: null, largestArea: null },
      ...{ budget: null, nextFollowUpDueAt: null, by: staff },
    });
  }

  followed(at: string, followUps: number, outcome: 'INTERESTED' | 'NOT_REACHED' = 'INTERESTED'): this {
    return this.add(salesEvents.leadFollowedUp, {
      ...this.at(at),
      ...{ consultantId: staff, customerId: null, method: 'PHONE', outcome, followUps },
      ...{ required: this.required, nextFollowUpDueAt: null, by: staff },
    });
  }

  missed(at: string): this {
    return this.add(salesEvents.leadFollowUpMissed, { ...this.at(at), consultantId: staff, dueAt: at });
  }

  underFollowed(at: string, followUps: number): this {
    const { kind = 'CALL' } = this.lead;
    return this.add(salesEvents.leadUnderFollowed, {
      ...this.at(at),
      ...{ consultantId: staff, kind, followUps, required: this.required },
    });
  }

  won(at: string): this {
    const { kind = 'CALL', source = 'WEB', receivedAt } = this.lead;
    const sale = { saleId: newId(), consultantId: staff };
    this.add(salesEvents.leadSubscribed, { ...this.at(at), ...sale });
    return this.add(salesEvents.leadWon, { ...this.at(at), ...sale, kind, source, receivedAt });
  }

  private at(at: string) {
    return { leadId: this.leadId, projectId, at };
  }

  private add<Contract extends (typeof salesEvents)[keyof typeof salesEvents]>(
    contract: Contract,
    data: EventData<Contract>,
  ): this {
    this.events.push(event(contract, this.leadId, data));
    return this;
  }
}

interface ContractStory {
  signedAt: string;
  total?: string;
  loanKind?: 'COMMERCIAL' | null;
  submittedAt?: string;
  overdueAt?: string;
  filedAt?: string;
  filingDays?: number;
  toldAt?: string;
  notToldAt?: string;
}

function contract(story: ContractStory): EventEnvelope[] {
  const { signedAt, total = '1000000.00', loanKind = null, submittedAt, overdueAt, filedAt } = story;
  const contractId = newId();
  const about = { contractId, projectId, saleId: newId(), unitId: newId() };
  const filingDueAt = new Date(Date.parse(signedAt) + 30 * 86_400_000).toISOString();
  const events = [
    event(salesEvents.contractSigned, contractId, {
      ...about,
      ...{ buyers: [], area: '89.32', unitPrice: '11195.70', listTotal: total, discountTotal: '0.00', total },
      ...{ loanKind, number: 'JX-HT20260302-001', consultantId: staff, filingDueAt, by: staff, at: signedAt },
    }),
  ];
  if (overdueAt) {
    const signed = { signedAt, consultantId: staff, signedBy: staff };
    events.push(event(salesEvents.contractFilingOverdue, contractId, { ...about, ...signed, at: overdueAt }));
  }
  if (submittedAt) {
    const submission = { signedAt, filingDueAt, inTime: submittedAt < filingDueAt, by: staff };
    events.push(
      event(salesEvents.contractFilingSubmitted, contractId, { ...about, ...submission, at: submittedAt }),
    );
  }
  if (filedAt) {
    events.push(
      event(salesEvents.contractFiled, contractId, {
        ...about,
        ...{ customerIds: [newId()], signedAt, filingDays: story.filingDays!, total },
        ...{ deedTaxDueOn: '2026-05-31', tellDueAt: filedAt, loanKind, by: staff, at: filedAt },
      }),
    );
  }
  const telling = { customerId: newId(), channel: 'PHONE', deedTaxDueOn: '2026-05-31', by: staff } as const;
  if (story.toldAt) {
    events.push(
      event(salesEvents.contractReturnTold, contractId, { ...about, ...telling, at: story.toldAt }),
    );
  }
  if (story.notToldAt) {
    const untold = { customerIds: [newId()], consultantId: staff, at: story.notToldAt };
    events.push(event(salesEvents.contractReturnNotTold, contractId, { ...about, ...untold }));
  }
  return events;
}

type Status = EventData<typeof salesEvents.mortgageMoved>['to'];

function mortgage(openedAt: string, moves: readonly (readonly [Status, string])[]): EventEnvelope[] {
  const mortgageId = newId();
  const about = { mortgageId, projectId, contractId: newId(), unitId: newId() };
  const loan = { loanKind: 'COMMERCIAL', by: staff } as const;
  const events = [
    event(salesEvents.mortgageOpened, mortgageId, {
      ...{ ...about, ...loan, number: 'JX-M20260320-001', commercialAmount: '500000', at: openedAt },
      ...{ providentFundAmount: null, customerIds: [], documents: 9 },
    }),
  ];
  let [from, standingSince]: readonly [Status, string] = ['COLLECTING', openedAt];
  for (const [to, at] of moves) {
    const approvedAmount = to === 'SUBMITTED' ? null : '480000.00';
    events.push(
      event(salesEvents.mortgageMoved, mortgageId, {
        ...{ ...about, ...loan, from, to, standingSince, lenderId: null, approvedAmount, at },
      }),
    );
    [from, standingSince] = [to, at];
  }
  return events;
}

function sale(end: 'HELD' | 'REFUSED' | 'WITHDRAWN', at: string): EventEnvelope[] {
  const saleId = newId();
  const about = { saleId, projectId, unitId: newId(), at };
  const whose = { customerIds: [newId()], leadId: null };
  const opened = { ...about, ...whose, number: 'JX-S20260302-001', consultantId: staff, by: staff };
  const held = event(salesEvents.saleUnitHeld, saleId, { ...about, ...whose, consultantId: staff });
  const refused = { ...about, ...whose, unitStatus: 'SUBSCRIBED' } as const;
  return [
    event(salesEvents.saleOpened, saleId, opened),
    ...(end === 'REFUSED' ? [event(salesEvents.saleUnitRefused, saleId, refused)] : [held]),
    ...(end === 'WITHDRAWN' ? [event(salesEvents.saleWithdrawn, saleId, { ...about, ...whose })] : []),
  ];
}

describe('metrics of sales', () => {
  let stage: InsightsStage;
  const bi = reader('BI_READER', projectId);
  const month = (metrics?: string[], dimensions?: string[]) =>
    stage.metrics(bi, { ...march, metrics, dimensions });

  const stories: EventEnvelope[][] = [
    new LeadEvents({ receivedAt: '2026-03-02T03:30:00.000Z', kind: 'VISIT' })
      .followed('2026-03-04T02:00:00.000Z', 0, 'NOT_REACHED')
      .followed('2026-03-05T02:00:00.000Z', 1)
      .followed('2026-03-12T02:00:00.000Z', 2)
      .followed('2026-03-14T02:00:00.000Z', 3)
      .won('2026-03-16T02:00:00.000Z').events,
    new LeadEvents({ receivedAt: '2026-03-03T03:30:00.000Z', source: 'REFERRAL' })
      .missed('2026-03-05T03:30:00.000Z')
      .followed('2026-03-08T02:00:00.000Z', 1)
      .underFollowed('2026-04-02T03:30:00.000Z', 1)
      .followed('2026-04-03T02:00:00.000Z', 2).events,
    // Nobody knows yet whether he is followed up as he should be.
    new LeadEvents({ receivedAt: '2026-03-30T03:30:00.000Z' }).followed('2026-03-31T02:00:00.000Z', 1).events,
    // The page's contract: signed on the 2nd, back on the 20th, told on that day.
    contract({
      signedAt: '2026-03-02T08:00:00.000Z',
      submittedAt: '2026-03-05T08:00:00.000Z',
      filedAt: '2026-03-20T02:00:00.000Z',
      filingDays: 18,
      toldAt: '2026-03-20T03:00:00.000Z',
      loanKind: 'COMMERCIAL',
    }),
    contract({
      signedAt: '2026-02-03T08:00:00.000Z',
      overdueAt: '2026-03-05T08:00:00.000Z',
      submittedAt: '2026-03-06T08:00:00.000Z',
      filedAt: '2026-03-25T02:00:00.000Z',
      filingDays: 50,
      notToldAt: '2026-03-26T02:00:00.000Z',
      toldAt: '2026-03-27T02:00:00.000Z',
    }),
    // 00:30 on 1 April in Shanghai: not March any more.
    contract({ signedAt: '2026-03-31T16:30:00.000Z' }),
    mortgage('2026-03-20T02:00:00.000Z', [
      ['SUBMITTED', '2026-03-22T02:00:00.000Z'],
      ['APPROVED', '2026-03-26T02:00:00.000Z'],
    ]),
    mortgage('2026-03-01T02:00:00.000Z', [
      ['SUBMITTED', '2026-03-02T02:00:00.000Z'],
      ['APPROVED', '2026-03-03T02:00:00.000Z'],
      ['CONTRACT_SIGNED', '2026-03-04T02:00:00.000Z'],
      ['REGISTERED', '2026-03-05T02:00:00.000Z'],
      ['DISBURSED', '2026-03-06T02:00:00.000Z'],
    ]),
    sale('HELD', '2026-03-02T06:00:00.000Z'),
    sale('REFUSED', '2026-03-02T06:00:00.000Z'),
    sale('WITHDRAWN', '2026-03-09T06:00:00.000Z'),
  ];

  beforeAll(async () => {
    stage = await InsightsStage.open(new Date('2026-04-10T01:00:00Z'));
    await stage.hear(stories.flat());
  });
  afterAll(() => stage.close());

  rule(['SAL-11', 'SAL-12'], 'a month of contracts: signed, filed, in how many days, told', async () => {
    expect(
      await month([
        'contracts_signed',
        'contracts_amount',
        'contracts_filed',
        'filing_days',
        'filings_on_time',
        'filings_overdue',
        'buyers_told_of_return',
      ]),
    ).toEqual({
      contracts_signed: '1',
      contracts_amount: '1000000.00',
      contracts_filed: '2',
      filing_days: '68/2',
      // Due in March is the one that was late; the other is due in April.
      filings_on_time: '0/1',
      filings_overdue: '1',
      buyers_told_of_return: '1/2',
    });
    expect(await month(['filing_days'], ['loan_kind'])).toEqual({
      'filing_days COMMERCIAL': '18/1',
      'filing_days NO_LOAN': '50/1',
    });
  });

  rule('SAL-01', 'leads by kind and source, whether they were followed up, what came of them', async () => {
    expect(await month(['leads_received', 'lead_conversion'], ['kind', 'source'])).toEqual({
      'leads_received CALL REFERRAL': '1',
      'leads_received CALL WEB': '1',
      'leads_received VISIT WEB': '1',
      'lead_conversion CALL REFERRAL': '0/1',
      'lead_conversion CALL WEB': '0/1',
      'lead_conversion VISIT WEB': '1/1',
    });
    expect(
      await month([
        'lead_follow_ups_made',
        'lead_follow_ups_missed',
        'lead_follow_up_compliance',
        'leads_under_followed',
        'leads_won',
      ]),
    ).toEqual({
      lead_follow_ups_made: '6',
      lead_follow_ups_missed: '1',
      // The second was followed up in the end, after its term.
      lead_follow_up_compliance: '1/2',
      leads_under_followed: '0',
      leads_won: '1',
    });
    const april = { from: '2026-04-01', to: '2026-04-30', metrics: ['leads_under_followed'] };
    expect(await stage.metrics(bi, april)).toEqual({ leads_under_followed: '1' });
  });

  rule('SAL-03', 'homes subscribed, refused and given up', async () => {
    expect(await month(['units_subscribed', 'subscriptions_refused', 'subscriptions_withdrawn'])).toEqual({
      units_subscribed: '2',
      subscriptions_refused: '1',
      subscriptions_withdrawn: '1',
    });
  });

  rule(
    ['SAL-20', 'SAL-21'],
    'mortgages by their status, the amount disbursed, the days they stood',
    async () => {
      expect(await month(['mortgages_opened', 'mortgages_disbursed_amount'])).toEqual({
        mortgages_opened: '2',
        mortgages_disbursed_amount: '480000.00',
      });
      expect(await month(['mortgage_pipeline'], ['status'])).toEqual({
        'mortgage_pipeline APPROVED': '1',
        'mortgage_pipeline DISBURSED': '1',
      });
      const days = await month(['mortgage_days_in_status'], ['status']);
      expect(Object.entries(days).map(([name, value]) => [name.split(' ')[1], parseFloat(value)])).toEqual([
        ['APPROVED', 1],
        ['COLLECTING', 3],
        ['CONTRACT_SIGNED', 1],
        ['REGISTERED', 1],
        ['SUBMITTED', 5],
      ]);
    },
  );

  rule('INS-02', 'what comes twice is counted once', async () => {
    const before = await month();
    await stage.hear(stories.flat());
    expect(await month()).toEqual(before);
  });

  rule('INS-03', 'rebuilt with the things in another order, every metric is the same', async () => {
    const [before, byDimension] = [await month(), await month(undefined, ['kind', 'status', 'outcome'])];
    await stage.forget();
    expect((await month())['contracts_signed']).toBe('0');
    // Order is kept within a lead, a sale, a contract and a mortgage, and between none of them.
    await stage.hear([...stories].reverse().flat());
    expect(await month()).toEqual(before);
    expect(await month(undefined, ['kind', 'status', 'outcome'])).toEqual(byDimension);
  });

  it('counts by the days of the project as soon as its time zone is known', async () => {
    await stage.hearOfDirectory([project(projectId, 'America/New_York')]);
    // 12:30 on 31 March in New York.
    expect(await month(['contracts_signed'])).toEqual({ contracts_signed: '2' });
    await stage.hearOfDirectory([project(projectId, 'Asia/Shanghai')]);
    expect(await month(['contracts_signed'])).toEqual({ contracts_signed: '1' });
  });

  it('gives the same by plain SQL', async () => {
    expect(
      await stage.service.dataSource.query(
        `select round(sum(numerator) / sum(denominator), 2)::text as days from metric_filing_days
         where day between '2026-03-01' and '2026-03-31' and project_id = $1`,
        [projectId],
      ),
    ).toEqual([{ days: '34.00' }]);
  });

  it('leaves those who read by SQL their views when these are made anew, and no table', async () => {
    const { dataSource } = stage.service;
    await dataSource.query('grant select on metric_contracts_signed to public');
    await dataSource.query('delete from metric_views');
    await bringViewsUpToDate(dataSource);
    const rows: { kind: string; readable: boolean }[] = await dataSource.query(
      `select distinct split_part(relname, '_', 1) as kind, coalesce(array_to_string(relacl, ' ') ~ '(^| )=r/', false) as readable
       from pg_class where relkind in ('r', 'v') and (relname like 'metric\\_%' or relname like 'fact\\_%')
         and relname <> 'metric_views' order by 1`,
    );
    expect(rows).toEqual([
      { kind: 'fact', readable: false },
      { kind: 'metric', readable: true },
    ]);
  });

  it('a database from before these metrics keeps what it holds', async () => {
    const { dataSource } = stage.service;
    const id = newId();
    await dataSource.query(
      `insert into fact_interaction (id, project_id, channel, proposed_class, received_at)
       values ($1, $2, 'PHONE', 'VENDOR', '2026-03-02T01:00:00Z')`,
      [id, projectId],
    );
    const knowsSales = async (): Promise<boolean> => {
      const [row]: { it: string | null }[] = await dataSource.query(`select to_regclass('fact_sale') as it`);
      return row!.it !== null;
    };
    while (await knowsSales()) await dataSource.undoLastMigration();
    await dataSource.runMigrations();
    await bringViewsUpToDate(dataSource);
    expect(await month(['contacts_received', 'contracts_signed'])).toEqual({
      contacts_received: '1',
      contracts_signed: '0',
    });
    await stage.forget();
    await stage.hear(stories.flat());
    expect(await month(['contracts_signed'])).toEqual({ contracts_signed: '1' });
  });
});
