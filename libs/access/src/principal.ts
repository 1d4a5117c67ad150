import { roleGrants } from './permissions';
import type { Permission } from './permissions';
import type { Role } from './roles';

/** A role, and the projects in which it is held. */
export interface RoleGrant {
  readonly role: Role;
  readonly projectIds: readonly string[] | 'ALL';
}

/** Who acts: a member of staff by a verified token, or the platform itself. */
export interface Principal {
  readonly kind: 'STAFF' | 'SYSTEM';
  /** Id of the member of staff in the directory; of the platform itself, `SYSTEM_STAFF_ID`. */
  readonly staffId: string;
  /** What he signs in with; never his name. */
  readonly account: string;
  readonly roles: readonly RoleGrant[];
}

/** Stands in histories and events for what the platform did by itself; no member of staff has it. */
export const SYSTEM_STAFF_ID = '00000000-0000-0000-0000-000000000000';

/** What only a person can do: an unmasking has a purpose that somebody answers for (DIR-05). */
const personalPermissions: ReadonlySet<Permission> = new Set<Permission>(['directory.customer.reveal']);

/**
 * The platform acting by itself: a consumer, a deadline. It may act in every project, but not unmask.
 * @param activity what acts, such as `deadlines`; histories and logs show it as `system:deadlines`
 */
export function systemPrincipal(activity: string): Principal {
  return { kind: 'SYSTEM', staffId: SYSTEM_STAFF_ID, account: `system:${activity}`, roles: [] };
}

/**
 * The projects in which a principal holds a permission; lists and entities are filtered by it in the query.
 * @returns `'ALL'`, or project ids without duplicates, empty if he holds it nowhere
 */
export function projectScope(principal: Principal, permission: Permission): 'ALL' | string[] {
  if (principal.kind === 'SYSTEM') return personalPermissions.has(permission) ? [] : 'ALL';
  const projectIds = new Set<string>();
  for (const grant of principal.roles) {
    if (!roleGrants(grant.role, permission)) continue;
    if (grant.projectIds === 'ALL') return 'ALL';
    for (const projectId of grant.projectIds) projectIds.add(projectId);
  }
  return [...projectIds];
}

/** The roles that he holds in a project; none for the platform itself. */
export function rolesIn(principal: Principal, projectId: string): readonly Role[] {
  return principal.roles
    .filter(({ projectIds }) => projectIds === 'ALL' || projectIds.includes(projectId))
    .map(({ role }) => role);
}

/** Whether he holds the permission in that project. */
export function mayIn(principal: Principal, permission: Permission, projectId: string): boolean {
  const scope = projectScope(principal, permission);
  return scope === 'ALL' || scope.includes(projectId);
}

/** Whether he holds the permission in at least one project: enough to ask, the query's filter does the rest. */
export function mayAnywhere(principal: Principal, permission: Permission): boolean {
  const scope = projectScope(principal, permission);
  return scope === 'ALL' || scope.length > 0;
}

/** Whether he holds the permission in all projects, as things need that belong to no project. */
export function mayEverywhere(principal: Principal, permission: Permission): boolean {
  return projectScope(principal, permission) === 'ALL';
}
