import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { badInput } from '@anju/commands';
import {
  BusinessCalendar,
  addLocalDays,
  daysBetween,
  deskChecklist,
  hotlineAnsweredBy,
  type DeskChecklist,
  type DeskChecklistKind,
  type HotlineAnswerer,
} from '@anju/kernel';
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
import { Building } from './building.entity';
import { Calendar, DateHours, DeskChecklistPart, calendarOf } from './calendar.schema';
import { directoryPolicies } from './directory-policy';
import { DeskChecklistKindEnum, HotlineAnswererEnum } from './graph-enums';
import type { EntityLoads } from './entity-loads';
import { Organisation } from './organisation.entity';
import { Project } from './project.entity';
import {
  ChangeOpeningHoursInput,
  ChangeOpeningHoursResult,
  ChangeProjectTimeZoneInput,
  ChangeProjectTimeZoneResult,
  ClearCalendarExceptionInput,
  ClearCalendarExceptionResult,
  OrganisationConnection,
  ProjectCalendars,
  ProjectConnection,
  ProjectFilter,
  RegisterOrganisationInput,
  RegisterOrganisationResult,
  RegisterProjectInput,
  RegisterProjectResult,
  RenameOrganisationInput,
  RenameOrganisationResult,
  RenameProjectInput,
  RenameProjectResult,
  SetCalendarExceptionInput,
  SetCalendarExceptionResult,
} from './project.schema';
import type { ProjectService } from './project.service';
import { BuildingConnection } from './structure.schema';

@Resolver(() => Organisation)
export class OrganisationResolver {
  constructor(
    private readonly loads: EntityLoads,
    private readonly service: ProjectService,
  ) {}

  @Requires('directory.structure.read')
  @Query(() => OrganisationConnection, {
    description: 'Organisations with a project of the reader, by code.',
  })
  organisations(@Args() page: PageArgs, @Ctx() context: RequestContext): Promise<Connection<Organisation>> {
    return paginate(this.loads.query('Organisation', context), { by: 'code', direction: 'ASC' }, page);
  }

  @Requires('directory.structure.write')
  @Mutation(() => RegisterOrganisationResult, { description: 'Puts an organisation on record (DIR-01).' })
  registerOrganisation(
    @Arg('input', () => RegisterOrganisationInput) input: RegisterOrganisationInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RegisterOrganisationResult>> {
    return this.service.registerOrganisation(input, actorOf(context));
  }

  @Requires('directory.structure.write')
  @Mutation(() => RenameOrganisationResult, { description: 'Gives an organisation another name.' })
  renameOrganisation(
    @Arg('input', () => RenameOrganisationInput) input: RenameOrganisationInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RenameOrganisationResult>> {
    return this.service.renameOrganisation(input, actorOf(context));
  }
}

@Resolver(() => Project)
export class ProjectResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: EntityLoads,
    private readonly service: ProjectService,
  ) {}

