import type { EntityManager } from 'typeorm';

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isPlainObject(base) || !isPlainObject(over)) return over;
  return Object.fromEntries(Object.entries(base).map(([key, value]) => [key, merge(value, over[key])]));
}

/** The numbers of a context's rules: defaults, over them the organisation's, over these the project's. */
export class PolicyStore<Policy extends object> {
  constructor(private readonly defaults: Policy) {}

  /** The policy in force for a project; entries that the defaults do not have are left out. */
  async of(projectId: string | null, tx: EntityManager): Promise<Policy> {
    const [policy] = await this.ofEach([projectId], tx);
    return policy!;
  }

  /** The policies in force for several projects, in their order, by one statement. */
  async ofEach(projectIds: readonly (string | null)[], tx: EntityManager): Promise<Policy[]> {
    const rows: { projectId: string | null; values: unknown }[] = await tx.query(
      `select project_id as "projectId", values from policy_override
       where project_id is null or project_id = any($1) order by project_id nulls first`,
      [projectIds.filter((projectId) => projectId !== null)],
    );
    return projectIds.map((wanted) =>
      rows
        .filter(({ projectId }) => projectId === null || projectId === wanted)
        .reduce<unknown>((policy, { values }) => merge(policy, values), this.defaults),
    ) as Policy[];
  }
}
