import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type {
  AddressKind,
  CustomerKind,
  CustomerRoleKind,
  CustomerState,
  FeePayer,
  HouseholdRelation,
  IdentityDocumentKind,
  PhoneKind,
} from '@anju/directory-rules';
import { DateScalar, commandResult, connectionType, CommandInput } from '@anju/subgraph';
import { EntityChangeInput } from './command-request';
import { Customer } from './customer.entity';
import { refusing, type RefusalCode } from './directory-refusals';
import {
  AddressKindEnum,
  CustomerKindEnum,
  CustomerRoleKindEnum,
  CustomerStatusEnum,
  FeePayerEnum,
  HouseholdRelationEnum,
  IdentityDocumentKindEnum,
  PhoneKindEnum,
} from './graph-enums';

export const CustomerConnection = connectionType(Customer, 'Customer');

@ObjectType({ simpleResolvers: true, description: 'A phone of a customer, masked (DIR-05).' })
export class CustomerPhone {
  @Field(() => ID, { description: 'Give it to the commands on this phone.' })
  id: string;

  @Field(() => PhoneKindEnum, { description: 'Mobile, landline and so on.' })
  kind: PhoneKind;

  @Field(() => String, { description: 'Such as `138****5678`; the whole number by `revealCustomerData`.' })
  masked: string;
}

@ObjectType({ simpleResolvers: true, description: 'An address of a customer.' })
export class CustomerAddress {
  @Field(() => ID, { description: 'Give it to `removeCustomerAddress`.' })
  id: string;

  @Field(() => AddressKindEnum, { description: 'What it is for.' })
  kind: AddressKind;

  @Field(() => String, { description: 'On one line.' })
  text: string;

  @Field(() => String, { nullable: true, description: 'Six digits in China (邮编).' })
  postcode: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'An identity document (证件), its number masked (DIR-05).',
})
export class CustomerIdentityDocument {
  @Field(() => IdentityDocumentKindEnum, { description: 'The kind of document (证件类型).' })
  kind: IdentityDocumentKind;

  @Field(() => String, { description: 'Such as `440****0012`; the whole number by `revealCustomerData`.' })
  masked: string;
}

@ObjectType({ simpleResolvers: true, description: "Somebody of a customer's household (家庭成员)." })
export class CustomerHouseholdMember {
  @Field(() => ID, { description: 'Give it to `removeHouseholdMember`.' })
  id: string;

  @Field(() => String, { description: 'Name (姓名).' })
  name: string;

  @Field(() => HouseholdRelationEnum, { description: 'To the customer (与户主关系).' })
  relation: HouseholdRelation;

  @Field(() => String, { nullable: true, description: 'Masked.' })
  maskedPhone: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a customer is, or was, to a unit; the first and the last day belong to it (DIR-02).',
})
export class CustomerRole {
  customerId: string;
  unitId: string;

  @Field(() => ID, { description: 'Give it to `endCustomerRole`.' })
  id: string;

  @Field(() => CustomerRoleKindEnum, { description: 'What he is (身份).' })
  role: CustomerRoleKind;

  @Field(() => DateScalar, { description: 'The first day.' })
  from: string;

  @Field(() => DateScalar, { nullable: true, description: 'Null while it is not known.' })
  to: string | null;

  @Field(() => FeePayerEnum, { nullable: true, description: 'Of a tenancy: who pays the management fee.' })
  feePayer: FeePayer | null;
}

@InputType({ description: 'Which customers to list; each condition that is given must hold.' })
export class CustomerFilter {
  @Field(() => String, {
    nullable: true,
    description: 'What somebody typed: a full phone number, a home such as `3-2-1201`, or a part of a name.',
  })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'A part of a name, one character or more.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'A full phone number in any spelling.' })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The full number of an identity document of any kind.',
  })
  identityNumber?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A home in any spelling: `3-2-1201`, `3栋2单元1201室`.',
  })
  home?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who has, or had, a role on the unit.' })
  unitId?: string | null;

  @Field(() => CustomerRoleKindEnum, {
    nullable: true,
    description: 'With `home` or `unitId`: a role on that unit.',
  })
  role?: CustomerRoleKind | null;

  @Field(() => DateScalar, { nullable: true, description: 'Who held such a role on that day.' })
  roleOn?: string | null;

  @Field(() => CustomerKindEnum, { nullable: true, description: 'Persons or organisations only.' })
  kind?: CustomerKind | null;

  @Field(() => ID, { nullable: true, description: 'Who is seen in this project.' })
  projectId?: string | null;

  @Field(() => CustomerStatusEnum, { nullable: true, description: '`ACTIVE` unless told.' })
  status?: CustomerState['status'] | null;
}

