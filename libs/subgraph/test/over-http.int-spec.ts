import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cipher, openLocalIssuer, tokenVerifier, type LocalIssuer, type Role } from '@anju/access';
import { ManualClock, newId } from '@anju/kernel';
import { InProcessEventBus } from '@anju/outbox';
import { createTestDatabase, silentLogger } from '@anju/testing';
import { serve, startSubgraphServer, type RunningService, type RunningSubgraphServer } from '../src';
import { tickets } from './ticket-service';

const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
const [ours, theirs] = [newId(), newId()];

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { extensions: { code: string } }[];
}

describe('a service over HTTP on its database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anju-http-'));
  const identity = { issuer: 'urn:anju:test', audience: 'anju' };
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let bus: InProcessEventBus;
  let service: RunningService;
  let server: RunningSubgraphServer;
  let issuer: LocalIssuer;
  let [supervisor, stranger]: [string, string] = ['', ''];

  const tokenOf = async (role: Role, projectId: string): Promise<string> =>
    `Bearer ${await issuer.issue({ account: role.toLowerCase(), staffId: newId(), roles: [{ role, projectIds: [projectId] }] })}`;

  beforeAll(async () => {
    database = await createTestDatabase();
    bus = new InProcessEventBus(silentLogger);
    service = await serve(tickets, {
      databaseUrl: database.url,
      poolSize: 5,
      clock: new ManualClock(new Date('2026-03-02T01:00:00Z')),
      cipher,
      bus,
      logger: silentLogger,
    });
    await bus.start();
    issuer = await openLocalIssuer({ directory: folder, ...identity });
    const verifier = tokenVerifier({ ...identity, keys: { jwks: issuer.jwks } });
    server = await startSubgraphServer({
      service,
      port: 0,
      authenticate: async (authorization) => (authorization ? verifier.verify(authorization) : null),
      readiness: async () => ({ ready: true, details: {} }),
      logger: silentLogger,
    });
    supervisor = await tokenOf('SERVICE_SUPERVISOR', ours);
    stranger = await tokenOf('SERVICE_SUPERVISOR', theirs);
  });

  afterAll(async () => {
    await server.close();
    await bus.close();
    await service.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (
    query: string,
    variables: object,
    authorization: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, 'accept-language': 'en', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
  const open = 'mutation($p: ID!) { openTicket(input: { projectId: $p }) { ... on Ticket { id } } }';
  const openOne = async (headers: Record<string, string> = {}): Promise<string> => {
    const { data, errors } = await ask(open, { p: ours }, supervisor, headers);
    expect(errors).toBeUndefined();
    return (data!['openTicket'] as { id: string }).id;
  };
  const entities = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Ticket { id } } }';

  it('carries out a command once, however often it comes with the same key', async () => {
    const first = await openOne({ 'idempotency-key': 'open-1' });
    const again = await Promise.all(
      Array.from({ length: 5 }, () => openOne({ 'idempotency-key': 'open-1' })),
    );
    expect(new Set([first, ...again]).size).toBe(1);
    expect(await openOne()).not.toBe(first);
    const raise = 'mutation($id: ID!) { raiseTicket(input: { id: $id }) { ... on Ticket { level } } }';
    const { errors } = await ask(raise, { id: first }, supervisor, { 'idempotency-key': 'open-1' });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('shows by its key what it shows by its fields, and to others neither', async () => {
    const id = await openOne();
    const variables = { r: [{ __typename: 'Ticket', id }] };
    expect((await ask(entities, variables, supervisor)).data).toEqual({ _entities: [{ id }] });
    expect((await ask(entities, variables, stranger)).data).toEqual({ _entities: [null] });
    const guard = await tokenOf('LOBBY_GUARD', ours);
    const forbidden = await ask(entities, variables, guard);
    expect(forbidden.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(forbidden.data).toEqual({ _entities: [null] });
  });

  it('gives every other thing than an entity’s key back as bad input or a fault without words', async () => {
    for (const representation of [
      {},
      { __typename: 'Ticket' },
      { __typename: 'Nothing', id: 'x' },
      { __typename: 'Ticket', id: { $gt: '' } },
      { __typename: 'Ticket', id: "' or 1=1 --" },
      { __typename: '__proto__', id: 'x' },
    ]) {
      const answer = await ask(entities, { r: [representation] }, supervisor);
      expect(JSON.stringify(answer)).not.toMatch(/select|stack|node_modules|invalid input syntax/i);
      expect(answer.data?.['_entities'] ?? [null]).toEqual([null]);
    }
  });
});
