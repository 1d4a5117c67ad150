import { Field, InputType, Int } from 'type-graphql';
import type { Permission } from '@anju/access';
import type { Actor } from '@anju/commands';

/** What the input of every command has. */
@InputType({ description: 'What the input of every command has.' })
export abstract class CommandInput {
  @Field(() => String, {
    nullable: true,
    description: 'The same key again gives the first answer again, and does nothing twice.',
  })
  idempotencyKey?: string | null;
}

/** What the input of every command on something that exists has. */
@InputType({ description: 'What the input of every command on something that exists has.' })
export abstract class ChangeInput extends CommandInput {
  @Field(() => Int, {
    nullable: true,
    description: 'The `version` that was read; a later one is a CONFLICT.',
  })
  expectedVersion?: number | null;
}

/** The part of a write-path request that is the same for every command. */
export function commandRequest(actor: Actor, command: string, permission: Permission, input: CommandInput) {
  return { actor, command, permission, idempotencyKey: input.idempotencyKey, input };
}

/** The same for a command on something that exists. */
export function changeRequest(
  actor: Actor,
  command: string,
  permission: Permission,
  id: string,
  input: ChangeInput,
) {
  return { ...commandRequest(actor, command, permission, input), id, expectedVersion: input.expectedVersion };
}
