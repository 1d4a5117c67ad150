import { march, type Desk } from './desk';

/** 王秀兰's kitchen tap: recorded 09:02, mended 10:40, closed 10:55. */
export class TapRepair {
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
export class WallRepair {
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
export class BroadbandFault {
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
      text: '宽带已恢复，客户确认',
    });
    await teller.command('zhoumin', 'closeFollowUp', 'FollowUp', { followUpId });
    await desk.close(interactionId);
  }
}
