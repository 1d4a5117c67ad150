import { march, type Desk } from './desk';
import { buyers } from './people';

const home = '8-1-1502';

/** 黄磊, who came, and 许芳, who called: both want the home that 马丽 gets, and both are followed up (SAL-01). */
export class OtherBuyers {
  private visitor = { customerId: '', leadId: '' };
  private caller = { customerId: '', leadId: '' };

  constructor(private readonly desk: Desk) {}

  async enquire(): Promise<void> {
    const { desk } = this;
    await desk.at(march(2, '13:40'), '黄磊 comes to the sales office, 许芳 calls it: both want 8-1-1502');
    const visitor = await desk.registerProspect(buyers.huanglei);
    this.visitor = { customerId: visitor, leadId: await desk.recordLead('VISIT', visitor, 'PASSING_BY') };
    const caller = await desk.registerProspect(buyers.xufang);
    this.caller = { customerId: caller, leadId: await desk.recordLead('CALL', caller, 'WEB') };
  }

  /** At the instant at which 马丽 subscribes it. */
  async areRefused(): Promise<void> {
    const { desk } = this;
    for (const { customerId, leadId } of [this.visitor, this.caller]) {
      await desk.expectRefusal(
        'hejing',
        'subscribeUnit',
        {
          projectId: desk.setting.projectId,
          unitId: desk.unit(home),
          customerIds: [customerId],
          leadId,
        },
        'UNIT_ALREADY_SOLD',
      );
    }
  }

  async areFollowedUp(): Promise<void> {
    await this.desk.at(march(4, '10:00'), '何静 follows 黄磊 and 许芳 up');
    await this.followUp(this.visitor.leadId, 'CONSIDERING', '愿看同户型8-1-1602，待与家人商量');
    await this.followUp(this.caller.leadId, 'CONSIDERING', '比较周边楼盘');
  }

  async areFollowedUpAgain(): Promise<void> {
    await this.desk.at(march(10, '10:00'), '何静 follows both up again; 许芳 does not buy');
    await this.followUp(this.visitor.leadId, 'INTERESTED', '周末带家人再看一次');
    await this.followUp(this.caller.leadId, 'NOT_INTERESTED', '预算调整，暂不购房');
    await this.desk.teller.command('hejing', 'closeLead', 'Lead', {
      leadId: this.caller.leadId,
      reason: 'NOT_INTERESTED',
    });
  }

  async visitorIsFollowedUpOnceMore(): Promise<void> {
    await this.desk.at(march(16, '10:00'), 'the third follow-up that 黄磊 as a visitor is owed');
    await this.followUp(this.visitor.leadId, 'CONSIDERING', '看过8-1-1602，等公积金额度');
  }

  private async followUp(leadId: string, outcome: string, result: string): Promise<void> {
    await this.desk.teller.command('hejing', 'followUpLead', 'Lead', {
      ...{ leadId, method: 'PHONE', outcome, result },
    });
  }
}
