import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { YearCheck, type Findings } from './generated-year/year-check';
import { YearGround } from './generated-year/year-ground';
import { denseMix } from './generated-year/year-mix';
import { planYear, type YearPlan } from './generated-year/year-plan';
import { YearPlayer } from './generated-year/year-player';

const size = { complaints: 160, projects: 9, seed: 20_260_101, mix: denseMix };

describe('a generated year of complaints', () => {
  const databases: TestDatabase[] = [];
  let ground: YearGround;
  let plan: YearPlan;
  let check: YearCheck;
  let findings: Findings;

  beforeAll(async () => {
    databases.push(await createTestDatabase('year complaints'), await createTestDatabase('year insights'));
    const [complaints, insights] = databases;
    ground = await YearGround.open({
      ...{ complaintsUrl: complaints!.url, insightsUrl: insights!.url },
      ...{ projects: size.projects, logger: silentLogger },
    });
    plan = planYear(size);
    const played = await new YearPlayer(ground, plan).play();
    await ground.bus.start();
    await ground.bus.settled();
    check = new YearCheck(ground, plan, played);
    findings = await check.run();
  }, 180_000);

  afterAll(async () => {
    await ground?.close();
    for (const database of databases) await database.drop();
  });

  rule(
    [
      ...['CMP-02', 'CMP-03', 'CMP-05', 'CMP-06', 'CMP-07', 'CMP-08', 'CMP-09', 'CMP-10', 'CMP-11'],
      ...['CMP-12', 'CMP-13', 'CMP-14', 'CMP-16', 'CAL-02', 'CAL-03', 'CAL-04'],
    ],
    'every duty of a year is kept or missed at its second, once, and counts as it does by hand',
    () => {
      expect(findings).toEqual([]);
    },
  );

  it('has everything in it: every class and severity, what came back, what was late, and what was refused', () => {
    const { cases, commands, world } = plan;
    const kinds = (values: readonly unknown[]): number => new Set(values).size;
    expect(kinds(cases.map(({ causeClass }) => causeClass))).toBe(3);
    expect(kinds(cases.map(({ severity }) => severity))).toBe(3);
    expect(kinds(cases.map(({ status }) => status))).toBeGreaterThan(5);
    expect(cases.some(({ secondComplaints }) => secondComplaints > 0)).toBe(true);
    expect(kinds(commands.map(({ step }) => step.command))).toBeGreaterThan(34);
    expect(kinds(commands.map(({ answer }) => answer))).toBeGreaterThan(20);
    expect(kinds(world.changes.map(({ what }) => what))).toBe(2);
    const all = cases.flatMap((one) => one.clocks);
    expect(all.some(({ pauses }) => pauses.length > 0)).toBe(true);
    expect(kinds(all.map(({ kind }) => kind))).toBe(9);
    expect(kinds(all.map(({ policyVersion }) => policyVersion))).toBeGreaterThan(3);
    expect(kinds(all.map(({ calendarVersion }) => calendarVersion))).toBe(3);
    const releases = cases.flatMap(({ attempts }) => attempts.map(({ released }) => released));
    expect(kinds(releases)).toBe(3);
    expect(cases.flatMap(({ replies }) => replies.map(({ status }) => status))).toContain('SENT');
    const { clocks, missed, warned, metrics, figures } = check.counted;
    expect(clocks).toBeGreaterThan(2 * size.complaints);
    expect(Math.min(missed, warned)).toBeGreaterThan(50);
    expect(Math.min(metrics, figures)).toBeGreaterThan(60);
  });
});
