import { describeWithBroker } from '@anju/testing-kafka';
import { runChaos, type ChaosResult } from './chaos/run';
import { lastStrikes, strikes } from './chaos/strikes';

// `npm run chaos` does the same with other seeds, for as long as wanted.
describeWithBroker('a platform of which every part is killed while people work on it', () => {
  let result: ChaosResult;
  const lines: string[] = [];

  beforeAll(async () => {
    try {
      result = await runChaos({
        seed: 4,
        brokerDownMillis: 5_000,
        perSecond: 16,
        warmUp: 100,
        undisturbedMillis: 500,
        replays: 150,
        say: (line) => void lines.push(line),
      });
    } catch (error) {
      throw new Error(`after\n${lines.join('\n')}`, { cause: error });
    }
  }, 900_000);

  it('was hit at every point at which something can be lost', () => {
    expect([...result.strikes].sort()).toEqual([...Object.keys(strikes), ...Object.keys(lastStrikes)].sort());
    expect(result.kills).toBeGreaterThanOrEqual(result.strikes.length);
    expect(result.retried).toBeGreaterThan(0);
    expect(result.deadlines).toBeGreaterThan(0);
  });

  it('has answered every command, and each retry as the first time', () => {
    expect(result.commands).toBeGreaterThan(500);
    expect({ unanswered: result.unanswered, problems: result.problems }).toEqual({
      unanswered: 0,
      problems: [],
    });
  });

  it('has lost nothing: every event, command, case, number and deadline had its effect', () => {
    expect(result.events).toBeGreaterThan(result.commands);
    expect(result.findings.lost).toEqual([]);
  });

  it('has done nothing twice', () => {
    expect(result.findings.doubled).toEqual([]);
  });

  it('has kept the order of every aggregate', () => {
    expect(result.findings.outOfOrder).toEqual([]);
  });
});
