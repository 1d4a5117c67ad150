import { dayOneBeginsAt } from '@anju/demonstration';
import type { EventEnvelope } from '@anju/events';
import { newId } from '@anju/kernel';
import { describeWithBroker, sendForeignMessages, sharedBroker, type TestBroker } from '@anju/testing-kafka';
import { signIn, type Visitor } from './graph-client';
import { startPlatformOfProcesses, type Platform } from './platform';

interface Parked {
  readonly key: string;
  readonly consumer: string;
  readonly state: string;
  readonly reason: string;
}

const firstStartMillis = 300_000;

describeWithBroker('events that are not as agreed', () => {
  let broker: TestBroker;
  let platform: Platform;
  let desk: Visitor;
  let operator: Visitor;
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
    contact = await record('电梯又停了');
    await platform.running.settled();
  }, firstStartMillis);

  afterAll(() => platform?.close());

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