@InputType({ description: 'A phone number of a person or firm.' })
export class PhoneInput {
  @Field(() => String, { description: '`13812345678`, `0755-12345678-801`, `+85291234567`' })
  number: string;
}

@InputType({ description: 'An address of a customer.' })
export class AddressInput {
  @Field(() => AddressKindEnum, { description: 'What it is for.' })
  kind: AddressKind;

  @Field(() => String, { description: 'On one line.' })
  text: string;

  @Field(() => String, { nullable: true, description: 'Six digits in China (邮编).' })
  postcode?: string | null;
}

@InputType({ description: 'An identity document; number and kind are checked against each other.' })
export class IdentityDocumentInput {
  @Field(() => IdentityDocumentKindEnum, { description: 'The kind of document (证件类型).' })
  kind: IdentityDocumentKind;

  @Field(() => String, { description: 'The whole number; kept encrypted.' })
  number: string;
}

@InputType({ description: 'A customer (DIR-02).' })
export class RegisterCustomerInput extends CommandInput {
  @Field(() => ID, { description: 'Where he is entered; he is seen there from now on.' })
  projectId: string;

  @Field(() => CustomerKindEnum, { description: 'Person or organisation.' })
  kind: CustomerKind;

  @Field(() => String, { description: 'Name (姓名/名称).' })
  name: string;

  @Field(() => [String], { nullable: true, description: 'Former and other names.' })
  otherNames?: string[] | null;

  @Field(() => [PhoneInput], { nullable: true, description: 'The first is called first.' })
  phones?: PhoneInput[] | null;

  @Field(() => [AddressInput], { nullable: true, description: 'Where he lives, works, gets his post.' })
  addresses?: AddressInput[] | null;

  @Field(() => [IdentityDocumentInput], { nullable: true, description: 'At most one of each kind.' })
  identityDocuments?: IdentityDocumentInput[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Probable duplicates that were offered and are somebody else (DIR-06).',
  })
  notDuplicateOf?: string[] | null;
}

@InputType({ description: 'Another name for a customer.' })
export class RenameCustomerInput extends EntityChangeInput {
  @Field(() => String, { description: 'The name from now on.' })
  name: string;

  @Field(() => Boolean, { nullable: true, description: 'A slip of the pen: the name until now is not kept.' })
  formerNameWasWrong?: boolean | null;
}

@InputType({ description: 'One more phone of a customer.' })
export class AddCustomerPhoneInput extends EntityChangeInput {
  @Field(() => String, { description: '`13812345678`, `0755-12345678-801`, `+85291234567`; kept encrypted.' })
  number: string;

  @Field(() => Boolean, { nullable: true, description: 'To be called first.' })
  preferred?: boolean | null;
}

@InputType({ description: 'A phone of a customer.' })
export class CustomerPhoneInput extends EntityChangeInput {
  @Field(() => ID, { description: 'From `Customer.phones`.' })
  phoneId: string;
}

@InputType({ description: 'The phone to be called first.' })
export class PreferCustomerPhoneInput extends CustomerPhoneInput {}

@InputType({ description: 'A phone that is no longer the customer’s.' })
export class RemoveCustomerPhoneInput extends CustomerPhoneInput {}

@InputType({ description: 'One more address of a customer.' })
export class AddCustomerAddressInput extends EntityChangeInput {
  @Field(() => AddressKindEnum, { description: 'What it is for.' })
  kind: AddressKind;

  @Field(() => String, { description: 'On one line.' })
  text: string;

  @Field(() => String, { nullable: true, description: 'Six digits in China (邮编).' })
  postcode?: string | null;
}

@InputType({ description: 'An address that is no longer the customer’s.' })
export class RemoveCustomerAddressInput extends EntityChangeInput {
  @Field(() => ID, { description: 'From `Customer.addresses`.' })
  addressId: string;
}

@InputType({ description: 'An identity document of a customer.' })
export class RecordIdentityDocumentInput extends EntityChangeInput {
  @Field(() => IdentityDocumentKindEnum, { description: 'The kind of document (证件类型).' })
  kind: IdentityDocumentKind;

  @Field(() => String, { description: 'The whole number; kept encrypted.' })
  number: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Takes the place of another number of the same kind.',
  })
  replaces?: boolean | null;
}

@InputType({ description: "Somebody of a customer's household." })
export class AddHouseholdMemberInput extends EntityChangeInput {
  @Field(() => String, { description: 'Name (姓名).' })
  name: string;

  @Field(() => HouseholdRelationEnum, { description: 'To the customer.' })
  relation: HouseholdRelation;

