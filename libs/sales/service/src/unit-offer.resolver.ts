import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
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
import type { SalesReads } from './sales-reads';
import { UnitOffer } from './unit-offer.entity';
import * as Schema from './unit-offer.schema';
import type { UnitOfferService } from './unit-offer.service';

const read = 'sales.offer.read';
const write = 'sales.offer.write';

@Resolver(() => UnitOffer)
export class UnitOfferResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: SalesReads,
    private readonly service: UnitOfferService,
  ) {}

  @Requires(read)
  @Query(() => UnitOffer, { nullable: true, description: 'Null where there is none that you may see.' })
  unitOffer(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<UnitOffer | null> {
    return this.reads.one('UnitOffer', id, context);
  }

  @Requires(read)
  @Query(() => Schema.UnitOfferConnection, {
    description: 'The price list (一房一价), the newest line first.',
  })
  unitOffers(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.UnitOfferFilter, { nullable: true })
    filter: Schema.UnitOfferFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<UnitOffer>> {
    return this.reads.list('UnitOffer', Schema.unitOfferConditions(filter), page, context);
  }

  @Requires(write)
  @Mutation(() => Schema.OfferUnitResult, { description: 'Puts a unit on the price list (SAL-02, SAL-10).' })
  offerUnit(
    @Arg('input', () => Schema.OfferUnitInput) input: Schema.OfferUnitInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.OfferUnitResult>> {
    return this.service.offer(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => Schema.ChangeUnitPriceResult, { description: 'Changes the list price of a unit.' })
  changeUnitPrice(
    @Arg('input', () => Schema.ChangeUnitPriceInput) input: Schema.ChangeUnitPriceInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ChangeUnitPriceResult>> {
    return this.service.changePrice(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => Schema.WithdrawUnitOfferResult, { description: 'Takes a unit off the price list.' })
  withdrawUnitOffer(
    @Arg('input', () => Schema.WithdrawUnitOfferInput) input: Schema.WithdrawUnitOfferInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.WithdrawUnitOfferResult>> {
    return this.service.withdraw(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => Schema.OfferUnitAgainResult, { description: 'Puts a unit on the price list again.' })
  offerUnitAgain(
    @Arg('input', () => Schema.OfferUnitAgainInput) input: Schema.OfferUnitAgainInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.OfferUnitAgainResult>> {
    return this.service.offerAgain(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], {
    nullable: true,
    description: 'Every accepted command, oldest first.',
  })
  history(@Root() offer: UnitOffer, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'UnitOffer', offer.id);
  }
}
