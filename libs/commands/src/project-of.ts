import type { DataSource, ObjectLiteral } from 'typeorm';
import { mayIn, type Permission } from '@anju/access';
import type { Actor } from './actor';
import { notFound } from './errors';

/**
 * The project of something, for checks before its command.
 * @throws Fault NOT_FOUND where it is not there, or the actor does not hold the permission in its project
 */
export async function projectOf(
  dataSource: DataSource,
  entity: new () => ObjectLiteral & { projectId: string },
  id: string,
  actor: Actor,
  permission: Permission,
): Promise<string> {
  const found = await dataSource
    .createQueryBuilder(entity, 'e')
    .select('e.projectId', 'projectId')
    .where('e.id = :id', { id })
    .getRawOne<{ projectId: string }>();
  const hidden = found && actor.principal && !mayIn(actor.principal, permission, found.projectId);
  if (!found || hidden) throw notFound(entity.name, id);
  return found.projectId;
}
