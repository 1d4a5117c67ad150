import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { MissingForClosing } from '@anju/reception-rules';
import { DecimalScalar, refusalTypes } from '@anju/subgraph';
import {
  ClosingRequirementEnum,
  ComplaintIntakePartEnum,
  FollowUpCategoryEnum,
  FollowUpMissingEnum,
  FollowUpStatusEnum,
  InteractionClassEnum,
  InteractionMissingEnum,
  InteractionStatusEnum,
  ItemKindEnum,
  RectificationStatusEnum,
  RectificationStepEnum,
  RepairDetailEnum,
  TellingChannelEnum,
  WorkOrderStatusEnum,
} from './graph-enums';

type ItemKind = Extract<MissingForClosing, { what: 'ITEM' }>['kind'];

@ObjectType('MissingForClosing', {
  simpleResolvers: true,
  description: 'One thing that a contact still needs before it can be closed (REC-04).',
})
export class MissingForClosingEntry {
  @Field(() => ClosingRequirementEnum)
  what: MissingForClosing['what'];

  @Field(() => ItemKindEnum, { nullable: true, description: 'Of the item that is missing or not done.' })
  kind?: ItemKind;

  @Field(() => ID, { nullable: true, description: 'The item that is not done.' })
  itemId?: string;

  @Field(() => InteractionClassEnum, { nullable: true, description: 'To be confirmed, or another taken.' })
  proposedClass?: Extract<MissingForClosing, { what: 'CLASS' }>['proposedClass'];

  @Field(() => Date, {
    nullable: true,
    description: 'The result has to be told at or after this; null while an item is open.',
  })
  notBeforeAt?: Date | null;
}

/**
 * Refusals of contacts and of what they lead to, with their data; listed in `docs/errors.md`. A field that the
 * entity of the same union has too is nullable where the entity's is, so that both can be asked for at once.
 */
export const receptionRefusals = refusalTypes({
  INTERACTION_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: InteractionStatusEnum,
    allowedIn: [InteractionStatusEnum],
  },
  WORK_ORDER_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: WorkOrderStatusEnum,
    allowedIn: [WorkOrderStatusEnum],
  },
  FOLLOW_UP_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: FollowUpStatusEnum,
    allowedIn: [FollowUpStatusEnum],
  },
  RECTIFICATION_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: RectificationStatusEnum,
    allowedIn: [RectificationStatusEnum],
  },
  RECEPTION_TEXT_MISSING: { field: String },

  INTERACTION_DETAILS_MISSING: { missing: [InteractionMissingEnum] },
  INTERACTION_RECEIVED_IN_FUTURE: { receivedAt: Date, decidedAt: Date },
  INTERACTION_CLASS_ALREADY_CONFIRMED: { confirmedClass: { type: InteractionClassEnum, nullable: true } },
  INTERACTION_CLASS_NOT_CONFIRMED: { proposedClass: InteractionClassEnum },
  INTERACTION_CLASS_UNCHANGED: { confirmedClass: { type: InteractionClassEnum, nullable: true } },
  COMPLAINT_INTAKE_MISSING: { missing: [ComplaintIntakePartEnum] },
  TELLING_NOT_APPROVED: { complaintId: ID, instead: String, spokenChannels: [TellingChannelEnum] },
  NOT_THE_OWNER: { ownerId: ID },
  HANDOVER_TO_THE_OWNER: { ownerId: ID },
  NO_HANDOVER_OFFERED: { ownerId: ID },
  HANDOVER_OFFERED_TO_ANOTHER: { offeredToId: ID },
  INTERACTION_CLOSING_INCOMPLETE: { missing: [MissingForClosingEntry] },

  WORK_ORDER_DETAILS_MISSING: { missing: [RepairDetailEnum] },
  APPOINTMENT_ENDS_BEFORE_IT_BEGINS: { fromAt: Date, toAt: Date },
  APPOINTMENT_IN_THE_PAST: { toAt: Date, decidedAt: Date },
  ESTIMATE_NEGATIVE: { estimate: { type: DecimalScalar, nullable: true } },
  MATERIAL_QUANTITY_NOT_POSITIVE: { material: String, quantity: Number },
  COMPANY_MOVE_USED_UP: { companyMoves: Int, misses: Int, allowed: Int },
  CUSTOMER_NOT_TOLD_OF_MOVE: { agreedFromAt: Date },
  CUSTOMER_TOLD_TOO_LATE: { customerToldAt: Date, agreedFromAt: Date },
  CUSTOMER_TOLD_BEFORE_APPOINTMENT: { customerToldAt: Date, agreedAt: Date },
  CUSTOMER_TOLD_IN_FUTURE: { customerToldAt: Date, decidedAt: Date },

  STAFF_PRAISES_HIMSELF: { staffId: ID },
  PRAISER_NOT_OF_CONTACT: { customerId: ID },

  FOLLOW_UP_NOT_FOR_CATEGORY: {
    command: String,
    category: FollowUpCategoryEnum,
    allowedFor: [FollowUpCategoryEnum],
  },
  PROMISED_TIME_PASSED: { promisedAt: { type: Date, nullable: true }, decidedAt: Date },
  COMMUNICATION_NOT_NEEDED: {
    needsOthers: Boolean,
    expectedDays: { type: Int, nullable: true },
    moreThanDays: Int,
  },
  FOLLOW_UP_ALREADY_ARRIVED: { arrivedAt: { type: Date, nullable: true } },
  FOLLOW_UP_RESULT_NOT_RECORDED: {},
  FOLLOW_UP_CLOSING_INCOMPLETE: { missing: [FollowUpMissingEnum] },

  RECTIFICATION_DETAILS_MISSING: { missing: [RepairDetailEnum] },
  SIGNER_NOT_ENTITLED: { step: RectificationStepEnum, requiredRole: String, roles: [String] },
  OUT_OF_ORDER_SIGNATURE: {
    step: RectificationStepEnum,
    expectedStep: { type: RectificationStepEnum, nullable: true },
    status: RectificationStatusEnum,
  },
});

export type ReceptionGraphRefusal = keyof typeof receptionRefusals;

/** Some of the refusals, for the result of a command that can give these. */
export function refusing<const Codes extends ReceptionGraphRefusal>(
  ...codes: readonly Codes[]
): { readonly [Code in Codes]: (typeof receptionRefusals)[Code] } {
  return Object.fromEntries(codes.map((code) => [code, receptionRefusals[code]])) as {
    readonly [Code in Codes]: (typeof receptionRefusals)[Code];
  };
}
