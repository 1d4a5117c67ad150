import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import {
  checkBuildingNumber,
  checkHome,
  checkParkingSpaceNumber,
  homeKey,
  isInWarranty,
} from '@anju/directory-rules';
import type { Clock } from '@anju/kernel';
import {
  actorOf,
  DateScalar,
  HistoryEntry,
  PageArgs,
  Requires,
  loadHistory,
  pagesByParent,
  paginate,
  type CommandAnswer,
  type Connection,
  type RequestContext,
} from '@anju/subgraph';
import { Building, BuildingSection } from './building.entity';
import { todayIn } from './customer-roles';
import type { EntityLoads } from './entity-loads';
import { ParkingSpace } from './parking-space.entity';
import { Project } from './project.entity';
import {
  BuildingConnection,
  BuildingFilter,
  ChangeUnitStatusInput,
  ChangeUnitStatusResult,
  CorrectUnitInput,
  CorrectUnitResult,
  ParkingSpaceConnection,
  ParkingSpaceFilter,
  RegisterBuildingInput,
  RegisterBuildingResult,
  RegisterBuildingSectionInput,
  RegisterBuildingSectionResult,
  RegisterParkingSpaceInput,
  RegisterParkingSpaceResult,
  RegisterUnitInput,
  RegisterUnitResult,
  SetBuildingWarrantyInput,
  SetBuildingWarrantyResult,
  UnitConnection,
  UnitFilter,
} from './structure.schema';
import type { StructureService } from './structure.service';
import { Unit } from './unit.entity';

