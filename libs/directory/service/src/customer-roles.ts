import { projectScope } from '@anju/access';
import { defaultDirectoryPolicy, type CustomerState } from '@anju/directory-rules';
import { localDate, type Clock } from '@anju/kernel';
import { principalOf, type RequestContext } from '@anju/subgraph';
import { idsOfCustomersWith } from './customer-lookup';
import type { Customer } from './customer.entity';
import { CustomerRole } from './customer.schema';
import type { EntityLoads } from './entity-loads';

/** Roles as the reader may see them: those on units of his projects, in the order of their first days. */
export function visibleRoles(
  customer: Pick<Customer, 'id' | 'roles'>,
  context: RequestContext,
): CustomerRole[] {
  const scope = projectScope(principalOf(context), 'directory.customer.read');
  return customer.roles
    .filter(({ projectId }) => scope === 'ALL' || scope.includes(projectId))
    .map((role) => toRole(customer.id, role))
    .sort(byFirstDay);
}

function toRole(customerId: string, role: CustomerState['roles'][number]): CustomerRole {
  return Object.assign(new CustomerRole(), role, { customerId });
}

function byFirstDay(a: CustomerRole, b: CustomerRole): number {
  if (a.from !== b.from) return a.from < b.from ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Everybody's roles on a unit, of all times; one query for all units of the request. */
export function rolesOnUnit(
  unitId: string,
  loads: EntityLoads,
  context: RequestContext,
): Promise<CustomerRole[]> {
  return context.loaders.load('Unit.roles', unitId, async (unitIds) => {
    const customers = await loads
      .query('Customer', context)
      .andWhere(`customer.id = any(${idsOfCustomersWith('role_unit_ids', 'unitIds')})`, { unitIds })
      .getMany();
    const byUnit = new Map<string, CustomerRole[]>(unitIds.map((id) => [id, []]));
    for (const role of customers.flatMap((customer) => visibleRoles(customer, context))) {
      byUnit.get(role.unitId)?.push(role);
    }
    return unitIds.map((id) => byUnit.get(id)!.sort(byFirstDay));
  });
}

/** What day it is in a project. @returns `YYYY-MM-DD` */
export async function todayIn(
  projectId: string,
  clock: Clock,
  loads: EntityLoads,
  context: RequestContext,
): Promise<string> {
  const project = await loads.one('Project', projectId, context);
  return localDate(clock.now(), project?.timeZone ?? defaultDirectoryPolicy.timeZone);
}
