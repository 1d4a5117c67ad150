import { liftResidents } from './people';
import type { Setting } from './setting';
import { StoryBroken, type StoryTeller } from './story-teller';

/** A time of March 2026 at 锦绣花园. @param day of the month @param time `HH:mm` */
function march(day: number, time: string): Date {
  return new Date(`2026-03-${String(day).padStart(2, '0')}T${time}:00+08:00`);
}

export const dayOneBeginsAt = march(2, '08:30');
export const dayOneEndsAt = march(12, '18:00');

const feePerMonth = '312.62';

/** One person's turn at the graph. */
class Desk {
  constructor(
    readonly teller: StoryTeller,
    readonly setting: Setting,
  ) {}

  customer(key: string): string {
    return this.setting.customerIds.get(key)!;
  }

  unit(home: string): string {
    return this.setting.unitIds.get(home)!;
  }

  /** Goes on to a time and says what happens then. */
  async at(time: Date, line: string): Promise<void> {
    await this.teller.at(time);
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Shanghai',
      weekday: 'short',
      day: '2-digit',
      month: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    this.teller.tell(`  ${clock.format(time)}  ${line}`);
  }

  async expectRefusal(account: string, field: string, input: object, code: string): Promise<void> {
    const refusal = await this.teller.refused(account, field, input);
    if (refusal.code !== code)
      throw new StoryBroken(`${field} was refused as ${refusal.code}, not as ${code}`);
    this.teller.tell(`                    ${account}: ${refusal.message}`);
  }

  async record(input: object): Promise<string> {
    const { projectId } = this.setting;
    const { id } = await this.teller.command('zhoumin', 'recordInteraction', 'Interaction', {
      projectId,
      ...input,
    });
    return id;
  }

  async tell(interactionId: string, kind: 'PROGRESS' | 'RESULT', text: string): Promise<void> {
    await this.teller.command('zhoumin', 'tellCustomer', 'Interaction', {
      interactionId,
      kind,
      channel: 'PHONE',
      text,
    });
  }

  async close(interactionId: string): Promise<void> {
    await this.teller.command('zhoumin', 'closeInteraction', 'Interaction', { interactionId });
  }
}

/** 王秀兰's kitchen tap: recorded 09:02, mended 10:40, closed 10:55. */
class TapRepair {
  private interactionId = '';
  private workOrderId = '';

  constructor(private readonly desk: Desk) {}

  async calls(): Promise<void> {
    const { desk } = this;
    const { teller } = desk;
    await desk.at(march(2, '09:02'), '王秀兰 (3-2-1201) calls: the kitchen tap leaks');
    this.interactionId = await desk.record({
      channel: 'PHONE',
      customerId: desk.customer('wangxiulan'),
      unitId: desk.unit('3-2-1201'),
      content: '厨房水龙头漏水',
      topic: 'PLUMBING',
      facts: { matter: 'FAULT' },
    });
    await teller.command('zhoumin', 'confirmInteractionClass', 'Interaction', {
      interactionId: this.interactionId,
    });
    const { id } = await teller.command('zhoumin', 'issueWorkOrder', 'WorkOrder', {
      interactionId: this.interactionId,
      fault: '水龙头漏水',
      place: '厨房',
      estimate: '35.00',
      materials: [{ name: '陶瓷阀芯', quantity: 1 }],
      appointment: { fromAt: march(2, '10:00'), toAt: march(2, '11:00') },
    });
    this.workOrderId = id;
    await teller.command('liqiang', 'acceptWorkOrder', 'WorkOrder', { workOrderId: id });
  }

