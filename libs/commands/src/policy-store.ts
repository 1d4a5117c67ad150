import type { EntityManager } from 'typeorm';

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isPlainObject(base) || !isPlainObject(over)) return over;
  return Object.fromEntries(Object.entries(base).map(([key, value]) => [key, merge(value, over[key])]));
}

/** What one scope has of its own in place of what lies below it. */
export interface ScopeValues {
  /** Null: the organisation's. */
  readonly projectId: string | null;
  /** The version's number within its scope, from 1. */
  readonly number: number;
  readonly values: unknown;
}

/** A policy with the versions that it is made of. */
export interface PolicyInForce<Policy> {
  readonly policy: Policy;
  /**
   * Counts the changes that a project has come to know, its own and its organisation's; 0: the built-in defaults.
   * It only grows, so that of two policies of one project the one with the higher version came later.
   */
  readonly version: number;
  /** Of the organisation's version; 0 where there is none. */
  readonly organisationNumber: number;
  /** Of the project's version; 0 where there is none. */
  readonly projectNumber: number;
}

/** The policy of a project: the defaults, over them the organisation's values, over these its own. */
export function composePolicy<Policy extends object>(
  defaults: Policy,
  organisation: ScopeValues | undefined,
  project: ScopeValues | undefined,
): PolicyInForce<Policy> {
  const organisationNumber = organisation?.number ?? 0;
  const projectNumber = project?.number ?? 0;
  return {
    policy: merge(merge(defaults, organisation?.values), project?.values) as Policy,
    version: organisationNumber + projectNumber,
    organisationNumber,
    projectNumber,
  };
}

/** The numbers of a context's rules: defaults, over them the organisation's, over these the project's. */
export class PolicyStore<Policy extends object> {
  constructor(readonly defaults: Policy) {}

  /** The policy in force for a project; entries that the defaults do not have are left out. */
  async of(projectId: string | null, tx: EntityManager): Promise<Policy> {
    return (await this.inForce(projectId, tx)).policy;
  }

  /** The policies in force for several projects, in their order, by one statement. */
  async ofEach(projectIds: readonly (string | null)[], tx: EntityManager): Promise<Policy[]> {
    return (await this.inForceEach(projectIds, tx)).map(({ policy }) => policy);
  }

  /** The policy in force for a project, with its version. */
  async inForce(projectId: string | null, tx: EntityManager): Promise<PolicyInForce<Policy>> {
    const [policy] = await this.inForceEach([projectId], tx);
    return policy!;
  }

  /** The same for several projects, in their order, by one statement. */
  async inForceEach(
    projectIds: readonly (string | null)[],
    tx: EntityManager,
  ): Promise<PolicyInForce<Policy>[]> {
    const rows: ScopeValues[] = await tx.query(
      `select project_id as "projectId", number, values from policy_in_force
       where project_id is null or project_id = any($1)`,
      [projectIds.filter((projectId) => projectId !== null)],
    );
    const organisation = rows.find(({ projectId }) => projectId === null);
    return projectIds.map((wanted) =>
      composePolicy(
        this.defaults,
        organisation,
        rows.find(({ projectId }) => wanted !== null && projectId === wanted),
      ),
    );
  }
}
