import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { fieldsOf } from '@anju/communications-rules';
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
import { communicationsPolicies } from './environment';
import { MessageTemplate, MessageTemplateField } from './message-template.entity';
import * as Schema from './message.schema';
import type { MessageService } from './message.service';
import { ProjectStub } from './stubs';

const read = 'communications.message.read';
const write = 'communications.template.write';

@Resolver(() => MessageTemplate)
export class MessageTemplateResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: CommunicationsLoads,
    private readonly service: MessageService,
  ) {}

  @Requires(read)
  @Query(() => MessageTemplate, { nullable: true, description: 'Null where there is none that you may see.' })
  messageTemplate(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<MessageTemplate | null> {
    return this.loads.one('MessageTemplate', id, context);
  }

  @Requires(read)
  @Query(() => Schema.MessageTemplateConnection, { description: 'Templates, the latest first.' })
  messageTemplates(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.MessageTemplateFilter, { nullable: true })
    filter: Schema.MessageTemplateFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<MessageTemplate>> {
    return this.loads.list('MessageTemplate', Schema.templateConditions(filter), page, context);
  }

  @Requires(write)
  @Mutation(() => Schema.CreateTemplateResult, {
    description: 'Makes a template; a field that nobody knows is refused by its name (COM-05).',
  })
  createTemplate(
    @Arg('input', () => Schema.CreateTemplateInput) input: Schema.CreateTemplateInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CreateTemplateResult>> {
    return this.service.createTemplate(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => Schema.ReviseTemplateResult, {
    description: 'Adds the wording for messages to come; those that were drafted keep theirs.',
  })
  reviseTemplate(
    @Arg('input', () => Schema.ReviseTemplateInput) input: Schema.ReviseTemplateInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ReviseTemplateResult>> {
    return this.service.reviseTemplate(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => Schema.RetireTemplateResult, { description: 'Nothing new is made from it any more.' })
  retireTemplate(
    @Arg('input', () => Schema.RetireTemplateInput) input: Schema.RetireTemplateInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RetireTemplateResult>> {
    return this.service.retireTemplate(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'Whose it is.' })
  project(@Root() template: MessageTemplate): Stub {
    return { id: template.projectId };
  }

  @Requires(read)
  @FieldResolver(() => [MessageTemplateField], { description: 'What its last wording asks for.' })
  async asksFor(
    @Root() template: MessageTemplate,
    @Ctx() context: RequestContext,
  ): Promise<MessageTemplateField[]> {
    const { manager } = this.dataSource;
    const { templateFields } = await context.loaders.load(
      'communications policy of project',
      template.projectId,
      (ids) => communicationsPolicies.ofEach(ids, manager),
    );
    const { subject, text } = template.versions.at(-1)!;
    const fields = fieldsOf(`${subject ?? ''}${text}`);
    if ('outcome' in fields) return [];
    return fields.flatMap((name) => (templateFields[name] ? [{ name, kind: templateFields[name] }] : []));
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() template: MessageTemplate, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'MessageTemplate', template.id);
  }
}
