import type { EntityManager } from 'typeorm';
import {
  defaultAppraisalPolicy,
  type AppraisalEnvironment,
  type AppraisalPolicy,
} from '@anju/appraisal-rules';
import { PolicyStore } from '@anju/commands';
import { defaultProjectCalendars, projectCalendars, type ProjectCalendars } from '@anju/kernel';
import type { References } from '@anju/references';

const policies = new PolicyStore<AppraisalPolicy>(defaultAppraisalPolicy);

/** Of what belongs to no project, such as a scheme or an employee of the whole organisation. */
const organisationCalendars = projectCalendars(defaultProjectCalendars());

/** Where nothing else is known. */
export const organisationTimeZone = organisationCalendars.office.timeZone;

/** An event may tell of an employee before the directory has told of the project that it happened in. */
async function calendarsOf(
  references: References,
  projectId: string | null,
  tx: EntityManager,
): Promise<ProjectCalendars> {
  const known = projectId !== null && (await references.find('project', projectId, tx));
  return known ? (await references.project(known.id, tx)).calendars : organisationCalendars;
}

/** Loads what the appraisal rules take as an argument, in the transaction of the aggregate. */
export function appraisalEnvironment(references: References) {
  return async (projectId: string | null, tx: EntityManager): Promise<AppraisalEnvironment> => ({
    policy: await policies.of(projectId, tx),
    calendars: await calendarsOf(references, projectId, tx),
  });
}
