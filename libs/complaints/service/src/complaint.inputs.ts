import { ChangeInput, CommandInput } from '@anju/subgraph';
import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type {
  CauseClass,
  ComplaintChannel,
  ReportableFact,
  Severity,
  TellingChannel,
} from '@anju/complaints-rules';
import {
  CauseClassEnum,
  ComplaintChannelEnum,
  ReportableFactEnum,
  SeverityEnum,
  TellingChannelEnum,
} from './graph-enums';

/** As long as the events take a code; longer ones are no code. */
export const codeLength = { maxLength: 100 };
/** What is written at a desk, and what is written as a report. */
export const textLength = { maxLength: 5_000 };
export const reportLength = { maxLength: 20_000 };

@InputType()
export abstract class ComplaintCommandInput extends ChangeInput {
  @Field(() => ID, { description: 'The case.' })
  id: string;
}

@InputType({ description: 'A complaint that an employee passes on (CMP-15).' })
export class FileComplaintInput extends CommandInput {
  @Field(() => ID, { description: 'The project that it is about.' })
  projectId: string;

  @Field(() => CauseClassEnum, { description: 'As far as one can tell; it can be corrected.' })
  causeClass: CauseClass;

  @Extensions(codeLength)
  @Field(() => String, {
    description: 'What it is about: a code such as `LIFT`, of `ComplaintPolicy.topics`.',
  })
  topic: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'The complaint in words.' })
  content: string;

  @Field(() => ComplaintChannelEnum, { description: 'How it was heard.' })
  channel: ComplaintChannel;

  @Field(() => Date, { nullable: true, description: 'When it was heard; now unless told.' })
  receivedAt?: Date | null;

  @Field(() => [ID], { nullable: true, description: 'Who complains; nobody when it is anonymous.' })
  customerIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'The home that it is about.' })
  unitId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The building; that of the unit unless told.' })
  buildingId?: string | null;

  @Field(() => [ReportableFactEnum], { nullable: true, description: 'What is known that makes it grave.' })
  facts?: ReportableFact[] | null;

  @Field(() => [ID], { nullable: true, description: 'Employees whom it names; they do not handle it.' })
  namedStaffIds?: string[] | null;
}

@InputType({ description: 'Thanks, acknowledgement, department and handler on first receipt (CMP-04).' })
export class AcknowledgeComplaintInput extends ComplaintCommandInput {
  @Field(() => TellingChannelEnum, { description: 'How the customer was told.' })
  channel: TellingChannel;

  @Field(() => Boolean, { description: 'The customer was thanked and told that an answer will come.' })
  thanksGiven: boolean;

  @Extensions(codeLength)
  @Field(() => String, {
    nullable: true,
    description: 'Code of the department, such as `CUSTOMER_SERVICE`; needed unless it is set.',
  })
  responsibleDepartment?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The one named handler; needed unless there is one. `handlerProposals` names who may be.',
  })
  handlerId?: string | null;
}

@InputType({ description: 'Another department or handler.' })
export class AssignComplaintInput extends ComplaintCommandInput {
  @Extensions(codeLength)
  @Field(() => String, { description: 'Code of the responsible department, such as `CUSTOMER_SERVICE`.' })
  responsibleDepartment: string;

  @Field(() => ID, { description: 'The one named handler; `handlerProposals` names who may be.' })
  handlerId: string;
}

@InputType({ description: 'A handling response to the customer (CMP-05).' })
export class RespondToComplaintInput extends ComplaintCommandInput {
  @Field(() => TellingChannelEnum, { description: 'How the customer was told.' })
  channel: TellingChannel;

  @Extensions(textLength)
  @Field(() => String, { description: 'What the customer was told will be done.' })
  text: string;
}

@InputType({ description: 'A step of the handling.' })
export class RecordComplaintProgressInput extends ComplaintCommandInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'What was done or found.' })
  text: string;

  @Field(() => TellingChannelEnum, {
    nullable: true,
    description: 'How the customer was told of it, if he was.',
  })
  toldBy?: TellingChannel | null;
}

@InputType({ description: 'Facts that severity depends on (CMP-02).' })
export class AddComplaintFactsInput extends ComplaintCommandInput {
  @Field(() => [ReportableFactEnum], { description: 'What has become known.' })
  facts: ReportableFact[];

  @Extensions(textLength)
  @Field(() => String, { nullable: true, description: 'From where, and what exactly.' })
  note?: string | null;
}

@InputType({ description: 'Employees whom the complaint names (CMP-15).' })
export class NameComplaintStaffInput extends ComplaintCommandInput {
  @Field(() => [ID], { description: 'The employees.' })
  staffIds: string[];
}

@InputType({ description: 'A higher severity than the facts say (CMP-02).' })
export class RaiseComplaintSeverityInput extends ComplaintCommandInput {
  @Field(() => SeverityEnum, { description: 'HOT or MAJOR.' })
  to: Severity;

  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'Another cause class (CMP-01).' })