  @Field(() => String, { nullable: true, description: 'Kept encrypted.' })
  phone?: string | null;
}

@InputType({ description: 'Somebody who no longer belongs to the household.' })
export class RemoveHouseholdMemberInput extends EntityChangeInput {
  @Field(() => ID, { description: 'From `Customer.household`.' })
  memberId: string;
}

@InputType({ description: 'One more project in which a customer is to be seen.' })
export class ShowCustomerInProjectInput extends EntityChangeInput {
  @Field(() => ID, { description: 'A project of the same organisation.' })
  projectId: string;
}

@InputType({ description: 'What the customer becomes to a unit (DIR-02).' })
export class StartCustomerRoleInput extends EntityChangeInput {
  @Field(() => ID, { description: 'The home.' })
  unitId: string;

  @Field(() => CustomerRoleKindEnum, { description: 'What he becomes (身份).' })
  role: CustomerRoleKind;

  @Field(() => DateScalar, { description: 'The first day.' })
  from: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The last day, where it is known, such as a lease's.",
  })
  to?: string | null;

  @Field(() => FeePayerEnum, {
    nullable: true,
    description: 'Of a tenancy, and needed there: who pays the management fee.',
  })
  feePayer?: FeePayer | null;
}

@InputType({ description: 'The last day of a role.' })
export class EndCustomerRoleInput extends EntityChangeInput {
  @Field(() => ID, { description: 'From `Customer.roles`.' })
  roleId: string;

  @Field(() => DateScalar, { description: 'The last day that the role is held.' })
  to: string;
}

@InputType({ description: 'Two records of one customer (DIR-06); `id` is the one that goes on.' })
export class MergeCustomersInput extends EntityChangeInput {
  @Field(() => ID, { description: 'The record that goes; it stays readable and points to the other.' })
  mergedId: string;
}

function result<const Codes extends RefusalCode>(name: string, ...codes: Codes[]) {
  return commandResult(name, Customer, 'Customer', refusing(...codes));
}

export const RegisterCustomerResult = result('RegisterCustomerResult', 'PROBABLE_DUPLICATE');
export const RenameCustomerResult = result('RenameCustomerResult', 'CUSTOMER_ALREADY_MERGED');
export const AddCustomerPhoneResult = result('AddCustomerPhoneResult', 'CUSTOMER_ALREADY_MERGED');
export const PreferCustomerPhoneResult = result(
  'PreferCustomerPhoneResult',
  'CUSTOMER_ALREADY_MERGED',
  'CUSTOMER_DETAIL_NOT_FOUND',
);
export const RemoveCustomerPhoneResult = result(
  'RemoveCustomerPhoneResult',
  'CUSTOMER_ALREADY_MERGED',
  'CUSTOMER_DETAIL_NOT_FOUND',
);
export const AddCustomerAddressResult = result('AddCustomerAddressResult', 'CUSTOMER_ALREADY_MERGED');
export const RemoveCustomerAddressResult = result(
  'RemoveCustomerAddressResult',
  'CUSTOMER_ALREADY_MERGED',
  'CUSTOMER_DETAIL_NOT_FOUND',
);
export const RecordIdentityDocumentResult = result(
  'RecordIdentityDocumentResult',
  'CUSTOMER_ALREADY_MERGED',
  'IDENTITY_DOCUMENT_DIFFERS',
);
export const AddHouseholdMemberResult = result(
  'AddHouseholdMemberResult',
  'CUSTOMER_ALREADY_MERGED',
  'ORGANISATION_HAS_NO_HOUSEHOLD',
);
export const RemoveHouseholdMemberResult = result(
  'RemoveHouseholdMemberResult',
  'CUSTOMER_ALREADY_MERGED',
  'CUSTOMER_DETAIL_NOT_FOUND',
);
export const ShowCustomerInProjectResult = result('ShowCustomerInProjectResult', 'CUSTOMER_ALREADY_MERGED');
export const StartCustomerRoleResult = result(
  'StartCustomerRoleResult',
  'CUSTOMER_ALREADY_MERGED',
  'CUSTOMER_ROLE_ALREADY_HELD',
);
export const EndCustomerRoleResult = result(
  'EndCustomerRoleResult',
  'CUSTOMER_ALREADY_MERGED',
  'CUSTOMER_ROLE_NOT_FOUND',
  'CUSTOMER_ROLE_ALREADY_ENDED',
);
export const MergeCustomersResult = result(
  'MergeCustomersResult',
  'CUSTOMER_ALREADY_MERGED',
  'SAME_CUSTOMER',
  'CUSTOMERS_NOT_ALIKE',
  'IDENTITY_DOCUMENTS_DIFFER',
);
