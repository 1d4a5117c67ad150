import { Random } from '../chaos/random';
import { complaintStory, punctualities, type ComplaintPlan, type Punctuality } from './complaint-stories';
import { contactStory, repairCourses, vendorCourses, type ContactPlan } from './contact-stories';
import { causeClasses, type ContactClass, type PlannedStep } from './planned-step';
import {
  contractStory,
  filingCourses,
  leadCourses,
  leadStory,
  type ContractPlan,
  type LeadPlan,
} from './sales-stories';
import { day, deskTime, hour, isWeekend, minutesOf, monthBounds, wallTime, type WallTime } from './wall-time';

export interface MonthSize {
  /** Complaints among them. */
  readonly contacts: number;
  readonly complaints: number;
  readonly contracts: number;
  /** Prospects besides those who sign a contract. */
  readonly leads: number;
}

/** A month as the issue asks for it. */
export const wholeMonth: MonthSize = { contacts: 1_000, complaints: 100, contracts: 60, leads: 120 };

/** Everything that is done in and around a month, to be played through the graph on a clock moved by hand. */
export interface MonthPlan {
  /** `YYYY-MM`; one without statutory holidays. */
  readonly month: string;
  /** How many customers and units for sale the pools have to hold. */
  readonly customers: number;
  readonly units: number;
  /** By time; of one time in the order in which they are to be done. */
  readonly steps: readonly PlannedStep[];
  /** By then all that has become due has become due: the metrics of the month are as they stay. */
  readonly readAt: WallTime;
}

/** So many of each that together they are `total`; what does not divide goes to the first. */
function quotas<Value>(total: number, shares: readonly (readonly [Value, number])[]): Value[] {
  const whole = shares.reduce((sum, [, share]) => sum + share, 0);
  const each = shares.map(([value, share]) => ({ value, count: Math.floor((total * share) / whole) }));
  const rest = total - each.reduce((sum, { count }) => sum + count, 0);
  return each.flatMap(({ value, count }, index) =>
    Array.from({ length: index === 0 ? count + rest : count }, () => value),
  );
}

type Deal = <Value>(total: number, shares: readonly (readonly [Value, number])[]) => Value[];

/** 80 of 100 in time, the rest late or at the very moment. */
function punctually(deal: Deal, total: number): Punctuality[] {
  const [kept, atTheVeryMoment, late] = punctualities;
  return deal(total, [
    [kept, 80],
    [atTheVeryMoment, 5],
    [late, 15],
  ]);
}

const contactShares: readonly (readonly [Exclude<ContactClass, 'COMPLAINT'>, number])[] = [
  ['OWN_REPAIR', 320],
  ['ENQUIRY', 180],
  ['VENDOR', 150],
  ['RECTIFICATION', 80],
  ['COUNTER_BUSINESS', 60],
  ['SPECIAL_SERVICE', 45],
  ['SALES_ENQUIRY', 35],
  ['COMMUNICATION', 30],
];

function planContacts(
  count: number,
  random: Random,
  deal: Deal,
  days: readonly number[],
  pool: number,
): ContactPlan[] {
  const classes = deal(count, contactShares);
  const repairs = deal(count, [
    [repairCourses[0], 70],
    [repairCourses[1], 8],
    [repairCourses[2], 12],
    [repairCourses[3], 4],
    [repairCourses[4], 6],
  ]);
  const vendors = deal(count, [
    [vendorCourses[0], 75],
    [vendorCourses[1], 20],
    [vendorCourses[2], 5],
  ]);
  return classes.map((confirmed, index) => {
    const silent = random.below(100) < 8;
    const desks = ['SPECIAL_SERVICE', 'SALES_ENQUIRY', 'COUNTER_BUSINESS'];
    return {
      name: `contact-${index + 1}`,
      class: confirmed,
      receivedAt: deskTime(random.oneOf(days), 0, random),
      customer: random.below(pool),
      proposedWrongly: desks.includes(confirmed) && random.below(4) === 0,
      // What the company says when it moves an appointment would be a word to the customer.
      repair: silent ? 'KEPT' : repairs[index]!,
      vendor: vendors[index]!,
      silent,
    };
  });
}

