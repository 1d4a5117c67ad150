import type { DataSource, EntityManager } from 'typeorm';
import { projectScope, type Permission } from '@anju/access';
import { badInput, type Actor } from '@anju/commands';
import { directoryEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';

/** How long a command waits for what the directory has just told, and how often it looks. */
const patienceMillis = 2_000;
const pollMillis = 40;

/** Which project is whose, for schemes: they are an organisation's, and rights are held in projects. */
export class Organisations {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether somebody holds a right in one of the organisation's projects; the platform itself does. */
  async actsIn({ principal }: Actor, permission: Permission, organisationId: string): Promise<boolean> {
    const scope = principal ? projectScope(principal, permission) : 'ALL';
    if (scope === 'ALL') return true;
    const rows: unknown[] = await this.dataSource.query(
      'select from organisation_project where organisation_id = $1 and project_id = any($2::uuid[]) limit 1',
      [organisationId, scope],
    );
    return rows.length > 0;
  }

  /** Waits a little for an organisation that may have been registered just before. */
  async expect(organisationId: string): Promise<void> {
    const until = performance.now() + patienceMillis;
    while (!(await this.isKnown(organisationId)) && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, pollMillis));
    }
  }

  /** @throws Fault BAD_USER_INPUT */
  async check(organisationId: string): Promise<void> {
    if (await this.isKnown(organisationId)) return;
    throw badInput({
      field: 'input.organisationId',
      problem: 'is not known',
      expected: 'the id of an organisation with projects',
    });
  }

  private async isKnown(organisationId: string): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      'select from organisation_project where organisation_id = $1 limit 1',
      [organisationId],
    );
    return rows.length > 0;
  }
}

function note(tx: EntityManager, project: { projectId: string; organisationId: string }): Promise<void> {
  return tx.query(
    `insert into organisation_project (project_id, organisation_id) values ($1, $2)
     on conflict (project_id) do update set organisation_id = excluded.organisation_id`,
    [project.projectId, project.organisationId],
  );
}

/** Keeps which project is whose. */
export function onProject(): ConsumerDefinition {
  return {
    name: 'appraisal.organisations',
    staysHere: true,
    handlers: [
      on(directoryEvents.projectRegistered, ({ data }, tx) => note(tx, data)),
      on(directoryEvents.projectChanged, ({ data }, tx) => note(tx, data)),
    ],
    reset: async (tx) => {
      await tx.query('delete from organisation_project');
    },
  };
}
