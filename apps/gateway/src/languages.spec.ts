import { startTestGateway, type Answer, type TestGateway } from './testing/start-test-gateway';

const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
const han = /\p{Script=Han}/u;

/** A request that is not carried out, and the code that says why. */
type Refused = readonly [
  what: string,
  code: string,
  request: { readonly path?: string; readonly headers?: Record<string, string> } & Omit<
    RequestInit,
    'headers'
  >,
];

function posted(query: string, more: object = {}): Refused[2] {
  return { method: 'POST', headers: json, body: JSON.stringify({ query, ...more }) };
}

const refused: readonly Refused[] = [
  [
    'a token that has ended',
    'UNAUTHENTICATED',
    { ...posted('{ whoAmI }'), headers: { ...json, authorization: 'Bearer expired' } },
  ],
  [
    'a token that cannot be checked',
    'UNAVAILABLE',
    { ...posted('{ whoAmI }'), headers: { ...json, authorization: 'Bearer no-keys' } },
  ],
  [
    'a fault',
    'INTERNAL_SERVER_ERROR',
    { ...posted('{ whoAmI }'), headers: { ...json, authorization: 'Bearer fault' } },
  ],
  ['an address that is none', 'NOT_FOUND', { path: '/grapql' }],
  ['a method that the page does not take', 'METHOD_NOT_ALLOWED', { path: '/', method: 'POST' }],
  ['a method that the figures do not take', 'METHOD_NOT_ALLOWED', { path: '/metrics', method: 'POST' }],
  ['a method that the graph does not take', 'METHOD_NOT_ALLOWED', { method: 'DELETE' }],
  [
    'a command by GET',
    'METHOD_NOT_ALLOWED',
    { path: `/graphql?query=${encodeURIComponent('mutation { slowCommand(millis: 1) }')}` },
  ],
  ['a page of another origin', 'BAD_REQUEST', { path: '/graphql?query=%7BwhoAmI%7D' }],
  [
    'a page that may not use the graph',
    'ORIGIN_NOT_ALLOWED',
    {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    },
  ],
  ['a body that is too large', 'PAYLOAD_TOO_LARGE', posted(`{ whoAmI } #${'x'.repeat(1_100_000)}`)],
  ['a body that is not JSON', 'BAD_REQUEST', { method: 'POST', headers: json, body: '{' }],
  ['a body that is a text', 'UNSUPPORTED_MEDIA_TYPE', { method: 'POST', body: 'x' }],
  ['a list of operations', 'BATCHING_NOT_SUPPORTED', { method: 'POST', headers: json, body: '[]' }],
  ['no query', 'BAD_REQUEST', { method: 'POST', headers: json, body: '{}' }],
  ['parameters that are none', 'BAD_REQUEST', posted('{ whoAmI }', { variables: 7 })],
  [
    'a client that takes pictures',
    'NOT_ACCEPTABLE',
    { ...posted('{ whoAmI }'), headers: { ...json, accept: 'image/png' } },
  ],
  [
    'an operation that is not there',
    'OPERATION_RESOLUTION_FAILURE',
    posted('{ whoAmI }', { operationName: 'A' }),
  ],
  ['a subscription', 'SUBSCRIPTIONS_NOT_SUPPORTED', posted('subscription { whoAmI }')],
  ['what is not GraphQL', 'GRAPHQL_PARSE_FAILED', posted('{')],
  ['a field that is not there', 'GRAPHQL_VALIDATION_FAILED', posted('{ custmer }')],
  ['a variable of another type', 'BAD_USER_INPUT', posted('query($id: ID!) { customer(id: $id) { id } }')],
  ['too many levels', 'QUERY_TOO_DEEP', posted(`${'{ parent '.repeat(60)}{ id }${' }'.repeat(60)}`)],
  ['a fragment in itself', 'FRAGMENT_CYCLE', posted('{ ...A } fragment A on Query { ...A }')],
  ['a service that does not answer in time', 'REQUEST_TIMEOUT', posted('{ slow(millis: 5000) }')],
  [
    'a command that does not come to its end',
    'REQUEST_TIMEOUT',
    posted('mutation { slowCommand(millis: 5000) }'),
  ],
  ['a file without a token', 'UNAUTHENTICATED', { path: '/files/directory/1' }],
];

describe('what is refused before a service sees it', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({ limits: { requestMillis: 200 } });
  });
  afterAll(() => gateway.close());

  const asked = ({ path = '/graphql', headers, ...init }: Refused[2], language: string): Promise<Answer> =>
    gateway.send(path, { ...init, headers: { ...headers, 'accept-language': language } });

  it.each(refused)(
    '%s is told in the language of the client, Chinese unless told',
    async (_what, code, request) => {
      const inLanguages = ['zh-CN', 'fr', 'en-GB, zh;q=0.5'];
      const [chinese, unless, english] = await Promise.all(inLanguages.map((one) => asked(request, one)));
      expect([chinese, unless, english].map((answer) => answer!.codes)).toEqual([[code], [code], [code]]);
      const [inChinese, told, inEnglish] = [chinese, unless, english].map(
        (answer) => answer!.errors[0]!.message,
      );
      expect(inChinese).toMatch(han);
      expect(told).toBe(inChinese);
      expect(inEnglish).not.toMatch(han);
      expect(inEnglish).toMatch(/^[^a-z].{9,}[.>?]$/s);
      expect(english!.status).toBe(chinese!.status);
    },
  );

  it('a persisted query is asked for in the words that client libraries know', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    const answer = await asked(posted('{ whoAmI }', { extensions }), 'zh-CN');
    expect(answer.errors).toEqual([
      { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
    ]);
  });

  it('what a service tells stays in its own words', async () => {
    const answer = await asked(posted('{ failing(kind: "FORBIDDEN") }'), 'zh-CN');
    expect(answer.errors[0]!.message).not.toMatch(han);
  });
});
