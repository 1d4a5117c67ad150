import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import type { DrawerCount, OpenMatter, ShiftState, ShiftStatus } from '@anju/reception-rules';
import { AggregateEntity, stub, stubOrNull, type Stub } from '@anju/subgraph';
import { ShiftStatusEnum } from './desk-enums';
import { ShiftCount, ShiftOpenMatter } from './shift.parts';
import { ProjectStub, StaffStub } from './stubs';

/** 交接记录 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: "One person's time at the desk, and its handover (交接记录, REC-23).",
})
@Entity('shift')
export class Shift extends AggregateEntity implements ShiftState {
  @Column('uuid')
  projectId: string;

  @Field(() => ShiftStatusEnum)
  @Column('text')
  status: ShiftStatus;

  @Column('uuid')
  staffId: string;

  @Field(() => Date)
  @Column('timestamptz')
  openedAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was opened although the shift before was not accepted.',
  })
  @Column('text', { nullable: true })
  openedOverReason: string | null;

  @Field(() => ShiftCount, { nullable: true, description: 'The last count.' })
  @JsonColumn({ nullable: true })
  count: DrawerCount | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  explanation: string | null;

  @Field(() => [String], { description: '特别交待' })
  @Column('text', { array: true })
  specialNotes: string[];

  @Field(() => [ShiftOpenMatter])
  @JsonColumn()
  openMatters: readonly OpenMatter[];

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  handedOverAt: Date | null;

  @Column('uuid', { nullable: true })
  answeredBy: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  answeredAt: Date | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  disputeReason: string | null;

  @Field(() => ProjectStub, { nullable: true })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => StaffStub, { nullable: true, description: 'Whose shift it is.' })
  get staff(): Stub {
    return stub(this.staffId);
  }

  @Field(() => StaffStub, {
    name: 'answeredBy',
    simple: false,
    nullable: true,
    description: 'Who accepted or disputed the handover.',
  })
  get answerer(): Stub | null {
    return stubOrNull(this.answeredBy);
  }
}
