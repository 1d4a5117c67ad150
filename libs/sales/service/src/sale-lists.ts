import type { DataSource } from 'typeorm';
import { isId } from '@anju/kernel';
import { inOrderOf, inProjectScope, projectScopeSql, type RequestContext } from '@anju/subgraph';
import { Sale } from './sale.entity';
import type { SaleCounts } from './sale.schema';

const permission = 'sales.sale.read';

/** What is read of sales for many units or projects at once. */
export class SaleLists {
  constructor(private readonly dataSource: DataSource) {}

  /** The sale that asks for a unit or has it; null where there is none that the reader may see. */
  currentOf(unitId: string, context: RequestContext): Promise<Sale | null> {
    return context.loaders.load('Unit.currentSale', unitId, async (ids) => {
      const query = this.dataSource
        .createQueryBuilder(Sale, 't')
        .where('t.unitId = any(:ids) and t.claimsUnit', { ids: ids.filter(isId) });
      const rows = await inProjectScope(query, context, permission).getMany();
      return inOrderOf(ids, rows, (sale) => sale.unitId);
    });
  }

  /** The counts of each project; null for one whose sales the reader may not see. */
  countsOf(projectId: string, context: RequestContext): Promise<SaleCounts | null> {
    return context.loaders.load('Project.saleCounts', projectId, async (ids) => {
      const scope = projectScopeSql(context, permission, 2);
      const rows: (SaleCounts & { id: string })[] = await this.dataSource.query(
        `select t.project_id as id,
                count(s.id) filter (where s.status = 'UNIT_REQUESTED')::int as "unitRequested",
                count(s.id) filter (where s.status = 'UNIT_HELD')::int as "unitHeld",
                count(s.id) filter (where s.status = 'CONTRACT_REQUESTED')::int as "contractRequested",
                count(s.id) filter (where s.status = 'CONTRACTED')::int as contracted,
                count(s.id) filter (where s.status = 'PAID')::int as paid,
                count(s.id) filter (where s.status = 'HANDOVER_REQUESTED')::int as "handoverRequested",
                count(s.id) filter (where s.status = 'HANDED_OVER')::int as "handedOver",
                count(s.id) filter (where s.status = 'RELEASING')::int as releasing,
                count(s.id) filter (where s.status = 'WITHDRAWN')::int as withdrawn,
                count(s.id) filter (where s.status = 'UNIT_REFUSED')::int as "unitRefused",
                count(s.id) filter (where s.needs_attention)::int as "needAttention"
         from unnest($1::uuid[]) as t(project_id)
         left join sale s on s.project_id = t.project_id
         where ${scope.sql} group by t.project_id`,
        [ids.filter(isId), ...scope.parameters],
      );
      return inOrderOf(ids, rows, (row) => row.id);
    });
  }
}
