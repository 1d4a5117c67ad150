import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, elsewhere, idOf, jinxiu, staff } from './testing/test-desk';
import {
  counter,
  done,
  introduceParties,
  outcomeOf,
  payment,
  read,
  refused,
  shiftOf,
  type Thing,
} from './testing/desk-parties';

const { zhouMin, chenJing, linFang, lobbyGuard } = staff;
const { finance } = counter;

describe('shifts and their handover', () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeEach(async () => {
    database = await createTestDatabase('desk shifts');
    desk = await TestDesk.open(database.url, at('2026-03-02 08:55'));
    await introduceParties(desk);
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  const count = (shiftId: string, cash: string, receipts: number, goods?: object[]): Promise<Thing> =>
    done(
      desk,
      zhouMin,
      'countShift',
      { shiftId, cash, receipts, goods },
      `count { by countedAt counted { cash receipts goods { code quantity } }
         expected { cash receipts goods { code quantity } } differences { of code expected counted } }`,
    );

  rule(
    ['REC-23', 'REC-35'],
    'the drawer should hold the cash of the receipts of the shift, and no other money',
    async () => {
      const shiftId = await shiftOf(desk, zhouMin);
      await shiftOf(desk, chenJing, '两个窗口');
      for (const [who, amount, method] of [
        [zhouMin, '100.10', 'CASH'],
        [zhouMin, '0.20', 'CASH'],
        [zhouMin, '77', 'WECHAT'],
        [chenJing, '50', 'CASH'],
        [finance, '1000', 'CASH'],
      ] as const) {
        await done(desk, who, 'takePayment', payment(amount, { method }));
      }
      const { id: receiptId } = await done(desk, zhouMin, 'takePayment', payment('30'));
      await done(desk, linFang, 'cancelReceipt', { receiptId, reason: '多收' });
      const counted = await count(shiftId, '100.30', 4);
      expect(counted['count']).toMatchObject({
        by: zhouMin.staffId,
        countedAt: at('2026-03-02 08:55').toISOString(),
        expected: { cash: '100.30', receipts: 4, goods: [] },
        counted: { cash: '100.30', receipts: 4 },
        differences: [],
      });
      const { nodes } = await read<{ nodes: Thing[] }>(
        desk,
        zhouMin,
        `query($p: ID!) { shifts(filter: { projectId: $p }) { nodes {
           id staff { id } expected { cash receipts } receipts { totalCount nodes { amount } } } } }`,
        { p: jinxiu },
      );
      expect(nodes).toMatchObject([
        { expected: { cash: '50.00', receipts: 1 }, receipts: { totalCount: 1 } },
        { id: shiftId, expected: { cash: '100.30', receipts: 4 }, receipts: { totalCount: 4 } },
      ]);
    },
  );

  rule('REC-23', 'a difference is shown, and the shift is handed over only with an explanation', async () => {
    const shiftId = await shiftOf(desk, zhouMin);
    await done(desk, zhouMin, 'takePayment', payment('100'));
    expect(await outcomeOf(desk, zhouMin, 'handOverShift', { shiftId })).toBe('SHIFT_NOT_COUNTED');
    const counted = await count(shiftId, '90', 2, [{ code: 'UMBRELLA', quantity: 3 }]);
    const differences = [
      { of: 'CASH', code: null, expected: '100.00', counted: '90.00' },
      { of: 'RECEIPTS', code: null, expected: '1', counted: '2' },
      { of: 'GOODS', code: 'UMBRELLA', expected: '0', counted: '3' },
    ];
    expect(counted['count']).toMatchObject({ differences });
    const detail = '... on ShiftDifferenceNotExplained { differences { of code expected counted } }';
    expect(await refused(desk, zhouMin, 'handOverShift', { shiftId }, detail)).toMatchObject({
      code: 'SHIFT_DIFFERENCE_NOT_EXPLAINED',
      differences,
    });
    const handedOver = await done(
      desk,
      zhouMin,
      'handOverShift',
      { shiftId, explanation: '找零差错；雨伞首次登记' },
      'status explanation handedOverAt',
    );
    expect(handedOver).toMatchObject({ status: 'HANDED_OVER', explanation: '找零差错；雨伞首次登记' });
  });

  rule('REC-23', 'goods are counted against what the last accepted handover counted', async () => {
    const first = await shiftOf(desk, zhouMin);
    await count(first, '0', 0, [{ code: 'UMBRELLA', quantity: 3 }]);
    await done(desk, zhouMin, 'handOverShift', { shiftId: first, explanation: '首次登记' });
    await done(desk, chenJing, 'acceptShiftHandover', { shiftId: first });
    await desk.moveTo(at('2026-03-02 14:00'));
    const second = await shiftOf(desk, zhouMin);
    const short = await count(second, '0', 0, [{ code: 'UMBRELLA', quantity: 2 }]);
    expect(short['count']).toMatchObject({
      differences: [{ of: 'GOODS', code: 'UMBRELLA', expected: '3', counted: '2' }],
    });
    await done(desk, zhouMin, 'handOverShift', { shiftId: second, explanation: '借给客户一把' });
    await desk.moveTo(at('2026-03-02 18:00'));
    const third = await shiftOf(desk, zhouMin, '上一班还没接');
    const found = await count(third, '0', 0, [{ code: 'UMBRELLA', quantity: 3 }]);
    expect(found['count']).toMatchObject({ differences: [] });
  });

  rule('REC-23', 'special notes and open matters go over to the next shift', async () => {
    const { id: interactionId } = await done(desk, zhouMin, 'recordInteraction', {
      projectId: jinxiu,
      channel: 'PHONE',
      callerName: '王女士',
      callbackContact: '13900001111',
      content: '问电梯何时修好',
      facts: { matter: 'QUESTION' },
    });
    const shiftId = await shiftOf(desk, zhouMin);
    await count(shiftId, '0', 0);
    const openMatters = [{ interactionId }, { note: '等电信回电' }];
    const specialNotes = ['VIP 客户 19:00 到访'];
    const handedOver = await done(
      desk,
      zhouMin,
      'handOverShift',
      { shiftId, openMatters, specialNotes },
      'specialNotes openMatters { note interactionId interaction { number } }',
    );
    expect(handedOver).toMatchObject({
      specialNotes,
      openMatters: [
        { note: null, interactionId, interaction: { number: 'JX-20260302-001' } },
        { note: '等电信回电', interactionId: null, interaction: null },
      ],
    });
    expect(await desk.events('shift-handed-over.v1')).toMatchObject([
      { specialNotes: 1, openInteractionIds: [interactionId] },
    ]);
    const other = await shiftOf(desk, chenJing, '前一班未接');
    await done(desk, chenJing, 'countShift', { shiftId: other, cash: '0', receipts: 0 });
    const unknown = { shiftId: other, openMatters: [{ interactionId: idOf('no contact') }] };
    expect(await desk.commandFault(chenJing, 'handOverShift', unknown)).toBe('BAD_USER_INPUT');
  });

  rule('REC-23', 'the next shift disputes it, and it is counted and handed over again', async () => {
    const shiftId = await shiftOf(desk, zhouMin);
    await count(shiftId, '0', 0);
    await done(desk, zhouMin, 'handOverShift', { shiftId });
    expect(await outcomeOf(desk, zhouMin, 'acceptShiftHandover', { shiftId })).toBe('OWN_HANDOVER');
    const dispute = { shiftId, reason: '抽屉里多 20 元' };
    expect(await outcomeOf(desk, zhouMin, 'disputeShiftHandover', dispute)).toBe('OWN_HANDOVER');
    expect(await outcomeOf(desk, chenJing, 'disputeShiftHandover', { shiftId, reason: '' })).toBe(
      'RECEPTION_TEXT_MISSING',
    );
    const disputed = await done(
      desk,
      chenJing,
      'disputeShiftHandover',
      dispute,
      'status disputeReason answeredBy { id }',
    );
    expect(disputed).toMatchObject({
      status: 'DISPUTED',
      disputeReason: '抽屉里多 20 元',
      answeredBy: { id: chenJing.staffId },
    });
    expect(await outcomeOf(desk, zhouMin, 'takePayment', payment('1'))).toBe('NO_OPEN_SHIFT');
    await count(shiftId, '20', 0);
    await done(desk, zhouMin, 'handOverShift', { shiftId, explanation: '客户多给，已联系' });
    const accepted = await done(
      desk,
      chenJing,
      'acceptShiftHandover',
      { shiftId },
      'status history { command from to actor reason }',
    );
    expect(accepted).toMatchObject({
      status: 'ACCEPTED',
      history: [
        { command: 'openShift', from: null, to: 'OPEN' },
        { command: 'countShift', from: 'OPEN', to: 'OPEN' },
        { command: 'handOverShift', from: 'OPEN', to: 'HANDED_OVER' },
        { command: 'disputeShiftHandover', to: 'DISPUTED', reason: '抽屉里多 20 元' },
        { command: 'countShift', from: 'DISPUTED', to: 'DISPUTED' },
        { command: 'handOverShift', from: 'DISPUTED', to: 'HANDED_OVER' },
        { command: 'acceptShiftHandover', to: 'ACCEPTED', actor: chenJing.staffId },
      ],
    });
    expect(await desk.events()).toEqual([
      'shift-handed-over.v1',
      'shift-handover-disputed.v1',
      'shift-handed-over.v1',
      'shift-handover-accepted.v1',
    ]);
  });

  rule('REC-23', 'over an unaccepted handover a shift opens only with a reason', async () => {
    const first = await shiftOf(desk, zhouMin);
    const open = { projectId: jinxiu };
    const detail = '... on ShiftHandoverNotAccepted { previousShiftId status }';
    expect(await refused(desk, chenJing, 'openShift', open, detail)).toMatchObject({
      code: 'SHIFT_HANDOVER_NOT_ACCEPTED',
      previousShiftId: first,
      status: 'OPEN',
    });
    await count(first, '0', 0);
    await done(desk, zhouMin, 'handOverShift', { shiftId: first });
    expect(await refused(desk, chenJing, 'openShift', { ...open, reason: ' ' }, detail)).toMatchObject({
      previousShiftId: first,
      status: 'HANDED_OVER',
    });
    const reason = '周敏已离岗，明早补办';
    const second = await done(desk, chenJing, 'openShift', { ...open, reason }, 'openedOverReason');
    expect(second['openedOverReason']).toBe(reason);
  });

  rule('REC-23', 'nobody opens a second shift beside his own, whatever the reason', async () => {
    const first = await shiftOf(desk, zhouMin);
    await shiftOf(desk, chenJing, '两个窗口');
    const again = { projectId: jinxiu, reason: '再开一个' };
    const detail = '... on ShiftHandoverNotAccepted { previousShiftId }';
    expect(await refused(desk, zhouMin, 'openShift', again, detail)).toMatchObject({
      previousShiftId: first,
    });
  });

  rule('REC-23', 'of those who open at the same moment all but one have to give a reason', async () => {
    const outcomes = await desk.dataSource.transaction(async (tx) => {
      // They read, and none can write until all have had the time to.
      await tx.query('lock table shift in share mode');
      const opening = [zhouMin, chenJing, linFang].map((who) =>
        outcomeOf(desk, who, 'openShift', { projectId: jinxiu }),
      );
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { opening };
    });
    const refusal = 'SHIFT_HANDOVER_NOT_ACCEPTED';
    expect((await Promise.all(outcomes.opening)).sort()).toEqual(['DONE', refusal, refusal]);
  });

  rule(['REC-23', 'REC-35'], 'money that comes in after the count is not lost in the handover', async () => {
    const shiftId = await shiftOf(desk, zhouMin);
    await count(shiftId, '0', 0);
    await done(desk, zhouMin, 'takePayment', payment('100'));
    expect(await outcomeOf(desk, zhouMin, 'handOverShift', { shiftId })).toBe('SHIFT_COUNT_OUTDATED');
    await count(shiftId, '100', 1);
    expect(await outcomeOf(desk, zhouMin, 'handOverShift', { shiftId })).toBe('DONE');
    expect(await outcomeOf(desk, zhouMin, 'takePayment', payment('100'))).toBe('NO_OPEN_SHIFT');
  });

  rule(['REC-23', 'REC-35'], 'a payment at the moment of the handover is in it, or refused', async () => {
    for (let round = 1; round <= 8; round += 1) {
      const shiftId = await shiftOf(desk, zhouMin, 'next round');
      await done(desk, zhouMin, 'takePayment', payment('10'));
      await count(shiftId, '10', 1);
      const pay = (): Promise<string> => outcomeOf(desk, zhouMin, 'takePayment', payment('100'));
      const handOver = (): Promise<string> => outcomeOf(desk, zhouMin, 'handOverShift', { shiftId });
      const commands = round % 2 === 0 ? [pay(), handOver()] : [handOver(), pay()];
      const outcomes = (await Promise.all(commands)).sort();
      expect([
        ['DONE', 'NO_OPEN_SHIFT'],
        ['DONE', 'SHIFT_COUNT_OUTDATED'],
      ]).toContainEqual(outcomes);
      if (outcomes.includes('SHIFT_COUNT_OUTDATED')) {
        await count(shiftId, '110', 2);
        await done(desk, zhouMin, 'handOverShift', { shiftId });
      }
    }
    const lost: { id: string }[] = await desk.dataSource.query(`
      select s.id from shift s where (s.count->'expected'->>'cash')::numeric
        is distinct from (select sum(amount) from receipt r where r.shift_id = s.id)`);
    expect(lost).toEqual([]);
  });

  rule('REC-23', 'only whose shift it is hands it over', async () => {
    const shiftId = await shiftOf(desk, zhouMin);
    await count(shiftId, '0', 0);
    const detail = '... on ShiftOfAnother { staffId }';
    expect(await refused(desk, chenJing, 'handOverShift', { shiftId }, detail)).toMatchObject({
      code: 'SHIFT_OF_ANOTHER',
      staffId: zhouMin.staffId,
    });
  });

  it('refuses a count below nothing, and money that is none', async () => {
    const shiftId = await shiftOf(desk, zhouMin);
    const detail = '... on ShiftCountNegative { what }';
    for (const [input, what] of [
      [{ cash: '-0.01', receipts: 0 }, 'cash'],
      [{ cash: '0', receipts: -1 }, 'receipts'],
      [{ cash: '0', receipts: 0, goods: [{ code: 'UMBRELLA', quantity: -1 }] }, 'UMBRELLA'],
    ] as const) {
      const answer = await refused(desk, zhouMin, 'countShift', { shiftId, ...input }, detail);
      expect(answer).toMatchObject({ code: 'SHIFT_COUNT_NEGATIVE', what });
    }
    const absurd = { shiftId, cash: '99999999999', receipts: 0 };
    expect(await desk.commandFault(zhouMin, 'countShift', absurd)).toBe('BAD_USER_INPUT');
  });

  it('is the business of the desk of the project alone', async () => {
    const shiftId = await shiftOf(desk, zhouMin);
    expect(await desk.commandFault(lobbyGuard, 'openShift', { projectId: jinxiu })).toBe('FORBIDDEN');
    expect(await desk.commandFault(zhouMin, 'openShift', { projectId: elsewhere })).toBe('FORBIDDEN');
    const { roles, ...who } = zhouMin;
    const elsewhereDesk = { ...who, roles: [{ role: roles[0]!.role, projectIds: [elsewhere] }] };
    const input = { shiftId, cash: '0', receipts: 0 };
    expect(await desk.commandFault(elsewhereDesk, 'countShift', input)).toBe('NOT_FOUND');
    const query = 'query($id: ID!) { shift(id: $id) { id } }';
    expect(await desk.ask(elsewhereDesk, query, { id: shiftId })).toEqual({ shift: null });
  });
});
