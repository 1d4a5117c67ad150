import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  ClassChange,
  ClassificationFacts,
  ComplaintIntake,
  CustomerTelling,
  HandoverOffer,
} from '@anju/reception-rules';
import { DateScalar } from '@anju/subgraph';
import {
  CauseClassEnum,
  FaultDutyEnum,
  InteractionClassEnum,
  MatterEnum,
  ReportableFactEnum,
  TellingChannelEnum,
  TellingKindEnum,
} from './graph-enums';

/* The parts of a contact as the graph shows them: the rules' own values, kept as JSON with the contact. */

const actor = { description: 'A staff id, or `system:` and what acted.' };

@ObjectType({ simpleResolvers: true, description: 'One decision on the class of a contact (REC-02).' })
export class InteractionClassChange implements ClassChange {
  @Field(() => InteractionClassEnum, {
    nullable: true,
    description: 'Null when confirmed for the first time.',
  })
  from: ClassChange['from'];

  @Field(() => InteractionClassEnum)
  to: ClassChange['to'];

  @Field(() => Boolean, { description: 'The agent took the class that was proposed.' })
  asProposed: boolean;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { nullable: true })
  reason: string | null;

  @Field(() => Date)
  changedAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'One word to the customer (REC-04, REC-05).' })
export class InteractionTelling implements CustomerTelling {
  @Field(() => TellingKindEnum)
  kind: CustomerTelling['kind'];

  @Field(() => TellingChannelEnum)
  channel: CustomerTelling['channel'];

  @Field(() => String, { nullable: true, description: 'Null for a reply that a complaint case holds.' })
  text: string | null;

  @Field(() => ID, { nullable: true, description: 'The complaint case in which the customer was told.' })
  complaintId: string | null;

  @Field(() => String, actor)
  by: string;

  @Field(() => Date)
  toldAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A handover that waits for an answer (REC-03).' })
export class InteractionHandoverOffer implements HandoverOffer {
  @Field(() => ID, { description: 'The colleague who has to answer.' })
  toId: string;

  @Field(() => ID)
  byId: string;

  @Field(() => String, { nullable: true })
  note: string | null;

  @Field(() => Date)
  offeredAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'What the class was proposed from (REC-02).' })
export class InteractionFacts implements ClassificationFacts {
  @Field(() => MatterEnum)
  matter: ClassificationFacts['matter'];

  @Field(() => Boolean, { description: 'The customer says clearly that he complains.' })
  wantsToComplain: boolean;

  @Field(() => DateScalar, { nullable: true, description: "Last day of the home's warranty." })
  warrantyEndsOn: string | null;

  @Field(() => FaultDutyEnum, { nullable: true, description: 'Null while nobody knows the cause.' })
  faultDuty: ClassificationFacts['faultDuty'];

  @Field(() => Boolean, { description: 'Broadband, water heater, intercom: equipment of an outside firm.' })
  partnersEquipment: boolean;

  @Field(() => Boolean, { description: 'Others have to take part.' })
  needsOthers: boolean;

  @Field(() => Int, { nullable: true, description: 'How many days the desk thinks it takes.' })
  expectedDays: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a complaint case is opened from (REC-17).' })
export class InteractionComplaintIntake implements ComplaintIntake {
  @Field(() => CauseClassEnum)
  causeClass: ComplaintIntake['causeClass'];

  @Field(() => [ReportableFactEnum])
  facts: ComplaintIntake['facts'];

  @Field(() => [ID], { description: 'Employees whom the complaint names.' })
  namedStaffIds: ComplaintIntake['namedStaffIds'];
}
