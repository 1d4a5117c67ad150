import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import type {
  Arrears,
  GoodsLine,
  OwnerCall,
  Redemption,
  RefusedApplication,
  ReleaseSlipKind,
  ReleaseSlipState,
  ReleaseSlipStatus,
} from '@anju/reception-rules';
import { AggregateEntity, Requires, stub, stubOrNull, type Stub } from '@anju/subgraph';
import { ReleaseSlipKindEnum, ReleaseSlipStatusEnum } from './desk-enums';
import { FeeArrears } from './fee-account.parts';
import {
  ReleaseSlipGoods,
  ReleaseSlipOwnerCall,
  ReleaseSlipRedemption,
  ReleaseSlipRefusal,
} from './release-slip.parts';
import { CustomerStub, ProjectStub, StaffStub, UnitStub } from './stubs';

/** The lobby checks goods; what a household owes is none of its business. */
const owed = 'reception.fee.read';

/** 放行条 */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'Goods may leave the building (放行条, REC-36…38).' })
@Entity('release_slip')
export class ReleaseSlip extends AggregateEntity implements ReleaseSlipState {
  @Column('uuid')
  projectId: string;

  @Field(() => ReleaseSlipStatusEnum)
  @Column('text')
  status: ReleaseSlipStatus;

  @Field(() => ReleaseSlipKindEnum)
  @Column('text')
  kind: ReleaseSlipKind;

  @Column('uuid')
  unitId: string;

  @Column('uuid')
  applicantId: string;

  @Column('uuid', { nullable: true })
  interactionId: string | null;

  @Field(() => [ReleaseSlipGoods])
  @JsonColumn()
  goods: readonly GoodsLine[];

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  identityCopiedAt: Date | null;

  @Column('uuid', { nullable: true })
  signedById: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  signedAt: Date | null;

  @Column('uuid', { nullable: true })
  directorId: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  directorInformedAt: Date | null;

  @Requires(owed)
  @Field(() => ReleaseSlipOwnerCall, {
    nullable: true,
    simple: false,
    description: 'The last call (REC-37).',
  })
  @JsonColumn({ nullable: true })
  ownerCall: OwnerCall | null;

  @Requires(owed)
  @Field(() => [ReleaseSlipRefusal], { nullable: true, simple: false, description: 'Oldest first.' })
  @JsonColumn()
  refusals: readonly RefusedApplication[];

  @Field(() => Date)
  @Column('timestamptz')
  requestedAt: Date;

  @Column('uuid')
  requestedBy: string;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  issuedAt: Date | null;

  @Column('uuid', { nullable: true })
  issuedBy: string | null;

  @Requires(owed)
  @Field(() => FeeArrears, {
    nullable: true,
    simple: false,
    description: 'What an owner owed when it was issued, and was told of.',
  })
  @JsonColumn({ nullable: true })
  arrearsTold: Arrears | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  lobbyToldAt: Date | null;

  @Field(() => ReleaseSlipRedemption, { nullable: true })
  @JsonColumn({ nullable: true })
  redemption: Redemption | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  cancelledAt: Date | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  cancelReason: string | null;

  @Field(() => ProjectStub, { nullable: true })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => UnitStub, { nullable: true })
  get unit(): Stub {
    return stub(this.unitId);
  }

  @Field(() => CustomerStub, { nullable: true, description: 'Owner or tenant of the unit.' })
  get applicant(): Stub {
    return stub(this.applicantId);
  }

  @Field(() => CustomerStub, { name: 'signedBy', simple: false, nullable: true })
  get signer(): Stub | null {
    return stubOrNull(this.signedById);
  }

  @Field(() => StaffStub, { nullable: true, description: 'Who was informed of the arrears (REC-36).' })
  get director(): Stub | null {
    return stubOrNull(this.directorId);
  }

  @Field(() => StaffStub, {
    nullable: true,
    name: 'requestedBy',
    simple: false,
    description: 'Who took the application.',
  })
  get requester(): Stub {
    return stub(this.requestedBy);
  }

  @Field(() => StaffStub, { name: 'issuedBy', simple: false, nullable: true })
  get issuer(): Stub | null {
    return stubOrNull(this.issuedBy);
  }
}
