import { Chance, Lottery } from './chance';

describe('chance of the bulk load', () => {
  it('comes out the same for the same seed', () => {
    const drawn = (seed: number) => {
      const chance = new Chance(seed);
      return [chance.share(), chance.below(10), chance.id(new Date(0))];
    };
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
  });

  it('gives ids of version 7, of the instant they are made for', () => {
    const at = new Date('2026-03-02T01:02:03.456Z');
    const id = new Chance(1).id(at);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at.getTime());
  });

  it('draws in proportion to the weights, and nothing without weight', () => {
    const chance = new Chance(3);
    const lottery = new Lottery(Float64Array.from([1, 0, 3]));
    const counts = [0, 0, 0];
    for (let index = 0; index < 4_000; index += 1) counts[lottery.draw(chance)]! += 1;
    expect(counts[1]).toBe(0);
    expect(counts[2]! / counts[0]!).toBeCloseTo(3, 0);
  });
});
