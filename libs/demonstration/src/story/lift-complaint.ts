import { march, type Desk } from './desk';
import { liftResidents } from './people';
import { StoryBroken } from './story-teller';

/** The lift of building 6, again broken: twelve residents, one case, major at once. */
export class LiftComplaint {
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
    // The desk may close its contact once it has heard of that.
    await desk.teller.settled();
    await desk.tell(interactionId, 'RESULT', '电梯已修复并试运行，感谢监督');
    await desk.close(interactionId);
  }

  async isVisited(): Promise<void> {
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
  }

  async isClosed(): Promise<void> {
    const { desk, id } = this;
    const { teller } = desk;
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
