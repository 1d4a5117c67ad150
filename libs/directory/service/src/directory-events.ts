import { directoryEvents, type EventContract } from '@anju/events';
import type { DirectoryFact } from '@anju/directory-rules';
import { outgoing, type OutgoingEvent } from '@anju/outbox';

const contracts = {
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
} as const satisfies Record<DirectoryFact['type'], EventContract>;

/** A fact's event: besides its type a fact of the directory is the data of its event. */
export function eventsOf({ type, ...fact }: DirectoryFact): readonly OutgoingEvent[] {
  const data: Record<string, unknown> = Object.fromEntries(
    Object.entries(fact).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]),
  );
  return [outgoing<EventContract>(contracts[type], data)];
}
