import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { encryptedColumn, maskPhone } from '@anju/access';
import { JsonColumn } from '@anju/commands';
import type { InteractionState } from '@anju/reception-rules';
import { AggregateEntity, stub, stubOrNull, type Stub } from '@anju/subgraph';
import { InteractionChannelEnum, InteractionClassEnum, InteractionStatusEnum } from './graph-enums';
import {
  InteractionClassChange,
  InteractionComplaintIntake,
  InteractionFacts,
  InteractionHandoverOffer,
  InteractionTelling,
} from './interaction-parts';
import { BuildingStub, CustomerStub, ProjectStub, StaffStub, UnitStub } from './stubs';

/** 来电来访记录 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A contact as recorded on first receipt (来电来访记录, REC-01).',
})
@Entity('interaction')
export class Interaction extends AggregateEntity implements InteractionState {
  @Column('uuid')
  projectId: string;

  @Field(() => InteractionStatusEnum)
  @Column('text')
  status: InteractionState['status'];

  @Field(() => String, { nullable: true, description: '已完成 once closed.' })
  @Column('text', { nullable: true })
  label: InteractionState['label'];

  @Field(() => String, {
    description: "Project code, date and the day's sequence, such as `JX-20260302-001`.",
  })
  @Column('text')
  number: string;

  @Field(() => InteractionChannelEnum)
  @Column('text')
  channel: InteractionState['channel'];

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Field(() => String, { nullable: true, description: 'Who it was, where the directory does not know him.' })
  @Column('text', { nullable: true })
  callerName: string | null;

  @Column('text', { nullable: true, transformer: encryptedColumn('interaction.callback_contact') })
  callbackContact: string | null;

  @Column('uuid', { array: true })
  accompanyingCustomerIds: readonly string[];

  /** All customers of the contact, for look-ups. */
  @Column('uuid', { array: true })
  customerIds: readonly string[];

  @Column('uuid', { nullable: true })
  unitId: string | null;

  @Column('uuid', { nullable: true })
  buildingId: string | null;

  @Field(() => String)
  @Column('text')
  content: string;

  @Field(() => String, { nullable: true, description: 'What it is about: a code such as `LIFT`.' })
  @Column('text', { nullable: true })
  topic: string | null;

  @Field(() => Date)
  @Column('timestamptz')
  receivedAt: Date;

  @Column('uuid')
  receivedBy: string;

  @Field(() => InteractionFacts, { description: 'What the class was proposed from.' })
  @JsonColumn()
  facts: InteractionState['facts'];

  @Field(() => InteractionClassEnum, { description: 'By the facts (REC-02).' })
  @Column('text')
  proposedClass: InteractionState['proposedClass'];

  @Field(() => InteractionClassEnum, {
    nullable: true,
    description: 'By the agent; null before he has decided.',
  })
  @Column('text', { nullable: true })
  confirmedClass: InteractionState['confirmedClass'];

  @Field(() => [InteractionClassChange], { description: 'Every decision on the class, oldest first.' })
  @JsonColumn()
  classChanges: InteractionState['classChanges'];

  // `complaint` is the case, which the complaints service adds to this type.
  @Field(() => InteractionComplaintIntake, {
    name: 'complaintIntake',
    simple: false,
    nullable: true,
    description: 'What the desk heard; set while the class is `COMPLAINT`.',
  })
  @JsonColumn({ nullable: true })
  complaint: InteractionState['complaint'];

  @Column('uuid')
  ownerId: string;

  @Field(() => InteractionHandoverOffer, { nullable: true })
  @JsonColumn({ nullable: true })
  handoverOffer: InteractionState['handoverOffer'];

  @Field(() => [InteractionTelling], { description: 'Every word to the customer, oldest first.' })
  @JsonColumn()
  tellings: InteractionState['tellings'];

  @Field(() => Date, { nullable: true, description: 'When the customer was last told anything (REC-05).' })
  @Column('timestamptz', { nullable: true })
  lastToldAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when the customer has been left without a word for too long (REC-05).',
  })
  @Column('timestamptz', { nullable: true })
  uninformedAt: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  closedAt: Date | null;

  @Column('uuid', { nullable: true })
  closedBy: string | null;

  @Field(() => String, {
    name: 'callbackContact',
    simple: false,
    nullable: true,
    description: 'How to call back, all but its ends hidden (DIR-05).',
  })
  get maskedCallbackContact(): string | null {
    return this.callbackContact === null ? null : maskPhone(this.callbackContact);
  }

  @Field(() => ProjectStub, { nullable: true })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => CustomerStub, { nullable: true, description: 'Null while the directory does not know him.' })
  get customer(): Stub | null {
    return stubOrNull(this.customerId);
  }

  @Field(() => [CustomerStub], {
    nullable: 'items',
    description: 'Those who came or called together with the customer.',
  })
  get companions(): readonly Stub[] {
    return this.accompanyingCustomerIds.map(stub);
  }

  @Field(() => UnitStub, { nullable: true })
  get unit(): Stub | null {
    return stubOrNull(this.unitId);
  }

  @Field(() => BuildingStub, { nullable: true })
  get building(): Stub | null {
    return stubOrNull(this.buildingId);
  }

  @Field(() => StaffStub, {
    nullable: true,
    description: 'Whoever received it, until a handover is accepted (首问责任制, REC-03).',
  })
  get owner(): Stub {
    return stub(this.ownerId);
  }

  @Field(() => StaffStub, { nullable: true, name: 'receivedBy', simple: false })
  get receiver(): Stub {
    return stub(this.receivedBy);
  }

  @Field(() => StaffStub, { name: 'closedBy', simple: false, nullable: true })
  get closer(): Stub | null {
    return stubOrNull(this.closedBy);
  }
}
