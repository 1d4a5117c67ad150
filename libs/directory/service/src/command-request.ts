import { Field, ID, InputType, Int } from 'type-graphql';
import { mayEverywhere, mayIn, type Permission } from '@anju/access';
import { Fault, type Actor } from '@anju/commands';
import { actorOf, type RequestContext } from '@anju/subgraph';

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

/** Who asks for a command, and the key that his request came with. */
export interface Caller {
  readonly actor: Actor;
  readonly idempotencyKey: string | null;
}

export function callerOf(context: RequestContext): Caller {
  return { actor: actorOf(context), idempotencyKey: context.idempotencyKey };
}

/** The part of a write-path request that is the same for every command. */
export function request(caller: Caller, command: string, permission: Permission, input: CommandInput) {
  const idempotencyKey = input.idempotencyKey ?? caller.idempotencyKey;
  return { actor: caller.actor, command, permission, idempotencyKey, input };
}

/** The same for a command on something that exists. */
export function change(caller: Caller, command: string, permission: Permission, input: ChangeInput) {
  const { id, expectedVersion } = input;
  return { ...request(caller, command, permission, input), id, expectedVersion };
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
