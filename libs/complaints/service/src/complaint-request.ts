import type { Permission } from '@anju/access';
import type { Actor } from '@anju/commands';
import type { ComplaintCommandName } from '@anju/complaints-rules';
import type { ComplaintCommandInput } from './complaint.inputs';

/** What every command on an existing case asks of the write path. */
export function requestOf(
  command: ComplaintCommandName,
  permission: Permission,
  input: ComplaintCommandInput & { readonly reason?: string },
  actor: Actor,
) {
  const { id, expectedVersion, idempotencyKey, reason } = input;
  return { actor, command, permission, id, expectedVersion, idempotencyKey, input, reason };
}
