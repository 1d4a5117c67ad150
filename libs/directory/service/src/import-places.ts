import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { AggregateColumns, AggregateDefinition, AggregateState } from '@anju/commands';
import {
  registerBuilding,
  registerBuildingSection,
  type BuildingSectionState,
  type BuildingState,
  type DirectoryPolicy,
  type FieldsNotValid,
  type HomeAddress,
} from '@anju/directory-rules';
import { isRefused, newId, type Decision } from '@anju/kernel';
import { Building, BuildingSection, buildingAggregate, buildingSectionAggregate } from './building.entity';
import type { ImportSetting } from './import-work';

/** Where a unit is. */
export interface Place {
  readonly building: BuildingState;
  readonly section: BuildingSectionState | null;
}

/** The buildings and sections of the import's project; those that a file names and that are missing are made. */
export class Places {
  newBuildings = 0;
  newSections = 0;

  private constructor(
    private readonly setting: ImportSetting,
    private readonly policy: DirectoryPolicy,
    private readonly buildings: Map<string, BuildingState>,
    private readonly sections: Map<string, BuildingSectionState>,
  ) {}

  static async load(setting: ImportSetting, policy: DirectoryPolicy, tx: EntityManager): Promise<Places> {
    const where = { projectId: setting.project.id };
    const buildings = await tx.findBy(Building, where);
    const sections = await tx.findBy(BuildingSection, where);
    return new Places(
      setting,
      policy,
      new Map(buildings.map((building) => [building.number, building])),
      new Map(sections.map((section) => [`${section.buildingId}/${section.number}`, section])),
    );
  }

  async of(home: HomeAddress, tx: EntityManager): Promise<Place> {
    const building = this.buildings.get(home.building) ?? (await this.newBuilding(home.building, tx));
    if (home.section === null) return { building, section: null };
    const known = this.sections.get(`${building.id}/${home.section}`);
    return { building, section: known ?? (await this.newSection(building, home.section, tx)) };
  }

  private async newBuilding(number: string, tx: EntityManager): Promise<BuildingState> {
    const { project } = this.setting;
    const building = await this.register(buildingAggregate, tx, (buildingId) =>
      registerBuilding({ buildingId, projectId: project.id, number }, this.policy),
    );
    this.buildings.set(number, building);
    this.newBuildings += 1;
    return building;
  }

  private async newSection(
    building: BuildingState,
    number: string,
    tx: EntityManager,
  ): Promise<BuildingSectionState> {
    const section = await this.register(buildingSectionAggregate, tx, (sectionId) =>
      registerBuildingSection(building, { sectionId, number }),
    );
    this.sections.set(`${building.id}/${number}`, section);
    this.newSections += 1;
    return section;
  }

  /** In a trial only decided. The numbers come from the file's reader, which has checked them. */
  private async register<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Entity extends State & AggregateColumns & ObjectLiteral,
  >(
    aggregate: AggregateDefinition<State, Fact, DirectoryPolicy, Entity>,
    tx: EntityManager,
    decide: (id: string) => Decision<State, Fact, FieldsNotValid>,
  ): Promise<State> {
    const { project, write } = this.setting;
    if (write) {
      return write.commands.create(aggregate, { ...write.request, tx, projectId: project.id, decide });
    }
    const decision = decide(newId());
    if (isRefused(decision))
      throw new Error(`a place that the reader took was refused: ${decision.refusal.code}`);
    return decision.state;
  }
}
