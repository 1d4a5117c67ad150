import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { clockStatus, whoWaits, type ClockParty, type ClockStatus } from '@anju/complaints-rules';
import type { Clock } from '@anju/kernel';
import {
  PageArgs,
  Requires,
  actorOf,
  connectionType,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import {
  ComplaintsDueFilter,
  PauseComplaintClocksInput,
  PromiseComplaintCallbackInput,
  ResumeComplaintClocksInput,
} from './complaint-clocks.inputs';
import type { ComplaintClocksService } from './complaint-clocks.service';
import { ComplaintDue, type ComplaintsDueList } from './complaint-due';
import type { ComplaintLists } from './complaint-lists';
import { CallbackPromisePart, ComplaintClockPart } from './complaint-parts';
import { Complaint } from './complaint.entity';
import {
  PauseComplaintClocksResult,
  PromiseComplaintCallbackResult,
  ResumeComplaintClocksResult,
} from './complaint.schema';
import { ClockPartyEnum, ClockStatusEnum } from './graph-enums';
import { CustomerStub } from './stubs';

const read = 'complaints.complaint.read';
const ComplaintDueConnection = connectionType(ComplaintDue, 'ComplaintDue');

/** What is timed, as people ask for it and change it. */
@Resolver()
export class ComplaintClocksResolver {
  constructor(
    private readonly service: ComplaintClocksService,
    private readonly due: ComplaintsDueList,
    private readonly clock: Clock,
  ) {}

  @Requires(read)
  @Query(() => ComplaintDueConnection, {
    description: 'All that falls due of complaints within some hours from now, the earliest first.',
  })
  complaintsDue(
    @Arg('withinHours', () => Int, { description: 'Elapsed hours, 1 to 8784.' }) withinHours: number,
    @Arg('filter', () => ComplaintsDueFilter, { nullable: true }) filter: ComplaintsDueFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ComplaintDue>> {
    return this.due.page(withinHours, filter ?? {}, page, this.clock.now(), context);
  }

  @Requires('complaints.complaint.acknowledge')
  @Mutation(() => PromiseComplaintCallbackResult, {
    description: 'Notes that the customer was promised a call within two days (CMP-06).',
  })
  promiseComplaintCallback(
    @Arg('input', () => PromiseComplaintCallbackInput) input: PromiseComplaintCallbackInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof PromiseComplaintCallbackResult>> {
    return this.service.promiseCallback(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => PauseComplaintClocksResult, {
    description: 'Lets duties stand still while the customer is waited for; ageing goes on.',
  })
  pauseComplaintClocks(
    @Arg('input', () => PauseComplaintClocksInput) input: PauseComplaintClocksInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof PauseComplaintClocksResult>> {
    return this.service.pause(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => ResumeComplaintClocksResult, {
    description: 'Lets paused duties go on with what was left of their time.',
  })
  resumeComplaintClocks(
    @Arg('input', () => ResumeComplaintClocksInput) input: ResumeComplaintClocksInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ResumeComplaintClocksResult>> {
    return this.service.resume(input, actorOf(context));
  }
}

@Resolver(() => ComplaintClockPart)
export class ComplaintClockResolver {
  @Requires(read)
  @FieldResolver(() => ClockStatusEnum, { nullable: true, description: 'What has become of the duty.' })
  status(@Root() clock: ComplaintClockPart): ClockStatus {
    return clockStatus(clock);
  }

  @Requires(read)
  @FieldResolver(() => ClockPartyEnum, {
    nullable: true,
    description: 'Who waits for it to be done; null once it is done or has fallen away.',
  })
  waiting(@Root() clock: ComplaintClockPart): ClockParty | null {
    return whoWaits(clock)?.waiting ?? null;
  }

  @Requires(read)
  @FieldResolver(() => ClockPartyEnum, {
    nullable: true,
    description: 'Who has to act; the customer while it is paused, null once it is done or has fallen away.',
  })
  waitingFor(@Root() clock: ComplaintClockPart): ClockParty | null {
    return whoWaits(clock)?.waitingFor ?? null;
  }

  @Requires(read)
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Whole minutes of its own time that are left while it is paused; else null.',
  })
  leftMinutes(@Root() { leftMillis }: ComplaintClockPart): number | null {
    return leftMillis === null ? null : Math.floor(leftMillis / 60_000);
  }
}

@Resolver(() => ComplaintDue)
export class ComplaintDueResolver {
  constructor(private readonly lists: ComplaintLists) {}

  @Requires(read)
  @FieldResolver(() => Complaint, { nullable: true, description: 'The case.' })
  complaint(@Root() due: ComplaintDue, @Ctx() context: RequestContext): Promise<Complaint | null> {
    return this.lists.one(due.complaintId, context);
  }
}

@Resolver(() => CallbackPromisePart)
export class CallbackPromiseResolver {
  @Requires(read)
  @FieldResolver(() => CustomerStub, { nullable: true, description: 'The customer who was promised it.' })
  customer(@Root() { customerId }: CallbackPromisePart): Stub | null {
    return customerId === null ? null : { id: customerId };
  }
}
