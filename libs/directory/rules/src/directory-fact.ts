import type { BuildingFact, BuildingSectionFact } from './building';
import type { CustomerFact } from './customer';
import type { DutyFact } from './duty-roster';
import type { OrganisationFact } from './organisation';
import type { ParkingSpaceFact } from './parking-space';
import type { PartnerFact } from './partner';
import type { ProjectFact } from './project';
import type { PersonalDataRevealed } from './reveal';
import type { StaffFact } from './staff';
import type { UnitFact } from './unit';

/** Everything that can happen in the directory. Besides `type` a fact is the data of its event: no personal data. */
export type DirectoryFact =
  | OrganisationFact
  | ProjectFact
  | BuildingFact
  | BuildingSectionFact
  | ParkingSpaceFact
  | UnitFact
  | CustomerFact
  | PersonalDataRevealed
  | StaffFact
  | DutyFact
  | PartnerFact;
