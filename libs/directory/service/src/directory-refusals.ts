import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { DuplicateReason } from '@anju/directory-rules';
import { DateScalar, refusalTypes } from '@anju/subgraph';
import {
  CustomerAspectEnum,
  CustomerDifferenceEnum,
  DirectoryEntryEnum,
  DuplicateReasonEnum,
  IdentityDocumentKindEnum,
  ImportStatusEnum,
  PartnerStatusEnum,
  ProjectCalendarNameEnum,
  RevealableFieldEnum,
  StaffStatusEnum,
  DutyStatusEnum,
  UnitStatusEnum,
} from './graph-enums';

@ObjectType({ simpleResolvers: true, description: 'A record that is probably the same customer (DIR-06).' })
export class DuplicateCandidate {
  @Field(() => ID, { description: 'Give it back in `notDuplicateOf` if it is somebody else.' })
  customerId: string;

  @Field(() => [DuplicateReasonEnum], { description: 'What the records have in common.' })
  reasons: DuplicateReason[];
}

const said = <Type>(type: Type, description: string) => ({ type, description });
const maybe = <Type>(type: Type, description: string) => ({ type, description, nullable: true });

const command = said(String, 'What was asked for.');
const customerId = said(ID, 'The record.');
const staffId = said(ID, 'The employee.');

/** Every refusal of the directory with its data; codes and texts are listed in `docs/errors.md`. */
export const refusals = refusalTypes({
  DIRECTORY_ENTRY_EXISTS: {
    entry: said(DirectoryEntryEnum, 'What was to be registered.'),
    field: said(String, 'The field of the input that is taken.'),
    value: said(String, 'As it was given.'),
    existingId: maybe(ID, 'What has the number.'),
  },
  CALENDAR_EXCEPTION_NOT_FOUND: {
    calendar: said(ProjectCalendarNameEnum, 'Where it was looked for.'),
    date: said(DateScalar, 'The day that follows the week anyway.'),
  },

  UNIT_STATUS_OUT_OF_ORDER: {
    command,
    status: said(UnitStatusEnum, 'How far the sale of the unit is.'),
    allowedFrom: said([UnitStatusEnum], 'How far it would have to be.'),
  },
  UNIT_HELD_BY_SALE: { saleId: said(ID, 'Whose unit it is: its status changes with that sale.') },

  PROBABLE_DUPLICATE: {
    candidates: said([DuplicateCandidate], 'Take one of them, or say that it is somebody else.'),
  },
  CUSTOMER_ALREADY_MERGED: { customerId, intoCustomerId: maybe(ID, 'The record that it went into.') },
  CUSTOMER_DETAIL_NOT_FOUND: {
    aspect: said(CustomerAspectEnum, 'Where it was looked for.'),
    id: said(ID, 'What is not there.'),
  },
  IDENTITY_DOCUMENT_DIFFERS: {
    documentKind: said(IdentityDocumentKindEnum, 'Of which another number is on record.'),
  },
  ORGANISATION_HAS_NO_HOUSEHOLD: { customerId },
  CUSTOMER_ROLE_ALREADY_HELD: {
    roleId: said(ID, 'The role that is held.'),
    from: said(DateScalar, 'Its first day.'),
    to: maybe(DateScalar, 'Its last day; null while it is not known.'),
  },
  CUSTOMER_ROLE_NOT_FOUND: { roleId: said(ID, 'What is not there.') },
  CUSTOMER_ROLE_ALREADY_ENDED: {
    roleId: said(ID, 'The role.'),
    to: said(DateScalar, 'Its last day.'),
  },
  SAME_CUSTOMER: { customerId },
  CUSTOMERS_NOT_ALIKE: {
    differsIn: said(CustomerDifferenceEnum, 'Why they are not one.'),
    customerIds: said([ID], 'The two records.'),
  },
  IDENTITY_DOCUMENTS_DIFFER: {
    documentKinds: said([IdentityDocumentKindEnum], 'Of which the records have different numbers.'),
    customerIds: said([ID], 'The two records.'),
  },
  NOTHING_TO_REVEAL: { customerId, fields: said([RevealableFieldEnum], 'What was asked for.') },

  STAFF_STATUS_OUT_OF_ORDER: {
    command,
    status: said(StaffStatusEnum, 'What the employee is.'),
    allowedFrom: said([StaffStatusEnum], 'What he would have to be.'),
  },
  SUPERVISOR_CYCLE: { staffId, chain: said([ID], 'From the supervisor up to the employee himself.') },
  SUPERVISOR_NOT_EMPLOYED: { supervisorId: said(ID, 'Who has left.') },
  DUTY_STATUS_OUT_OF_ORDER: {
    command,
    status: said(DutyStatusEnum, 'What the duty is.'),
    allowedFrom: said([DutyStatusEnum], 'What it would have to be.'),
  },
  OFFICE_OPEN_THAT_DAY: { date: said(DateScalar, 'A working day.') },
  STAFF_NOT_EMPLOYED_THAT_DAY: { staffId, date: said(DateScalar, 'The day.') },
  STAFF_NOT_OF_PROJECT: { staffId, projectId: said(ID, 'The project that he does not serve.') },
  DUTY_OVERLAPS: { dutyId: said(ID, 'The duty that he has.'), date: said(DateScalar, 'The day.') },

  PARTNER_STATUS_OUT_OF_ORDER: {
    command,
    status: said(PartnerStatusEnum, 'What the partner is.'),
    allowedFrom: said([PartnerStatusEnum], 'What it would have to be.'),
  },
  PARTNER_CONTACT_NOT_FOUND: { contactId: said(ID, 'What is not there.') },

  IMPORT_STATUS_OUT_OF_ORDER: {
    command,
    status: said(ImportStatusEnum, 'How far the import is.'),
    allowedFrom: said([ImportStatusEnum], 'How far it would have to be.'),
  },
  IMPORT_PART_DIFFERS: { index: said(Int, 'The part that came before with other content.') },
  IMPORT_TOO_LARGE: { maxBytes: said(Int, 'How large a file may be.') },
  IMPORT_INCOMPLETE: { missing: said([Int], 'The parts that have not come.') },
});

export type RefusalCode = keyof typeof refusals;

/** Some of the refusals, for the result of a command that can give these. */
export function refusing<const Codes extends RefusalCode>(
  ...codes: readonly Codes[]
): { readonly [Code in Codes]: (typeof refusals)[Code] } {
  return Object.fromEntries(codes.map((code) => [code, refusals[code]])) as {
    readonly [Code in Codes]: (typeof refusals)[Code];
  };
}
