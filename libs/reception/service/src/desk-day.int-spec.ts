import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, jinxiu, staff } from './testing/test-desk';
import {
  allThere,
  call,
  charge,
  counter,
  done,
  introduceParties,
  payment,
  refused,
  rented,
  wuGang,
} from './testing/desk-parties';

const { zhouMin, chenJing, lobbyGuard } = staff;

describe('the counter on day one', () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeEach(async () => {
    database = await createTestDatabase('desk day');
    desk = await TestDesk.open(database.url, at('2026-02-28 09:00'));
    await introduceParties(desk);
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  rule(
    ['REC-23', 'REC-35', 'REC-37', 'REC-38'],
    'a tenant pays at 13:20, moves his goods out at 14:10, and at 18:00 cash equals receipts',
    async () => {
      await charge(desk, rented, '2026-01', '180.00');
      await charge(desk, rented, '2026-02', '180.00');
      await desk.moveTo(at('2026-03-02 08:55'));
      const shift = await done(desk, zhouMin, 'openShift', { projectId: jinxiu }, 'status staff { id }');
      expect(shift).toMatchObject({ status: 'OPEN', staff: { id: zhouMin.staffId } });

      await desk.moveTo(at('2026-03-02 13:10'));
      const slip = await done(
        desk,
        zhouMin,
        'applyForRelease',
        {
          projectId: jinxiu,
          unitId: rented,
          applicantId: wuGang,
          identityCopied: true,
          goods: [
            { description: '电视', quantity: 1 },
            { description: '椅子', quantity: 4 },
          ],
        },
        'kind status unit { id } applicant { id } goods { line description quantity }',
      );
      expect(slip).toMatchObject({
        kind: 'TENANT',
        status: 'REQUESTED',
        unit: { id: rented },
        applicant: { id: wuGang },
        goods: [
          { line: 1, description: '电视', quantity: 1 },
          { line: 2, description: '椅子', quantity: 4 },
        ],
      });
      const releaseSlipId = slip.id;
      await done(desk, zhouMin, 'signReleaseSlip', { releaseSlipId, signedById: wuGang });
      const reasons = '... on ReleaseNotPossible { version reasons { what months amount } }';
      expect(await refused(desk, zhouMin, 'issueReleaseSlip', { releaseSlipId }, reasons)).toMatchObject({
        code: 'RELEASE_NOT_POSSIBLE',
        message: expect.stringContaining('租户应缴的管理费未缴清（欠 2 个月'),
        version: 3,
        reasons: [
          { what: 'FEES_UNPAID', months: 2, amount: '360.00' },
          { what: 'OWNER_NOT_CALLED', months: null, amount: null },
        ],
      });

      await desk.moveTo(at('2026-03-02 13:20'));
      const receipt = await done(
        desk,
        zhouMin,
        'takePayment',
        payment('360.00'),
        'number amount prepaid collectedBy invoiceToFollow covers { month amount } shift { id } forCustomer { id }',
      );
      expect(receipt).toMatchObject({
        number: 'JX-R-20260302-001',
        amount: '360.00',
        prepaid: '0.00',
        collectedBy: 'DESK',
        invoiceToFollow: true,
        covers: [
          { month: '2026-01', amount: '180.00' },
          { month: '2026-02', amount: '180.00' },
        ],
        shift: { id: shift.id },
        forCustomer: { id: wuGang },
      });

      await desk.moveTo(at('2026-03-02 13:25'));
      await done(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId));
      const issued = await done(
        desk,
        zhouMin,
        'issueReleaseSlip',
        { releaseSlipId },
        'status issuedAt issuedBy { id } refusals { refusedAt by reasons { what } } history { command from to }',
      );
      expect(issued).toMatchObject({
        status: 'ISSUED',
        issuedAt: at('2026-03-02 13:25').toISOString(),
        issuedBy: { id: zhouMin.staffId },
        refusals: [
          {
            refusedAt: at('2026-03-02 13:10').toISOString(),
            by: zhouMin.staffId,
            reasons: [{ what: 'FEES_UNPAID' }, { what: 'OWNER_NOT_CALLED' }],
          },
        ],
        history: [
          { command: 'applyForRelease', from: null, to: 'REQUESTED' },
          { command: 'signReleaseSlip', from: 'REQUESTED', to: 'REQUESTED' },
          { command: 'issueReleaseSlip', from: 'REQUESTED', to: 'REFUSED' },
          { command: 'recordOwnerCall', from: 'REFUSED', to: 'REFUSED' },
          { command: 'issueReleaseSlip', from: 'REFUSED', to: 'ISSUED' },
        ],
      });

      await desk.moveTo(at('2026-03-02 14:10'));
      const redeemed = await done(
        desk,
        lobbyGuard,
        'redeemReleaseSlip',
        { releaseSlipId, checked: allThere },
        'status redemption { by redeemedAt goods { line found } }',
      );
      expect(redeemed).toMatchObject({
        status: 'REDEEMED',
        redemption: { by: lobbyGuard.staffId, redeemedAt: at('2026-03-02 14:10').toISOString() },
      });
      await desk.moveTo(at('2026-03-02 14:12'));
      const again = await refused(
        desk,
        counter.secondGuard,
        'redeemReleaseSlip',
        { releaseSlipId, checked: allThere },
        '... on ReleaseSlipAlreadyRedeemed { redeemedAt redeemedBy }',
      );
      expect(again).toMatchObject({
        code: 'RELEASE_SLIP_ALREADY_REDEEMED',
        redeemedAt: at('2026-03-02 14:10').toISOString(),
        redeemedBy: lobbyGuard.staffId,
      });

      await desk.moveTo(at('2026-03-02 18:00'));
      const shiftId = shift.id;
      const counted = await done(
        desk,
        zhouMin,
        'countShift',
        { shiftId, cash: '360', receipts: 1 },
        'count { differences { of } counted { cash } expected { cash receipts } }',
      );
      expect(counted['count']).toEqual({
        differences: [],
        counted: { cash: '360.00' },
        expected: { cash: '360.00', receipts: 1 },
      });
      await done(desk, zhouMin, 'handOverShift', { shiftId, specialNotes: ['6号楼电梯故障，住户多次来电'] });
      await desk.moveTo(at('2026-03-02 18:05'));
      const accepted = await done(
        desk,
        chenJing,
        'acceptShiftHandover',
        { shiftId },
        'status specialNotes handedOverAt answeredAt answeredBy { id }',
      );
      expect(accepted).toMatchObject({
        status: 'ACCEPTED',
        specialNotes: ['6号楼电梯故障，住户多次来电'],
        handedOverAt: at('2026-03-02 18:00').toISOString(),
        answeredAt: at('2026-03-02 18:05').toISOString(),
        answeredBy: { id: chenJing.staffId },
      });

      expect(await desk.events()).toEqual([
        'release-slip-refused.v1',
        'receipt-issued.v1',
        'release-slip-issued.v1',
        'release-slip-redeemed.v1',
        'shift-handed-over.v1',
        'shift-handover-accepted.v1',
      ]);
      expect(await desk.events('shift-handed-over.v1')).toMatchObject([
        {
          shiftId,
          staffId: zhouMin.staffId,
          cashExpected: '360.00',
          cashCounted: '360.00',
          receiptsExpected: 1,
          receiptsCounted: 1,
          differences: 0,
          specialNotes: 1,
        },
      ]);
    },
  );
});
