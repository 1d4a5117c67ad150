import { mayIn, type Permission, type Principal } from '@anju/access';
import { forbidden } from './errors';

/** Who carries out a command: a person with rights, or the platform on behalf of an event or a due time. */
export interface Actor {
  /** A staff id, or `system:<what>`. */
  readonly id: string;
  /** Absent for the platform itself, which is not bound to projects. */
  readonly principal?: Principal;
  /** Of the whole request, from its `Idempotency-Key` header; a command's own key comes first. */
  readonly idempotencyKey?: string | null;
}

/**
 * For a command that makes something in a project: comes before anything is looked up there, so that nobody
 * learns what a project has in which he may not do this.
 * @throws Fault FORBIDDEN
 */
export function requireIn({ principal }: Actor, permission: Permission, projectId: string): void {
  if (!principal || mayIn(principal, permission, projectId)) return;
  throw forbidden(permission, 'PROJECT');
}

export function systemActor(what: string): Actor {
  return { id: `system:${what}` };
}
