import { graphEnum, wordsOf } from '@anju/subgraph';
import {
  classDutyKinds,
  complaintDocumentKinds,
  documentRecipients,
  handOverOutcomes,
  noticeKinds,
  noticeWays,
  passingDetails,
  proposalReasons,
  replyApprovers,
  replyAudiences,
  replyStatuses,
  similarities,
  returnVisitReleases,
  visitObstacles,
  type ApprovalObstacle,
  type ReplyVerdict,
} from '@anju/complaints-rules';

export const ReplyAudienceEnum = graphEnum(
  'ReplyAudience',
  'Whom a reply speaks to: the customer, or everybody who reads a public platform (CMP-08).',
  replyAudiences,
);
export const ReplyApproverEnum = graphEnum(
  'ReplyApprover',
  'A step of the ladder that a reply climbs: 部门负责人, 项目经理, 分管领导, 总经理 (CMP-08).',
  replyApprovers,
);
export const ReplyStatusEnum = graphEnum(
  'ReplyStatus',
  'How far a reply has come: 草稿, 审批中, 已退回, 已审批, 已发出, 已撤回.',
  replyStatuses,
);
export const ReplyVerdictEnum = graphEnum(
  'ReplyVerdict',
  'What an approver said.',
  wordsOf<ReplyVerdict>({ APPROVED: true, SENT_BACK: true }),
);
export const ApprovalObstacleEnum = graphEnum(
  'ApprovalObstacle',
  'Why somebody cannot approve a reply although it is his step (CMP-08).',
  wordsOf<ApprovalObstacle>({ WROTE_IT: true, APPROVED_BEFORE: true }),
);
export const ComplaintDocumentKindEnum = graphEnum(
  'ComplaintDocumentKind',
  'A written part of a case: 客户诉求处理表, 专题报告, 书面通知, 公司客户诉求处理表 (CMP-09, 10, 11).',
  complaintDocumentKinds,
);
export const DocumentRecipientEnum = graphEnum(
  'DocumentRecipient',
  'Who gets a document of a case.',
  documentRecipients,
);
export const NoticeKindEnum = graphEnum(
  'NoticeKind',
  'What a written notice is: of housing quality or of facilities to the developer, or of impact (CMP-09).',
  noticeKinds,
);
export const NoticeWayEnum = graphEnum('NoticeWay', 'How a written notice is sent.', noticeWays);
export const HandOverOutcomeEnum = graphEnum(
  'HandOverOutcome',
  'What became of the offer of a case to another handler.',
  handOverOutcomes,
);
export const VisitObstacleEnum = graphEnum(
  'VisitObstacle',
  'Why a return visit did not come about.',
  visitObstacles,
);
export const ReturnVisitReleaseEnum = graphEnum(
  'ReturnVisitRelease',
  'Why no return visit is owed any more although none was made (CMP-12): counts as kept, or falls away.',
  returnVisitReleases,
);
export const PassingDetailEnum = graphEnum(
  'PassingDetail',
  'What has to be known of a complaint that the customer-relations centre passes on (CMP-07).',
  passingDetails,
);
export const ClassDutyKindEnum = graphEnum(
  'ClassDutyKind',
  'What a cause class asks for beside what every case has (CMP-09).',
  classDutyKinds,
);
export const SimilarityEnum = graphEnum(
  'Similarity',
  'What two complaints have in common: home, building or topic (CMP-14).',
  similarities,
);
export const ProposalReasonEnum = graphEnum(
  'ProposalReason',
  'Why somebody is proposed as a handler (CMP-04).',
  proposalReasons,
);
