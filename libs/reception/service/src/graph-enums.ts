import { graphEnum, wordsOf } from '@anju/subgraph';
import {
  causeClasses,
  complaintFacts,
  faultDuties,
  followUpCategories,
  followUpStatuses,
  interactionChannels,
  interactionClasses,
  interactionStatuses,
  itemKinds,
  matters,
  movers,
  rectificationStatuses,
  rectificationSteps,
  tellingChannels,
  tellingKinds,
  workOrderStatuses,
  type EnteredReason,
  type FollowUpMissing,
  type InteractionMissing,
  type LeftReason,
  type Material,
  type MissingForClosing,
  type ReceptionRefusals,
} from '@anju/reception-rules';

export const InteractionChannelEnum = graphEnum(
  'InteractionChannel',
  'How a contact came in (REC-01).',
  interactionChannels,
);
export const InteractionClassEnum = graphEnum(
  'InteractionClass',
  'What a contact is about, which decides who deals with it (REC-02).',
  interactionClasses,
);
export const InteractionStatusEnum = graphEnum(
  'InteractionStatus',
  'Whether a contact is being dealt with (处理中) or closed (已完成).',
  interactionStatuses,
);
export const InteractionMissingEnum = graphEnum(
  'InteractionMissing',
  'What the record of a contact cannot be without (REC-01).',
  wordsOf<InteractionMissing>({ content: true, who: true, callbackContact: true }),
);
export const ComplaintIntakePartEnum = graphEnum(
  'ComplaintIntakePart',
  'What a complaint case cannot be opened without (REC-17).',
  wordsOf<ReceptionRefusals['COMPLAINT_INTAKE_MISSING']['missing'][number]>({ complaint: true, topic: true }),
);
export const ClosingRequirementEnum = graphEnum(
  'ClosingRequirement',
  'What a contact needs before it can be closed (REC-04).',
  wordsOf<MissingForClosing['what']>({ CLASS: true, ITEM: true, ITEM_DONE: true, RESULT_REPLY: true }),
);
export const ItemKindEnum = graphEnum('ItemKind', 'What a contact can lead to.', itemKinds);
export const MatterEnum = graphEnum(
  'Matter',
  'What the customer comes with, in the words of the desk.',
  matters,
);
export const FaultDutyEnum = graphEnum('FaultDuty', 'Whose duty the cause of a fault is.', faultDuties);
export const TellingChannelEnum = graphEnum(
  'TellingChannel',
  'How a customer is told something.',
  tellingChannels,
);
export const TellingKindEnum = graphEnum(
  'TellingKind',
  'Progress on the way, or the result (REC-04, REC-05).',
  tellingKinds,
);
export const CauseClassEnum = graphEnum(
  'CauseClass',
  '一类 the company’s own service, 二类 the developer, 三类 the outside environment (CMP-01).',
  causeClasses,
);
export const ReportableFactEnum = graphEnum(
  'ReportableFact',
  'What somebody reports about a complaint that makes it hot or major (CMP-02).',
  complaintFacts,
);

export const WorkOrderStatusEnum = graphEnum(
  'WorkOrderStatus',
  '已派单, 已接单, 已到场, 已完工, 客户已确认, 已取消 (REC-10).',
  workOrderStatuses,
);
export const MoverEnum = graphEnum(
  'Mover',
  'Whose wish it is that an appointment is moved (REC-12).',
  movers,
);
export const MaterialSupplierEnum = graphEnum(
  'MaterialSupplier',
  'Who brings a material that a repair needs.',
  wordsOf<Material['suppliedBy']>({ COMPANY: true, CUSTOMER: true }),
);
export const RepairDetailEnum = graphEnum(
  'RepairDetail',
  'What a work order or liaison form cannot be without.',
  wordsOf<ReceptionRefusals['WORK_ORDER_DETAILS_MISSING']['missing'][number]>({ fault: true, place: true }),
);

export const FollowUpCategoryEnum = graphEnum(
  'FollowUpCategory',
  '工程类, 其他类 and 沟通类 of the register (分类处理记录).',
  followUpCategories,
);
export const FollowUpStatusEnum = graphEnum(
  'FollowUpStatus',
  'Whether an entry is in the register or has left it.',
  followUpStatuses,
);
export const EnteredReasonEnum = graphEnum(
  'EnteredReason',
  'Why an entry was made in the register.',
  wordsOf<EnteredReason>({ WORK_ORDER_OVERDUE: true, PARTNERS_EQUIPMENT: true, NEEDS_OTHERS: true }),
);
export const LeftReasonEnum = graphEnum(
  'LeftReason',
  'Why an entry left the register.',
  wordsOf<LeftReason>({ WORK_ORDER_DONE: true, WORK_ORDER_CANCELLED: true, RESULT_AND_REPLY_RECORDED: true }),
);
export const FollowUpMissingEnum = graphEnum(
  'FollowUpMissing',
  'What an entry needs before it can leave the register.',
  wordsOf<FollowUpMissing>({ result: true, reply: true }),
);

export const RectificationStatusEnum = graphEnum(
  'RectificationStatus',
  'How far a liaison form (工作联系单) has come (REC-13).',
  rectificationStatuses,
);
export const RectificationStepEnum = graphEnum(
  'RectificationStep',
  'The signatures of a liaison form, in the order in which they are given (REC-13).',
  rectificationSteps,
);
