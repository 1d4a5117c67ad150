import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  Closing,
  NewDemand,
  Reopening,
  Resolution,
  ReturnVisit,
  ReturnVisitAttempt,
} from '@anju/complaints-rules';
import { CauseClassEnum, ReopeningCauseEnum, TellingChannelEnum, ComplaintChannelEnum } from './graph-enums';
import { VisitObstacleEnum, ReturnVisitReleaseEnum } from './work-enums';

/* How a case comes to its end, as the graph shows it: the rules' own values, kept as JSON with the case. */

const actor = { description: 'A staff id, or `system:` and what acted.' };

@ObjectType('ComplaintResolution', {
  simpleResolvers: true,
  description: 'The result of the handling (CMP-12).',
})
export class ResolutionPart implements Resolution {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'What was done for the customer (处理结果).' })
  result: string;
}

@ObjectType('ComplaintNewDemand', {
  simpleResolvers: true,
  description: 'A demand that arose at a return visit; it became a case of its own (CMP-12).',
})
export class NewDemandPart implements NewDemand {
  @Field(() => ID, { description: 'The case that it became.' })
  complaintId: string;

  @Field(() => CauseClassEnum, { description: 'Its cause class.' })
  causeClass: NewDemand['causeClass'];

  @Field(() => String, { description: 'What it is about, as a code.' })
  topic: string;

  @Field(() => String, { description: 'What the customer asks for.' })
  content: string;
}

@ObjectType('ReturnVisit', { simpleResolvers: true, description: 'A return visit (回访, CMP-12).' })
export class ReturnVisitPart implements ReturnVisit {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Who was visited; null in a case without known customers.',
  })
  customerId: string | null;

  @Field(() => TellingChannelEnum, { description: 'How.' })
  channel: ReturnVisit['channel'];

  @Field(() => Int, { description: 'Satisfaction (满意度), 1 worst to 5.' })
  satisfaction: number;

  @Field(() => String, { nullable: true, description: 'What the customer said.' })
  remarks: string | null;

  @Field(() => NewDemandPart, { nullable: true, description: 'What new came up.' })
  newDemand: NewDemand | null;
}

@ObjectType('ReturnVisitAttempt', {
  simpleResolvers: true,
  description: 'A return visit that was tried and did not come about (CMP-12).',
})
export class ReturnVisitAttemptPart implements ReturnVisitAttempt {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => ID, { nullable: true, description: 'Who was to be visited.' })
  customerId: string | null;

  @Field(() => TellingChannelEnum, { description: 'How.' })
  channel: ReturnVisitAttempt['channel'];

  @Field(() => VisitObstacleEnum, { description: 'Why it did not come about.' })
  obstacle: ReturnVisitAttempt['obstacle'];

  @Field(() => String, { nullable: true, description: 'In words.' })
  remarks: string | null;

  @Field(() => ReturnVisitReleaseEnum, {
    nullable: true,
    description:
      'What it showed, with those before it, so that no visit is owed any more; null while one is.',
  })
  release: ReturnVisitAttempt['release'];
}

@ObjectType('ComplaintReopening', {
  simpleResolvers: true,
  description: 'The case came back after handling: a second complaint (二次投诉, CMP-02, CMP-12).',
})
export class ReopeningPart implements Reopening {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => ReopeningCauseEnum, { description: 'What brought it back.' })
  cause: Reopening['cause'];

  @Field(() => String, { nullable: true, description: 'In words.' })
  reason: string | null;

  @Field(() => ComplaintChannelEnum, {
    nullable: true,
    description: 'How the customer complained again; null where nobody said, and at a return visit.',
  })
  channel: Reopening['channel'];
}

@ObjectType('ComplaintClosing', { simpleResolvers: true, description: 'The case was closed.' })
export class ClosingPart implements Closing {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;
}