  @Requires('directory.structure.read')
  @Query(() => Project, { nullable: true, description: 'A project by its id.' })
  project(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Project | null> {
    return this.loads.one('Project', id, context);
  }

  @Requires('directory.structure.read')
  @Query(() => ProjectConnection, { description: 'The projects of the reader, by code.' })
  projects(
    @Args() page: PageArgs,
    @Arg('filter', () => ProjectFilter, { nullable: true }) filter: ProjectFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Project>> {
    const query = this.loads.query('Project', context);
    const { organisationId, code } = filter ?? {};
    if (organisationId) query.andWhere('project.organisationId = :organisationId', { organisationId });
    if (code) query.andWhere('project.code = :code', { code: code.trim().toUpperCase() });
    return paginate(query, { by: 'code', direction: 'ASC' }, page);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => Organisation, { nullable: true, description: 'The organisation that it belongs to.' })
  organisation(@Root() project: Project, @Ctx() context: RequestContext): Promise<Organisation | null> {
    return this.loads.one('Organisation', project.organisationId, context);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => ProjectCalendars, { description: 'When its desk serves and its office works.' })
  calendars(@Root() { calendars }: Project): ProjectCalendars {
    return { serviceDesk: calendarOf(calendars.serviceDesk), office: calendarOf(calendars.office) };
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => HotlineAnswererEnum, {
    description: 'Who answers the hotline at an instant: from closing on it is forwarded (CAL-05).',
  })
  hotlineAnsweredBy(@Root() { calendars }: Project, @Arg('at', () => Date) at: Date): HotlineAnswerer {
    return hotlineAnsweredBy(at, BusinessCalendar.of(calendars.serviceDesk));
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => DeskChecklistPart, {
    description: 'What its desk makes sure of on a day, before opening or at closing (CAL-05).',
  })
  async deskChecklist(
    @Root() { id, calendars }: Project,
    @Arg('kind', () => DeskChecklistKindEnum) kind: DeskChecklistKind,
    @Arg('on', () => DateScalar) on: string,
    @Ctx() context: RequestContext,
  ): Promise<DeskChecklist> {
    const { deskOpeningLeadMinutes } = await context.loaders.load('directory:policy', id, (ids) =>
      directoryPolicies.ofEach(ids, this.dataSource.manager),
    );
    return deskChecklist(kind, on, BusinessCalendar.of(calendars.serviceDesk), deskOpeningLeadMinutes);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => BuildingConnection, { description: 'Its buildings, by number.' })
  buildings(
    @Root() project: Project,
    @Args() page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Building>> {
    const children = {
      dataSource: this.dataSource,
      entity: Building,
      belongs: 't.project_id = p.id',
      order: { by: 'number', direction: 'ASC' },
    } as const;
    const kind = `Project.buildings:${JSON.stringify(page)}`;
    return context.loaders.load(kind, project.id, (ids) => pagesByParent(children, ids, page));
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => [HistoryEntry], { description: 'What happened to the record.' })
  history(@Root() project: Project, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Project', project.id);
  }

  @Requires('directory.structure.write')
  @Mutation(() => RegisterProjectResult, {
    description: 'Puts a project on record, with the default calendars (DIR-01).',
  })
  registerProject(
    @Arg('input', () => RegisterProjectInput) input: RegisterProjectInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RegisterProjectResult>> {
    return this.service.registerProject(input, actorOf(context));
  }

  @Requires('directory.structure.write')
  @Mutation(() => RenameProjectResult, { description: 'Gives a project another name.' })
  renameProject(
    @Arg('input', () => RenameProjectInput) input: RenameProjectInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RenameProjectResult>> {
    return this.service.renameProject(input, actorOf(context));
  }

  @Requires('directory.calendar.write')
  @Mutation(() => ChangeProjectTimeZoneResult, {
    description:
      'Takes a project and its calendars into another time zone; due times set before keep their instant.',
  })
  changeProjectTimeZone(
    @Arg('input', () => ChangeProjectTimeZoneInput) input: ChangeProjectTimeZoneInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ChangeProjectTimeZoneResult>> {
    return this.service.changeTimeZone(input, actorOf(context));
  }

  @Requires('directory.calendar.write')
  @Mutation(() => ChangeOpeningHoursResult, { description: "Sets the week's hours of a calendar (CAL-01)." })
  changeOpeningHours(
    @Arg('input', () => ChangeOpeningHoursInput) input: ChangeOpeningHoursInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ChangeOpeningHoursResult>> {
    return this.service.changeOpeningHours(input, actorOf(context));
  }

  @Requires('directory.calendar.write')
  @Mutation(() => SetCalendarExceptionResult, {
    description: 'Sets one day that differs in a calendar (CAL-01).',
  })
  setCalendarException(
    @Arg('input', () => SetCalendarExceptionInput) input: SetCalendarExceptionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof SetCalendarExceptionResult>> {
    return this.service.setCalendarException(input, actorOf(context));
  }

  @Requires('directory.calendar.write')
  @Mutation(() => ClearCalendarExceptionResult, { description: 'Takes a day back that differed (CAL-01).' })
  clearCalendarException(
    @Arg('input', () => ClearCalendarExceptionInput) input: ClearCalendarExceptionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ClearCalendarExceptionResult>> {
    return this.service.clearCalendarException(input, actorOf(context));
  }
}

const mostDays = 366;

@Resolver(() => Calendar)
export class CalendarResolver {
  @Requires('directory.structure.read')
  @FieldResolver(() => [DateHours], {
    description: `What the days really are, with holidays, make-up days and exceptions; at most ${mostDays} days.`,
  })
  days(
    @Root() { definition }: Calendar,
    @Arg('from', () => DateScalar) from: string,
    @Arg('to', () => DateScalar, { description: 'The last day.' }) to: string,
  ): DateHours[] {
    const count = daysBetween(from, to) + 1;
    if (count < 1 || count > mostDays) {
      throw badInput({
        field: 'to',
        problem: `is ${count - 1} days after from`,
        expected: `0…${mostDays - 1} days`,
      });
    }
    const calendar = BusinessCalendar.of(definition);
    return Array.from({ length: count }, (_, n) => {
      const date = addLocalDays(from, n);
      return { date, hours: calendar.hoursOn(date) };
    });
  }
}
