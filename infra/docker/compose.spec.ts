import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Cipher, keyringFromFile, openLocalIssuer } from '@anju/access';
import { complaints } from '@anju/complaints-service';
import { localIdentity, readAccounts } from '@anju/demonstration';
import { addressSettings, addressVariableOf, gatewayRelations, gatewaySettings } from '@anju/gateway';
import { readTopicPolicy } from '@anju/kafka-topics';
import { verifierOf } from '@anju/process';
import { serviceRelations, serviceSettings } from '@anju/runtime';
import { readEnvironment, type Relation, type SettingsOf, type SettingsShape } from '@anju/settings';
import { composeFile, root, stages, type ComposeFile } from './testing/docker-files';

const services = ['appraisal', 'communications', 'complaints', 'directory', 'insights', 'reception', 'sales'];
const apps = [...services, 'gateway'];
/** What somebody sets who has an issuer of his own. */
const ownIssuer = {
  OIDC_ISSUER: 'https://login.example',
  OIDC_JWKS_URL: 'https://login.example/keys',
  OIDC_JWKS_FILE: '',
};

/** What a service reads: of some, compose sets what they alone have. */
function shapeOf(name: string): typeof serviceSettings {
  return name === complaints.name ? { ...serviceSettings, ...complaints.settings } : serviceSettings;
}

const secrets = mkdtempSync(join(tmpdir(), 'anju-compose-'));
afterAll(() => rmSync(secrets, { recursive: true, force: true }));
beforeAll(() => {
  const prepare = [join(root, 'tools/run.mjs'), 'infra/docker/prepare.ts', secrets];
  // Twice: what is there stays.
  execFileSync(process.execPath, prepare, { cwd: root });
  const address = readFileSync(join(secrets, 'directory-database-url'), 'utf8');
  execFileSync(process.execPath, prepare, { cwd: root });
  expect(readFileSync(join(secrets, 'directory-database-url'), 'utf8')).toBe(address);
});

/** What the image itself says: for Node and for the process. */
const ofImage = Object.fromEntries(
  stages('gateway')
    .at(-1)!
    .instructions.filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ text }) => text.split(' ').map((entry) => entry.split('=') as [string, string])),
);

/** The environment of a container, with the files of its secrets where they lie here. */
function environmentOf(compose: ComposeFile, name: string): Record<string, string> {
  const service = compose.services[name]!;
  const placed = Object.entries({ ...ofImage, ...service.environment }).map(([variable, value]) => {
    if (!value.startsWith('/run/secrets/')) return [variable, value];
    const secret = basename(value);
    if (!service.secrets?.includes(secret)) throw new Error(`${name} is not given the secret ${secret}`);
    return [variable, join(secrets, basename(compose.secrets[secret]!.file))];
  });
  return Object.fromEntries(placed) as Record<string, string>;
}

/** @throws BadEnvironment, as the process itself would, and Error for a variable that it does not know */
function settingsIn<Shape extends SettingsShape>(
  environment: Record<string, string>,
  shape: Shape,
  relations: readonly Relation[],
): SettingsOf<Shape> {
  const known = Object.values(shape).flatMap(({ variable, secret }) =>
    secret ? [variable, `${variable}_FILE`] : [variable],
  );
  const unknown = Object.keys(environment).filter((name) => name !== 'NODE_ENV' && !known.includes(name));
  if (unknown.length > 0) throw new Error(`nobody reads ${unknown.join(', ')}`);
  return readEnvironment(shape, environment, relations);
}

