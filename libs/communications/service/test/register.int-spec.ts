import { complaintsEvents, receptionEvents, salesEvents } from '@anju/events';
import { newId } from '@anju/kernel';
import { leastStatements, createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { CommunicationsDesk } from './communications-desk';

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const wordFields = `id kind channel saidAt subject subjectId content customers { id } byStaff { id }
  interaction { id } complaint { id }`;

describe('the register of words to customers', () => {
  let database: TestDatabase;
  let desk: CommunicationsDesk;

  beforeAll(async () => {
    database = await createTestDatabase('communications');
    desk = await CommunicationsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function wordsTo(customerId: string, fields = wordFields): Promise<readonly Row[]> {
    const source = `query($r: [_Any!]!) { _entities(representations: $r) {
      ... on Customer { messages { totalCount nodes { ${fields} } } } } }`;
    const r = [{ __typename: 'Customer', id: customerId }];
    const data = await desk.read<{ _entities: [{ messages: Page }] }>(desk.lin, source, { r });
    const { messages } = data._entities[0];
    expect(messages.totalCount).toBe(messages.nodes.length);
    return messages.nodes;
  }

  const kindsTo = async (customerId: string) => (await wordsTo(customerId, 'kind')).map(({ kind }) => kind);

  interface Told {
    readonly customerIds: readonly string[];
    readonly complaintId?: string;
    readonly eventId?: string;
    readonly interactionId?: string;
    readonly kind?: 'PROGRESS' | 'RESULT';
    readonly at?: string;
  }
  function told({ customerIds, complaintId, eventId, interactionId = newId(), kind = 'RESULT', at }: Told) {
    const data = {
      ...{ projectId: desk.ours, at: iso(at ?? '2026-03-02 10:55'), by: desk.zhou.staffId, interactionId },
      ...{ ownerId: desk.zhou.staffId, kind, channel: 'PHONE' as const, firstReply: true },
      ...{ receivedAt: iso('2026-03-02 09:02'), customerIds: [...customerIds] },
      complaintId: complaintId ?? null,
    };
    return desk.hear(receptionEvents.customerTold, interactionId, data, eventId);
  }

  it('holds what was entered by hand', async () => {
    const [wang] = (await desk.customers(1)) as [string];
    await desk.done(desk.zhou, 'recordCustomerWord', {
      ...{ projectId: desk.ours, customerIds: [wang], kind: 'CALLBACK', channel: 'PHONE' },
      content: 'She asked when the pool opens.',
    });
    expect(await wordsTo(wang)).toEqual([
      {
        id: expect.any(String),
        ...{ kind: 'CALLBACK', channel: 'PHONE', saidAt: iso('2026-03-02 10:00') },
        ...{ subject: 'NOTHING_ELSE', subjectId: null, content: 'She asked when the pool opens.' },
        ...{ customers: [{ id: wang }], byStaff: { id: desk.zhou.staffId } },
        ...{ interaction: null, complaint: null },
      },
    ]);
  });

  it('answers what is entered wrongly, and writes nothing', async () => {
    const [wang] = (await desk.customers(1)) as [string];
    const [theirs] = (await desk.customers(1, desk.theirs)) as [string];
    const word = {
      ...{
        projectId: desk.ours,
        customerIds: [wang],
        kind: 'CALLBACK',
        channel: 'PHONE',
        content: 'Called.',
      },
    };
    const answer = (change: Row) => desk.command(desk.zhou, 'recordCustomerWord', { ...word, ...change });
    expect(await answer({ content: ' ' })).toMatchObject({ code: 'COMMUNICATION_TEXT_MISSING' });
    expect(await answer({ saidAt: iso('2026-03-02 23:00') })).toMatchObject({
      code: 'COMMUNICATION_IN_FUTURE',
      message: expect.stringContaining('later than now'),
    });
    const fault = (who: typeof desk.zhou, change: Row = {}) =>
      desk.faultOf(who, 'recordCustomerWord', { ...word, ...change });
    expect(await fault(desk.guard)).toBe('FORBIDDEN');
    expect(await fault(desk.stranger)).toBe('FORBIDDEN');
    expect(await fault(desk.zhou, { customerIds: [theirs] })).toBe('BAD_USER_INPUT');
    expect(await wordsTo(wang)).toEqual([]);
  });

  it('does the same command with the same key once', async () => {
    const [wang] = (await desk.customers(1)) as [string];
    const word = {
      ...{ projectId: desk.ours, customerIds: [wang], kind: 'NOTICE', channel: 'NOTICE', content: 'Posted.' },
      idempotencyKey: newId(),
    };
    const first = await desk.done(desk.zhou, 'recordCustomerWord', word);
    expect(await desk.done(desk.zhou, 'recordCustomerWord', word)).toEqual(first);
    expect(await wordsTo(wang)).toHaveLength(1);
  });

  rule(
    ['COM-02', 'CMP-08'],
    'what the other services tell of words to a customer is in it, each once',
    async () => {
      const [wang, chen] = (await desk.customers(2)) as [string, string];
      const complaintId = newId();
      const contractId = newId();
      const interactionId = newId();
      const at = iso('2026-03-03 09:30');
      const inCase = { complaintId, projectId: desk.ours, at, by: desk.lin.staffId };
      const events = complaintsEvents;
      const members = { customerIds: [wang, chen] };
      for (const eventId of [newId()].flatMap((id) => [id, id])) {
        await told({ customerIds: [wang], interactionId, eventId });
      }
      const acknowledged = { ...inCase, at: iso('2026-03-02 10:06'), channel: 'PHONE' as const, ...members };
      await desk.hear(events.complaintAcknowledged, complaintId, acknowledged);
      const responded = {
        ...inCase,
        channel: 'WECHAT' as const,
        interactionIds: [interactionId],
        ...members,
      };
      const responseId = newId();
      await desk.hear(events.complaintResponded, complaintId, responded, responseId);
      // The contact's own word of it, and the case's delivered again.
      await told({
        customerIds: [wang],
        interactionId,
        complaintId,
        kind: 'PROGRESS',
        at: '2026-03-03 09:30',
      });
      await desk.hear(events.complaintResponded, complaintId, responded, responseId);
      for (const toldBy of ['SMS', null] as const) {
        const progress = { ...inCase, at: iso('2026-03-04 09:00'), toldBy, interactionIds: [], ...members };
        await desk.hear(events.complaintProgressRecorded, complaintId, progress);
      }
      await desk.hear(events.complaintReplySent, complaintId, {
        ...{
          ...responded,
          at: iso('2026-03-05 09:00'),
          channel: 'WEB' as const,
          audience: 'CUSTOMER' as const,
        },
        ...{ sequence: 1, revision: 2 },
      });
      await desk.hear(events.returnVisitRecorded, complaintId, {
        ...{ ...inCase, at: iso('2026-03-09 09:00'), customerId: wang, channel: 'IN_PERSON' as const },
        ...{ satisfaction: 4, dissatisfied: false, ledToComplaintId: null, resolvedAt: at },
        ...{ causeClass: 'CLASS_1' as const, severity: 'MAJOR' as const, handlerId: null },
      });
      await desk.hear(salesEvents.contractReturnTold, contractId, {
        ...{ contractId, projectId: desk.ours, saleId: newId(), unitId: newId(), customerId: wang },
        ...{ at: iso('2026-03-20 10:00'), channel: 'PHONE', deedTaxDueOn: null, by: desk.zhou.staffId },
      });

      const words = await wordsTo(
        wang,
        'kind channel saidAt subject subjectId interaction { id } complaint { id }',
      );
      const about = { subject: 'COMPLAINT', subjectId: complaintId, complaint: { id: complaintId } };
      expect(words).toEqual([
        {
          ...{ kind: 'NOTICE', channel: 'PHONE', saidAt: iso('2026-03-20 10:00'), subject: 'CONTRACT' },
          ...{ subjectId: contractId, interaction: null, complaint: null },
        },
        {
          ...{
            kind: 'RETURN_VISIT',
            channel: 'IN_PERSON',
            saidAt: iso('2026-03-09 09:00'),
            interaction: null,
          },
          ...about,
        },
        { kind: 'REPLY', channel: 'WEB', saidAt: iso('2026-03-05 09:00'), interaction: null, ...about },
        { kind: 'PROGRESS', channel: 'SMS', saidAt: iso('2026-03-04 09:00'), interaction: null, ...about },
        { kind: 'REPLY', channel: 'WECHAT', saidAt: at, interaction: null, ...about },
        {
          ...{ kind: 'REPLY', channel: 'PHONE', saidAt: iso('2026-03-02 10:55'), subject: 'INTERACTION' },
          ...{ subjectId: interactionId, interaction: { id: interactionId }, complaint: null },
        },
        {
          ...{
            kind: 'ACKNOWLEDGEMENT',
            channel: 'PHONE',
            saidAt: iso('2026-03-02 10:06'),
            interaction: null,
          },
          ...about,
        },
      ]);
      expect(await kindsTo(chen)).toEqual(['REPLY', 'PROGRESS', 'REPLY', 'ACKNOWLEDGEMENT']);
    },
  );

  rule(
    'DIR-06',
    'words to a record that went are words to the one that stayed, in whatever order',
    async () => {
      const [one, two, three] = (await desk.customers(3)) as [string, string, string];
      await told({ customerIds: [one, two] });
      // The second merge is heard of before the first.
      await desk.merge(two, three);
      await desk.merge(one, two);
      expect(await wordsTo(three, 'customers { id }')).toEqual([{ customers: [{ id: three }] }]);
      expect(await wordsTo(one)).toEqual([]);
      // A word to a record that went long ago.
      await told({ customerIds: [one] });
      expect(await wordsTo(three)).toHaveLength(2);
      expect(await wordsTo(two)).toEqual([]);
    },
  );

  it('is heard of again from the beginning without anything standing twice', async () => {
    const [wang] = (await desk.customers(1)) as [string];
    const eventId = newId();
    await told({ customerIds: [wang], eventId });
    const consumer = desk.service.consumers.find(({ name }) => name === 'communications.register')!;
    await consumer.forget();
    await told({ customerIds: [wang], eventId });
    expect(await wordsTo(wang)).toHaveLength(1);
  });

  it('is read by filters, in pages, and in the reader’s projects only', async () => {
    const [wang] = (await desk.customers(1)) as [string];
    const interactionId = newId();
    await told({ customerIds: [wang], interactionId, at: '2026-02-01 10:00' });
    await told({ customerIds: [wang], interactionId, kind: 'PROGRESS', at: '2026-02-02 10:00' });
    await told({ customerIds: [wang], at: '2026-02-03 10:00' });
    const source = `query($f: CustomerWordFilter, $first: Int, $after: String) {
      customerWords(filter: $f, first: $first, after: $after) {
        totalCount nodes { kind saidAt } pageInfo { hasNextPage endCursor } } }`;
    const list = async (f: Row, page: Row = {}, who = desk.lin) =>
      (await desk.read<{ customerWords: Page }>(who, source, { f: { customerId: wang, ...f }, ...page }))
        .customerWords;
    expect((await list({})).nodes).toHaveLength(3);
    expect((await list({ kind: ['PROGRESS'] })).nodes).toEqual([
      { kind: 'PROGRESS', saidAt: iso('2026-02-02 10:00') },
    ]);
    expect((await list({ channel: ['SMS'] })).nodes).toEqual([]);
    expect((await list({ subject: 'INTERACTION', subjectId: interactionId })).nodes).toHaveLength(2);
    expect((await list({ staffId: desk.lin.staffId })).nodes).toEqual([]);
    const february2 = { saidFrom: iso('2026-02-02 00:00'), saidBefore: iso('2026-02-03 00:00') };
    expect((await list({ ...february2, projectId: desk.ours })).nodes).toHaveLength(1);
    const first = await list({}, { first: 2 });
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const second = await list({}, { first: 2, after: first.pageInfo.endCursor });
    expect(second.nodes).toEqual([{ kind: 'REPLY', saidAt: iso('2026-02-01 10:00') }]);
    expect((await list({}, {}, desk.stranger)).nodes).toEqual([]);
    expect(await desk.errorOf(desk.guard, source, {})).toBe('FORBIDDEN');
    expect(await desk.errorOf(null, source, {})).toBe('UNAUTHENTICATED');
  });

  it('is read for any number of customers by the same number of statements', async () => {
    const customers = await desk.customers(12);
    for (const one of customers) await told({ customerIds: [one] });
    const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer {
      messages(first: 5) { totalCount nodes { ${wordFields} history { command } } }
      consents { changes { channel } } consentedMessages { channel } messageAddresses { masked }
      visits(first: 3) { nodes { id } } } } }`;
    const countFor = (ids: readonly string[]): Promise<number> =>
      leastStatements(async () => {
        const r = ids.map((id) => ({ __typename: 'Customer', id }));
        const data = await desk.read<{ _entities: { messages: Page }[] }>(desk.lin, source, { r });
        expect(data._entities.map(({ messages }) => messages.nodes.length)).toEqual(ids.map(() => 1));
      });
    const forOne = await countFor(customers.slice(0, 1));
    const forAll = await countFor(customers);
    expect(forOne).toBeGreaterThan(0);
    expect(forAll).toBe(forOne);
  });
});
