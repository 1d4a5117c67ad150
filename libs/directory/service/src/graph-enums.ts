import {
  deskChecklistKinds,
  deskChecklists,
  type DeskChecklistItem,
  type HotlineAnswerer,
} from '@anju/kernel';
import { graphEnum } from '@anju/subgraph';
import { roles } from '@anju/access';
import {
  addressKinds,
  customerAspects,
  customerKinds,
  customerRoleKinds,
  customerStatuses,
  duplicateReasons,
  dutyKinds,
  dutyStatuses,
  feePayers,
  householdRelations,
  identityDocumentKinds,
  importEncodings,
  importFailures,
  importKinds,
  importStatuses,
  partnerKinds,
  partnerStatuses,
  phoneKinds,
  problemReasons,
  projectCalendarNames,
  revealPurposes,
  revealableFields,
  staffLevels,
  staffStatuses,
  unitStatuses,
} from '@anju/directory-rules';

export const UnitStatusEnum = graphEnum(
  'UnitStatus',
  'How far the sale of a unit is: 待售, 已认购, 已签约, 已交付.',
  unitStatuses,
);
export const ProjectCalendarNameEnum = graphEnum(
  'ProjectCalendarName',
  'The two calendars of a project (CAL-01).',
  projectCalendarNames,
);
export const HotlineAnswererEnum = graphEnum(
  'HotlineAnswerer',
  'Who picks up the hotline, which is answered at all hours (CAL-05).',
  ['SERVICE_DESK', 'CONTROL_CENTRE'] satisfies HotlineAnswerer[],
);
export const DeskChecklistKindEnum = graphEnum(
  'DeskChecklistKind',
  'What the desk makes sure of before it opens, or when it closes.',
  deskChecklistKinds,
);
export const DeskChecklistItemEnum = graphEnum(
  'DeskChecklistItem',
  'Something that the desk makes sure of, such as that the hotline is forwarded (CAL-05).',
  deskChecklistKinds.flatMap((kind): readonly DeskChecklistItem[] => deskChecklists[kind]),
);
export const HolidaysEnum = graphEnum('Holidays', 'Whose statutory holidays and make-up days count.', [
  'CN',
  'NONE',
] as const);

export const CustomerKindEnum = graphEnum('CustomerKind', 'A person or an organisation.', customerKinds);
export const CustomerStatusEnum = graphEnum(
  'CustomerStatus',
  'Whether a record stands for itself or went into another (DIR-06).',
  customerStatuses,
);
export const CustomerRoleKindEnum = graphEnum(
  'CustomerRoleKind',
  'What a customer is to a unit: 意向客户, 买受人, 业主, 租户, 家属, 住户 (DIR-02).',
  customerRoleKinds,
);
export const FeePayerEnum = graphEnum(
  'FeePayer',
  "Who pays the management fee by the lease's clause (DIR-02).",
  feePayers,
);
export const CustomerAspectEnum = graphEnum(
  'CustomerAspect',
  'A part of a customer record.',
  customerAspects,
);
export const AddressKindEnum = graphEnum('AddressKind', 'What an address is for.', addressKinds);
export const HouseholdRelationEnum = graphEnum(
  'HouseholdRelation',
  'How a member of the household is related to the customer.',
  householdRelations,
);
export const IdentityDocumentKindEnum = graphEnum(
  'IdentityDocumentKind',
  'The kind of an identity document (证件类型).',
  identityDocumentKinds,
);
export const PhoneKindEnum = graphEnum('PhoneKind', 'The kind of a phone number.', phoneKinds);
export const DuplicateReasonEnum = graphEnum(
  'DuplicateReason',
  'Why two records are probably one customer (DIR-06).',
  duplicateReasons,
);
export const CustomerDifferenceEnum = graphEnum(
  'CustomerDifference',
  'Why two records cannot be one customer.',
  ['KIND', 'ORGANISATION'] as const,
);
export const RevealPurposeEnum = graphEnum(
  'RevealPurpose',
  'What somebody needs a number for (DIR-05).',
  revealPurposes,
);
export const RevealableFieldEnum = graphEnum(
  'RevealableField',
  'What of a customer can be unmasked (DIR-05).',
  revealableFields,
);

export const StaffLevelEnum = graphEnum('StaffLevel', '操作层 or 管理层 (DIR-03).', staffLevels);
export const StaffStatusEnum = graphEnum('StaffStatus', 'Whether somebody is employed now.', staffStatuses);
export const DutyKindEnum = graphEnum('DutyKind', 'What sort of day a duty is on.', dutyKinds);
export const DutyStatusEnum = graphEnum('DutyStatus', 'Whether a duty is still planned.', dutyStatuses);

export const PartnerKindEnum = graphEnum(
  'PartnerKind',
  'What a partner (外联单位) is there for (DIR-04).',
  partnerKinds,
);
export const PartnerStatusEnum = graphEnum(
  'PartnerStatus',
  'Whether a partner takes new items.',
  partnerStatuses,
);

export const ImportKindEnum = graphEnum('ImportKind', 'What the lines of a file are about.', importKinds);
export const ImportEncodingEnum = graphEnum(
  'ImportEncoding',
  'How the text of a file is written.',
  importEncodings,
);
export const ImportStatusEnum = graphEnum(
  'ImportStatus',
  'How far an import is: parts come in, every line is tried out, then carried out. `REFUSED`: lines are wrong and ' +
    'nothing was imported; `FAILED`: the file could not be read.',
  importStatuses,
);
export const ImportFailureEnum = graphEnum(
  'ImportFailure',
  'Why a file could not be imported at all.',
  importFailures,
);
export const ProblemReasonEnum = graphEnum('ProblemReason', 'What is wrong with a value.', problemReasons);

export const RoleEnum = graphEnum('Role', 'A set of permissions, held for projects.', roles);

export const directoryEntries = [
  'ORGANISATION',
  'PROJECT',
  'BUILDING',
  'BUILDING_SECTION',
  'UNIT',
  'PARKING_SPACE',
  'STAFF',
] as const;
export type DirectoryEntry = (typeof directoryEntries)[number];
export const DirectoryEntryEnum = graphEnum(
  'DirectoryEntry',
  'What is registered under a number that is unique within its parent (DIR-01).',
  directoryEntries,
);
