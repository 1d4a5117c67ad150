import { startTestGateway } from './testing/start-test-gateway';
import type { TestGateway } from './testing/start-test-gateway';

/** Far more than a busy machine needs, and far less than what grows with each level of a query. */
const atOnceMillis = 10_000;

describe('the graph', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it('answers from two services in one query', async () => {
    const answer = await gateway.ask(
      '{ customer(id: "c1") { name homes { number } interactions { id channel } } }',
    );
    expect(answer).toMatchObject({
      status: 200,
      errors: [],
      data: {
        customer: {
          name: 'Li Wei',
          homes: [{ number: '3-1201' }],
          interactions: [{ id: 'i1', channel: 'PHONE' }],
        },
      },
    });
  });

  it('follows an entity from the service that names it to the one that owns it', async () => {
    const { data } = await gateway.ask(
      '{ interactions(channel: DESK) { id customer { name parent { name } } } }',
    );
    expect(data).toEqual({
      interactions: [{ id: 'i2', customer: { name: 'Wang Fang', parent: { name: 'Li Wei' } } }],
    });
  });

  it('answers unions and conditions as asked', async () => {
    const query = `query ($skip: Boolean!) {
      find(text: "3-1201") { __typename ... on Home { number @skip(if: $skip) } ... on Customer { name } }
    }`;
    const kept = await gateway.ask(query, { variables: { skip: false } });
    const skipped = await gateway.ask(query, { variables: { skip: true } });
    expect(kept.data).toEqual({
      find: [
        { __typename: 'Customer', name: 'Li Wei' },
        { __typename: 'Home', number: '3-1201' },
      ],
    });
    expect(skipped.data).toEqual({
      find: [{ __typename: 'Customer', name: 'Li Wei' }, { __typename: 'Home' }],
    });
  });

  it('gives an entity that one service withholds without its part, the others whole', async () => {
    const { data, errors } = await gateway.ask('{ customers(first: 3) { id name interactions { id } } }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['customers', 2], extensions: { code: 'FORBIDDEN' } }]);
    const nullable = await gateway.ask('{ customer(id: "c3") { name complaintsOfAll } }');
    expect(nullable.data).toEqual({ customer: { name: 'Zhao Min', complaintsOfAll: null } });
    expect(nullable.codes).toEqual(['FORBIDDEN']);
  });

  it('carries out a command and tells its refusal as data', async () => {
    const command = `mutation Record($input: RecordInteraction!) {
      recordInteraction(input: $input) { __typename ... on Interaction { id at } ... on CustomerUnknown { code } }
    }`;
    const at = '2026-03-02T09:02:00+08:00';
    const done = await gateway.ask(command, {
      variables: { input: { customerId: 'c1', content: 'leak', at } },
    });
    const refused = await gateway.ask(command, {
      variables: { input: { customerId: 'x', content: 'leak' } },
    });
    expect(done.data).toEqual({
      recordInteraction: { __typename: 'Interaction', id: 'i4', at: '2026-03-02T01:02:00.000Z' },
    });
    expect(refused.data).toEqual({
      recordInteraction: { __typename: 'CustomerUnknown', code: 'CUSTOMER_UNKNOWN' },
    });
  });

  it('passes a text of 10,000 characters on to the service that decides about it', async () => {
    const { data } = await gateway.ask(
      `mutation ($input: RecordInteraction!) { recordInteraction(input: $input) { ... on Interaction { id } } }`,
      { variables: { input: { customerId: 'c1', content: '房'.repeat(10_000) } } },
    );
    expect(data).toEqual({ recordInteraction: { id: 'i10000' } });
  });

  it('answers emoji and injected text as what they are', async () => {
    for (const text of [
      '🏠👷',
      "'; DROP TABLE customer; --",
      '") { __schema { types { name } } }',
      '\u0000',
    ]) {
      const answer = await gateway.ask('query ($text: String!) { find(text: $text) { __typename } }', {
        variables: { text },
      });
      expect(answer).toMatchObject({ status: 200, errors: [], data: { find: [] } });
    }
  });

  it('is asked by GET too, for queries only and never by a page of another origin', async () => {
    const asked = (query: string, headers: Record<string, string> = {}) =>
      gateway.send(`/graphql?${new URLSearchParams({ query }).toString()}`, { headers });
    const preflighted = { 'apollo-require-preflight': '1', accept: 'application/graphql-response+json' };
    expect(await asked('{ whoAmI }', preflighted)).toMatchObject({ status: 200, data: { whoAmI: null } });
    expect(await asked('mutation { slowCommand(millis: 1) }', preflighted)).toMatchObject({
      status: 405,
      codes: ['METHOD_NOT_ALLOWED'],
    });
    const blocked = await asked('{ whoAmI }');
    expect(blocked).toMatchObject({ status: 400, codes: ['BAD_REQUEST'], data: undefined });
    expect(blocked.errors[0]!.message).toContain('cross-site request forgery');
  });
});

