import { rule } from '@anju/testing';
import { AnotherDay, shanghai, type Refused } from './another-day';
import { Counter, reasonsOf, type Obstacle, type Shift, type Slip } from './another-day-counter';

const bed = { description: '双人床', quantity: 1 };
const boxes = { description: '纸箱', quantity: 6 };
const television = { description: '电视', quantity: 1 };

describe('the counter on other days', () => {
  let day: AnotherDay;
  let counter: Counter;

  beforeAll(async () => {
    day = await AnotherDay.from('2026-03-02 08:30');
    counter = new Counter(day);
  });

  afterAll(() => day?.close());

  describe('a tenant who wants to move out', () => {
    const attempts = {} as Record<
      'atOnce' | 'wrongSigner' | 'noConsent' | 'oneFen' | 'changedList',
      readonly Obstacle[]
    >;
    const refusals = {} as Record<
      | 'calledStranger'
      | 'noReason'
      | 'notIssued'
      | 'unchecked'
      | 'tooMany'
      | 'unlisted'
      | 'twice'
      | 'cancelled',
      Refused
    >;
    let issued: Slip;
    let redeemed: Pick<Slip, 'status'>;
    let guardOnly: string;

    beforeAll(async () => {
      await day.at('2026-03-02 10:00');
      await counter.charge('1-1-0501', ['2026-01', '2026-02'], '312.62');
      const releaseSlipId = await counter.apply('1-1-0501', 'wugang', [], false);
      attempts.atOnce = await counter.obstacles(releaseSlipId, { hurry: true });
      await counter.slip('zhoumin', 'listReleaseGoods', { releaseSlipId, goods: [bed, boxes] });
      await counter.slip('zhoumin', 'recordIdentityCopy', { releaseSlipId });
      await counter.sign(releaseSlipId, 'heming');
      attempts.wrongSigner = await counter.obstacles(releaseSlipId);
      await counter.sign(releaseSlipId, 'wugang');
      const call = { releaseSlipId, knowsOfMove: true, rentOwed: false, ownersThingsOnList: false };
      const owner = { ...call, ownerId: day.customer('heming') };
      refusals.calledStranger = await day.refused('zhoumin', 'recordOwnerCall', {
        ...call,
        ownerId: day.customer('wangxiulan'),
        consents: true,
      });
      refusals.noReason = await day.refused('zhoumin', 'recordOwnerCall', { ...owner, consents: false });
      const no = { ...owner, rentOwed: true, consents: false, reason: '欠租两个月' };
      await counter.slip('zhoumin', 'recordOwnerCall', no);
      attempts.noConsent = await counter.obstacles(releaseSlipId);
      await counter.pay('zhangli', '1-1-0501', 'wugang', '625.23');
      attempts.oneFen = await counter.obstacles(releaseSlipId);
      await counter.pay('zhangli', '1-1-0501', 'wugang', '0.02');
      await counter.slip('zhoumin', 'recordOwnerCall', { ...owner, consents: true });
      await counter.slip('zhoumin', 'listReleaseGoods', { releaseSlipId, goods: [bed, television] });
      attempts.changedList = await counter.obstacles(releaseSlipId);
      await counter.sign(releaseSlipId, 'wugang');
      await counter.slip('zhoumin', 'recordOwnerCall', { ...owner, consents: true });
      const found = (...goods: number[]) => ({
        releaseSlipId,
        checked: goods.map((count, index) => ({ line: index + 1, found: count })),
      });
      const notRedeemed = (input: object) =>
        day.refused(
          'guowei',
          'redeemReleaseSlip',
          input,
          `... on GoodsNotChecked { uncheckedLines }
           ... on GoodsNotOnSlip { lines { line listed found } unlisted }`,
        );
      refusals.notIssued = await notRedeemed(found(1, 1));
      issued = await counter.slip('zhoumin', 'issueReleaseSlip', { releaseSlipId, hurry: true });
      refusals.unchecked = await notRedeemed(found(1));
      refusals.tooMany = await notRedeemed(found(1, 2, 1));
      refusals.unlisted = await notRedeemed({ ...found(1, 1), unlisted: ['洗衣机'] });
      guardOnly = (await day.rejected('zhoumin', 'redeemReleaseSlip', found(1, 1))).code;
      redeemed = await day.do('guowei', 'redeemReleaseSlip', 'ReleaseSlip', found(1, 0), 'status');
      refusals.twice = await notRedeemed(found(0, 1));
      refusals.cancelled = await day.refused('zhoumin', 'cancelReleaseSlip', {
        releaseSlipId,
        reason: '不搬',
      });
    });

    rule(['REC-37', 'REC-38'], 'is told everything that stands against it at once', () => {
      expect(reasonsOf(attempts.atOnce)).toEqual([
        'IDENTITY_COPY_MISSING',
        'GOODS_LIST_EMPTY',
        'SIGNATURE_MISSING',
        'FEES_UNPAID',
        'HURRY_WITH_ARREARS',
        'OWNER_NOT_CALLED',
      ]);
    });

    rule('REC-37', 'gets no slip that somebody else signed, not even the owner', () => {
      expect(attempts.wrongSigner[0]).toMatchObject({
        what: 'SIGNED_BY_WRONG_PARTY',
        signedById: day.customer('heming'),
        expectedId: day.customer('wugang'),
      });
    });

    rule('REC-37', 'gets no slip without the consent of an owner, with the reason', () => {
      expect(refusals.calledStranger.code).toBe('CALLED_PARTY_NOT_OWNER');
      expect(refusals.noReason.code).toBe('RECEPTION_TEXT_MISSING');
      expect(attempts.noConsent).toMatchObject([
        { what: 'FEES_UNPAID', months: 2, amount: '625.24' },
        { what: 'OWNER_DOES_NOT_CONSENT', reason: '欠租两个月', rentOwed: true },
      ]);
    });

    rule(['REC-37', 'REC-35'], 'gets no slip while one fen of the fees is unpaid', () => {
      expect(attempts.oneFen[0]).toMatchObject({ what: 'FEES_UNPAID', months: 1, amount: '0.01' });
      expect(issued).toMatchObject({ status: 'ISSUED', arrearsTold: null });
    });

    rule('REC-37', 'with another list needs another signature and another call', () => {
      expect(reasonsOf(attempts.changedList)).toEqual(['SIGNATURE_MISSING', 'OWNER_NOT_CALLED']);
    });

    rule('REC-38', 'in a hurry and without arrears the lobby is told as the slip is issued', () => {
      expect(issued).toMatchObject({
        issuedAt: shanghai('2026-03-02 10:00'),
        lobbyToldAt: shanghai('2026-03-02 10:00'),
      });
    });

    rule('REC-38', 'the guard lets pass what is on the list, every line checked, once', () => {
      expect(refusals.notIssued.code).toBe('RELEASE_SLIP_NOT_IN_REQUIRED_STATUS');
      expect(refusals.unchecked).toMatchObject({ code: 'GOODS_NOT_CHECKED', uncheckedLines: [2] });
      expect(refusals.tooMany).toMatchObject({
        code: 'GOODS_NOT_ON_SLIP',
        lines: [
          { line: 2, listed: 1, found: 2 },
          { line: 3, listed: 0, found: 1 },
        ],
      });
      expect(refusals.unlisted).toMatchObject({ code: 'GOODS_NOT_ON_SLIP', unlisted: ['洗衣机'] });
      expect(guardOnly).toBe('FORBIDDEN');
      expect(redeemed.status).toBe('REDEEMED');
      expect(refusals.twice.code).toBe('RELEASE_SLIP_ALREADY_REDEEMED');
      expect(refusals.cancelled.code).toBe('RELEASE_SLIP_NOT_IN_REQUIRED_STATUS');
    });

    rule(['CMP-16', 'INS-01'], 'the metrics of the day equal a count of this page', async () => {
      expect(await day.metrics('2026-03-02', '2026-03-02')).toMatchObject({
        release_slips_issued: '1/',
        fees_collected: '625.25/',
      });
    });
  });

  describe('an owner in arrears', () => {
    let told: readonly Obstacle[];
    let hurry: readonly Obstacle[];
    let director: readonly Obstacle[];
    let twoMonths: Slip;
    let threeMonths: Slip;
    let notCalled: Refused;
    let stranger: Refused;

    beforeAll(async () => {
      await day.at('2026-03-03 10:00');
      await counter.charge('3-2-1201', ['2026-01', '2026-02', '2026-03'], '280.50');
      stranger = await day.refused('zhoumin', 'applyForRelease', {
        projectId: day.projectId,
        unitId: day.unit('3-2-1201'),
        applicantId: day.customer('chenwei'),
      });
      const first = await counter.apply('3-2-1201', 'wangxiulan', [bed]);
      const second = await counter.apply('3-2-1201', 'wangxiulan', [boxes]);
      await counter.sign(first, 'wangxiulan');
      await counter.sign(second, 'wangxiulan');
      notCalled = await day.refused('zhoumin', 'recordOwnerCall', {
        releaseSlipId: first,
        ownerId: day.customer('wangxiulan'),
        knowsOfMove: true,
        rentOwed: false,
        ownersThingsOnList: false,
        consents: true,
      });
      // The fee of March is due on the 10th at 00:00.
      await day.at('2026-03-09 23:59');
      told = await counter.obstacles(first);
      hurry = await counter.obstacles(first, { arrearsTold: true, hurry: true });
      twoMonths = await counter.slip('zhoumin', 'issueReleaseSlip', {
        releaseSlipId: first,
        arrearsTold: true,
      });
      await day.at('2026-03-10 00:00');
      director = await counter.obstacles(second, { arrearsTold: true });
      await counter.slip('zhoumin', 'informDirector', {
        releaseSlipId: second,
        directorId: day.staff('zhaojianguo'),
      });
      threeMonths = await counter.slip('zhoumin', 'issueReleaseSlip', {
        releaseSlipId: second,
        arrearsTold: true,
      });
    });

    rule('REC-36', 'of two months is told of them, and gets the slip', () => {
      expect(told).toMatchObject([{ what: 'ARREARS_NOT_TOLD', months: 2, amount: '561.00' }]);
      expect(twoMonths).toMatchObject({ status: 'ISSUED', arrearsTold: { months: 2, amount: '561.00' } });
    });

    rule('REC-36', 'of three months gets it once the director is informed', () => {
      expect(director).toMatchObject([{ what: 'DIRECTOR_NOT_INFORMED', months: 3, amount: '841.50' }]);
      expect(threeMonths).toMatchObject({ status: 'ISSUED', arrearsTold: { months: 3, amount: '841.50' } });
    });

    rule('REC-38', 'is not let out in a hurry', () => {
      expect(reasonsOf(hurry)).toEqual(['HURRY_WITH_ARREARS']);
    });

    rule(
      ['REC-36', 'REC-37'],
      'is not called about himself; who has nothing to do with the home gets no slip',
      () => {
        expect(notCalled.code).toBe('OWNER_CALL_NOT_NEEDED');
        expect(stranger.code).toBe('APPLICANT_NOT_OF_UNIT');
      },
    );
  });

  describe('a shift whose cash does not agree', () => {
    const refusals = {} as Record<
      | 'noShift'
      | 'financeIsThere'
      | 'openTwice'
      | 'notCounted'
      | 'notExplained'
      | 'anothers'
      | 'outdated'
      | 'own'
      | 'noReason'
      | 'overDisputed',
      Refused
    >;
    const shifts = {} as Record<'short' | 'disputed' | 'over' | 'again' | 'accepted' | 'next', Shift>;

    beforeAll(async () => {
      await day.at('2026-03-11 08:55');
      const pay = (amount: string, method: string, financeAway = true) => ({
        projectId: day.projectId,
        unitId: day.unit('2-1-0801'),
        payerId: day.customer('liuyang'),
        amount,
        method,
        financeAway,
      });
      refusals.noShift = await day.refused('zhoumin', 'takePayment', pay('100.00', 'CASH'));
      const { id: shiftId } = await counter.shift('zhoumin', 'openShift', { projectId: day.projectId });
      refusals.openTwice = await day.refused('zhoumin', 'openShift', { projectId: day.projectId });
      refusals.financeIsThere = await day.refused('zhoumin', 'takePayment', pay('100.00', 'CASH', false));
      await day.do('zhoumin', 'takePayment', 'Receipt', pay('312.62', 'CASH'));
      await day.do('zhoumin', 'takePayment', 'Receipt', pay('312.62', 'WECHAT'));
      const mistaken = await day.do('zhoumin', 'takePayment', 'Receipt', pay('100.00', 'CASH'));
      const handOver = (more: object = {}) => ({ shiftId, specialNotes: ['留意现金'], ...more });
      const notHandedOver = (account: string, more: object = {}, selection = '') =>
        day.refused(account, 'handOverShift', handOver(more), selection);
      refusals.notCounted = await notHandedOver('zhoumin');
      await counter.shift('zhoumin', 'countShift', { shiftId, cash: '400.00', receipts: 3 });
      refusals.notExplained = await notHandedOver(
        'zhoumin',
        {},
        '... on ShiftDifferenceNotExplained { differences { of expected counted } }',
      );
      refusals.anothers = await notHandedOver('wuqian', { explanation: '找零差错' });
      await day.do('zhangli', 'cancelReceipt', 'Receipt', { receiptId: mistaken.id, reason: '重复收款' });
      refusals.outdated = await notHandedOver('zhoumin', { explanation: '找零差错' });
      const umbrellas = [{ code: 'UMBRELLA', quantity: 2 }];
      const count = (cash: string) => ({ shiftId, cash, receipts: 3, goods: umbrellas });
      await counter.shift('zhoumin', 'countShift', count('300.00'));
      shifts.short = await counter.shift('zhoumin', 'handOverShift', handOver({ explanation: '找零差错' }));
      refusals.own = await day.refused('zhoumin', 'acceptShiftHandover', { shiftId });
      refusals.noReason = await day.refused('wuqian', 'disputeShiftHandover', { shiftId, reason: ' ' });
      shifts.disputed = await counter.shift('wuqian', 'disputeShiftHandover', { shiftId, reason: '少12.62' });
      refusals.overDisputed = await day.refused('wuqian', 'openShift', { projectId: day.projectId });
      shifts.over = await counter.shift('wuqian', 'openShift', {
        projectId: day.projectId,
        reason: '等待复核',
      });
      await counter.shift('zhoumin', 'countShift', count('312.62'));
      shifts.again = await counter.shift('zhoumin', 'handOverShift', handOver({ explanation: '两把公用伞' }));
      shifts.accepted = await counter.shift('wuqian', 'acceptShiftHandover', { shiftId });
      const next = { shiftId: shifts.over.id, cash: '0.00', receipts: 0, goods: umbrellas };
      await counter.shift('wuqian', 'countShift', next);
      shifts.next = await counter.shift('wuqian', 'handOverShift', { shiftId: shifts.over.id });
    });

    rule('REC-35', 'money is taken at the desk only into an open shift, with finance away', () => {
      expect(refusals.noShift.code).toBe('NO_OPEN_SHIFT');
      expect(refusals.financeIsThere.code).toBe('FINANCE_IS_PRESENT');
    });

    rule('REC-23', 'is counted, the difference explained, before it is handed over by its own agent', () => {
      expect(refusals.notCounted.code).toBe('SHIFT_NOT_COUNTED');
      expect(refusals.notExplained).toMatchObject({
        code: 'SHIFT_DIFFERENCE_NOT_EXPLAINED',
        differences: [{ of: 'CASH', expected: '412.62', counted: '400.00' }],
      });
      expect(refusals.anothers.code).toBe('SHIFT_OF_ANOTHER');
      expect(shifts.short).toMatchObject({
        status: 'HANDED_OVER',
        explanation: '找零差错',
        expected: { cash: '312.62', receipts: 3 },
        count: {
          differences: [
            { of: 'CASH', expected: '312.62', counted: '300.00' },
            { of: 'GOODS', expected: '0', counted: '2' },
          ],
        },
      });
    });

    rule(['REC-23', 'REC-35'], 'is counted again after money was given back', () => {
      expect(refusals.outdated.code).toBe('SHIFT_COUNT_OUTDATED');
    });

    rule('REC-23', 'is disputed with a reason by another, counted and handed over again, accepted', () => {
      expect(refusals.own.code).toBe('OWN_HANDOVER');
      expect(refusals.noReason.code).toBe('RECEPTION_TEXT_MISSING');
      expect(shifts.disputed).toMatchObject({ status: 'DISPUTED', disputeReason: '少12.62' });
      expect(shifts.again).toMatchObject({ status: 'HANDED_OVER', disputeReason: null });
      expect(shifts.accepted.status).toBe('ACCEPTED');
    });

    rule('REC-23', 'the next does not open over it without a reason', () => {
      expect(refusals.openTwice.code).toBe('SHIFT_HANDOVER_NOT_ACCEPTED');
      expect(refusals.overDisputed.code).toBe('SHIFT_HANDOVER_NOT_ACCEPTED');
      expect(shifts.over).toMatchObject({ status: 'OPEN', openedOverReason: '等待复核' });
    });

    rule('REC-23', 'goods that were counted and accepted are what the next shift has to have', () => {
      expect(shifts.next.count!.differences).toEqual([]);
    });

    rule(['CMP-16', 'INS-01'], 'the metrics of the day equal a count of this page', async () => {
      expect(await day.metrics('2026-03-11', '2026-03-11')).toMatchObject({
        fees_collected: '625.24/',
        shifts_handed_over: '2/',
      });
    });
  });
});
