import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type { ReleaseSlipKind, ReleaseSlipStatus } from '@anju/reception-rules';
import { commandResult, connectionType, ChangeInput, CommandInput, FilterConditions } from '@anju/subgraph';
import { ReleaseSlipKindEnum, ReleaseSlipStatusEnum } from './desk-enums';
import { deskRefusing, type DeskGraphRefusal } from './desk-refusals';
import { ReleaseSlip } from './release-slip.entity';

export const ReleaseSlipConnection = connectionType(ReleaseSlip, 'ReleaseSlip');

@InputType({ description: 'A line of the goods list.' })
export class ReleaseGoodsInput {
  @Extensions({ maxLength: 200 })
  @Field(() => String)
  description: string;

  @Field(() => Int)
  quantity: number;
}

@InputType({ description: 'An owner or a tenant wants to take goods out (REC-36, REC-37).' })
export class ApplyForReleaseInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => ID)
  unitId: string;

  @Field(() => ID)
  applicantId: string;

  @Field(() => ID, { nullable: true, description: 'The contact in which he applied.' })
  interactionId?: string | null;

  @Field(() => [ReleaseGoodsInput], { nullable: true })
  goods?: ReleaseGoodsInput[] | null;

  @Field(() => Boolean, { defaultValue: false, description: 'His identity document was seen and copied.' })
  identityCopied: boolean;
}

@InputType({ description: 'A release slip, and the guards of a command on it.' })
export abstract class ReleaseSlipChangeInput extends ChangeInput {
  @Field(() => ID)
  releaseSlipId: string;
}

@InputType({ description: 'Another goods list; the signature and the call of the list before fall away.' })
export class ListReleaseGoodsInput extends ReleaseSlipChangeInput {
  @Field(() => [ReleaseGoodsInput])
  goods: ReleaseGoodsInput[];
}

@InputType({ description: "The applicant's identity document was seen and copied." })
export class RecordIdentityCopyInput extends ReleaseSlipChangeInput {}

@InputType({ description: 'The goods list was signed; it has to be the applicant who signs.' })
export class SignReleaseSlipInput extends ReleaseSlipChangeInput {
  @Field(() => ID, { description: 'A customer.' })
  signedById: string;
}

@InputType({ description: "What the owner answered to the call about his tenant's move (REC-37)." })
export class RecordOwnerCallInput extends ReleaseSlipChangeInput {
  @Field(() => ID)
  ownerId: string;

  @Field(() => Boolean)
  knowsOfMove: boolean;

  @Field(() => Boolean)
  rentOwed: boolean;

  @Field(() => Boolean)
  ownersThingsOnList: boolean;

  @Field(() => Boolean)
  consents: boolean;

  @Field(() => String, { nullable: true, description: 'Needed where he does not consent.' })
  reason?: string | null;
}

@InputType({ description: 'The director was informed of the arrears (REC-36).' })
export class InformDirectorInput extends ReleaseSlipChangeInput {
  @Field(() => ID, { description: 'The management-office director (管理处主任) of the project.' })
  directorId: string;
}

@InputType({ description: 'The slip is to be issued; all that stands against it comes back at once.' })
export class IssueReleaseSlipInput extends ReleaseSlipChangeInput {
  @Field(() => Boolean, { defaultValue: false, description: 'The owner was told what he owes.' })
  arrearsTold: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'In a hurry: the lobby is told at the same time that the goods may leave (REC-38).',
  })
  hurry: boolean;
}

@InputType({ description: 'What the guard found of one line.' })
export class CheckedGoodsInput {
  @Field(() => Int)
  line: number;

  @Field(() => Int)
  found: number;
}

@InputType({ description: 'The guard checks the goods against every line of the slip (REC-38).' })
export class RedeemReleaseSlipInput extends ReleaseSlipChangeInput {
  @Field(() => [CheckedGoodsInput])
  checked: CheckedGoodsInput[];

  @Field(() => [String], { nullable: true, description: 'What he found that is not on the list.' })
  unlisted?: string[] | null;
}

@InputType({ description: 'The slip or the application is given up.' })
export class CancelReleaseSlipInput extends ReleaseSlipChangeInput {
  @Field(() => String)
  reason: string;
}

@InputType({ description: 'All conditions together.' })
export class ReleaseSlipFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => ID, { nullable: true })
  unitId?: string | null;

  @Field(() => ID, { nullable: true })
  applicantId?: string | null;

  @Field(() => [ReleaseSlipStatusEnum], { nullable: true })
  status?: ReleaseSlipStatus[] | null;

  @Field(() => ReleaseSlipKindEnum, { nullable: true })
  kind?: ReleaseSlipKind | null;

  @Field(() => Date, { nullable: true })
  requestedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including.' })
  requestedBefore?: Date | null;
}

export function releaseSlipConditions(filter: ReleaseSlipFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.unitId, (id) => `t.unit_id = ${id}`)
    .where(filter?.applicantId, (id) => `t.applicant_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.kind, (kind) => `t.kind = ${kind}`)
    .where(filter?.requestedFrom, (at) => `t.requested_at >= ${at}`)
    .where(filter?.requestedBefore, (at) => `t.requested_at < ${at}`);
}

const result = <const Codes extends DeskGraphRefusal>(command: string, ...codes: readonly Codes[]) =>
  commandResult<ReleaseSlip, Codes>(
    `${command}Result`,
    ReleaseSlip,
    'ReleaseSlip',
    deskRefusing<Codes>(...codes),
  );

const status = 'RELEASE_SLIP_NOT_IN_REQUIRED_STATUS';

export const ApplyForReleaseResult = result(
  'ApplyForRelease',
  'APPLICANT_NOT_OF_UNIT',
  'GOODS_QUANTITY_NOT_POSITIVE',
  'RECEPTION_TEXT_MISSING',
);
export const ListReleaseGoodsResult = result(
  'ListReleaseGoods',
  status,
  'GOODS_QUANTITY_NOT_POSITIVE',
  'RECEPTION_TEXT_MISSING',
);
export const RecordIdentityCopyResult = result('RecordIdentityCopy', status);
export const SignReleaseSlipResult = result('SignReleaseSlip', status);
export const RecordOwnerCallResult = result(
  'RecordOwnerCall',
  status,
  'OWNER_CALL_NOT_NEEDED',
  'CALLED_PARTY_NOT_OWNER',
  'RECEPTION_TEXT_MISSING',
);
export const InformDirectorResult = result('InformDirector', status, 'INFORMED_PERSON_NOT_DIRECTOR');
export const IssueReleaseSlipResult = result('IssueReleaseSlip', status, 'RELEASE_NOT_POSSIBLE');
export const RedeemReleaseSlipResult = result(
  'RedeemReleaseSlip',
  status,
  'RELEASE_SLIP_ALREADY_REDEEMED',
  'GOODS_NOT_CHECKED',
  'GOODS_NOT_ON_SLIP',
);
export const CancelReleaseSlipResult = result('CancelReleaseSlip', status, 'RECEPTION_TEXT_MISSING');
