import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arg, Ctx, Directive, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { openLocalIssuer, tokenVerifier, type LocalIssuer, type Role } from '@anju/access';
import { Fault } from '@anju/commands';
import { newId } from '@anju/kernel';
import { silentLogger } from '@anju/testing';
import type { RequestContext } from './request-context';
import { Requires } from './requires';
import { buildServiceSchema } from './schema';
import {
  startSubgraphServer,
  type RunningSubgraphServer,
  type SubgraphServerOptions,
} from './subgraph-server';

@ObjectType({ description: 'A thing.' })
@Directive('@key(fields: "id")')
class Thing {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field({ description: 'Its name.' })
  name!: string;
}

const leftRunning: (() => void)[] = [];

@Resolver()
class ThingResolver {
  @Requires('complaints.complaint.read')
  @Query(() => [String], { description: 'What a resolver sees of the request.' })
  seen(@Ctx() context: RequestContext): string[] {
    const { principal, requestId, locale, idempotencyKey } = context;
    return [principal!.account, requestId, locale, String(idempotencyKey)];
  }

  @Requires('complaints.complaint.read')
  @Query(() => Int, { description: 'One more.', nullable: true })
  next(@Arg('number', () => Int) number: number): number {
    return number + 1;
  }

  @Requires('complaints.complaint.read')
  @Query(() => String, { description: 'Never without a fault.', nullable: true })
  failing(@Arg('how', () => String) how: string): string {
    if (how === 'told') throw new Fault('NOT_FOUND', 'there is no such thing', { id: '1', sql: 'SELECT 1' });
    throw Object.assign(new Error('duplicate key (13812345678) of "Li Wei"'), { code: '23505' });
  }

  @Requires('complaints.complaint.read')
  @Query(() => String, { description: 'Waits until it is let go.', nullable: true })
  waiting(): Promise<string> {
    return new Promise((resolve) => leftRunning.push(() => resolve('done')));
  }

  @Requires('complaints.complaint.read')
  @Query(() => Thing, { description: 'The first thing.', nullable: true })
  first(): Thing {
    return { id: '1', name: 'lift' };
  }

  @Requires('complaints.complaint.read')
  @Mutation(() => Int, { description: 'Does nothing.' })
  touch(): number {
    return 1;
  }
}

const [here, elsewhere] = [newId(), newId()];
const things = new Map([
  ['1', { id: '1', name: 'lift', projectId: here }],
  ['2', { id: '2', name: 'gate', projectId: elsewhere }],
]);

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: Record<string, unknown> | null;
  readonly errors: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
  readonly codes: unknown[];
  readonly text: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const persistedQuery = (hash: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
});

