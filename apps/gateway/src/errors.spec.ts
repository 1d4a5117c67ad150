import { maskedMessage } from '@anju/http';
import { gatewayErrors, serviceErrorCodes } from './error-codes';
import { ErrorPolicy } from './error-policy';
import { inProcessDataSource } from './in-process-data-source';
import { startTestGateway } from './testing/start-test-gateway';
import type { TestGateway } from './testing/start-test-gateway';
import { testServices } from './testing/two-services';

describe('an error of a service', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({ publicErrorCodes: ['SHIFT_IS_OVER'] });
  });
  afterAll(() => gateway.close());

  const failing = (kind: string, headers: Record<string, string> = {}) =>
    gateway.ask('query ($kind: String!) { failing(kind: $kind) }', { variables: { kind }, headers });

  it.each([...serviceErrorCodes, 'SHIFT_IS_OVER'])(
    'keeps its code and message if it is meant for clients: %s',
    async (code) => {
      expect(await failing(code)).toMatchObject({
        status: 200,
        data: { failing: null },
        errors: [{ message: `told as ${code}`, path: ['failing'], extensions: { code } }],
      });
    },
  );

  it('keeps the data of its code, and nothing of our insides', async () => {
    const { errors } = await failing('WITH_STACK');
    expect(errors).toEqual([
      {
        message: 'you may not see this',
        path: ['failing'],
        extensions: { code: 'FORBIDDEN', permission: 'x.read' },
      },
    ]);
  });

  it.each([
    'FAULT',
    'NOT_AN_ERROR',
    'WITHOUT_CODE',
    'ECONNREFUSED',
    'INTERNAL_SERVER_ERROR',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_TOO_DEEP',
    'DOWNSTREAM_SERVICE_ERROR',
    '23505',
  ])('is masked if it is a fault: %s', async (kind) => {
    const answer = await failing(kind, { 'x-request-id': `fault-of-${kind}` });
    expect(answer.errors).toEqual([
      {
        message: maskedMessage('en'),
        path: ['failing'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: `fault-of-${kind}` },
      },
    ]);
    expect(answer.text).not.toMatch(/1381234|Li Wei|duplicate|INSERT|told as/);
  });

  it('is logged once, with its place and without values', async () => {
    await gateway.ask('{ a: failing(kind: "FAULT") b: failing(kind: "FAULT") }', {
      headers: { 'x-request-id': 'logged-once' },
    });
    const lines = gateway.logs.filter(({ requestId }) => requestId === 'logged-once');
    expect(lines).toEqual([
      expect.objectContaining({
        msg: 'a request met a fault',
        subgraph: 'reception',
        path: ['a'],
        times: 2,
        fault: expect.objectContaining({
          type: 'Error',
          code: '23505',
          constraint: 'customer_phone',
          stack: expect.stringContaining('two-services'),
        }),
      }),
      expect.objectContaining({
        msg: 'request answered',
        outcome: 'fault',
        codes: ['INTERNAL_SERVER_ERROR'],
      }),
    ]);
    expect(gateway.logText()).not.toMatch(/13812345678|Li Wei|INSERT/);
  });

  it('is told if a service does not keep to its schema without saying so', async () => {
    const scalar = await gateway.ask('{ broken }');
    expect(scalar).toMatchObject({ data: { broken: null }, codes: ['INTERNAL_SERVER_ERROR'] });
    const nonNull = await gateway.ask('{ brokenPromise { id at } }');
    expect(nonNull).toMatchObject({ data: { brokenPromise: null }, codes: ['INTERNAL_SERVER_ERROR'] });
  });
});

describe('an answer that does not fit the schema', () => {
  it('is a fault even where the service reports none', async () => {
    const gateway = await startTestGateway({
      dataSource: ({ name }) =>
        name === 'directory'
          ? { process: async () => ({ data: { customers: [{ id: 'c1', name: null }] } }) }
          : inProcessDataSource({ schema: testServices[name]!, contextFor: () => ({}) }),
    });
    try {
      const { data, errors, text } = await gateway.ask('{ customers { id name } }');
      expect(data).toBeNull();
      expect(errors).toMatchObject([
        { message: maskedMessage('en'), extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ]);
      expect(text).not.toContain('valueCompletion');
      expect(gateway.logs).toContainEqual(expect.objectContaining({ msg: 'a request met a fault' }));
    } finally {
      await gateway.close();
    }
  });
});

describe('an entity that its service does not show', () => {
  const interactions = [
    { id: 'i1', customer: { __typename: 'Customer', id: 'c1' } },
    { id: 'i2', customer: { __typename: 'Customer', id: 'hidden' } },
  ];
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({
      dataSource: ({ name }) => {
        if (name === 'directory')
          return inProcessDataSource({ schema: testServices[name]!, contextFor: () => ({}) });
        return {
          process: async ({ request }) =>
            request.query?.includes('lastCustomer')
              ? { data: { lastCustomer: { __typename: 'Customer', id: 'hidden' } } }
              : { data: { interactions } },
        };
      },
    });
  });
  afterAll(() => gateway.close());

  it('is null where the graph allows it, and that is no fault', async () => {
    const { data, errors } = await gateway.ask('{ lastCustomer { name } }');
    expect({ data, errors }).toEqual({ data: { lastCustomer: null }, errors: [] });
  });

  it('is told as not found, at its place, where the graph promises one', async () => {
    const { data, errors } = await gateway.ask('{ interactions { id customer { name } } }');
    expect(data).toBeNull();
    expect(errors).toEqual([
      {
        message: 'What belongs here is not there, or not yours to see.',
        path: ['interactions', 1, 'customer'],
        extensions: { code: 'NOT_FOUND' },
      },
    ]);
    expect(gateway.logText()).not.toContain('a request met a fault');
  });
});

