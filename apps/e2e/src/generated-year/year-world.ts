import type { Random } from '../chaos/random';
import type { CountedSeverity } from './case-step';
import { NaiveCalendar, day, hour, waysOfWorking } from './naive-calendar';

/** The numbers of the rulebook that a year goes by, under the names that the administrator knows them by. */
export interface CountedPolicy {
  readonly responseWorkingDays: number;
  readonly demandFormWorkingDays: number;
  readonly companyMeasuresWorkingDays: number;
  readonly callbackHours: number;
  readonly replyDeskHours: number;
  readonly specialReportDays: number;
  readonly returnVisitDays: number;
  readonly hotGroupSize: number;
  readonly majorGroupSize: number;
  readonly hotAfterDays: number;
  readonly majorAfterMonths: number;
  readonly dissatisfiedUpTo: number;
  readonly unreachableAfterDays: number;
  readonly warningHours: Readonly<Record<string, number>>;
  /** To whom a case of class 3 is reported, by its severity (CMP-09). */
  readonly impactReportsTo: Readonly<Record<CountedSeverity, readonly string[]>>;
  readonly replyLadders: Readonly<Record<'CUSTOMER' | 'PUBLIC_PLATFORM', readonly string[]>>;
}

const rulebook: CountedPolicy = {
  ...{ responseWorkingDays: 1, demandFormWorkingDays: 1, companyMeasuresWorkingDays: 1 },
  ...{ callbackHours: 48, replyDeskHours: 4, specialReportDays: 7, returnVisitDays: 3 },
  ...{ hotGroupSize: 3, majorGroupSize: 10, hotAfterDays: 7, majorAfterMonths: 1, dissatisfiedUpTo: 2 },
  unreachableAfterDays: 3,
  warningHours: {
    ...{ RESPONSE: 2, CALLBACK: 4, REPLY: 1, MEASURES: 1, DEMAND_FORM: 2, COMPANY_MEASURES: 2 },
    ...{ COMPANY_RESULT: 24, SPECIAL_REPORT: 48, RETURN_VISIT: 24, BECOMES_HOT: 24, BECOMES_MAJOR: 72 },
  },
  impactReportsTo: {
    GENERAL: ['MANAGEMENT_OFFICE'],
    HOT: ['MANAGEMENT_OFFICE', 'QUALITY_CENTRE'],
    MAJOR: ['MANAGEMENT_OFFICE', 'QUALITY_CENTRE', 'DIVISION_LEADER'],
  },
  replyLadders: { CUSTOMER: ['DEPARTMENT_HEAD'], PUBLIC_PLATFORM: ['PROJECT_MANAGER', 'DIVISION_LEADER'] },
};

/** What holds in a project at a moment, with how often each has been changed before. */
export interface Surroundings {
  readonly policy: CountedPolicy;
  readonly calendar: NaiveCalendar;
  readonly policyVersion: number;
  readonly calendarVersion: number;
}

/** From a moment on something else holds, in the whole company or in one project. */
export type WorldChange = { readonly at: number } & (
  | { readonly what: 'POLICY'; readonly project: number | null; readonly values: Partial<CountedPolicy> }
  | { readonly what: 'CALENDAR'; readonly project: number; readonly way: number; readonly version: number }
);

interface Holding {
  readonly from: number;
  readonly surroundings: Surroundings;
}

/** The company as it is through the year: the numbers of its rules, and how its projects work. */
export class YearWorld {
  private readonly byProject = new Map<number, readonly Holding[]>();
  private readonly calendars = Array.from({ length: waysOfWorking }, (_, way) => new NaiveCalendar(way));

  /** @param changes in the order of time */
  constructor(readonly changes: readonly WorldChange[]) {}

  /** What holds; what changes at the very moment does already. */
  holds(project: number, at: number): Surroundings {
    return this.of(project).findLast(({ from }) => from <= at)!.surroundings;
  }

  /** When the project's next change comes after a moment; never: `Infinity`. */
  nextChange(project: number, after: number): number {
    return this.of(project).find(({ from }) => from > after)?.from ?? Infinity;
  }

  calendarOf(project: number, version: number): NaiveCalendar {
    return this.of(project).find(({ surroundings }) => surroundings.calendarVersion === version)!.surroundings
      .calendar;
  }

  private of(project: number): readonly Holding[] {
    let known = this.byProject.get(project);
    if (!known) this.byProject.set(project, (known = this.through(project)));
    return known;
  }

