import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { missingForClosing } from '@anju/reception-rules';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  loadHistory,
  type CommandAnswer,
  type Connection,
  type RequestContext,
} from '@anju/subgraph';
import { FollowUp } from './follow-up.entity';
import { InteractionItemEntry, itemEntry, itemsOf, type ItemOfContact } from './interaction-items';
import { Interaction } from './interaction.entity';
import * as Schema from './interaction.schema';
import type { InteractionService } from './interaction.service';
import type { ReceptionLoads } from './reception-loads';
import { MissingForClosingEntry } from './reception.refusals';
import { Rectification } from './rectification.entity';
import { WorkOrder } from './work-order.entity';

@Resolver(() => Interaction)
export class InteractionResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: ReceptionLoads,
    private readonly service: InteractionService,
  ) {}

  @Requires('reception.interaction.read')
  @Query(() => Interaction, { nullable: true, description: 'Null where there is none that you may see.' })
  interaction(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Interaction | null> {
    return this.loads.one('Interaction', id, context);
  }

  @Requires('reception.interaction.read')
  @Query(() => Schema.InteractionConnection, { description: 'Contacts (来电来访记录), the latest first.' })
  interactions(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.InteractionFilter, { nullable: true })
    filter: Schema.InteractionFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Interaction>> {
    return this.loads.list('Interaction', Schema.interactionConditions(filter), page, context);
  }

  @Requires('reception.interaction.record')
  @Mutation(() => Schema.RecordInteractionResult, {
    description: 'Records a contact on first receipt; whoever does owns it (REC-01, REC-03).',
  })
  recordInteraction(
    @Arg('input', () => Schema.RecordInteractionInput) input: Schema.RecordInteractionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordInteractionResult>> {
    return this.service.record(input, actorOf(context));
  }

  @Requires('reception.interaction.record')
  @Mutation(() => Schema.ConfirmInteractionClassResult, {
    description: 'Confirms the proposed class, or takes another (REC-02); a complaint opens a case (REC-17).',
  })
  confirmInteractionClass(
    @Arg('input', () => Schema.ConfirmInteractionClassInput) input: Schema.ConfirmInteractionClassInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ConfirmInteractionClassResult>> {
    return this.service.confirmClass(input, actorOf(context));
  }

  @Requires('reception.interaction.record')
  @Mutation(() => Schema.ReclassifyInteractionResult, {
    description: 'Another class, with the reason, kept in the history (REC-02).',
  })
  reclassifyInteraction(
    @Arg('input', () => Schema.ReclassifyInteractionInput) input: Schema.ReclassifyInteractionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ReclassifyInteractionResult>> {
    return this.service.reclassify(input, actorOf(context));
  }

  @Requires('reception.interaction.record')
  @Mutation(() => Schema.OfferInteractionHandoverResult, {
    description: 'Offers the contact to a colleague; the owner stays until he accepts (REC-03).',
  })
  offerInteractionHandover(
    @Arg('input', () => Schema.OfferInteractionHandoverInput) input: Schema.OfferInteractionHandoverInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.OfferInteractionHandoverResult>> {
    return this.service.offerHandover(input, actorOf(context));
  }

  @Requires('reception.interaction.record')
  @Mutation(() => Schema.AcceptInteractionHandoverResult, {
    description: 'Takes over what was offered (REC-03).',
  })
  acceptInteractionHandover(
    @Arg('input', () => Schema.AcceptInteractionHandoverInput) input: Schema.AcceptInteractionHandoverInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.AcceptInteractionHandoverResult>> {
    return this.service.acceptHandover(input, actorOf(context));
  }

  @Requires('reception.interaction.record')
  @Mutation(() => Schema.DeclineInteractionHandoverResult, {
    description: 'Does not take over what was offered; it stays with its owner (REC-03).',
  })
  declineInteractionHandover(
    @Arg('input', () => Schema.DeclineInteractionHandoverInput) input: Schema.DeclineInteractionHandoverInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.DeclineInteractionHandoverResult>> {
    return this.service.declineHandover(input, actorOf(context));
  }

  @Requires('reception.interaction.record')
  @Mutation(() => Schema.TellCustomerResult, {
    description: 'Records what the customer was told of progress or the result (REC-04, REC-05).',
  })
  tellCustomer(
    @Arg('input', () => Schema.TellCustomerInput) input: Schema.TellCustomerInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.TellCustomerResult>> {
    return this.service.tellCustomer(input, actorOf(context));
  }

  @Requires('reception.interaction.record')
  @Mutation(() => Schema.CloseInteractionResult, {
    description: 'Marks the contact 已完成, when all is done and the customer was told the result (REC-04).',
  })
  closeInteraction(
    @Arg('input', () => Schema.CloseInteractionInput) input: Schema.CloseInteractionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CloseInteractionResult>> {
    return this.service.close(input, actorOf(context));
  }

  @Requires('directory.customer.reveal')
  @Mutation(() => Schema.RevealCallbackContactResult, {
    description: 'How to call back, in clear, for a purpose that is logged (DIR-05).',
  })
  revealCallbackContact(
    @Arg('input', () => Schema.RevealCallbackContactInput) input: Schema.RevealCallbackContactInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RevealCallbackContactResult>> {
    return this.service.revealCallbackContact(input, actorOf(context));
  }

  @Requires('reception.interaction.read')
  @FieldResolver(() => [InteractionItemEntry], {
    nullable: true,
    description: 'All that it led to, with what came of it.',
  })
  async items(@Root() contact: Interaction, @Ctx() context: RequestContext): Promise<InteractionItemEntry[]> {
    return (await this.itemsOf(contact, context)).map((item) => itemEntry(item, contact));
  }

  @Requires('reception.interaction.read')
  @FieldResolver(() => [MissingForClosingEntry], {
    nullable: true,
    description: 'What it still needs before it can be closed (REC-04); empty when it can, or is.',
  })
  async missingForClosing(
    @Root() contact: Interaction,
    @Ctx() context: RequestContext,
  ): Promise<MissingForClosingEntry[]> {
    if (contact.status === 'CLOSED') return [];
    const items = await this.itemsOf(contact, context);
    return [
      ...missingForClosing(
        contact,
        items.map(({ item }) => item),
      ),
    ];
  }

  @Requires('reception.workOrder.read')
  @FieldResolver(() => [WorkOrder], { nullable: true })
  workOrders(@Root() contact: Interaction, @Ctx() context: RequestContext): Promise<WorkOrder[]> {
    return this.loads.all('WorkOrder', 'interactionId', contact.id, context);
  }

  @Requires('reception.rectification.read')
  @FieldResolver(() => [Rectification], { nullable: true })
  rectifications(@Root() contact: Interaction, @Ctx() context: RequestContext): Promise<Rectification[]> {
    return this.loads.all('Rectification', 'interactionId', contact.id, context);
  }

  @Requires('reception.followUp.read')
  @FieldResolver(() => [FollowUp], {
    nullable: true,
    description: 'Entries in the register, also those of overdue work orders.',
  })
  followUps(@Root() contact: Interaction, @Ctx() context: RequestContext): Promise<FollowUp[]> {
    return this.loads.all('FollowUp', 'interactionId', contact.id, context);
  }

  @Requires('reception.interaction.read')
  @FieldResolver(() => [HistoryEntry], {
    nullable: true,
    description: 'Every accepted command, oldest first.',
  })
  history(@Root() contact: Interaction, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Interaction', contact.id);
  }

  private itemsOf(contact: Interaction, context: RequestContext): Promise<ItemOfContact[]> {
    return context.loaders.load('items of contacts', contact.id, async (ids) => {
      const byContact = await itemsOf(this.dataSource.manager, ids);
      return ids.map((id) => byContact.get(id)!);
    });
  }
}
