import { rolesIn, type Role } from '@anju/access';
import type { Actor } from '@anju/commands';
import type { DocumentRecipient, ReplyApprover } from '@anju/complaints-rules';

type FunctionsOfRoles<Function extends string> = Readonly<Partial<Record<Role, readonly Function[]>>>;

/** Which step of a reply's ladder a role is (CMP-08). Reading: a service centre's heads are its department's. */
const approversByRole: FunctionsOfRoles<ReplyApprover> = {
  SERVICE_SUPERVISOR: ['DEPARTMENT_HEAD'],
  OFFICE_DIRECTOR: ['DEPARTMENT_HEAD'],
  PROJECT_MANAGER: ['PROJECT_MANAGER'],
  DIVISION_LEADER: ['DIVISION_LEADER'],
  GENERAL_MANAGER: ['GENERAL_MANAGER'],
};

/** For whom a role takes documents in (CMP-09, 10, 11). */
const recipientsByRole: FunctionsOfRoles<DocumentRecipient> = {
  SERVICE_SUPERVISOR: ['SERVICE_CENTRE'],
  OFFICE_DIRECTOR: ['SERVICE_CENTRE', 'MANAGEMENT_OFFICE'],
  PROJECT_MANAGER: ['MANAGEMENT_OFFICE'],
  DIVISION_LEADER: ['DIVISION_LEADER'],
  QUALITY_CENTRE: ['QUALITY_CENTRE'],
  DEVELOPER_CUSTOMER_RELATIONS: ['DEVELOPER_CUSTOMER_RELATIONS'],
};

function functionsOf<Function extends string>(
  { principal }: Actor,
  projectId: string,
  byRole: FunctionsOfRoles<Function>,
): readonly Function[] {
  return principal ? rolesIn(principal, projectId).flatMap((role) => byRole[role] ?? []) : [];
}

/** The steps of a reply's ladder that somebody may take in a project. */
export function approverSteps(actor: Actor, projectId: string): readonly ReplyApprover[] {
  return functionsOf(actor, projectId, approversByRole);
}

/** The recipients of documents that somebody is in a project. */
export function recipientsHeIs(actor: Actor, projectId: string): readonly DocumentRecipient[] {
  return functionsOf(actor, projectId, recipientsByRole);
}
