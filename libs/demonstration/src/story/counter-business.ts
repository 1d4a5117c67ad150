import { march, type Desk } from './desk';

const feePerMonth = '312.62';

/** 吴刚 moves out: unpaid fees, the owner's consent, one slip, redeemed once. */
export class MovingOut {
  private releaseSlipId = '';

  constructor(private readonly desk: Desk) {}

  async isRefused(): Promise<void> {
    const { desk } = this;
    const { teller, setting } = desk;
    await desk.at(
      march(2, '13:10'),
      '吴刚 (tenant of 1-1-0501) wants to move goods out; two months of fees are unpaid',
    );
    const { id } = await teller.command('zhoumin', 'applyForRelease', 'ReleaseSlip', {
      projectId: setting.projectId,
      unitId: desk.unit('1-1-0501'),
      applicantId: desk.customer('wugang'),
      goods: [
        { description: '双人床', quantity: 1 },
        { description: '纸箱', quantity: 6 },
      ],
      identityCopied: true,
    });
    this.releaseSlipId = id;
    await teller.command('zhoumin', 'signReleaseSlip', 'ReleaseSlip', {
      releaseSlipId: id,
      signedById: desk.customer('wugang'),
    });
    await desk.expectRefusal('zhoumin', 'issueReleaseSlip', { releaseSlipId: id }, 'RELEASE_NOT_POSSIBLE');
  }

  async isIssued(): Promise<void> {
    const { desk, releaseSlipId } = this;
    const { teller } = desk;
    await desk.at(march(2, '13:20'), '吴刚 pays at the desk, finance being away: numbered receipt');
    await teller.command('zhoumin', 'takePayment', 'Receipt', {
      projectId: desk.setting.projectId,
      unitId: desk.unit('1-1-0501'),
      payerId: desk.customer('wugang'),
      amount: '625.24',
      method: 'CASH',
      financeAway: true,
    });
    await desk.at(march(2, '13:25'), 'the owner 何明 is called and consents; the slip is issued');
    await teller.command('zhoumin', 'recordOwnerCall', 'ReleaseSlip', {
      releaseSlipId,
      ownerId: desk.customer('heming'),
      knowsOfMove: true,
      rentOwed: false,
      ownersThingsOnList: false,
      consents: true,
    });
    await teller.command('zhoumin', 'issueReleaseSlip', 'ReleaseSlip', { releaseSlipId });
  }

  async isRedeemed(): Promise<void> {
    const { desk, releaseSlipId } = this;
    await desk.at(march(2, '14:10'), 'the guard redeems the slip; a second time is refused');
    const checked = [
      { line: 1, found: 1 },
      { line: 2, found: 6 },
    ];
    await desk.teller.command('guowei', 'redeemReleaseSlip', 'ReleaseSlip', { releaseSlipId, checked });
    await desk.expectRefusal(
      'guowei',
      'redeemReleaseSlip',
      { releaseSlipId, checked },
      'RELEASE_SLIP_ALREADY_REDEEMED',
    );
  }
}

/** 周敏's shift: opened, counted, handed over to 吴倩. */
export class DeskShift {
  private shiftId = '';

  constructor(private readonly desk: Desk) {}

  async opens(): Promise<void> {
    const { desk } = this;
    const { projectId } = desk.setting;
    await desk.at(
      march(2, '08:55'),
      '周敏 opens her shift; finance has charged the fees of January and February',
    );
    const { id } = await desk.teller.command('zhoumin', 'openShift', 'Shift', { projectId });
    this.shiftId = id;
    for (const month of ['2026-01', '2026-02']) {
      await desk.teller.command('zhangli', 'chargeManagementFees', 'ManagementFeeRun', {
        projectId,
        month,
        dueAt: `${month}-10T00:00:00+08:00`,
        fees: [{ unitId: desk.unit('1-1-0501'), amount: feePerMonth }],
      });
    }
  }

  async isHandedOver(): Promise<void> {
    const { desk, shiftId } = this;
    const { teller } = desk;
    await desk.at(march(2, '18:00'), '周敏 hands over: cash equals receipts, one special note; 吴倩 accepts');
    await teller.command('zhoumin', 'countShift', 'Shift', {
      shiftId,
      cash: '625.24',
      receipts: 1,
      goods: [],
    });
    await teller.command('zhoumin', 'handOverShift', 'Shift', {
      shiftId,
      specialNotes: ['6栋电梯投诉：明早10:05前须回应并报诉求处理表'],
    });
    await teller.command('wuqian', 'acceptShiftHandover', 'Shift', { shiftId });
  }
}
