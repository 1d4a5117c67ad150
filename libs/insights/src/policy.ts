/** The numbers of the metrics; an organisation or a project has others by a version of their policy. */
export interface InsightsPolicy {
  /** Employees whose results may be shown together; of fewer nothing is shown. */
  readonly smallestStaffGroup: number;
}

export const defaultInsightsPolicy: InsightsPolicy = { smallestStaffGroup: 5 };

/** The number in force for the project of a row `f`, as SQL: the project's, the organisation's, or the default. */
export function policySql(name: keyof InsightsPolicy): string {
  return `coalesce((select (o.values->>'${name}')::int from policy_in_force o
    where (o.project_id = f.project_id or o.project_id is null) and o.values->>'${name}' is not null
    order by o.project_id nulls last limit 1), ${defaultInsightsPolicy[name]})`;
}
