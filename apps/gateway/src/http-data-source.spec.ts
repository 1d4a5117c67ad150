import { createHash } from 'node:crypto';
import { silentLogger } from '@anju/testing';
import type { GatewayContext } from './gateway-options';
import { httpDataSource, type HttpDataSource, type HttpServiceOptions } from './http-data-source';
import { TimeIsOver } from './subgraph-fetch';
import { sendAnswer, startRawService, unusedUrl, type RawService } from './testing/raw-service';

type Source = HttpDataSource<string>;

const query = 'query Homes($n: Int) { homes(first: $n) { id } }';
const mutation = 'mutation Touch { touch }';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a service over HTTP', () => {
  const toClose: { close(): Promise<unknown> }[] = [];
  const lines: [string, object][] = [];
  const logger = {
    ...silentLogger,
    warn: (fields: object, message: string) => void lines.push([message, fields]),
    info: (fields: object, message: string) => void lines.push([message, fields]),
  };

  afterEach(async () => {
    await Promise.all(toClose.splice(0).map((one) => one.close()));
    lines.length = 0;
  });

  const raw = async (...args: Parameters<typeof startRawService>): Promise<RawService> => {
    const service = await startRawService(...args);
    toClose.push(service);
    return service;
  };
  const sourceOf = (urls: readonly string[], more: Partial<HttpServiceOptions> = {}): Source => {
    const source = httpDataSource<string>({ name: 'homes', urls, timeoutMillis: 2_000, logger, ...more });
    toClose.push(source);
    return source;
  };
  const ask = (source: Source, text: string, more: Partial<GatewayContext<string>> = {}, variables = {}) =>
    source.process({
      kind: 'incoming operation',
      request: { query: text, variables, operationName: /\w+ (\w+)/.exec(text)?.[1] },
      incomingRequestContext: {},
      context: {
        requestId: 'r1',
        principal: null,
        headers: {},
        signal: new AbortController().signal,
        ...more,
      },
    } as unknown as Parameters<Source['process']>[0]);
  const answered = { data: { homes: [{ id: '1' }] } };

  it('gets the operation and the headers that a request brings along', async () => {
    const service = await raw((_received, response) => sendAnswer(response, answered));
    const headers = {
      authorization: 'Bearer x',
      'x-request-id': 'request-1',
      'accept-language': 'zh-CN',
      'idempotency-key': 'k1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'a=1',
    };
    expect(await ask(sourceOf([service.url]), query, { headers }, { n: 1 })).toEqual(answered);
    expect(service.received).toMatchObject([
      { headers, body: { query, operationName: 'Homes', variables: { n: 1 } } },
    ]);
  });

  it('keeps its connections, and no more of them than it may', async () => {
    let open = 0;
    let most = 0;
    const service = await raw((_received, response) => {
      most = Math.max(most, (open += 1));
      setTimeout(() => {
        open -= 1;
        sendAnswer(response, answered);
      }, 10);
    });
    const source = sourceOf([service.url], { connections: 3 });
    await Promise.all(Array.from({ length: 30 }, () => ask(source, query)));
    expect(service.received).toHaveLength(30);
    expect(most).toBe(3);
    expect(service.connections()).toBe(3);
  });

  it('turns the errors of an answer into those that a service in this process gives', async () => {
    const error = { message: 'no', path: ['homes', 0], extensions: { code: 'FORBIDDEN', permission: 'x' } };
    const service = await raw((_received, response) =>
      sendAnswer(response, { data: { homes: null }, errors: [error] }),
    );
    const answer = await ask(sourceOf([service.url]), query);
    expect(answer.data).toEqual({ homes: null });
    expect(answer.errors?.map((one) => ({ ...one }))).toHaveLength(1);
    expect(answer.errors![0]).toMatchObject(error);
  });

  describe('whose answer takes longer than it may', () => {
    it('is given up, whatever the operation is', async () => {
      const service = await raw(() => undefined);
      const source = sourceOf([service.url], { timeoutMillis: 100 });
      for (const text of [query, mutation]) {
        await expect(ask(source, text)).rejects.toEqual(new TimeIsOver(100));
      }
      expect(service.received).toHaveLength(2);
    });

    it('is left alone for a moment where another address answers', async () => {
      const stuck = await raw(() => undefined);
      const service = await raw((_received, response) => sendAnswer(response, answered));
      const source = sourceOf([stuck.url, service.url], { timeoutMillis: 100 });
      const outcomes = [];
      for (let times = 0; times < 10; times += 1) {
        outcomes.push(
          await ask(source, mutation).then(
            () => 'answered',
            () => 'given up',
          ),
        );
      }
      expect(outcomes.filter((outcome) => outcome === 'given up')).toHaveLength(1);
    });

    it('is given up in the middle of its answer', async () => {
      const service = await raw((_received, response) => void response.writeHead(200).write('{"data":'));
      const source = sourceOf([service.url], { timeoutMillis: 100 });
      await expect(ask(source, query)).rejects.toBeInstanceOf(TimeIsOver);
    });

    it('is given up when nobody waits for it any longer', async () => {
      const service = await raw(() => undefined);
      const source = sourceOf([service.url]);
      const stop = new AbortController();
      const asked = ask(source, query, { signal: stop.signal });
      const reason = new Error('hung up');
      setTimeout(() => stop.abort(reason), 30);
      await expect(asked).rejects.toBe(reason);
      await expect(ask(source, query, { signal: stop.signal })).rejects.toBe(reason);
    });
  });

  describe('whose connection breaks', () => {
    /** Breaks each connection at its second request. */
    const breaking = () => {
      const seen = new WeakSet<object>();
      return raw(({ socket }, response) => {
        if (seen.has(socket)) return void socket.destroy();
        seen.add(socket);
        sendAnswer(response, answered);
      });
    };

    it('is asked once more for a query', async () => {
      const service = await breaking();
      const source = sourceOf([service.url], { connections: 1 });
      await ask(source, query);
      expect(await ask(source, query)).toEqual(answered);
      expect(service.received).toHaveLength(3);
    });

    it('is not asked once more for a command', async () => {
      const service = await breaking();
      const source = sourceOf([service.url], { connections: 1 });
      await ask(source, mutation);
      await expect(ask(source, mutation)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
      expect(service.received).toHaveLength(2);
    });

    it('is asked once more only once, at another address if there is one', async () => {
      const [first, second] = [
        await raw(({ socket }) => void socket.destroy()),
        await raw(({ socket }) => void socket.destroy()),
      ];
      await expect(ask(sourceOf([first.url, second.url]), query)).rejects.toMatchObject({
        code: 'UND_ERR_SOCKET',
      });
      expect([first.received.length, second.received.length]).toEqual([1, 1]);
    });

    it('in the middle of an answer is asked once more for a query', async () => {
      let times = 0;
      const service = await raw(({ socket }, response) => {
        times += 1;
        if (times > 1) return sendAnswer(response, answered);
        response.writeHead(200, { 'content-length': 100 }).write('{"data":');
        setTimeout(() => socket.destroy(), 10);
      });
      expect(await ask(sourceOf([service.url]), query)).toEqual(answered);
    });
  });

  describe('of which an address does not answer', () => {
    it.each([
      ['query', query],
      ['command', mutation],
    ])('is reached at the other, also for a %s', async (_kind, text) => {
      const service = await raw((_received, response) => sendAnswer(response, answered));
      const source = sourceOf([await unusedUrl(), service.url, await unusedUrl()]);
      for (let times = 0; times < 6; times += 1) expect(await ask(source, text)).toEqual(answered);
      expect(service.received).toHaveLength(6);
      expect(lines.map(([message]) => message)).toContain('an address of a service cannot be reached');
    });

    it('is reached there again when it is back, and both take their share', async () => {
      const url = await unusedUrl();
      const first = await raw((_received, response) => sendAnswer(response, answered));
      const source = sourceOf([url, first.url]);
      for (let times = 0; times < 4; times += 1) await ask(source, mutation);
      const second = await raw(
        (_received, response) => sendAnswer(response, answered),
        Number(new URL(url).port),
      );
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      for (let times = 0; times < 10; times += 1) await ask(source, mutation);
      expect(second.received).toHaveLength(5);
      expect(lines.map(([message]) => message)).toContain('an address of a service is reached again');
    });

    it('and no other either, fails at once', async () => {
      // Had it gone on trying, its time would be over instead.
      await expect(ask(sourceOf([await unusedUrl(), await unusedUrl()]), query)).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
    });

    it('tells how many of them can answer', async () => {
      const service = await raw((_received, response, path) =>
        response.writeHead(path === '/ready' ? 200 : 404).end(),
      );
      const notReady = await raw((_received, response) => response.writeHead(503).end());
      expect(await sourceOf([service.url]).state()).toBe('up');
      expect(await sourceOf([service.url, notReady.url]).state()).toBe('partly up');
      expect(await sourceOf([notReady.url, await unusedUrl()]).state()).toBe('down');
    });

    it('needs one address at least', () => {
      expect(() => httpDataSource({ name: 'homes', urls: [], timeoutMillis: 1, logger })).toThrow(
        'the service homes has no address',
      );
    });
  });

  describe('that remembers texts by their hash', () => {
    /** What a service of ours does with hashes; `forget` is a new start. */
    const remembering = async () => {
      const texts = new Set<string>();
      const service = await raw(({ body }, response) => {
        const hash = body.extensions?.persistedQuery?.sha256Hash;
        if (body.query === undefined && !texts.has(hash ?? '')) {
          return sendAnswer(response, {
            errors: [
              { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
            ],
          });
        }
        if (hash !== undefined) texts.add(hash);
        sendAnswer(response, answered);
      });
      return { service, forget: () => texts.clear() };
    };
    const sent = ({ received }: RawService) =>
      received
        .splice(0)
        .map(({ body }) => [
          body.query !== undefined ? 'text' : '',
          body.extensions?.persistedQuery?.sha256Hash === undefined ? '' : 'hash',
        ]);

    it.each([
      ['query', query],
      ['command', mutation],
    ])('is sent the hash alone from the third time on, also of a %s', async (_kind, text) => {
      const { service, forget } = await remembering();
      const source = sourceOf([service.url]);
      for (let times = 0; times < 4; times += 1) expect(await ask(source, text)).toEqual(answered);
      expect(service.received[3]!.body.extensions).toEqual({
        persistedQuery: { version: 1, sha256Hash: sha256(text) },
      });
      expect(sent(service)).toEqual([
        ['text', ''],
        ['text', 'hash'],
        ['', 'hash'],
        ['', 'hash'],
      ]);
      forget();
      expect(await ask(source, text)).toEqual(answered);
      expect(await ask(source, text)).toEqual(answered);
      expect(sent(service)).toEqual([
        ['', 'hash'],
        ['text', 'hash'],
        ['', 'hash'],
      ]);
    });

    it('is sent the text by each address once more', async () => {
      const [first, second] = [await remembering(), await remembering()];
      const source = sourceOf([first.service.url, second.service.url]);
      for (let times = 0; times < 8; times += 1) expect(await ask(source, query)).toEqual(answered);
      const texts = [...sent(first.service), ...sent(second.service)].filter(([text]) => text === 'text');
      expect(texts).toHaveLength(3);
    });
  });

  it.each([
    [502, '<html>Bad Gateway</html>', 'SERVICE_AWAY'],
    [503, '', 'SERVICE_AWAY'],
    [200, '<html>Welcome</html>', undefined],
    [200, '[]', undefined],
    [404, '{"nothing":1}', undefined],
  ])('of whose address something else answers %i is told apart', async (status, text, code) => {
    const service = await raw((_received, response) => response.writeHead(status).end(text));
    const failure = await ask(sourceOf([service.url]), query).catch(
      (error: unknown) => error as Error & { code?: string },
    );
    expect(failure).toMatchObject({
      message: expect.stringContaining(`the service homes answered ${status}`),
    });
    expect((failure as { code?: string }).code).toBe(code);
  });

  it('answers what is under way when it is closed', async () => {
    const service = await raw(
      (_received, response) => void setTimeout(() => sendAnswer(response, answered), 100),
    );
    const source = sourceOf([service.url]);
    const asked = ask(source, query);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await source.close();
    expect(await asked).toEqual(answered);
  });
});
