import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { isId } from '@anju/kernel';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  loadHistory,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import type { CommunicationsLoads } from './communications-loads';
import { CustomerWord } from './customer-word.entity';
import * as Schema from './customer-word.schema';
import type { Register } from './register';
import { ComplaintStub, CustomerStub, InteractionStub, StaffStub } from './stubs';

const read = 'communications.word.read';

@Resolver(() => CustomerWord)
export class CustomerWordResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: CommunicationsLoads,
    private readonly register: Register,
  ) {}

  @Requires(read)
  @Query(() => CustomerWord, { nullable: true, description: 'Null where there is none that you may see.' })
  customerWord(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<CustomerWord | null> {
    return this.loads.one('CustomerWord', id, context);
  }

  @Requires(read)
  @Query(() => Schema.CustomerWordConnection, {
    description: 'The communication record (《客户沟通记录表》), what was said last first.',
  })
  customerWords(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.CustomerWordFilter, { nullable: true })
    filter: Schema.CustomerWordFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<CustomerWord>> {
    return this.loads.list('CustomerWord', Schema.customerWordConditions(filter), page, context);
  }

  @Requires('communications.word.record')
  @Mutation(() => Schema.RecordCustomerWordResult, {
    description: 'Enters a word that no other record tells of, such as a callback or a notice (COM-02).',
  })
  recordCustomerWord(
    @Arg('input', () => Schema.RecordCustomerWordInput) input: Schema.RecordCustomerWordInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordCustomerWordResult>> {
    return this.register.record(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => [CustomerStub], {
    nullable: 'items',
    description: 'Who was told; none while it is not known, as with an anonymous contact.',
  })
  customers(@Root() word: CustomerWord): Stub[] {
    return word.customerIds.map((id) => ({ id }));
  }

  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who said it; null for the platform.' })
  byStaff(@Root() word: CustomerWord): Stub | null {
    return isId(word.by) ? { id: word.by } : null;
  }

  @Requires(read)
  @FieldResolver(() => InteractionStub, { nullable: true, description: 'The contact that it was about.' })
  interaction(@Root() { subject, subjectId }: CustomerWord): Stub | null {
    return subject === 'INTERACTION' && subjectId ? { id: subjectId } : null;
  }

  @Requires(read)
  @FieldResolver(() => ComplaintStub, { nullable: true, description: 'The complaint that it was about.' })
  complaint(@Root() { subject, subjectId }: CustomerWord): Stub | null {
    return subject === 'COMPLAINT' && subjectId ? { id: subjectId } : null;
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() word: CustomerWord, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'CustomerWord', word.id);
  }
}

/** What communications adds to a customer; null for a reader without the right, who still sees the customer. */
@Resolver(() => CustomerStub)
export class CustomerMessagesResolver {
  constructor(private readonly loads: CommunicationsLoads) {}

  @Requires(read)
  @FieldResolver(() => Schema.CustomerWordConnection, {
    nullable: true,
    description: 'Every word to the customer, what was said last first (COM-02).',
  })
  messages(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.CustomerWordFilter, { nullable: true })
    filter: Schema.CustomerWordFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<CustomerWord>> {
    const parent = { field: 'Customer.messages', id, belongs: 't.customer_ids @> array[p.id]' };
    return this.loads.listOf('CustomerWord', parent, Schema.customerWordConditions(filter), page, context);
  }
}
