import { memoryChapter } from './memory';
import type { InstanceMemory } from './processes';

const instance = (node: number, postgres: number): InstanceMemory => ({
  node: node * 1_024 ** 2,
  nodePeak: (node + 5) * 1_024 ** 2,
  postgres: postgres * 1_024 ** 2,
  postgresProcesses: 22,
  others: 0,
});
const figureOf = (...fresh: InstanceMemory[]): unknown =>
  memoryChapter({ when: 'after the day', fresh, warm: [] }).figures[0];

describe('the chapter on memory', () => {
  it('holds the whole instance against the target, with Node beside it', () => {
    expect(figureOf(instance(200, 80), instance(210, 81), instance(205, 79))).toEqual({
      name: 'resident after the day: whole instance, Node and PostgreSQL (PSS)',
      target: '≤ 350 MB',
      measured: { embedded: '284 MB (280–291, n=3); Node alone 205 MB (200–210, n=3)' },
      met: true,
    });
    expect(figureOf(instance(270, 80))).toMatchObject({ met: true });
  });

  it('does not meet the target by Node alone', () => {
    expect(figureOf(instance(271, 80))).toMatchObject({ met: false });
  });

  it('says so where the machine does not tell', () => {
    expect(figureOf()).toMatchObject({
      measured: { embedded: 'not told by this machine; Node alone not told by this machine' },
      met: null,
    });
  });
});
