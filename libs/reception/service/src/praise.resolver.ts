import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import {
  HistoryEntry,
  Requires,
  actorOf,
  loadHistory,
  type CommandAnswer,
  type RequestContext,
} from '@anju/subgraph';
import { Interaction } from './interaction.entity';
import { Praise } from './praise.entity';
import { PraiseStaffInput, PraiseStaffResult } from './praise.schema';
import type { PraiseService } from './praise.service';
import type { ReceptionLoads } from './reception-loads';

const read = 'reception.interaction.read';

@Resolver(() => Praise)
export class PraiseResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: ReceptionLoads,
    private readonly service: PraiseService,
  ) {}

  @Requires('reception.interaction.record')
  @Mutation(() => PraiseStaffResult, {
    description: 'Records what a customer said to an employee’s praise; it becomes evidence (APR-10).',
  })
  praiseStaff(
    @Arg('input', () => PraiseStaffInput) input: PraiseStaffInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof PraiseStaffResult>> {
    return this.service.praise(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => Interaction, { nullable: true, description: 'The contact in which it was said.' })
  interaction(
    @Root() { interactionId }: Praise,
    @Ctx() context: RequestContext,
  ): Promise<Interaction | null> {
    return this.loads.one('Interaction', interactionId, context);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { nullable: true, description: 'Every step: who, when, what.' })
  history(@Root() { id }: Praise, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Praise', id);
  }
}

@Resolver(() => Interaction)
export class InteractionPraiseResolver {
  constructor(private readonly loads: ReceptionLoads) {}

  @Requires(read)
  @FieldResolver(() => [Praise], {
    nullable: true,
    description: 'Praise of employees that was given in it, oldest first (APR-10).',
  })
  praises(@Root() { id }: Interaction, @Ctx() context: RequestContext): Promise<Praise[]> {
    return this.loads.all('Praise', 'interactionId', id, context);
  }
}