  async isMended(): Promise<void> {
    const { desk, workOrderId, interactionId } = this;
    const { teller } = desk;
    await desk.at(march(2, '10:10'), '李强 is at the door of 3-2-1201');
    await teller.command('liqiang', 'arriveOnSite', 'WorkOrder', { workOrderId });
    await desk.at(march(2, '10:40'), '李强 reports the tap done');
    await teller.command('liqiang', 'finishWorkOrder', 'WorkOrder', {
      workOrderId,
      result: '更换阀芯，试水正常',
    });
    await desk.expectRefusal(
      'zhoumin',
      'closeInteraction',
      { interactionId },
      'INTERACTION_CLOSING_INCOMPLETE',
    );
    await desk.at(march(2, '10:55'), 'the customer confirms, 周敏 records the reply: 已完成');
    await teller.command('zhoumin', 'confirmWorkOrder', 'WorkOrder', { workOrderId });
    await desk.tell(interactionId, 'RESULT', '水龙头已修好，客户确认');
    await desk.close(interactionId);
  }
}

/** 陈伟's wall, inside the warranty: a liaison form with two signatures. */
class WallRepair {
  private interactionId = '';
  private rectificationId = '';

  constructor(private readonly desk: Desk) {}

  async isReported(): Promise<void> {
    const { desk } = this;
    const { teller } = desk;
    await desk.at(march(2, '09:15'), '陈伟 (5-1-0302) comes: a crack in the bedroom wall');
    this.interactionId = await desk.record({
      channel: 'VISIT',
      customerId: desk.customer('chenwei'),
      unitId: desk.unit('5-1-0302'),
      content: '卧室墙面开裂',
      topic: 'WALL',
      facts: { matter: 'FAULT', faultDuty: 'BUILDER' },
    });
    const { interactionId } = this;
    await teller.command('zhoumin', 'confirmInteractionClass', 'Interaction', { interactionId });
    const { id } = await teller.command('zhoumin', 'requestRectification', 'Rectification', {
      interactionId,
      fault: '墙面裂缝约1米',
      place: '卧室',
    });
    this.rectificationId = id;
  }

  async isVerified(): Promise<void> {
    const { desk, rectificationId } = this;
    await desk.at(march(2, '09:40'), '赵建国 signs the liaison form; nobody else may, and not out of order');
    await desk.expectRefusal('zhoumin', 'verifyRectification', { rectificationId }, 'SIGNER_NOT_ENTITLED');
    await desk.expectRefusal(
      'sungong',
      'signForRectification',
      { rectificationId },
      'OUT_OF_ORDER_SIGNATURE',
    );
    await desk.teller.command('zhaojianguo', 'verifyRectification', 'Rectification', { rectificationId });
  }

  async isSignedFor(): Promise<void> {
    const { desk, rectificationId } = this;
    await desk.at(march(2, '11:20'), "孙工 signs for it for the developer's project department");
    await desk.teller.command('sungong', 'signForRectification', 'Rectification', { rectificationId });
  }

  async customerIsKeptInformed(): Promise<void> {
    await this.desk.at(march(3, '10:00'), '陈伟 is told when the builder comes');
    await this.desk.tell(this.interactionId, 'PROGRESS', '项目部已签收，施工单位周三上午上门');
  }

  async isRepaired(): Promise<void> {
    const { desk, rectificationId, interactionId } = this;
    await desk.at(march(4, '16:00'), '孙工 confirms the wall repaired; 陈伟 is told');
    await desk.teller.command('sungong', 'confirmRectificationCompletion', 'Rectification', {
      rectificationId,
    });
    await desk.tell(interactionId, 'RESULT', '墙面已修复');
    await desk.close(interactionId);
  }
}

/** 刘洋 without broadband: in the telecom's hands, which is late. */
class BroadbandFault {
  private interactionId = '';
  private followUpId = '';

  constructor(private readonly desk: Desk) {}

