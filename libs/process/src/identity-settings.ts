import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { tokenVerifier, type KeySource, type TokenVerifier } from '@anju/access';
import { file, httpUrl, optional, text, type Relation, type SettingsOf } from '@anju/settings';
import { CannotRun } from './cannot-run';

/** Who says who somebody is; the gateway and every service read the same. */
export const identitySettings = {
  oidcIssuer: text('OIDC_ISSUER', { about: 'Who has to have issued a token (`iss`).' }),
  oidcAudience: text('OIDC_AUDIENCE', { about: 'For whom a token has to be meant (`aud`).' }),
  oidcJwksUrl: optional(httpUrl('OIDC_JWKS_URL', { about: 'Where the issuer publishes its keys.' })),
  oidcJwksFile: optional(
    file('OIDC_JWKS_FILE', { about: 'The issuer’s public keys in a file, in place of their address.' }),
  ),
};

export const identityRelations: readonly Relation[] = [{ oneOf: ['OIDC_JWKS_URL', 'OIDC_JWKS_FILE'] }];

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

function keySetIn(path: string): KeySource {
  try {
    return { jwks: keySetSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) };
  } catch (cause) {
    throw new CannotRun(`OIDC_JWKS_FILE is ${path}, which cannot be read as a JSON web key set`, { cause });
  }
}

/**
 * The verifier of bearer tokens that the settings ask for.
 * @throws CannotRun where the file of keys cannot be used
 */
export function verifierOf(settings: SettingsOf<typeof identitySettings>): TokenVerifier {
  const { oidcIssuer: issuer, oidcAudience: audience, oidcJwksFile, oidcJwksUrl } = settings;
  const keys: KeySource = oidcJwksFile === null ? { jwksUrl: new URL(oidcJwksUrl!) } : keySetIn(oidcJwksFile);
  return tokenVerifier({ issuer, audience, keys });
}
