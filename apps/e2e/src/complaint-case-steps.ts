/** A step of a case: who gives which command, when, and with what besides the case's id. */
export interface Step {
  /** `YYYY-MM-DD HH:mm` of Shanghai. */
  readonly at: string;
  readonly by: string;
  readonly command: string;
  readonly input: (known: Known) => object;
}

/** Ids of what a step speaks of by its name. */
export interface Known {
  readonly customer: (key: string) => string;
  readonly staff: (account: string) => string;
}

export const step = (at: string, by: string, command: string, input: Step['input'] = () => ({})): Step => ({
  ...{ at, by, command, input },
});

export const acknowledged = (at: string, handler = 'songjie'): Step =>
  step(at, 'zhoumin', 'acknowledgeComplaint', ({ staff }) => ({
    ...{ channel: 'PHONE', thanksGiven: true, responsibleDepartment: 'CUSTOMER_SERVICE' },
    handlerId: staff(handler),
  }));
export const answered = (at: string): Step =>
  step(at, 'songjie', 'respondToComplaint', () => ({ channel: 'PHONE', text: '已安排处理' }));
export const joined = (at: string, ...keys: string[]): Step =>
  step(at, 'zhoumin', 'joinComplaint', ({ customer }) => ({
    customers: keys.map((key) => ({ customerId: customer(key) })),
  }));
export const known = (at: string, ...facts: string[]): Step =>
  step(at, 'linfang', 'addComplaintFacts', () => ({ facts }));
export const form = (at: string): Step =>
  step(at, 'songjie', 'fileDemandForm', () => ({ demand: '尽快解决', measures: '专人跟进' }));
export const resolved = (at: string): Step =>
  step(at, 'songjie', 'resolveComplaint', () => ({ result: '已处理完毕' }));
export const reported = (at: string): Step =>
  step(at, 'songjie', 'submitSpecialReport', () => ({
    ...{ content: '投诉内容', cause: '产生原因', process: '处理过程' },
    ...{ result: '处理结果', lessons: '经验教训', correctiveActions: '纠正措施' },
  }));
export const visited = (at: string, key: string, satisfaction: number, more: object = {}): Step =>
  step(at, 'songjie', 'recordReturnVisit', ({ customer }) => ({
    ...{ customerId: customer(key), channel: 'PHONE', satisfaction, ...more },
  }));
export const closed = (at: string): Step => step(at, 'linfang', 'closeComplaint');
export const notice = (at: string, kind: string, to: string): Step =>
  step(at, 'linfang', 'issueComplaintNotice', () => ({ kind, to, way: 'EMAIL', text: '请处理并书面答复' }));
/** What class 3 asks for besides, all at once (CMP-09). */
export const coordinated = (at: string, ...to: string[]): Step[] => [
  step(at, 'linfang', 'nameComplaintCoordinator', ({ staff }) => ({ coordinatorId: staff('zhaojianguo') })),
  ...to.map((recipient) => notice(at, 'IMPACT_REPORT', recipient)),
];
export const progressTold = (at: string): Step =>
  step(at, 'songjie', 'recordComplaintProgress', () => ({ text: '有关部门已受理', toldBy: 'WECHAT' }));
/** A reply written, put before its approvers, approved by each in turn, and sent (CMP-08). */
export function replied(
  sequence: number,
  { audience = 'CUSTOMER', states, written, sent }: ReplyPlan,
  ...approvals: readonly (readonly [at: string, by: string, more?: object])[]
): Step[] {
  return [
    step(written, 'songjie', 'draftComplaintReply', () => ({
      ...{ audience, statesMeasures: states, text: `答复第${sequence}稿` },
    })),
    step(written, 'songjie', 'submitComplaintReply', () => ({ sequence })),
    ...approvals.map(([at, by, more]) =>
      step(at, by, 'approveComplaintReply', () => ({ sequence, revision: 1, ...more })),
    ),
    step(sent, 'shenyue', 'sendComplaintReply', () => ({ sequence, channel: 'WEB' })),
  ];
}

interface ReplyPlan {
  readonly audience?: 'CUSTOMER' | 'PUBLIC_PLATFORM';
  /** Whether it says what is being done. */
  readonly states: boolean;
  readonly written: string;
  readonly sent: string;
}
