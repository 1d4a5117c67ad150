import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { isRole } from './roles';
import { SYSTEM_STAFF_ID } from './principal';
import type { Principal, RoleGrant } from './principal';

/** Signatures by a private key only: with these a public key can never be taken for a shared secret. */
export const signatureAlgorithms = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const;

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** Why a token was not accepted. All of them answer `UNAUTHENTICATED`. */
export type TokenErrorCode =
  | 'TOKEN_MISSING'
  | 'TOKEN_MALFORMED'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_YET_VALID'
  | 'TOKEN_FORGED'
  | 'TOKEN_WRONG_ISSUER'
  | 'TOKEN_WRONG_AUDIENCE';

/** The bearer's mistake. The message never contains the token or a claim's value. */
export class TokenError extends Error {
  override readonly name = 'TokenError';

  constructor(
    readonly code: TokenErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The issuer's keys cannot be had: a fault of ours, not of the bearer. */
export class KeySetUnavailableError extends Error {
  override readonly name = 'KeySetUnavailableError';
  readonly code = 'KEY_SET_UNAVAILABLE';
}

/** Where the issuer's public keys come from: its address, or the key set itself. */
export type KeySource = { readonly jwksUrl: URL } | { readonly jwks: JSONWebKeySet };

export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: KeySource;
  /** Default: all of `signatureAlgorithms`. */
  readonly algorithms?: readonly SignatureAlgorithm[];
  /** How far the issuer's clock may be from ours; default 5. */
  readonly clockToleranceSeconds?: number;
  /**
   * For how long a token that was found good is taken for good by its text, within its own time; default 60. So
   * long a key that the issuer withdraws may still count.
   */
  readonly rememberSeconds?: number;
}

export interface TokenVerifier {
  /**
   * Reads the `Authorization` header's value.
   * @throws TokenError if there is no valid token in it
   * @throws KeySetUnavailableError if the issuer's keys cannot be fetched
   */
  verify(authorization: string | undefined): Promise<Principal>;
}

const MAX_TOKEN_LENGTH = 16_384;
/** Of all tokens that are remembered, in characters. */
const MAX_REMEMBERED = 4_000_000;

const grantClaim = z.object({
  role: z.string().max(100),
  projects: z.union([z.literal('ALL'), z.array(z.guid()).max(1000)]),
});

const claimsSchema = z.object({
  sub: z.guid().refine((staffId) => staffId !== SYSTEM_STAFF_ID),
  account: z
    .string()
    .regex(/^[^\s\p{C}]{1,128}$/u)
    .refine((account) => !account.startsWith('system:')),
  roles: z.array(grantClaim).max(200).default([]),
});

/**
 * A role that we do not know grants nothing and does no harm: an issuer serves other systems too, and knows a
 * new role before every service has been updated.
 */
function knownGrants(claimed: z.infer<typeof claimsSchema>['roles']): RoleGrant[] {
  return claimed.flatMap(({ role, projects }) => (isRole(role) ? [{ role, projectIds: projects }] : []));
}

function principalOf(payload: JWTPayload): Principal {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) {
    const paths = claims.error.issues.map((issue) => issue.path.join('.'));
    throw new TokenError('TOKEN_MALFORMED', `claims not as agreed: ${[...new Set(paths)].join(', ')}`);
  }
  const { sub, account, roles } = claims.data;
  return { kind: 'STAFF', staffId: sub.toLowerCase(), account, roles: knownGrants(roles) };
}

function claimProblem(error: errors.JWTClaimValidationFailed): TokenError {
  if (error.reason === 'missing' || error.reason === 'invalid') {
    return new TokenError('TOKEN_MALFORMED', `claim ${error.claim} is ${error.reason}`);
  }
  switch (error.claim) {
    case 'iss':
      return new TokenError('TOKEN_WRONG_ISSUER', 'another issuer signed it');
    case 'aud':
      return new TokenError('TOKEN_WRONG_AUDIENCE', 'it was issued for something else');
    case 'nbf':
    case 'iat':
      return new TokenError('TOKEN_NOT_YET_VALID', 'its time has not come');
    default:
      return new TokenError('TOKEN_MALFORMED', `claim ${error.claim} does not hold`);
  }
}

function translated(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new TokenError('TOKEN_EXPIRED', 'its time is over');
  if (error instanceof errors.JWTClaimValidationFailed) return claimProblem(error);
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) {
    return new TokenError('TOKEN_MALFORMED', 'not a signed JSON web token');
  }
  if (error instanceof errors.JWKSMultipleMatchingKeys) {
    return new TokenError('TOKEN_MALFORMED', 'it does not name the key that signed it');
  }
  if (
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey
  ) {
    return new TokenError('TOKEN_FORGED', 'no key of the issuer made this signature');
  }
  return new KeySetUnavailableError('the keys of the issuer cannot be fetched', { cause: error });
}

function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined || authorization.trim() === '') {
    throw new TokenError('TOKEN_MISSING', 'no Authorization header');
  }
  if (authorization.length > MAX_TOKEN_LENGTH) throw new TokenError('TOKEN_MALFORMED', 'too long');
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization.trim())?.[1];
  if (token === undefined) throw new TokenError('TOKEN_MALFORMED', 'not of the form: Bearer <token>');
  return token;
}

function keySet(keys: KeySource): JWTVerifyGetKey {
  if ('jwks' in keys) return createLocalJWKSet(keys.jwks);
  return createRemoteJWKSet(keys.jwksUrl, {
    timeoutDuration: 5_000,
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
  });
}

interface Remembered {
  readonly principal: Principal;
  /** By the computer's clock. */
  readonly untilMillis: number;
}

/**
 * Verifies bearer tokens: signature by a key of the issuer, algorithm, issuer, audience, expiry, claims.
 * Expiry is judged by the computer's clock, never by the business clock, which a demonstration may move.
 *
 * A signature takes a fifth of a millisecond, and one request is verified at the gateway and at every service
 * that it reaches: a token that was found good is known by its text for a while.
 */
export function tokenVerifier(settings: TokenSettings): TokenVerifier {
  const keys = keySet(settings.keys);
  const { clockToleranceSeconds = 5, rememberSeconds = 60 } = settings;
  const options = {
    issuer: settings.issuer,
    audience: settings.audience,
    algorithms: [...(settings.algorithms ?? signatureAlgorithms)],
    clockTolerance: clockToleranceSeconds,
    requiredClaims: ['exp', 'sub'],
  };
  const remembered = new LRUCache<string, Remembered>({
    maxSize: MAX_REMEMBERED,
    sizeCalculation: (_remembered, token) => token.length,
  });
  return {
    async verify(authorization) {
      const token = bearerOf(authorization);
      const known = remembered.get(token);
      if (known && Date.now() < known.untilMillis) return known.principal;
      let payload: JWTPayload;
      try {
        ({ payload } = await jwtVerify(token, keys, options));
      } catch (error) {
        throw translated(error);
      }
      const principal = principalOf(payload);
      // As the verification itself counts: expired from the moment on that `exp` and the tolerance name.
      const expiresAtMillis = (payload.exp! + clockToleranceSeconds) * 1_000;
      const untilMillis = Math.min(expiresAtMillis, Date.now() + rememberSeconds * 1_000);
      remembered.set(token, { principal, untilMillis });
      return principal;
    },
  };
}