describe('who asks', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  const whoAmI = (authorization?: string) =>
    gateway.ask('{ whoAmI }', authorization === undefined ? {} : { headers: { authorization } });

  it('reaches the services', async () => {
    expect((await whoAmI('Bearer zhang')).data).toEqual({ whoAmI: 'zhang' });
    expect((await whoAmI()).data).toEqual({ whoAmI: null });
  });

  it('is refused with a bad token, in either media type, with the reason', async () => {
    const refused = await whoAmI('Bearer expired');
    expect(refused).toMatchObject({
      status: 401,
      data: undefined,
      errors: [
        { extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED', detail: 'its time is over' } },
      ],
    });
    expect(refused.errors[0]!.message).toBe('Your session has expired. Please sign in again.');
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    const asJson = await gateway.ask('{ whoAmI }', {
      headers: { authorization: 'Bearer expired', accept: 'application/json' },
    });
    expect(asJson.status).toBe(401);
  });

  it('cannot be told while the keys of the issuer are away', async () => {
    expect(await whoAmI('Bearer no-keys')).toMatchObject({ status: 503, codes: ['UNAVAILABLE'] });
  });

  it('stays our own matter when checking fails', async () => {
    const answer = await whoAmI('Bearer fault');
    expect(answer).toMatchObject({ status: 500, codes: ['INTERNAL_SERVER_ERROR'] });
    expect(answer.text + gateway.logText()).not.toContain('swordfish');
  });
});

