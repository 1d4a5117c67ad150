import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT, type JWTPayload } from 'jose';
import { getMetadataStorage } from 'type-graphql';
import { roleGrants, roles, type Permission, type Role } from '@anju/access';
import { newId } from '@anju/kernel';
import { requiredPermission } from '@anju/subgraph';
import { dayOneBeginsAt } from '@anju/demonstration';
// Declares what every resolver requires, also where services run elsewhere.
import '@anju/suite';
import { commandsOf, graphSchema, queriesOf, variablesOf, type Operation } from './bad-input-schema';
import { goodValue } from './bad-input-values';
import { contentsOf, outcomeOf, post, signIn, Visitor, type Answer } from './graph-client';
import { isDistributed, startPlatform, type Platform } from './platform';

let platform: Platform;
let issuerKey: KeyObject;
let good: { readonly header: JWTPayload & { alg: string; kid: string }; readonly claims: JWTPayload };

function decoded<Part>(token: string, part: 0 | 1): Part {
  return JSON.parse(Buffer.from(token.split('.')[part]!, 'base64url').toString('utf8')) as Part;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A token that differs from a good one in what is given. */
function tokenWith(claims: JWTPayload, key: KeyObject = issuerKey, header: object = {}): Promise<string> {
  return new SignJWT({ ...good.claims, ...claims })
    .setProtectedHeader({ ...good.header, ...header })
    .sign(key);
}

const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

async function answerTo(token: string | null, query = '{ me { account } }'): Promise<Answer> {
  return new Visitor(platform.running.url, token).ask(query);
}

const renaming = `mutation($input: RenameProjectInput!) { renameProject(input: $input) { __typename } }`;

beforeAll(async () => {
  platform = await startPlatform(dayOneBeginsAt);
  const jwk = JSON.parse(readFileSync(join(platform.dataDir, 'issuer-key.json'), 'utf8')) as JsonWebKey;
  issuerKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const { token } = await signIn(platform, ['OFFICE_DIRECTOR', 'ADMINISTRATOR']);
  good = { header: decoded(token!, 0), claims: decoded(token!, 1) };
});

afterAll(() => platform.close());

describe('whose request it is', () => {
  it('is told by a token that is signed by the issuer as agreed', async () => {
    const { status, data } = await answerTo(await tokenWith({}));
    expect(status).toBe(200);
    expect(data).toEqual({ me: { account: good.claims['account'] } });
  });

  it.each<{ token: string; reason: string; make: () => string | Promise<string> }>([
    {
      token: 'that has expired',
      reason: 'TOKEN_EXPIRED',
      make: () => tokenWith({ exp: secondsFromNow(-60) }),
    },
    {
      token: 'without an end',
      reason: 'TOKEN_MALFORMED',
      make: () => {
        const { exp: _, ...claims } = good.claims;
        return new SignJWT(claims).setProtectedHeader(good.header).sign(issuerKey);
      },
    },
    {
      token: 'whose time has not come',
      reason: 'TOKEN_NOT_YET_VALID',
      make: () => tokenWith({ nbf: secondsFromNow(600) }),
    },
    {
      token: 'for another audience',
      reason: 'TOKEN_WRONG_AUDIENCE',
      make: () => tokenWith({ aud: 'another-platform' }),
    },
    {
      token: 'of another issuer',
      reason: 'TOKEN_WRONG_ISSUER',
      make: () => tokenWith({ iss: 'https://elsewhere.example' }),
    },
    {
      token: "with somebody else's key under the issuer's key id",
      reason: 'TOKEN_FORGED',
      make: () => tokenWith({}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    },
    {
      token: 'that names an unknown key',
      reason: 'TOKEN_FORGED',
      make: () =>
        tokenWith({}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, { kid: 'mine' }),
    },
    {
      token: 'with a key of its own in its header',
      reason: 'TOKEN_FORGED',
      make: () => {
        const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        return tokenWith({}, privateKey, { kid: undefined, jwk: publicKey.export({ format: 'jwk' }) });
      },
    },
    {
      token: 'whose claims were changed after it was signed',
      reason: 'TOKEN_FORGED',
      make: async () => {
        const [header, , signature] = (await tokenWith({})).split('.');
        return `${header}.${encoded({ ...good.claims, sub: newId() })}.${signature}`;
      },
    },
    {
      token: 'with the algorithm none',
      reason: 'TOKEN_FORGED',
      make: () => `${encoded({ ...good.header, alg: 'none' })}.${encoded(good.claims)}.`,
    },
    {
      token: 'with the algorithm None and a signature of something else',
      reason: 'TOKEN_FORGED',
      make: () => `${encoded({ ...good.header, alg: 'None' })}.${encoded(good.claims)}.c2ln`,
    },
    {
      token: 'signed by HS256 with the public key as the secret',
      reason: 'TOKEN_FORGED',
      make: () => {
        const body = `${encoded({ ...good.header, alg: 'HS256' })}.${encoded(good.claims)}`;
        const secret = JSON.stringify(platform.running.issuer.jwks.keys[0]);
        return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
      },
    },
    { token: 'whose subject is nobody', reason: 'TOKEN_MALFORMED', make: () => tokenWith({ sub: 'root' }) },
    {
      token: 'that plays the platform itself',
      reason: 'TOKEN_MALFORMED',
      make: () => tokenWith({ account: 'system:deadlines' }),
    },
    {
      token: 'with an SQL injection for an account',
      reason: 'TOKEN_MALFORMED',
      make: () => tokenWith({ account: `'; drop table staff; --` }),
    },
    { token: 'that is no token', reason: 'TOKEN_MALFORMED', make: () => 'opensesame' },
    { token: 'of 14,000 letters', reason: 'TOKEN_MALFORMED', make: () => `${'a'.repeat(14_000)}.b.c` },
  ])('is not told by a token $token', async ({ make, reason }) => {
    const before = await contentsOf(platform);
    const token = await make();
    const visitor = new Visitor(platform.running.url, token);
    const input = { id: platform.setting.projectId, name: '他人的花园' };
    for (const answer of [await visitor.ask('{ me { account } }'), await visitor.ask(renaming, { input })]) {
      expect(answer).toMatchObject({
        status: 401,
        data: null,
        errors: [{ extensions: { code: 'UNAUTHENTICATED', reason } }],
      });
      expect(answer.text).not.toContain(token);
    }
    expect(await contentsOf(platform)).toEqual(before);
  });

  it('is nobody’s without a token, and nobody may ask or do anything', async () => {
    const before = await contentsOf(platform);
    expect(outcomeOf(await answerTo(null), 'me')).toBe('UNAUTHENTICATED');
    const input = { id: platform.setting.projectId, name: '他人的花园' };
    const renamed = await new Visitor(platform.running.url, null).ask(renaming, { input });
    expect(outcomeOf(renamed, 'renameProject')).toBe('UNAUTHENTICATED');
    expect(await contentsOf(platform)).toEqual(before);
  });

  it.each(['Basic YWRtaW46YWRtaW4=', 'Bearer', 'Bearer ', 'token', 'Bearer a b c'])(
    'is not told by the header "%s"',
    async (authorization) => {
      const answer = await post(platform.running.url, '{"query":"{ me { account } }"}', { authorization });
      expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    },
  );
});

describe('what a token allows', () => {
  it.each([
    ['no roles', []],
    ['roles that nobody knows', [{ role: 'SUPERUSER', projects: 'ALL' }]],
    ['a role in no project', [{ role: 'OFFICE_DIRECTOR', projects: [] }]],
    ['a role in another project', [{ role: 'OFFICE_DIRECTOR', projects: [newId()] }]],
  ])('with %s is to change nothing', async (_what, roles) => {
    const before = await contentsOf(platform);
    const visitor = new Visitor(platform.running.url, await tokenWith({ roles }));
    const { setting } = platform;
    const renamed = await visitor.ask(renaming, { input: { id: setting.projectId, name: '他人的花园' } });
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain(outcomeOf(renamed, 'renameProject'));
    const customer = await visitor.ask('query($id: ID!) { customer(id: $id) { name } }', {
      id: setting.customerIds.get('wangxiulan')!,
    });
    expect(customer.data?.['customer'] ?? null).toBeNull();
    expect(await contentsOf(platform)).toEqual(before);
  });

  it('with roles of a wrong form is nothing at all', async () => {
    for (const roles of [
      'ADMINISTRATOR',
      { role: 'ADMINISTRATOR' },
      [{ role: 'ADMINISTRATOR', projects: '*' }],
    ]) {
      const answer = await answerTo(await tokenWith({ roles }));
      expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { reason: 'TOKEN_MALFORMED' } }] });
    }
  });
});

