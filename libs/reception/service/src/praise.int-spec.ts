// The graph's answers are as loose here as a client sees them.
/* eslint-disable @typescript-eslint/no-unsafe-member-access */
import { directoryEvents } from '@anju/events';
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, customer, home, idOf, jinxiu, staff } from './testing/test-desk';

const { zhouMin, liQiang } = staff;
const fields = 'text recordedAt staff { id } customer { id } recordedBy { id } interaction { number }';

describe('praise of employees', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  let interactionId: string;

  beforeAll(async () => {
    database = await createTestDatabase('praise');
    desk = await TestDesk.open(database.url, at('2026-03-02 11:00'));
    const contact = await desk.done(zhouMin, 'recordInteraction', {
      projectId: jinxiu,
      channel: 'PHONE',
      customerId: customer.wangXiulan,
      unitId: home.wangXiulan,
      content: '师傅修得又快又干净',
      facts: { matter: 'QUESTION' },
    });
    interactionId = contact.id as string;
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  const praise = (change: object = {}): object => ({
    interactionId,
    staffId: liQiang.staffId,
    customerId: customer.wangXiulan,
    text: '师傅修得又快又干净',
    ...change,
  });

  rule('APR-10', 'is recorded at its contact, and told of without its words', async () => {
    const input = praise({ idempotencyKey: 'praise 1' });
    const recorded = await desk.done(zhouMin, 'praiseStaff', input, fields);
    expect(recorded).toMatchObject({
      text: '师傅修得又快又干净',
      staff: { id: liQiang.staffId },
      customer: { id: customer.wangXiulan },
      recordedBy: { id: zhouMin.staffId },
      interaction: { number: 'JX-20260302-001' },
    });
    expect(await desk.done(zhouMin, 'praiseStaff', input, fields)).toEqual(recorded);
    expect(await desk.events('staff-praised.v1')).toEqual([
      {
        praiseId: recorded.id,
        projectId: jinxiu,
        interactionId,
        staffId: liQiang.staffId,
        customerId: customer.wangXiulan,
        by: zhouMin.staffId,
        at: at('2026-03-02 11:00').toISOString(),
      },
    ]);
    const source = 'query($id: ID!) { interaction(id: $id) { praises { id history { command } } } }';
    expect(await desk.ask(zhouMin, source, { id: interactionId })).toEqual({
      interaction: { praises: [{ id: recorded.id, history: [{ command: 'praiseStaff' }] }] },
    });
  });

  rule('APR-11', 'is nobody’s own to record, needs words, and is of the contact’s customers', async () => {
    const himself = praise({ staffId: zhouMin.staffId });
    expect(await desk.refusalOf(zhouMin, 'praiseStaff', himself)).toBe('STAFF_PRAISES_HIMSELF');
    expect(await desk.refusalOf(zhouMin, 'praiseStaff', praise({ text: ' ' }))).toBe(
      'RECEPTION_TEXT_MISSING',
    );
    const another = praise({ customerId: customer.liuYang });
    expect(await desk.refusalOf(zhouMin, 'praiseStaff', another)).toBe('PRAISER_NOT_OF_CONTACT');
    const unknown = praise({ staffId: idOf('nobody at all') });
    expect(await desk.commandFault(zhouMin, 'praiseStaff', unknown)).toBe('BAD_USER_INPUT');
    expect(await desk.commandFault(liQiang, 'praiseStaff', praise())).toBe('FORBIDDEN');
  });

  rule('DIR-06', 'follows its customer when records are merged', async () => {
    const { id } = await desk.done(zhouMin, 'praiseStaff', praise());
    await desk.deliver(
      directoryEvents.customerMerged,
      {
        projectId: null,
        customerId: customer.wangXiulan,
        intoCustomerId: customer.liuYang,
        projectIds: [jinxiu],
        movedRoleIds: [],
      },
      customer.liuYang,
    );
    const source = 'query($id: ID!) { interaction(id: $id) { praises { id customer { id } } } }';
    const { interaction } = await desk.ask(zhouMin, source, { id: interactionId });
    expect(interaction.praises).toContainEqual({ id, customer: { id: customer.liuYang } });
  });
});
