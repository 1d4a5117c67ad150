import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import {
  expectedStep,
  type RectificationState,
  type RectificationStep,
  type Signature,
} from '@anju/reception-rules';
import { AggregateEntity, DateScalar, stub, stubOrNull, type Stub } from '@anju/subgraph';
import { RectificationStatusEnum, RectificationStepEnum } from './graph-enums';
import { BuildingStub, ProjectStub, StaffStub, UnitStub } from './stubs';

@ObjectType('RectificationSignature', {
  simpleResolvers: true,
  description: 'Who signed what, and when (REC-13).',
})
export class SignaturePart implements Signature {
  @Field(() => RectificationStepEnum)
  step: Signature['step'];

  @Field(() => ID, { description: 'The employee.' })
  signerId: string;

  @Field(() => String, { description: 'The role in which it was given.' })
  role: string;

  @Field(() => String, { nullable: true })
  remark: string | null;

  @Field(() => Date)
  signedAt: Date;
}

/** 工作联系单 (整改类) */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A warranty repair, by liaison form to the developer (工作联系单, REC-13).',
})
@Entity('rectification')
export class Rectification extends AggregateEntity implements RectificationState {
  @Column('uuid')
  projectId: string;

  @Field(() => RectificationStatusEnum)
  @Column('text')
  status: RectificationState['status'];

  @Column('uuid')
  interactionId: string;

  @Column('uuid', { nullable: true })
  unitId: string | null;

  @Column('uuid', { nullable: true })
  buildingId: string | null;

  @Field(() => String)
  @Column('text')
  fault: string;

  @Field(() => String)
  @Column('text')
  place: string;

  @Field(() => DateScalar, { nullable: true, description: "Last day of the home's warranty." })
  @Column('date', { nullable: true })
  warrantyEndsOn: string | null;

  @Field(() => Date)
  @Column('timestamptz')
  requestedAt: Date;

  @Column('uuid')
  requestedBy: string;

  @Field(() => [SignaturePart], { description: 'In the order in which they were given.' })
  @JsonColumn()
  signatures: readonly Signature[];

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  completedAt: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  withdrawnAt: Date | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  withdrawReason: string | null;

  @Field(() => RectificationStepEnum, { nullable: true, description: 'The signature that it waits for.' })
  get waitsFor(): RectificationStep | null {
    return expectedStep(this);
  }

  @Field(() => ProjectStub, { nullable: true })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => UnitStub, { nullable: true })
  get unit(): Stub | null {
    return stubOrNull(this.unitId);
  }

  @Field(() => BuildingStub, { nullable: true })
  get building(): Stub | null {
    return stubOrNull(this.buildingId);
  }

  @Field(() => StaffStub, { nullable: true, name: 'requestedBy', simple: false })
  get requester(): Stub {
    return stub(this.requestedBy);
  }
}
