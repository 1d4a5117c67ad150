import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal } from '@anju/access';
import { Fault } from '@anju/commands';
import { StoreAway, fileRefused, type FilesHandler } from '@anju/files';
import { startSubgraphServer, type RunningSubgraphServer } from '@anju/subgraph';
import { silentLogger } from '@anju/testing';
import { httpDataSource, type HttpDataSource } from './http-data-source';
import { unusedUrl } from './testing/raw-service';
import { startTestGateway, until, type TestGateway } from './testing/start-test-gateway';
import { testServices } from './testing/two-services';

const person: Principal = { kind: 'STAFF', staffId: 's1', account: 'zhang', roles: [] };

/** Says what reached it, and does otherwise by the end of the address. */
const handler: FilesHandler<unknown> = async ({ request, response, rest, search }) => {
  if (rest === 'not-there') throw new Fault('NOT_FOUND', 'there is no such file', { id: rest });
  if (rest === 'disguised') throw fileRefused('FILE_DISGUISED', { name: 'a.jpg' });
  if (rest === 'full') throw fileRefused('UPLOADS_FULL', { retryAfterSeconds: 5 });
  if (rest === 'store-away') throw new StoreAway('the bucket swordfish cannot be used');
  if (rest === 'fault') throw new Error('the password of the bucket is swordfish');
  if (rest === 'breaks') {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half of it');
    await sleep(20);
    throw new Error('the rest cannot be opened');
  }
  const body = request.method === 'GET' ? Buffer.alloc(3_000_000, 'x') : await buffer(request);
  const seen = {
    sha256: createHash('sha256').update(body).digest('hex'),
    project: search.get('project'),
    headers: request.headers,
  };
  const answer = request.method === 'GET' ? body : Buffer.from(JSON.stringify(seen));
  response.writeHead(request.method === 'GET' ? 200 : 201, {
    'content-type': request.method === 'GET' ? 'image/jpeg' : 'application/json',
    'content-length': answer.length,
    'content-disposition': 'attachment; filename="a.jpg"',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-internal': 'of no interest outside',
  });
  response.end(answer);
};

const bearer = { authorization: 'Bearer zhang' };
const upload = (body: Buffer, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { ...bearer, 'content-type': 'image/jpeg', 'content-disposition': 'attachment', ...headers },
});