describe('a whole fetch that fails', () => {
  it('is told at the place in the answer, not in the query that the gateway made', async () => {
    const gateway = await startTestGateway({
      dataSource: ({ name }) =>
        name === 'directory'
          ? inProcessDataSource({ schema: testServices[name]!, contextFor: () => ({}) })
          : {
              process: async () => ({
                data: null,
                errors: [
                  { message: 'not now', path: ['_entities'], extensions: { code: 'UNAVAILABLE' } },
                ] as never,
              }),
            },
    });
    try {
      const { errors } = await gateway.ask('{ customers { complaintsOfAll } }');
      expect(errors).toEqual([
        { message: 'not now', path: ['customers'], extensions: { code: 'UNAVAILABLE' } },
      ]);
    } finally {
      await gateway.close();
    }
  });
});

describe('the policy', () => {
  it('masks what went wrong in the gateway itself, whatever it says', () => {
    const error = new Error('Cannot read the plan of Li Wei');
    const { error: shown, fault } = new ErrorPolicy().shown(
      { message: error.message, extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      error,
    );
    expect(shown).toEqual({ message: maskedMessage('en'), extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    expect(fault).toBe(error);
  });
});

describe('input that a service cannot take', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it.each<[string, string, object]>([
    ['a variable of the wrong type', 'query ($id: ID!) { customer(id: $id) { id } }', { id: { a: 1 } }],
    ['a variable that is missing', 'query ($id: ID!) { customer(id: $id) { id } }', {}],
    [
      'an enum value that is not there',
      'query ($c: Channel) { interactions(channel: $c) { id } }',
      { c: 'FAX' },
    ],
    [
      'a field that is not there',
      'mutation ($i: RecordInteraction!) { recordInteraction(input: $i) { __typename } }',
      { i: { customerId: 'c1', content: '', x: 1 } },
    ],
    [
      'a scalar of ours in a variable',
      'query ($at: DateTime) { interactions(since: $at) { id } }',
      { at: 'yesterday' },
    ],
    [
      'a scalar of ours in an input',
      'mutation ($i: RecordInteraction!) { recordInteraction(input: $i) { __typename } }',
      { i: { customerId: 'c1', content: '', at: 7 } },
    ],
    ['a scalar of ours in the query', '{ interactions(since: "yesterday") { id } }', {}],
  ])('is the client’s matter: %s', async (_what, query, variables) => {
    const { codes, data } = await gateway.ask(query, { variables });
    expect(codes).toEqual(['BAD_USER_INPUT']);
    expect(data ?? null).toBeNull();
    expect(gateway.logs.some(({ msg }) => msg === 'a request met a fault')).toBe(false);
  });

  it('is told with what the scalar expects', async () => {
    const { errors } = await gateway.ask('{ interactions(since: "yesterday") { id } }');
    expect(errors[0]!.message).toBe('not an instant');
  });

  it('is told at its place when only one part of the answer needs it', async () => {
    const { data, errors } = await gateway.ask('query ($n: Int!) { customers(first: $n) { id } whoAmI }', {
      variables: { n: 'two' },
    });
    expect(data).toBeUndefined();
    expect(errors[0]!.message).toBe(
      'Variable "$n" got invalid value "two"; Int cannot represent non-integer value: "two"',
    );
  });
});

describe('in production', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({ development: false });
  });
  afterAll(() => gateway.close());

  it('the schema is not told', async () => {
    const introspection = await gateway.ask('{ __schema { types { name } } }');
    expect(introspection).toMatchObject({ status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'] });
    expect(introspection.errors[0]!.message).toContain('does not tell its schema');
    const guess = await gateway.ask('{ custmer }');
    expect(guess.errors[0]!.message).toBe('Cannot query field "custmer" on type "Query".');
    expect((await gateway.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  it('query plans are not told', async () => {
    const answer = await gateway.ask('{ whoAmI }', { headers: { 'apollo-query-plan-experimental': '1' } });
    expect(answer.text).toBe('{"data":{"whoAmI":null}}\n');
  });
});

describe('the table of codes', () => {
  it('gives every code a meaning and a status of its kind', () => {
    for (const [code, { status, wellFormed, meaning }] of Object.entries(gatewayErrors)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(meaning).toMatch(/\.$/);
      expect(status).toBeGreaterThanOrEqual(400);
      if (wellFormed) expect(status).toBe(400);
    }
  });
});
