import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { RectificationStatus, RectificationStep } from '@anju/reception-rules';
import { commandResult, connectionType, ChangeInput, CommandInput, FilterConditions } from '@anju/subgraph';
import { RectificationStatusEnum, RectificationStepEnum } from './graph-enums';
import { refusing, type ReceptionGraphRefusal } from './reception.refusals';
import { Rectification } from './rectification.entity';

export const RectificationConnection = connectionType(Rectification, 'Rectification');

@InputType({
  description: 'A warranty repair that a contact leads to (REC-13). The warranty comes from the unit.',
})
export class RequestRectificationInput extends CommandInput {
  @Field(() => ID)
  interactionId: string;

  @Field(() => String)
  fault: string;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { description: 'Where in the home or the common parts.' })
  place: string;
}

@InputType({ description: 'A liaison form, and the guards of a command on it.' })
export abstract class RectificationChangeInput extends ChangeInput {
  @Field(() => ID)
  rectificationId: string;
}

@InputType({ description: 'A signature on a liaison form; who signs, and when, comes of itself.' })
export abstract class SignatureInput extends RectificationChangeInput {
  @Field(() => String, { nullable: true })
  remark?: string | null;
}

@InputType()
export class VerifyRectificationInput extends SignatureInput {}

@InputType()
export class SignForRectificationInput extends SignatureInput {}

@InputType()
export class ConfirmRectificationCompletionInput extends SignatureInput {}

@InputType()
export class WithdrawRectificationInput extends RectificationChangeInput {
  @Field(() => String)
  reason: string;
}

@InputType({ description: 'All conditions together.' })
export class RectificationFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => [RectificationStatusEnum], { nullable: true })
  status?: RectificationStatus[] | null;

  @Field(() => RectificationStepEnum, { nullable: true, description: 'Waiting for this signature.' })
  waitsFor?: RectificationStep | null;

  @Field(() => ID, { nullable: true })
  unitId?: string | null;

  @Field(() => ID, { nullable: true })
  interactionId?: string | null;

  @Field(() => Date, { nullable: true })
  requestedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including.' })
  requestedBefore?: Date | null;
}

const waitingFor = {
  VERIFY: 'REQUESTED',
  SIGN_FOR: 'VERIFIED',
  COMPLETE: 'SIGNED_FOR',
} as const satisfies Record<RectificationStep, RectificationStatus>;

/** What the filter asks of rows `t` of the table of liaison forms. */
export function rectificationConditions(filter: RectificationFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.waitsFor && waitingFor[filter.waitsFor], (status) => `t.status = ${status}`)
    .where(filter?.unitId, (id) => `t.unit_id = ${id}`)
    .where(filter?.interactionId, (id) => `t.interaction_id = ${id}`)
    .where(filter?.requestedFrom, (at) => `t.requested_at >= ${at}`)
    .where(filter?.requestedBefore, (at) => `t.requested_at < ${at}`);
}

const result = <const Codes extends ReceptionGraphRefusal>(command: string, ...codes: readonly Codes[]) =>
  commandResult<Rectification, Codes>(
    `${command}Result`,
    Rectification,
    'Rectification',
    refusing<Codes>(...codes),
  );

export const RequestRectificationResult = result(
  'RequestRectification',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'RECTIFICATION_DETAILS_MISSING',
);
export const VerifyRectificationResult = result(
  'VerifyRectification',
  'SIGNER_NOT_ENTITLED',
  'OUT_OF_ORDER_SIGNATURE',
);
export const SignForRectificationResult = result(
  'SignForRectification',
  'SIGNER_NOT_ENTITLED',
  'OUT_OF_ORDER_SIGNATURE',
);
export const ConfirmRectificationCompletionResult = result(
  'ConfirmRectificationCompletion',
  'SIGNER_NOT_ENTITLED',
  'OUT_OF_ORDER_SIGNATURE',
);
export const WithdrawRectificationResult = result(
  'WithdrawRectification',
  'RECTIFICATION_NOT_IN_REQUIRED_STATUS',
  'RECEPTION_TEXT_MISSING',
);
