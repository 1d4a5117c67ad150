import { buildSchema, execute, parse, specifiedRules, validate } from 'graphql';
import fc from 'fast-check';
import { RequestRefused } from './error-codes';
import type { GatewayErrorCode } from './error-codes';
import { defaultLimits } from './gateway-options';
import { QueryGate } from './query-gate';
import { queryShapes } from './query-shape';

const gate = new QueryGate(defaultLimits);
/** Far more than a busy machine needs, and far less than what grows with each level of a query. */
const atOnceMillis = 10_000;

function refusalOf(attempt: () => unknown): RequestRefused | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof RequestRefused) return error;
    throw error;
  }
}

function codeOf(query: string, operationName: string | null = null): GatewayErrorCode | null {
  return refusalOf(() => gate.admit(query, operationName))?.code ?? null;
}

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (levels: number): string =>
  `${'{ parent '.repeat(levels - 1)}{ id }${' }'.repeat(levels - 1)}`;

const inPages = (levels: number, page: string): string =>
  `${`{ list${page} { nodes `.repeat(levels)}{ id }${' } }'.repeat(levels)}`;

describe('what a query may cost', () => {
  it.each<[string, string, GatewayErrorCode | null]>([
    ['20 levels', nested(20), null],
    ['21 levels', nested(21), 'QUERY_TOO_DEEP'],
    ['60 levels', nested(60), 'QUERY_TOO_DEEP'],
    ['3,000 levels', nested(3_000), 'QUERY_TOO_DEEP'],
    ['levels inside a fragment', `{ a { ...F } } fragment F on T ${nested(20)}`, 'QUERY_TOO_DEEP'],
    ['levels inside a fragment that nobody uses', `{ a } fragment F on T ${nested(21)}`, 'QUERY_TOO_DEEP'],
    ['a list in a list, 2,000 times', `{ a(b: ${'['.repeat(2_000)}${']'.repeat(2_000)}) }`, 'QUERY_TOO_DEEP'],
    ['30 names for one field', `{ a { ${times(30, (n) => `n${n}: b`)} } }`, null],
    ['31 names for one field', `{ a { ${times(31, (n) => `n${n}: b`)} } }`, 'TOO_MANY_ALIASES'],
    ['1,000 names for one field', `{ ${times(1_000, (n) => `n${n}: b`)} }`, 'TOO_MANY_ALIASES'],
    [
      'names for one field over fragments',
      `{ ...A ...B } ${['A', 'B']
        .map((name) => `fragment ${name} on Q { a { ${times(16, (n) => `${name}${n}: b`)} } }`)
        .join(' ')}`,
      null,
    ],
    [
      'names for one field on one level over fragments',
      `{ a { ...A ...B } } ${['A', 'B']
        .map((name) => `fragment ${name} on Q { ${times(16, (n) => `${name}${n}: b`)} }`)
        .join(' ')}`,
      'TOO_MANY_ALIASES',
    ],
    [
      '201 aliases',
      `{ ${times(3, (n) => `f${n} { ${times(67, (m) => `x${m}: g${m}`)} }`)} }`,
      'TOO_MANY_ALIASES',
    ],
    ['20 fields on the first level', `{ ${times(20, (n) => `f${n}`)} }`, null],
    ['21 fields on the first level', `{ ${times(21, (n) => `f${n}`)} }`, 'TOO_MANY_ROOT_FIELDS'],
    ['21 commands at once', `mutation { ${times(21, (n) => `f${n}`)} }`, 'TOO_MANY_ROOT_FIELDS'],
    ['200 fields on a level', `{ a { ${times(200, (n) => `f${n}`)} } }`, null],
    ['201 fields on a level', `{ a { ${times(201, (n) => `f${n}`)} } }`, 'TOO_MANY_FIELDS'],
    ['the same field 3,000 times', `{ a { ${times(3_000, () => 'f')} } }`, 'TOO_MANY_FIELDS'],
    [
      'the same field 3,000 times where nobody looks',
      `{ a } fragment F on T { ${times(3_000, () => 'f')} }`,
      'TOO_MANY_FIELDS',
    ],
    [
      'fields over fragments that double each time',
      `{ ...F0 } ${times(12, (n) => `fragment F${n} on T { a { ...F${n + 1} } b { ...F${n + 1} } }`)} fragment F12 on T { c }`,
      'TOO_MANY_FIELDS',
    ],
    [
      '1,501 fields',
      `{ ${times(10, (n) => `f${n} { ${times(149, (m) => `g${m}`)} }`)} h }`,
      'TOO_MANY_FIELDS',
    ],
    ['four lists inside each other, each by its own page', inPages(4, ''), null],
    ['five lists inside each other, each by its own page', inPages(5, ''), 'TOO_MANY_ENTRIES'],
    ['two lists inside each other, of 100 entries', inPages(2, '(first: 100)'), null],
    ['three lists inside each other, of 100 entries', inPages(3, '(first: 100)'), 'TOO_MANY_ENTRIES'],
    [
      'three lists inside each other, as long as a variable says',
      `query ($n: Int) ${inPages(3, '(first: $n)')}`,
      'TOO_MANY_ENTRIES',
    ],
    ['nine lists inside each other, of one entry', inPages(9, '(first: 1)'), null],
    [
      'three long lists inside each other, over fragments and edges',
      `{ ...A } fragment A on Q { a(first: 100) { ...B } } fragment B on C { edges { node ${inPages(2, '(first: 100)')} } }`,
      'TOO_MANY_ENTRIES',
    ],
    [
      '30 long lists beside each other',
      `{ a { ${times(30, (n) => `n${n}: b(first: 100) { nodes { c } }`)} } }`,
      null,
    ],
    ['50 directives', `{ a ${times(50, () => '@x')} }`, null],
    ['51 directives', `{ a ${times(51, () => '@x')} }`, 'TOO_MANY_DIRECTIVES'],
    [
      '51 directives on variables and fragments',
      `query ($a: Int ${times(20, () => '@x')}) { ... ${times(31, () => '@x')} { a } }`,
      'TOO_MANY_DIRECTIVES',
    ],
    ['10,001 tokens', `{ a(b: [${times(10_000, () => '1')}]) }`, 'QUERY_TOO_LONG'],
    ['50,001 characters', `{ a } #${'x'.repeat(50_000)}`, 'QUERY_TOO_LONG'],
    ['a text of 4,000 characters', `{ a(b: "${'房'.repeat(4_000)}") }`, null],
    ['a text of 10,000 characters', `{ a(b: "${'房'.repeat(10_000)}") }`, 'LITERAL_TOO_LONG'],
    ['a block text of 10,000 characters', `{ a(b: """${'房'.repeat(10_000)}""") }`, 'LITERAL_TOO_LONG'],
    ['a fragment in itself', '{ ...A } fragment A on T { a { ...A } }', 'FRAGMENT_CYCLE'],
    [
      'fragments in a round',
      '{ a } fragment A on T { ...B } fragment B on T { x { ...C } } fragment C on T { ...A }',
      'FRAGMENT_CYCLE',
    ],
    [
      'a round that is entered from outside',
      '{ ...A } fragment A on T { ...B } fragment B on T { ...B }',
      'FRAGMENT_CYCLE',
    ],
    ['an alias that the gateway uses', '{ a { __typename: b } }', 'RESERVED_NAME'],
    ['an alias that is special in JavaScript', '{ a { __proto__: b } }', 'RESERVED_NAME'],
    ['an alias as other clients make it', '{ a { __isNode: __typename } }', null],
    ['a variable that the gateway uses', 'query ($representations: Int) { a }', 'RESERVED_NAME'],
    ['a subscription', 'subscription { a }', 'SUBSCRIPTIONS_NOT_SUPPORTED'],
    ['a schema', 'type Query { a: Int }', 'OPERATION_RESOLUTION_FAILURE'],
    ['a fragment that is not there', '{ ...A }', null],
    ['what is not GraphQL', '{ a', null],
    ['a lone bracket', '}}}}', null],
    ['a text that does not end', '{ a(b: "', null],
  ])('%s', (_what, query, code) => {
    expect(codeOf(query)).toBe(code);
  });

  it('names the number and the limit in its message', () => {
    const refusal = refusalOf(() => gate.admit(`query Deep ${nested(60)}`, null));
    expect(refusal).toMatchObject({
      message: 'The operation Deep is 60 levels deep; at most 20 are allowed.',
      details: { limit: 20, actual: 60 },
    });
  });

  it.each([
    [
      'a broad fragment on a thousand levels',
      `{ ${times(20, (n) => `f${n} { ${times(90, (m) => `g${m} { ...F }`)} }`)} } fragment F on T { ${times(195, (n) => `x${n}`)} }`,
    ],
    ['brackets only', '{'.repeat(9_999)],
    [
      'a chain of a thousand fragments',
      `{ ...F0 } ${times(1_000, (n) => `fragment F${n} on T { ...F${n + 1} }`)} fragment F1000 on T { a }`,
    ],
    [
      'a ladder of a thousand fragments',
      `{ ...F0 } ${times(900, (n) => `fragment F${n} on T { a { ...F${n + 1} } }`)} fragment F900 on T { a }`,
    ],
    [
      'fragments that spread each other twice, 500 times',
      `{ ...F0 } ${times(500, (n) => `fragment F${n} on T { ...F${n + 1} ...F${n + 1} }`)} fragment F500 on T { a }`,
    ],
  ])('decides quickly about %s', (_what, query) => {
    const begin = performance.now();
    refusalOf(() => new QueryGate(defaultLimits).admit(query, null));
    expect(performance.now() - begin).toBeLessThan(atOnceMillis);
  });

  it('lets through only what validates in little time', () => {
    const schema = buildSchema('type Query { a(x: Int): Query b: Query c: Int }');
    const worst = `{ ${times(2, (n) => `a { ${times(30, () => `b { ${times(20, () => 'c')} }`)} } # ${n}\n`)} }`;
    expect(codeOf(worst)).toBeNull();
    const begin = performance.now();
    validate(schema, parse(worst), specifiedRules);
    expect(performance.now() - begin).toBeLessThan(atOnceMillis);
  });

  it('counts the fields that execution answers with', () => {
    const schema = buildSchema('type Query { a: Query b: Query c: Int }');
    const selection = fc.letrec<{ set: string; field: string }>((tie) => ({
      set: fc.array(tie('field'), { minLength: 1, maxLength: 3 }).map((fields) => `{ ${fields.join(' ')} }`),
      field: fc.oneof(
        { maxDepth: 4 },
        fc.constant('c'),
        fc.constantFrom('...F', '... { c }', '... on Query { c }'),
        fc.tuple(fc.constantFrom('a', 'b'), tie('set')).map(([name, set]) => `${name} ${set}`),
      ),
    })).set;
    fc.assert(
      fc.property(selection, (set) => {
        const document = parse(`${set} fragment F on Query { c a { c } }`);
        const [shape] = queryShapes(document, 1_000, 100_000, defaultLimits.pages);
        const root: Record<string, unknown> = { c: 1 };
        root['a'] = root['b'] = root;
        const { data } = execute({ schema, document, rootValue: root }) as { data: object };
        const depthOf = (value: unknown): number =>
          typeof value === 'object' && value !== null
            ? 1 + Math.max(...Object.values(value).map(depthOf))
            : 0;
        const fieldsOf = (value: unknown): number =>
          typeof value === 'object' && value !== null
            ? Object.values(value).reduce<number>((sum, inner) => sum + 1 + fieldsOf(inner), 0)
            : 0;
        expect(shape!.depth).toBe(depthOf(data));
        // Fields asked for twice come in one answer; the limit counts them twice.
        expect(shape!.fields).toBeGreaterThanOrEqual(fieldsOf(data));
      }),
    );
  });
});

describe('which operation is meant', () => {
  it.each<[string, string, string | null, GatewayErrorCode | null]>([
    ['the only one', '{ a }', null, null],
    ['one of two by its name', 'query A { a } query B { b }', 'B', null],
    ['one of two without a name', 'query A { a } query B { b }', null, 'OPERATION_RESOLUTION_FAILURE'],
    ['one that is not there', 'query A { a }', 'C', 'OPERATION_RESOLUTION_FAILURE'],
    ['none', 'fragment F on T { a }', null, 'OPERATION_RESOLUTION_FAILURE'],
  ])('%s', (_what, query, name, code) => {
    expect(codeOf(query, name)).toBe(code);
  });

  it('is told with its name and type', () => {
    expect(gate.admit('mutation Close { a } query Look { b }', 'Close')).toEqual({
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      operation: { name: 'Close', type: 'mutation' },
    });
  });
});

describe('variables', () => {
  it('may be nested as deeply as inputs are', () => {
    const deep = (levels: number): Record<string, unknown> =>
      levels === 0 ? { value: 1 } : { and: [deep(levels - 1)] };
    expect(refusalOf(() => gate.admitVariables(deep(9)))).toBeNull();
    expect(refusalOf(() => gate.admitVariables(deep(11)))?.code).toBe('VARIABLES_TOO_DEEP');
    const bottomless = JSON.parse(`${'{"and":['.repeat(50_000)}${']}'.repeat(50_000)}`) as Record<
      string,
      unknown
    >;
    expect(refusalOf(() => gate.admitVariables(bottomless))?.code).toBe('VARIABLES_TOO_DEEP');
  });
});
