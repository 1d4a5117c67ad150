import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
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
import {
  AddCustomerAddressInput,
  AddCustomerAddressResult,
  AddCustomerPhoneInput,
  AddCustomerPhoneResult,
  AddHouseholdMemberInput,
  AddHouseholdMemberResult,
  CustomerConnection,
  CustomerFilter,
  EndCustomerRoleInput,
  EndCustomerRoleResult,
  MergeCustomersInput,
  MergeCustomersResult,
  PreferCustomerPhoneInput,
  PreferCustomerPhoneResult,
  RecordIdentityDocumentInput,
  RecordIdentityDocumentResult,
  RegisterCustomerInput,
  RegisterCustomerResult,
  RemoveCustomerAddressInput,
  RemoveCustomerAddressResult,
  RemoveCustomerPhoneInput,
  RemoveCustomerPhoneResult,
  RemoveHouseholdMemberInput,
  RemoveHouseholdMemberResult,
  RenameCustomerInput,
  RenameCustomerResult,
  ShowCustomerInProjectInput,
  ShowCustomerInProjectResult,
  StartCustomerRoleInput,
  StartCustomerRoleResult,
} from './customer.schema';
import { whereCustomer } from './customer-search';
import type { CustomerService } from './customer.service';
import type { EntityLoads } from './entity-loads';

/** Customers by id and by search, and every command on them; the fields of a customer are beside it. */
@Resolver(() => Customer)
export class CustomerResolver {
  constructor(
    private readonly loads: EntityLoads,
    private readonly service: CustomerService,
  ) {}

  @Requires('directory.customer.read')
  @Query(() => Customer, {
    nullable: true,
    description: 'A customer by his id; a record that was merged says into which one it went.',
  })
  customer(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Customer | null> {
    return this.loads.one('Customer', id, context);
  }

  @Requires('directory.customer.read')
  @Query(() => CustomerConnection, { description: 'Customers by name, phone, home and more; by name.' })
  customers(
    @Args() page: PageArgs,
    @Arg('filter', () => CustomerFilter, { nullable: true }) filter: CustomerFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Customer>> {
    const query = this.loads.queryIn('Customer', filter?.projectId, context);
    whereCustomer(query, filter ?? {}, context);
    return paginate(query, { by: 'name', direction: 'ASC' }, page);
  }

  @Requires('directory.customer.write')
  @Mutation(() => RegisterCustomerResult, {
    description: 'Puts a customer on record, unless he probably is already (DIR-02, DIR-06).',
  })
  registerCustomer(
    @Arg('input', () => RegisterCustomerInput) input: RegisterCustomerInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RegisterCustomerResult>> {
    return this.service.register(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => RenameCustomerResult, {
    description: 'Gives a customer another name; the former one is kept unless it was a slip.',
  })
  renameCustomer(
    @Arg('input', () => RenameCustomerInput) input: RenameCustomerInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RenameCustomerResult>> {
    return this.service.rename(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => AddCustomerPhoneResult, {
    description: 'Adds a phone; one that is there already is not added twice.',
  })
  addCustomerPhone(
    @Arg('input', () => AddCustomerPhoneInput) input: AddCustomerPhoneInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AddCustomerPhoneResult>> {
    return this.service.addPhone(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => PreferCustomerPhoneResult, { description: 'Sets the phone that is called first.' })
  preferCustomerPhone(
    @Arg('input', () => PreferCustomerPhoneInput) input: PreferCustomerPhoneInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof PreferCustomerPhoneResult>> {
    return this.service.preferPhone(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => RemoveCustomerPhoneResult, { description: 'Takes a phone from the record.' })
  removeCustomerPhone(
    @Arg('input', () => RemoveCustomerPhoneInput) input: RemoveCustomerPhoneInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RemoveCustomerPhoneResult>> {
    return this.service.removePhone(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => AddCustomerAddressResult, { description: 'Adds an address.' })
  addCustomerAddress(
    @Arg('input', () => AddCustomerAddressInput) input: AddCustomerAddressInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AddCustomerAddressResult>> {
    return this.service.addAddress(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => RemoveCustomerAddressResult, { description: 'Takes an address from the record.' })
  removeCustomerAddress(
    @Arg('input', () => RemoveCustomerAddressInput) input: RemoveCustomerAddressInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RemoveCustomerAddressResult>> {
    return this.service.removeAddress(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => RecordIdentityDocumentResult, {
    description:
      'Records an identity document; another number of the same kind has to be said to replace it.',
  })
  recordIdentityDocument(
    @Arg('input', () => RecordIdentityDocumentInput) input: RecordIdentityDocumentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RecordIdentityDocumentResult>> {
    return this.service.recordIdentityDocument(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => AddHouseholdMemberResult, { description: "Adds somebody of the customer's household." })
  addHouseholdMember(
    @Arg('input', () => AddHouseholdMemberInput) input: AddHouseholdMemberInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AddHouseholdMemberResult>> {
    return this.service.addHouseholdMember(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => RemoveHouseholdMemberResult, { description: 'Takes somebody from the household.' })
  removeHouseholdMember(
    @Arg('input', () => RemoveHouseholdMemberInput) input: RemoveHouseholdMemberInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RemoveHouseholdMemberResult>> {
    return this.service.removeHouseholdMember(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => ShowCustomerInProjectResult, {
    description: 'Lets a customer be seen in one more project, such as one where he asks for a home.',
  })
  showCustomerInProject(
    @Arg('input', () => ShowCustomerInProjectInput) input: ShowCustomerInProjectInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ShowCustomerInProjectResult>> {
    return this.service.showInProject(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => StartCustomerRoleResult, {
    description: 'Records what a customer becomes to a unit (DIR-02).',
  })
  startCustomerRole(
    @Arg('input', () => StartCustomerRoleInput) input: StartCustomerRoleInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof StartCustomerRoleResult>> {
    return this.service.startRole(input, actorOf(context));
  }

  @Requires('directory.customer.write')
  @Mutation(() => EndCustomerRoleResult, {
    description: 'Records the last day of a role; the role stays on record.',
  })
  endCustomerRole(
    @Arg('input', () => EndCustomerRoleInput) input: EndCustomerRoleInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof EndCustomerRoleResult>> {
    return this.service.endRole(input, actorOf(context));
  }

  @Requires('directory.customer.merge')
  @Mutation(() => MergeCustomersResult, {
    description:
      'Makes two records of one customer one, losing nothing; answers the one that goes on (DIR-06).',
  })
  mergeCustomers(
    @Arg('input', () => MergeCustomersInput) input: MergeCustomersInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof MergeCustomersResult>> {
    return this.service.merge(input, actorOf(context));
  }
}
