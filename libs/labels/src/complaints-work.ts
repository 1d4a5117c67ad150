import type { Labels, Text } from './define-labels';

const replyCommands = {
  reviseComplaintReply: ['修改回复', 'Changing the reply'],
  submitComplaintReply: ['提交回复审批', 'Submitting the reply'],
  approveComplaintReply: ['审批回复', 'Approving the reply'],
  sendBackComplaintReply: ['退回回复', 'Sending the reply back'],
  sendComplaintReply: ['发出回复', 'Sending the reply'],
  withdrawComplaintReply: ['撤回回复', 'Giving the reply up'],
} as const satisfies Record<string, Text>;

/** Commands of the work on a case: 回复, 通知, 移交, 并案. */
export const complaintWorkCommands = {
  ...replyCommands,
  draftComplaintReply: ['草拟回复', 'Writing a reply'],
  issueComplaintNotice: ['发出书面通知', 'Sending a written notice'],
  nameComplaintCoordinator: ['指定协调专人', 'Naming the coordinator'],
  issueCompanyDemandForm: ['下发公司客户诉求处理表', "Issuing the company's demand form"],
  reportCompanyMeasures: ['报送处理措施', 'Reporting the measures'],
  reportCompanyResult: ['反馈处理结果', 'Reporting the result'],
  reviseDemandForm: ['更正客户诉求处理表', 'Correcting the demand form'],
  reviseSpecialReport: ['更正专题报告', 'Correcting the special report'],
  confirmDocumentReceipt: ['签收文件', 'Confirming receipt'],
  passOnComplaint: ['地产客户关系中心转发', 'Passing on'],
  handOverComplaint: ['移交投诉', 'Handing over'],
  acceptComplaintHandOver: ['接受移交', 'Accepting the hand over'],
  refuseComplaintHandOver: ['拒绝移交', 'Refusing the hand over'],
  recordComplaintUrging: ['记录催办', 'Recording an urging'],
  recordReturnVisitAttempt: ['记录未成功的回访', 'Recording a return visit that did not come about'],
  linkComplaint: ['关联投诉', 'Linking cases'],
  noteComplaintLink: ['被另一投诉关联', 'Being linked from another case'],
  joinComplaintInto: ['并入另一投诉', 'Joining into another case'],
  takeInComplaint: ['接收并入的投诉', 'Taking in a joined case'],
  splitComplaint: ['拆分投诉', 'Splitting members off'],
  openSplitOffComplaint: ['由拆分立案', 'Opening from a split'],
} as const satisfies Record<string, Text>;

