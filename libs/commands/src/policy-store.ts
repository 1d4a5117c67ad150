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
    const rows: { values: unknown }[] = await tx.query(
      `select values from policy_override where project_id is null or project_id = $1 order by project_id nulls first`,
      [projectId],
    );
    return rows.reduce<unknown>((policy, { values }) => merge(policy, values), this.defaults) as Policy;
  }
}