  async isReported(): Promise<void> {
    const { desk } = this;
    const { teller, setting } = desk;
    await desk.at(march(2, '09:30'), '刘洋 (2-1-0801) calls: no broadband; the telecom promises 15:00');
    this.interactionId = await desk.record({
      channel: 'PHONE',
      customerId: desk.customer('liuyang'),
      unitId: desk.unit('2-1-0801'),
      content: '宽带不通',
      topic: 'BROADBAND',
      facts: { matter: 'FAULT', partnersEquipment: true },
    });
    const { interactionId } = this;
    await teller.command('zhoumin', 'confirmInteractionClass', 'Interaction', { interactionId });
    const { id } = await teller.command('zhoumin', 'openVendorFollowUp', 'FollowUp', {
      interactionId,
      partnerId: setting.partnerIds.get('BROADBAND')!,
      matter: '宽带不通',
      promisedAt: march(2, '15:00'),
    });
    this.followUpId = id;
  }

  async isLate(): Promise<void> {
    const { desk, followUpId } = this;
    await desk.at(march(2, '15:00'), 'the telecom has not come: flagged by itself');
    await desk.teller.command('zhoumin', 'remindFollowUp', 'FollowUp', { followUpId, channel: 'PHONE' });
  }

  async isMended(): Promise<void> {
    const { desk, followUpId, interactionId } = this;
    const { teller } = desk;
    await desk.at(march(2, '16:10'), 'the telecom arrives and mends it; the reply is recorded');
    await teller.command('zhoumin', 'recordFollowUpArrival', 'FollowUp', { followUpId });
    await teller.command('zhoumin', 'recordFollowUpResult', 'FollowUp', {
      followUpId,
      text: '更换光猫，网络恢复',
    });
    await teller.command('zhoumin', 'recordFollowUpReply', 'FollowUp', {
      followUpId,
      channel: 'PHONE',
      text: '宽带已恢复',
    });
    await teller.command('zhoumin', 'closeFollowUp', 'FollowUp', { followUpId });
    await desk.tell(interactionId, 'RESULT', '宽带已恢复，客户确认');
    await desk.close(interactionId);
  }
}

/** The lift of building 6, again broken: twelve residents, one case, major at once. */
class LiftComplaint {
  private interactionId = '';
  private id = '';

  constructor(private readonly desk: Desk) {}

  async isReceived(): Promise<void> {
    const { desk } = this;
    const { teller, setting } = desk;
    await desk.at(
      march(2, '10:05'),
      '12 residents of building 6 about the lift, again broken: one case, major at once',
    );
    const [first, ...others] = liftResidents.map((resident) => desk.customer(resident.key));
    this.interactionId = await desk.record({
      channel: 'VISIT',
      customerId: first,
      accompanyingCustomerIds: others,
      buildingId: setting.buildingIds.get('6')!,
      content: '6栋电梯再次故障停运，多次报修未彻底解决',
      topic: 'LIFT',
      facts: { matter: 'FAULT', wantsToComplain: true },
    });
    const { interactionId } = this;
    await teller.command('zhoumin', 'confirmInteractionClass', 'Interaction', {
      interactionId,
      complaint: { causeClass: 'CLASS_1' },
    });
    this.id = await this.caseOf(interactionId);
    await teller.command('zhoumin', 'acknowledgeComplaint', 'Complaint', {
      id: this.id,
      channel: 'IN_PERSON',
      thanksGiven: true,
      responsibleDepartment: 'EQUIPMENT',
      handlerId: teller.staffId('linfang'),
    });
  }

