import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultLimits } from './gateway-options';
import { startTestGateway } from './testing/start-test-gateway';
import type { TestGateway } from './testing/start-test-gateway';

const page = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('the addresses', () => {
  let gateway: TestGateway;
  const readiness = jest.fn(async () => ({ ready: true, details: { directory: 'ready' } }));

  beforeAll(async () => {
    gateway = await startTestGateway({
      readiness,
      limits: { readinessMillis: 100 },
      extraRoutes: {
        '/.well-known/jwks.json': (_request, response) => {
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"keys":[]}');
        },
        '/broken': () => Promise.reject(new Error('the "secret" of it')),
      },
    });
  });
  afterAll(() => gateway.close());

  it('/health says that the process lives', async () => {
    expect(await gateway.send('/health')).toMatchObject({ status: 200, text: '{"status":"alive"}\n' });
    expect(await gateway.send('/health', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it('/ready says whether it can answer', async () => {
    expect(await gateway.send('/ready')).toMatchObject({
      status: 200,
      text: '{"ready":true,"details":{"directory":"ready"}}\n',
    });
    readiness.mockResolvedValueOnce({ ready: false, details: { directory: 'database away' } });
    expect((await gateway.send('/ready')).status).toBe(503);
    readiness.mockRejectedValueOnce(new Error('connect to 10.0.0.7 failed'));
    const failed = await gateway.send('/ready');
    expect(failed).toMatchObject({ status: 503, text: expect.not.stringContaining('10.0.0.7') });
    readiness.mockReturnValueOnce(new Promise(() => undefined));
    expect((await gateway.send('/ready')).status).toBe(503);
  });

  it('/metrics counts requests by operation and outcome, and does not grow with the names that clients invent', async () => {
    await gateway.ask('query Homes { customer(id: "c1") { homes { number } interactions { id } } }');
    await gateway.ask('query Homes { failing(kind: "NOT_FOUND") }');
    await gateway.ask('query NotThere { nothing }');
    for (let name = 0; name < 250; name += 1) await gateway.ask(`query N${name} { __typename }`);
    const { text, headers } = await gateway.send('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('anju_gateway_requests_total{operation="Homes",outcome="ok"} 1');
    expect(text).toContain('anju_gateway_requests_total{operation="Homes",outcome="partial"} 1');
    expect(text).toContain('anju_gateway_requests_total{operation="unnamed",outcome="refused"} 1');
    expect(text).toMatch(/anju_gateway_requests_total\{operation="other",outcome="ok"\} \d+/);
    expect(text).toContain(
      'anju_gateway_subgraph_fetch_duration_seconds_count{service="reception",outcome="errors"} 1',
    );
    expect(text).toContain('anju_gateway_requests_open 0');
    for (const figure of [
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
      'nodejs_eventloop_utilization',
    ]) {
      expect(text).toMatch(new RegExp(`^${figure} [\\d.e-]+$`, 'm'));
    }
    expect(text).not.toContain('NotThere');
    expect(text.match(/anju_gateway_requests_total\{/g)!.length).toBeLessThan(210);
  }, 20_000);

  it('further ones are given by who starts the gateway', async () => {
    expect((await gateway.send('/.well-known/jwks.json')).text).toBe('{"keys":[]}');
    const broken = await gateway.send('/broken');
    expect(broken).toMatchObject({ status: 500, codes: ['INTERNAL_SERVER_ERROR'] });
    expect(broken.text + gateway.logText()).not.toContain('secret');
  });

  it.each([
    '/favicon.ico',
    '/graphql/',
    '/__proto__',
    '/constructor',
    '/explorer/../package.json',
    '/explorer/%2e%2e/x.js',
  ])('others lead nowhere: %s', async (path) => {
    expect(await gateway.send(path)).toMatchObject({ status: 404, codes: ['NOT_FOUND'] });
  });

  it('take GET only, but for the graph', async () => {
    const answer = await gateway.send('/health', { method: 'POST', body: 'x' });
    expect(answer).toMatchObject({ status: 405, codes: ['METHOD_NOT_ALLOWED'] });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it('answer with headers that keep browsers from doing more than they should', async () => {
    for (const path of ['/health', '/graphql', '/nowhere']) {
      const { headers } = await gateway.send(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cache-control': 'no-store',
      });
      expect(headers.has('access-control-allow-origin')).toBe(false);
      expect(headers.has('x-powered-by')).toBe(false);
    }
  });
});

describe('the explorer', () => {
  it('works from this server alone', async () => {
    const gateway = await startTestGateway();
    try {
      for (const path of ['/', '/graphql']) {
        const { status, text, headers } = await gateway.send(path, { headers: page });
        expect(status).toBe(200);
        expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(headers.get('content-security-policy')).toContain(
          "default-src 'none'; script-src 'self' 'nonce-",
        );
        expect(text).toContain('"endpoint": "/graphql"');
        expect(text).toContain('<link rel="icon" href="data:,">');
        const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy')!)![1]!;
        const scripts = text.match(/<script[^>]*>/g)!;
        expect(scripts.length).toBeGreaterThan(2);
        expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
        expect(text).not.toMatch(/(src|href)="?https?:/);
        const files = [...text.matchAll(/["'](\/explorer\/[\w.-]+)["']/g)].map(([, file]) => file!);
        expect(files.length).toBeGreaterThan(1);
        for (const file of files) expect((await gateway.send(file)).status).toBe(200);
      }
      expect((await gateway.send('/explorer/ruru.js')).headers.get('content-type')).toContain(
        'text/javascript',
      );
      expect((await gateway.send('/explorer/graphqlWorker.js')).status).toBe(200);
      const introspection = await gateway.ask('{ __schema { queryType { fields { name } } } }');
      expect(introspection.errors).toEqual([]);
    } finally {
      await gateway.close();
    }
  });

  it('is not there in production', async () => {
    const gateway = await startTestGateway({ development: false });
    try {
      expect((await gateway.send('/', { headers: page })).status).toBe(404);
      expect((await gateway.send('/graphql', { headers: page })).status).toBe(400);
      expect((await gateway.send('/explorer/ruru.js')).status).toBe(404);
    } finally {
      await gateway.close();
    }
  });
});

describe('pages of other origins', () => {
  const preflight = (gateway: TestGateway, origin: string) =>
    gateway.send('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  it('may use the graph if they are named', async () => {
    const gateway = await startTestGateway({ corsOrigins: ['https://desk.example'] });
    try {
      const allowed = await preflight(gateway, 'https://desk.example');
      expect(allowed.status).toBe(204);
      expect(allowed.headers.get('access-control-allow-origin')).toBe('https://desk.example');
      expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
      const asked = await gateway.ask('{ whoAmI }', { headers: { origin: 'https://desk.example' } });
      expect(asked.headers.get('access-control-allow-origin')).toBe('https://desk.example');
      expect(asked.headers.get('vary')).toBe('origin');
      const other = await preflight(gateway, 'https://desk.example.evil');
      expect(other).toMatchObject({ status: 403, codes: ['ORIGIN_NOT_ALLOWED'] });
      expect(other.headers.has('access-control-allow-origin')).toBe(false);
    } finally {
      await gateway.close();
    }
  });

  it('may not if none is named', async () => {
    const gateway = await startTestGateway();
    try {
      expect((await preflight(gateway, 'https://desk.example')).status).toBe(403);
      const asked = await gateway.ask('{ whoAmI }', { headers: { origin: 'https://desk.example' } });
      expect(asked.headers.has('access-control-allow-origin')).toBe(false);
    } finally {
      await gateway.close();
    }
  });
});

/** What the server sends on a bare connection, until it closes it. */
async function onConnection(gateway: TestGateway, text: string): Promise<string> {
  const socket = connect(gateway.port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString()));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return received;
}

describe('a client that does not speak as it should', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({ limits: { headersMillis: 200, receiveMillis: 400 } });
  });
  afterAll(() => gateway.close());

  it.each([
    ['does not finish its headers', 'POST /graphql HTTP/1.1\r\nhost: x\r\n', '408'],
    [
      'does not finish its body',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query"',
      '408',
    ],
    ['sends endless headers', `GET /health HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, '431'],
    ['does not speak HTTP', 'hello\r\n\r\n', '400'],
  ])('is told so when it %s', async (_what, text, status) => {
    const received = await onConnection(gateway, text);
    expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(received.slice(received.indexOf('\r\n\r\n')))).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });
});

it('nothing but the explorer’s own files can be read through its address', async () => {
  const gateway = await startTestGateway();
  try {
    for (const path of [
      '/explorer/../package.json',
      '/explorer/../../../package.json',
      '/explorer/..',
      '/explorer/',
    ]) {
      const received = await onConnection(
        gateway,
        `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      );
      expect(received).toMatch(/^HTTP\/1.1 404 /);
    }
  } finally {
    await gateway.close();
  }
});

describe('starting and closing', () => {
  it('says which port is taken, and leaves nothing running', async () => {
    const first = await startTestGateway();
    await expect(startTestGateway({ port: first.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: `port ${first.port} on 127.0.0.1 is taken: end what uses it, or choose another port`,
    });
    await first.close();
  });

  it('names the supergraph that cannot be used', async () => {
    await expect(startTestGateway({ supergraph: { file: '/nowhere/supergraph.graphql' } })).rejects.toThrow(
      'the supergraph /nowhere/supergraph.graphql cannot be read',
    );
  });

  it('answers what is under way before it closes, and closes once', async () => {
    const gateway = await startTestGateway();
    await gateway.ask('{ whoAmI }');
    const asked = gateway.ask('{ slow(millis: 300) }');
    await sleep(50);
    const begin = performance.now();
    const closed = Promise.all([gateway.close(), gateway.close()]);
    await expect(gateway.send('/health')).rejects.toThrow();
    expect((await asked).data).toEqual({ slow: 'done' });
    await closed;
    // Kept connections are not what it waits for.
    expect(performance.now() - begin).toBeLessThan(defaultLimits.drainMillis);
  });

  it('does not wait for ever for an answer under way', async () => {
    const gateway = await startTestGateway({ limits: { drainMillis: 100 } });
    const asked = gateway.ask('{ slow(millis: 20000) }');
    const cutOff = expect(asked).rejects.toThrow();
    await sleep(50);
    const begin = performance.now();
    await gateway.close();
    expect(performance.now() - begin).toBeLessThan(10_000);
    await cutOff;
  });
});