@Resolver(() => Building)
export class BuildingResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: EntityLoads,
    private readonly service: StructureService,
  ) {}

  @Requires('directory.structure.read')
  @Query(() => Building, { nullable: true, description: 'A building by its id.' })
  building(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Building | null> {
    return this.loads.one('Building', id, context);
  }

  @Requires('directory.structure.read')
  @Query(() => BuildingConnection, { description: 'Buildings, by number.' })
  buildings(
    @Args() page: PageArgs,
    @Arg('filter', () => BuildingFilter, { nullable: true }) filter: BuildingFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Building>> {
    const query = this.loads.query('Building', context);
    const { projectId, number } = filter ?? {};
    if (projectId) query.andWhere('building.projectId = :projectId', { projectId });
    if (number) {
      const checked = checkBuildingNumber(number);
      query.andWhere('building.number = :number', { number: checked.ok ? checked.value : number });
    }
    return paginate(query, { by: 'number', direction: 'ASC' }, page);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => Project, { nullable: true, description: 'The project that it belongs to.' })
  project(@Root() building: Building, @Ctx() context: RequestContext): Promise<Project | null> {
    return this.loads.one('Project', building.projectId, context);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => [BuildingSection], {
    description: 'Its sections (单元), by number; none where it has none.',
  })
  sections(@Root() building: Building, @Ctx() context: RequestContext): Promise<BuildingSection[]> {
    return context.loaders.load('Building.sections', building.id, async (ids) => {
      const rows = await this.loads
        .query('BuildingSection', context)
        .andWhere('building_section.buildingId = any(:ids)', { ids })
        .orderBy('building_section.number')
        .getMany();
      return ids.map((id) => rows.filter(({ buildingId }) => buildingId === id));
    });
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => UnitConnection, { description: 'Its units, by home.' })
  units(
    @Root() building: Building,
    @Args() page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Unit>> {
    const children = {
      dataSource: this.dataSource,
      entity: Unit,
      belongs: 't.building_id = p.id',
      order: { by: 'home', direction: 'ASC' },
    } as const;
    const kind = `Building.units:${JSON.stringify(page)}`;
    return context.loaders.load(kind, building.id, (ids) => pagesByParent(children, ids, page));
  }

  @Requires('directory.structure.write')
  @Mutation(() => RegisterBuildingResult, { description: 'Puts a building on record (DIR-01).' })
  registerBuilding(
    @Arg('input', () => RegisterBuildingInput) input: RegisterBuildingInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RegisterBuildingResult>> {
    return this.service.registerBuilding(input, actorOf(context));
  }

  @Requires('directory.structure.write')
  @Mutation(() => SetBuildingWarrantyResult, {
    description: 'Sets the warranty of units registered from now on; those that are there keep theirs.',
  })
  setBuildingWarranty(
    @Arg('input', () => SetBuildingWarrantyInput) input: SetBuildingWarrantyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof SetBuildingWarrantyResult>> {
    return this.service.setBuildingWarranty(input, actorOf(context));
  }

  @Requires('directory.structure.write')
  @Mutation(() => RegisterBuildingSectionResult, {
    description: 'Puts a section of a building on record (DIR-01).',
  })
  registerBuildingSection(
    @Arg('input', () => RegisterBuildingSectionInput) input: RegisterBuildingSectionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RegisterBuildingSectionResult>> {
    return this.service.registerSection(input, actorOf(context));
  }
}

@Resolver(() => BuildingSection)
export class BuildingSectionResolver {
  constructor(private readonly loads: EntityLoads) {}

  @Requires('directory.structure.read')
  @FieldResolver(() => Building, { nullable: true, description: 'The building that it belongs to.' })
  building(@Root() section: BuildingSection, @Ctx() context: RequestContext): Promise<Building | null> {
    return this.loads.one('Building', section.buildingId, context);
  }
}

/** A home in any spelling, or the beginning of one, or a number on a door. */
function whereHome(query: SelectQueryBuilder<Unit>, text: string): void {
  const home = checkHome(text);
  const beginning = text
    .normalize('NFKC')
    .replace(/[^0-9A-Za-z-]/g, '')
    .toUpperCase();
  query.andWhere('(unit.homeKey = :homeKey or unit.homeKey like :beginning or unit.numberKey = :numberKey)', {
    homeKey: home.ok ? homeKey(home.value) : '',
    beginning: `${beginning}-%`,
    numberKey: beginning.replace(/^0+(?=.)/, ''),
  });
}

@Resolver(() => Unit)
export class UnitResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: EntityLoads,
    private readonly service: StructureService,
    private readonly clock: Clock,
  ) {}

  @Requires('directory.structure.read')
  @Query(() => Unit, { nullable: true, description: 'A unit by its id.' })
  unit(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Unit | null> {
    return this.loads.one('Unit', id, context);
  }

  @Requires('directory.structure.read')
  @Query(() => UnitConnection, { description: 'Units, by home.' })
  units(
    @Args() page: PageArgs,
    @Arg('filter', () => UnitFilter, { nullable: true }) filter: UnitFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Unit>> {
    const query = this.loads.query('Unit', context);
    const { projectId, buildingId, sectionId, statuses, home } = filter ?? {};
    if (projectId) query.andWhere('unit.projectId = :projectId', { projectId });
    if (buildingId) query.andWhere('unit.buildingId = :buildingId', { buildingId });
    if (sectionId) query.andWhere('unit.sectionId = :sectionId', { sectionId });
    if (statuses) query.andWhere('unit.status = any(:statuses)', { statuses });
    if (home) whereHome(query, home);
    return paginate(query, { by: 'home', direction: 'ASC' }, page);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => Building, { nullable: true, description: 'The building that it is in.' })
  building(@Root() unit: Unit, @Ctx() context: RequestContext): Promise<Building | null> {
    return this.loads.one('Building', unit.buildingId, context);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => BuildingSection, {
    nullable: true,
    description: 'Null in a building without sections.',
  })
  async section(@Root() unit: Unit, @Ctx() context: RequestContext): Promise<BuildingSection | null> {
    return unit.sectionId ? this.loads.one('BuildingSection', unit.sectionId, context) : null;
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => Project, { nullable: true, description: 'The project that it belongs to.' })
  project(@Root() unit: Unit, @Ctx() context: RequestContext): Promise<Project | null> {
    return this.loads.one('Project', unit.projectId, context);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => Boolean, {
    description: "Whether the developer's warranty covers it on a day (保修期内); today unless told.",
  })
  async inWarranty(
    @Root() unit: Unit,
    @Arg('on', () => DateScalar, { nullable: true }) on: string | null,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const day = on ?? (await todayIn(unit.projectId, this.clock, this.loads, context));
    return isInWarranty(unit, day);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => [HistoryEntry], { description: 'What happened to the record.' })
  history(@Root() unit: Unit, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Unit', unit.id);
  }

  @Requires('directory.structure.write')
  @Mutation(() => RegisterUnitResult, { description: 'Puts a unit on record (DIR-01).' })
  registerUnit(
    @Arg('input', () => RegisterUnitInput) input: RegisterUnitInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RegisterUnitResult>> {
    return this.service.registerUnit(input, actorOf(context));
  }

  @Requires('directory.structure.write')
  @Mutation(() => CorrectUnitResult, { description: "Puts a unit's areas and warranty right." })
  correctUnit(
    @Arg('input', () => CorrectUnitInput) input: CorrectUnitInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof CorrectUnitResult>> {
    return this.service.correctUnit(input, actorOf(context));
  }

  @Requires('directory.structure.write')
  @Mutation(() => ChangeUnitStatusResult, {
    description: 'Changes the status of a unit by hand; that of one that a sale holds changes with the sale.',
  })
  changeUnitStatus(
    @Arg('input', () => ChangeUnitStatusInput) input: ChangeUnitStatusInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ChangeUnitStatusResult>> {
    return this.service.changeUnitStatus(input, actorOf(context));
  }
}

@Resolver(() => ParkingSpace)
export class ParkingSpaceResolver {
  constructor(
    private readonly loads: EntityLoads,
    private readonly service: StructureService,
  ) {}

  @Requires('directory.structure.read')
  @Query(() => ParkingSpaceConnection, { description: 'Parking spaces, by number.' })
  parkingSpaces(
    @Args() page: PageArgs,
    @Arg('filter', () => ParkingSpaceFilter, { nullable: true }) filter: ParkingSpaceFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ParkingSpace>> {
    const query = this.loads.query('ParkingSpace', context);
    const { projectId, number } = filter ?? {};
    if (projectId) query.andWhere('parking_space.projectId = :projectId', { projectId });
    if (number) {
      const checked = checkParkingSpaceNumber(number);
      query.andWhere('parking_space.number = :number', { number: checked.ok ? checked.value : number });
    }
    return paginate(query, { by: 'number', direction: 'ASC' }, page);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => Project, { nullable: true, description: 'The project that it belongs to.' })
  project(@Root() space: ParkingSpace, @Ctx() context: RequestContext): Promise<Project | null> {
    return this.loads.one('Project', space.projectId, context);
  }

  @Requires('directory.structure.write')
  @Mutation(() => RegisterParkingSpaceResult, { description: 'Puts a parking space on record (DIR-01).' })
  registerParkingSpace(
    @Arg('input', () => RegisterParkingSpaceInput) input: RegisterParkingSpaceInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RegisterParkingSpaceResult>> {
    return this.service.registerParkingSpace(input, actorOf(context));
  }
}
