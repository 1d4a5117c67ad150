import { asMarkdown, asText, surroundings, type Chapter } from './report';

const chapter: Chapter = {
  title: 'Memory',
  method: 'Measured.',
  figures: [
    {
      name: 'resident',
      target: '≤ 350 MB',
      measured: { embedded: '284 MB', distributed: '900 MB' },
      met: true,
    },
    { name: 'start', target: '≤ 3 s', measured: { distributed: '4 s' }, met: false },
    { name: 'requests', target: null, measured: { embedded: '150 /s' }, met: null },
    { name: 'peak', target: '≤ 9 MB', measured: { embedded: 'not told' }, met: null },
  ],
  tables: [
    {
      title: 'Parts',
      head: ['what', 'size'],
      rows: [
        ['a | b', '1'],
        ['测户', '22'],
      ],
    },
  ],
};

describe('the report', () => {
  it('says of every figure whether it was met', () => {
    const text = asMarkdown([chapter], { date: 'd', machine: 'm', load: 'l', seconds: 161.4 });
    expect(text).toContain('in one run of 161 s');
    expect(text).toContain('| resident | ≤ 350 MB | 284 MB | 900 MB | met |');
    expect(text).toContain('| start | ≤ 3 s | – | 4 s | MISSED |');
    expect(text).toContain('| requests | – | 150 /s | – | shown |');
    expect(text).toContain('| peak | ≤ 9 MB | not told | – | not measured |');
  });

  it('keeps a bar in a cell from ending it', () => {
    const text = asMarkdown([chapter], { date: 'd', machine: 'm', load: 'l', seconds: 1 });
    expect(text).toContain('| a \\| b | 1 |');
  });

  it('stands in columns in a terminal, where a Chinese character takes two', () => {
    expect(asText([chapter]).split('\n').slice(2, 5)).toEqual(['what   size', 'a | b  1', '测户   22']);
  });

  it('names cores and memory, and no machine', () => {
    const { machine } = surroundings([0.5, 1.25], 3);
    expect(machine).toMatch(/^\d+ cores \(.+\), \d+ GB memory, \S+ \S+, Node \d+\.\d+\.\d+$/);
    expect(surroundings([0.5, 1.24], 3).load).toBe('0.5 before, 1.2 after');
  });
});
