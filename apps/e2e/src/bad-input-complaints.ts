import type { Ids } from './bad-input-values';
import type { Carrying, Makers, Workshop } from './bad-input-workshop';

type Step = readonly [command: string, input: object, carrying?: Carrying];

const reportParts = {
  ...{ content: '电梯停运', cause: '门机板老化', process: '更换', result: '恢复' },
  ...{ lessons: '加强巡检', correctiveActions: '列入月检' },
};
const resolved: readonly Step[] = [
  ['respondToComplaint', { channel: 'PHONE', text: '已安排' }],
  ['resolveComplaint', { result: '已修好' }],
];
const filed: Step = ['fileDemandForm', { demand: '修好电梯', measures: '更换门机板' }];
const issued: Step = ['issueCompanyDemandForm', { demand: '修好', finishAt: '2026-03-09T18:00:00+08:00' }];

/** Makes complaints that have come so far that the commands of the work on them can be tried. */
export class ComplaintMakers {
  constructor(private readonly shop: Workshop) {}

  get makers(): Makers {
    const { everybody, colleague, selfId } = this.shop;
    const draft = (by = everybody): Step => [
      'draftComplaintReply',
      { audience: 'CUSTOMER', statesMeasures: true, text: '本周五前修好' },
      { by },
    ];
    const submit = (by = everybody): Step => ['submitComplaintReply', { sequence: 1 }, { by }];
    const approve: Step = ['approveComplaintReply', { sequence: 1, revision: 1 }, { by: colleague }];
    const ofClass = (to: string): Step => ['changeComplaintCauseClass', { to, reason: '归类有误' }];
    const offer: Step = [
      'handOverComplaint',
      { toDepartment: 'CUSTOMER_SERVICE', toHandlerId: selfId, reason: '休假' },
    ];
    const steps: Readonly<Record<string, readonly Step[]>> = {
      reviseComplaintReply: [draft()],
      submitComplaintReply: [draft()],
      withdrawComplaintReply: [draft()],
      approveComplaintReply: [draft(colleague), submit(colleague)],
      sendBackComplaintReply: [draft(colleague), submit(colleague)],
      sendComplaintReply: [draft(), submit(), approve],
      issueComplaintNotice: [ofClass('CLASS_2')],
      nameComplaintCoordinator: [ofClass('CLASS_3')],
      reportCompanyMeasures: [issued],
      reportCompanyResult: [issued, ['reportCompanyMeasures', { text: '更换门机板' }]],
      reviseDemandForm: [filed],
      reviseSpecialReport: [...resolved, ['submitSpecialReport', reportParts]],
      confirmDocumentReceipt: [filed],
      acceptComplaintHandOver: [offer],
      refuseComplaintHandOver: [offer],
      recordReturnVisitAttempt: resolved,
    };
    const another = async (): Promise<Ids> => {
      const { complaintId } = await this.shop.fresh('Complaint');
      return { ...(await this.after([])), otherComplaintId: complaintId!, intoComplaintId: complaintId! };
    };
    return {
      ...Object.fromEntries(
        Object.entries(steps).map(([command, done]) => [command, () => this.after(done)]),
      ),
      linkComplaint: another,
      joinComplaintInto: another,
      splitComplaint: () => {
        const customers = [{ customerId: this.shop.ids['accompanyingCustomerId'] }];
        return this.after([['joinComplaint', { customers }]]);
      },
    };
  }

  private async after(steps: readonly Step[]): Promise<Ids> {
    const { complaintId: id } = await this.shop.fresh('Complaint');
    for (const [command, input, carrying] of steps) {
      await this.shop.make(command, 'Complaint', { id, ...input }, carrying);
    }
    return { complaintId: id! };
  }
}
