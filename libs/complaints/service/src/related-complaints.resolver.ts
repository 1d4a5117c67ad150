import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs, Requires, type Connection, type RequestContext, type Stub } from '@anju/subgraph';
import type { ComplaintLists } from './complaint-lists';
import { Complaint } from './complaint.entity';
import { ComplaintConnection, ComplaintCounts } from './complaint.schema';
import { CustomerStub, InteractionStub, ProjectStub, StaffStub, UnitStub } from './stubs';

const read = 'complaints.complaint.read';

/** All are nullable: who may see a customer but no complaints still gets the customer. */
const list = { nullable: true } as const;
const openOnly = { nullable: true, description: 'True: only what is not closed.' } as const;

@Resolver(() => CustomerStub)
export class CustomerComplaintsResolver {
  constructor(private readonly lists: ComplaintLists) {}

  @Requires(read)
  @FieldResolver(() => ComplaintConnection, {
    ...list,
    description: 'Complaints in which the customer is a member, those received last first.',
  })
  complaints(
    @Root() customer: Stub,
    @Args() page: PageArgs,
    @Arg('openOnly', () => Boolean, openOnly) open: boolean | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Complaint>> {
    return this.lists.pageOf('customer', customer.id, page, open ?? false, context);
  }
}

@Resolver(() => UnitStub)
export class UnitComplaintsResolver {
  constructor(private readonly lists: ComplaintLists) {}

  @Requires(read)
  @FieldResolver(() => ComplaintConnection, {
    ...list,
    description: 'Complaints about the home, those received last first.',
  })
  complaints(
    @Root() unit: Stub,
    @Args() page: PageArgs,
    @Arg('openOnly', () => Boolean, openOnly) open: boolean | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Complaint>> {
    return this.lists.pageOf('unit', unit.id, page, open ?? false, context);
  }
}

@Resolver(() => StaffStub)
export class StaffComplaintsResolver {
  constructor(private readonly lists: ComplaintLists) {}

  @Requires(read)
  @FieldResolver(() => ComplaintConnection, {
    ...list,
    description: 'Complaints that the employee handles and that are not closed.',
  })
  complaintsInHand(
    @Root() staff: Stub,
    @Args() page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Complaint>> {
    return this.lists.pageOf('handler', staff.id, page, true, context);
  }
}

@Resolver(() => ProjectStub)
export class ProjectComplaintsResolver {
  constructor(private readonly lists: ComplaintLists) {}

  @Requires(read)
  @FieldResolver(() => ComplaintCounts, { ...list, description: 'How many complaints it has now.' })
  complaintCounts(@Root() project: Stub, @Ctx() context: RequestContext): Promise<ComplaintCounts | null> {
    return this.lists.countsOf(project.id, context);
  }
}

@Resolver(() => InteractionStub)
export class InteractionComplaintResolver {
  constructor(private readonly lists: ComplaintLists) {}

  @Requires(read)
  @FieldResolver(() => Complaint, {
    ...list,
    description: 'The case that the contact led to, or that its customer joined (REC-17).',
  })
  complaint(@Root() interaction: Stub, @Ctx() context: RequestContext): Promise<Complaint | null> {
    return this.lists.ofInteraction(interaction.id, context);
  }
}
