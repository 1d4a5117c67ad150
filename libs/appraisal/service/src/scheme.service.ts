import type { DataSource, EntityManager } from 'typeorm';
import {
  addSchemeVersion,
  createScheme,
  retireScheme,
  type AppraisalEnvironment,
  type AppraisalRefusal,
  type SchemeContent,
  type SchemeFact,
  type SchemeState,
} from '@anju/appraisal-rules';
import {
  Fault,
  badInput,
  notFound,
  type Actor,
  type AggregateDefinition,
  type CommandRunner,
} from '@anju/commands';
import { appraisalEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { changeRequest, commandRequest } from '@anju/subgraph';
import { appraisalEnvironment } from './environment';
import type { Organisations } from './organisations';
import { Scheme } from './scheme.entity';
import type {
  AddSchemeVersionInput,
  CreateSchemeInput,
  RetireSchemeInput,
  SchemeContentInput,
} from './scheme.schema';
import { unlessItExists } from './unless-it-exists';

export type SchemeAggregate = AggregateDefinition<SchemeState, SchemeFact, AppraisalEnvironment, Scheme>;

export function schemeAggregate(references: References): SchemeAggregate {
  return {
    type: 'AppraisalScheme',
    context: 'appraisal',
    entity: Scheme,
    environment: appraisalEnvironment(references),
    events: eventsOfFacts<SchemeFact>()({
      SchemeVersionAdded: appraisalEvents.schemeVersionAdded,
      SchemeRetired: appraisalEvents.schemeRetired,
    }),
  };
}

const writing = 'appraisal.scheme.write';

/** @throws Fault BAD_USER_INPUT when the same thing is told twice */
function onlyOnce(field: string, told: readonly string[]): void {
  const twice = told.find((one, index) => told.indexOf(one) !== index);
  if (twice !== undefined) {
    throw badInput({ field, problem: `has ${twice} twice`, expected: 'each once at most' });
  }
}

/** What is told, over what holds without being told. @throws Fault BAD_USER_INPUT */
function contentOf(input: SchemeContentInput | null | undefined, base: SchemeContent): SchemeContent {
  const { items, yearShares, weeklyCheckWeight, monthlyCheckWeight, monthWeights } = input ?? {};
  onlyOnce('input.content.items', items?.map(({ item }) => item) ?? []);
  onlyOnce('input.content.yearShares', yearShares?.map(({ part }) => part) ?? []);
  return {
    items: {
      ...base.items,
      ...Object.fromEntries((items ?? []).map(({ item, maximum }) => [item, maximum])),
    },
    yearShares: {
      ...base.yearShares,
      ...Object.fromEntries((yearShares ?? []).map(({ part, share }) => [part, share])),
    },
    checkWeights: {
      WEEKLY_CHECK: weeklyCheckWeight ?? base.checkWeights.WEEKLY_CHECK,
      MONTHLY_CHECK: monthlyCheckWeight ?? base.checkWeights.MONTHLY_CHECK,
    },
    monthWeights: monthWeights ?? base.monthWeights,
  };
}

/** The schemes by which employees are appraised (APR-01, 02). */
export class SchemeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly organisations: Organisations,
    private readonly aggregate: SchemeAggregate,
  ) {}

  /** @throws Fault FORBIDDEN unless the actor acts in one of the organisation's projects */
  async create(input: CreateSchemeInput, actor: Actor) {
    const { organisationId, level, effectiveFrom } = input;
    await this.organisations.expect(organisationId);
    if (!(await this.organisations.actsIn(actor, writing, organisationId))) {
      throw new Fault('FORBIDDEN', 'you may not do this in this organisation', { permission: writing });
    }
    const position = input.position?.trim() || null;
    const known = {
      index: 'scheme_in_use',
      refusal: async (): Promise<AppraisalRefusal<'SCHEME_EXISTS'>> => {
        const schemeId = await this.inUse(organisationId, level, position);
        return { code: 'SCHEME_EXISTS', data: { schemeId, level, position } };
      },
    };
    return unlessItExists(known, () =>
      this.commands.create(this.aggregate, {
        ...commandRequest(unscoped(actor), 'createScheme', writing, input),
        projectId: null,
        check: () => this.organisations.check(organisationId),
        decide: (id, at, environment) =>
          createScheme(
            {
              ...{ id, organisationId, level, position, effectiveFrom, by: actor.id },
              content: contentOf(input.content, environment.policy.standardScheme),
            },
            at,
            environment,
          ),
      }),
    );
  }

  async addVersion(input: AddSchemeVersionInput, actor: Actor) {
    await this.requireOn(input.id, actor);
    const { effectiveFrom } = input;
    return this.commands.change(this.aggregate, {
      ...changeRequest(unscoped(actor), 'addSchemeVersion', writing, input.id, input),
      decide: (state, at, environment) => {
        const content = contentOf(input.content, state.versions.at(-1)!);
        return addSchemeVersion(state, { effectiveFrom, content, by: actor.id }, at, environment);
      },
    });
  }

  async retire(input: RetireSchemeInput, actor: Actor) {
    await this.requireOn(input.id, actor);
    return this.commands.change(this.aggregate, {
      ...changeRequest(unscoped(actor), 'retireScheme', writing, input.id, input),
      decide: (state, at, environment) => retireScheme(state, { by: actor.id }, at, environment),
    });
  }

  /** @throws Fault NOT_FOUND also for a scheme of an organisation in which the actor does not act */
  private async requireOn(id: string, actor: Actor): Promise<void> {
    const scheme = await this.dataSource.manager.findOneBy(Scheme, { id });
    if (!scheme || !(await this.organisations.actsIn(actor, writing, scheme.organisationId))) {
      throw notFound('AppraisalScheme', id);
    }
  }

  private async inUse(organisationId: string, level: string, position: string | null): Promise<string> {
    const [row]: { id: string }[] = await this.dataSource.query(
      `select id from scheme where organisation_id = $1 and level = $2
         and position is not distinct from $3 and status = 'IN_USE'`,
      [organisationId, level, position],
    );
    return row?.id ?? '';
  }
}

/** Who was found to act in the organisation: rights in projects say nothing of what belongs to none. */
function unscoped({ id, idempotencyKey }: Actor): Actor {
  return { id, idempotencyKey };
}

/** All schemes of an employee's organisation that may count for him, those made first before later ones. */
export function schemesOf(
  { organisationId, level }: { readonly organisationId: string; readonly level: string },
  tx: EntityManager,
): Promise<Scheme[]> {
  return tx.find(Scheme, {
    where: { organisationId, level: level as Scheme['level'] },
    order: { createdAt: 'ASC', id: 'ASC' },
  });
}
