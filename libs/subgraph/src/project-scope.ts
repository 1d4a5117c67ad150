import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { projectScope, type Permission } from '@anju/access';
import { principalOf, type RequestContext } from './request-context';

/** Leaves in a query only rows of projects in which the reader holds the permission. */
export function inProjectScope<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  context: RequestContext,
  permission: Permission,
): SelectQueryBuilder<Entity> {
  const scope = projectScope(principalOf(context), permission);
  if (scope === 'ALL') return query;
  const column = `${query.alias}.projectId`;
  // Equality keeps the order of an index on project and time, which a list of projects does not.
  return scope.length === 1
    ? query.andWhere(`${column} = :projectScope`, { projectScope: scope[0] })
    : query.andWhere(`${column} = any(:projectScope)`, { projectScope: scope });
}

/** The same as SQL for a table `t`, for `pagesByParent`. @param parameter number of the SQL parameter */
export function projectScopeSql(
  context: RequestContext,
  permission: Permission,
  parameter: number,
): { sql: string; parameters: unknown[] } {
  const scope = projectScope(principalOf(context), permission);
  return scope === 'ALL'
    ? { sql: 'true', parameters: [] }
    : { sql: `t.project_id = any($${parameter}::uuid[])`, parameters: [scope] };
}
