import type { EntityManager } from 'typeorm';
import { PolicyStore } from '@anju/commands';
import {
  defaultCommunicationsPolicy,
  type CommunicationsEnvironment,
  type CommunicationsPolicy,
} from '@anju/communications-rules';
import type { References } from '@anju/references';

export const communicationsPolicies = new PolicyStore<CommunicationsPolicy>(defaultCommunicationsPolicy);

/** What is of the whole organisation asks for nothing that a project's wall clock decides. */
const anywhere = 'Asia/Shanghai';

/** Policy and time zone of an aggregate's project, in its transaction. */
export function communicationsEnvironment(references: References) {
  return async (projectId: string | null, tx: EntityManager): Promise<CommunicationsEnvironment> => ({
    policy: await communicationsPolicies.of(projectId, tx),
    timeZone: projectId === null ? anywhere : (await references.project(projectId, tx)).timeZone,
  });
}
