import { byName, titleOf } from './process-memory';

describe('the processes of a platform', () => {
  it('are told apart by what they run', () => {
    const node = (...args: string[]): string => ['/usr/bin/node', ...args].join('\0');
    expect(titleOf('node', node('--max-semi-space-size=8', '/a/dist/apps/complaints/src/main.js'))).toBe(
      'complaints',
    );
    expect(titleOf('MainThread', node('tools/start-distributed.mjs'))).toBe('supervisor');
    expect(titleOf('postgres', 'postgres: checkpointer')).toBe('PostgreSQL');
    expect(titleOf('java', '/usr/bin/java\0kafka.Kafka')).toBe('Kafka broker');
    expect(titleOf('sh', '/bin/sh\0-c')).toBe('guarding shells');
  });

  it('are added up by name', () => {
    const one = { name: 'PostgreSQL', processes: 1, resident: 5, proportional: 2 };
    expect(byName([one, { ...one, name: 'supervisor' }, one])).toEqual([
      { name: 'PostgreSQL', processes: 2, resident: 10, proportional: 4 },
      { name: 'supervisor', processes: 1, resident: 5, proportional: 2 },
    ]);
  });
});
