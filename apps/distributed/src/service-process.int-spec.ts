import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { keyringFromFile, openLocalIssuer, type LocalIssuer } from '@anju/access';
import type { ReadyMessage } from '@anju/process';
import { createTestDatabase, type TestDatabase } from '@anju/testing';
import { createTestTopics, describeWithBroker, sharedBroker, type TestBroker } from '@anju/testing-kafka';

const root = resolve(__dirname, '../../..');
const identity = { issuer: 'urn:anju:test', audience: 'anju' };
const controlToken = 'control-token-of-this-test';

interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

describeWithBroker('a service as a process of its own', () => {
  let folder: string;
  let issuer: LocalIssuer;
  let database: TestDatabase;
  let broker: TestBroker;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    execFileSync(process.execPath, ['tools/build.mjs'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    folder = mkdtempSync(join(tmpdir(), 'anju-service-'));
    keyringFromFile(join(folder, 'data-keys.json'));
    issuer = await openLocalIssuer({ directory: folder, ...identity });
    writeFileSync(join(folder, 'jwks.json'), JSON.stringify(issuer.jwks));
    database = await createTestDatabase('service_process');
    broker = await sharedBroker();
    await createTestTopics(broker);
  }, 180_000);

  afterEach(async () => {
    const running = children
      .splice(0)
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    await Promise.all(
      running.map(async (child) => {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }),
    );
  });

  afterAll(async () => {
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  function run(environment: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn(process.execPath, [join(root, 'dist/apps/insights/src/main.js')], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    children.push(child);
    return child;
  }

  /** An insights service: the smallest of all. */
  function start(environment: NodeJS.ProcessEnv = {}): ChildProcess {
    return run({
      PORT: '0',
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '3',
      KAFKA_BROKERS: broker.brokers.join(','),
      KAFKA_TOPIC_PREFIX: broker.topicPrefix,
      OIDC_ISSUER: identity.issuer,
      OIDC_AUDIENCE: identity.audience,
      OIDC_JWKS_FILE: join(folder, 'jwks.json'),
      DATA_KEYS_FILE: join(folder, 'data-keys.json'),
      LOG_LEVEL: 'error',
      ...environment,
    });
  }

  async function endOf(child: ChildProcess): Promise<Ended> {
    let errors = '';
    child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, errors };
  }

  /** The origin of a service, once it is ready. */
  async function ready(child: ChildProcess): Promise<string> {
    const end = endOf(child);
    const origin = await Promise.race([
      once(child, 'message').then(([message]) => new URL((message as ReadyMessage).ready).origin),
      end.then(({ errors }) => {
        throw new Error(errors);
      }),
    ]);
    return origin;
  }

  it('answers on its own port, verifies tokens itself, and ends in order when it is told to', async () => {
    const child = start();
    const origin = await ready(child);
    expect(await (await fetch(`${origin}/ready`)).json()).toEqual({
      ready: true,
      details: { insights: 'up' },
    });
    const ask = async (authorization: string): Promise<unknown> => {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: '{ __typename }' }),
      });
      return response.json();
    };
    const token = await issuer.issue({
      account: 'reader',
      staffId: '018f0000-0000-7000-8000-000000000001',
      roles: [],
    });
    expect(await ask(`Bearer ${token}`)).toEqual({ data: { __typename: 'Query' } });
    expect(await ask(`Bearer ${token}x`)).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect((await fetch(`${origin}/control/time`)).status).toBe(404);
    const end = endOf(child);
    child.kill('SIGTERM');
    expect(await end).toEqual({ code: 0, errors: '' });
  });

  it('ends in order when whoever started it is gone', async () => {
    const child = start();
    await ready(child);
    // Node tells of no `close` once the channel was closed from this side.
    const gone = once(child, 'exit');
    child.disconnect();
    expect(await gone).toEqual([0, null]);
  });

  it('starts beside another one of its kind on an empty database', async () => {
    const empty = await createTestDatabase('two_replicas');
    const pair = [start({ DATABASE_URL: empty.url }), start({ DATABASE_URL: empty.url })];
    await Promise.all(pair.map(ready));
    const ends = pair.map(endOf);
    pair.forEach((child) => child.kill('SIGTERM'));
    expect((await Promise.all(ends)).map(({ code }) => code)).toEqual([0, 0]);
    await empty.drop();
  });

  it('has a clock that is moved from outside only where a token for that is set', async () => {
    const origin = await ready(
      start({ DEMO_CLOCK: '2026-03-02T08:30:00+08:00', CONTROL_TOKEN: controlToken }),
    );
    const headers = { authorization: `Bearer ${controlToken}` };
    expect(await (await fetch(`${origin}/control/time`, { headers })).json()).toEqual({
      now: '2026-03-02T00:30:00.000Z',
      byHand: true,
      nextDueAt: null,
    });
    expect(await (await fetch(`${origin}/control/outboxes`, { headers })).json()).toEqual({
      outboxes: [{ context: 'insights', depth: 0, lastSeq: expect.any(String) }],
    });
  });

  it('tells every mistake in its environment at once', async () => {
    const { code, errors } = await endOf(
      run({ PORT: 'http', KAFKA_SSL: 'no', DEMO_CLOCK: '2026-03-02T00:00:00Z' }),
    );
    expect(code).toBe(2);
    const named = [
      'PORT',
      'DATABASE_URL',
      'KAFKA_BROKERS',
      'KAFKA_SSL',
      'OIDC_ISSUER',
      'DATA_KEYS_FILE',
      'CONTROL_TOKEN',
    ];
    for (const variable of named) expect(errors).toMatch(new RegExp(`^- ${variable} `, 'm'));
  });

  it('says in a sentence what keeps it from starting, and shows no password', async () => {
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const { port } = taken.address() as AddressInfo;
    const wrongPassword = new URL(database.url);
    wrongPassword.password = 'not-the-password';
    const nowhere = new URL(database.url);
    nowhere.pathname = '/not_there';
    const obstacles: [NodeJS.ProcessEnv, string][] = [
      [{ DATABASE_URL: wrongPassword.href }, 'PostgreSQL does not accept the password of DATABASE_URL'],
      [{ DATABASE_URL: nowhere.href }, 'PostgreSQL has no such database: not_there'],
      [
        { DATABASE_URL: 'postgresql://anju:not-the-password@127.0.0.1:1/anju' },
        'PostgreSQL cannot be reached (ECONNREFUSED)',
      ],
      [{ KAFKA_BROKERS: '127.0.0.1:1' }, 'Kafka cannot be used at 127.0.0.1:1 (KAFKA_BROKERS)'],
      [{ KAFKA_TOPIC_PREFIX: 'nobody-made-these' }, 'nobody-made-these.'],
      [{ PORT: String(port) }, `port ${port} on 127.0.0.1 is taken`],
      [{ DATA_KEYS_FILE: join(folder, 'not-there.json') }, 'not-there.json, which is not there'],
      [{ OIDC_JWKS_FILE: join(folder, 'data-keys.json') }, 'cannot be read as a JSON web key set'],
    ];
    for (const [environment, sentence] of obstacles) {
      const { code, errors } = await endOf(start(environment));
      expect(errors).toContain(sentence);
      expect(errors.split('\n').filter(Boolean)).toHaveLength(1);
      expect(errors).not.toContain('not-the-password');
      expect(code).toBe(1);
    }
    await new Promise((closed) => taken.close(closed));
  });
});
