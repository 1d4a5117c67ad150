import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import pino from 'pino';
import { KeySetUnavailableError, TokenError } from '@anju/access';
import { startGateway } from '../gateway';
import type { GatewayOptions, RunningGateway } from '../gateway-options';
import { inProcessDataSource } from '../in-process-data-source';
import { composeTestSupergraph, testServices } from './two-services';
import type { TestContext } from './two-services';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  /** Of the errors, in their order. */
  readonly codes: readonly unknown[];
}

export interface TestGateway extends RunningGateway {
  readonly origin: string;
  readonly supergraphFile: string;
  /** What was logged, one object per line. */
  readonly logs: readonly Record<string, unknown>[];
  readonly logText: () => string;
  ask(
    query: string,
    more?: { variables?: object; operationName?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  send(path: string, init?: RequestInit): Promise<Answer>;
}

function authenticate(authorization: string | undefined): Promise<string | null> {
  const token = authorization?.replace(/^Bearer /, '');
  switch (token) {
    case undefined:
      return Promise.resolve(null);
    case 'expired':
      return Promise.reject(new TokenError('TOKEN_EXPIRED', 'its time is over'));
    case 'no-keys':
      return Promise.reject(new KeySetUnavailableError('the keys of the issuer cannot be fetched'));
    case 'fault':
      return Promise.reject(new Error('password of the key store is "swordfish"'));
    default:
      return Promise.resolve(token);
  }
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  const { data, errors = [] } = isJson ? (JSON.parse(text) as Partial<Pick<Answer, 'data' | 'errors'>>) : {};
  return {
    status: response.status,
    headers: response.headers,
    text,
    data,
    errors,
    codes: errors.map(({ extensions }) => extensions['code']),
  };
}

/** @throws Error if it does not come true within five seconds */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not come to that');
    await sleep(10);
  }
}

function schemaOf(name: string): GraphQLSchema {
  const schema = testServices[name];
  if (!schema) throw new Error(`there is no service ${name}`);
  return schema;
}

/** A gateway over the two test services, on any free port. */
export async function startTestGateway(
  overrides: Partial<GatewayOptions<string>> = {},
): Promise<TestGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphFile, composeTestSupergraph());
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const gateway = await startGateway<string>({
    port: 0,
    supergraph: { file: supergraphFile },
    dataSource: ({ name }) =>
      inProcessDataSource<string>({
        schema: schemaOf(name),
        contextFor: ({ requestId, principal, headers, signal }): TestContext => ({
          requestId,
          person: principal,
          headers,
          signal,
        }),
      }),
    authenticate,
    development: true,
    logger,
    readiness: async () => ({ ready: true, details: { directory: 'ready' } }),
    ...overrides,
  });
  const origin = new URL(gateway.url).origin;
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = new Headers(init.headers);
    if (!headers.has('accept-language')) headers.set('accept-language', 'en');
    return toAnswer(await fetch(origin + path, { ...init, headers }));
  };
  return {
    ...gateway,
    origin,
    supergraphFile,
    send,
    get logs() {
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    logText: () => lines.join(''),
    ask: (query, { variables, operationName, headers } = {}) =>
      send('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          ...headers,
        },
        body: JSON.stringify({ query, variables, operationName }),
      }),
    close: async () => {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
