import type { EntityManager } from 'typeorm';
import { mayIn } from '@anju/access';
import { badInput, requireIn, type Actor, type CommandRunner } from '@anju/commands';
import {
  approveMessage,
  cancelMessage,
  createTemplate,
  draftMessage,
  editMessage,
  messageTransitions,
  rejectMessage,
  retireTemplate,
  reviseTemplate,
  setMessageAudience,
  submitMessage,
  type AudienceQuery,
  type FieldValues,
} from '@anju/communications-rules';
import { localDate } from '@anju/kernel';
import type { References } from '@anju/references';
import { changeRequest, commandRequest } from '@anju/subgraph';
import { keepAudience } from './audience';
import { MessageTemplate, type TemplateAggregate } from './message-template.entity';
import type { MessageAggregate } from './message.entity';
import type * as Schema from './message.schema';

const drafting = 'communications.message.draft';
const approving = 'communications.message.approve';
const writing = 'communications.template.write';

/** Templates and messages, as people make, approve and give them up (COM-05). */
export class MessageService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly references: References,
    private readonly templates: TemplateAggregate,
    private readonly messages: MessageAggregate,
  ) {}

  createTemplate(input: Schema.CreateTemplateInput, actor: Actor) {
    const { projectId, name, channel, purpose, subject = null, text } = input;
    requireIn(actor, writing, projectId);
    return this.commands.create(this.templates, {
      ...commandRequest(actor, 'createTemplate', writing, input),
      projectId,
      check: () => this.references.check([{ kind: 'project', id: projectId, field: 'input.projectId' }]),
      decide: (id, at, environment) =>
        createTemplate(
          { id, projectId, name, channel, purpose, subject, text, by: actor.id },
          at,
          environment,
        ),
    });
  }

  reviseTemplate(input: Schema.ReviseTemplateInput, actor: Actor) {
    const { templateId, subject = null, text } = input;
    return this.commands.change(this.templates, {
      ...changeRequest(actor, 'reviseTemplate', writing, templateId, input),
      decide: (state, at, environment) =>
        reviseTemplate(state, { subject, text, by: actor.id }, at, environment),
    });
  }

  retireTemplate(input: Schema.RetireTemplateInput, actor: Actor) {
    return this.commands.change(this.templates, {
      ...changeRequest(actor, 'retireTemplate', writing, input.templateId, input),
      decide: (state, at) => retireTemplate(state, { by: actor.id }, at),
    });
  }

  draft(input: Schema.DraftMessageInput, actor: Actor) {
    const { projectId, templateId, notBeforeAt = null } = input;
    requireIn(actor, drafting, projectId);
    const values = valuesOf(input.values);
    return this.commands.create(this.messages, {
      ...commandRequest(actor, 'draftMessage', drafting, input),
      projectId,
      check: () => this.references.check([{ kind: 'project', id: projectId, field: 'input.projectId' }]),
      prepare: (tx) => this.template(tx, templateId, actor),
      decide: (id, at, environment, template) =>
        draftMessage({ id, projectId, values, notBeforeAt, by: actor.id }, template, at, environment),
    });
  }

  edit(input: Schema.EditMessageInput, actor: Actor) {
    const { messageId, notBeforeAt = null } = input;
    const values = valuesOf(input.values);
    return this.commands.change(this.messages, {
      ...changeRequest(actor, 'editMessage', drafting, messageId, input),
      prepare: (tx, state) => this.template(tx, state.templateId, actor),
      decide: (state, at, environment, template) =>
        editMessage(state, { values, notBeforeAt, by: actor.id }, template, at, environment),
    });
  }

  /** The customers are found now, and are its recipients whatever changes later; `size` says how many. */
  setAudience(input: Schema.SetMessageAudienceInput, actor: Actor) {
    const { messageId, buildingIds, unitIds, roles, customerIds } = input;
    const query: AudienceQuery = {
      buildingIds: buildingIds ?? [],
      unitIds: unitIds ?? [],
      roles: roles ?? [],
      customerIds: customerIds ?? [],
    };
    return this.commands.change(this.messages, {
      ...changeRequest(actor, 'setMessageAudience', drafting, messageId, input),
      prepare: (tx, state, at, { policy, timeZone }) =>
        messageTransitions.commands.setMessageAudience.from.includes(state.status)
          ? keepAudience(tx, {
              ...{ messageId, revision: state.revision + 1, projectId: state.projectId, query },
              ...{ today: localDate(at, timeZone), largest: policy.largestAudience },
            })
          : Promise.resolve(0),
      decide: (state, at, environment, size) =>
        setMessageAudience(state, { query, size, by: actor.id }, at, environment),
    });
  }

  submit(input: Schema.SubmitMessageInput, actor: Actor) {
    return this.commands.change(this.messages, {
      ...changeRequest(actor, 'submitMessage', drafting, input.messageId, input),
      decide: (state, at) => submitMessage(state, { by: actor.id }, at),
    });
  }

  approve(input: Schema.ApproveMessageInput, actor: Actor) {
    const { messageId, revision } = input;
    return this.commands.change(this.messages, {
      ...changeRequest(actor, 'approveMessage', approving, messageId, input),
      decide: (state, at, environment) => {
        const roles = rolesIn(actor, state.projectId);
        return approveMessage(state, { by: actor.id, roles, revision }, at, environment);
      },
    });
  }

  reject(input: Schema.RejectMessageInput, actor: Actor) {
    const { messageId, reason } = input;
    return this.commands.change(this.messages, {
      ...changeRequest(actor, 'rejectMessage', approving, messageId, input),
      reason,
      decide: (state, at, environment) => {
        const roles = rolesIn(actor, state.projectId);
        return rejectMessage(state, { by: actor.id, roles, reason }, at, environment);
      },
    });
  }

  cancel(input: Schema.CancelMessageInput, actor: Actor) {
    const { messageId, reason } = input;
    return this.commands.change(this.messages, {
      ...changeRequest(actor, 'cancelMessage', drafting, messageId, input),
      reason,
      decide: (state, at) => cancelMessage(state, { by: actor.id, reason }, at),
    });
  }

  /** Held until the message is written: nobody retires it or gives it other words meanwhile. */
  private async template(tx: EntityManager, id: string, { principal }: Actor): Promise<MessageTemplate> {
    const template = await tx
      .createQueryBuilder(MessageTemplate, 't')
      .setLock('pessimistic_read')
      .where('t.id = :id', { id })
      .getOne();
    const isHidden =
      template && principal && !mayIn(principal, 'communications.message.read', template.projectId);
    if (template && !isHidden) return template;
    throw badInput({ field: 'input.templateId', problem: 'is not known', expected: 'the id of a template' });
  }
}

function valuesOf(values: readonly Schema.MessageValueInput[]): FieldValues {
  return Object.fromEntries(values.map(({ field, value }) => [field, value]));
}

/** The roles that somebody holds in a project. */
function rolesIn({ principal }: Actor, projectId: string): readonly string[] {
  const grants = principal?.roles ?? [];
  return grants
    .filter(({ projectIds }) => projectIds === 'ALL' || projectIds.includes(projectId))
    .map(({ role }) => role);
}
