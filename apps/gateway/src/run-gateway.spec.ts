import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalIssuer, tokenVerifier, type LocalIssuer, type Principal } from '@anju/access';
import { newId } from '@anju/kernel';
import { CannotRun, type Running } from '@anju/process';
import { BadEnvironment, readEnvironment } from '@anju/settings';
import { startSubgraphServer, type RunningSubgraphServer } from '@anju/subgraph';
import { silentLogger } from '@anju/testing';
import { addressSettings, gatewayRelations, gatewaySettings } from './gateway-settings';
import { startGatewayProcess } from './run-gateway';
import { sendAnswer, startRawService, unusedUrl } from './testing/raw-service';
import { until } from './testing/start-test-gateway';
import { composeTestSupergraph, testServices } from './testing/two-services';

const identity = { issuer: 'urn:anju:test', audience: 'anju' };

describe('the gateway as a process of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anju-gateway-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  const jwksFile = join(folder, 'jwks.json');
  const warnings: object[] = [];
  const infos: string[] = [];
  const logger = {
    ...silentLogger,
    warn: (fields: object) => void warnings.push(fields),
    info: (_fields: object, message: string) => void infos.push(message),
  };
  const principals: (Principal | null)[] = [];
  let issuer: LocalIssuer;
  let services: Record<string, RunningSubgraphServer>;
  let gateway: Running | undefined;

  const environmentWith = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PORT: '0',
    SUPERGRAPH_FILE: supergraphFile,
    OIDC_ISSUER: identity.issuer,
    OIDC_AUDIENCE: identity.audience,
    OIDC_JWKS_FILE: jwksFile,
    SUBGRAPH_DIRECTORY_URLS: services['directory']!.url,
    SUBGRAPH_RECEPTION_URLS: services['reception']!.url,
    ...more,
  });
  const start = async (more: NodeJS.ProcessEnv = {}): Promise<Running> => {
    const environment = environmentWith(more);
    const shape = { ...addressSettings(environment), ...gatewaySettings };
    const settings = readEnvironment(shape, environment, gatewayRelations);
    return (gateway = await startGatewayProcess(settings, logger));
  };
  const ask = async (query: string, headers: Record<string, string> = {}): Promise<unknown> => {
    const response = await fetch(gateway!.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return response.json();
  };
  const ready = async (): Promise<[number, unknown]> => {
    const response = await fetch(new URL('/ready', gateway!.url));
    return [response.status, ((await response.json()) as { details: unknown }).details];
  };

  beforeAll(async () => {
    issuer = await openLocalIssuer({ directory: folder, ...identity });
    writeFileSync(jwksFile, JSON.stringify(issuer.jwks));
    writeFileSync(supergraphFile, composeTestSupergraph());
    const verifier = tokenVerifier({ ...identity, keys: { jwks: issuer.jwks } });
    services = Object.fromEntries(
      await Promise.all(
        Object.entries(testServices).map(async ([name, schema]) => [
          name,
          await startSubgraphServer({
            service: { name, schema },
            port: 0,
            authenticate: async (authorization) => {
              const principal = authorization ? await verifier.verify(authorization) : null;
              principals.push(principal);
              return principal;
            },
            readiness: async () => ({ ready: true, details: {} }),
            logger: silentLogger,
          }),
        ]),
      ),
    ) as typeof services;
  });
  afterEach(async () => {
    await gateway?.close();
    gateway = undefined;
    warnings.length = 0;
  });
  afterAll(async () => {
    await Promise.all(Object.values(services).map((service) => service.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers from the services at the addresses in its environment, in the name of whoever asks', async () => {
    await start();
    const staffId = newId();
    const token = await issuer.issue({ account: 'zhang', staffId, roles: [] });
    principals.length = 0;
    expect(
      await ask('{ customer(id: "c1") { name interactions { id } } }', { authorization: `Bearer ${token}` }),
    ).toEqual({
      data: { customer: { name: 'Li Wei', interactions: [{ id: 'i1' }] } },
    });
    expect(principals).toMatchObject([{ staffId }, { staffId }]);
    expect(await ready()).toEqual([200, { directory: 'up', reception: 'up' }]);
  });

  it('says which services do not answer, and goes on answering for the others', async () => {
    await start({ SUBGRAPH_RECEPTION_URLS: await unusedUrl() });
    expect(await ready()).toEqual([200, { directory: 'up', reception: 'down' }]);
    await gateway!.close();
    await start({
      SUBGRAPH_DIRECTORY_URLS: await unusedUrl(),
      SUBGRAPH_RECEPTION_URLS: `${services['reception']!.url},${await unusedUrl()}`,
    });
    expect(await ready()).toEqual([200, { directory: 'down', reception: 'partly up' }]);
    expect(await ask('{ interactions { id } }')).toEqual({
      data: { interactions: [{ id: 'i1' }, { id: 'i2' }] },
    });
    await gateway!.close();
    await start({ SUBGRAPH_DIRECTORY_URLS: await unusedUrl(), SUBGRAPH_RECEPTION_URLS: await unusedUrl() });
    expect(await ready()).toEqual([503, { directory: 'down', reception: 'down' }]);
  });

  it('keeps to the time that a service may take', async () => {
    await start({ SUBGRAPH_TIMEOUT_MILLIS: '100' });
    expect(await ask('{ whoAmI slow(millis: 3000) }')).toMatchObject({
      data: { whoAmI: null, slow: null },
      errors: [{ extensions: { code: 'REQUEST_TIMEOUT', service: 'reception' } }],
    });
  });

  it('takes the address in the supergraph where the environment has none, and warns of one that it does not use', async () => {
    writeFileSync(
      supergraphFile,
      composeTestSupergraph().replace('http://reception.invalid', services['reception']!.url),
    );
    await start({ SUBGRAPH_RECEPTION_URLS: '', SUBGRAPH_RECEPTON_URLS: 'http://127.0.0.1:9/graphql' });
    expect(await ask('{ slow(millis: 1) }')).toEqual({ data: { slow: 'done' } });
    expect(warnings).toContainEqual({ variable: 'SUBGRAPH_RECEPTON_URLS' });
    writeFileSync(supergraphFile, composeTestSupergraph());
  });

  it('answers what is under way from the old address when the supergraph names a new one', async () => {
    const supergraphAt = (url: string): void => {
      writeFileSync(
        `${supergraphFile}.new`,
        composeTestSupergraph().replace('http://reception.invalid', url),
      );
      renameSync(`${supergraphFile}.new`, supergraphFile);
    };
    const asked: string[] = [];
    const [old, next] = await Promise.all(
      ['old', 'next'].map((name) =>
        startRawService((_received, response) => {
          asked.push(name);
          setTimeout(() => sendAnswer(response, { data: { slow: name } }), name === 'old' ? 1_500 : 0);
        }),
      ),
    );
    supergraphAt(old!.url);
    await start({ SUBGRAPH_RECEPTION_URLS: '' });
    const underWay = ask('{ slow(millis: 1) }');
    await until(() => asked.length === 1);
    supergraphAt(next!.url);
    await until(() => infos.includes('a changed supergraph is in use'));
    expect(await ask('{ slow(millis: 1) }')).toEqual({ data: { slow: 'next' } });
    expect(await underWay).toEqual({ data: { slow: 'old' } });
    await Promise.all([gateway!.close(), old!.close(), next!.close()]);
    supergraphAt('http://reception.invalid');
  });

  it('tells all mistakes in its environment at once', () => {
    const environment = {
      SUBGRAPH_TIMEOUT_MILLIS: '1',
      SUBGRAPH_RECEPTION_URLS: 'reception:4002',
      OIDC_ISSUER: 'urn:anju:test',
      DEMO_CLOCK: '2026-03-02T08:30:00+08:00',
    };
    const read = () =>
      readEnvironment({ ...addressSettings(environment), ...gatewaySettings }, environment, gatewayRelations);
    expect(read).toThrow(BadEnvironment);
    for (const variable of [
      'SUBGRAPH_RECEPTION_URLS',
      'SUBGRAPH_TIMEOUT_MILLIS',
      'SUPERGRAPH_FILE',
      'OIDC_AUDIENCE',
      'OIDC_JWKS_URL',
      'CONTROL_TOKEN',
    ]) {
      expect(read).toThrow(variable);
    }
  });

  it.each([
    [
      'a port that is taken',
      () => ({ PORT: new URL(services['directory']!.url).port }),
      /port \d+ on 127.0.0.1 is taken/,
    ],
    [
      'a supergraph that is not there',
      () => ({ SUPERGRAPH_FILE: join(folder, 'none') }),
      /SUPERGRAPH_FILE is .*none/,
    ],
    ['a supergraph that is none', () => ({ SUPERGRAPH_FILE: jwksFile }), /SUPERGRAPH_FILE is .*jwks.json/],
    ['keys that are none', () => ({ OIDC_JWKS_FILE: supergraphFile }), /OIDC_JWKS_FILE is/],
  ])('says in a sentence that it cannot start with %s', async (_what, more, sentence) => {
    const failure = await start(more()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CannotRun);
    expect((failure as Error).message).toMatch(sentence);
  });
});
