import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  loadHistory,
  pagesByParent,
  paginate,
  type CommandAnswer,
  type Connection,
  type RequestContext,
} from '@anju/subgraph';
import type { EntityLoads } from './entity-loads';
import { Import, ImportProblem } from './import.entity';
import {
  AbandonImportInput,
  AbandonImportResult,
  AppendToImportInput,
  AppendToImportResult,
  ImportConnection,
  ImportFilter,
  ImportProblemConnection,
  RunImportInput,
  RunImportResult,
  StartImportInput,
  StartImportResult,
} from './import.schema';
import type { ImportService } from './import.service';
import { Project } from './project.entity';
import { Staff } from './staff.entity';

@Resolver(() => Import)
export class ImportResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: EntityLoads,
    private readonly service: ImportService,
  ) {}

  @Requires('directory.import')
  @Query(() => Import, { nullable: true, description: 'An import by its id, with its progress.' })
  import(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Import | null> {
    return this.loads.one('Import', id, context);
  }

  @Requires('directory.import')
  @Query(() => ImportConnection, { description: 'Imports, the latest first.' })
  imports(
    @Args() page: PageArgs,
    @Arg('filter', () => ImportFilter, { nullable: true }) filter: ImportFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Import>> {
    const query = this.loads.query('Import', context);
    const { projectId, kind, statuses } = filter ?? {};
    if (projectId) query.andWhere('import.projectId = :projectId', { projectId });
    if (kind) query.andWhere('import.kind = :kind', { kind });
    if (statuses) query.andWhere('import.status = any(:statuses)', { statuses });
    return paginate(query, { by: 'createdAt', direction: 'DESC' }, page);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => Project, { nullable: true, description: 'The project that its lines are about.' })
  project(@Root() { projectId }: Import, @Ctx() context: RequestContext): Promise<Project | null> {
    return this.loads.one('Project', projectId, context);
  }

  @Requires('directory.staff.read')
  @FieldResolver(() => Staff, { nullable: true, description: 'In whose name the lines are carried out.' })
  startedBy(@Root() { startedBy }: Import, @Ctx() context: RequestContext): Promise<Staff | null> {
    return this.loads.one('Staff', startedBy, context);
  }

  @Requires('directory.import')
  @FieldResolver(() => ImportProblemConnection, { description: 'What is wrong with the file, by line.' })
  problems(
    @Root() { id }: Import,
    @Args() page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ImportProblem>> {
    const children = {
      dataSource: this.dataSource,
      entity: ImportProblem,
      belongs: 't.import_id = p.id',
      order: { by: 'line', direction: 'ASC' },
    } as const;
    const kind = `Import.problems:${JSON.stringify(page)}`;
    return context.loaders.load(kind, id, (ids) => pagesByParent(children, ids, page));
  }

  @Requires('directory.import')
  @FieldResolver(() => [HistoryEntry], { description: 'The course of the import.' })
  history(@Root() { id }: Import, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Import', id);
  }

  @Requires('directory.import')
  @Mutation(() => StartImportResult, { description: 'Announces a file of units or customers.' })
  startImport(
    @Arg('input', () => StartImportInput) input: StartImportInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof StartImportResult>> {
    return this.service.start(input, actorOf(context));
  }

  @Requires('directory.import')
  @Mutation(() => AppendToImportResult, { description: 'Brings one part of the file.' })
  appendToImport(
    @Arg('input', () => AppendToImportInput) input: AppendToImportInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AppendToImportResult>> {
    return this.service.append(input, actorOf(context));
  }

  @Requires('directory.import')
  @Mutation(() => RunImportResult, {
    description:
      'Says that the file is complete: it is checked and imported in the background; ask `import` how far it is.',
  })
  runImport(
    @Arg('input', () => RunImportInput) input: RunImportInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RunImportResult>> {
    return this.service.run(input, actorOf(context));
  }

  @Requires('directory.import')
  @Mutation(() => AbandonImportResult, {
    description: 'Gives an import up before it is worked on, and deletes its file.',
  })
  abandonImport(
    @Arg('input', () => AbandonImportInput) input: AbandonImportInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AbandonImportResult>> {
    return this.service.abandon(input, actorOf(context));
  }
}
