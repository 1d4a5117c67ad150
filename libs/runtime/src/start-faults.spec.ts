import { requireSameClock } from './start-faults';

describe('a machine whose clock is not the database’s', () => {
  it.each([
    [7_200, 'the clock of this machine is 7200.0 s ahead of the database'],
    [-5.1, 'the clock of this machine is 5.1 s behind the database'],
  ])('%d s away is refused', (seconds, sentence) => {
    expect(() => requireSameClock(seconds, 5)).toThrow(sentence);
    expect(() => requireSameClock(seconds, 5)).toThrow('tolerated are 5 s, CLOCK_TOLERANCE_SECONDS');
  });

  it.each([0, 5, -5])('%d s away is not', (seconds) => {
    expect(() => requireSameClock(seconds, 5)).not.toThrow();
  });
});
