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
  type Stub,
} from '@anju/subgraph';
import type { CommunicationsLoads } from './communications-loads';
import { Delivery } from './delivery.entity';
import { MessageTemplate } from './message-template.entity';
import { Message } from './message.entity';
import { MessageAudience, MessageValue } from './message.parts';
import * as Schema from './message.schema';
import type { MessageService } from './message.service';
import { CustomerStub, ProjectStub, StaffStub } from './stubs';

const read = 'communications.message.read';
const draft = 'communications.message.draft';
const approve = 'communications.message.approve';

@Resolver(() => Message)
export class MessageResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: CommunicationsLoads,
    private readonly service: MessageService,
  ) {}

  @Requires(read)
  @Query(() => Message, { nullable: true, description: 'Null where there is none that you may see.' })
  message(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Message | null> {
    return this.loads.one('Message', id, context);
  }

  @Requires(read)
  @Query(() => Schema.MessageConnection, { description: 'Messages to customers, the latest draft first.' })
  messages(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.MessageFilter, { nullable: true })
    filter: Schema.MessageFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Message>> {
    return this.loads.list('Message', Schema.messageConditions(filter), page, context);
  }

  @Requires(draft)
  @Mutation(() => Schema.DraftMessageResult, { description: 'Begins a message from a template (COM-05).' })
  draftMessage(
    @Arg('input', () => Schema.DraftMessageInput) input: Schema.DraftMessageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.DraftMessageResult>> {
    return this.service.draft(input, actorOf(context));
  }

  @Requires(draft)
  @Mutation(() => Schema.EditMessageResult, {
    description: 'Writes it anew; an approval is void from then on.',
  })
  editMessage(
    @Arg('input', () => Schema.EditMessageInput) input: Schema.EditMessageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.EditMessageResult>> {
    return this.service.edit(input, actorOf(context));
  }

  @Requires(draft)
  @Mutation(() => Schema.SetMessageAudienceResult, {
    description: 'Finds whom it is for and says how many they are; an approval is void from then on.',
  })
  setMessageAudience(
    @Arg('input', () => Schema.SetMessageAudienceInput) input: Schema.SetMessageAudienceInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SetMessageAudienceResult>> {
    return this.service.setAudience(input, actorOf(context));
  }

  @Requires(draft)
  @Mutation(() => Schema.SubmitMessageResult, { description: 'Asks for approval.' })
  submitMessage(
    @Arg('input', () => Schema.SubmitMessageInput) input: Schema.SubmitMessageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SubmitMessageResult>> {
    return this.service.submit(input, actorOf(context));
  }

  @Requires(approve)
  @Mutation(() => Schema.ApproveMessageResult, {
    description:
      'The project manager approves this text for this audience; it goes as soon as it may (COM-05).',
  })
  approveMessage(
    @Arg('input', () => Schema.ApproveMessageInput) input: Schema.ApproveMessageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ApproveMessageResult>> {
    return this.service.approve(input, actorOf(context));
  }

  @Requires(approve)
  @Mutation(() => Schema.RejectMessageResult, { description: 'The project manager sends it back.' })
  rejectMessage(
    @Arg('input', () => Schema.RejectMessageInput) input: Schema.RejectMessageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RejectMessageResult>> {
    return this.service.reject(input, actorOf(context));
  }

  @Requires(draft)
  @Mutation(() => Schema.CancelMessageResult, { description: 'Gives it up before anything was sent.' })
  cancelMessage(
    @Arg('input', () => Schema.CancelMessageInput) input: Schema.CancelMessageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CancelMessageResult>> {
    return this.service.cancel(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'Whose it is.' })
  project(@Root() message: Message): Stub {
    return { id: message.projectId };
  }

  @Requires(read)
  @FieldResolver(() => MessageTemplate, { nullable: true, description: 'What it was made from.' })
  template(@Root() message: Message, @Ctx() context: RequestContext): Promise<MessageTemplate | null> {
    return this.loads.one('MessageTemplate', message.templateId, context);
  }

  @Requires(read)
  @FieldResolver(() => [MessageValue], { description: 'What it puts into its text.' })
  values(@Root() message: Message): MessageValue[] {
    return Object.entries(message.values).map(([field, value]) => ({ field, value }));
  }

  @Requires(read)
  @FieldResolver(() => MessageAudience, {
    nullable: true,
    description: 'Whom it is for, with how many they are, before anybody approves it (COM-05).',
  })
  audience(@Root() { audience }: Message): MessageAudience | null {
    return audience && { ...audience.query, size: audience.size, countedAt: audience.countedAt };
  }

  @Requires(read)
  @FieldResolver(() => [StaffStub], {
    nullable: 'items',
    description: 'Everybody who wrote its text or set its audience.',
  })
  authors(@Root() message: Message): Stub[] {
    return message.authorIds.map((id) => ({ id }));
  }

  @Requires(read)
  @FieldResolver(() => Schema.DeliveryConnection, {
    description: "The recipients' copies and what became of them, once sending has begun.",
  })
  deliveries(
    @Root() { id }: Message,
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.DeliveryFilter, { nullable: true })
    filter: Schema.DeliveryFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Delivery>> {
    const parent = { field: 'Message.deliveries', id, belongs: 't.message_id = p.id' };
    return this.loads.listOf('Delivery', parent, Schema.deliveryConditions(filter), page, context);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() message: Message, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Message', message.id);
  }
}

@Resolver(() => Delivery)
export class DeliveryResolver {
  constructor(private readonly loads: CommunicationsLoads) {}

  @Requires(read)
  @FieldResolver(() => CustomerStub, { nullable: true, description: 'Who gets it.' })
  customer(@Root() delivery: Delivery): Stub {
    return { id: delivery.customerId };
  }

  @Requires(read)
  @FieldResolver(() => Message, { nullable: true, description: 'What it is a copy of.' })
  message(@Root() delivery: Delivery, @Ctx() context: RequestContext): Promise<Message | null> {
    return this.loads.one('Message', delivery.messageId, context);
  }
}
