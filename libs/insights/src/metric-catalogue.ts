import { timeZoneSql, type MetricDefinition, type MetricDimension } from './metric';

const channel: MetricDimension = { id: 'channel', sql: 'f.channel' };
const contactClass: MetricDimension = { id: 'class', sql: "coalesce(f.class, 'UNCLASSIFIED')" };
const hour: MetricDimension = {
  id: 'hour',
  sql: `to_char(f.received_at at time zone ${timeZoneSql}, 'HH24')`,
};
const causeClass: MetricDimension = { id: 'cause_class', sql: 'f.cause_class' };
const severity: MetricDimension = { id: 'severity', sql: 'f.severity' };
const category: MetricDimension = { id: 'category', sql: 'f.category' };
const hoursBetween = (from: string, to: string): string => `extract(epoch from ${to} - ${from}) / 3600`;

const contacts = { owner: 'reception', facts: 'fact_interaction', day: 'f.received_at' } as const;
const workOrders = { owner: 'reception', facts: 'fact_work_order', dimensions: [] } as const;
const followUps = { owner: 'reception', facts: 'fact_follow_up', dimensions: [category] } as const;
const complaints = {
  owner: 'complaints',
  facts: 'fact_complaint',
  dimensions: [causeClass, severity],
} as const;
const clocks = {
  owner: 'complaints',
  facts: 'fact_complaint_clock',
  day: 'f.due_at',
  unit: 'PERCENT',
} as const;

/** Keeps of all clocks of a kind whose outcome is known; those that were given up do not count. */
function clockKept(
  kind: string,
): Pick<MetricDefinition, 'where' | 'numerator' | 'denominator' | 'dimensions'> {
  return {
    where: `f.clock = '${kind}' and (f.met_at is not null or f.missed_at is not null)`,
    numerator: 'count(*) filter (where f.missed_at is null)',
    denominator: 'count(*)',
    dimensions: [causeClass, severity],
  };
}

/**
 * Every metric of the platform. The SQL views, the graph's metrics and `docs/metrics.md` are made from this
 * list and from nothing else.
 */