  /** The case that the complaints service opens from the contact's event. */
  private async caseOf(interactionId: string): Promise<string> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const { data } = await this.desk.teller.ask<{ interaction: { complaint: { id: string } | null } }>(
        'linfang',
        'query($id: ID!) { interaction(id: $id) { complaint { id } } }',
        { id: interactionId },
      );
      if (data?.interaction.complaint) return data.interaction.complaint.id;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new StoryBroken('the lift complaint was not opened');
  }

  async isAnswered(): Promise<void> {
    const { desk, id } = this;
    const { teller } = desk;
    await desk.at(march(3, '09:30'), '林芳 responds to the lift complaint; demand form filed');
    await teller.command('linfang', 'respondToComplaint', 'Complaint', {
      id,
      channel: 'PHONE',
      text: '已停梯检修，厂家当日到场，每日通报进展',
    });
    await teller.command('linfang', 'fileDemandForm', 'Complaint', {
      id,
      demand: '6栋居民要求彻底修复电梯并说明反复故障原因',
      measures: '更换门机板，维保单位驻场一周',
    });
  }

  async residentsAreKeptInformed(): Promise<void> {
    const { desk, id } = this;
    const { teller } = desk;
    await desk.at(march(4, '17:00'), 'the residents of building 6 are told how the lift goes on');
    await teller.command('linfang', 'recordComplaintProgress', 'Complaint', {
      id,
      text: '门机板到货，周四更换',
      toldBy: 'WECHAT',
    });
  }

  async isResolved(): Promise<void> {
    const { desk, id, interactionId } = this;
    await desk.at(
      march(6, '10:00'),
      'the lift complaint is resolved: return visit due Mon 10:00, special report due Fri 10:00',
    );
    await desk.teller.command('linfang', 'resolveComplaint', 'Complaint', {
      id,
      result: '更换门机板，试运行48小时无故障',
    });
    await desk.tell(interactionId, 'RESULT', '电梯已修复并试运行，感谢监督');
    await desk.close(interactionId);
  }

  async isClosed(): Promise<void> {
    const { desk, id } = this;
    const { teller } = desk;
    await desk.at(march(9, '09:00'), 'return visit: 4 of 5');
    await teller.command('linfang', 'recordReturnVisit', 'Complaint', {
      id,
      customerId: desk.customer(liftResidents[0]!.key),
      channel: 'PHONE',
      satisfaction: 4,
      remarks: '希望加强日常维保',
    });
    await desk.at(march(12, '11:00'), 'special report with six parts; the case is closed, every clock kept');
    await teller.command('linfang', 'submitSpecialReport', 'Complaint', {
      id,
      content: '6栋电梯反复故障，12户集体投诉',
      cause: '门机板老化，维保未按期更换',
      process: '当日停梯，厂家到场，周四更换，试运行48小时',
      result: '恢复运行，回访满意度4分',
      lessons: '维保到期件未纳入预警',
      correctiveActions: '建立电梯易损件更换台账，每月核查',
    });
    await teller.command('linfang', 'closeComplaint', 'Complaint', { id });
  }
}

/** 吴刚 moves out: unpaid fees, the owner's consent, one slip, redeemed once. */
class MovingOut {
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
      unitId: desk.unit('1-1-0501'),
      payerId: desk.customer('wugang'),
      amount: '625.24',
      method: 'CASH',
      collectedBy: 'DESK',
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
class DeskShift {
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
      await desk.teller.command('zhangli', 'chargeManagementFee', 'FeeAccount', {
        unitId: desk.unit('1-1-0501'),
        month,
        amount: feePerMonth,
        dueOn: `${month}-10`,
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

/** Day one and what follows from it, to the twelfth of March, through the public graph. */
export async function playDayOne(teller: StoryTeller, setting: Setting): Promise<void> {
  const desk = new Desk(teller, setting);
  const shift = new DeskShift(desk);
  const tap = new TapRepair(desk);
  const wall = new WallRepair(desk);
  const broadband = new BroadbandFault(desk);
  const lift = new LiftComplaint(desk);
  const movingOut = new MovingOut(desk);
  teller.tell('Monday 2 March 2026 at the service centre of 锦绣花园:');
  await shift.opens();
  await tap.calls();
  await wall.isReported();
  await broadband.isReported();
  await wall.isVerified();
  await lift.isReceived();
  await tap.isMended();
  await wall.isSignedFor();
  await movingOut.isRefused();
  await movingOut.isIssued();
  await movingOut.isRedeemed();
  await broadband.isLate();
  await broadband.isMended();
  await shift.isHandedOver();
  await lift.isAnswered();
  await wall.customerIsKeptInformed();
  await wall.isRepaired();
  await lift.residentsAreKeptInformed();
  await lift.isResolved();
  await lift.isClosed();
  await teller.at(dayOneEndsAt);
}
