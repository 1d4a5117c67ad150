import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  type ClassType,
} from 'type-graphql';
import type { DataSource, EntityManager } from 'typeorm';
import { mayAnywhere, mayEverywhere, mayIn, projectScope } from '@anju/access';
import { notFound, type CommandRunner } from '@anju/commands';
import type { Clock, FieldsShape } from '@anju/kernel';
import type { Logger } from '@anju/outbox';
import type { CalendarChanged, References } from '@anju/references';
import {
  ChangeInput,
  CommandInput,
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  commandResult,
  connectionType,
  loadHistory,
  paginate,
  principalOf,
  refusalTypes,
  type CommandAnswer,
  type Connection,
  type RequestContext,
} from '@anju/subgraph';
import {
  PolicyService,
  policyAggregate,
  type PolicyAggregate,
  type PolicyDefinition,
} from './policy.service';
import {
  recomputationTypes,
  type RecomputationEntity,
  type RecomputationProgress,
} from './recomputation.entity';
import {
  Recomputer,
  progressOf,
  requestRecomputation,
  type RecomputationRequest,
  type RecomputedAggregate,
} from './recomputation';
import { previewTypes } from './preview-types';
import { previewPolicy, type PolicyEffect, type PolicyPreview, type Previewed } from './preview';
import { policyTypes, writtenValues, type WordEnum } from './policy-types';
import { standingOf, type PolicyVersionStanding } from './policy-version';
import {
  PolicyVersionStandingEnum,
  policyVersionEntity,
  type PolicyVersionEntity,
} from './policy-version.entity';

const refusals = refusalTypes({
  POLICY_DRAFT_CHANGES_NOTHING: { number: { type: Int, nullable: true } },
  POLICY_REASON_MISSING: { number: { type: Int, nullable: true } },
  POLICY_ALREADY_IN_FORCE: {
    number: { type: Int, nullable: true },
    inForceSinceAt: { type: Date, nullable: true },
  },
  POLICY_DRAFT_OUTDATED: { draftBasedOn: Int, inForce: Int },
});

/** What a running service gives to have its policy changed. */
export interface PolicyGround {
  readonly dataSource: DataSource;
  readonly commands: CommandRunner;
  readonly references: References;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What is computed anew when the policy or a calendar changes; `watched` are fields that a preview tells of. */
  readonly previewed: { readonly aggregate: unknown; readonly watched: readonly string[] };
}

/** A context's policy in its graph, its database and its events. */
export interface VersionedPolicy {
  readonly entities: readonly Function[];
  readonly resolverClasses: readonly ClassType[];
  /** The graph type of what a draft would change of one, for the context to say of which. */
  readonly effect: ClassType<PolicyEffect>;
  readonly create: (ground: PolicyGround) => {
    readonly resolvers: readonly object[];
    readonly aggregate: PolicyAggregate;
    readonly recomputer: Recomputer;
    /** For the service's references: what is open is computed anew with a project's other calendars. */
    readonly calendarChanged: CalendarChanged;
  };
}

/**
 * Gives a context's policy its versions: who may draft and put in force by the graph, what is in force, and what
 * was. All that the context adds are its shape, its rights and its event.
 * @param enums of the graph, for choices of the shape
 */
