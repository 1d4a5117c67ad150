import { serverAudits } from 'graphql-http';
import { startTestGateway } from './testing/start-test-gateway';
import type { TestGateway } from './testing/start-test-gateway';

/** A GET that a page of another origin could make without asking is refused, so the audits' own GETs ask. */
function askingFirst(url: string, init: RequestInit = {}): Promise<Response> {
  const isGet = init.method === undefined || init.method === 'GET';
  return fetch(
    url,
    isGet ? { ...init, headers: { ...init.headers, 'apollo-require-preflight': '1' } } : init,
  );
}

describe('GraphQL over HTTP', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  const audits = serverAudits({ url: () => gateway.url, fetchFn: askingFirst });

  it('is audited in full', () => {
    expect(audits.length).toBeGreaterThan(60);
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
    '%s: %s',
    async (_id, _name, audit) => {
      expect(await audit.fn()).toMatchObject({ status: 'ok' });
    },
  );
});
