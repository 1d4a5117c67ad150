import type { EntityManager } from 'typeorm';
import { badInput } from '@anju/commands';

/**
 * Checks the projects that somebody or something is to serve.
 * @throws Fault BAD_USER_INPUT naming each id that is no project of the organisation
 */
export async function requireProjectsOf(
  organisationId: string,
  projectIds: readonly string[],
  tx: EntityManager,
): Promise<void> {
  const rows: { id: string }[] = await tx.query(
    `select id from project where organisation_id = $1 and id = any($2::uuid[])`,
    [organisationId, projectIds],
  );
  const known = new Set(rows.map(({ id }) => id));
  const problems = projectIds.flatMap((id, n) =>
    known.has(id)
      ? []
      : [
          {
            field: `input.projectIds.${n}`,
            problem: 'is not known',
            expected: 'a project of the organisation',
          },
        ],
  );
  if (problems.length > 0) throw badInput(...problems);
}

/** @throws Fault BAD_USER_INPUT if there is no such organisation */
export async function requireOrganisation(organisationId: string, tx: EntityManager): Promise<void> {
  const rows: unknown[] = await tx.query(`select from organisation where id = $1`, [organisationId]);
  if (rows.length > 0) return;
  throw badInput({
    field: 'input.organisationId',
    problem: 'is not known',
    expected: 'the id of an organisation',
  });
}
