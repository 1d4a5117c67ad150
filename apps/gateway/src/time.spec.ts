import { inProcessDataSource } from './in-process-data-source';
import { startTestGateway, until } from './testing/start-test-gateway';
import type { TestGateway } from './testing/start-test-gateway';
import { testServices } from './testing/two-services';

/** Of a service that nobody waits for: longer than a busy machine takes for everything else. */
const slowMillis = 20_000;

describe('the time for a request', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({ limits: { requestMillis: 200 } });
  });
  afterAll(() => gateway.close());

  it('ends with what has come by then, and says what has not', async () => {
    const begin = performance.now();
    const answer = await gateway.ask(`{ customer(id: "c1") { name } slow(millis: ${slowMillis}) }`);
    expect(performance.now() - begin).toBeLessThan(slowMillis);
    expect(answer).toMatchObject({
      status: 200,
      data: { customer: { name: 'Li Wei' }, slow: null },
      errors: [{ extensions: { code: 'REQUEST_TIMEOUT', service: 'reception' } }],
    });
    expect(answer.errors[0]!.message).toContain('did not answer within 0.2 s');
    expect(gateway.logs.at(-1)).toMatchObject({ level: 40, outcome: 'timeout', codes: ['REQUEST_TIMEOUT'] });
  });

  it('ends for a command with the advice to ask for its outcome', async () => {
    const answer = await gateway.ask(`mutation { slowCommand(millis: ${slowMillis}) }`);
    expect(answer.codes).toEqual(['REQUEST_TIMEOUT']);
    expect(answer.errors[0]!.message).toContain('the same idempotency key');
  });

  it('is not over for the next request', async () => {
    expect((await gateway.ask('{ slow(millis: 20) }')).data).toEqual({ slow: 'done' });
  });
});

it('a request whose sender cannot be told in time is answered all the same', async () => {
  const gateway = await startTestGateway({
    limits: { requestMillis: 100 },
    authenticate: () => new Promise(() => undefined),
  });
  try {
    expect(await gateway.ask('{ whoAmI }')).toMatchObject({ status: 504, codes: ['REQUEST_TIMEOUT'] });
  } finally {
    await gateway.close();
  }
});

it('a client that hangs up stops the work for it', async () => {
  let stopped: AbortSignal | undefined;
  const gateway = await startTestGateway({
    dataSource: ({ name }) =>
      inProcessDataSource({
        schema: testServices[name]!,
        contextFor: ({ signal }) => {
          stopped = signal;
          return { headers: {}, person: null };
        },
      }),
  });
  try {
    const hangUp = new AbortController();
    const asked = fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'hung-up-0001' },
      body: '{"query":"{ slow(millis: 3000) }"}',
      signal: hangUp.signal,
    });
    await until(() => stopped !== undefined);
    hangUp.abort();
    await expect(asked).rejects.toThrow();
    const lines = () => gateway.logs.filter(({ requestId }) => requestId === 'hung-up-0001');
    await until(() => lines().length > 0);
    expect(stopped?.aborted).toBe(true);
    expect(lines()).toMatchObject([{ outcome: 'abandoned', status: 499 }]);
  } finally {
    await gateway.close();
  }
});

it('a service that cannot be reached leaves the others’ part whole', async () => {
  const gateway = await startTestGateway({
    dataSource: ({ name }) =>
      name === 'reception'
        ? {
            process: () =>
              Promise.reject(
                Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:4003'), { code: 'ECONNREFUSED' }),
              ),
          }
        : inProcessDataSource({ schema: testServices[name]!, contextFor: () => ({ person: null }) }),
  });
  try {
    const answer = await gateway.ask('{ whoAmI interactions { id } }');
    expect(answer).toMatchObject({ status: 200, codes: ['UNAVAILABLE'], data: null });
    const nullable = await gateway.ask('{ whoAmI slow(millis: 1) }');
    expect(nullable).toMatchObject({ codes: ['UNAVAILABLE'], data: { whoAmI: null, slow: null } });
    expect(nullable.errors[0]!.message).toBe(
      'The service "reception" cannot be reached at the moment; try again later.',
    );
    expect(nullable.text).not.toContain('10.0.0.7');
    const inList = await gateway.ask('{ customers { name complaintsOfAll } }');
    expect(inList.data).toMatchObject({ customers: [{ name: 'Li Wei', complaintsOfAll: null }, {}] });
    expect(inList.errors).toMatchObject([{ path: ['customers'], extensions: { code: 'UNAVAILABLE' } }]);
  } finally {
    await gateway.close();
  }
});