function planComplaints(count: number, random: Random, deal: Deal, days: readonly number[]): ComplaintPlan[] {
  const kinds = deal(count, [
    ['ONE', 40],
    ['A_FEW', 22],
    ['MANY', 14],
    ['A_WEEK_UNRESOLVED', 14],
    ['COMES_BACK', 10],
  ] as const);
  const [responses, forms, reports, visits] = [1, 2, 3, 4].map(() => punctually(deal, count));
  let next = 0;
  return kinds.map((kind, index) => {
    const size = { ONE: 1 + random.below(2), A_FEW: 3 + random.below(7), MANY: 10 + random.below(3) };
    const people = kind === 'A_FEW' || kind === 'MANY' || kind === 'ONE' ? size[kind] : 1;
    // Nobody complains twice, so that no case can be taken for another one.
    const customers = Array.from({ length: people }, () => next++);
    return {
      name: `complaint-${index + 1}`,
      receivedAt: deskTime(random.oneOf(days), 0, random),
      customers,
      causeClass: random.oneOf(causeClasses),
      course: kind === 'A_WEEK_UNRESOLVED' || kind === 'COMES_BACK' ? kind : 'PLAIN',
      response: responses![index]!,
      demandForm: forms![index]!,
      specialReport: reports![index]!,
      returnVisit: visits![index]!,
    };
  });
}

function planContracts(
  count: number,
  random: Random,
  deal: Deal,
  days: readonly number[],
  pool: number,
): ContractPlan[] {
  const filings = deal(count, [
    [filingCourses[0], 50],
    [filingCourses[1], 15],
    [filingCourses[2], 5],
    [filingCourses[3], 18],
    [filingCourses[4], 12],
  ]);
  const tellings = deal<Punctuality | 'NEVER'>(count, [
    ['KEPT', 75],
    ['LATE', 12],
    ['AT_THE_VERY_MOMENT', 5],
    ['NEVER', 8],
  ]);
  return filings.map((filing, index) => ({
    name: `contract-${index + 1}`,
    signedAt: deskTime(random.oneOf(days), 0, random) + hour,
    customer: random.below(pool),
    unit: index,
    filing,
    telling: tellings[index]!,
  }));
}

function planLeads(
  count: number,
  random: Random,
  deal: Deal,
  days: readonly number[],
  pool: number,
): LeadPlan[] {
  const courses = deal(count, [
    [leadCourses[0], 60],
    [leadCourses[1], 15],
    [leadCourses[2], 10],
    [leadCourses[3], 15],
  ]);
  return courses.map((course, index) => ({
    name: `lead-${index + 1}`,
    receivedAt: deskTime(random.oneOf(days), 0, random),
    kind: random.oneOf(['CALL', 'VISIT'] as const),
    customer: random.below(pool),
    course,
  }));
}

/**
 * The plan of a month: the same for the same seed. Sales begin a month earlier, so that what falls due thirty
 * days after a signing or a call falls into the month.
 * @param month `YYYY-MM`, without statutory holidays and make-up days
 */
export function planMonth(month: string, seed: number, size: MonthSize = wholeMonth): MonthPlan {
  const random = new Random(seed);
  const deal: Deal = (total, shares) => random.shuffled(quotas(total, shares));
  const { from, to } = monthBounds(month);
  const daysOf = (begin: number): number[] =>
    Array.from({ length: (to - begin) / day }, (_, index) => begin + index * day);
  const everyDay = daysOf(from);
  const weekdays = daysOf(from - 31 * day).filter((midnight) => !isWeekend(midnight));

  const complaints = planComplaints(size.complaints, random, deal, everyDay);
  const complaining = complaints.reduce((sum, { customers }) => sum + customers.length, 0);
  const pool = Math.max(complaining, 20);
  const stories = [
    ...planContacts(size.contacts - size.complaints, random, deal, everyDay, pool).map((plan) =>
      contactStory(plan, random),
    ),
    ...complaints.map((plan) => complaintStory(plan, random)),
    ...planLeads(size.leads, random, deal, weekdays, pool).map((plan) => leadStory(plan, random)),
    ...planContracts(size.contracts, random, deal, weekdays, pool).map((plan) => contractStory(plan, random)),
  ];
  // `YYYY-MM-DD HH:mm` sorts as it reads, and sorting keeps the order within a story.
  const steps = stories.flat().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const last = minutesOf(steps.at(-1)!.at);
  return { month, customers: pool, units: size.contracts, steps, readAt: wallTime(last + 45 * day) };
}