describe('a service in docker-compose.yml', () => {
  it.each(services)('%s: its environment is what it wants, no more and no less', async (name) => {
    const environment = environmentOf(composeFile(), name);
    const settings = settingsIn(environment, shapeOf(name), serviceRelations);
    const { username, pathname, host } = new URL(settings.databaseUrl);
    expect([username, pathname, host]).toEqual([`anju_${name}`, `/anju_${name}`, 'postgres:5432']);
    expect(settings).toMatchObject({
      host: '0.0.0.0',
      port: 4000,
      kafkaBrokers: ['kafka:19092'],
      demoClock: null,
    });
    // A copy: this one can be written, and would be taken from the containers.
    const keys = join(secrets, `${name}-copy-of-keys`);
    copyFileSync(settings.dataKeysFile, keys);
    expect(new Cipher(keyringFromFile(keys))).toBeDefined();
    const issuer = await openLocalIssuer({ directory: secrets, ...localIdentity });
    const token = await issuer.issue(readAccounts(secrets)[0]!);
    expect(await verifierOf(settings).verify(`Bearer ${token}`)).toMatchObject({
      roles: [{ role: 'ADMINISTRATOR', projectIds: 'ALL' }],
    });
  });

  it.each(apps)('%s: takes an issuer of its user', (name) => {
    const environment = environmentOf(composeFile(ownIssuer), name);
    const gateway = { ...gatewaySettings, ...addressSettings(environment) };
    const settings: { oidcIssuer: string; oidcJwksUrl: string | null; oidcJwksFile: string | null } =
      name === 'gateway'
        ? settingsIn(environment, gateway, gatewayRelations)
        : settingsIn(environment, shapeOf(name), serviceRelations);
    expect(settings).toMatchObject({
      oidcIssuer: ownIssuer.OIDC_ISSUER,
      oidcJwksUrl: ownIssuer.OIDC_JWKS_URL,
      oidcJwksFile: null,
    });
  });

  it('complaints: keeps files in a volume that is whose the process is', () => {
    const { volumes } = composeFile().services['complaints']!;
    const { FILES_DIR: folder } = environmentOf(composeFile(), 'complaints');
    expect(volumes).toEqual([`complaints-files:${folder}`]);
    const made = stages('complaints')
      .at(-1)!
      .instructions.find(({ keyword, text }) => keyword === 'RUN' && text.endsWith(` ${folder}`));
    expect(made?.text).toContain('--owner=node');
  });

  it('is given its own database’s password and no other’s', () => {
    const { services: all } = composeFile();
    const holders = services.map((name) =>
      Object.keys(all).filter((one) => all[one]!.secrets?.includes(`${name}-database-url`)),
    );
    expect(holders).toEqual(services.map((name) => [name, 'postgres'].sort()));
  });

  it.each([...apps, 'topics'])('%s: can do nothing that it does not need', (name) => {
    expect(composeFile().services[name]).toMatchObject({
      init: true,
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      mem_limit: expect.stringMatching(/^\d+m$/),
      stop_grace_period: '30s',
    });
  });
});

