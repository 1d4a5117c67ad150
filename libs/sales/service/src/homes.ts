import type { EntityManager } from 'typeorm';
import type { UnitForProposal, UnitOfferStatus, UnitStatus } from '@anju/sales-rules';

interface Row {
  readonly projectId: string;
  readonly unitId: string;
  readonly status: UnitOfferStatus;
  readonly unitTypeCode: string;
  readonly bedrooms: number;
  readonly unitPrice: string;
  readonly unitStatus: UnitStatus;
  readonly preSaleArea: string | null;
  readonly claimed: boolean;
}

/** The price list, with what the directory says of its homes and whether a sale claims them. */
const homes = `
  select o.project_id as "projectId", o.unit_id as "unitId", o.status, o.unit_type_code as "unitTypeCode",
         o.bedrooms, o.unit_price as "unitPrice", k.data->>'status' as "unitStatus",
         k.data->>'preSaleArea' as "preSaleArea",
         exists (select from sale s where s.unit_id = o.unit_id and s.claims_unit) as claimed
  from unit_offer o join known_reference k on k.kind = 'unit' and k.id = o.unit_id`;

function homeOf({ projectId: _projectId, unitStatus, preSaleArea, claimed, ...offer }: Row): UnitForProposal {
  return { offer, unitStatus, preSaleArea, claimed };
}

/** Some units of a project, as far as they are on its price list. */
export async function homesNamed(
  tx: EntityManager,
  projectId: string,
  unitIds: readonly string[],
): Promise<UnitForProposal[]> {
  const rows: Row[] = await tx.query(`${homes} where o.project_id = $1 and o.unit_id = any($2)`, [
    projectId,
    unitIds,
  ]);
  return rows.map(homeOf);
}

/** What each of these projects may still have to propose, by one statement. */
export async function homesOfEach(
  manager: EntityManager,
  projectIds: readonly string[],
): Promise<UnitForProposal[][]> {
  const rows: Row[] = await manager.query(
    `${homes} where o.project_id = any($1) and o.status = 'OFFERED' and k.data->>'status' = 'FOR_SALE'`,
    [projectIds],
  );
  return projectIds.map((id) => rows.filter(({ projectId }) => projectId === id).map(homeOf));
}
