import { metricCatalogue, metricOf } from '@anju/insights';
import { instantOf } from './generated-month/month-commands';
import { countMonth } from './generated-month/month-count';
import {
  figuresFromGraph,
  figuresFromSql,
  valuesFromGraph,
  wholeFigures,
  type Figures,
} from './generated-month/month-figures';
import { planMonth, wholeMonth, type MonthPlan, type MonthSize } from './generated-month/month-plan';
import { playMonth } from './generated-month/month-player';
import { minutesOf, wallTime, day } from './generated-month/wall-time';
import { isDistributed, startPlatform, type Platform } from './platform';

const month = '2026-07';
const { GENERATED_MONTH_SEED = '20260722', GENERATED_MONTH_CONTACTS } = process.env;
const seed = Number(GENERATED_MONTH_SEED);
/** The whole month has 1,000 contacts and takes minutes: by itself a part of it is played, fewer between processes. */
const size = sizeOf(Number(GENERATED_MONTH_CONTACTS ?? (isDistributed ? 40 : 100)));
const longestMillis = 1_800_000;

/** Nothing of the platform is asked for what is expected: it is counted from the plan. */
describe(`July 2026 as seed ${seed} has it, with ${size.contacts} contacts`, () => {
  let platform: Platform;
  let plan: MonthPlan;
  let expected: Figures;

  beforeAll(async () => {
    plan = planMonth(month, seed, size);
    expected = wholeFigures(countMonth(plan.steps, month));
    const dayBefore = wallTime(minutesOf(plan.steps[0]!.at) - day);
    platform = await startPlatform(instantOf(dayBefore));
    await playMonth(platform, plan);
  }, longestMillis);

  afterAll(() => platform?.close());

  it('has in the graph the metrics that an independent count comes to', async () => {
    expect(await figuresFromGraph(platform, month)).toEqual(expected);
  });

  it('has them in the SQL views of the metrics database', async () => {
    expect(await figuresFromSql(platform, month)).toEqual(expected);
  });

  it('has shares and means as the counts make them', async () => {
    const values = await valuesFromGraph(platform, month);
    for (const { id } of metricCatalogue) {
      const { numerator, denominator } = expected[id]!;
      const whole = metricOf(id).unit === 'PERCENT' ? 100 : 1;
      const value =
        denominator === null ? numerator : denominator === 0 ? null : (whole * numerator) / denominator;
      expect([id, isAsRounded(values[id], value)]).toEqual([id, true]);
    }
  });
});

/** To two decimals. */
function isAsRounded(value: number | null | undefined, exact: number | null): boolean {
  if (value == null || exact === null) return value === exact;
  return Math.abs(value - exact) < 0.005_001;
}

/** A month with so many contacts, and of all else as many as go with them. */
function sizeOf(contacts: number): MonthSize {
  const part = (whole: number): number => Math.round((whole * contacts) / wholeMonth.contacts);
  const { complaints, contracts, leads } = wholeMonth;
  return { contacts, complaints: part(complaints), contracts: part(contracts), leads: part(leads) };
}
