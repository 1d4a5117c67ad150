import { Directive, Field, Int, ObjectType } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { projectScope, type Permission } from '@anju/access';
import { historyOf } from '@anju/commands';
import { principalOf, type RequestContext } from './request-context';

@Directive('@shareable')
@ObjectType({
  simpleResolvers: true,
  description: 'One accepted command; never changed afterwards (CMP-13).',
})
export class HistoryEntry {
  @Field(() => Int, { description: 'The version that the command made.' })
  version: number;

  @Field(() => String, { description: 'The mutation, or what else was carried out.' })
  command: string;

  @Field(() => String, { description: 'A staff id, or `system:` and what acted.' })
  actor: string;

  @Field(() => Date, { description: 'When it counts for.' })
  at: Date;

  @Field(() => String, { nullable: true, description: 'The status before; null where it began.' })
  from: string | null;

  @Field(() => String, { description: 'The status after.' })
  to: string;

  @Field(() => String, { nullable: true, description: 'Why, where one was given.' })
  reason: string | null;
}

/**
 * The history of an aggregate; one query for all aggregates of the request.
 * @param permission of what belongs to several projects: told is what was done where the reader holds it
 */
export function loadHistory(
  dataSource: DataSource,
  context: RequestContext,
  aggregateType: string,
  id: string,
  permission?: Permission,
): Promise<HistoryEntry[]> {
  const scope = permission ? projectScope(principalOf(context), permission) : 'ALL';
  return context.loaders.load(`history:${aggregateType}`, id, async (ids) => {
    const byId = await historyOf(dataSource.manager, aggregateType, ids, scope);
    return ids.map((one) => byId.get(one) ?? []);
  });
}