/** Values of the work on a case. */
export const complaintWorkValues = {
  ReplyCommand: replyCommands,
  ReplyAudience: {
    CUSTOMER: ['仅对客户', 'The customer'],
    PUBLIC_PLATFORM: ['公共平台', 'A public platform'],
  },
  ReplyApprover: {
    DEPARTMENT_HEAD: ['部门负责人', 'Department head'],
    PROJECT_MANAGER: ['项目经理', 'Project manager'],
    DIVISION_LEADER: ['分管领导', 'Division leader'],
    GENERAL_MANAGER: ['总经理', 'General manager'],
  },
  ReplyStatus: {
    DRAFT: ['草稿', 'Draft'],
    IN_APPROVAL: ['审批中', 'In approval'],
    SENT_BACK: ['已退回', 'Sent back'],
    APPROVED: ['已审批', 'Approved'],
    SENT: ['已发出', 'Sent'],
    WITHDRAWN: ['已撤回', 'Given up'],
  },
  ReplyVerdict: {
    APPROVED: ['同意', 'Approved'],
    SENT_BACK: ['退回', 'Sent back'],
  },
  ApprovalObstacle: {
    WROTE_IT: ['该回复由本人撰写', 'it is his own'],
    APPROVED_BEFORE: ['本人已在前一级审批', 'he approved it at another step'],
  },
  ComplaintDocumentKind: {
    DEMAND_FORM: ['客户诉求处理表', 'Demand form'],
    SPECIAL_REPORT: ['专题报告', 'Special report'],
    WRITTEN_NOTICE: ['书面通知', 'Written notice'],
    COMPANY_DEMAND_FORM: ['公司客户诉求处理表', "Company's demand form"],
  },
  DocumentRecipient: {
    QUALITY_CENTRE: ['品质运营中心', 'Quality centre'],
    DIVISION_LEADER: ['分管领导', 'Division leader'],
    MANAGEMENT_OFFICE: ['管理处', 'Management office'],
    SERVICE_CENTRE: ['物业服务中心', 'Service centre'],
    DEVELOPER_CUSTOMER_RELATIONS: ['地产客户关系中心', "Developer's customer-relations centre"],
    OUTSIDE_DEPARTMENT: ['外部相关部门', 'Department outside'],
  },
  NoticeKind: {
    HOUSING_QUALITY_NOTICE: ['房屋质量书面通知', 'Notice of housing quality'],
    FACILITIES_REPORT: ['配套设施书面报告', 'Report on facilities'],
    IMPACT_REPORT: ['影响情况书面呈报', 'Report on the impact'],
  },
  NoticeWay: {
    LETTER: ['信函', 'Letter'],
    EMAIL: ['邮件', 'E-mail'],
    BY_HAND: ['专人送达', 'By hand'],
  },
  HandOverOutcome: {
    OFFERED: ['待接受', 'Offered'],
    ACCEPTED: ['已接受', 'Accepted'],
    REFUSED: ['已拒绝', 'Refused'],
    WITHDRAWN: ['已取消', 'Fell away'],
  },
  VisitObstacle: {
    NO_ANSWER: ['无人接听', 'No answer'],
    WRONG_CONTACT: ['联系方式有误', 'Wrong contact'],
    ASKED_FOR_ANOTHER_TIME: ['客户另约时间', 'Asked for another time'],
    DECLINED: ['客户不接受回访', 'Declined'],
  },
  ReturnVisitRelease: {
    DECLINED: ['客户不接受回访，视为已回访', 'Declined, counts as visited'],
    UNREACHABLE: ['多日联系不上客户', 'Not reached on several days'],
  },
  ClassDutyKind: {
    NOTICE_TO_DEVELOPER: ['书面知会地产客户关系中心', 'Notice to the developer'],
    COORDINATOR_NAMED: ['指定协调专人', 'Coordinator named'],
    IMPACT_REPORT_SENT: ['书面呈报相关部门', 'Report to the departments concerned'],
    PROGRESS_TOLD: ['向客户反馈协调情况', 'Progress told to the customer'],
  },
  PassingDetail: {
    passedOnBy: ['转发人', 'who passes it on'],
    reference: ['转发编号', "the centre's number"],
  },
  Similarity: {
    UNIT: ['同一房屋', 'Same home'],
    BUILDING: ['同一楼栋', 'Same building'],
    TOPIC: ['同一主题', 'Same topic'],
  },
  ProposalReason: {
    DEPARTMENT_OF_TOPIC: ['投诉主题对应的部门', 'Department of the topic'],
    DEPARTMENT_OF_CAUSE_CLASS: ['投诉类别对应的部门', 'Department of the cause class'],
    LEAST_LOAD: ['在办投诉最少', 'Fewest open cases'],
  },
} as const satisfies Labels['values'];

