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
} from './graph-enums';

@ObjectType({ simpleResolvers: true, description: 'A record that is probably the same customer (DIR-06).' })
export class DuplicateCandidate {
  @Field(() => ID, { description: 'Give it back in `notDuplicateOf` if it is somebody else.' })
  customerId: string;

  @Field(() => [DuplicateReasonEnum])
  reasons: DuplicateReason[];
}

/** Every refusal of the directory with its data; codes and texts are listed in `docs/errors.md`. */
export const refusals = refusalTypes({
  DIRECTORY_ENTRY_EXISTS: {
    entry: DirectoryEntryEnum,
    field: String,
    value: String,
    existingId: { type: ID, nullable: true },
  },
  CALENDAR_EXCEPTION_NOT_FOUND: { calendar: ProjectCalendarNameEnum, date: DateScalar },

  PROBABLE_DUPLICATE: { candidates: [DuplicateCandidate] },
  CUSTOMER_ALREADY_MERGED: { customerId: ID, intoCustomerId: { type: ID, nullable: true } },
  CUSTOMER_DETAIL_NOT_FOUND: { aspect: CustomerAspectEnum, id: ID },
  IDENTITY_DOCUMENT_DIFFERS: { documentKind: IdentityDocumentKindEnum },
  ORGANISATION_HAS_NO_HOUSEHOLD: { customerId: ID },
  CUSTOMER_ROLE_ALREADY_HELD: { roleId: ID, from: DateScalar, to: { type: DateScalar, nullable: true } },
  CUSTOMER_ROLE_NOT_FOUND: { roleId: ID },
  CUSTOMER_ROLE_ALREADY_ENDED: { roleId: ID, to: DateScalar },
  SAME_CUSTOMER: { customerId: ID },
  CUSTOMERS_NOT_ALIKE: { differsIn: CustomerDifferenceEnum, customerIds: [ID] },
  IDENTITY_DOCUMENTS_DIFFER: { documentKinds: [IdentityDocumentKindEnum], customerIds: [ID] },
  NOTHING_TO_REVEAL: { customerId: ID, fields: [RevealableFieldEnum] },

  STAFF_STATUS_OUT_OF_ORDER: { command: String, status: StaffStatusEnum, allowedFrom: [StaffStatusEnum] },
  SUPERVISOR_CYCLE: { staffId: ID, chain: [ID] },
  SUPERVISOR_NOT_EMPLOYED: { supervisorId: ID },
  DUTY_STATUS_OUT_OF_ORDER: { command: String, status: DutyStatusEnum, allowedFrom: [DutyStatusEnum] },
  OFFICE_OPEN_THAT_DAY: { date: DateScalar },
  STAFF_NOT_EMPLOYED_THAT_DAY: { staffId: ID, date: DateScalar },
  STAFF_NOT_OF_PROJECT: { staffId: ID, projectId: ID },
  DUTY_OVERLAPS: { dutyId: ID, date: DateScalar },

  PARTNER_STATUS_OUT_OF_ORDER: {
    command: String,
    status: PartnerStatusEnum,
    allowedFrom: [PartnerStatusEnum],
  },
  PARTNER_CONTACT_NOT_FOUND: { contactId: ID },

  IMPORT_STATUS_OUT_OF_ORDER: { command: String, status: ImportStatusEnum, allowedFrom: [ImportStatusEnum] },
  IMPORT_PART_DIFFERS: { index: Int },
  IMPORT_TOO_LARGE: { maxBytes: Int },
  IMPORT_INCOMPLETE: { missing: [Int] },
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
