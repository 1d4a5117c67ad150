import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type {
  HouseholdRelation,
  IdentityDocumentKind,
  PhoneKind,
  RevealPurpose,
  RevealableField,
} from '@anju/directory-rules';
import { commandResult, connectionType, CommandInput } from '@anju/subgraph';
import { refusing } from './directory-refusals';
import {
  HouseholdRelationEnum,
  IdentityDocumentKindEnum,
  PhoneKindEnum,
  RevealPurposeEnum,
  RevealableFieldEnum,
} from './graph-enums';
import { Reveal } from './reveal.entity';

export const RevealConnection = connectionType(Reveal, 'Reveal');

@ObjectType({ simpleResolvers: true, description: 'A phone in clear.' })
export class RevealedPhone {
  @Field(() => ID, { description: 'As in `Customer.phones`.' })
  id: string;

  @Field(() => PhoneKindEnum, { description: 'Mobile, landline and so on.' })
  kind: PhoneKind;

  @Field(() => String, { description: 'As dialled inside China.' })
  number: string;

  @Field(() => String, { nullable: true, description: 'Behind a landline (分机).' })
  extension: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'An identity document in clear.' })
export class RevealedIdentityDocument {
  @Field(() => IdentityDocumentKindEnum, { description: 'The kind of document (证件类型).' })
  kind: IdentityDocumentKind;

  @Field(() => String, { description: 'The whole number.' })
  number: string;
}

@ObjectType({ simpleResolvers: true, description: 'The phone of somebody of the household in clear.' })
export class RevealedHouseholdPhone {
  @Field(() => ID, { description: 'As in `Customer.household`.' })
  memberId: string;

  @Field(() => String, { description: 'Name (姓名).' })
  name: string;

  @Field(() => HouseholdRelationEnum, { description: 'To the customer.' })
  relation: HouseholdRelation;

  @Field(() => String, { description: 'As dialled inside China.' })
  number: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What was asked for, in clear, with the entry that it left in the log (DIR-05).',
})
export class RevealedCustomerData {
  @Field(() => Reveal, { description: 'The entry in the log.' })
  reveal: Reveal;

  @Field(() => [RevealedPhone], { nullable: true, description: 'Null unless asked for.' })
  phones: RevealedPhone[] | null;

  @Field(() => [RevealedIdentityDocument], { nullable: true, description: 'Null unless asked for.' })
  identityDocuments: RevealedIdentityDocument[] | null;

  @Field(() => [RevealedHouseholdPhone], { nullable: true, description: 'Null unless asked for.' })
  householdPhones: RevealedHouseholdPhone[] | null;
}

@InputType({
  description:
    'What to see of a customer in clear, and why. Sent again it is logged again, whatever its key.',
})
export class RevealCustomerDataInput extends CommandInput {
  @Field(() => ID, { description: 'Whose numbers.' })
  customerId: string;

  @Field(() => [RevealableFieldEnum], { description: 'What to see.' })
  fields: RevealableField[];

  @Field(() => RevealPurposeEnum, { description: 'What it is needed for.' })
  purpose: RevealPurpose;

  @Field(() => String, { description: 'What for, in words.' })
  note: string;
}

@InputType({ description: 'Which unmaskings to list.' })
export class RevealFilter {
  @Field(() => ID, { nullable: true, description: 'Whose numbers were shown.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A member of staff.' })
  revealedBy?: string | null;

  @Field(() => RevealPurposeEnum, { nullable: true, description: 'For this purpose.' })
  purpose?: RevealPurpose | null;

  @Field(() => Date, { nullable: true, description: 'Included.' })
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Not included.' })
  before?: Date | null;
}

export const RevealCustomerDataResult = commandResult(
  'RevealCustomerDataResult',
  RevealedCustomerData,
  'RevealedCustomerData',
  refusing('CUSTOMER_ALREADY_MERGED', 'NOTHING_TO_REVEAL'),
);
