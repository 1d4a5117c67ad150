import { changeRequest, commandRequest } from '@anju/subgraph';
import type { DataSource, EntityManager, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { mayIn, type Permission } from '@anju/access';
import { badInput, type Actor, type CommandRunner } from '@anju/commands';
import {
  changeUnitStatus,
  checkBuildingNumber,
  checkParkingSpaceNumber,
  checkSectionNumber,
  checkUnitNumber,
  correctUnit,
  registerBuilding,
  registerBuildingSection,
  registerParkingSpace,
  registerUnit,
  setBuildingWarranty,
  unitNumberKey,
  type Checked,
} from '@anju/directory-rules';
import { Building, BuildingSection, buildingAggregate, buildingSectionAggregate } from './building.entity';
import { unlessItExists, type UniqueEntry } from './entry-exists';
import { ParkingSpace, parkingSpaceAggregate } from './parking-space.entity';
import { Project } from './project.entity';
import type {
  ChangeUnitStatusInput,
  CorrectUnitInput,
  RegisterBuildingInput,
  RegisterBuildingSectionInput,
  RegisterParkingSpaceInput,
  RegisterUnitInput,
  SetBuildingWarrantyInput,
} from './structure.schema';
import { unitAggregate } from './unit.entity';

/** The canonical form of a number that was registered, so of one that the rules took. */
function canonical(checked: Checked<string>): string {
  return checked.ok ? checked.value : '';
}

/** @throws Fault BAD_USER_INPUT if there is no such project */
export async function requireProject(projectId: string, field: string, tx: EntityManager): Promise<Project> {
  const project = await tx.findOneBy(Project, { id: projectId });
  if (project) return project;
  throw badInput({ field, problem: 'is not known', expected: 'the id of a project' });
}

/** Commands on buildings, sections, units and parking spaces (DIR-01). */
export class StructureService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
  ) {}

  registerBuilding(input: RegisterBuildingInput, actor: Actor) {
    const { projectId, number } = input;
    const unique: UniqueEntry = {
      entry: 'BUILDING',
      constraint: 'building_number_unique',
      field: 'number',
      value: number,
      existing: () => this.idWhere(Building, { projectId, number: canonical(checkBuildingNumber(number)) }),
    };
    return unlessItExists(unique, () =>
      this.commands.create(buildingAggregate, {
        ...commandRequest(actor, 'registerBuilding', 'directory.structure.write', input),
        projectId,
        prepare: (tx) => requireProject(projectId, 'input.projectId', tx),
        decide: (buildingId, _at, policy) => {
          const { name, warrantyEndsOn } = input;
          return registerBuilding({ buildingId, projectId, number, name, warrantyEndsOn }, policy);
        },
      }),
    );
  }

  setBuildingWarranty(input: SetBuildingWarrantyInput, actor: Actor) {
    return this.commands.change(buildingAggregate, {
      ...changeRequest(actor, 'setBuildingWarranty', 'directory.structure.write', input.id, input),
      decide: (state, _at, policy) => setBuildingWarranty(state, input, policy),
    });
  }

  async registerSection(input: RegisterBuildingSectionInput, actor: Actor) {
    const { number } = input;
    const building = await this.building(input.buildingId, actor);
    const unique: UniqueEntry = {
      entry: 'BUILDING_SECTION',
      constraint: 'building_section_number_unique',
      field: 'number',
      value: number,
      existing: () =>
        this.idWhere(BuildingSection, {
          buildingId: building.id,
          number: canonical(checkSectionNumber(number)),
        }),
    };
    return unlessItExists(unique, () =>
      this.commands.create(buildingSectionAggregate, {
        ...commandRequest(actor, 'registerBuildingSection', 'directory.structure.write', input),
        projectId: building.projectId,
        decide: (sectionId) => registerBuildingSection(building, { sectionId, number }),
      }),
    );
  }

  async registerUnit(input: RegisterUnitInput, actor: Actor) {
    const { number, preSaleArea, registeredArea, warrantyEndsOn, status } = input;
    const building = await this.building(input.buildingId, actor);
    const section = input.sectionId ? await this.section(input.sectionId, building.id) : null;
    const unique: UniqueEntry = {
      entry: 'UNIT',
      constraint: 'unit_number_unique',
      field: 'number',
      value: number,
      existing: async () => {
        const numberKey = unitNumberKey(canonical(checkUnitNumber(number)));
        const [found]: { id: string }[] = await this.dataSource.query(
          `select id from unit where building_id = $1 and section_id is not distinct from $2 and number_key = $3`,
          [building.id, section?.id ?? null, numberKey],
        );
        return found?.id ?? null;
      },
    };
    return unlessItExists(unique, () =>
      this.commands.create(unitAggregate, {
        ...commandRequest(actor, 'registerUnit', 'directory.structure.write', input),
        projectId: building.projectId,
        decide: (unitId, _at, policy) => {
          const command = { unitId, number, preSaleArea, registeredArea, warrantyEndsOn, status };
          return registerUnit(building, section, command, policy);
        },
      }),
    );
  }

  correctUnit(input: CorrectUnitInput, actor: Actor) {
    return this.commands.change(unitAggregate, {
      ...changeRequest(actor, 'correctUnit', 'directory.structure.write', input.id, input),
      decide: (state, _at, policy) => correctUnit(state, input, policy),
    });
  }

  changeUnitStatus(input: ChangeUnitStatusInput, actor: Actor) {
    return this.commands.change(unitAggregate, {
      ...changeRequest(actor, 'changeUnitStatus', 'directory.structure.write', input.id, input),
      reason: input.reason.trim(),
      decide: (state, _at, policy) => changeUnitStatus(state, input, policy),
    });
  }

  registerParkingSpace(input: RegisterParkingSpaceInput, actor: Actor) {
    const { projectId, number } = input;
    const unique: UniqueEntry = {
      entry: 'PARKING_SPACE',
      constraint: 'parking_space_number_unique',
      field: 'number',
      value: number,
      existing: () =>
        this.idWhere(ParkingSpace, { projectId, number: canonical(checkParkingSpaceNumber(number)) }),
    };
    return unlessItExists(unique, () =>
      this.commands.create(parkingSpaceAggregate, {
        ...commandRequest(actor, 'registerParkingSpace', 'directory.structure.write', input),
        projectId,
        prepare: (tx) => requireProject(projectId, 'input.projectId', tx),
        decide: (parkingSpaceId) => registerParkingSpace({ parkingSpaceId, projectId, number }),
      }),
    );
  }

  /** Another project's building is answered like one that does not exist. */
  private async building(id: string, actor: Actor): Promise<Building> {
    const building = await this.dataSource.manager.findOneBy(Building, { id });
    const permission: Permission = 'directory.structure.write';
    if (building && (!actor.principal || mayIn(actor.principal, permission, building.projectId)))
      return building;
    throw badInput({ field: 'input.buildingId', problem: 'is not known', expected: 'the id of a building' });
  }

  private async section(id: string, buildingId: string): Promise<BuildingSection> {
    const section = await this.dataSource.manager.findOneBy(BuildingSection, { id, buildingId });
    if (section) return section;
    throw badInput({
      field: 'input.sectionId',
      problem: 'is not known in this building',
      expected: 'the id of a section of the building',
    });
  }

  private async idWhere<Entity extends ObjectLiteral & { id: string }>(
    entity: new () => Entity,
    where: FindOptionsWhere<Entity>,
  ): Promise<string | null> {
    const found = await this.dataSource.manager.findOneBy(entity, where);
    return found?.id ?? null;
  }
}
