import { factsFrom, memoryFrom, treeAmong, wholeInstance, type ProcessFacts } from './processes';

/** A line of `/proc/<pid>/stat`; the fields after the name begin with the state. */
const stat = (pid: number, name: string, state: string, parent: number): string =>
  `${pid} (${name}) ${state} ${parent} 1 1 0 -1 4194560 100 200 0 0 7 5 30 20 20 0 1 0 100 1 1\n`;
const process = (pid: number, parent: number, name: string): ProcessFacts => ({
  ...{ pid, parent, name, cpuMillis: 0, endedChildrenCpuMillis: 0 },
});
const node = process(10, 1, 'node');
const status = 'Name:\tnode\nVmHWM:\t  210000 kB\nVmRSS:\t  200000 kB\n';
const rollup = (kilobytes: number): string =>
  `55d0 ---p 0000 00:00 0 [rollup]\nRss:  ${kilobytes * 9} kB\nPss:  ${kilobytes} kB\nPss_Anon:  1 kB\n`;

describe('what Linux tells of a process', () => {
  it('is read with its CPU time in milliseconds', () => {
    expect(factsFrom(42, stat(42, 'postgres', 'S', 10))).toEqual({
      ...{ pid: 42, parent: 10, name: 'postgres', cpuMillis: 120, endedChildrenCpuMillis: 500 },
    });
  });

  it('is read past a name that has brackets and spaces', () => {
    expect(factsFrom(42, stat(42, 'a) S 7 (b', 'R', 10))).toMatchObject({ name: 'a) S 7 (b', parent: 10 });
  });

  it('is nothing where it has ended and nobody has asked how', () => {
    expect(factsFrom(42, stat(42, 'postgres', 'Z', 10))).toBeNull();
  });
});

describe('the tree of a process', () => {
  it('has all generations below it, and nobody else', () => {
    const postmaster = process(8, 10, 'postgres');
    const backend = process(9, 8, 'postgres');
    const all = [backend, process(11, 1, 'postgres'), postmaster, node, process(12, 11, 'postgres')];
    expect(treeAmong(all, 10)).toEqual([node, postmaster, backend]);
    expect(treeAmong(all, 99)).toEqual([]);
  });
});

describe('the memory of an instance', () => {
  const tree = [node, process(11, 10, 'postgres'), process(12, 11, 'postgres'), process(13, 10, 'sh')];

  it('counts Node by all its pages, and what PostgreSQL shares once', () => {
    const memory = memoryFrom(tree, status, (pid) => rollup(pid * 100));
    expect(memory).toEqual({
      node: 200_000 * 1_024,
      nodePeak: 210_000 * 1_024,
      postgres: 2_300 * 1_024,
      postgresProcesses: 2,
      others: 1_300 * 1_024,
    });
    expect(wholeInstance(memory)).toBe(203_600 * 1_024);
  });

  it('counts nothing for a process that ends meanwhile', () => {
    const memory = memoryFrom(tree, status, (pid) => (pid === 12 ? null : rollup(100)));
    expect(memory.postgres).toBe(100 * 1_024);
  });

  it('is not guessed where a number is missing', () => {
    expect(() => memoryFrom(tree, 'Name:\tnode\n', () => rollup(1))).toThrow('VmRSS is not told');
    expect(() => memoryFrom(tree, status, () => 'Rss: 1 kB\n')).toThrow('Pss is not told');
  });
});
