import { partsOf } from './start-lines';

describe('the parts of a distributed start', () => {
  it('are read from its own lines', () => {
    const output = [
      '  kafka          127.0.0.1:35601  (a broker of its own, 2.9 s)',
      '  complaints     http://127.0.0.1:40001  (1.6 s)',
      '  complaints-2   http://127.0.0.1:40002  (1.7 s)',
      'Anju is running (6.1 s).',
      '  graph      http://127.0.0.1:4000/graphql',
    ].join('\n');
    expect(partsOf(output)).toEqual([
      { name: 'kafka', seconds: 2.9 },
      { name: 'complaints', seconds: 1.6 },
      { name: 'complaints-2', seconds: 1.7 },
    ]);
  });
});