describe('a service over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anju-subgraph-'));
  const identity = { issuer: 'urn:anju:test', audience: 'anju' };
  const observed: unknown[] = [];
  const logged: object[] = [];
  let issuer: LocalIssuer;
  let options: SubgraphServerOptions;
  let server: RunningSubgraphServer;
  let token: string;

  const tokenOf = (role: Role, lifetimeSeconds?: number) =>
    issuer.issue(
      { account: role.toLowerCase(), staffId: newId(), roles: [{ role, projectIds: [here] }] },
      lifetimeSeconds,
    );

  beforeAll(async () => {
    issuer = await openLocalIssuer({ directory: folder, ...identity });
    token = await tokenOf('SERVICE_SUPERVISOR');
    const verifier = tokenVerifier({ ...identity, keys: { jwks: issuer.jwks } });
    const { schema } = await buildServiceSchema(
      { resolverClasses: [ThingResolver] },
      new Map([[ThingResolver, new ThingResolver()]]),
      [
        {
          typeName: 'Thing',
          permission: 'complaints.complaint.read',
          load: async (ids, { principal }) =>
            ids.map((id) => {
              const thing = things.get(id);
              const projects = principal!.roles.flatMap(({ projectIds }) => projectIds);
              return thing && projects.includes(thing.projectId) ? thing : null;
            }),
        },
      ],
    );
    options = {
      service: { name: 'things', schema },
      port: 0,
      authenticate: async (authorization) => (authorization ? verifier.verify(authorization) : null),
      readiness: async () => ({ ready: true, details: { database: 'up' } }),
      metrics: { contentType: 'text/plain', text: async () => 'anju_x 1\n' },
      routes: { '/control/x': (_request, response) => void response.end('of the caller') },
      limits: { bodyBytes: 10_000, drainMillis: 2_000 },
      logger: { ...silentLogger, error: (fields) => void logged.push(fields) },
      observe: (operation, _seconds, outcome) => void observed.push([operation, outcome]),
    };
    server = await startSubgraphServer(options);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fetched = async (url: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(url, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const { data, errors = [] } = (isJson ? JSON.parse(text) : {}) as Partial<Answer>;
    const codes = errors.map(({ extensions }) => extensions['code']);
    return { status: response.status, headers: response.headers, data, errors, codes, text };
  };
  const post = (
    body: unknown,
    headers: Record<string, string | null> = {},
    url = server.url,
  ): Promise<Answer> =>
    fetched(url, {
      method: 'POST',
      headers: Object.fromEntries(
        Object.entries({
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          ...headers,
        }).filter((header): header is [string, string] => header[1] !== null),
      ),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('gives resolvers the person, the request, the language and the idempotency key', async () => {
    const answer = await post(
      { query: 'query Seen { seen }' },
      { 'x-request-id': 'request-1', 'accept-language': 'en', 'idempotency-key': 'k1' },
    );
    expect(answer).toMatchObject({
      status: 200,
      data: { seen: ['service_supervisor', 'request-1', 'en', 'k1'] },
    });
    expect(answer.headers.get('x-request-id')).toBe('request-1');
    expect(observed).toContainEqual(['Seen', 'ok']);
  });

  describe('verifies the token itself:', () => {
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

    it('one signed with another key, one whose time is over and one without a signature are refused', async () => {
      const [header, payload, signature] = token.split('.') as [string, string, string];
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const forgeries = {
        'another signature': `${header}.${payload}.${randomBytes(64).toString('base64url')}`,
        'other claims': `${header}.${encoded({ ...claims, account: 'boss' })}.${signature}`,
        none: `${encoded({ alg: 'none' })}.${payload}.`,
        'none, signed': `${encoded({ alg: 'none' })}.${payload}.${signature}`,
        expired: await tokenOf('SERVICE_SUPERVISOR', -60),
        text: 'x',
      };
      for (const [kind, forged] of Object.entries(forgeries)) {
        const answer = await post({ query: '{ seen }' }, { authorization: `Bearer ${forged}` });
        expect([kind, answer.status, answer.codes, answer.data]).toEqual([
          kind,
          401,
          ['UNAUTHENTICATED'],
          undefined,
        ]);
        expect(answer.text).not.toContain(forged.slice(0, 40) + '.');
      }
    });

    it('without one, every field answers UNAUTHENTICATED', async () => {
      const answer = await post({ query: '{ next(number: 1) }' }, { authorization: null });
      expect(answer).toMatchObject({ status: 200, data: { next: null }, codes: ['UNAUTHENTICATED'] });
    });

    it('says that it cannot tell where the keys cannot be had', async () => {
      const { KeySetUnavailableError } = jest.requireActual<typeof import('@anju/access')>('@anju/access');
      const other = await startSubgraphServer({
        ...options,
        authenticate: () => Promise.reject(new KeySetUnavailableError('no keys')),
      });
      const answer = await post({ query: '{ seen }' }, {}, other.url);
      await other.close();
      expect(answer).toMatchObject({ status: 503, codes: ['UNAVAILABLE'] });
    });
  });

  describe('asked directly for entities', () => {
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { id name } } }';
    const variables = { r: ['1', '2', '3'].map((id) => ({ __typename: 'Thing', id })) };

    it('gives what the asker may see, and null for the rest', async () => {
      expect((await post({ query, variables })).data).toEqual({
        _entities: [{ id: '1', name: 'lift' }, null, null],
      });
    });

    it('gives nothing without a token, or without the permission that the field wants', async () => {
      const nobody = await post({ query, variables }, { authorization: null });
      expect(nobody).toMatchObject({ status: 401, codes: ['UNAUTHENTICATED'], data: undefined });
      const guard = { authorization: `Bearer ${await tokenOf('LOBBY_GUARD')}` };
      const forbidden = await post({ query, variables }, guard);
      expect(forbidden.codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
      const asField = await post({ query: '{ next(number: 1) }' }, guard);
      expect(asField.codes).toEqual(['FORBIDDEN']);
      for (const { text } of [nobody, forbidden]) expect(text).not.toContain('lift');
    });
  });

  it('refuses the same entities asked for again and again in one query', async () => {
    const field = '_entities(representations: $r) { __typename }';
    const query = `query($r: [_Any!]!) { ${Array.from({ length: 21 }, (_, n) => `e${n}: ${field}`).join(' ')} }`;
    const hidden = `query($r: [_Any!]!) { ...E } fragment E on Query { ${field} }`;
    const answer = await post({ query, variables: { r: [] } });
    expect(answer).toMatchObject({ status: 400, codes: ['BAD_REQUEST'] });
    expect((await post({ query: hidden, variables: { r: [] } })).data).toEqual({ _entities: [] });
    expect((await post({ query: hidden, variables: { r: [] } }, { authorization: null })).status).toBe(401);
  });

  describe('a query by its hash', () => {
    const query = 'query ByHash($n: Int!) { next(number: $n) }';
    const hash = sha256(query);
    const variables = { n: 1 };

    it('is asked for until it came once with its text, and then answered', async () => {
      const unknown = await post({ variables, ...persistedQuery(hash) });
      expect(unknown).toMatchObject({ status: 200, codes: ['PERSISTED_QUERY_NOT_FOUND'], data: undefined });
      expect((await post({ query, variables, ...persistedQuery(hash) })).data).toEqual({ next: 2 });
      expect((await post({ variables: { n: 5 }, ...persistedQuery(hash) })).data).toEqual({ next: 6 });
    });

    it('is refused with a hash that is not its own, or none at all', async () => {
      const other = sha256('{ seen }');
      const wrong = await post({ query, variables, ...persistedQuery(other) });
      expect(wrong).toMatchObject({ status: 400, codes: ['BAD_REQUEST'] });
      expect((await post({ ...persistedQuery(other) })).codes).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
      for (const nonsense of ['x', hash.toUpperCase(), 7]) {
        const answer = await post({ query, ...persistedQuery(nonsense as string) });
        expect(answer.codes).toEqual(['BAD_REQUEST']);
      }
      expect((await post({ query, extensions: { persistedQuery: 1 } })).codes).toEqual(['BAD_REQUEST']);
    });

    it('is not remembered if it does not fit the schema', async () => {
      const bad = '{ nothing }';
      const refused = await post({ query: bad, ...persistedQuery(sha256(bad)) });
      expect(refused).toMatchObject({ status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'] });
      expect((await post(persistedQuery(sha256(bad)))).codes).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    });
  });

  it.each([
    ['not JSON', '{"query":', {}, 400, 'BAD_REQUEST'],
    ['not UTF-8 by its own word', '{}', { 'content-type': 'application/json; charset=gbk' }, 415, ''],
    ['a form', 'query=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, ''],
    ['packed', '{}', { 'content-encoding': 'gzip' }, 415, ''],
    ['a list', [{ query: '{ seen }' }], {}, 400, 'BAD_REQUEST'],
    ['null', 'null', {}, 400, 'BAD_REQUEST'],
    ['without a query', {}, {}, 400, 'BAD_REQUEST'],
    ['an empty query', { query: ' ' }, {}, 400, 'BAD_REQUEST'],
    ['a query that is a number', { query: 1 }, {}, 400, 'BAD_REQUEST'],
    ['variables that are a list', { query: '{ seen }', variables: [] }, {}, 400, 'BAD_REQUEST'],
    ['a name that is a number', { query: '{ seen }', operationName: 1 }, {}, 400, 'BAD_REQUEST'],
    ['too large', { query: `{ seen } #${'x'.repeat(10_000)}` }, {}, 413, 'PAYLOAD_TOO_LARGE'],
    ['much too large', { query: `{ seen } #${'x'.repeat(90_000)}` }, {}, 413, 'PAYLOAD_TOO_LARGE'],
    ['not GraphQL', { query: '{ seen' }, {}, 400, 'GRAPHQL_PARSE_FAILED'],
    ['too deep to be read', { query: '{a'.repeat(4_900) }, {}, 400, 'GRAPHQL_PARSE_FAILED'],
    ['a field that is not there', { query: '{ sean }' }, {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two operations',
      { query: 'query A { seen } query B { seen }' },
      {},
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['introspection', { query: '{ __schema { types { name } } }' }, {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['the schema', { query: '{ _service { sdl } }' }, {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a literal that does not fit', { query: '{ next(number: "x") }' }, {}, 400, 'BAD_USER_INPUT'],
    [
      'a variable that does not fit',
      { query: 'query($n: Int!) { next(number: $n) }', variables: { n: 'x' } },
      {},
      400,
      'BAD_USER_INPUT',
    ],
  ])('refuses a body that is %s', async (_what, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    if (code !== '') expect(answer.codes).toEqual([code]);
    expect(answer.data).toBeUndefined();
    expect(answer.text).not.toContain('Did you mean');
  });

  it('takes POST only', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await fetched(`${server.url}?query=%7Bseen%7D`, { method });
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST']);
    }
  });

  it('tells its schema in development', async () => {
    const open = await startSubgraphServer({ ...options, development: true });
    const answer = await post(
      { query: '{ _service { sdl } __schema { queryType { name } } }' },
      {},
      open.url,
    );
    await open.close();
    expect(answer.errors).toEqual([]);
    expect(answer.text).toContain('type Thing');
  });

  it('passes on what was thrown on purpose, and keeps a fault to its log', async () => {
    const query = 'query F($how: String!) { next(number: 1) failing(how: $how) }';
    const told = await post({ query, variables: { how: 'told' } }, { 'accept-language': 'en' });
    expect(told).toMatchObject({ status: 200, data: { next: 2, failing: null } });
    expect(told.errors).toEqual([
      { message: 'there is no such thing', path: ['failing'], extensions: { code: 'NOT_FOUND', id: '1' } },
    ]);
    logged.length = 0;
    const fault = await post(
      { query, variables: { how: 'x' } },
      { 'accept-language': 'en', 'x-request-id': 'request-2' },
    );
    expect(fault.errors).toEqual([
      {
        message: expect.stringContaining('went wrong'),
        path: ['failing'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
    expect(logged).toMatchObject([{ requestId: 'request-2', path: ['failing'], fault: { code: '23505' } }]);
    expect(JSON.stringify(logged)).not.toMatch(/13812345678|Li Wei/);
    expect(observed.slice(-2)).toEqual([
      ['F', 'errors'],
      ['F', 'fault'],
    ]);
  });

  it('speaks the reader’s language', async () => {
    const query = '{ failing(how: "told") }';
    const { errors } = await post({ query }, { 'accept-language': 'zh-CN' });
    expect(errors[0]!.message).toMatch(/[\u4e00-\u9fff]/);
  });

  it.each([
    ['a token that is none', { query: '{ next(number: 1) }' }, { authorization: 'Bearer x' }],
    ['no query', {}, {}],
    ['what is not GraphQL', { query: '{' }, {}],
    ['a fault', { query: '{ failing(how: "x") }' }, {}],
  ])('refuses %s in the reader’s language', async (_what, body, headers) => {
    const [chinese, english] = await Promise.all(
      ['zh-CN', 'en'].map((language) => post(body, { ...headers, 'accept-language': language })),
    );
    expect(chinese!.errors[0]!.message).toMatch(/[\u4e00-\u9fff]/);
    expect(english!.errors[0]!.message).not.toMatch(/[\u4e00-\u9fff]/);
    expect(english!.codes).toEqual(chinese!.codes);
  });

  it('has the addresses that operators ask, and those that its caller adds', async () => {
    const { origin } = new URL(server.url);
    expect((await fetched(`${origin}/health`)).status).toBe(200);
    expect((await fetched(`${origin}/ready`)).text).toBe('{"ready":true,"details":{"database":"up"}}\n');
    expect((await fetched(`${origin}/metrics`)).text).toBe('anju_x 1\n');
    expect((await fetched(`${origin}/control/x`)).text).toBe('of the caller');
    expect((await fetched(`${origin}/nothing`)).codes).toEqual(['NOT_FOUND']);
    expect((await fetched(`${origin}/ready`, { method: 'POST' })).status).toBe(405);
  });

  it('says so when its port is taken', async () => {
    await expect(startSubgraphServer({ ...options, port: server.port })).rejects.toThrow(
      `port ${server.port} on 127.0.0.1 is taken`,
    );
  });

  it('answers what is under way when it closes, and takes nothing new', async () => {
    const closing = await startSubgraphServer(options);
    const underWay = post({ query: '{ waiting }' }, {}, closing.url);
    while (leftRunning.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = closing.close();
    await expect(
      new Promise((resolve, reject) => {
        connect(closing.port, '127.0.0.1').once('connect', resolve).once('error', reject);
      }),
    ).rejects.toThrow('ECONNREFUSED');
    leftRunning.splice(0).forEach((letGo) => letGo());
    expect((await underWay).data).toEqual({ waiting: 'done' });
    await closed;
    await closing.close();
  });

  it('cuts off what does not come to an end when it closes', async () => {
    const closing = await startSubgraphServer({ ...options, limits: { drainMillis: 50 } });
    const underWay = post({ query: '{ waiting }' }, {}, closing.url);
    underWay.catch(() => undefined);
    while (leftRunning.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await closing.close();
    await expect(underWay).rejects.toThrow();
    leftRunning.splice(0).forEach((letGo) => letGo());
  });
});
