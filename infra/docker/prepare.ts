/**
 * `node tools/run.mjs infra/docker/prepare.ts [folder]`: makes the secrets that docker-compose.yml mounts, where
 * they are not there yet: passwords, keys for personal data, and an issuer of tokens with its administrator.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keyringFromFile, openLocalIssuer, readOrCreateSecretFile } from '@anju/access';
import {
  localIdentity,
  readAccounts,
  writeAccounts,
  writeDataFile,
  type DemoAccount,
} from '@anju/demonstration';
import { newId } from '@anju/kernel';

const services = [
  'appraisal',
  'communications',
  'complaints',
  'directory',
  'insights',
  'reception',
  'sales',
] as const;

const newPassword = (): string => randomBytes(24).toString('hex');

function newAdministrator(): DemoAccount {
  return {
    account: 'admin',
    staffId: newId(),
    name: 'admin',
    title: 'administrator',
    roles: [{ role: 'ADMINISTRATOR', projectIds: 'ALL' }],
  };
}

/** @returns names of the files that containers read */
async function prepare(folder: string): Promise<string[]> {
  // The files in it have to be open to whoever runs in a container; the folder is not open to others here.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  readOrCreateSecretFile(join(folder, 'postgres-password'), newPassword);
  const addresses = services.map((service) => {
    const name = `${service}-database-url`;
    const address = (): string =>
      `postgresql://anju_${service}:${newPassword()}@postgres:5432/anju_${service}`;
    readOrCreateSecretFile(join(folder, name), address);
    return name;
  });
  keyringFromFile(join(folder, 'data-keys.json'));
  const { jwks } = await openLocalIssuer({ directory: folder, ...localIdentity });
  writeDataFile(folder, 'jwks.json', jwks);
  if (readAccounts(folder).length === 0) writeAccounts(folder, [newAdministrator()]);
  const mounted = ['postgres-password', ...addresses, 'data-keys.json', 'jwks.json'];
  for (const name of mounted) chmodSync(join(folder, name), 0o444);
  return mounted;
}

const folder = resolve(process.argv[2] ?? '.data/docker');
prepare(folder).then(
  (names) => console.log(`${names.length} files for containers are in ${folder}: ${names.join(', ')}`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
