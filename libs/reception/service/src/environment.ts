import type { EntityManager } from 'typeorm';
import { PolicyStore } from '@anju/commands';
import { defaultReceptionPolicy, type ReceptionPolicy } from '@anju/reception-rules';
import type { KnownProject, References } from '@anju/references';

/** What the reception rules take as arguments, for one project. */
export interface ReceptionEnvironment {
  readonly policy: ReceptionPolicy;
  readonly project: KnownProject;
}

const policies = new PolicyStore<ReceptionPolicy>(defaultReceptionPolicy);

/** Loads policy and project of an aggregate, in its transaction. */
export function receptionEnvironment(references: References) {
  return async (projectId: string | null, tx: EntityManager): Promise<ReceptionEnvironment> => {
    if (!projectId) throw new Error('everything in reception belongs to a project');
    return { policy: await policies.of(projectId, tx), project: await references.project(projectId, tx) };
  };
}
