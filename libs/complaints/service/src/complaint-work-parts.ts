import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  ClassDuty,
  ComplaintHandOver,
  ComplaintPassing,
  ComplaintSplit,
  ComplaintUrging,
  HandlerProposal,
  JoinedInto,
} from '@anju/complaints-rules';
import { ComplaintMemberPart } from './complaint-parts';
import { CauseClassEnum, ComplaintChannelEnum } from './graph-enums';
import {
  ClassDutyKindEnum,
  DocumentRecipientEnum,
  HandOverOutcomeEnum,
  ProposalReasonEnum,
} from './work-enums';

/* What belongs to the work on a case, as the graph shows it: the rules' own values, kept as JSON with the case. */

const actor = { description: 'A staff id, or `system:` and what acted.' };

@ObjectType('ComplaintHandOver', {
  simpleResolvers: true,
  description: 'The case was offered to another handler; it changes hands when he accepts (移交).',
})
export class ComplaintHandOverPart implements ComplaintHandOver {
  @Field(() => Int, { description: '1 for the first of the case.' })
  sequence: number;

  @Field(() => Date, { description: 'When it was offered.' })
  offeredAt: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'Code of the department that is to have it.' })
  toDepartment: string;

  @Field(() => ID, { description: 'Who is to have it.' })
  toHandlerId: string;

  @Field(() => String, { nullable: true, description: 'Code of the department that had it.' })
  fromDepartment: string | null;

  @Field(() => ID, { nullable: true, description: 'Who had it.' })
  fromHandlerId: string | null;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => HandOverOutcomeEnum, { description: 'What became of the offer.' })
  outcome: ComplaintHandOver['outcome'];

  @Field(() => Date, { nullable: true, description: 'When it was answered, or fell away.' })
  answeredAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'Who answered it.' })
  answeredBy: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused.' })
  answer: string | null;
}

@ObjectType('ComplaintPassing', {
  simpleResolvers: true,
  description: 'The developer’s customer-relations centre passed the complaint on (转发, CMP-07).',
})
export class ComplaintPassingPart implements ComplaintPassing {
  @Field(() => Date, { description: 'When it was recorded.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => Date, { description: 'When the centre passed it on; the reply is timed from here.' })
  passedOnAt: Date;

  @Field(() => String, { description: 'Who passed it on there.' })
  passedOnBy: string;

  @Field(() => String, { description: 'The centre’s own number of it.' })
  reference: string;
}

@ObjectType('ComplaintUrging', { simpleResolvers: true, description: 'A customer asked again (催办).' })
export class ComplaintUrgingPart implements ComplaintUrging {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => ID, { nullable: true, description: 'Who urged.' })
  customerId: string | null;

  @Field(() => ComplaintChannelEnum, { description: 'How.' })
  channel: ComplaintUrging['channel'];

  @Field(() => ID, { nullable: true, description: 'The contact in which he urged.' })
  interactionId: string | null;

  @Field(() => String, { nullable: true, description: 'What he said.' })
  note: string | null;
}

@ObjectType('ComplaintSplit', {
  simpleResolvers: true,
  description: 'Members got a case of their own, as theirs is another complaint.',
})
export class ComplaintSplitPart implements ComplaintSplit {
  @Field(() => ID, { description: 'Their case.' })
  complaintId: string;

  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => CauseClassEnum, { description: 'The class of theirs.' })
  causeClass: ComplaintSplit['causeClass'];

  @Field(() => String, { description: 'The topic of theirs, as a code.' })
  topic: string;

  @Field(() => String, { nullable: true, description: 'Theirs in words.' })
  content: string | null;

  @Field(() => [ComplaintMemberPart], { description: 'Who they are.' })
  members: ComplaintSplit['members'];
}

@ObjectType('ComplaintJoinedInto', {
  simpleResolvers: true,
  description: 'The case ended in another one, which has its members, contacts and facts (并案).',
})
export class JoinedIntoPart implements JoinedInto {
  @Field(() => ID, { description: 'The case that goes on.' })
  complaintId: string;

  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@ObjectType('ComplaintClassDuty', {
  simpleResolvers: true,
  description: 'What the cause class asks for beside what every case has, done or not (CMP-09).',
})
export class ClassDutyPart implements ClassDuty {
  @Field(() => ClassDutyKindEnum, { description: 'What.' })
  duty: ClassDuty['duty'];

  @Field(() => DocumentRecipientEnum, { nullable: true, description: 'To whom, for a report.' })
  recipient: ClassDuty['recipient'];

  @Field(() => Boolean, { description: 'Whether it is done.' })
  isDone: boolean;
}

@ObjectType('HandlerProposal', {
  simpleResolvers: true,
  description: 'Somebody who may handle a case, by rule and load; a person decides (CMP-04).',
})
export class HandlerProposalPart implements HandlerProposal {
  @Field(() => ID, { description: 'The employee.' })
  staffId: string;

  @Field(() => String, { description: 'His department.' })
  departmentCode: string;

  @Field(() => String, { description: 'His position.' })
  position: string;

  @Field(() => Int, { description: 'Cases of the project that he handles and that are unresolved.' })
  openCases: number;

  @Field(() => [ProposalReasonEnum], { description: 'Why he stands where he stands.' })
  reasons: HandlerProposal['reasons'];
}