describe.each(['in this process', 'in another process'])('the files of a service %s', (where) => {
  let gateway: TestGateway;
  let service: RunningSubgraphServer;
  let source: HttpDataSource<string>;
  let away: HttpDataSource<string>;

  beforeAll(async () => {
    service = await startSubgraphServer({
      service: { name: 'directory', schema: testServices['directory']!, files: handler },
      port: 0,
      authenticate: async (authorization) => (authorization ? person : null),
      readiness: async () => ({ ready: true, details: {} }),
      logger: silentLogger,
    });
    const timing = { timeoutMillis: 500, logger: silentLogger };
    source = httpDataSource<string>({ name: 'directory', urls: [await unusedUrl(), service.url], ...timing });
    away = httpDataSource<string>({ name: 'reception', urls: [await unusedUrl()], ...timing });
    const handlers: Record<string, FilesHandler<string> | undefined> = {
      directory: where === 'in this process' ? handler : source.files,
      reception: away.files,
    };
    gateway = await startTestGateway({
      filesOf: (name) => handlers[name],
      corsOrigins: ['https://desk.example'],
      limits: { receiveMillis: 300 },
    });
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all([source, away].map((one) => one.close()));
    await service.close();
  });

  it('reach it as they are sent', async () => {
    const body = Buffer.from('电梯'.repeat(500_000));
    const answer = await gateway.send('/files/directory?project=p1', upload(body, { cookie: 'a=b' }));
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.text)).toMatchObject({
      sha256: createHash('sha256').update(body).digest('hex'),
      project: 'p1',
      headers: {
        authorization: 'Bearer zhang',
        'content-type': 'image/jpeg',
        'content-disposition': 'attachment',
      },
    });
  });

  it('are given as it gives them', async () => {
    const { status, headers, text } = await gateway.send('/files/directory/f1', { headers: bearer });
    expect([status, text.length]).toEqual([200, 3_000_000]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': '3000000',
      'content-disposition': 'attachment; filename="a.jpg"',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[\w-]{8,}$/),
    });
  });

  it.each<[string, RequestInit, number, string]>([
    ['/files/directory/not-there', { headers: bearer }, 404, 'NOT_FOUND'],
    ['/files/directory/disguised', upload(Buffer.alloc(2_000_000)), 415, 'FILE_DISGUISED'],
    ['/files/directory/fault', { headers: bearer }, 500, 'INTERNAL_SERVER_ERROR'],
    ['/files/directory/store-away', { headers: bearer }, 503, 'UNAVAILABLE'],
    ['/files/directory/full', upload(Buffer.alloc(2_000_000)), 503, 'UPLOADS_FULL'],
    ['/files/nobody', upload(Buffer.alloc(2_000_000)), 404, 'NOT_FOUND'],
    ['/files/', { headers: bearer }, 404, 'NOT_FOUND'],
    ['/files/directory', { method: 'POST', body: 'x' }, 401, 'UNAUTHENTICATED'],
    ['/files/directory/f1', { headers: { authorization: 'Bearer expired' } }, 401, 'UNAUTHENTICATED'],
    ['/files/directory/f1', { headers: { authorization: 'Bearer no-keys' } }, 503, 'UNAVAILABLE'],
    ['/files/reception', upload(Buffer.alloc(2_000_000)), 503, 'UNAVAILABLE'],
    ['/files/reception/f1', { headers: bearer }, 503, 'UNAVAILABLE'],
  ])('%s is refused where it has to be', async (path, init, status, code) => {
    const answer = await gateway.send(path, init);
    expect(answer).toMatchObject({ status, codes: [code] });
    expect(answer.text).not.toContain('swordfish');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('are refused in the reader’s language', async () => {
    const ask = async (language: string): Promise<string> => {
      const headers = { ...bearer, 'accept-language': language };
      return (await gateway.send('/files/directory/disguised', { headers })).errors[0]!.message;
    };
    expect([await ask('zh-CN'), await ask('en')]).toEqual([
      expect.stringContaining('a.jpg”的内容'),
      expect.stringContaining('The content of “a.jpg”'),
    ]);
  });

  it('say when there may be room for an upload again', async () => {
    const { headers } = await gateway.send('/files/directory/full', upload(Buffer.from('x')));
    expect(headers.get('retry-after')).toBe('5');
  });

  it('leave a line in the log each, and are counted', async () => {
    const lines = () => gateway.logs.filter(({ msg }) => msg === 'request for a file answered');
    const before = lines().length;
    const asked = async (path: string, init: RequestInit): Promise<Record<string, unknown>> => {
      const known = lines().length;
      const requestId = `request-${known}`;
      await gateway
        .send(path, { ...init, headers: { ...init.headers, 'x-request-id': requestId } })
        .catch(() => undefined);
      await until(() => lines().length > known);
      const { requestId: logged, subgraph, method, outcome, status, bytes, receivedBytes } = lines().at(-1)!;
      expect(logged).toBe(requestId);
      return { subgraph, method, outcome, status, bytes, receivedBytes };
    };
    const directory = { subgraph: 'directory', receivedBytes: 0 };
    expect(await asked('/files/directory/f1', { headers: bearer })).toEqual({
      ...{ ...directory, method: 'GET', outcome: 'ok', status: 200, bytes: 3_000_000 },
    });
    expect(await asked('/files/directory', upload(Buffer.alloc(1_000)))).toMatchObject({
      ...{ method: 'POST', outcome: 'ok', status: 201, receivedBytes: 1_000 },
    });
    expect(await asked('/files/directory/not-there', { headers: bearer })).toMatchObject({
      ...{ ...directory, outcome: 'refused', status: 404 },
    });
    expect(await asked('/files/directory/fault', { headers: bearer })).toMatchObject({
      ...{ ...directory, outcome: 'fault', status: 500 },
    });
    expect(await asked('/files/reception/f1', { headers: bearer })).toMatchObject({
      ...{ subgraph: 'reception', outcome: 'unavailable', status: 503 },
    });
    expect(await asked('/files/directory/breaks', { headers: bearer })).toMatchObject({ outcome: 'fault' });
    expect(await asked('/files/swordfish/f1', { headers: bearer })).toMatchObject({ status: 404 });
    expect(lines().length - before).toBe(7);
    const { text } = await gateway.send('/metrics');
    for (const line of [
      /^anju_file_requests_total\{service="directory",method="GET",outcome="ok"\} [1-9]/m,
      /^anju_file_requests_total\{service="none",method="GET",outcome="refused"\} [1-9]/m,
      /^anju_file_request_duration_seconds_count\{service="directory",method="POST"\} [1-9]/m,
      /^anju_file_bytes_total\{service="directory",direction="out"\} [1-9]/m,
    ]) {
      expect(text).toMatch(line);
    }
    expect(text).not.toContain('swordfish');
  });

  it('that break off are not taken for whole', async () => {
    await expect(gateway.send('/files/directory/breaks', { headers: bearer })).rejects.toThrow();
  });

  it('can be used by pages that may use the graph', async () => {
    const asked = (origin: string) =>
      gateway.send('/files/directory', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await asked('https://desk.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('content-disposition');
    expect((await asked('https://other.example')).status).toBe(403);
  });

  it('may come in slowly, which nothing else may', async () => {
    const slowly = async (path: string): Promise<string> => {
      const socket = connect(gateway.port, '127.0.0.1');
      let received = '';
      socket.on('data', (chunk) => (received += chunk.toString()));
      socket.on('error', () => undefined);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer zhang\r\ncontent-type: application/json\r\n` +
          'connection: close\r\ncontent-length: 3\r\n\r\n',
      );
      for (const byte of 'abc') {
        await sleep(250);
        socket.write(byte);
      }
      await closed;
      return received;
    };
    const [file, graph] = await Promise.all([slowly('/files/directory'), slowly('/graphql')]);
    expect(file).toMatch(/^HTTP\/1.1 201 /);
    expect(graph).toMatch(/^HTTP\/1.1 408 /);
  });
});
