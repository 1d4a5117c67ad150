import type { ClassType } from 'type-graphql';
import type { EntityManager } from 'typeorm';
import type { Permission } from '@anju/access';
import {
  requireIn,
  type Actor,
  type AggregateDefinition,
  type CommandRunner,
  type PolicyStore,
  type ScopeValues,
} from '@anju/commands';
import type { EventContract } from '@anju/events';
import { outgoing } from '@anju/outbox';
import type { References } from '@anju/references';
import type { ChangeInput, CommandInput } from '@anju/subgraph';
import type { PolicyVersionEntity } from './policy-version.entity';
import {
  draftPolicy,
  putPolicyInForce,
  type PolicyPutInForce,
  type PolicyRules,
  type PolicyVersionFact,
  type PolicyVersionState,
} from './policy-version';

/** Rights on a context's policy. What is of the whole organisation needs them in all projects. */
export interface PolicyPermissions {
  readonly read: Permission;
  /** To draft, and to look at what a draft would change. */
  readonly draft: Permission;
  readonly putInForce: Permission;
}

/** What a context has to say to have its policy versioned. */
export interface PolicyDefinition<Policy extends object> {
  /** Such as `Complaint`: head of the names in the graph. */
  readonly name: string;
  readonly context: string;
  readonly store: PolicyStore<Policy>;
  readonly rules: PolicyRules<Policy>;
  readonly permissions: PolicyPermissions;
  /** What is told when a version comes in force; its data are those of `PolicyPutInForce`. */
  readonly changed: EventContract;
}

export type PolicyAggregate = AggregateDefinition<
  PolicyVersionState,
  PolicyVersionFact,
  null,
  PolicyVersionEntity
>;

export interface DraftPolicyInput extends CommandInput {
  readonly projectId?: string | null;
  readonly reason: string;
}

export interface PutPolicyInForceInput extends ChangeInput {
  readonly id: string;
}

/** What is in force in every scope. */
async function scopes(tx: EntityManager): Promise<ScopeValues[]> {
  return tx.query(`select project_id as "projectId", number, values from policy_in_force`);
}

/** One after the other, also in different scopes: a project's values are checked with the organisation's. */
async function oneAtATime(tx: EntityManager): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('policies.put-in-force', 0))`);
}

/** @param inForce carried out in the transaction in which a version comes in force */
export function policyAggregate<Policy extends object>(
  { name, context, changed }: PolicyDefinition<Policy>,
  entity: ClassType<PolicyVersionEntity>,
  inForce: (fact: PolicyPutInForce, tx: EntityManager) => Promise<void>,
): PolicyAggregate {
  return {
    type: `${name}PolicyVersion`,
    context,
    entity,
    environment: () => Promise.resolve(null),
    events: (fact) => {
      if (fact.type === 'PolicyDrafted') return [];
      const { type: _type, ...data } = fact;
      return [outgoing(changed, { ...data, at: data.at.toISOString() })];
    },
    react: async (fact, _state, { tx }) => {
      if (fact.type === 'PolicyPutInForce') await inForce(fact, tx);
    },
  };
}

/** The commands on a context's policy. */
export class PolicyService<Policy extends object> {
  constructor(
    private readonly definition: PolicyDefinition<Policy>,
    private readonly commands: CommandRunner,
    private readonly references: References,
    private readonly aggregate: PolicyAggregate,
  ) {}

  /** @param values as they were written: what was left out is absent */
  draft(input: DraftPolicyInput, values: object, actor: Actor) {
    const { name, rules, permissions } = this.definition;
    const { projectId = null, reason, idempotencyKey } = input;
    if (projectId !== null) requireIn(actor, permissions.draft, projectId);
    return this.commands.create(this.aggregate, {
      ...{ actor, command: `draft${name}Policy`, permission: permissions.draft, projectId },
      ...{ idempotencyKey, input, reason },
      check: () =>
        this.references.check([
          projectId !== null && { kind: 'project', id: projectId, field: 'input.projectId' },
        ]),
      prepare: scopes,
      decide: (id, at, _environment, inForce) =>
        draftPolicy({ id, projectId, values, reason, by: actor.id }, at, inForce, rules),
    });
  }

  putInForce(input: PutPolicyInForceInput, actor: Actor) {
    const { name, rules, permissions } = this.definition;
    const { id, expectedVersion, idempotencyKey } = input;
    return this.commands.change(this.aggregate, {
      ...{ actor, command: `put${name}PolicyInForce`, permission: permissions.putInForce },
      ...{ id, expectedVersion, idempotencyKey, input },
      lockFirst: oneAtATime,
      prepare: scopes,
      decide: (state, at, _environment, inForce) =>
        putPolicyInForce(state, { by: actor.id }, at, inForce, rules),
    });
  }
}
