import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  ComplaintClockKind,
  ComplaintRefusalCode,
  SimilarCase,
  Similarity,
} from '@anju/complaints-rules';
import { commandResult, connectionType, refusalTypes, type RefusalType } from '@anju/subgraph';
import { ClassDutyPart } from './complaint-work-parts';
import { Complaint } from './complaint.entity';
import {
  CauseClassEnum,
  ComplaintClockKindEnum,
  ComplaintDetailEnum,
  ComplaintStatusEnum,
  DemandFormPartEnum,
  ReportableFactEnum,
  SeverityEnum,
  SpecialReportPartEnum,
} from './graph-enums';
import { SimilarityEnum } from './work-enums';
import { workRefusals } from './work-refusals';

export const ComplaintConnection = connectionType(Complaint, 'Complaint');

@ObjectType({
  simpleResolvers: true,
  description: 'An open case that a complaint may belong to (CMP-14).',
})
export class SimilarComplaint implements SimilarCase<Complaint> {
  @Field(() => Complaint, { description: 'The case.' })
  complaint: Complaint;

  @Field(() => [SimilarityEnum], { description: 'What the two have in common.' })
  inCommon: readonly Similarity[];
}

@ObjectType({ simpleResolvers: true, description: 'A duty that still has to be done.' })
export class OutstandingDuty {
  @Field(() => ComplaintClockKindEnum, { description: 'What.' })
  clock: ComplaintClockKind;

  @Field(() => Date, { description: 'By when it is, or was, due.' })
  dueAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'How many complaints a project has now.' })
export class ComplaintCounts {
  @Field(() => Int, { description: 'Not closed.' })
  open: number;

  @Field(() => Int, { description: 'Neither resolved nor closed.' })
  unresolved: number;

  @Field(() => Int, { description: 'Open and general (一般).' })
  general: number;

  @Field(() => Int, { description: 'Open and hot (热点).' })
  hot: number;

  @Field(() => Int, { description: 'Open and major (重大).' })
  major: number;

  @Field(() => Int, { description: 'Open, with a duty past its due time and undone.' })
  overdue: number;
}

/** A field that `Complaint` has too is nullable where it is there, so that both can be asked for at once. */
const caseRefusals = refusalTypes({
  COMPLAINT_NOT_IN_REQUIRED_STATUS: {
    command: String,
    status: ComplaintStatusEnum,
    allowedIn: [ComplaintStatusEnum],
  },
  NAMED_EMPLOYEE_CANNOT_HANDLE: { staffId: ID },
  COMPLAINT_RECEIVED_IN_FUTURE: { receivedAt: Date, now: Date },
  COMPLAINT_DETAILS_MISSING: { missing: [ComplaintDetailEnum] },
  THANKS_NOT_GIVEN: {},
  COMPLAINT_HANDLER_MISSING: { responsibleDepartment: { type: String, nullable: true } },
  COMPLAINT_DEPARTMENT_MISSING: {},
  COMPLAINT_ALREADY_ASSIGNED: { responsibleDepartment: { type: String, nullable: true }, handlerId: ID },
  COMPLAINT_TEXT_MISSING: { command: String },
  COMPLAINT_REASON_MISSING: { command: String },
  COMPLAINT_FACTS_ALREADY_KNOWN: { knownFacts: [ReportableFactEnum] },
  COMPLAINT_STAFF_ALREADY_NAMED: { staffIds: [ID] },
  SEVERITY_NOT_HIGHER: { severity: SeverityEnum, asked: SeverityEnum },
  CAUSE_CLASS_UNCHANGED: { causeClass: CauseClassEnum },
  COMPLAINT_UPLOADS_NOT_USABLE: { fileIds: [ID] },
  COMPLAINT_ATTACHMENTS_TOO_MANY: { attached: Int, added: Int, most: Int },
  COMPLAINT_ATTACHMENTS_TOO_LARGE: { megabytes: Int, mostMegabytes: Int },
  COMPLAINT_ATTACHMENT_NOT_THERE: { attachmentId: ID },
  DEMAND_FORM_NOT_REQUIRED: { severity: SeverityEnum },
  DEMAND_FORM_INCOMPLETE: { missing: [DemandFormPartEnum] },
  COMPLAINT_RESULT_MISSING: {},
  SATISFACTION_OUT_OF_RANGE: { given: Int, lowest: Int, highest: Int },
  VISITED_CUSTOMER_NOT_IN_CASE: { customerId: { type: ID, nullable: true } },
  NEW_DEMAND_INCOMPLETE: { missing: [ComplaintDetailEnum] },
  SPECIAL_REPORT_NOT_REQUIRED: { severity: SeverityEnum },
  SPECIAL_REPORT_ALREADY_SUBMITTED: { submittedAt: Date },
  SPECIAL_REPORT_INCOMPLETE: { missing: [SpecialReportPartEnum] },
  COMPLAINT_CLOSING_INCOMPLETE: { missing: [OutstandingDuty], missingByClass: [ClassDutyPart] },
  COMPLAINT_CLOCK_NOT_PAUSABLE: { kinds: [ComplaintClockKindEnum], pausable: [ComplaintClockKindEnum] },
  NO_COMPLAINT_CLOCK_RUNNING: { kinds: [ComplaintClockKindEnum] },
  NO_COMPLAINT_CLOCK_PAUSED: { kinds: [ComplaintClockKindEnum] },
  CALLBACK_CUSTOMER_NOT_IN_CASE: { customerId: { type: ID, nullable: true } },
  CALLBACK_ALREADY_PROMISED: { dueAt: Date },
});

