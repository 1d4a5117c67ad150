import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { SignJWT, calculateJwkThumbprint } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { RoleGrant } from './principal';
import { readOrCreateSecretFile } from './secret-file';

/** Somebody who can sign in at the local issuer. */
export interface LocalAccount {
  readonly account: string;
  readonly staffId: string;
  readonly roles: readonly RoleGrant[];
}

export interface LocalIssuerSettings {
  /** Where the key pair is kept; made if it is not there. */
  readonly directory: string;
  readonly issuer: string;
  readonly audience: string;
}

export interface LocalIssuer {
  /** The public key, for `tokenVerifier` or to be served. */
  readonly jwks: JSONWebKeySet;
  /**
   * A token for the account.
   * @param lifetimeSeconds default 12 hours, by the computer's clock
   */
  issue(account: LocalAccount, lifetimeSeconds?: number): Promise<string>;
}

const keyFileSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return `${JSON.stringify(privateKey.export({ format: 'jwk' }))}\n`;
}

function parsedKey(file: string, content: string): z.infer<typeof keyFileSchema> {
  try {
    return keyFileSchema.parse(JSON.parse(content));
  } catch {
    throw new Error(`${file} is not a P-256 private key as JSON web key; remove it to have a new one made`);
  }
}

/**
 * The issuer of the embedded mode: one ES256 key pair in a file, tokens for accounts that the caller knows.
 * Two processes on one directory sign with the same key.
 * @throws Error if the key file is damaged
 */
export async function openLocalIssuer(settings: LocalIssuerSettings): Promise<LocalIssuer> {
  const file = join(settings.directory, 'issuer-key.json');
  const { d, ...publicKey } = parsedKey(file, readOrCreateSecretFile(file, newKey));
  const privateKey = createPrivateKey({ key: { ...publicKey, d }, format: 'jwk' });
  const kid = await calculateJwkThumbprint(publicKey);
  return {
    jwks: { keys: [{ ...publicKey, kid, alg: 'ES256', use: 'sig' }] },
    issue({ account, staffId, roles }, lifetimeSeconds = 12 * 3600) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        account,
        roles: roles.map(({ role, projectIds }) => ({ role, projects: projectIds })),
      })
        .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
        .setIssuer(settings.issuer)
        .setAudience(settings.audience)
        .setSubject(staffId)
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimeSeconds)
        .sign(privateKey);
    },
  };
}
