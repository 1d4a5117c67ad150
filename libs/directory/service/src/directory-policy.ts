import type { EntityManager } from 'typeorm';
import { PolicyStore } from '@anju/commands';
import { defaultDirectoryPolicy, type DirectoryPolicy } from '@anju/directory-rules';

export const directoryPolicies = new PolicyStore<DirectoryPolicy>(defaultDirectoryPolicy);

/** The environment of the directory's aggregates: the policy in force for the project. */
export function directoryPolicy(projectId: string | null, tx: EntityManager): Promise<DirectoryPolicy> {
  return directoryPolicies.of(projectId, tx);
}
