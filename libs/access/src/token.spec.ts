import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { openLocalIssuer } from './local-issuer';
import type { LocalIssuer } from './local-issuer';
import { mayIn } from './principal';
import { KeySetUnavailableError, TokenError, tokenVerifier } from './token';
import type { TokenVerifier } from './token';

const issuer = 'https://issuer.example';
const audience = 'anju';
const staffId = '019ca000-0000-7000-8000-000000000001';
const projectId = '019ca000-0000-7000-8000-0000000000a1';
const zhouMin = {
  account: 'zhou.min',
  staffId,
  roles: [{ role: 'FRONT_DESK', projectIds: [projectId] }],
} as const;

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);
const goodClaims = (): JWTPayload => ({
  iss: issuer,
  aud: audience,
  sub: staffId,
  exp: now() + 600,
  account: 'zhou.min',
  roles: [{ role: 'FRONT_DESK', projects: [projectId] }],
});

let directory: string;
let local: LocalIssuer;
let verifier: TokenVerifier;
let otherKey: ReturnType<typeof generateKeyPairSync>['privateKey'];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'anju-token-'));
  local = await openLocalIssuer({ directory, issuer, audience });
  verifier = tokenVerifier({ issuer, audience, keys: { jwks: local.jwks } });
  otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Signs any claims with the local issuer's own key, as a misconfigured issuer would. */
function signed(claims: JWTPayload): Promise<string> {
  const jwk = JSON.parse(readFileSync(join(directory, 'issuer-key.json'), 'utf8')) as Record<string, string>;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: local.jwks.keys[0]!.kid! })
    .sign(createPrivateKey({ key: jwk, format: 'jwk' }));
}

async function problemOf(authorization: string | undefined, by = verifier): Promise<string> {
  try {
    await by.verify(authorization);
  } catch (error) {
    if (error instanceof TokenError) return error.code;
    throw error;
  }
  return 'ACCEPTED';
}

