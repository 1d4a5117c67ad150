import {
  GraphQLEnumType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  execute,
  graphql,
  parse,
} from 'graphql';
import type { GatewayContext } from './gateway-options';
import { inProcessDataSource } from './in-process-data-source';
import { testServices } from './testing/two-services';

const context: GatewayContext<string> = {
  requestId: 'r1',
  principal: 'zhang',
  headers: { 'x-request-id': 'r1' },
  signal: new AbortController().signal,
};

jest.mock('graphql', () => {
  const actual = jest.requireActual<typeof import('graphql')>('graphql');
  return { ...actual, parse: jest.fn(actual.parse) };
});

type Source = ReturnType<typeof inProcessDataSource<string>>;

function ask(source: Source, query: string, variables?: Record<string, unknown>) {
  return source.process({
    kind: 'incoming operation',
    request: { query, variables },
    incomingRequestContext: {},
    context,
  } as unknown as Parameters<Source['process']>[0]);
}

describe('a service in this process', () => {
  const { directory, reception } = testServices;

  it.each<[string, string, Record<string, unknown>]>([
    ['fields', '{ customers { id name homes { number } } }', {}],
    ['default and given arguments', '{ two: customers { id } three: customers(first: 3) { id } }', {}],
    [
      'fragments',
      '{ customers { ...C } } fragment C on Customer { id parent { ...P } } fragment P on Customer { name }',
      {},
    ],
    ['unions', '{ find(text: "1") { __typename ... on Home { number } ... on Customer { name } } }', {}],
    [
      'conditions',
      'query ($a: Boolean!, $b: Boolean = true) { customers { id @skip(if: $a) name @include(if: $b) } }',
      { a: true },
    ],
    [
      'the same fragment under two conditions',
      'query ($a: Boolean!) { customers { parent @include(if: $a) { ...F } homes @skip(if: $a) { number } ...F } } fragment F on Customer { id }',
      { a: false },
    ],
    [
      'entities',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { name } } }',
      {
        r: [
          { __typename: 'Customer', id: 'c1' },
          { __typename: 'Customer', id: 'x' },
        ],
      },
    ],
    [
      'names that are special in JavaScript',
      '{ constructor: whoAmI toString: whoAmI hasOwnProperty: whoAmI }',
      {},
    ],
  ])('answers as graphql-js does: %s', async (_what, query, variables) => {
    const contextFor = () => ({ person: 'zhang', headers: {} });
    const source = inProcessDataSource({ schema: directory!, contextFor });
    const expected = await graphql({
      schema: directory!,
      source: query,
      variableValues: variables,
      contextValue: contextFor(),
    });
    const first = await ask(source, query, variables);
    const second = await ask(source, query, variables);
    expect(JSON.parse(JSON.stringify(first))).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(second).toEqual(first);
    expect(expected.errors).toBeUndefined();
  });

  it('leaves the place of a failing entity empty, and the others where they are', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id } } }';
    const r = ['c3', 'c1', 'c3', 'c2'].map((id) => ({ __typename: 'Customer', id }));
    const answer = await ask(inProcessDataSource({ schema: reception!, contextFor: () => ({}) }), query, {
      r,
    });
    expect(answer.data).toEqual({ _entities: [null, { id: 'c1' }, null, { id: 'c2' }] });
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions?.['code']])).toEqual([
      [['_entities', 0], 'FORBIDDEN'],
      [['_entities', 2], 'FORBIDDEN'],
    ]);
  });

  it('runs no code that comes in a text', async () => {
    const text = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.taken=1';
    await ask(
      inProcessDataSource({ schema: directory!, contextFor: () => ({}) }),
      `{ find(text: "${text}") { __typename } }`,
    );
    expect(globalThis).not.toHaveProperty('taken');
  });

  it('gives resolvers the inner values of enums and scalars, from variables, literals and defaults', async () => {
    const Level = new GraphQLEnumType({
      name: 'Level',
      values: { LOW: { value: 1 }, HIGH: { value: { weight: 9 } } },
    });
    const seen: unknown[] = [];
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: {
          level: {
            type: Level,
            args: {
              level: { type: Level, defaultValue: 1 },
              many: { type: new GraphQLList(new GraphQLNonNull(Level)) },
            },
            resolve: (_root, args: { level: unknown; many?: unknown }) => {
              seen.push(args.level, args.many);
              return args.level;
            },
          },
        },
      }),
    });
    const source = inProcessDataSource({ schema, contextFor: () => ({}) });
    expect((await ask(source, 'query ($l: Level = HIGH) { level(level: $l) }')).data).toEqual({
      level: 'HIGH',
    });
    expect((await ask(source, '{ level(level: HIGH, many: [LOW, HIGH]) }')).data).toEqual({ level: 'HIGH' });
    expect((await ask(source, '{ level }')).data).toEqual({ level: 'LOW' });
    expect(seen).toEqual([{ weight: 9 }, undefined, { weight: 9 }, [1, { weight: 9 }], 1, undefined]);
  });

  it('reads and checks a query once, and asks for a context each time', async () => {
    const parsed = jest.mocked(parse).mockClear();
    const contextFor = jest.fn(({ principal }: GatewayContext<string>) => ({
      person: principal,
      headers: {},
    }));
    const source = inProcessDataSource({ schema: directory!, contextFor });
    for (let n = 0; n < 3; n += 1)
      expect((await ask(source, '{ whoAmI }')).data).toEqual({ whoAmI: 'zhang' });
    expect(parsed).toHaveBeenCalledTimes(1);
    expect(contextFor.mock.calls).toEqual([[context], [context], [context]]);
  });

  it('says when the supergraph was made from another schema', async () => {
    const source = inProcessDataSource({ schema: directory!, contextFor: () => ({}) });
    await expect(ask(source, '{ nothing }')).rejects.toThrow('the supergraph is not made from this service');
  });

  it.each([
    ['a variable', 'query ($n: Int) { customers(first: $n) { id } }', { n: 'x' }],
    ['a variable of a scalar that throws', 'query ($t: Thrown) { thrown(t: $t) }', { t: 1 }],
    ['null where a default stands', 'query ($n: Int = 1) { strict(n: $n) }', { n: null }],
    ['a literal', '{ customers(first: "x") { id } }', undefined],
  ])('answers BAD_USER_INPUT to %s that it cannot take', async (_what, query, variables) => {
    const Thrown = new GraphQLScalarType({
      name: 'Thrown',
      parseValue: () => {
        throw new Error('never fits');
      },
    });
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: {
          customers: {
            type: new GraphQLList(
              new GraphQLObjectType({ name: 'Customer', fields: { id: { type: GraphQLInt } } }),
            ),
            args: { first: { type: GraphQLInt } },
          },
          thrown: { type: GraphQLInt, args: { t: { type: Thrown } } },
          strict: {
            type: GraphQLInt,
            args: { n: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 } },
          },
        },
      }),
    });
    const answer = await ask(inProcessDataSource({ schema, contextFor: () => ({}) }), query, variables);
    expect(answer.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT']);
  });

  it('does not take a resolver’s own complaint for one about the input', async () => {
    const source = inProcessDataSource({ schema: reception!, contextFor: () => ({}) });
    for (const kind of ['FAULT', 'NOT_AN_ERROR']) {
      const { errors } = await ask(source, 'query ($k: String!) { failing(kind: $k) }', { k: kind });
      expect(errors?.[0]?.extensions?.['code']).toBeUndefined();
    }
  });

  it('says that a database is away, so that clients try again', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: {
          stored: { type: GraphQLInt, resolve: () => Promise.reject(away) },
          other: { type: GraphQLInt, resolve: () => 1 },
        },
      }),
    });
    const { data, errors } = await ask(
      inProcessDataSource({ schema, contextFor: () => ({}) }),
      '{ stored other }',
    );
    expect(data).toEqual({ stored: null, other: 1 });
    expect(errors).toMatchObject([{ path: ['stored'], extensions: { code: 'UNAVAILABLE' } }]);
    expect(errors![0]!.message).not.toContain('5432');
  });

  it('answers as execute does for every part of an answer that fails', async () => {
    const query = '{ broken failing(kind: "NOT_FOUND") brokenPromise { id at } interactions { id } }';
    const source = inProcessDataSource({ schema: reception!, contextFor: () => ({}) });
    const answer = await ask(source, query);
    const expected = await execute({ schema: reception!, document: parse(query), contextValue: {} });
    expect(JSON.parse(JSON.stringify(answer.data))).toEqual(JSON.parse(JSON.stringify(expected.data)));
    expect(answer.errors?.map(({ message }) => message).sort()).toEqual(
      expected.errors?.map(({ message }) => message).sort(),
    );
  });
});
