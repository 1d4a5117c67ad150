import { randomBytes } from 'node:crypto';
import { graphql, type ExecutionResult } from 'graphql';
import { Mutation, Resolver } from 'type-graphql';
import { Cipher, type Principal, type Role } from '@anju/access';
import { ManualClock, newId } from '@anju/kernel';
import { InProcessEventBus } from '@anju/outbox';
import { createTestDatabase, silentLogger } from '@anju/testing';
import { buildServiceSchema, requestContext, serve, type RunningService } from '../src';
import { tickets } from './ticket-service';

const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
const [ours, theirs] = [newId(), newId()];

function staff(role: Role, ...projectIds: string[]): Principal {
  return { kind: 'STAFF', staffId: newId(), account: role.toLowerCase(), roles: [{ role, projectIds }] };
}

describe('a service in the graph', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let service: RunningService;
  let bus: InProcessEventBus;
  const supervisor = staff('SERVICE_SUPERVISOR', ours);
  const stranger = staff('SERVICE_SUPERVISOR', theirs);

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
  });

  afterAll(async () => {
    await bus.close();
    await service.close();
    await database.drop();
  });

  function ask(source: string, principal: Principal | null, variableValues = {}): Promise<ExecutionResult> {
    const contextValue = requestContext({ principal, requestId: 'r', locale: 'en', idempotencyKey: null });
    return graphql({
      schema: service.schema,
      source,
      contextValue,
      variableValues,
    });
  }

  async function openOne(): Promise<string> {
    const { data } = await ask(
      `mutation($p: ID!) { openTicket(input: { projectId: $p }) { ... on Ticket { id } } }`,
      supervisor,
      { p: ours },
    );
    return (data!['openTicket'] as { id: string }).id;
  }

  it('carries out a command, with the history it leaves', async () => {
    const id = await openOne();
    const { data, errors } = await ask(
      `mutation($id: ID!) { raiseTicket(input: { id: $id }) { ... on Ticket { level version history { command from to } } } }`,
      supervisor,
      { id },
    );
    expect(errors).toBeUndefined();
    expect(data!['raiseTicket']).toMatchObject({
      level: 1,
      version: 2,
      history: [{ command: 'openTicket' }, { command: 'raiseTicket', from: 'OPEN' }],
    });
  });

  it('can always be asked for refusals, and still gives a stored one that has lost its type', async () => {
    const open = `mutation($p: ID!) { openTicket(input: { projectId: $p, idempotencyKey: "old" }) {
      __typename ... on Refusal { code message } } }`;
    const { data, errors } = await ask(open, supervisor, { p: ours });
    expect([errors, data!['openTicket']]).toEqual([undefined, { __typename: 'Ticket' }]);
    const old = cipher.encrypt(JSON.stringify({ refusal: { code: 'TICKETS_SOLD_OUT', data: {} } }));
    await service.dataSource.query(`update idempotency set answer = $1 where key = 'old'`, [old]);
    expect((await ask(open, supervisor, { p: ours })).data!['openTicket']).toEqual({
      ...{ __typename: 'CommandRefused', code: 'TICKETS_SOLD_OUT', message: 'TICKETS_SOLD_OUT' },
    });
  });

  it('answers an unauthenticated and an unauthorised request by their codes', async () => {
    const { errors } = await ask('{ tickets { totalCount } }', null);
    expect(errors![0]!.extensions['code']).toBe('UNAUTHENTICATED');
    const answer = await ask('{ tickets { totalCount } }', staff('LOBBY_GUARD', ours));
    const { code, rolesThatMay } = answer.errors![0]!.extensions;
    expect(code).toBe('FORBIDDEN');
    expect(rolesThatMay).toContain('SERVICE_SUPERVISOR');
    expect(rolesThatMay).not.toContain('LOBBY_GUARD');
  });

  it('shows nothing of another project by list, by reference or by command', async () => {
    const id = await openOne();
    expect((await ask('{ tickets { totalCount nodes { id } } }', stranger)).data!['tickets']).toEqual({
      totalCount: 0,
      nodes: [],
    });
    const reference = await ask(
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on Ticket { id level } } }`,
      stranger,
      { r: [{ __typename: 'Ticket', id }] },
    );
    expect(reference.data!['_entities']).toEqual([null]);
    const raised = await ask(
      `mutation($id: ID!) { raiseTicket(input: { id: $id }) { __typename } }`,
      stranger,
      { id },
    );
    expect(raised.errors![0]!.extensions['code']).toBe('NOT_FOUND');
    const opened = await ask(
      `mutation($p: ID!) { openTicket(input: { projectId: $p }) { __typename } }`,
      stranger,
      { p: ours },
    );
    expect(opened.errors![0]!.extensions['code']).toBe('FORBIDDEN');
  });

  it('names everything that is wrong with an input at once', async () => {
    const { errors } = await ask(
      `mutation($i: OpenTicketInput!) { openTicket(input: $i) { __typename } }`,
      supervisor,
      { i: { projectId: "1' or '1'='1", note: `\u0000${'長'.repeat(10_000)}` } },
    );
    expect(errors![0]!.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [
        { field: 'input.projectId' },
        { field: 'input.note', problem: 'has 10001 characters', expected: 'at most 2000 characters' },
        { field: 'input.note', problem: 'has a control character' },
      ],
    });
  });

  it('pages through a list in a stable order', async () => {
    for (let count = 0; count < 5; count += 1) await openOne();
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await ask(
        `query($after: String) { tickets(first: 2, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
        supervisor,
        { after },
      );
      expect(errors).toBeUndefined();
      const page = data!['tickets'] as {
        nodes: { id: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      seen.push(...page.nodes.map((node) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });

  it('refuses a page that is too large and a cursor that is not one', async () => {
    const cursor = (value: string): string =>
      Buffer.from(JSON.stringify([value, newId()])).toString('base64url');
    const cursors = ['x', cursor('1 (x)'), cursor('2026-02-30T00:00:00.000Z\0')];
    for (const args of ['first: 101', 'first: 0', ...cursors.map((text) => `after: "${text}"`)]) {
      const { errors } = await ask(`{ tickets(${args}) { totalCount } }`, supervisor);
      expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
    }
  });

  it('does not build a schema with a mutation that declares no permission', async () => {
    @Resolver()
    class Open {
      @Mutation(() => Boolean)
      doAnything(): boolean {
        return true;
      }
    }
    await expect(buildServiceSchema({ resolverClasses: [Open] }, new Map(), [])).rejects.toThrow(
      'no permission declared: Open.doAnything',
    );
  });
});