export class ChangeComplaintCauseClassInput extends ComplaintCommandInput {
  @Field(() => CauseClassEnum, { description: 'The right one.' })
  to: CauseClass;

  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'A customer who joins a case.' })
export class JoiningCustomerInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;

  @Field(() => ID, { nullable: true, description: 'The contact in which he complained.' })
  interactionId?: string | null;
}

@InputType({ description: 'Customers who join a case (CMP-14).' })
export class JoinComplaintInput extends ComplaintCommandInput {
  @Field(() => [JoiningCustomerInput], { description: 'Who joins.' })
  customers: JoiningCustomerInput[];
}

@InputType({ description: 'The demand form 客户诉求处理表 (CMP-11).' })
export class FileDemandFormInput extends ComplaintCommandInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'What the customers ask for (客户诉求).' })
  demand: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'What is being done, and by when (处理措施).' })
  measures: string;
}

@InputType({ description: 'The result of the handling (CMP-12).' })
export class ResolveComplaintInput extends ComplaintCommandInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'What was done for the customer (处理结果).' })
  result: string;
}

@InputType({ description: 'A demand that arose at a return visit; it becomes a case of its own.' })
export class NewDemandInput {
  @Field(() => CauseClassEnum, { description: 'Its cause class.' })
  causeClass: CauseClass;

  @Extensions(codeLength)
  @Field(() => String, { description: 'What it is about: a code such as `LIFT`.' })
  topic: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'What the customer asks for.' })
  content: string;
}

@InputType({ description: 'A return visit (回访, CMP-12).' })
export class RecordReturnVisitInput extends ComplaintCommandInput {
  @Field(() => ID, { nullable: true, description: 'The customer visited; none only in an anonymous case.' })
  customerId?: string | null;

  @Field(() => TellingChannelEnum, { description: 'How.' })
  channel: TellingChannel;

  @Field(() => Int, {
    description:
      'Satisfaction (满意度), 1 worst to 5; up to `ComplaintPolicy.dissatisfiedUpTo` reopens the case.',
  })
  satisfaction: number;

  @Extensions(textLength)
  @Field(() => String, { nullable: true, description: 'What the customer said.' })
  remarks?: string | null;

  @Field(() => NewDemandInput, { nullable: true, description: 'What new came up.' })
  newDemand?: NewDemandInput | null;
}

@InputType({ description: 'The special report 专题报告, all six parts (CMP-11).' })
export class SubmitSpecialReportInput extends ComplaintCommandInput {
  @Extensions(reportLength)
  @Field(() => String, { description: 'What the complaint is about (投诉的内容).' })
  content: string;

  @Extensions(reportLength)
  @Field(() => String, { description: 'How it came about (产生投诉的原因).' })
  cause: string;

  @Extensions(reportLength)
  @Field(() => String, { description: 'How it was handled (处理过程).' })
  process: string;

  @Extensions(reportLength)
  @Field(() => String, { description: 'What came of it (处理结果).' })
  result: string;

  @Extensions(reportLength)
  @Field(() => String, { description: 'What was learnt (经验教训).' })
  lessons: string;

  @Extensions(reportLength)
  @Field(() => String, { description: 'What is done differently from now on (纠正措施).' })
  correctiveActions: string;
}

@InputType({ description: 'The customer complains again after handling.' })
export class ReopenComplaintInput extends ComplaintCommandInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'What the customer says.' })
  reason: string;

  @Field(() => ComplaintChannelEnum, {
    nullable: true,
    description:
      'How the customer complains again. A channel of `ComplaintPolicy.replyChannels` owes him a reply, and measures ' +
      'by closing time, anew (CMP-07); so does a case that is answered by approved replies already.',
  })
  channel?: ComplaintChannel | null;
}

@InputType({ description: 'A resolved case that owes nothing any more.' })
export class CloseComplaintInput extends ComplaintCommandInput {}

@InputType({ description: 'What is to fall due, and whose.' })
export class ComplaintDeadlineFilter {
  @Field(() => Int, { description: 'Within so many elapsed hours from now, 1 to 8784.' })
  withinHours: number;

  @Field(() => ID, { nullable: true, description: 'In this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Handled by this employee.' })
  handlerId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: handled by the reader.' })
  mine?: boolean | null;
}

@InputType({ description: 'A complaint that is just coming in, for finding cases that it may belong to.' })
export class ComingComplaintInput {
  @Field(() => ID, { description: 'The project that it is about.' })
  projectId: string;

  @Extensions(codeLength)
  @Field(() => String, { description: 'What it is about: a code such as `LIFT`.' })
  topic: string;

  @Field(() => ID, { nullable: true, description: 'The home that it is about.' })
  unitId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The building; that of the unit unless told.' })
  buildingId?: string | null;
}
