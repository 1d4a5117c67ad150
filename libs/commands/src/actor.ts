import type { Principal } from '@anju/access';

/** Who carries out a command: a person with rights, or the platform on behalf of an event or a due time. */
export interface Actor {
  /** A staff id, or `system:<what>`. */
  readonly id: string;
  /** Absent for the platform itself, which is not bound to projects. */
  readonly principal?: Principal;
  /** Of the whole request, from its `Idempotency-Key` header; a command's own key comes first. */
  readonly idempotencyKey?: string | null;
}

export function systemActor(what: string): Actor {
  return { id: `system:${what}` };
}