describe('the gateway in docker-compose.yml', () => {
  const compose = composeFile();
  const environment = environmentOf(compose, 'gateway');

  it('its environment is what it wants, no more and no less', () => {
    const shape = { ...gatewaySettings, ...addressSettings(environment) };
    expect(settingsIn(environment, shape, gatewayRelations)).toMatchObject({ host: '0.0.0.0', port: 4000 });
  });

  it('has the address of every service of its supergraph', () => {
    const supergraph = readFileSync(join(root, 'infra/supergraph/supergraph.graphql'), 'utf8');
    const names = [...supergraph.matchAll(/@join__graph\(name: "([^"]+)"/g)].map(([, name]) => name!);
    expect(names.sort()).toEqual(services);
    for (const name of names) {
      expect(environment[addressVariableOf(name)]).toBe(`http://${name}:${ofImage['PORT']}/graphql`);
      expect(compose.services[name]!.networks).toContain('graph');
    }
  });

  it('reads the supergraph from a folder of the host, so that it can change', () => {
    const [mounted] = compose.services['gateway']!.volumes!;
    const [host, place, mode] = mounted!.split(':');
    expect(mode).toBe('ro');
    expect(environment['SUPERGRAPH_FILE']!.startsWith(`${place}/`)).toBe(true);
    expect(existsSync(join(root, environment['SUPERGRAPH_FILE']!.replace(place!, host!)))).toBe(true);
  });

  it('does not reach the databases or the brokers', () => {
    expect(compose.services['gateway']!.networks).toEqual(['graph']);
    for (const name of ['postgres', 'kafka']) expect(compose.services[name]!.networks).toEqual(['data']);
  });
});

describe('docker-compose.yml', () => {
  const compose = composeFile();

  it('publishes the graph and, for tools on this machine, the database and the broker', () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports }]) =>
      ports ? [[name, ...ports]] : [],
    );
    expect(published).toEqual([
      ['gateway', '127.0.0.1:4000:4000'],
      ['kafka', '127.0.0.1:9092:9092'],
      ['postgres', '127.0.0.1:5432:5432'],
    ]);
  });

  it('can be filled in by what .env.example leaves as it is', () => {
    const variables = readFileSync(join(root, '.env.example'), 'utf8')
      .split('\n')
      .filter((line) => /^\w+=/.test(line))
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
    expect(composeFile(Object.fromEntries(variables))).toEqual(compose);
  });

  it('starts each part once what it needs is there', () => {
    const needs = Object.fromEntries(
      Object.entries(compose.services).map(([name, { depends_on: needed = {} }]) => [
        name,
        Object.entries(needed).map(([other, { condition }]) => `${other} ${condition}`),
      ]),
    );
    const stores = ['postgres service_healthy', 'topics service_completed_successfully'];
    expect(needs).toEqual({
      ...Object.fromEntries(services.map((name) => [name, stores])),
      gateway: services.map((name) => `${name} service_healthy`),
      kafka: [],
      postgres: [],
      topics: ['kafka service_healthy'],
    });
  });

  it('makes the topics where the services look for them', () => {
    const { KAFKA_BROKERS: brokers, ...policy } = compose.services['topics']!.environment!;
    expect(brokers).toBe(compose.services['complaints']!.environment!['KAFKA_BROKERS']);
    expect(readTopicPolicy(policy).mistakes).toEqual([]);
    expect(readTopicPolicy(policy).policy.prefix).toBe(serviceSettings.kafkaTopicPrefix.fallback);
  });

  it('takes from the host only what is there or is made by prepare.ts', () => {
    const mounted = Object.values(compose.services).flatMap(({ volumes }) => volumes ?? []);
    const hosts = mounted.map((one) => one.split(':')[0]!);
    expect(hosts.filter((one) => one.startsWith('.') && !existsSync(join(root, one)))).toEqual([]);
    expect(hosts.filter((one) => !one.startsWith('.')).sort()).toEqual(Object.keys(compose.volumes).sort());
    for (const { file } of Object.values(compose.secrets)) {
      expect(file.startsWith('.data/docker/')).toBe(true);
      // Whoever runs in the container is nobody who is known here.
      expect(statSync(join(secrets, basename(file))).mode & 0o777).toBe(0o444);
    }
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    expect(statSync(join(secrets, 'issuer-key.json')).mode & 0o777).toBe(0o600);
  });
});

describe('the databases', () => {
  const environment = composeFile().services['postgres']!.environment!;
  const script = join(root, 'infra/postgres/databases.sh');

  it('are made for each service, with the password that it has, which nobody else sees', () => {
    const tools = mkdtempSync(join(tmpdir(), 'anju-psql-'));
    const log = join(tools, 'log');
    try {
      const psql = join(tools, 'psql');
      writeFileSync(psql, `#!/bin/sh\n{ echo "$DATABASE_NAME $DATABASE_PASSWORD: $*"; cat; } >> '${log}'\n`);
      chmodSync(psql, 0o755);
      const { status, stderr } = spawnSync('sh', [script], {
        encoding: 'utf8',
        env: {
          PATH: `${tools}:${process.env['PATH']}`,
          ANJU_SERVICES: environment['ANJU_SERVICES']!,
          ANJU_SECRETS: secrets,
          POSTGRES_USER: 'postgres',
        },
        input: '',
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const written = readFileSync(log, 'utf8');
      for (const name of services) {
        const { password } = new URL(readFileSync(join(secrets, `${name}-database-url`), 'utf8'));
        expect(written).toContain(`anju_${name} ${password}: --no-psqlrc`);
        expect(written.split(password)).toHaveLength(2);
      }
      expect(written.match(/REVOKE ALL ON DATABASE :"name" FROM PUBLIC/g)).toHaveLength(services.length);
      expect(written).toContain('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
    } finally {
      rmSync(tools, { recursive: true, force: true });
    }
  });

  it('have their script where PostgreSQL’s image looks for it', () => {
    expect(composeFile().services['postgres']!.volumes).toContainEqual(
      './infra/postgres/databases.sh:/docker-entrypoint-initdb.d/databases.sh:ro',
    );
    expect(environment['POSTGRES_PASSWORD_FILE']).toBe('/run/secrets/postgres-password');
  });
});