/** Messages of the work on a case. */
export const complaintWorkMessages = {
  COMPLAINT_ANSWER_NOT_APPROVED: [
    '该答复须先经{approvers:ReplyApprover}审批（{audience:ReplyAudience}），再由客户关系中心发出：请改用“{instead:ComplaintCommand}”。',
    'Such an answer is approved first, by {approvers:ReplyApprover} (it is for: {audience:ReplyAudience}), and then sent by the customer-relations centre. Please begin with “{instead:ComplaintCommand}”.',
  ],
  COMPLAINT_REPLY_CHANNEL_PUBLIC: [
    '{publicChannel:TellingChannel}人人可见，该回复只审批为“{approvedFor:ReplyAudience}”；请另拟面向公共平台的回复。',
    'Everybody reads {publicChannel:TellingChannel}, and the reply was approved for: {approvedFor:ReplyAudience}. Please write one for a public platform.',
  ],
  COMPLAINT_PASSING_INCOMPLETE: ['请补充：{missing:PassingDetail}。', 'Please add: {missing:PassingDetail}.'],
  COMPLAINT_PASSING_NOT_THEN: [
    '转发时间 {passedOnAt:instant} 须在受理（{earliest:instant}）之后、现在（{latest:instant}）之前；受理之前转发的，请按该渠道登记。',
    'It cannot have been passed on at {passedOnAt:instant}: that is from its receipt ({earliest:instant}) to now ({latest:instant}). What was passed on before came in by that channel.',
  ],
  COMPLAINT_PASSED_ON_ALREADY: [
    '编号 {reference} 已于 {passedOnAt:instant} 转发。',
    'Number {reference} was passed on already at {passedOnAt:instant}.',
  ],
  COMPLAINT_REPLY_NOT_FOUND: ['没有第 {sequence} 份回复。', 'The case has no reply {sequence}.'],
  COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS: [
    '该回复目前为“{replyStatus:ReplyStatus}”，不能{command:ReplyCommand}；须为：{allowedFrom:ReplyStatus}。',
    '{command:ReplyCommand} is not possible: the reply is “{replyStatus:ReplyStatus}”. It has to be: {allowedFrom:ReplyStatus}.',
  ],
  COMPLAINT_REPLY_TEXT_UNCHANGED: ['回复内容没有改动。', 'The wording is the same as before.'],
  COMPLAINT_REPLY_TEXT_CHANGED: [
    '您看到的是第 {read} 稿，现在是第 {current} 稿，请重新阅读后再审批。',
    'You have read wording {read}; the one that stands is {current}. Please read it first.',
  ],
  COMPLAINT_REPLY_AWAITS_ANOTHER: [
    '该回复现在须由{awaits:ReplyApprover}审批。',
    'The reply waits for the approval of: {awaits:ReplyApprover}.',
  ],
  COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON: [
    '须由其他人审批：{because:ApprovalObstacle}。',
    'Somebody else has to decide on this reply: {because:ApprovalObstacle}.',
  ],
  COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS: [
    '{causeClass:CauseClass}不发{noticeKind:NoticeKind}{kinds?[，可发：{kinds:NoticeKind}]}。',
    'A case of this class has no such notice: {causeClass:CauseClass}, {noticeKind:NoticeKind}{kinds?[; it has: {kinds:NoticeKind}]}.',
  ],
  COMPLAINT_NOTICE_ADDRESSEE_NOT_MEANT: [
    '{noticeKind:NoticeKind}不发给{addressee:DocumentRecipient}，应发给：{meant:DocumentRecipient}。',
    '{noticeKind:NoticeKind} does not go to {addressee:DocumentRecipient}, but to: {meant:DocumentRecipient}.',
  ],
  COMPLAINT_NOTICE_DEPARTMENT_MISSING: ['请写明发给哪个部门。', 'Please say which department it goes to.'],
  COMPLAINT_COORDINATOR_NOT_NEEDED: [
    '只有三类投诉须指定协调专人，该投诉是{causeClass:CauseClass}。',
    'Only a case of class 3 has a coordinator; this one is: {causeClass:CauseClass}.',
  ],
  COMPLAINT_COORDINATOR_UNCHANGED: ['该员工已是协调专人。', 'This employee is the coordinator already.'],
  COMPANY_DEMAND_FORM_STILL_OPEN: [
    '{issuedAt:instant} 下发的处理表尚未反馈结果。',
    'The form issued on {issuedAt:instant} still waits for its result.',
  ],
  COMPANY_DEMAND_FORM_DATE_PAST: [
    '完成期限 {finishAt:instant} 须晚于现在（{now:instant}）。',
    'The set date, {finishAt:instant}, has to be later than now ({now:instant}).',
  ],
  COMPANY_DEMAND_FORM_NOT_OPEN: [
    '没有待处理的公司《客户诉求处理表》，不能{command:ComplaintCommand}。',
    '{command:ComplaintCommand} is not possible: no demand form of the company is open.',
  ],
  COMPANY_MEASURES_ALREADY_REPORTED: [
    '处理措施已于 {reportedAt:instant} 报送。',
    'The measures were reported on {reportedAt:instant}.',
  ],
  COMPANY_MEASURES_NOT_REPORTED: ['请先报送处理措施。', 'Please report the measures first.'],
  DEMAND_FORM_NOT_FILED: ['尚未报送《客户诉求处理表》。', 'No demand form has been filed yet.'],
  SPECIAL_REPORT_NOT_SUBMITTED: ['尚未提交专题报告。', 'No special report has been submitted yet.'],
  COMPLAINT_DOCUMENT_NOT_FOUND: [
    '没有第 {sequence} 份{document:ComplaintDocumentKind}。',
    'The case has no such document: {document:ComplaintDocumentKind} {sequence}.',
  ],
  COMPLAINT_DOCUMENT_NOT_SENT_TO: [
    '该文件未发给{recipient:DocumentRecipient}，发给了：{documentSentTo:DocumentRecipient}。',
    'It was not sent to {recipient:DocumentRecipient}, but to: {documentSentTo:DocumentRecipient}.',
  ],
  COMPLAINT_DOCUMENT_ALREADY_RECEIVED: [
    '该文件已于 {receivedAt:instant} 签收。',
    'Its receipt was confirmed on {receivedAt:instant}.',
  ],
  COMPLAINT_DOCUMENT_OF_ANOTHER: [
    '须由{recipient:DocumentRecipient}自己签收。',
    'The receipt is to be confirmed by: {recipient:DocumentRecipient}.',
  ],
  COMPLAINT_DOCUMENT_SIGNATURE_MISSING: ['请写明签收人。', 'Please say who signed for it.'],
  COMPLAINT_HAND_OVER_OPEN: [
    '该投诉已在移交中，等待对方答复。',
    'The case is being handed over already and waits for the answer.',
  ],
  COMPLAINT_HAND_OVER_NOT_OPEN: [
    '没有待答复的移交，不能{command:ComplaintCommand}。',
    '{command:ComplaintCommand} is not possible: the case is not offered to anybody.',
  ],
  COMPLAINT_HAND_OVER_OF_ANOTHER: ['该投诉是移交给另一位员工的。', 'The case is offered to somebody else.'],
  URGING_CUSTOMER_NOT_IN_CASE: [
    '请选择本投诉中的客户作为催办人。',
    'Choose one of the customers of this complaint as the one who urges.',
  ],
  COMPLAINT_IS_ITSELF: ['不能选择该投诉本身。', 'Choose another case than this one.'],
  COMPLAINT_ALREADY_LINKED: ['两个投诉已有关联。', 'The two cases are linked already.'],
  COMPLAINT_TO_JOIN_NOT_OPEN: [
    '目标投诉为“{otherStatus:ComplaintStatus}”，只能并入尚未解决的投诉。',
    'The other case is “{otherStatus:ComplaintStatus}”; only one that is unresolved can take this one in.',
  ],
  SPLIT_CUSTOMERS_NOT_IN_CASE: ['其中有客户不在本投诉中。', 'Some of these customers are not in the case.'],
  SPLIT_LEAVES_NOBODY: ['至少须有一位客户留在原投诉。', 'At least one customer has to stay in the case.'],
} as const satisfies Labels['messages'];
