import type { EntityManager } from 'typeorm';
import { PolicyStore } from '@anju/commands';
import { localDate } from '@anju/kernel';
import type { References } from '@anju/references';
import { defaultSalesPolicy, type SalesEnvironment, type SalesPolicy } from '@anju/sales-rules';

/** What the sales rules take as arguments, for one project, and how its numbers begin. */
export interface SalesSurroundings extends SalesEnvironment {
  readonly projectCode: string;
}

export const salesPolicies = new PolicyStore<SalesPolicy>(defaultSalesPolicy);

/** Loads policy, calendars and time zone of an aggregate's project, in its transaction. */
export function salesSurroundings(references: References) {
  return async (projectId: string | null, tx: EntityManager): Promise<SalesSurroundings> => {
    if (!projectId) throw new Error('everything in sales belongs to a project');
    const { code, timeZone, calendars } = await references.project(projectId, tx);
    return { policy: await salesPolicies.of(projectId, tx), calendars, timeZone, projectCode: code };
  };
}

/** The day in the project's time zone. */
export function dayOf(at: Date, { timeZone }: SalesSurroundings): string {
  return localDate(at, timeZone);
}