export const metricCatalogue = [
  {
    id: 'contacts_received',
    definition: ['登记的来电来访记录数，按接收时间计', 'Contacts recorded, counted when they came in'],
    unit: 'COUNT',
    ...contacts,
    numerator: 'count(*)',
    dimensions: [channel, contactClass, hour],
    rules: ['REC-01', 'REC-02'],
  },
  {
    id: 'service_items',
    definition: [
      '确认为自修、其他类、整改类的来电来访数',
      'Contacts confirmed as own repair, vendor item or rectification',
    ],
    unit: 'COUNT',
    ...contacts,
    where: "f.class in ('OWN_REPAIR', 'VENDOR', 'RECTIFICATION')",
    numerator: 'count(*)',
    dimensions: [channel, contactClass],
    rules: ['REC-02'],
  },
  {
    id: 'classified_as_proposed',
    definition: [
      '首次确认的类别与系统建议一致的比例',
      'Share of contacts whose first confirmed class was the proposed one',
    ],
    unit: 'PERCENT',
    ...contacts,
    where: 'f.as_proposed is not null',
    numerator: 'count(*) filter (where f.as_proposed)',
    denominator: 'count(*)',
    dimensions: [contactClass],
    rules: ['REC-02'],
  },
  {
    id: 'first_reply_hours',
    definition: [
      '从接收到第一次告知客户的平均小时数',
      'Mean hours from receipt to the first word to the customer',
    ],
    unit: 'HOURS',
    ...contacts,
    where: 'f.first_told_at is not null',
    numerator: `sum(${hoursBetween('f.received_at', 'f.first_told_at')})`,
    denominator: 'count(*)',
    dimensions: [channel, contactClass],
    rules: ['REC-05'],
  },
  {
    id: 'contacts_closed',
    definition: [
      '标注“已完成”的记录数，按完成时间计',
      'Contacts marked 已完成, counted when they were closed',
    ],
    unit: 'COUNT',
    ...contacts,
    day: 'f.closed_at',
    numerator: 'count(*)',
    dimensions: [channel, contactClass],
    rules: ['REC-04'],
  },
  {
    id: 'customers_left_without_word',
    definition: [
      '超过两日未告知进展的次数，按发生时间计',
      'Times that a customer heard nothing for more than two days',
    ],
    unit: 'COUNT',
    owner: 'reception',
    facts: 'fact_silence',
    day: 'f.flagged_at',
    numerator: 'count(*)',
    dimensions: [contactClass],
    rules: ['REC-05'],
  },
  {
    id: 'work_orders_issued',
    definition: ['派出的服务工作单数', 'Work orders issued'],
    unit: 'COUNT',
    ...workOrders,
    day: 'f.issued_at',
    numerator: 'count(*)',
    rules: ['REC-10'],
  },
  {
    id: 'work_orders_done',
    definition: ['报完工的服务工作单数，按完工时间计', 'Work orders reported done, counted when done'],
    unit: 'COUNT',
    ...workOrders,
    day: 'f.done_at',
    numerator: 'count(*)',
    rules: ['REC-10'],
  },
  {
    id: 'work_orders_overdue',
    definition: [
      '约定时间已过仍未完工、转入工程类记录的工单数',
      'Work orders that entered the follow-up register at the end of their agreed time',
    ],
    unit: 'COUNT',
    ...workOrders,
    day: 'f.overdue_at',
    numerator: 'count(*)',
    rules: ['REC-11'],
  },
  {
    id: 'work_orders_on_time',
    definition: [
      '完工的工单中未错过任何约定时间的比例',
      'Share of work orders done that missed no appointment',
    ],
    unit: 'PERCENT',
    ...workOrders,
    day: 'f.done_at',
    numerator: 'count(*) filter (where f.on_time)',
    denominator: 'count(*)',
    rules: ['REC-11'],
  },
  {
    id: 'second_misses',
    definition: ['公司第二次未守约的工单数', 'Work orders on which the company failed a second appointment'],
    unit: 'COUNT',
    ...workOrders,
    day: 'f.breached_at',
    numerator: 'count(*)',
    rules: ['REC-12'],
  },
  {
    id: 'follow_up_entered',
    definition: ['转入分类处理记录的事项数', 'Items that entered the follow-up register'],
    unit: 'COUNT',
    ...followUps,
    day: 'f.entered_at',
    numerator: 'count(*)',
    rules: ['REC-11', 'REC-14', 'REC-15'],
  },
  {
    id: 'follow_up_open',
    definition: [
      '尚在分类处理记录中的事项数，按转入时间计',
      'Items still in the register, by the day they entered',
    ],
    unit: 'COUNT',
    ...followUps,
    day: 'f.entered_at',
    where: 'f.left_at is null',
    numerator: 'count(*)',
    rules: ['REC-11', 'REC-14', 'REC-15'],
  },
  {
    id: 'follow_up_hours',
    definition: [
      '从转入到销项的平均小时数，按销项时间计',
      'Mean hours from entering to leaving the register, counted when leaving',
    ],
    unit: 'HOURS',
    ...followUps,
    day: 'f.left_at',
    numerator: `sum(${hoursBetween('f.entered_at', 'f.left_at')})`,
    denominator: 'count(*)',
    rules: ['REC-11', 'REC-14', 'REC-15'],
  },
  {
    id: 'vendor_promises_missed',
    definition: [
      '承诺时间已过未到场的其他类事项数',
      'Vendor items whose promised time passed with nobody there',
    ],
    unit: 'COUNT',
    ...followUps,
    day: 'f.flagged_at',
    numerator: 'count(*)',
    rules: ['REC-14'],
  },
  {
    id: 'rectifications_completed',
    definition: ['项目部确认完成的工作联系单数', 'Liaison forms confirmed complete by the developer'],
    unit: 'COUNT',
    owner: 'reception',
    facts: 'fact_rectification',
    day: 'f.completed_at',
    numerator: 'count(*)',
    dimensions: [],
    rules: ['REC-13'],
  },
  {
    id: 'fees_collected',
    definition: ['收据金额合计，扣除作废', 'Amount of receipts, less those taken back'],
    unit: 'CNY',
    owner: 'reception',
    facts: 'fact_receipt',
    day: 'f.issued_at',
    where: 'f.cancelled_at is null',
    numerator: 'sum(f.amount)',
    dimensions: [
      { id: 'method', sql: 'f.method' },
      { id: 'collected_by', sql: 'f.collected_by' },
    ],
    rules: ['REC-35'],
  },
  {
    id: 'release_slips_issued',
    definition: ['开具的放行条数', 'Release slips issued'],
    unit: 'COUNT',
    owner: 'reception',
    facts: 'fact_release_slip',
    day: 'f.issued_at',
    numerator: 'count(*)',
    dimensions: [{ id: 'kind', sql: 'f.kind' }],
    rules: ['REC-36', 'REC-37'],
  },
  {
    id: 'release_slips_refused',
    definition: ['被拒绝的放行申请次数', 'Refusals of release applications'],
    unit: 'COUNT',
    owner: 'reception',
    facts: 'fact_release_refusal',
    day: 'f.refused_at',
    numerator: 'count(*)',
    dimensions: [{ id: 'kind', sql: 'f.kind' }],
    rules: ['REC-36', 'REC-37'],
  },
  {
    id: 'shifts_handed_over',
    definition: ['已交接的班次数', 'Shifts handed over'],
    unit: 'COUNT',
    owner: 'reception',
    facts: 'fact_shift',
    day: 'f.handed_over_at',
    numerator: 'count(*)',
    dimensions: [{ id: 'answer', sql: "coalesce(f.answer, 'UNANSWERED')" }],
    rules: ['REC-23'],
  },
  {
    id: 'complaints_received',
    definition: ['受理的投诉数，按受理时间和当前严重程度计', 'Cases received, by their severity now'],
    unit: 'COUNT',
    ...complaints,
    day: 'f.received_at',
    numerator: 'count(*)',
    rules: ['CMP-01', 'CMP-02', 'CMP-16'],
  },
  {
    id: 'complaints_open',
    definition: ['尚未关闭的投诉数，按受理时间计', 'Cases not closed yet, by the day they came in'],
    unit: 'COUNT',
    ...complaints,
    day: 'f.received_at',
    where: 'f.closed_at is null',
    numerator: 'count(*)',
    rules: ['CMP-12', 'CMP-16'],
  },
  {
    id: 'complaints_major',
    definition: ['严重程度达到重大的投诉数', 'Cases that are major'],
    unit: 'COUNT',
    ...complaints,
    day: 'f.received_at',
    where: "f.severity = 'MAJOR'",
    numerator: 'count(*)',
    dimensions: [causeClass],
    rules: ['CMP-02'],
  },
  {
    id: 'complaint_hours_to_resolution',
    definition: [
      '从受理到处理完毕的平均小时数，按处理完毕时间计',
      'Mean hours from receipt to resolution, counted when resolved',
    ],
    unit: 'HOURS',
    ...complaints,
    day: 'f.resolved_at',
    numerator: `sum(${hoursBetween('f.received_at', 'f.resolved_at')})`,
    denominator: 'count(*)',
    rules: ['CMP-12'],
  },
  {
    id: 'second_complaints',
    definition: ['处理完毕后再次投诉的案件比例', 'Share of resolved cases that came back'],
    unit: 'PERCENT',
    ...complaints,
    day: 'f.received_at',
    where: 'f.ever_resolved',
    numerator: 'count(*) filter (where f.reopened > 0)',
    denominator: 'count(*)',
    rules: ['CMP-02', 'CMP-12'],
  },
  {
    id: 'responses_within_one_working_day',
    definition: [
      '一个工作日内作出处理回应的比例，按到期日计',
      'Share of handling responses given in time, by the day they were due',
    ],
    ...clocks,
    ...clockKept('RESPONSE'),
    rules: ['CMP-05'],
  },
  {
    id: 'demand_forms_on_time',
    definition: [
      '按时报送的客户诉求处理表比例，按到期日计',
      'Share of demand forms filed in time, by the day they were due',
    ],
    ...clocks,
    ...clockKept('DEMAND_FORM'),
    rules: ['CMP-11'],
  },
  {
    id: 'special_reports_on_time',
    definition: [
      '按时提交的专题报告比例，按到期日计',
      'Share of special reports submitted in time, by the day they were due',
    ],
    ...clocks,
    ...clockKept('SPECIAL_REPORT'),
    rules: ['CMP-11'],
  },
  {
    id: 'return_visits_within_three_days',
    definition: [
      '处理完毕后三日内回访的比例，按到期日计',
      'Share of return visits made in time, by the day they were due',
    ],
    ...clocks,
    ...clockKept('RETURN_VISIT'),
    rules: ['CMP-12'],
  },
  {
    id: 'satisfaction',
    definition: ['回访满意度平均分（1–5）', 'Mean satisfaction found by return visits, 1 to 5'],
    unit: 'POINTS',
    owner: 'complaints',
    facts: 'fact_return_visit',
    day: 'f.visited_at',
    numerator: 'sum(f.satisfaction)',
    denominator: 'count(*)',
    dimensions: [causeClass, severity],
    rules: ['CMP-12'],
  },
] as const satisfies readonly MetricDefinition[];

export type MetricId = (typeof metricCatalogue)[number]['id'];

const byId = new Map<string, MetricDefinition>(metricCatalogue.map((metric) => [metric.id, metric]));

/** @throws Error for an id that is not in the catalogue */
export function metricOf(id: string): MetricDefinition {
  const metric = byId.get(id);
  if (!metric) throw new Error(`no metric ${id}`);
  return metric;
}
