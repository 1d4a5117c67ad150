import { Field, ID, InputType } from 'type-graphql';
import { mayEverywhere, mayIn, type Permission } from '@anju/access';
import { Fault, type Actor } from '@anju/commands';
import { ChangeInput } from '@anju/subgraph';

/** What the input of every command on something that exists has. */
@InputType({ description: 'What the input of every command on something that exists has.' })
export abstract class EntityChangeInput extends ChangeInput {
  @Field(() => ID, { description: 'What is to be changed.' })
  id: string;
}

/**
 * For commands that say anew which projects somebody or something serves: what is taken away and what is added
 * must be the actor's. To serve none is to serve all.
 * @throws Fault FORBIDDEN
 */
export function requireToMove(
  actor: Actor,
  permission: Permission,
  before: readonly string[],
  after: readonly string[],
): void {
  const moved = [
    ...before.filter((id) => !after.includes(id)),
    ...after.filter((id) => !before.includes(id)),
  ];
  if (moved.length > 0) requireInProjects(actor, permission, after.length > 0 ? moved : []);
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
