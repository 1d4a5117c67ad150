import { dayOneBeginsAt } from '@anju/demonstration';
import type { EventEnvelope } from '@anju/events';
import { newId } from '@anju/kernel';
import { until } from '@anju/testing';
import { describeWithBroker, sendForeignMessages, sharedBroker, type TestBroker } from '@anju/testing-kafka';
import { signIn, type Visitor } from './graph-client';
import { startPlatformOfProcesses } from './platform';

interface Parked {
  readonly key: string;
  readonly consumer: string;
  readonly state: string;
  readonly reason: string;
}

const firstStartMillis = 300_000;
/** Of two services. */
const partQuery =
  '{ complaints { totalCount } customers(first: 1) { nodes { name complaints { totalCount } interactions { totalCount } } } }';

describeWithBroker('services that are processes of their own', () => {
  let broker: TestBroker;
  let platform: Awaited<ReturnType<typeof startPlatformOfProcesses>>;
  let desk: Visitor;
  let operator: Visitor;
  let supervisor: Visitor;
  /** Of the contact whose classification opens a case. */
  let contact: string;

  async function record(content: string): Promise<string> {
    const answer = await desk.command(
      'recordInteraction',
      {
        projectId: platform.setting.projectId,
        channel: 'PHONE',
        customerId: platform.setting.customerIds.get('chenwei'),
        content,
        topic: 'LIFT',
        facts: { matter: 'FAULT', wantsToComplain: true },
      },
      '... on Interaction { id }',
    );
    return (answer.data!['recordInteraction'] as { id: string }).id;
  }

  async function confirm(interactionId: string): Promise<void> {
    const input = { interactionId, complaint: { causeClass: 'CLASS_1' } };
    const { data, errors } = await desk.command('confirmInteractionClass', input);
    expect([data, errors]).toEqual([{ confirmInteractionClass: { __typename: 'Interaction' } }, []]);
  }

  async function parkedIn(service: string): Promise<Parked[]> {
    const field = `${service}ParkedEvents`;
    const { data } = await operator.ask(`{ ${field} { key consumer state reason } }`);
    return data![field] as Parked[];
  }

  const send = (...events: readonly (EventEnvelope | string)[]): Promise<void> =>
    sendForeignMessages(
      broker,
      'reception',
      events.map((event) =>
        typeof event === 'string'
          ? { key: contact, value: event }
          : { key: event.subject, value: JSON.stringify(event) },
      ),
    );

  beforeAll(async () => {
    broker = await sharedBroker();
    platform = await startPlatformOfProcesses(dayOneBeginsAt, { broker });
    desk = await signIn(platform, ['FRONT_DESK', 'SERVICE_SUPERVISOR'], {
      staffId: platform.teller.staffId('zhoumin'),
    });
    operator = await signIn(platform, ['ADMINISTRATOR'], {
      staffId: platform.teller.staffId('admin'),
      roles: [{ role: 'ADMINISTRATOR', projectIds: 'ALL' }],
    });
    supervisor = await signIn(platform, ['SERVICE_SUPERVISOR'], {
      staffId: platform.teller.staffId('linfang'),
    });
    contact = await record('电梯又停了');
    await platform.running.settled();
  }, firstStartMillis);

  afterAll(() => platform?.close());

  describe('events that are not as agreed', () => {
    it('are kept for the operator with their reasons, while the rest goes on', async () => {
      const [written] = await platform.running.query<{ payload: EventEnvelope }>(
        'reception',
        `select payload from outbox where type = 'interaction-recorded.v1' and aggregateid = $1`,
        [contact],
      );
      const forged = { ...written!.payload, data: { ...written!.payload.data, channel: 'WECHAT' } };
      await send('not { json', { ...written!.payload, id: newId(), source: 'anju.sales' }, forged);
      const other = await record('电梯还是停着');
      await confirm(other);
      await platform.running.settled();
      const reasons = (await parkedIn('insights')).map(({ state, reason }) => [
        state,
        reason.replace(/^.* at \d+: /, ''),
      ]);
      expect(reasons).toEqual([
        ['REFUSED', 'it is not JSON'],
        ['REFUSED', 'its source is not anju.reception, whose topic this is'],
        ['REFUSED', 'another event with this id was taken in before'],
      ]);
      const { data } = await desk.ask('query($id: ID!) { interaction(id: $id) { complaint { number } } }', {
        id: other,
      });
      expect(data).toEqual({ interaction: { complaint: { number: expect.any(String) } } });
    });

    it('hold back their own aggregate alone where they are of a newer version, until the operator decides', async () => {
      const [written] = await platform.running.query<{ payload: EventEnvelope }>(
        'reception',
        `select payload from outbox where type = 'interaction-recorded.v1' and aggregateid = $1`,
        [contact],
      );
      await send({ ...written!.payload, id: newId(), type: 'interaction-classified.v2' });
      await platform.running.settled();
      await confirm(contact);
      await platform.running.settled();
      const held = (await parkedIn('complaints')).filter(({ key }) => key === contact);
      expect(held.map(({ state }) => state)).toContain('PARKED');
      expect(held.map(({ state }) => state)).toContain('WAITING');
      expect(held.find(({ state }) => state === 'PARKED')!.reason).toBe(
        'interaction-classified.v2 is not known to this version; it takes interaction-classified.v1',
      );
      const caseOf = async (): Promise<unknown> => {
        const query = 'query($id: ID!) { interaction(id: $id) { complaint { number } } }';
        return (await desk.ask(query, { id: contact })).data!['interaction'];
      };
      expect(await caseOf()).toEqual({ complaint: null });
      for (const consumer of new Set(held.map((one) => one.consumer))) {
        for (let left = 1; left > 0;) {
          const { data, errors } = await operator.ask(
            'mutation($input: ParkedKeyInput!) { skipComplaintsParkedEvent(input: $input) { remaining { state } } }',
            { input: { consumer, key: contact } },
          );
          expect(errors).toEqual([]);
          left = (data!['skipComplaintsParkedEvent'] as { remaining: unknown[] }).remaining.length;
        }
      }
      await platform.running.settled();
      expect(await caseOf()).toEqual({ complaint: { number: expect.any(String) } });
    });

    it('are refused by the broker where they are of 2 MB', async () => {
      await expect(send('x'.repeat(2_000_000))).rejects.toMatchObject({ type: 'MESSAGE_TOO_LARGE' });
    });

    it('are not the operator’s alone: nobody else sees or skips them', async () => {
      const { errors } = await desk.ask('{ insightsParkedEvents { key } }');
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    });
  });

  // Last: what a killed consumer had is nobody's for a while.
  describe('an answer while a service is away', () => {
    it('has what the others know, and says of each field of that service what is the matter', async () => {
      const whole = await supervisor.ask(partQuery);
      expect(whole.errors).toEqual([]);
      platform.running.processes.find(({ name }) => name === 'complaints')!.kill();
      const partial = await supervisor.ask(partQuery);
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
      await until('the answer is whole', async () => (await supervisor.ask(partQuery)).errors.length === 0);
    });
  });
});