export function versionedPolicy<Policy extends object>(
  definition: PolicyDefinition<Policy>,
  enums: readonly WordEnum[],
): VersionedPolicy {
  const { name, permissions, store, rules } = definition;
  const lower = name.charAt(0).toLowerCase() + name.slice(1);
  const shape: FieldsShape = {
    kind: 'FIELDS',
    about: `The numbers of the rules of this context (${lower}).`,
    fields: rules.shape,
  };
  const types = policyTypes(`${name}Policy`, shape, enums);
  const Version = policyVersionEntity(name);
  const recomputation = recomputationTypes(name);
  const preview = previewTypes(name);
  const Recomputation = recomputation.entity;
  const RecomputationConnection = connectionType(Recomputation, `${name}Recomputation`);
  const VersionConnection = connectionType(Version, `${name}PolicyVersion`);
  const entityName = `${name}PolicyVersion`;
  const { POLICY_DRAFT_CHANGES_NOTHING, POLICY_REASON_MISSING, ...whenPutInForce } = refusals;
  const DraftResult = commandResult(`Draft${name}PolicyResult`, Version, entityName, {
    POLICY_DRAFT_CHANGES_NOTHING,
    POLICY_REASON_MISSING,
  });
  const InForceResult = commandResult(`Put${name}PolicyInForceResult`, Version, entityName, whenPutInForce);

  @ObjectType(`${name}PolicyInForce`, {
    simpleResolvers: true,
    description:
      'A policy as it holds now: the defaults, over them the organisation’s values, over these the project’s.',
  })
  class InForce {
    @Field(() => Int, {
      description: 'Counts the changes that hold here, of the organisation and the project; 0: the defaults.',
    })
    version: number;

    @Field(() => Int, { description: 'Number of the organisation’s version; 0: none.' })
    organisationNumber: number;

    @Field(() => Int, { description: 'Number of the project’s version; 0: none.' })
    projectNumber: number;

    @Field(() => types.whole, { description: 'All settings.' })
    policy: Policy;
  }

  @InputType(`Draft${name}PolicyInput`, {
    description: 'All that the organisation or a project is to have of its own; nothing changes yet.',
  })
  class DraftInput extends CommandInput {
    @Field(() => ID, { nullable: true, description: 'The project; the whole organisation unless told.' })
    projectId?: string | null;

    @Field(() => types.input, {
      description: 'What is left out is as below: as in the organisation, or as by default.',
    })
    values: object;

    @Field(() => String, { description: 'Why.' })
    reason: string;
  }

  @InputType(`Put${name}PolicyInForceInput`, { description: 'A draft comes in force, from now on.' })
  class InForceInput extends ChangeInput {
    @Field(() => ID, { description: 'The draft.' })
    id: string;
  }

  @Resolver(() => Version)
  class PolicyResolver {
    constructor(
      private readonly service: PolicyService<Policy>,
      private readonly recomputer: Recomputer,
      private readonly ground: PolicyGround,
    ) {}

    @Requires(permissions.read)
    @Query(() => InForce, {
      name: `${lower}Policy`,
      nullable: true,
      description:
        'The policy in force: of a project, or of the organisation. Null where you may not see it.',
    })
    async inForce(
      @Arg('projectId', () => ID, { nullable: true }) projectId: string | null,
      @Ctx() context: RequestContext,
    ): Promise<InForce | null> {
      if (!mayRead(context, projectId)) return null;
      return store.inForce(projectId, this.ground.dataSource.manager);
    }

    @Requires(permissions.read)
    @Query(() => VersionConnection, {
      name: `${lower}PolicyVersions`,
      description:
        'Versions and drafts of a project’s own policy, or of the organisation’s, the latest first.',
    })
    versions(
      @Arg('projectId', () => ID, { nullable: true }) projectId: string | null,
      @Args() page: PageArgs,
      @Ctx() context: RequestContext,
    ): Promise<Connection<PolicyVersionEntity>> {
      const query = this.ground.dataSource.createQueryBuilder(Version, 'v');
      if (!mayRead(context, projectId)) query.where('false');
      else if (projectId == null) query.where('v.projectId is null');
      else query.where('v.projectId = :projectId', { projectId });
      return paginate(query, { by: 'createdAt', direction: 'DESC' }, page);
    }

    @Requires(permissions.draft)
    @Mutation(() => DraftResult, {
      name: `draft${name}Policy`,
      description: 'Writes down other settings; look at what they would change before they come in force.',
    })
    draft(
      @Arg('input', () => DraftInput) input: DraftInput,
      @Ctx() context: RequestContext,
    ): Promise<CommandAnswer<typeof DraftResult>> {
      const values = writtenValues(shape, input.values) as object;
      return this.service.draft(input, values, actorOf(context));
    }

    @Requires(permissions.putInForce)
    @Mutation(() => InForceResult, {
      name: `put${name}PolicyInForce`,
      description: 'A draft holds from now on; what is open is computed anew in the background.',
    })
    async putInForce(
      @Arg('input', () => InForceInput) input: InForceInput,
      @Ctx() context: RequestContext,
    ): Promise<CommandAnswer<typeof InForceResult>> {
      const answer = await this.service.putInForce(input, actorOf(context));
      this.recomputer.wake();
      return answer;
    }

    @Requires(permissions.draft)
    @Query(() => preview.preview, {
      name: `preview${name}Policy`,
      description:
        'What would change of what is open if a draft were in force: counts and examples, by pages.',
    })
    async preview(
      @Arg('draftId', () => ID) draftId: string,
      @Arg('after', () => String, { nullable: true }) after: string | null,
      @Ctx() context: RequestContext,
    ): Promise<PolicyPreview> {
      const { dataSource, clock } = this.ground;
      const previewed = this.ground.previewed as Previewed;
      const draft = await dataSource.manager.findOneBy(Version, { id: draftId });
      const principal = principalOf(context);
      const mayDraft =
        draft &&
        (draft.projectId === null
          ? mayEverywhere(principal, permissions.draft)
          : mayIn(principal, permissions.draft, draft.projectId));
      if (!mayDraft) throw notFound(entityName, draftId);
      return previewPolicy(dataSource, { store, draft, previewed }, after, clock.now());
    }

    @Requires(permissions.read)
    @FieldResolver(() => types.own, { nullable: true, description: 'What the scope has of its own.' })
    values(@Root() version: PolicyVersionEntity): object {
      return version.values;
    }

    @Requires(permissions.read)
    @FieldResolver(() => PolicyVersionStandingEnum, {
      nullable: true,
      description: 'Where it stands beside the version in force.',
    })
    async standing(
      @Root() version: PolicyVersionEntity,
      @Ctx() context: RequestContext,
    ): Promise<PolicyVersionStanding> {
      const { projectId } = version;
      const key = `policy:${name}:standing`;
      const number = await context.loaders.load(key, projectId ?? 'organisation', (scopes) =>
        this.numbersOf(scopes),
      );
      return standingOf(version, number);
    }

    @Requires(permissions.read)
    @FieldResolver(() => [HistoryEntry], {
      nullable: true,
      description: 'Who drafted it and put it in force.',
    })
    history(@Root() version: PolicyVersionEntity, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
      return loadHistory(this.ground.dataSource, context, entityName, version.id);
    }

    private async numbersOf(scopes: readonly string[]): Promise<number[]> {
      const rows: { scope: string; number: number }[] = await this.ground.dataSource.query(
        `select coalesce(project_id::text, 'organisation') as scope, number from policy_in_force`,
      );
      return scopes.map((scope) => rows.find((row) => row.scope === scope)?.number ?? 0);
    }
  }

  @Resolver(() => Recomputation)
  class RecomputationResolver {
    constructor(private readonly dataSource: DataSource) {}

    @Requires(permissions.read)
    @Query(() => RecomputationConnection, {
      name: `${lower}Recomputations`,
      description: 'When what is open was computed anew, and how far that has come; the latest first.',
    })
    recomputations(
      @Arg('projectId', () => ID, { nullable: true }) projectId: string | null,
      @Args() page: PageArgs,
      @Ctx() context: RequestContext,
    ): Promise<Connection<RecomputationEntity>> {
      const query = this.dataSource.createQueryBuilder(Recomputation, 'r');
      const scope = projectScope(principalOf(context), permissions.read);
      if (scope !== 'ALL') query.andWhere('(r.projectId is null or r.projectId = any(:scope))', { scope });
      if (projectId != null)
        query.andWhere('(r.projectId is null or r.projectId = :projectId)', { projectId });
      return paginate(query, { by: 'requestedAt', direction: 'DESC' }, page);
    }

    @Requires(permissions.read)
    @FieldResolver(() => recomputation.progress, { nullable: true, description: 'How far it has come.' })
    progress(
      @Root() { id }: RecomputationEntity,
      @Ctx() context: RequestContext,
    ): Promise<RecomputationProgress> {
      const scope = projectScope(principalOf(context), permissions.read);
      return context.loaders.load(`recomputation:${name}`, id, (ids) =>
        progressOf(this.dataSource, ids, scope),
      );
    }
  }

  function mayRead(context: RequestContext, projectId: string | null | undefined): boolean {
    const principal = principalOf(context);
    return projectId == null
      ? mayAnywhere(principal, permissions.read)
      : mayIn(principal, permissions.read, projectId);
  }

  return {
    entities: [Version, recomputation.entity],
    resolverClasses: [PolicyResolver, RecomputationResolver],
    effect: preview.effect,
    create: (ground) => {
      const { dataSource, commands, references, clock, logger } = ground;
      const recomputer = new Recomputer(dataSource, commands, clock, logger, [
        ground.previewed.aggregate as RecomputedAggregate,
      ]);
      const request = (tx: EntityManager, asked: RecomputationRequest): Promise<void> =>
        requestRecomputation(tx, asked, recomputer.aggregateTypes);
      const aggregate = policyAggregate(definition, Version, (fact, tx) => {
        const { projectId, number, by, at } = fact;
        return request(tx, { cause: 'POLICY', projectId, causeVersion: number, by, at });
      });
      const service = new PolicyService(definition, commands, references, aggregate);
      return {
        resolvers: [new PolicyResolver(service, recomputer, ground), new RecomputationResolver(dataSource)],
        aggregate,
        recomputer,
        calendarChanged: async ({ projectId, calendarVersion, by, at }, tx) => {
          await request(tx, { cause: 'CALENDAR', projectId, causeVersion: calendarVersion, by, at });
          recomputer.wake();
        },
      };
    },
  };
}
