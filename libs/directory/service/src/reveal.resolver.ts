import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  actorOf,
  PageArgs,
  Requires,
  paginate,
  type CommandAnswer,
  type Connection,
  type RequestContext,
} from '@anju/subgraph';
import { Customer } from './customer.entity';
import type { EntityLoads } from './entity-loads';
import { Reveal } from './reveal.entity';
import {
  RevealConnection,
  RevealCustomerDataInput,
  RevealCustomerDataResult,
  RevealFilter,
} from './reveal.schema';
import type { RevealService } from './reveal.service';
import { Staff } from './staff.entity';

@Resolver(() => Reveal)
export class RevealResolver {
  constructor(
    private readonly loads: EntityLoads,
    private readonly service: RevealService,
  ) {}

  @Requires('audit.read')
  @Query(() => RevealConnection, { description: 'The log of unmaskings, the latest first (DIR-05).' })
  reveals(
    @Args() page: PageArgs,
    @Arg('filter', () => RevealFilter, { nullable: true }) filter: RevealFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Reveal>> {
    const query = this.loads.query('Reveal', context);
    const { customerId, revealedBy, purpose, from, before } = filter ?? {};
    if (customerId) query.andWhere('reveal.customerId = :customerId', { customerId });
    if (revealedBy) query.andWhere('reveal.revealedBy = :revealedBy', { revealedBy });
    if (purpose) query.andWhere('reveal.purpose = :purpose', { purpose });
    if (from) query.andWhere('reveal.at >= :from', { from });
    if (before) query.andWhere('reveal.at < :before', { before });
    return paginate(query, { by: 'at', direction: 'DESC' }, page);
  }

  @Requires('directory.staff.read')
  @FieldResolver(() => Staff, { nullable: true, description: 'Who looked.' })
  staff(@Root() reveal: Reveal, @Ctx() context: RequestContext): Promise<Staff | null> {
    return this.loads.one('Staff', reveal.revealedBy, context);
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => Customer, { nullable: true, description: 'Whose numbers were shown.' })
  customer(@Root() reveal: Reveal, @Ctx() context: RequestContext): Promise<Customer | null> {
    return this.loads.one('Customer', reveal.customerId, context);
  }

  @Requires('directory.customer.reveal')
  @Mutation(() => RevealCustomerDataResult, {
    description: 'Shows phones and identity numbers in clear, for a purpose, and logs it (DIR-05).',
  })
  revealCustomerData(
    @Arg('input', () => RevealCustomerDataInput) input: RevealCustomerDataInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RevealCustomerDataResult>> {
    return this.service.reveal(input, actorOf(context));
  }
}
