import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayOneBeginsAt } from '@anju/demonstration';
import { outcomeOf, signIn } from './graph-client';
import { isDistributed, startPlatform, type Platform } from './platform';
import { startTraceCollector, type CollectedSpan, type TraceCollector } from '@anju/testing';

const endpointVariable = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const [server, client, consumer, step] = [2, 3, 5, 1];

describe('a trace', () => {
  let collector: TraceCollector;
  let platform: Platform;

  beforeAll(async () => {
    collector = await startTraceCollector();
    process.env[endpointVariable] = collector.endpoint;
    platform = await startPlatform(dayOneBeginsAt, { playsSetting: true });
  });

  afterAll(async () => {
    await platform?.close();
    delete process.env[endpointVariable];
    await collector?.close();
  });

  /** The spans of a trace once there are all that are waited for; spans are sent a moment after they ended. */
  async function spansOf(traceId: string, isComplete: (spans: readonly CollectedSpan[]) => boolean) {
    for (let patience = 100; ; patience -= 1) {
      const spans = collector.spans().filter((span) => span.traceId === traceId);
      if (isComplete(spans) || patience === 0) return spans;
      await sleep(100);
    }
  }

  it('follows a command from the client over gateway, service, outbox and bus to every effect', async () => {
    const admin = await signIn(platform, ['ADMINISTRATOR'], {
      roles: [{ role: 'ADMINISTRATOR', projectIds: 'ALL' }],
    });
    const traceId = randomBytes(16).toString('hex');
    const clientsSpan = randomBytes(8).toString('hex');
    const { projectId } = platform.setting;
    const input = { projectId, number: '99', name: '秘密', warrantyEndsOn: '2027-12-31' };
    const answer = await admin.command('registerBuilding', input, '... on Building { id }', {
      traceparent: `00-${traceId}-${clientsSpan}-01`,
    });
    expect([outcomeOf(answer, 'registerBuilding'), answer.errors]).toEqual(['DONE', []]);
    const { id: buildingId } = answer.data!['registerBuilding'] as { id: string };
    await platform.running.settled();

    const effects = ['reception.references', 'complaints.references'];
    const effectsIn = (spans: readonly CollectedSpan[]): (string | undefined)[] =>
      spans.filter(({ kind }) => kind === consumer).map(({ facts }) => facts['anju.consumer']);
    const isRequest = ({ kind, name }: CollectedSpan): boolean => kind === server && name === 'mutation';
    const isFetch = ({ kind, facts }: CollectedSpan): boolean =>
      kind === client && facts['anju.service'] === 'directory';
    const isOperation = ({ kind, facts }: CollectedSpan): boolean =>
      kind === server && facts['anju.service'] === 'directory';
    const isCommand = ({ kind, facts }: CollectedSpan): boolean =>
      kind === step && facts['anju.command'] === 'registerBuilding';
    // Each process sends its own spans when it comes to it.
    const spans = await spansOf(
      traceId,
      (sofar) =>
        effects.every((effect) => effectsIn(sofar).includes(effect)) &&
        [isRequest, isFetch, isOperation, isCommand].every((fits) => sofar.some(fits)),
    );
    const one = (fits: (span: CollectedSpan) => boolean): CollectedSpan => {
      const found = spans.filter(fits);
      expect(found).toHaveLength(1);
      return found[0]!;
    };
    /** Spans of Apollo's own may lie in between. */
    const ancestorsOf = (span: CollectedSpan): (string | undefined)[] => {
      const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
      return [span.parentSpanId, ...(parent ? ancestorsOf(parent) : [])];
    };

    const request = one(isRequest);
    const fetching = one(isFetch);
    const operation = one(isOperation);
    const command = one(isCommand);
    expect(request.parentSpanId).toBe(clientsSpan);
    expect(ancestorsOf(fetching)).toContain(request.spanId);
    expect(operation.parentSpanId).toBe(fetching.spanId);
    expect(command.parentSpanId).toBe(operation.spanId);
    expect(command.facts).toMatchObject({
      'anju.aggregate.type': 'Building',
      'anju.aggregate.id': buildingId,
      'anju.outcome': 'done',
    });
    for (const name of effects) {
      const effect = one(({ kind, facts }) => kind === consumer && facts['anju.consumer'] === name);
      expect(effect.parentSpanId).toBe(command.spanId);
      expect(effect.facts).toMatchObject({
        'anju.event.type': 'building-registered.v1',
        'anju.aggregate.id': buildingId,
      });
      expect(effect.process).toBe(isDistributed ? name.split('.')[0] : 'anju');
    }
    expect([request.process, operation.process]).toEqual(
      isDistributed ? ['gateway', 'directory'] : ['anju', 'anju'],
    );
  });

  it('begins at the gateway where the client has none, and tells nothing of what people have entered', async () => {
    const clerk = await signIn(platform, ['FRONT_DESK']);
    const marker = `secret${randomBytes(4).toString('hex')}`;
    const { errors } = await clerk.ask(
      'query SearchBySecret($text: String!) { customers(filter: { search: $text }) { edges { node { id } } } }',
      {
        text: marker,
      },
    );
    expect(errors).toEqual([]);
    const isRequest = ({ name, kind }: CollectedSpan): boolean =>
      kind === server && name === 'query SearchBySecret';
    for (let patience = 100; patience > 0 && !collector.spans().some(isRequest); patience -= 1)
      await sleep(100);
    const [request] = collector.spans().filter(isRequest);
    expect(request).toMatchObject({ parentSpanId: undefined, facts: { 'anju.outcome': 'ok' } });
    const told = JSON.stringify(collector.spans());
    // Names, free text, and phone numbers: of these tests and of all that was registered before.
    const [text, phone] = [/\p{Script=Han}+/gu, /(?<![0-9a-f-])1[3-9]\d{9}(?![0-9a-f-])/g];
    expect([...(told.match(text) ?? []), ...(told.match(phone) ?? [])]).toEqual([]);
    expect(told.includes(marker)).toBe(false);
  });
});
