import { directoryEvents } from '@anju/events';
import type { DirectoryFact } from '@anju/directory-rules';
import { eventsOfFacts } from '@anju/outbox';

/** A fact's event: besides its type a fact of the directory is the data of its event. */
export const eventsOf = eventsOfFacts<DirectoryFact>()({
  OrganisationRegistered: directoryEvents.organisationRegistered,
  OrganisationChanged: directoryEvents.organisationChanged,
  ProjectRegistered: directoryEvents.projectRegistered,
  ProjectChanged: directoryEvents.projectChanged,
  BuildingRegistered: directoryEvents.buildingRegistered,
  BuildingChanged: directoryEvents.buildingChanged,
  BuildingSectionRegistered: directoryEvents.buildingSectionRegistered,
  ParkingSpaceRegistered: directoryEvents.parkingSpaceRegistered,
  UnitRegistered: directoryEvents.unitRegistered,
  UnitChanged: directoryEvents.unitChanged,
  UnitSaleStepTaken: null,
  CustomerRegistered: directoryEvents.customerRegistered,
  CustomerChanged: directoryEvents.customerChanged,
  CustomerMerged: directoryEvents.customerMerged,
  CustomerRoleStarted: directoryEvents.customerRoleStarted,
  CustomerRoleEnded: directoryEvents.customerRoleEnded,
  PersonalDataRevealed: directoryEvents.personalDataRevealed,
  StaffRegistered: directoryEvents.staffRegistered,
  StaffChanged: directoryEvents.staffChanged,
  DutyPlanned: directoryEvents.dutyPlanned,
  DutyWithdrawn: directoryEvents.dutyWithdrawn,
  PartnerRegistered: directoryEvents.partnerRegistered,
  PartnerChanged: directoryEvents.partnerChanged,
});