describe('a bearer token', () => {
  it('names the member of staff with his roles and their projects', async () => {
    const principal = await verifier.verify(`Bearer ${await local.issue(zhouMin)}`);
    expect(principal).toEqual({
      kind: 'STAFF',
      staffId,
      account: 'zhou.min',
      roles: [{ role: 'FRONT_DESK', projectIds: [projectId] }],
    });
    expect(mayIn(principal, 'reception.interaction.record', projectId)).toBe(true);
  });

  it('is taken with the scheme in any case', async () => {
    expect(await problemOf(`bearer  ${await local.issue(zhouMin)}`)).toBe('ACCEPTED');
  });

  it.each([undefined, '', '   '])('is missing in %p', async (header) => {
    expect(await problemOf(header)).toBe('TOKEN_MISSING');
  });

  it.each([
    'Basic abc',
    'Bearer',
    'Bearer abc',
    'Bearer a.b.c',
    'Bearer a b.c.d',
    `Bearer ${'a'.repeat(20_000)}.b.c`,
  ])('is malformed in %.40s', async (header) => {
    expect(await problemOf(header)).toBe('TOKEN_MALFORMED');
  });

  it.each(['none', 'None', 'NONE'])('without a signature, alg %s, is refused', async (alg) => {
    const unsigned = `${base64url({ alg, typ: 'JWT' })}.${base64url(goodClaims())}.`;
    expect(await problemOf(`Bearer ${unsigned}`)).toBe('TOKEN_FORGED');
  });

  it('signed with the public key as a shared secret is refused', async () => {
    const publicKey = createPublicKey({
      key: { ...local.jwks.keys[0] } as Record<string, string>,
      format: 'jwk',
    });
    const secrets = [
      publicKey.export({ type: 'spki', format: 'pem' }),
      publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(local.jwks.keys[0]),
    ];
    for (const secret of secrets) {
      for (const kid of [undefined, local.jwks.keys[0]!.kid]) {
        const head = `${base64url({ alg: 'HS256', kid })}.${base64url(goodClaims())}`;
        const mac = createHmac('sha256', secret).update(head).digest('base64url');
        expect(await problemOf(`Bearer ${head}.${mac}`)).toBe('TOKEN_FORGED');
      }
    }
  });

  it('signed with another key is refused, under its own key id and under the issuer’s', async () => {
    for (const kid of ['another', local.jwks.keys[0]!.kid!]) {
      const token = await new SignJWT(goodClaims()).setProtectedHeader({ alg: 'ES256', kid }).sign(otherKey);
      expect(await problemOf(`Bearer ${token}`)).toBe('TOKEN_FORGED');
    }
  });

  it('signed by the right key with an algorithm that is not allowed is refused', async () => {
    const rsaOnly = tokenVerifier({ issuer, audience, keys: { jwks: local.jwks }, algorithms: ['RS256'] });
    expect(await problemOf(`Bearer ${await signed(goodClaims())}`, rsaOnly)).toBe('TOKEN_FORGED');
  });

  it('that brings its own key is refused', async () => {
    const jwk = createPublicKey(otherKey).export({ format: 'jwk' });
    const token = await new SignJWT(goodClaims())
      .setProtectedHeader({ alg: 'ES256', jwk, kid: 'mine' })
      .sign(otherKey);
    expect(await problemOf(`Bearer ${token}`)).toBe('TOKEN_FORGED');
  });

  it('whose claims were changed after signing is refused', async () => {
    const [head, , signature] = (await signed(goodClaims())).split('.');
    const claims = { ...goodClaims(), roles: [{ role: 'ADMINISTRATOR', projects: 'ALL' }] };
    expect(await problemOf(`Bearer ${head}.${base64url(claims)}.${signature}`)).toBe('TOKEN_FORGED');
  });

  it.each<[string, JWTPayload]>([
    ['TOKEN_EXPIRED', { exp: now() - 60 }],
    ['TOKEN_NOT_YET_VALID', { nbf: now() + 600 }],
    ['TOKEN_WRONG_ISSUER', { iss: 'https://elsewhere.example' }],
    ['TOKEN_WRONG_AUDIENCE', { aud: 'another-system' }],
    ['TOKEN_MALFORMED', { exp: undefined }],
    ['TOKEN_MALFORMED', { sub: undefined }],
    ['TOKEN_MALFORMED', { iss: undefined }],
    ['TOKEN_MALFORMED', { aud: undefined }],
    ['TOKEN_MALFORMED', { sub: "1'; drop table staff; --" }],
    ['TOKEN_MALFORMED', { sub: '00000000-0000-0000-0000-000000000000' }],
    ['TOKEN_MALFORMED', { account: 'system:deadlines' }],
    ['TOKEN_MALFORMED', { account: 'two words' }],
    ['TOKEN_MALFORMED', { account: undefined }],
    ['TOKEN_MALFORMED', { roles: 'ADMINISTRATOR' }],
    ['TOKEN_MALFORMED', { roles: [{ role: 'ADMINISTRATOR' }] }],
    ['TOKEN_MALFORMED', { roles: [{ role: 'ADMINISTRATOR', projects: '*' }] }],
    ['TOKEN_MALFORMED', { roles: [{ role: 'ADMINISTRATOR', projects: ['not an id'] }] }],
  ])('is answered with %s for %j', async (code, changed) => {
    expect(await problemOf(`Bearer ${await signed({ ...goodClaims(), ...changed })}`)).toBe(code);
  });

  it('may be a few seconds over its time, as clocks differ', async () => {
    expect(await problemOf(`Bearer ${await signed({ ...goodClaims(), exp: now() - 2 })}`)).toBe('ACCEPTED');
  });

  it('without roles names a person who may do nothing', async () => {
    const principal = await verifier.verify(`Bearer ${await signed({ ...goodClaims(), roles: undefined })}`);
    expect(principal.roles).toEqual([]);
    expect(mayIn(principal, 'complaints.complaint.file', projectId)).toBe(false);
  });

  it('with a role that we do not know keeps those that we know', async () => {
    const roles = [
      { role: 'GARDENER', projects: 'ALL' },
      { role: 'constructor', projects: 'ALL' },
      { role: 'LOBBY_GUARD', projects: 'ALL' },
    ];
    const principal = await verifier.verify(`Bearer ${await signed({ ...goodClaims(), roles })}`);
    expect(principal.roles).toEqual([{ role: 'LOBBY_GUARD', projectIds: 'ALL' }]);
  });

  it('never appears in the message of its refusal', async () => {
    const token = await signed({ ...goodClaims(), account: 'two words', exp: now() + 600 });
    const error = await verifier.verify(`Bearer ${token}`).catch(String);
    expect(error).toContain('TokenError');
    expect(error).not.toContain('two words');
    expect(error).not.toContain(token.slice(0, 20));
  });
});

