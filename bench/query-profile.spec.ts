import { componentOf, spentIn } from './query-profile';

const frame = (functionName: string, url: string) => {
  return { functionName, url, scriptId: '1', lineNumber: 0, columnNumber: 0 };
};

describe('where time goes', () => {
  it('is told by package, own library, Node, and what is the language’s own is not', () => {
    const at = (url: string) => componentOf(frame('work', url));
    expect(at('/w/node_modules/graphql/execution/execute.js')).toBe('graphql');
    expect(at('/w/node_modules/@apollo/gateway/node_modules/@apollo/utils/index.js')).toBe('@apollo/utils');
    expect(at('file:///w/dist/libs/sales/service/src/contract.resolver.js')).toBe('libs/sales/service');
    expect(at('/w/dist/apps/gateway/src/apollo.js')).toBe('apps/gateway');
    expect(at('node:net')).toBe('Node');
    expect(at('')).toBeNull();
    expect(componentOf(frame('(garbage collector)', ''))).toBe('garbage collection');
  });

  it('counts for the caller what is the language’s own, and waiting not at all', () => {
    const node = (id: number, functionName: string, url: string, children: number[] = []) => {
      return { id, callFrame: frame(functionName, url), children };
    };
    const nodes = [
      node(1, '(root)', '', [2, 4]),
      node(2, 'query', '/w/node_modules/pg/lib/client.js', [3]),
      node(3, 'parse', ''),
      node(4, '(idle)', ''),
    ];
    const profile = {
      nodes,
      startTime: 0,
      endTime: 6_000,
      samples: [2, 3, 4],
      timeDeltas: [0, 1_000, 2_000, 3_000],
    };
    const { components, functions } = spentIn(profile);
    expect([...components]).toEqual([['pg', 3]]);
    expect([...functions]).toEqual([
      ['query (pg, client)', 1],
      ['parse (pg)', 2],
    ]);
  });
});
