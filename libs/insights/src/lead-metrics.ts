import type { MetricDefinition, MetricDimension } from './metric';

const kind: MetricDimension = { id: 'kind', sql: 'f.kind' };
const source: MetricDimension = { id: 'source', sql: 'f.source' };

const leads = { owner: 'sales', facts: 'fact_lead', dimensions: [kind, source] } as const;
const subscriptions = { owner: 'sales', facts: 'fact_sale', unit: 'COUNT', dimensions: [] } as const;

/** Prospects, how they are followed up, and what they subscribe and pay. */
export const leadMetrics = [
  {
    id: 'leads_received',
    definition: [
      '登记的来电来访客户数，按接收时间计',
      'Prospects who called or visited, counted when they came',
    ],
    unit: 'COUNT',
    ...leads,
    day: 'f.received_at',
    numerator: 'count(*)',
    rules: ['SAL-01'],
  },
  {
    id: 'lead_follow_ups_made',
    definition: ['对来电来访客户的跟进次数', 'Follow-ups of prospects'],
    unit: 'COUNT',
    owner: 'sales',
    facts: 'fact_lead_follow_up',
    day: 'f.made_at',
    numerator: 'count(*)',
    dimensions: [
      { id: 'method', sql: 'f.method' },
      { id: 'outcome', sql: 'f.outcome' },
    ],
    rules: ['SAL-01'],
  },
  {
    id: 'lead_follow_ups_missed',
    definition: [
      '到期未做的跟进次数，按到期时间计',
      'Follow-ups not made by their time, counted when they were due',
    ],
    unit: 'COUNT',
    owner: 'sales',
    facts: 'fact_lead_follow_up_miss',
    day: 'f.due_at',
    numerator: 'count(*)',
    dimensions: [],
    rules: ['SAL-01'],
  },
  {
    id: 'lead_follow_up_compliance',
    definition: [
      '跟进次数在期限内达到要求的比例，按接收时间计，只计已有结果的客户',
      'Share of prospects followed up as often as they are owed, in time, by the day they came; only those of whom it is known',
    ],
    unit: 'PERCENT',
    ...leads,
    day: 'f.received_at',
    where: 'f.follow_ups >= f.required or f.under_followed_at is not null',
    numerator: 'count(*) filter (where f.under_followed_at is null)',
    denominator: 'count(*)',
    rules: ['SAL-01'],
  },
  {
    id: 'leads_under_followed',
    definition: [
      '期限已过而跟进不足的客户数，按期限届满时间计',
      'Prospects with fewer follow-ups than owed when their term ended, counted at its end',
    ],
    unit: 'COUNT',
    ...leads,
    day: 'f.under_followed_at',
    numerator: 'count(*)',
    rules: ['SAL-01'],
  },
  {
    id: 'leads_won',
    definition: [
      '签约的来电来访客户数，按签约时间计',
      'Prospects who signed a contract, counted when they did',
    ],
    unit: 'COUNT',
    ...leads,
    day: 'f.won_at',
    numerator: 'count(*)',
    rules: ['SAL-01', 'SAL-03'],
  },
  {
    id: 'lead_conversion',
    definition: [
      '来电来访客户中已签约的比例，按接收时间计',
      'Share of prospects who have signed a contract, by the day they came',
    ],
    unit: 'PERCENT',
    ...leads,
    day: 'f.received_at',
    numerator: 'count(*) filter (where f.won_at is not null)',
    denominator: 'count(*)',
    rules: ['SAL-01', 'SAL-03'],
  },
  {
    id: 'units_subscribed',
    definition: [
      '认购生效的房屋数，按生效时间计',
      'Homes subscribed, counted when the subscription came into force',
    ],
    ...subscriptions,
    day: 'f.held_at',
    numerator: 'count(*)',
    rules: ['SAL-03'],
  },
  {
    id: 'subscriptions_refused',
    definition: [
      '因房屋已属他人而被拒绝的认购数',
      "Subscriptions refused because the home was somebody else's",
    ],
    ...subscriptions,
    day: 'f.refused_at',
    numerator: 'count(*)',
    rules: ['SAL-03'],
  },
  {
    id: 'subscriptions_withdrawn',
    definition: [
      '退订的认购数，按退订完成时间计',
      'Subscriptions given up, counted when the home was for sale again',
    ],
    ...subscriptions,
    day: 'f.withdrawn_at',
    numerator: 'count(*)',
    rules: ['SAL-03'],
  },
  {
    id: 'sale_payments',
    definition: ['登记的购房款金额', 'Payments entered on the prices of homes'],
    unit: 'CNY',
    owner: 'sales',
    facts: 'fact_sale_payment',
    day: 'f.paid_at',
    numerator: 'sum(f.amount)',
    dimensions: [kind],
    rules: ['SAL-03'],
  },
] as const satisfies readonly MetricDefinition[];