describe('a token that was found good', () => {
  const verified = jest.spyOn(crypto.subtle, 'verify');
  // Only the time of day: the verification itself needs the others.
  const doNotFake = [
    'setTimeout',
    'setImmediate',
    'setInterval',
    'nextTick',
    'queueMicrotask',
    'performance',
  ] as const;

  beforeEach(() => verified.mockClear());
  afterEach(() => jest.useRealTimers());
  afterAll(() => verified.mockRestore());

  const verifierThat = (settings: { rememberSeconds?: number } = {}): TokenVerifier =>
    tokenVerifier({ issuer, audience, keys: { jwks: local.jwks }, ...settings });

  it('is known by its text for a minute, and then looked at again', async () => {
    jest.useFakeTimers({ doNotFake: [...doNotFake] });
    const by = verifierThat();
    const authorization = `Bearer ${await local.issue(zhouMin)}`;
    const first = await by.verify(authorization);
    jest.setSystemTime(Date.now() + 59_000);
    expect(await by.verify(authorization.replace('Bearer ', 'bearer  '))).toBe(first);
    expect(verified).toHaveBeenCalledTimes(1);
    jest.setSystemTime(Date.now() + 1_000);
    expect(await by.verify(authorization)).toEqual(first);
    expect(verified).toHaveBeenCalledTimes(2);
  });

  it('is refused from the moment on at which its time is over', async () => {
    jest.useFakeTimers({ doNotFake: [...doNotFake], now: 1_800_000_000_000 });
    const by = verifierThat({ rememberSeconds: 3_600 });
    const authorization = `Bearer ${await local.issue(zhouMin, 30)}`;
    await by.verify(authorization);
    jest.setSystemTime(1_800_000_034_999);
    expect(await problemOf(authorization, by)).toBe('ACCEPTED');
    expect(verified).toHaveBeenCalledTimes(1);
    jest.setSystemTime(1_800_000_035_000);
    expect(await problemOf(authorization, by)).toBe('TOKEN_EXPIRED');
  });

  it('does not vouch for one that differs in a letter', async () => {
    const by = verifierThat();
    const token = await local.issue(zhouMin);
    await by.verify(`Bearer ${token}`);
    const other = token.slice(0, -20) + (token.at(-20) === 'A' ? 'B' : 'A') + token.slice(-19);
    expect(await problemOf(`Bearer ${other}`, by)).toBe('TOKEN_FORGED');
  });

  it('is not known where nothing is to be remembered', async () => {
    const by = verifierThat({ rememberSeconds: 0 });
    const authorization = `Bearer ${await local.issue(zhouMin)}`;
    for (let times = 0; times < 3; times += 1) await by.verify(authorization);
    expect(verified).toHaveBeenCalledTimes(3);
  });
});

describe('the issuer’s key set', () => {
  let body: unknown;
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.writeHead(body === undefined ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  let jwksUrl: URL;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    jwksUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('is fetched once for many tokens', async () => {
    body = local.jwks;
    requests = 0;
    const remote = tokenVerifier({ issuer, audience, keys: { jwksUrl } });
    for (let count = 0; count < 3; count += 1) {
      expect(await problemOf(`Bearer ${await local.issue(zhouMin)}`, remote)).toBe('ACCEPTED');
    }
    expect(requests).toBe(1);
  });

  it('that cannot be had is our fault, not a forged token', async () => {
    body = undefined;
    const remote = tokenVerifier({ issuer, audience, keys: { jwksUrl } });
    await expect(remote.verify(`Bearer ${await local.issue(zhouMin)}`)).rejects.toBeInstanceOf(
      KeySetUnavailableError,
    );
    const unreachable = tokenVerifier({
      issuer,
      audience,
      keys: { jwksUrl: new URL('http://127.0.0.1:1/') },
    });
    await expect(unreachable.verify(`Bearer ${await local.issue(zhouMin)}`)).rejects.toBeInstanceOf(
      KeySetUnavailableError,
    );
  });
});
