import type { EntityManager } from 'typeorm';
import { badInput } from '@anju/commands';

/** Checks contacts that a command names. @throws Fault BAD_USER_INPUT naming each that the project does not have */
export async function checkInteractions(
  tx: EntityManager,
  projectId: string,
  named: readonly { readonly id: string; readonly field: string }[],
): Promise<void> {
  if (named.length === 0) return;
  const rows: { id: string }[] = await tx.query(
    'select id from interaction where project_id = $1 and id = any($2)',
    [projectId, named.map(({ id }) => id)],
  );
  const known = new Set(rows.map(({ id }) => id));
  const unknown = named.filter(({ id }) => !known.has(id.toLowerCase()));
  if (unknown.length === 0) return;
  throw badInput(
    ...unknown.map(({ field }) => ({
      field,
      problem: 'is not known in this project',
      expected: 'the id of an interaction of the project',
    })),
  );
}
