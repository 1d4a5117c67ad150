import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import {
  countedFollowUps,
  owesFollowUps,
  type LeadDeadlineKind,
  type LeadFollowUp,
  type LeadNeed,
  type LeadState,
  type UnitProposal,
} from '@anju/sales-rules';
import { AggregateEntity, DecimalScalar, stub, stubOrNull, type Stub } from '@anju/subgraph';
import type { SalesSurroundings } from './environment';
import {
  LeadClosingReasonEnum,
  LeadDeadlineKindEnum,
  LeadFollowUpMethodEnum,
  LeadFollowUpOutcomeEnum,
  LeadKindEnum,
  LeadSourceEnum,
  LeadStatusEnum,
} from './graph-enums';
import { CustomerStub, InteractionStub, ProjectStub, StaffStub } from './stubs';

@ObjectType('LeadNeed', {
  simpleResolvers: true,
  description: 'What a prospect looks for; null is no wish (SAL-01).',
})
export class LeadNeedPart implements LeadNeed {
  @Field(() => Int, { nullable: true, description: 'Bedrooms.' })
  bedrooms: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Square metres.' })
  smallestArea: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Square metres.' })
  largestArea: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The most that the home may cost, in CNY.' })
  budget: string | null;
}

@ObjectType('LeadFollowUp', {
  simpleResolvers: true,
  description: 'A follow-up of a prospect, with its method and result (SAL-01).',
})
export class LeadFollowUpPart implements LeadFollowUp {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, { description: 'A staff id, or `system:` and what acted.' })
  by: string;

  @Field(() => LeadFollowUpMethodEnum, { description: 'How.' })
  method: LeadFollowUp['method'];

  @Field(() => LeadFollowUpOutcomeEnum, { description: 'What it came to.' })
  outcome: LeadFollowUp['outcome'];

  @Field(() => String, { description: 'What was said.' })
  result: string;
}

@ObjectType('UnitProposal', {
  simpleResolvers: true,
  description: 'Homes that were proposed to a prospect (SAL-02).',
})
export class UnitProposalPart implements UnitProposal {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, { description: 'A staff id, or `system:` and what acted.' })
  by: string;

  @Field(() => [ID], { description: 'The homes, best first.' })
  unitIds: readonly string[];
}

@ObjectType('LeadDeadline', {
  simpleResolvers: true,
  description: 'Something that is still to fall due for a prospect.',
})
export class LeadDeadlinePart {
  @Field(() => LeadDeadlineKindEnum, { description: 'What falls due.' })
  kind: LeadDeadlineKind;

  @Field(() => Date, { description: 'When.' })
  dueAt: Date;
}

/** 来电来访客户 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A prospect of a project: somebody who called (来电) or visited (来访, SAL-01).',
})
@Entity('lead')
export class Lead extends AggregateEntity implements LeadState {
  @Column('uuid')
  projectId: string;

  @Field(() => String, {
    description: 'Project code, L, date of the contact and the day’s sequence, such as `JX-L20260302-001`.',
  })
  @Column('text')
  number: string;

  @Field(() => LeadStatusEnum, { description: 'How far it has come.' })
  @Column('text')
  status: LeadState['status'];

  @Field(() => LeadKindEnum, { description: 'A caller who has come counts as a visitor.' })
  @Column('text')
  kind: LeadState['kind'];

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Column('uuid', { nullable: true })
  interactionId: string | null;

  @Field(() => Date, { description: 'When the prospect called or came.' })
  @Column('timestamptz')
  receivedAt: Date;

  @Column('uuid')
  consultantId: string;

  @Field(() => LeadSourceEnum, { description: 'Where the prospect has heard of the project.' })
  @Column('text')
  source: LeadState['source'];

  @Field(() => LeadNeedPart, { description: 'What the prospect looks for.' })
  @JsonColumn()
  need: LeadState['need'];

  @Field(() => Boolean, { description: 'Agrees to be contacted; without that nobody follows up.' })
  @Column('boolean')
  contactConsent: boolean;

  @Field(() => [LeadFollowUpPart], { description: 'Follow-ups, the oldest first (SAL-01).' })
  @JsonColumn()
  followUps: LeadState['followUps'];

  @Field(() => [UnitProposalPart], { description: 'What was proposed, the oldest first (SAL-02).' })
  @JsonColumn()
  proposals: LeadState['proposals'];

  @Field(() => Date, {
    nullable: true,
    description: 'When the next follow-up is due; null when none is owed or agreed.',
  })
  @Column('timestamptz', { nullable: true })
  nextFollowUpDueAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'That, once it has passed with nothing done.' })
  @Column('timestamptz', { nullable: true })
  followUpMissedAt: Date | null;

  @Field(() => Date, { description: 'Until when all follow-ups that are owed have to be made.' })
  @Column('timestamptz')
  followUpsDueAt: Date;

  @Field(() => Date, { nullable: true, description: 'That, once it has passed with fewer.' })
  @Column('timestamptz', { nullable: true })
  underFollowedAt: Date | null;

  @Column('uuid', { nullable: true })
  saleId: string | null;

  @Field(() => LeadClosingReasonEnum, { nullable: true, description: 'Why it was given up.' })
  @Column('text', { nullable: true })
  closingReason: LeadState['closingReason'];

  @Field(() => Date, { nullable: true, description: 'When it was won or given up.' })
  @Column('timestamptz', { nullable: true })
  closedAt: Date | null;

  @Field(() => Boolean, { description: 'Whether follow-ups are owed that were not made yet (SAL-01).' })
  @Column('boolean')
  followUpsOwed: boolean;

  @Field(() => Int, { description: 'How many follow-ups have reached the prospect; only these count.' })
  get countedFollowUps(): number {
    return countedFollowUps(this);
  }

  @Field(() => ProjectStub, { nullable: true, description: 'The project that it belongs to.' })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => CustomerStub, { nullable: true, description: 'Null where a caller has not said who he is.' })
  get customer(): Stub | null {
    return stubOrNull(this.customerId);
  }

  @Field(() => InteractionStub, { nullable: true, description: 'The contact at the desk that it came from.' })
  get interaction(): Stub | null {
    return stubOrNull(this.interactionId);
  }

  @Field(() => StaffStub, { nullable: true, description: 'The consultant (置业顾问) whose prospect it is.' })
  get consultant(): Stub {
    return stub(this.consultantId);
  }
}

/** Columns that lists ask by. */
export function leadQueryColumns(
  state: LeadState,
  { policy }: SalesSurroundings,
): Pick<Lead, 'followUpsOwed'> {
  return { followUpsOwed: owesFollowUps(state, policy) };
}