/** The permission that each command and query declares. */
function declaredPermissions(): Map<string, Permission> {
  const { mutations, queries } = getMetadataStorage();
  return new Map(
    [...mutations, ...queries].map(({ target, methodName, schemaName }) => [
      schemaName,
      requiredPermission(target, methodName)!,
    ]),
  );
}

describe('every command and query of the graph', () => {
  const schema = graphSchema();
  const all = [...commandsOf(schema), ...queriesOf(schema).filter(({ name, root }) => name === root)];
  // Which permission each of them asks for does not depend on the mode; that every service asks does.
  const operations = isDistributed ? all.filter((_, n) => n % 6 === 0) : all;

  /** Well-formed, about things that are not there: whoever may do it learns that, and nobody else does. */
  function askAs(visitor: Visitor, operation: Operation): Promise<Answer> {
    return visitor.ask(
      operation.text,
      variablesOf(operation, (leaf) => goodValue(operation, leaf, {})),
    );
  }

  async function outcomesOf(visitor: Visitor, asked: readonly Operation[]): Promise<Record<string, string>> {
    const outcomes: Record<string, string> = {};
    // Each is planned for the first time: all at once would wait for each other for longer than a request may.
    const waiting = [...asked];
    const next = async (): Promise<void> => {
      for (let operation = waiting.pop(); operation; operation = waiting.pop()) {
        const answer = await askAs(visitor, operation);
        const isTold = answer.data?.[operation.root] != null;
        outcomes[operation.name] = isTold ? 'TOLD' : outcomeOf(answer, operation.root);
      }
    };
    await Promise.all(Array.from({ length: 8 }, next));
    return outcomes;
  }

  function eachIs(outcome: string, asked: readonly Operation[]): Record<string, string> {
    return Object.fromEntries(asked.map(({ name }) => [name, outcome]));
  }

  it.each([
    ['without a token', 'UNAUTHENTICATED', () => new Visitor(platform.running.url, null)],
    ['without a role', 'FORBIDDEN', () => signIn(platform, [])],
  ])('is closed to somebody %s', async (_who, outcome, visitor) => {
    const before = await contentsOf(platform);
    expect(await outcomesOf(await visitor(), operations)).toEqual(eachIs(outcome, operations));
    expect(await contentsOf(platform)).toEqual(before);
  });

  it('is closed to roles without its permission', async () => {
    const before = await contentsOf(platform);
    const permissions = declaredPermissions();
    const closedTo = new Map<Role, Operation[]>(roles.map((role) => [role, []]));
    operations.forEach((operation, n) => {
      // Every role for every command would take long and show no more: a few of them, others each time.
      const without = roles.filter((role) => !roleGrants(role, permissions.get(operation.name)!));
      for (let step = 0; step < Math.min(4, without.length); step += 1) {
        closedTo.get(without[(n * 7 + step * 5) % without.length]!)!.push(operation);
      }
    });
    for (const [role, asked] of closedTo) {
      expect(asked.length).toBeGreaterThan(0);
      const visitor = await signIn(platform, [role]);
      expect({ role, ...(await outcomesOf(visitor, asked)) }).toEqual({
        role,
        ...eachIs('FORBIDDEN', asked),
      });
    }
    expect(await contentsOf(platform)).toEqual(before);
  });
});

describe('a token', () => {
  it('is never in the log, and no part of one', () => {
    expect(platform.logged().length).toBeGreaterThan(50);
    expect(platform.logged().filter((line) => /eyJ|Bearer|opensesame/i.test(line))).toEqual([]);
  });
});
