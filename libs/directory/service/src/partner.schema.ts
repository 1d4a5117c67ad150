import { Field, Float, ID, InputType } from 'type-graphql';
import type { PartnerKind, PartnerState } from '@anju/directory-rules';
import { commandResult, connectionType, CommandInput } from '@anju/subgraph';
import { EntityChangeInput } from './command-request';
import { refusing } from './directory-refusals';
import { PartnerKindEnum, PartnerStatusEnum } from './graph-enums';
import { Partner } from './partner.entity';

export const PartnerConnection = connectionType(Partner, 'Partner');

@InputType({ description: 'Which partners to list.' })
export class PartnerFilter {
  @Field(() => String, { nullable: true, description: 'A part of the name.' })
  name?: string | null;

  @Field(() => [PartnerKindEnum], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: PartnerKind[] | null;

  @Field(() => ID, { nullable: true, description: 'Who serves this project, or the whole organisation.' })
  projectId?: string | null;

  @Field(() => PartnerStatusEnum, { nullable: true, description: '`ACTIVE` unless told.' })
  status?: PartnerState['status'] | null;
}

@InputType({ description: 'Whom to call at a partner.' })
export class PartnerContactInput {
  @Field(() => String, { nullable: true, description: 'Absent for a hotline.' })
  name?: string | null;

  @Field(() => String, { description: 'Also 400 lines and short numbers such as 10000.' })
  phone: string;

  @Field(() => String, { nullable: true, description: 'What the contact is for.' })
  duty?: string | null;
}

@InputType({ description: 'An outside firm or authority (外联单位, DIR-04).' })
export class RegisterPartnerInput extends CommandInput {
  @Field(() => ID, { description: 'The organisation that it works for.' })
  organisationId: string;

  @Field(() => PartnerKindEnum, { description: 'What it is there for.' })
  kind: PartnerKind;

  @Field(() => String, { description: 'Name (单位名称).' })
  name: string;

  @Field(() => [PartnerContactInput], { nullable: true, description: 'Whom to call.' })
  contacts?: PartnerContactInput[] | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Service promise: hours from the call to the arrival, in halves.',
  })
  arrivalHours?: number | null;

  @Field(() => [ID], { description: 'Projects served; none for the whole organisation.' })
  projectIds: string[];
}

@InputType({ description: 'Another name for a partner.' })
export class RenamePartnerInput extends EntityChangeInput {
  @Field(() => String, { description: 'The name from now on.' })
  name: string;
}

@InputType({ description: 'The service promise for calls from now on.' })
export class ChangeServicePromiseInput extends EntityChangeInput {
  @Field(() => Float, { nullable: true, description: 'Hours in halves; null: no promise.' })
  arrivalHours: number | null;
}

@InputType({ description: 'The projects that a partner serves from now on, all of them.' })
export class AssignPartnerProjectsInput extends EntityChangeInput {
  @Field(() => [ID], { description: 'None: the whole organisation.' })
  projectIds: string[];
}

@InputType({ description: 'One more contact at a partner.' })
export class AddPartnerContactInput extends EntityChangeInput {
  @Field(() => String, { nullable: true, description: 'Absent for a hotline.' })
  name?: string | null;

  @Field(() => String, { description: 'Also 400 lines and short numbers such as 10000.' })
  phone: string;

  @Field(() => String, { nullable: true, description: 'What the contact is for.' })
  duty?: string | null;
}

@InputType({ description: 'A contact that is no longer to be called.' })
export class RemovePartnerContactInput extends EntityChangeInput {
  @Field(() => ID, { description: 'From `Partner.contacts`.' })
  contactId: string;
}

@InputType({ description: 'A partner that takes no new items.' })
export class EndPartnershipInput extends EntityChangeInput {}

@InputType({ description: 'A partner that takes items again.' })
export class ResumePartnershipInput extends EntityChangeInput {}

const outOfOrder = refusing('PARTNER_STATUS_OUT_OF_ORDER');

export const RegisterPartnerResult = commandResult('RegisterPartnerResult', Partner, 'Partner', refusing());
export const RenamePartnerResult = commandResult('RenamePartnerResult', Partner, 'Partner', outOfOrder);
export const ChangeServicePromiseResult = commandResult(
  'ChangeServicePromiseResult',
  Partner,
  'Partner',
  outOfOrder,
);
export const AssignPartnerProjectsResult = commandResult(
  'AssignPartnerProjectsResult',
  Partner,
  'Partner',
  outOfOrder,
);
export const AddPartnerContactResult = commandResult(
  'AddPartnerContactResult',
  Partner,
  'Partner',
  outOfOrder,
);
export const RemovePartnerContactResult = commandResult(
  'RemovePartnerContactResult',
  Partner,
  'Partner',
  refusing('PARTNER_STATUS_OUT_OF_ORDER', 'PARTNER_CONTACT_NOT_FOUND'),
);
export const EndPartnershipResult = commandResult('EndPartnershipResult', Partner, 'Partner', outOfOrder);
export const ResumePartnershipResult = commandResult(
  'ResumePartnershipResult',
  Partner,
  'Partner',
  outOfOrder,
);