const refusals: { readonly [Code in ComplaintRefusalCode]: RefusalType<Code> } = {
  ...caseRefusals,
  ...workRefusals,
};

/** The union of a command: the case, or one of these refusals. */
export function resultOf<const Code extends ComplaintRefusalCode>(name: string, ...codes: readonly Code[]) {
  const types = Object.fromEntries(codes.map((code) => [code, refusals[code]]));
  return commandResult(name, Complaint, 'Complaint', types as { readonly [C in Code]: RefusalType<C> });
}

/** What every command on an existing case can be refused with. */
export const admission = ['COMPLAINT_NOT_IN_REQUIRED_STATUS', 'NAMED_EMPLOYEE_CANNOT_HANDLE'] as const;

export const FileComplaintResult = resultOf(
  'FileComplaintResult',
  'COMPLAINT_RECEIVED_IN_FUTURE',
  'COMPLAINT_DETAILS_MISSING',
  'NAMED_EMPLOYEE_CANNOT_HANDLE',
);
export const AcknowledgeComplaintResult = resultOf(
  'AcknowledgeComplaintResult',
  ...admission,
  'THANKS_NOT_GIVEN',
  'COMPLAINT_DEPARTMENT_MISSING',
  'COMPLAINT_HANDLER_MISSING',
  'COMPLAINT_ALREADY_ASSIGNED',
);
export const AssignComplaintResult = resultOf(
  'AssignComplaintResult',
  ...admission,
  'COMPLAINT_DEPARTMENT_MISSING',
  'COMPLAINT_HANDLER_MISSING',
  'COMPLAINT_ALREADY_ASSIGNED',
);
export const RespondToComplaintResult = resultOf(
  'RespondToComplaintResult',
  ...admission,
  'COMPLAINT_ANSWER_NOT_APPROVED',
  'COMPLAINT_TEXT_MISSING',
  'COMPLAINT_HANDLER_MISSING',
);
export const RecordComplaintProgressResult = resultOf(
  'RecordComplaintProgressResult',
  ...admission,
  'COMPLAINT_ANSWER_NOT_APPROVED',
  'COMPLAINT_TEXT_MISSING',
);
export const PromiseComplaintCallbackResult = resultOf(
  'PromiseComplaintCallbackResult',
  ...admission,
  'CALLBACK_CUSTOMER_NOT_IN_CASE',
  'CALLBACK_ALREADY_PROMISED',
);
export const PauseComplaintClocksResult = resultOf(
  'PauseComplaintClocksResult',
  ...admission,
  'COMPLAINT_REASON_MISSING',
  'COMPLAINT_CLOCK_NOT_PAUSABLE',
  'NO_COMPLAINT_CLOCK_RUNNING',
);
export const ResumeComplaintClocksResult = resultOf(
  'ResumeComplaintClocksResult',
  ...admission,
  'NO_COMPLAINT_CLOCK_PAUSED',
);
export const AddComplaintFactsResult = resultOf(
  'AddComplaintFactsResult',
  ...admission,
  'COMPLAINT_FACTS_ALREADY_KNOWN',
);
export const NameComplaintStaffResult = resultOf(
  'NameComplaintStaffResult',
  ...admission,
  'COMPLAINT_STAFF_ALREADY_NAMED',
);
export const RaiseComplaintSeverityResult = resultOf(
  'RaiseComplaintSeverityResult',
  ...admission,
  'COMPLAINT_REASON_MISSING',
  'SEVERITY_NOT_HIGHER',
);
export const ChangeComplaintCauseClassResult = resultOf(
  'ChangeComplaintCauseClassResult',
  ...admission,
  'COMPLAINT_REASON_MISSING',
  'CAUSE_CLASS_UNCHANGED',
);
export const JoinComplaintResult = resultOf('JoinComplaintResult', ...admission);
export const AttachToComplaintResult = resultOf(
  'AttachToComplaintResult',
  ...admission,
  'COMPLAINT_UPLOADS_NOT_USABLE',
  'COMPLAINT_ATTACHMENTS_TOO_MANY',
  'COMPLAINT_ATTACHMENTS_TOO_LARGE',
);
export const DetachFromComplaintResult = resultOf(
  'DetachFromComplaintResult',
  ...admission,
  'COMPLAINT_REASON_MISSING',
  'COMPLAINT_ATTACHMENT_NOT_THERE',
);
export const FileDemandFormResult = resultOf(
  'FileDemandFormResult',
  ...admission,
  'DEMAND_FORM_NOT_REQUIRED',
  'DEMAND_FORM_INCOMPLETE',
);
export const ResolveComplaintResult = resultOf(
  'ResolveComplaintResult',
  ...admission,
  'COMPLAINT_RESULT_MISSING',
  'COMPLAINT_HANDLER_MISSING',
);
export const RecordReturnVisitResult = resultOf(
  'RecordReturnVisitResult',
  ...admission,
  'SATISFACTION_OUT_OF_RANGE',
  'VISITED_CUSTOMER_NOT_IN_CASE',
  'NEW_DEMAND_INCOMPLETE',
);
export const SubmitSpecialReportResult = resultOf(
  'SubmitSpecialReportResult',
  ...admission,
  'SPECIAL_REPORT_NOT_REQUIRED',
  'SPECIAL_REPORT_ALREADY_SUBMITTED',
  'SPECIAL_REPORT_INCOMPLETE',
);
export const ReopenComplaintResult = resultOf(
  'ReopenComplaintResult',
  ...admission,
  'COMPLAINT_REASON_MISSING',
);
export const CloseComplaintResult = resultOf(
  'CloseComplaintResult',
  ...admission,
  'COMPLAINT_CLOSING_INCOMPLETE',
);
