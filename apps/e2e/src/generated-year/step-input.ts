import type { CaseStep } from './case-step';
import type { YearGround } from './year-ground';

const words = {
  content: '电梯又停了，等了二十分钟没有人来。',
  text: '已经派人检查，配件明天到，装好马上告诉您。',
  result: '传感器换好了，试运行三天没有再停。',
  reason: '经查明',
};
const report = {
  content: '一周内电梯停运三次。',
  cause: '门机传感器磨损。',
  process: '检查、订货、更换。',
  result: '运行三天正常。',
  lessons: '传感器没有列入巡检。',
  correctiveActions: '已经列入巡检表。',
};

/** Of what a step is, in the ids of the services. */
interface Known {
  readonly ground: YearGround;
  readonly project: number;
  readonly story: number;
  /** Of the cases that there are, by story. */
  readonly ids: readonly string[];
}

let wordings = 0;

/** What is given to the graph for a step. */
export function inputOf(step: CaseStep, { ground, project, story, ids }: Known): object {
  const id = ids[story];
  const known = ground.customerIds[project]!;
  const customerId = (customer: number | null): string | null =>
    customer === null ? null : known[customer]!;
  switch (step.command) {
    case 'fileComplaint': {
      const { causeClass, channel, receivedAt, customers, facts } = step.receipt;
      return {
        ...{ projectId: ground.projectIds[project], topic: 'LIFT', content: words.content },
        ...{ causeClass, channel, facts, customerIds: customers.map(customerId) },
        receivedAt: new Date(receivedAt).toISOString(),
      };
    }
    case 'acknowledgeComplaint':
      return {
        ...{ id, channel: 'PHONE', thanksGiven: true },
        ...{ responsibleDepartment: 'EQUIPMENT', handlerId: ground.staffId('HANDLER') },
      };
    case 'respondToComplaint':
      return { id, channel: step.channel, text: words.text };
    case 'recordComplaintProgress':
      return { id, text: words.text, toldBy: step.toldBy };
    case 'addComplaintFacts':
      return { id, facts: step.facts };
    case 'raiseComplaintSeverity':
      return { id, to: step.to, reason: '客户情绪激动' };
    case 'changeComplaintCauseClass':
      return { id, to: step.to, reason: words.reason };
    case 'joinComplaint':
      return { id, customers: step.customers.map((customer) => ({ customerId: known[customer] })) };
    case 'fileDemandForm':
      return { id, demand: '电梯正常运行', measures: '周五前更换传感器' };
    case 'resolveComplaint':
      return { id, result: words.result };
    case 'recordReturnVisit': {
      const { newDemand, satisfaction, customer } = step;
      const demand = newDemand && { ...newDemand, topic: 'NOISE', content: '楼上装修太吵' };
      return { id, channel: 'PHONE', satisfaction, customerId: customerId(customer), newDemand: demand };
    }
    case 'recordReturnVisitAttempt':
      return {
        ...{ id, customerId: customerId(step.customer), channel: 'PHONE', obstacle: step.obstacle },
        remarks: step.obstacle === 'DECLINED' ? '问题已解决，不用回访' : null,
      };
    case 'submitSpecialReport':
      return { id, ...report };
    case 'pauseComplaintClocks':
      return { id, clocks: step.clocks, reason: '等客户回来开门' };
    case 'draftComplaintReply': {
      const { audience, statesMeasures, asksGeneralManager: generalManagerAsked } = step;
      return { id, audience, statesMeasures, generalManagerAsked, text: words.text };
    }
    case 'reviseComplaintReply':
      return { id, sequence: step.reply, text: `${words.text}${(wordings += 1)}` };
    case 'submitComplaintReply':
      return { id, sequence: step.reply };
    case 'approveComplaintReply':
      return { id, sequence: step.reply, revision: step.revision };
    case 'sendBackComplaintReply':
      return { id, sequence: step.reply, revision: step.revision, reason: '请写明时间' };
    case 'sendComplaintReply':
      return { id, sequence: step.reply, channel: step.channel };
    case 'withdrawComplaintReply':
      return { id, sequence: step.reply, reason: words.reason };
    case 'issueComplaintNotice': {
      const department = step.to === 'OUTSIDE_DEPARTMENT' ? '市政管网所' : null;
      return { id, kind: step.kind, to: step.to, department, way: 'EMAIL', text: words.content };
    }
    case 'nameComplaintCoordinator':
      return { id, coordinatorId: ground.staffId(step.coordinator) };
    case 'issueCompanyDemandForm':
      return { id, demand: '电梯正常运行', finishAt: new Date(step.finishAt).toISOString() };
    case 'reportCompanyMeasures':
    case 'reportCompanyResult':
      return { id, text: words.text };
    case 'confirmDocumentReceipt': {
      const { form: sequence, recipient } = step;
      return { id, document: 'DEMAND_FORM', sequence, recipient };
    }
    case 'handOverComplaint':
      return {
        ...{ id, toDepartment: 'CUSTOMER_SERVICE', toHandlerId: ground.staffId(step.to), reason: '休假' },
      };
    case 'refuseComplaintHandOver':
      return { id, reason: '手上案件太多' };
    case 'passOnComplaint': {
      const { passedOnAt, reference } = step;
      return { id, passedOnAt: new Date(passedOnAt).toISOString(), passedOnBy: '关工', reference };
    }
    case 'recordComplaintUrging':
      return { id, customerId: customerId(step.customer), channel: 'PHONE' };
    case 'linkComplaint':
      return { id, otherComplaintId: ids[step.other] };
    case 'joinComplaintInto':
      return { id, intoComplaintId: ids[step.other], reason: words.reason };
    case 'splitComplaint': {
      const { customers, causeClass } = step;
      const own = { causeClass, topic: 'NOISE', content: '是电梯的噪声' };
      return { id, customerIds: customers.map(customerId), ...own, reason: words.reason };
    }
    case 'reopenComplaint':
      return { id, reason: '同样的问题又出现了' };
    case 'promiseComplaintCallback':
    case 'resumeComplaintClocks':
    case 'acceptComplaintHandOver':
    case 'closeComplaint':
      return { id };
  }
}
