import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { dialledInChina } from '@anju/directory-rules';
import {
  actorOf,
  HistoryEntry,
  PageArgs,
  Requires,
  loadHistory,
  paginate,
  type CommandAnswer,
  type Connection,
  type RequestContext,
} from '@anju/subgraph';
import type { EntityLoads } from './entity-loads';
import { Partner, PartnerContact } from './partner.entity';
import {
  AddPartnerContactInput,
  AddPartnerContactResult,
  AssignPartnerProjectsInput,
  AssignPartnerProjectsResult,
  ChangeServicePromiseInput,
  ChangeServicePromiseResult,
  EndPartnershipInput,
  EndPartnershipResult,
  PartnerConnection,
  PartnerFilter,
  RegisterPartnerInput,
  RegisterPartnerResult,
  RemovePartnerContactInput,
  RemovePartnerContactResult,
  RenamePartnerInput,
  RenamePartnerResult,
  ResumePartnershipInput,
  ResumePartnershipResult,
} from './partner.schema';
import type { PartnerService } from './partner.service';
import { Project } from './project.entity';

@Resolver(() => Partner)
export class PartnerResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: EntityLoads,
    private readonly service: PartnerService,
  ) {}

  @Requires('directory.partner.read')
  @Query(() => Partner, { nullable: true, description: 'A partner by its id.' })
  partner(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Partner | null> {
    return this.loads.one('Partner', id, context);
  }

  @Requires('directory.partner.read')
  @Query(() => PartnerConnection, { description: 'Partners (外联单位), by name.' })
  partners(
    @Args() page: PageArgs,
    @Arg('filter', () => PartnerFilter, { nullable: true }) filter: PartnerFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Partner>> {
    const { name, kinds, projectId, status } = filter ?? {};
    const query = this.loads.queryIn('Partner', projectId, context);
    query.andWhere('partner.status = :status', { status: status ?? 'ACTIVE' });
    if (name) query.andWhere('position(:name in partner.name) > 0', { name });
    if (kinds) query.andWhere('partner.kind = any(:kinds)', { kinds });
    if (projectId) {
      query.andWhere(`(partner.projectIds @> array[:projectId]::uuid[] or partner.projectIds = '{}')`, {
        projectId,
      });
    }
    return paginate(query, { by: 'name', direction: 'ASC' }, page);
  }

  @Requires('directory.partner.read')
  @FieldResolver(() => [PartnerContact], { description: 'Whom to call.' })
  contacts(@Root() { contacts }: Partner): PartnerContact[] {
    return contacts.map(({ id, name, phone, duty }) => {
      const number = dialledInChina(phone);
      return { id, name, duty, phone: phone.extension ? `${number}-${phone.extension}` : number };
    });
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => [Project], { description: 'Projects served; none for the whole organisation.' })
  projects(@Root() { projectIds }: Partner, @Ctx() context: RequestContext): Promise<Project[]> {
    return this.loads.several('Project', projectIds, context);
  }

  @Requires('directory.partner.read')
  @FieldResolver(() => [HistoryEntry], { description: 'What happened to the record.' })
  history(@Root() { id }: Partner, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Partner', id, 'directory.partner.read');
  }

  @Requires('directory.partner.write')
  @Mutation(() => RegisterPartnerResult, { description: 'Puts a partner on record (DIR-04).' })
  registerPartner(
    @Arg('input', () => RegisterPartnerInput) input: RegisterPartnerInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RegisterPartnerResult>> {
    return this.service.register(input, actorOf(context));
  }

  @Requires('directory.partner.write')
  @Mutation(() => RenamePartnerResult, { description: 'Gives a partner another name.' })
  renamePartner(
    @Arg('input', () => RenamePartnerInput) input: RenamePartnerInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RenamePartnerResult>> {
    return this.service.rename(input, actorOf(context));
  }

  @Requires('directory.partner.write')
  @Mutation(() => ChangeServicePromiseResult, {
    description: 'Sets the service promise for calls from now on; times that were promised stay.',
  })
  changeServicePromise(
    @Arg('input', () => ChangeServicePromiseInput) input: ChangeServicePromiseInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ChangeServicePromiseResult>> {
    return this.service.changePromise(input, actorOf(context));
  }

  @Requires('directory.partner.write')
  @Mutation(() => AssignPartnerProjectsResult, { description: 'Sets the projects that a partner serves.' })
  assignPartnerProjects(
    @Arg('input', () => AssignPartnerProjectsInput) input: AssignPartnerProjectsInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AssignPartnerProjectsResult>> {
    return this.service.assignProjects(input, actorOf(context));
  }

  @Requires('directory.partner.write')
  @Mutation(() => AddPartnerContactResult, { description: 'Adds a contact.' })
  addPartnerContact(
    @Arg('input', () => AddPartnerContactInput) input: AddPartnerContactInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AddPartnerContactResult>> {
    return this.service.addContact(input, actorOf(context));
  }

  @Requires('directory.partner.write')
  @Mutation(() => RemovePartnerContactResult, { description: 'Takes a contact from the record.' })
  removePartnerContact(
    @Arg('input', () => RemovePartnerContactInput) input: RemovePartnerContactInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RemovePartnerContactResult>> {
    return this.service.removeContact(input, actorOf(context));
  }

  @Requires('directory.partner.write')
  @Mutation(() => EndPartnershipResult, {
    description: 'No new items go to the partner; what it has is finished.',
  })
  endPartnership(
    @Arg('input', () => EndPartnershipInput) input: EndPartnershipInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof EndPartnershipResult>> {
    return this.service.end(input, actorOf(context));
  }

  @Requires('directory.partner.write')
  @Mutation(() => ResumePartnershipResult, { description: 'The partner takes new items again.' })
  resumePartnership(
    @Arg('input', () => ResumePartnershipInput) input: ResumePartnershipInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ResumePartnershipResult>> {
    return this.service.resume(input, actorOf(context));
  }
}
