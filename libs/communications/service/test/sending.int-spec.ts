import { randomBytes } from 'node:crypto';
import { Cipher, sealContact } from '@anju/access';
import { directoryEvents } from '@anju/events';
import { createTestDatabase, rule, silentLogger, until, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { CommunicationsDesk } from './communications-desk';

describe('sending messages', () => {
  let database: TestDatabase;
  let desk: CommunicationsDesk;

  beforeEach(async () => {
    database = await createTestDatabase('communications');
    desk = await CommunicationsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  interface Sent {
    readonly status: string;
    readonly counts: Row | null;
    readonly deliveries: { readonly nodes: readonly Row[] };
  }

  async function message(id: string): Promise<Sent> {
    const source = `query($id: ID!) { message(id: $id) { status counts { delivered failed skipped }
      deliveries(first: 100) { nodes { id status skipReason customer { id } nextAttemptAt finishedAt
        attempts { attempt startedAt handedOverAt outcome code endedAt } } } } }`;
    return (await desk.read(desk.lin, source, { id }))['message'] as Sent;
  }

  const statusIs = (id: string, ...statuses: readonly string[]) =>
    until(`${id} is ${statuses.join(' or ')}`, async () => statuses.includes((await message(id)).status), {
      patienceMillis: 20_000,
    });

  /** Until every copy is as it is asked for. */
  const copiesAre = (id: string, status: string) =>
    until(
      `the copies are ${status}`,
      async () => {
        const { nodes } = (await message(id)).deliveries;
        return nodes.length > 0 && nodes.every((copy) => copy['status'] === status);
      },
      { patienceMillis: 20_000 },
    );

  async function reachable(count: number): Promise<string[]> {
    const ids = await desk.customers(count);
    for (const [index, id] of ids.entries()) await desk.reach(id, `1380013${String(index).padStart(4, '0')}`);
    return ids;
  }

  rule(
    'COM-05',
    'each recipient gets one copy, under the company’s name, and it stands in the register',
    async () => {
      const ids = await reachable(3);
      const id = await desk.approved(ids);
      await statusIs(id, 'SENT');
      const { counts, deliveries } = await message(id);
      expect(counts).toEqual({ delivered: 3, failed: 0, skipped: 0 });
      expect(deliveries.nodes.map((copy) => (copy['customer'] as Row)['id']).sort()).toEqual([...ids].sort());
      expect(deliveries.nodes[0]!['attempts']).toEqual([
        {
          ...{ attempt: 1, startedAt: iso('2026-03-02 10:00'), handedOverAt: iso('2026-03-02 10:00') },
          ...{ outcome: 'ACCEPTED', code: '250', endedAt: iso('2026-03-02 10:00') },
        },
      ]);
      expect(desk.carrier.taken).toHaveLength(3);
      expect(desk.carrier.taken[0]).toMatchObject({
        channel: 'SMS',
        subject: null,
        text: '【安居物业】王女士您好，3月3日停水，敬请谅解。',
      });
      const source = `query($f: CustomerWordFilter) { customerWords(filter: $f) { nodes {
      kind channel subject subjectId byStaff { id } } } }`;
      const words = await desk.read(desk.zhou, source, { f: { customerId: ids[0] } });
      expect((words['customerWords'] as { nodes: Row[] }).nodes).toEqual([
        {
          ...{ kind: 'MESSAGE', channel: 'SMS', subject: 'MESSAGE', subjectId: id },
          byStaff: { id: desk.manager.staffId },
        },
      ]);
      const types = await desk.rows(
        `select distinct payload->>'type' as type from outbox where payload->>'type' ~ '^(message|delivery)' order by 1`,
      );
      expect(types.map(({ type }) => type)).toEqual([
        'message-approved.v1',
        'message-audience-set.v1',
        'message-delivered.v1',
        'message-drafted.v1',
        'message-sending-started.v1',
        'message-sent.v1',
        'message-submitted.v1',
      ]);
      const [leak] = await desk.rows(
        `select from outbox where payload::text ~ '1380013|王女士|停水' union all
       select from history where facts::text ~ '1380013|王女士|停水'
       union all select from address_book where addresses ~ '1380013'`,
      );
      expect(leak).toBeUndefined();
    },
  );

  rule(
    'COM-05',
    'who objected, has no address, no name, or is gone gets nothing, and why is on record',
    async () => {
      const [objects, nowhere, nameless, gone, fine] = (await desk.customers(5)) as [
        ...[string, string, string, string, string],
      ];
      for (const one of [objects, gone, fine]) await desk.reach(one);
      await desk.reach(nameless, '13800138000', null);
      await desk.done(desk.zhou, 'recordConsent', {
        ...{
          projectId: desk.ours,
          customerId: objects,
          channel: 'SMS',
          purpose: 'SERVICE_NOTICE',
          granted: false,
        },
      });
      const { id, revision } = await desk.submitted([objects, nowhere, nameless, gone, fine]);
      // The survivor is a recipient as well: he gets it once.
      await desk.merge(gone, fine);
      await desk.done(desk.manager, 'approveMessage', { messageId: id, revision });
      await statusIs(id as string, 'SENT');
      const { counts, deliveries } = await message(id as string);
      expect(counts).toEqual({ delivered: 2, failed: 0, skipped: 3 });
      const reasons = new Map(
        deliveries.nodes.map((copy) => [(copy['customer'] as Row)['id'], copy['skipReason']]),
      );
      expect(reasons.get(objects)).toBe('NO_CONSENT');
      expect(reasons.get(nowhere)).toBe('NO_ADDRESS');
      expect(reasons.get(nameless)).toBe('VALUE_MISSING');
    },
  );

  rule('COM-05', 'the directory’s name and mobile number are used where he gave no others', async () => {
    const [wang, chen] = (await desk.customers(2, desk.ours, {
      name: '王秀兰',
      mobile: '+8613911112222',
    })) as [string, string];
    await desk.reach(chen, '13800138000', '陈先生');
    const id = await desk.approved([wang, chen]);
    await statusIs(id, 'SENT');
    const sent = desk.carrier.taken.map(({ address, text }) => [address, text.slice(6, 9)]);
    expect(new Map(sent as [string, string][])).toEqual(
      new Map([
        ['+8613911112222', '王秀兰'],
        ['13800138000', '陈先生'],
      ]),
    );
    const [leak] = await desk.rows(`select from directory_contact where sealed ~ '王秀兰|13911112222'`);
    expect(leak).toBeUndefined();
  });

  rule('COM-05', 'what the directory told by a data key that went is not taken for nothing', async () => {
    const contact = { name: '王秀兰', mobile: '+8613911112222' };
    const [wang] = (await desk.customers(1, desk.ours, contact)) as [string];
    const other = randomBytes(32);
    const gone = new Cipher({ currentKeyId: 'k0', keys: { k0: other }, indexKey: other });
    // As in a rebuild: the events come again from the first on.
    for (const consumer of desk.service.consumers)
      if (consumer.name === 'communications.contacts') await consumer.forget();
    await desk.hear(directoryEvents.customerChanged, wang, {
      ...{
        projectId: null,
        customerId: wang,
        organisationId: desk.ours,
        kind: 'PERSON',
        projectIds: [desk.ours],
      },
      changed: ['PHONES'],
      sealedContact: sealContact(gone, { name: '王', mobile: null }),
    });
    await statusIs(await desk.approved([wang]), 'SENT');
    expect(desk.carrier.taken).toMatchObject([{ address: '+8613911112222' }]);
  });

  rule('COM-05', 'what needs consent goes to those alone who gave it', async () => {
    const [agrees, silent] = (await reachable(2)) as [string, string];
    const consent = {
      projectId: desk.ours,
      customerId: agrees,
      channel: 'SMS',
      purpose: 'SURVEY',
      granted: true,
    };
    await desk.done(desk.zhou, 'recordConsent', consent);
    const id = await desk.approved([agrees, silent], { purpose: 'SURVEY' });
    await statusIs(id, 'SENT');
    expect((await message(id)).counts).toEqual({ delivered: 1, failed: 0, skipped: 1 });
  });

  rule('COM-05', 'in quiet hours nothing goes; it does when they end', async () => {
    await desk.until('2026-03-02 21:30');
    const id = await desk.approved(await reachable(1));
    await desk.until('2026-03-03 07:59');
    expect(await message(id)).toMatchObject({ status: 'APPROVED', deliveries: { nodes: [] } });
    await desk.until('2026-03-03 08:00');
    await statusIs(id, 'SENT');
  });

  rule('COM-05', 'what the carrier does not take now is tried again, what he refuses is not', async () => {
    const [later, never] = (await reachable(2)) as [string, string];
    desk.carrier.answers = [{ outcome: 'TRY_AGAIN', code: '451' }];
    const first = await desk.approved([later]);
    await copiesAre(first, 'WAITING');
    expect((await message(first)).deliveries.nodes[0]).toMatchObject({
      nextAttemptAt: iso('2026-03-02 10:01'),
      attempts: [{ outcome: 'TRY_AGAIN', code: '451' }],
    });
    await desk.until('2026-03-02 10:01');
    await statusIs(first, 'SENT');
    expect(desk.carrier.taken.map(({ attempt }) => attempt)).toEqual([1, 2]);

    desk.carrier.answers = [{ outcome: 'REJECTED', code: '550' }];
    const second = await desk.approved([never]);
    await statusIs(second, 'SENT');
    expect((await message(second)).counts).toEqual({ delivered: 0, failed: 1, skipped: 0 });
  });

  rule('COM-05', 'an objection between two tries is heeded', async () => {
    const [wang] = (await reachable(1)) as [string];
    desk.carrier.answers = [{ outcome: 'TRY_AGAIN', code: '451' }];
    const id = await desk.approved([wang]);
    await copiesAre(id, 'WAITING');
    await desk.done(desk.zhou, 'recordConsent', {
      ...{
        projectId: desk.ours,
        customerId: wang,
        channel: 'SMS',
        purpose: 'SERVICE_NOTICE',
        granted: false,
      },
    });
    await desk.until('2026-03-02 10:01');
    await statusIs(id, 'SENT');
    expect((await message(id)).deliveries.nodes[0]).toMatchObject({
      status: 'SKIPPED',
      skipReason: 'NO_CONSENT',
      attempts: [{ attempt: 1 }],
    });
    expect(desk.carrier.taken).toHaveLength(1);
  });

  rule('COM-05', 'after a crash between sending and noting nobody gets a second copy', async () => {
    const [wang] = (await reachable(1)) as [string];
    // The process is gone before it can note what the carrier said.
    desk.carrier.answers = [new Error('the process ended here')];
    const id = await desk.approved([wang]);
    await until('it was handed over', async () => desk.carrier.taken.length === 1);
    await copiesAre(id, 'ATTEMPTING');
    await desk.until('2026-03-02 10:09');
    expect((await message(id)).status).toBe('SENDING');
    await desk.until('2026-03-02 10:10');
    await statusIs(id, 'SENT');
    expect((await message(id)).deliveries.nodes[0]).toMatchObject({
      status: 'FAILED',
      attempts: [{ outcome: 'UNKNOWN', endedAt: iso('2026-03-02 10:10') }],
    });
    await desk.until('2026-03-03 10:00');
    expect(desk.carrier.taken).toHaveLength(1);
  });

  it('is shared by several instances, each copy sent by one', async () => {
    const other = await desk.another();
    const id = await desk.approved(await reachable(12));
    await statusIs(id, 'SENT');
    await other.close();
    expect((await message(id)).counts).toEqual({ delivered: 12, failed: 0, skipped: 0 });
    const ids = desk.carrier.taken.map(({ deliveryId }) => deliveryId);
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(12);
  });

  it('ends in order: what is on its way is noted, what has not begun goes on with the next start', async () => {
    let release = (): void => undefined;
    const held = new Promise<{ outcome: 'ACCEPTED'; code: null }>((resolve) => {
      release = () => resolve({ outcome: 'ACCEPTED', code: null });
    });
    desk.carrier.answers = [held, held, held, held];
    const id = await desk.approved(await reachable(6));
    await until('four are on their way', () => desk.carrier.taken.length === 4);
    const closing = desk.close();
    release();
    await closing;
    expect(desk.carrier.taken).toHaveLength(4);
    await desk.reopen();
    await statusIs(id, 'SENT');
    expect((await message(id)).counts).toEqual({ delivered: 6, failed: 0, skipped: 0 });
    expect(desk.carrier.taken).toHaveLength(6);
  });

  it('goes to hundreds in a few transactions', async () => {
    const ids = await desk.customers(450);
    const id = await desk.approved(ids);
    await statusIs(id, 'SENT');
    expect((await message(id)).counts).toEqual({ delivered: 0, failed: 0, skipped: 450 });
    expect(desk.carrier.taken).toEqual([]);
  });
});
