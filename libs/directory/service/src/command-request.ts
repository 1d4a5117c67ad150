import { Field, ID, InputType, Int } from 'type-graphql';
import { mayEverywhere, mayIn, type Permission } from '@anju/access';
import { Fault, type Actor } from '@anju/commands';

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
  @Field(() => ID)
  id: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The `version` that was read; a later one is a CONFLICT.',
  })
  expectedVersion?: number | null;
}

/** The part of a write-path request that is the same for every command. */
export function request(actor: Actor, command: string, permission: Permission, input: CommandInput) {
  return { actor, command, permission, idempotencyKey: input.idempotencyKey, input };
}

/** The same for a command on something that exists. */
export function change(actor: Actor, command: string, permission: Permission, input: ChangeInput) {
  const { id, expectedVersion } = input;
  return { ...request(actor, command, permission, input), id, expectedVersion };
}

/**
 * For commands that concern several projects, or all.
 * @throws Fault FORBIDDEN unless the actor holds the permission in each; without projects, in all there are
 */
export function requireInProjects(actor: Actor, permission: Permission, projectIds: readonly string[]): void {
  const { principal } = actor;
  if (!principal || mayEverywhere(principal, permission)) return;
  if (projectIds.length > 0 && projectIds.every((id) => mayIn(principal, permission, id))) return;
  throw new Fault('FORBIDDEN', 'you may not do this in each of these projects', { permission });
}
