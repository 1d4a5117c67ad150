import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, customer, elsewhere, home, jinxiu, staff } from './testing/test-desk';

const { zhouMin, zhaoJianguo, sunGong, liQiang, stranger } = staff;

describe('liaison forms', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  let interactionId: string;

  beforeEach(async () => {
    database = await createTestDatabase('liaison_forms');
    desk = await TestDesk.open(database.url, at('2026-03-02 09:15'));
    const { id } = (await desk.done(zhouMin, 'recordInteraction', {
      projectId: jinxiu,
      channel: 'VISIT',
      customerId: customer.chenWei,
      unitId: home.chenWei,
      content: '卧室墙面裂缝',
      facts: { matter: 'FAULT', faultDuty: 'BUILDER' },
    })) as { id: string };
    interactionId = id;
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  async function requested(): Promise<{ rectificationId: string }> {
    const form = { interactionId, fault: '墙面裂缝', place: '卧室' };
    const { id } = (await desk.done(zhouMin, 'requestRectification', form)) as { id: string };
    return { rectificationId: id };
  }

  rule('REC-13', 'a form has to say what and where', async () => {
    const form = { interactionId, fault: ' ', place: '卧室' };
    expect(await desk.refusalOf(zhouMin, 'requestRectification', form)).toBe('RECTIFICATION_DETAILS_MISSING');
    expect(await desk.commandFault(liQiang, 'requestRectification', form)).toBe('FORBIDDEN');
  });

  rule('REC-13', 'the right role in another project signs nothing here', async () => {
    const form = await requested();
    expect(await desk.commandFault(stranger, 'verifyRectification', form)).toBe('NOT_FOUND');
    const both = {
      ...zhouMin,
      roles: [...zhouMin.roles, { role: 'OFFICE_DIRECTOR' as const, projectIds: [elsewhere] }],
    };
    expect(await desk.refusalOf(both, 'verifyRectification', form)).toBe('SIGNER_NOT_ENTITLED');
    expect(await desk.commandFault(liQiang, 'verifyRectification', form)).toBe('FORBIDDEN');
  });

  rule(
    'REC-13',
    'it is given up with a reason until the developer has signed for it, and then no more',
    async () => {
      const first = await requested();
      expect(await desk.refusalOf(zhouMin, 'withdrawRectification', { ...first, reason: ' ' })).toBe(
        'RECEPTION_TEXT_MISSING',
      );
      await desk.done(zhouMin, 'withdrawRectification', { ...first, reason: '客户自行处理' });
      expect(await desk.refusalOf(zhaoJianguo, 'verifyRectification', first)).toBe('OUT_OF_ORDER_SIGNATURE');

      const second = await requested();
      await desk.done(zhaoJianguo, 'verifyRectification', second);
      await desk.done(sunGong, 'signForRectification', second);
      expect(await desk.refusalOf(zhouMin, 'withdrawRectification', { ...second, reason: '算了' })).toBe(
        'RECTIFICATION_NOT_IN_REQUIRED_STATUS',
      );
      await desk.done(sunGong, 'confirmRectificationCompletion', second);
      expect(await desk.refusalOf(sunGong, 'confirmRectificationCompletion', second)).toBe(
        'OUT_OF_ORDER_SIGNATURE',
      );
      expect(await desk.events('rectification-completed.v1')).toMatchObject([
        { interactionId, by: sunGong.staffId, unitId: home.chenWei },
      ]);
    },
  );
});
