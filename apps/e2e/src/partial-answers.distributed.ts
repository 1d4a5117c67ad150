import { dayOneBeginsAt } from '@anju/demonstration';
import { until } from '@anju/testing';
import { describeWithBroker, sharedBroker } from '@anju/testing-kafka';
import { signIn, type Visitor } from './graph-client';
import { startPlatformOfProcesses } from './platform';

const firstStartMillis = 300_000;
const query =
  '{ complaints { totalCount } customers(first: 1) { nodes { name complaints { totalCount } interactions { totalCount } } } }';

describeWithBroker('an answer while a service is away', () => {
  let platform: Awaited<ReturnType<typeof startPlatformOfProcesses>>;
  let desk: Visitor;

  beforeAll(async () => {
    platform = await startPlatformOfProcesses(dayOneBeginsAt, { broker: await sharedBroker() });
    desk = await signIn(platform, ['SERVICE_SUPERVISOR'], { staffId: platform.teller.staffId('linfang') });
  }, firstStartMillis);

  afterAll(() => platform?.close());

  it('has what the others know, and says of each field of that service what is the matter', async () => {
    const whole = await desk.ask(query);
    expect(whole.errors).toEqual([]);
    platform.running.processes.find(({ name }) => name === 'complaints')!.kill();
    const partial = await desk.ask(query);
    const { customers } = whole.data as { customers: { nodes: [{ name: string; interactions: object }] } };
    const [{ name, interactions }] = customers.nodes;
    expect(partial.data).toEqual({
      complaints: null,
      customers: { nodes: [{ name, interactions, complaints: null }] },
    });
    expect(partial.errors.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      expect.arrayContaining([
        [['complaints'], 'UNAVAILABLE'],
        [['customers', 'nodes'], 'UNAVAILABLE'],
      ]),
    );
  });

  it('is whole again when the service is back', async () => {
    await until('the answer is whole', async () => (await desk.ask(query)).errors.length === 0);
  });
});
