import type { EntityManager } from 'typeorm';
import { mayEverywhere, mayIn } from '@anju/access';
import type { AggregateColumns, AggregateState } from './aggregate';
import { projectIdsOf } from './aggregate-rows';
import type { CommandRequest } from './command-requests';
import { forbidden, notFound } from './errors';

/**
 * The right to a command where its aggregate is.
 * @param id empty for an aggregate that is just being made
 * @throws Fault FORBIDDEN, or NOT_FOUND: another project's aggregate is answered like one that does not exist
 */
export function authorise(
  { actor: { principal }, permission }: Pick<CommandRequest, 'actor' | 'permission'>,
  projectIds: readonly string[],
  type: string,
  id: string,
): void {
  if (!principal) return;
  if (mayEverywhere(principal, permission)) return;
  if (projectIds.some((projectId) => mayIn(principal, permission, projectId))) return;
  if (id) throw notFound(type, id);
  throw forbidden(permission, projectIds.length > 0 ? 'PROJECT' : 'ORGANISATION');
}

/**
 * The same before a stored answer is given: by what the aggregate is now, and the actor may now.
 * @throws Fault as `authorise`
 */
export async function authoriseAgain<State extends AggregateState, Entity extends State & AggregateColumns>(
  aggregate: {
    readonly type: string;
    readonly entity: new () => Entity;
    readonly projectIds?: (state: State) => readonly string[];
  },
  request: CommandRequest & { readonly id: string },
  manager: EntityManager,
): Promise<void> {
  const { id, actor, permission } = request;
  if (!actor.principal || mayEverywhere(actor.principal, permission)) return;
  const found = await manager.createQueryBuilder(aggregate.entity, 'a').where('a.id = :id', { id }).getOne();
  if (!found) throw notFound(aggregate.type, id);
  authorise(request, projectIdsOf(aggregate, found), aggregate.type, id);
}
