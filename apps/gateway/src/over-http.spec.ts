import { renameSync, writeFileSync } from 'node:fs';
import { silentLogger } from '@anju/testing';
import { startSubgraphServer, type RunningSubgraphServer } from '@anju/subgraph';
import { httpDataSource, type HttpDataSource } from './http-data-source';
import { sendAnswer, startRawService, unusedUrl } from './testing/raw-service';
import { startTestGateway, until, type TestGateway } from './testing/start-test-gateway';
import { composeTestSupergraph, testServices } from './testing/two-services';

const timeoutMillis = 300;
/** Of a service that nobody waits for: longer than a busy machine takes for everything else. */
const slowMillis = 20_000;

function startService(name: string, port = 0): Promise<RunningSubgraphServer> {
  return startSubgraphServer({
    service: { name, schema: testServices[name]! },
    port,
    authenticate: async () => ({ kind: 'STAFF', staffId: 's1', account: 'zhang', roles: [] }),
    readiness: async () => ({ ready: true, details: {} }),
    limits: { drainMillis: 50 },
    logger: silentLogger,
  });
}

describe('the graph over services in other processes', () => {
  let services: Record<string, RunningSubgraphServer>;
  let gateway: TestGateway;
  const sources: HttpDataSource<string>[] = [];

  const overHttp = (urlsOf: (name: string, url: string) => readonly string[]) =>
    startTestGateway({
      dataSource: ({ name, url = '' }) => {
        const source = httpDataSource<string>({
          name,
          urls: urlsOf(name, url),
          timeoutMillis,
          logger: silentLogger,
        });
        sources.push(source);
        return source;
      },
    });

  beforeAll(async () => {
    services = { directory: await startService('directory'), reception: await startService('reception') };
    gateway = await overHttp((name) => [services[name]!.url]);
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all(sources.map((source) => source.close()));
    await Promise.all(Object.values(services).map((service) => service.close()));
  });

  it('answers from two services in one query, again and again', async () => {
    // The third time both are asked by hash.
    for (let times = 0; times < 4; times += 1) {
      const { data, errors } = await gateway.ask(
        '{ interactions { id at customer { name parent { name } interactions { channel } } } }',
      );
      expect(errors).toEqual([]);
      expect(data).toMatchObject({
        interactions: [
          {
            id: 'i1',
            at: '2026-03-02T01:02:00.000Z',
            customer: { name: 'Li Wei', parent: { name: 'Wang Fang' } },
          },
          { id: 'i2', customer: { interactions: [{ channel: 'DESK' }] } },
        ],
      });
    }
  });

  it.each([
    ['a refusal thrown on purpose', '{ failing(kind: "FORBIDDEN") }'],
    ['a code that is not for clients', '{ failing(kind: "WHATEVER") }'],
    ['a fault of a resolver', '{ failing(kind: "FAULT") }'],
    ['something thrown that is no error', '{ failing(kind: "NOT_AN_ERROR") }'],
    ['an error with a stack in its extensions', '{ failing(kind: "WITH_STACK") }'],
    ['an error without a code', '{ failing(kind: "WITHOUT_CODE") }'],
    ['a value of the wrong type', '{ broken whoAmI }'],
    ['a missing value', '{ brokenPromise { id at } }'],
    ['a literal that does not fit', '{ interactions(since: "yesterday") { id } }'],
    ['an entity withheld', '{ customer(id: "c3") { name complaintsOfAll } }'],
    ['a failing field in a list', '{ customers { name complaintsOfAll } }'],
    ['an unknown entity', '{ customer(id: "nobody") { name } }'],
    [
      'a refusal as data',
      'mutation { recordInteraction(input: { customerId: "x", content: "" }) { ... on CustomerUnknown { code } } }',
    ],
  ])('answers as with services in its own process: %s', async (_what, query) => {
    const inProcess = await startTestGateway();
    const headers = { 'x-request-id': 'the-same-one', 'accept-language': 'en' };
    const [expected, answer] = await Promise.all([
      inProcess.ask(query, { headers }),
      gateway.ask(query, { headers }),
    ]);
    await inProcess.close();
    expect(answer.text).toEqual(expected.text);
    expect(answer.status).toBe(expected.status);
    expect(answer.text).not.toMatch(/13812345678|SELECT|swordfish/);
  });

  it('answers in time without the part of a service that is slow', async () => {
    const begin = performance.now();
    const answer = await gateway.ask(`{ customer(id: "c1") { name } slow(millis: ${slowMillis}) }`);
    expect(performance.now() - begin).toBeLessThan(slowMillis);
    expect(answer).toMatchObject({
      status: 200,
      data: { customer: { name: 'Li Wei' }, slow: null },
      errors: [{ extensions: { code: 'REQUEST_TIMEOUT', service: 'reception' } }],
    });
    expect(answer.errors[0]!.message).toContain('did not answer within 0.3 s');
    const command = await gateway.ask(`mutation { slowCommand(millis: ${slowMillis}) }`);
    expect(command.codes).toEqual(['REQUEST_TIMEOUT']);
    expect(command.errors[0]!.message).toContain('the same idempotency key');
  });

  it('answers without the part of a service that is dead, and with it once it is back', async () => {
    const query = '{ customer(id: "c1") { name } slow(millis: 1) }';
    const { port } = services['reception']!;
    await services['reception']!.close();
    // Had it waited for the service, its time would be over instead.
    const answer = await gateway.ask(query);
    expect(answer).toMatchObject({
      status: 200,
      data: { customer: { name: 'Li Wei' }, slow: null },
      errors: [{ extensions: { code: 'UNAVAILABLE', service: 'reception' } }],
    });
    expect(answer.text).not.toContain(String(port));
    services['reception'] = await startService('reception', port);
    expect(await gateway.ask(query)).toMatchObject({ codes: [], data: { slow: 'done' } });
  });

  it('says of a command whose connection broke that it may have been carried out', async () => {
    const rude = await startRawService(({ socket }) => void socket.destroy());
    const before = await overHttp((name) => [name === 'reception' ? rude.url : services[name]!.url]);
    const answer = await before.ask('mutation { slowCommand(millis: 1) }');
    await before.close();
    await rude.close();
    expect(rude.received).toHaveLength(1);
    expect(answer.codes).toEqual(['UNAVAILABLE']);
    expect(answer.errors[0]!.message).toContain('may have been carried out');
  });

  it('takes it for a fault of ours when something else answers in place of a service', async () => {
    const page = await startRawService((_received, response) => void response.end('<html>'));
    const before = await overHttp((name) => [name === 'reception' ? page.url : services[name]!.url]);
    const answer = await before.ask('{ whoAmI slow(millis: 1) }');
    await before.close();
    await page.close();
    expect(answer).toMatchObject({ data: { whoAmI: null, slow: null }, codes: ['INTERNAL_SERVER_ERROR'] });
  });

  it('reaches services by their new addresses when the supergraph changes', async () => {
    const [old, next] = await Promise.all(
      ['old', 'next'].map((name) =>
        startRawService((_received, response) => sendAnswer(response, { data: { slow: name } })),
      ),
    );
    const supergraphAt = (url: string): string =>
      composeTestSupergraph().replace('http://reception.invalid', url);
    const moving = await overHttp((name, url) => [name === 'reception' ? url : services[name]!.url]);
    const replace = (url: string): void => {
      writeFileSync(`${moving.supergraphFile}.new`, supergraphAt(url));
      renameSync(`${moving.supergraphFile}.new`, moving.supergraphFile);
    };
    const taken = () => moving.logs.filter(({ msg }) => msg === 'a changed supergraph is in use').length;
    replace(old!.url);
    await until(() => taken() === 1);
    expect((await moving.ask('{ slow(millis: 1) }')).data).toEqual({ slow: 'old' });
    replace(next!.url);
    await until(() => taken() === 2);
    expect((await moving.ask('{ slow(millis: 1) }')).data).toEqual({ slow: 'next' });
    await old!.close();
    expect((await moving.ask('{ slow(millis: 1) }')).data).toEqual({ slow: 'next' });
    replace(await unusedUrl());
    await until(() => taken() === 3);
    expect((await moving.ask('{ slow(millis: 1) }')).codes).toEqual(['UNAVAILABLE']);
    await moving.close();
    await next!.close();
  });
});
