import { hoursBetween, type MetricDefinition, type MetricDimension } from './metric';

const causeClass: MetricDimension = { id: 'cause_class', sql: 'f.cause_class' };
const severity: MetricDimension = { id: 'severity', sql: 'f.severity' };

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

const releases = {
  owner: 'complaints',
  facts: 'fact_return_visit_release',
  day: 'f.released_at',
  unit: 'COUNT',
  numerator: 'count(*)',
  dimensions: [causeClass, severity],
  rules: ['CMP-12'],
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

/** Complaints with their clocks and return visits. */
export const complaintsMetrics = [
  {
    id: 'complaints_received',
    definition: [
      '受理的投诉数，按受理时间和当前严重程度计，后来并案的也计',
      'Cases received, by their severity now; also those that were joined into another later',
    ],
    unit: 'COUNT',
    ...complaints,
    day: 'f.received_at',
    numerator: 'count(*)',
    rules: ['CMP-01', 'CMP-02', 'CMP-16'],
  },
  {
    id: 'complaints_open',
    definition: [
      '尚未关闭也未并案的投诉数，按受理时间计',
      'Cases neither closed nor joined into another yet, by the day they came in',
    ],
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
    definition: [
      '处理完毕后再次投诉的案件比例；已并案的计入并入的投诉',
      'Share of resolved cases that came back; one that was joined into another counts with that one',
    ],
    unit: 'PERCENT',
    ...complaints,
    day: 'f.received_at',
    where: 'f.ever_resolved and f.joined_at is null',
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
    id: 'replies_within_four_hours',
    definition: [
      '网络投诉和地产客户关系中心转来的投诉四小时内回复的比例，按到期日计',
      "Share of replies to web complaints and those of the developer's customer-relations centre sent in time, by the day they were due",
    ],
    ...clocks,
    ...clockKept('REPLY'),
    rules: ['CMP-07'],
  },
  {
    id: 'measures_by_closing_time',
    definition: [
      '网络投诉和地产客户关系中心转来的投诉当日给出具体措施的比例，按到期日计',
      "Share of web complaints and those of the developer's customer-relations centre answered with measures by closing time, by the day they were due",
    ],
    ...clocks,
    ...clockKept('MEASURES'),
    rules: ['CMP-07'],
  },
  {
    id: 'callbacks_within_two_days',
    definition: [
      '承诺的两日内回电按时兑现的比例，按到期日计',
      'Share of promised calls made in time, by the day they were due',
    ],
    ...clocks,
    ...clockKept('CALLBACK'),
    rules: ['CMP-06'],
  },
  {
    id: 'company_measures_on_time',
    definition: [
      '公司级投诉的处理措施按时报送品质运营中心的比例，按到期日计',
      'Share of measures on company-level complaints reported in time, by the day they were due',
    ],
    ...clocks,
    ...clockKept('COMPANY_MEASURES'),
    rules: ['CMP-10'],
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
      '处理完毕后三日内回访的比例，按到期日计；客户不接受回访视为已回访，多日联系不上而免予回访的不计',
      'Share of return visits made in time, by the day they were due; one that the customers declined was made, one ' +
        'that fell away as nobody was reached does not count',
    ],
    ...clocks,
    ...clockKept('RETURN_VISIT'),
    rules: ['CMP-12'],
  },
  {
    id: 'return_visits_declined',
    definition: [
      '客户不接受回访的投诉数，按客户表示之日计',
      'Cases whose customers declined the return visit, by the day they did',
    ],
    ...releases,
    where: `f.release = 'DECLINED'`,
  },
  {
    id: 'return_visits_unreachable',
    definition: [
      '多日联系不上客户、免予回访的投诉数，按最后一次联系之日计',
      'Cases of which nobody was reached for the return visit, by the day of the last attempt',
    ],
    ...releases,
    where: `f.release = 'UNREACHABLE'`,
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