  private through(project: number): readonly Holding[] {
    let [company, own]: Partial<CountedPolicy>[] = [{}, {}];
    let calendar = this.calendars[project % waysOfWorking]!;
    let [policyVersion, calendarVersion] = [0, 0];
    const holding = (from: number): Holding => {
      const policy = merged(merged(rulebook, company!), own!);
      return { from, surroundings: { policy, calendar, policyVersion, calendarVersion } };
    };
    const all = [holding(-Infinity)];
    for (const change of this.changes) {
      if (change.project !== null && change.project !== project) continue;
      if (change.what === 'CALENDAR') {
        calendar = this.calendars[change.way]!;
        calendarVersion = change.version;
      } else {
        policyVersion += 1;
        if (change.project === null) company = change.values;
        else own = change.values;
      }
      all.push(holding(change.at));
    }
    return all;
  }
}

function merged(below: CountedPolicy, own: Partial<CountedPolicy>): CountedPolicy {
  return {
    ...{ ...below, ...own },
    warningHours: { ...below.warningHours, ...own.warningHours },
    replyLadders: { ...below.replyLadders, ...own.replyLadders },
    impactReportsTo: { ...below.impactReportsTo, ...own.impactReportsTo },
  };
}

/** Some settings, each as it may well be. What does not go together (a large group that is small) is not drawn. */
function drawnValues(random: Random): Partial<CountedPolicy> {
  const choices: { readonly [Name in keyof CountedPolicy]?: readonly CountedPolicy[Name][] } = {
    responseWorkingDays: [2, 3],
    demandFormWorkingDays: [2],
    companyMeasuresWorkingDays: [2],
    callbackHours: [24, 72],
    replyDeskHours: [2, 6, 12],
    specialReportDays: [3, 5, 14],
    returnVisitDays: [1, 2, 7],
    hotGroupSize: [2, 4],
    majorGroupSize: [6, 12],
    hotAfterDays: [3, 5, 14],
    majorAfterMonths: [2],
    dissatisfiedUpTo: [1, 3],
    unreachableAfterDays: [2, 4],
    warningHours: [
      { RESPONSE: 4, RETURN_VISIT: 12, BECOMES_HOT: 48 },
      { RESPONSE: 0, SPECIAL_REPORT: 100, BECOMES_MAJOR: 0 },
    ],
    impactReportsTo: [
      { GENERAL: [], HOT: ['MANAGEMENT_OFFICE'], MAJOR: ['DIVISION_LEADER', 'OUTSIDE_DEPARTMENT'] },
    ],
    replyLadders: [
      { CUSTOMER: ['DEPARTMENT_HEAD', 'PROJECT_MANAGER'], PUBLIC_PLATFORM: ['PROJECT_MANAGER'] },
    ],
  };
  const names = random.shuffled(Object.keys(choices) as (keyof CountedPolicy)[]).slice(0, 5);
  return Object.fromEntries(names.map((name) => [name, random.oneOf(choices[name] as readonly unknown[])]));
}

const mostProjectsChanged = 12;

/** Thrice in the year the company's numbers, and those of some projects and their working hours, are changed. */
export function drawWorld(
  { projects, beginsAt }: { readonly projects: number; readonly beginsAt: number },
  random: Random,
): YearWorld {
  // To the second, and never where somebody does something.
  const someTime = (fromDay: number, days: number): number =>
    beginsAt + Math.floor((fromDay + random.next() * days) * 24) * hour + (1 + random.below(890)) * 1_000;
  const changes: WorldChange[] = [70, 180, 290].map((fromDay) => ({
    ...{ what: 'POLICY', project: null, at: someTime(fromDay, 20), values: drawnValues(random) },
  }));
  const some = (): readonly number[] =>
    random
      .shuffled(Array.from({ length: projects }, (_, project) => project))
      .slice(0, Math.min(Math.ceil(projects / 3), mostProjectsChanged));
  for (const project of some()) {
    changes.push({ what: 'POLICY', project, at: someTime(100, 200), values: drawnValues(random) });
  }
  for (const project of some()) {
    for (const [times, fromDay] of [60, 230].entries()) {
      const way = (project + times + 1) % waysOfWorking;
      changes.push({ what: 'CALENDAR', project, at: someTime(fromDay, 100), way, version: times + 1 });
    }
  }
  return new YearWorld(changes.sort((a, b) => a.at - b.at));
}

export const yearBeginsAt = Date.parse('2026-01-01T00:00:00+08:00');
export const yearEndsAt = yearBeginsAt + 365 * day;
