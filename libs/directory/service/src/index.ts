import type { ServiceDefinition } from '@anju/subgraph';
import { AccountResolver } from './account.resolver';
import { Building, BuildingSection, buildingAggregate, buildingSectionAggregate } from './building.entity';
import { Customer, customerAggregate } from './customer.entity';
import {
  CustomerFieldsResolver,
  CustomerRoleResolver,
  DuplicateCandidateResolver,
  UnitPeopleResolver,
} from './customer-fields.resolver';
import { CustomerResolver } from './customer.resolver';
import { CustomerService } from './customer.service';
import { Duty, dutyAggregate } from './duty.entity';
import { EntityLoads } from './entity-loads';
import { ImportCourse } from './import-course';
import { ImportRunner } from './import-runner';
import { Import, ImportProblem, importAggregate } from './import.entity';
import { ImportResolver } from './import.resolver';
import { ImportService, partPlace } from './import.service';
import { Directory1764100000000 } from './migrations/1764100000000-directory';
import { StaffServed1764700000000 } from './migrations/1764700000000-staff-served';
import { StaffToldAgain1764800000000 } from './migrations/1764800000000-staff-told-again';
import { UnitHeldBySale1764800000100 } from './migrations/1764800000100-unit-held-by-sale';
import { CalendarVersion1764900000100 } from './migrations/1764900000100-calendar-version';
import { RevealSealedAnew1764910000000 } from './migrations/1764910000000-reveal-sealed-anew';
import { onSaleUnitStepRequested } from './on-sale-unit-step-requested.consumer';
import { Organisation, organisationAggregate } from './organisation.entity';
import { ParkingSpace, parkingSpaceAggregate } from './parking-space.entity';
import { Partner, partnerAggregate } from './partner.entity';
import { PartnerResolver } from './partner.resolver';
import { PartnerService } from './partner.service';
import { Project, projectAggregate } from './project.entity';
import { CalendarResolver, OrganisationResolver, ProjectResolver } from './project.resolver';
import { ProjectService } from './project.service';
import { Reveal, revealAggregate } from './reveal.entity';
import { RevealResolver } from './reveal.resolver';
import { RevealService } from './reveal.service';
import { Staff, staffAggregate } from './staff.entity';
import { DutyResolver, StaffResolver } from './staff.resolver';
import { StaffService } from './staff.service';
import {
  BuildingResolver,
  BuildingSectionResolver,
  ParkingSpaceResolver,
  UnitResolver,
} from './structure.resolver';
import { StructureService } from './structure.service';
import { Unit, unitAggregate } from './unit.entity';

/** People, places and partners (DIR-01…06). */
export const directory: ServiceDefinition = {
  name: 'directory',
  entities: [
    Building,
    BuildingSection,
    Customer,
    Duty,
    Import,
    ImportProblem,
    Organisation,
    ParkingSpace,
    Partner,
    Project,
    Reveal,
    Staff,
    Unit,
  ],
  migrations: [
    Directory1764100000000,
    StaffServed1764700000000,
    StaffToldAgain1764800000000,
    UnitHeldBySale1764800000100,
    CalendarVersion1764900000100,
    RevealSealedAnew1764910000000,
  ],
  sealedTables: [
    { table: 'import_part', key: ['import_id', 'index'], texts: [{ column: 'content', place: partPlace }] },
  ],
  resolverClasses: [
    AccountResolver,
    BuildingResolver,
    BuildingSectionResolver,
    CalendarResolver,
    CustomerFieldsResolver,
    CustomerResolver,
    CustomerRoleResolver,
    DuplicateCandidateResolver,
    DutyResolver,
    ImportResolver,
    OrganisationResolver,
    ParkingSpaceResolver,
    PartnerResolver,
    ProjectResolver,
    RevealResolver,
    StaffResolver,
    UnitPeopleResolver,
    UnitResolver,
  ],
  create: ({ dataSource, commands, clock, cipher, logger }) => {
    const loads = new EntityLoads(dataSource);
    const projects = new ProjectService(dataSource, commands);
    const structure = new StructureService(dataSource, commands);
    const customers = new CustomerService(commands);
    const reveals = new RevealService(dataSource, commands);
    const staff = new StaffService(commands);
    const partners = new PartnerService(commands);
    const runner = new ImportRunner(
      dataSource,
      new ImportCourse(dataSource, commands, cipher, clock),
      logger,
    );
    const imports = new ImportService(dataSource, commands, cipher, () => runner.wake());
    return {
      resolvers: [
        new AccountResolver(loads),
        new BuildingResolver(dataSource, loads, structure),
        new BuildingSectionResolver(loads),
        new CalendarResolver(),
        new CustomerFieldsResolver(dataSource, loads, clock),
        new CustomerResolver(loads, customers),
        new CustomerRoleResolver(loads),
        new DuplicateCandidateResolver(loads),
        new DutyResolver(loads, staff),
        new ImportResolver(dataSource, loads, imports),
        new OrganisationResolver(loads, projects),
        new ParkingSpaceResolver(loads, structure),
        new PartnerResolver(dataSource, loads, partners),
        new ProjectResolver(dataSource, loads, projects),
        new RevealResolver(loads, reveals),
        new StaffResolver(dataSource, loads, staff),
        new UnitPeopleResolver(loads, clock),
        new UnitResolver(dataSource, loads, structure, clock),
      ],
      references: loads.references(),
      consumers: [onSaleUnitStepRequested(commands, clock)],
      aggregates: [
        buildingAggregate,
        buildingSectionAggregate,
        customerAggregate,
        dutyAggregate,
        importAggregate,
        organisationAggregate,
        parkingSpaceAggregate,
        partnerAggregate,
        projectAggregate,
        revealAggregate,
        staffAggregate,
        unitAggregate,
      ],
      workers: [runner],
    };
  },
};
