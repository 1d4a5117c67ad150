import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  Query,
  Resolver,
  Root,
  Int,
} from 'type-graphql';
import type { DataSource } from 'typeorm';
import type { Actor, CommandRunner } from '@anju/commands';
import {
  PageArgs,
  Requires,
  actorOf,
  commandResult,
  connectionType,
  HistoryEntry,
  inProjectScope,
  inOrderOf,
  loadHistory,
  paginate,
  refusalTypes,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type ServiceDefinition,
} from '../src';
import { Ticket, Tickets1, openTicket, raiseTicket, ticketAggregate } from './ticket';

const TicketConnection = connectionType(Ticket, 'Ticket');
const refusals = refusalTypes({ TICKET_EXPIRED: { expiredAt: Date } });
const OpenTicketResult = commandResult('OpenTicketResult', Ticket, 'Ticket', {});
const RaiseTicketResult = commandResult('RaiseTicketResult', Ticket, 'Ticket', refusals);

@InputType()
class OpenTicketInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
class RaiseTicketInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;
}

class TicketService {
  constructor(private readonly commands: CommandRunner) {}

  open(input: OpenTicketInput, actor: Actor) {
    return this.commands.create(ticketAggregate, {
      actor,
      command: 'openTicket',
      permission: 'complaints.complaint.file',
      projectId: input.projectId,
      idempotencyKey: input.idempotencyKey,
      input,
      decide: (id, at) => openTicket(id, input.projectId, at),
    });
  }

  raise(input: RaiseTicketInput, actor: Actor) {
    return this.commands.change(ticketAggregate, {
      actor,
      command: 'raiseTicket',
      permission: 'complaints.complaint.handle',
      id: input.id,
      expectedVersion: input.expectedVersion,
      input,
      decide: raiseTicket,
    });
  }
}

@Resolver(() => Ticket)
class TicketResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly service: TicketService,
  ) {}

  @Requires('complaints.complaint.read')
  @Query(() => TicketConnection)
  tickets(@Args() page: PageArgs, @Ctx() context: RequestContext): Promise<Connection<Ticket>> {
    const query = this.dataSource.createQueryBuilder(Ticket, 'ticket');
    inProjectScope(query, context, 'complaints.complaint.read');
    return paginate(query, { by: 'createdAt', direction: 'DESC' }, page);
  }

  @Requires('complaints.complaint.file')
  @Mutation(() => OpenTicketResult)
  openTicket(
    @Arg('input', () => OpenTicketInput) input: OpenTicketInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof OpenTicketResult>> {
    return this.service.open(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => RaiseTicketResult)
  raiseTicket(
    @Arg('input', () => RaiseTicketInput) input: RaiseTicketInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RaiseTicketResult>> {
    return this.service.raise(input, actorOf(context));
  }

  @Requires('complaints.complaint.read')
  @FieldResolver(() => [HistoryEntry])
  history(@Root() ticket: Ticket, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Ticket', ticket.id);
  }
}

export const tickets: ServiceDefinition = {
  name: 'tickets',
  entities: [Ticket],
  migrations: [Tickets1],
  resolverClasses: [TicketResolver],
  create: ({ dataSource, commands }) => ({
    resolvers: [new TicketResolver(dataSource, new TicketService(commands))],
    references: [
      {
        typeName: 'Ticket',
        permission: 'complaints.complaint.read',
        load: async (ids, context) => {
          const query = dataSource
            .createQueryBuilder(Ticket, 'ticket')
            .where('ticket.id = any(:ids)', { ids });
          const rows = await inProjectScope(query, context, 'complaints.complaint.read').getMany();
          return inOrderOf(ids, rows, (row) => row.id);
        },
      },
    ],
    consumers: [],
    aggregates: [ticketAggregate],
  }),
};
