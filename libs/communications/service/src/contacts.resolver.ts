import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { consentedMessages, maskMessageAddress } from '@anju/communications-rules';
import {
  HistoryEntry,
  Requires,
  actorOf,
  inOrderOf,
  loadHistory,
  type CommandAnswer,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import * as Schema from './contacts.schema';
import type { ContactsService } from './contacts.service';
import { AddressBook, CustomerConsent } from './customer-consent.entity';
import { communicationsPolicies } from './environment';
import { CustomerStub } from './stubs';

const read = 'communications.word.read';

/** What belongs to a customer, for all customers of the request at once. */
function ofCustomer<Entity extends CustomerConsent | AddressBook>(
  dataSource: DataSource,
  entity: new () => Entity,
  customerId: string,
  context: RequestContext,
): Promise<Entity | null> {
  return context.loaders.load(`${entity.name} of customer`, customerId, async (ids) => {
    const query = dataSource.createQueryBuilder(entity, 't').where('t.customerId = any(:ids)', { ids });
    return inOrderOf(ids, await query.getMany(), (row) => row.customerId);
  });
}

@Resolver(() => CustomerConsent)
export class CustomerConsentResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly service: ContactsService,
  ) {}

  @Requires('communications.consent.record')
  @Mutation(() => Schema.RecordConsentResult, {
    description: 'A customer agrees to messages of a purpose by a channel, or objects (COM-05).',
  })
  recordConsent(
    @Arg('input', () => Schema.RecordConsentInput) input: Schema.RecordConsentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordConsentResult>> {
    return this.service.consent(input, actorOf(context));
  }

  @Requires('communications.consent.record')
  @Mutation(() => Schema.RecordMessageAddressResult, {
    description: 'Where a customer wants to get messages by a channel; kept encrypted (COM-05).',
  })
  recordMessageAddress(
    @Arg('input', () => Schema.RecordMessageAddressInput) input: Schema.RecordMessageAddressInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordMessageAddressResult>> {
    return this.service.address(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => CustomerStub, { nullable: true, description: 'Whose it is.' })
  customer(@Root() consent: CustomerConsent): Stub {
    return { id: consent.customerId };
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() consent: CustomerConsent, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'CustomerConsent', consent.id);
  }
}

@Resolver(() => AddressBook)
export class AddressBookResolver {
  constructor(private readonly dataSource: DataSource) {}

  @Requires(read)
  @FieldResolver(() => CustomerStub, { nullable: true, description: 'Whose it is.' })
  customer(@Root() book: AddressBook): Stub {
    return { id: book.customerId };
  }

  @Requires(read)
  @FieldResolver(() => [Schema.MaskedMessageAddress], { description: 'Masked; at most one by channel.' })
  messageAddresses(@Root() book: AddressBook): Schema.MaskedMessageAddress[] {
    return masked(book);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() book: AddressBook, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'AddressBook', book.id);
  }
}

function masked(book: AddressBook): Schema.MaskedMessageAddress[] {
  return book.addresses.map((one) => ({ channel: one.channel, masked: maskMessageAddress(one) }));
}

/** What communications adds to a customer; null for a reader without the right, who still sees the customer. */
@Resolver(() => CustomerStub)
export class CustomerContactsResolver {
  constructor(private readonly dataSource: DataSource) {}

  @Requires(read)
  @FieldResolver(() => CustomerConsent, {
    nullable: true,
    description: 'What he agreed to get and objected to; null where he has said nothing.',
  })
  consents(@Root() { id }: Stub, @Ctx() context: RequestContext): Promise<CustomerConsent | null> {
    return ofCustomer(this.dataSource, CustomerConsent, id, context);
  }

  @Requires(read)
  @FieldResolver(() => [Schema.ConsentedMessages], {
    nullable: true,
    description: 'All that may be sent to him, by what he said and by what holds unless he objects.',
  })
  async consentedMessages(
    @Root() { id }: Stub,
    @Ctx() context: RequestContext,
  ): Promise<readonly Schema.ConsentedMessages[]> {
    const consent = await ofCustomer(this.dataSource, CustomerConsent, id, context);
    const policy = await context.loaders.load('communications policy', 'organisation', async () => [
      await communicationsPolicies.of(null, this.dataSource.manager),
    ]);
    return consentedMessages(consent, policy);
  }

  @Requires(read)
  @FieldResolver(() => [Schema.MaskedMessageAddress], {
    nullable: true,
    description: 'Where he wants to get messages, masked (DIR-05).',
  })
  async messageAddresses(
    @Root() { id }: Stub,
    @Ctx() context: RequestContext,
  ): Promise<Schema.MaskedMessageAddress[]> {
    const book = await ofCustomer(this.dataSource, AddressBook, id, context);
    return book ? masked(book) : [];
  }
}