describe('a request', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('keeps its id from the client to the services and back', async () => {
    const { data, headers } = await gateway.ask('{ requestHeaders }', {
      headers: {
        'x-request-id': 'desk-2026.03:0001',
        traceparent,
        tracestate: 'a=1',
        'accept-language': 'zh-CN',
        'idempotency-key': 'k-1',
        authorization: 'Bearer zhang',
        cookie: 'a=b',
        'x-other': 'y',
      },
    });
    expect(headers.get('x-request-id')).toBe('desk-2026.03:0001');
    expect([...(data!['requestHeaders'] as string[])].sort()).toEqual([
      'accept-language: zh-CN',
      'authorization: Bearer zhang',
      'idempotency-key: k-1',
      `traceparent: ${traceparent}`,
      'tracestate: a=1',
      'x-request-id: desk-2026.03:0001',
    ]);
    expect(gateway.logs.at(-1)).toMatchObject({
      requestId: 'desk-2026.03:0001',
      traceId: '0af7651916cd43dd8448eb211c80319c',
    });
  });

  it.each([['short'], ['x'.repeat(129)], ['with a blank in it'], ['line{"a":1}']])(
    'gets an id when its own is not fit for a log: %s',
    async (given) => {
      const { headers } = await gateway.ask('{ whoAmI }', { headers: { 'x-request-id': given } });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    },
  );

  it.each([
    ['nonsense'],
    [traceparent.replace(/7651916cd43dd8448eb211c80319c/, '0'.repeat(29)).replace('0af', '000')],
  ])('does not pass on a trace that is none: %s', async (given) => {
    const { data } = await gateway.ask('{ requestHeaders }', { headers: { traceparent: given } });
    expect(JSON.stringify(data)).not.toContain('traceparent');
  });

  it('leaves one line in the log: what, how long, how it ended, and nothing of its content', async () => {
    await gateway.ask('query FindThem($text: String!) { find(text: $text) { __typename } whoAmI }', {
      variables: { text: 'Li Wei 13812345678' },
      headers: { authorization: 'Bearer secret-token', 'x-request-id': 'log-line-0001' },
    });
    await gateway.ask('{ find(text: "Wang Fang 13912345678") { __typename } }');
    const lines = gateway.logs.filter(({ requestId }) => requestId === 'log-line-0001');
    expect(lines).toEqual([
      expect.objectContaining({
        msg: 'request answered',
        operation: 'FindThem',
        operationType: 'query',
        queryHash: expect.stringMatching(/^[0-9a-f]{16}$/),
        outcome: 'ok',
        status: 200,
        durationMs: expect.any(Number),
      }),
    ]);
    expect(gateway.logText()).not.toMatch(/Li Wei|Wang Fang|1381234|1391234|secret-token|__typename/);
  });

  it.each<[string, RequestInit, number, string]>([
    ['a body that is not JSON', { body: '{' }, 400, 'BAD_REQUEST'],
    [
      'a body that is not UTF-8',
      { body: Buffer.from('{"query":"{ whoAmI } #\xff"}', 'latin1') },
      400,
      'BAD_REQUEST',
    ],
    ['no body', {}, 400, 'BAD_REQUEST'],
    ['a list of operations', { body: '[{"query":"{ whoAmI }"}]' }, 400, 'BATCHING_NOT_SUPPORTED'],
    ['a text for a body', { body: '"{ whoAmI }"' }, 400, 'BAD_REQUEST'],
    ['no query', { body: '{"query":" "}' }, 400, 'BAD_REQUEST'],
    ['variables in a text', { body: '{"query":"{ whoAmI }","variables":"{}"}' }, 400, 'BAD_REQUEST'],
    ['a list of variables', { body: '{"query":"{ whoAmI }","variables":[]}' }, 400, 'BAD_REQUEST'],
    ['a number for a name', { body: '{"query":"{ whoAmI }","operationName":1}' }, 400, 'BAD_REQUEST'],
    [
      'a persisted query',
      { body: '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}' },
      400,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={whoAmI}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'text',
      { headers: { 'content-type': 'text/plain' }, body: '{"query":"{ whoAmI }"}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'GB18030',
      { headers: { 'content-type': 'application/json; charset=gb18030' }, body: '{}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a packed body', { headers: { 'content-encoding': 'gzip' }, body: '{}' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['PUT', { method: 'PUT', body: '{}' }, 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    [
      'an answer in XML',
      { headers: { accept: 'application/xml' }, body: '{"query":"{ whoAmI }"}' },
      406,
      'NOT_ACCEPTABLE',
    ],
    [
      'too much',
      { body: JSON.stringify({ query: `{ whoAmI } #${'x'.repeat(1_100_000)}` }) },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'far too much',
      { body: JSON.stringify({ query: `{ whoAmI } #${'x'.repeat(6_000_000)}` }) },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('is refused with %s', async (_what, { headers, ...init }, status, code) => {
    const answer = await gateway.send('/graphql', {
      method: 'POST',
      ...init,
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(headers as object),
      },
    });
    expect(answer).toMatchObject({ status, codes: [code], data: undefined });
    expect(answer.errors[0]!.message.length).toBeGreaterThan(10);
  });

  it.each<[string, string, string]>([
    ['60 levels', `${'{ parent '.repeat(60)}{ id }${' }'.repeat(60)}`, 'QUERY_TOO_DEEP'],
    [
      '1,000 aliases',
      `{ ${Array.from({ length: 1_000 }, (_, n) => `a${n}: whoAmI`).join(' ')} }`,
      'TOO_MANY_ALIASES',
    ],
    [
      'fragments in a round',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      'FRAGMENT_CYCLE',
    ],
    [
      'a literal of 10,000 letters',
      `{ find(text: "${'x'.repeat(10_000)}") { __typename } }`,
      'LITERAL_TOO_LONG',
    ],
    ['brackets without end', '{'.repeat(40_000), 'QUERY_TOO_DEEP'],
    [
      'the same fields again and again',
      `{ ${`customer(id: "c1") { ${'name '.repeat(70)} } `.repeat(20)} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('is refused at once with %s', async (_what, query, code) => {
    const begin = performance.now();
    const answer = await gateway.ask(query);
    expect(answer).toMatchObject({ status: 400, data: undefined });
    expect(answer.codes[0]).toBe(code);
    expect(answer.errors[0]!.message.length).toBeLessThan(300);
    expect(performance.now() - begin).toBeLessThan(atOnceMillis);
    // GraphQL over HTTP: the older media type says 200 to a well-formed request.
    expect((await gateway.ask(query, { headers: { accept: 'application/json' } })).status).toBe(200);
  });

  it('does not have its mistakes shown at full length', async () => {
    const answer = await gateway.ask(`{ ${'x'.repeat(10_000)} }`);
    expect(answer.codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(answer.text.length).toBeLessThan(1_500);
  });
});
