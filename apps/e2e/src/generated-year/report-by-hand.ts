import type { CountedCase } from './counted-case';
import { isOwed } from './counted-clock';
import { dateOf, day, midnightBefore, monthsAfter } from './naive-calendar';

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Two numbers: of the period, and of the one before. */
type Pair = readonly [number, number];

const clockKinds = [
  ...['RESPONSE', 'CALLBACK', 'REPLY', 'MEASURES', 'DEMAND_FORM', 'COMPANY_MEASURES', 'COMPANY_RESULT'],
  ...['SPECIAL_REPORT', 'RETURN_VISIT'],
];
const ages = ['UP_TO_2_DAYS', 'UP_TO_A_WEEK', 'UP_TO_A_MONTH', 'OVER_A_MONTH'];

/** The month before a month; of any other period as many days before it. */
export function periodBefore({ from, to }: Period): Period {
  const before = (date: string): string => dateOf(midnightBefore(date) - 1);
  const isMonth = from.endsWith('-01') && dateOf(midnightBefore(to) + day).endsWith('-01');
  if (isMonth && from.slice(0, 7) === to.slice(0, 7)) {
    return { from: `${before(from).slice(0, 8)}01`, to: before(from) };
  }
  const days = (midnightBefore(to) - midnightBefore(from)) / day + 1;
  return { from: dateOf(midnightBefore(from) - days * day), to: before(from) };
}

/** The regular report upward (CMP-16), counted over all cases that it is about, in the words of its query. */
export function reportByHand(cases: readonly CountedCase[], period: Period, now: number): unknown {
  const periods = [period, periodBefore(period)];
  const isIn = (at: number | null, which: number): boolean => {
    if (at === null) return false;
    const [date, { from, to }] = [dateOf(at), periods[which]!];
    return from <= date && date <= to;
  };
  const pair = (count: (which: number) => number): Pair => [count(0), count(1)];
  const receivedIn = [0, 1].map((which) => cases.filter(({ receipt }) => isIn(receipt.receivedAt, which)));
  const received = (holds: (one: CountedCase) => boolean): Pair =>
    pair((which) => receivedIn[which]!.filter(holds).length);
  const ends = periods.map(({ to }) => Math.min(midnightBefore(to) + day, now));
  const openAt = ends.map((at) => cases.filter((one) => isOpenAt(one, at)));
  const resolved = pair((which) => cases.filter(({ resolvedAt }) => isIn(resolvedAt, which)).length);
  const hours = [0, 1].map((which) =>
    mean(
      cases
        .filter(({ resolvedAt }) => isIn(resolvedAt, which))
        .map(({ resolvedAt, receipt }) => (resolvedAt! - receipt.receivedAt) / 3_600_000),
    ),
  );
  const points = [0, 1].map((which) =>
    cases.flatMap(({ visits }) => visits.filter(({ at }) => isIn(at, which)).map((one) => one.satisfaction)),
  );
  const released = (why: string): Pair =>
    pair(
      (which) =>
        cases.flatMap(({ attempts }) => attempts.filter((one) => one.released === why && isIn(one.at, which)))
          .length,
    );
  // What was joined into another case came back, if it did, with that one.
  const wasResolved = (one: CountedCase): boolean => one.resolutions > 0 && one.joinedAt === null;
  const cameBack = (one: CountedCase): boolean => wasResolved(one) && one.secondComplaints > 0;
  const share = (part: number, whole: number): readonly [number, number] => [part, whole];
  const second = [0, 1].map((which) =>
    share(receivedIn[which]!.filter(cameBack).length, receivedIn[which]!.filter(wasResolved).length),
  );
  return {
    received: received(() => true),
    receivedAndOpen: received(({ isOpen }) => isOpen),
    ofSeveralCustomers: received(({ members }) => members.size > 1),
    resolved,
    closed: pair((which) => cases.filter(({ closedAt }) => isIn(closedAt, which)).length),
    openAtEnd: pair((which) => openAt[which]!.length),
    hoursToResolution: hours,
    byCauseClass: named(['CLASS_1', 'CLASS_2', 'CLASS_3'], (name) =>
      received(({ causeClass }) => causeClass === name),
    ),
    bySeverity: named(['MAJOR', 'HOT', 'GENERAL'], (name) => received(({ severity }) => severity === name)),
    byChannel: present(new Set(cases.map(({ receipt }) => receipt.channel)), (name) =>
      received(({ receipt }) => receipt.channel === name),
    ),
    facts: present(new Set(cases.flatMap((one) => [...one.facts])), (name) =>
      received(({ facts }) => facts.has(name)),
    ),
    ages: named(ages, (name) =>
      pair((which) => openAt[which]!.filter((one) => ageAt(one, ends[which]!) === name).length),
    ),
    clocks: Object.fromEntries(
      clockKinds
        .map((kind) => [kind, [0, 1].map((which) => clocksOf(cases, kind, (at) => isIn(at, which)))] as const)
        .filter(([, figures]) => figures.flat().some((count) => count > 0)),
    ),
    secondComplaints: second,
    visits: pair((which) => points[which]!.length),
    declined: released('DECLINED'),
    unreachable: released('UNREACHABLE'),
    meanSatisfaction: points.map(mean),
    points: [1, 2, 3, 4, 5].map((value) => points[0]!.filter((one) => one === value).length),
  };
}

/** Kept, missed, of these undone still, and not due yet; what was missed in a case that ended in another is told there. */
function clocksOf(
  cases: readonly CountedCase[],
  kind: string,
  isIn: (at: number) => boolean,
): readonly number[] {
  const clocks = cases
    .flatMap((one) => one.clocks)
    .filter((clock) => clock.kind === kind && isIn(clock.dueAt) && (clock.told || clock.missedAt === null));
  const count = (holds: (clock: (typeof clocks)[number]) => boolean): number => clocks.filter(holds).length;
  return [
    count(({ metAt, missedAt }) => metAt !== null && missedAt === null),
    count(({ missedAt }) => missedAt !== null),
    count((clock) => clock.missedAt !== null && isOwed(clock)),
    count((clock) => clock.missedAt === null && isOwed(clock)),
  ];
}

function isOpenAt({ receipt, closings, joinedAt }: CountedCase, at: number): boolean {
  if (receipt.receivedAt >= at || (joinedAt !== null && joinedAt < at)) return false;
  return !closings.some(({ from, to }) => from < at && (to === null || to >= at));
}

function ageAt({ receipt: { receivedAt } }: CountedCase, at: number): string {
  if (at - receivedAt <= 2 * day) return ages[0]!;
  if (at - receivedAt <= 7 * day) return ages[1]!;
  return monthsAfter(receivedAt, 1) >= at ? ages[2]! : ages[3]!;
}

/** With two decimals; null of nothing. */
function mean(values: readonly number[]): string | null {
  if (values.length === 0) return null;
  return (values.reduce((sum, one) => sum + one, 0) / values.length).toFixed(2);
}

function named(names: readonly string[], of: (name: string) => Pair): Record<string, Pair> {
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

/** Those alone of which there is anything. */
function present(names: ReadonlySet<string>, of: (name: string) => Pair): Record<string, Pair> {
  const all = [...names].sort().map((name) => [name, of(name)] as const);
  return Object.fromEntries(all.filter(([, [current, previous]]) => current + previous > 0));
}
