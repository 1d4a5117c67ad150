import { graphEnum, wordsOf } from '@anju/subgraph';
import {
  causeClasses,
  clockParties,
  complaintChannels,
  complaintClockKinds,
  complaintDeadlineKinds,
  complaintStatuses,
  linkedCaseRelations,
  reportableFacts,
  severities,
  severityReasons,
  specialReportParts,
  tellingChannels,
  type ClockStatus,
  type ReopeningCause,
  type ReportRecipient,
} from '@anju/complaints-rules';

export const ComplaintStatusEnum = graphEnum(
  'ComplaintStatus',
  'How far a complaint has come: 已受理, 已致谢确认, 处理中, 已解决, 已关闭, 重新处理, 已并案.',
  complaintStatuses,
);
export const CauseClassEnum = graphEnum(
  'CauseClass',
  '一类 the company’s own service, 二类 the developer, 三类 the outside environment (CMP-01).',
  causeClasses,
);
export const SeverityEnum = graphEnum('Severity', '一般, 热点 or 重大 (CMP-02).', severities);
export const SeverityReasonEnum = graphEnum(
  'SeverityReason',
  'Why a complaint is hot or major (CMP-02, CMP-03).',
  severityReasons,
);
export const ReportableFactEnum = graphEnum(
  'ReportableFact',
  'What somebody reports about a complaint that makes it hot or major (CMP-02).',
  reportableFacts,
);
export const ComplaintChannelEnum = graphEnum(
  'ComplaintChannel',
  'How a complaint came in.',
  complaintChannels,
);
export const TellingChannelEnum = graphEnum(
  'TellingChannel',
  'How a customer is told something.',
  tellingChannels,
);
export const ComplaintClockKindEnum = graphEnum(
  'ComplaintClockKind',
  'A duty with a due time: response (CMP-05), callback (CMP-06), reply and measures (CMP-07), what the quality ' +
    'centre asks for (CMP-10), demand form and special report (CMP-11), return visit (CMP-12).',
  complaintClockKinds,
);
export const ClockStatusEnum = graphEnum(
  'ClockStatus',
  'What has become of a duty with a due time. PAUSED waits for the customer; MISSED is undone still; LAPSED fell away.',
  wordsOf<ClockStatus>({
    RUNNING: true,
    PAUSED: true,
    MET: true,
    MISSED: true,
    MET_LATE: true,
    LAPSED: true,
  }),
);
export const ClockPartyEnum = graphEnum('ClockParty', 'Who waits for a duty, or has to do it.', clockParties);
export const ComplaintDeadlineKindEnum = graphEnum(
  'ComplaintDeadlineKind',
  'What can fall due for a complaint: a duty, or the age at which it becomes hot or major (CMP-03).',
  complaintDeadlineKinds,
);
export const ReportRecipientEnum = graphEnum(
  'ReportRecipient',
  'Who gets demand forms and special reports (CMP-11).',
  wordsOf<ReportRecipient>({ QUALITY_CENTRE: true, DIVISION_LEADER: true }),
);
export const ReopeningCauseEnum = graphEnum(
  'ReopeningCause',
  'Why a complaint came back after handling (CMP-12).',
  wordsOf<ReopeningCause>({ DISSATISFIED_AT_RETURN_VISIT: true, COMPLAINED_AGAIN: true }),
);
export const LinkedCaseRelationEnum = graphEnum(
  'LinkedCaseRelation',
  'What another case is to this one. LED_TO: it came from this one, CAME_FROM: the other way round; RELATED; ' +
    'JOINED_INTO: this one ended in it, TOOK_IN: the other way round; SPLIT_INTO: members of this one are there ' +
    'now, SPLIT_FROM: the other way round.',
  linkedCaseRelations,
);
export const ComplaintDetailEnum = graphEnum(
  'ComplaintDetail',
  'What a complaint cannot be without; the reason where one is split off.',
  ['content', 'topic', 'reason'],
);
export const DemandFormPartEnum = graphEnum(
  'DemandFormPart',
  'A part of the demand form (客户诉求处理表); the reason where it is revised.',
  ['demand', 'measures', 'reason'],
);
export const SpecialReportPartEnum = graphEnum(
  'SpecialReportPart',
  'One of the six parts of a special report (专题报告, CMP-11); the reason where it is revised.',
  [...specialReportParts, 'reason'],
);
