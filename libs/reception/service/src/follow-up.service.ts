import { changeRequest } from '@anju/subgraph';
import type { EntityManager } from 'typeorm';
import { badInput, projectOf, type Actor, type AggregateDefinition, type Reaction } from '@anju/commands';
import { receptionEvents } from '@anju/events';
import {
  closeFollowUp,
  followUpDeadlines,
  onFollowUpDeadline,
  openCommunicationItem,
  openVendorItem,
  promisedByPartner,
  recordArrival,
  recordFollowUpReply,
  recordFollowUpResult,
  remindFollowUp,
  tellCustomer,
  type FollowUpFact,
  type FollowUpState,
} from '@anju/reception-rules';
import type { References } from '@anju/references';
import type { Platform } from '@anju/subgraph';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import { appendToOutbox, eventsOfFacts, outgoing } from '@anju/outbox';
import { FollowUp } from './follow-up.entity';
import type * as Inputs from './follow-up.schema';
import { Interaction } from './interaction.entity';
import type { InteractionAggregate } from './interaction.service';
import { contactOfItem, mustBeCarriedOut, whileOpen } from './item-of-contact';

export type FollowUpAggregate = AggregateDefinition<
  FollowUpState,
  FollowUpFact,
  ReceptionEnvironment,
  FollowUp
>;

/** The reply on an entry is the reply on its contact: nobody records it twice (REC-04, REC-14). */
async function tellOnContact(
  interactions: InteractionAggregate,
  fact: FollowUpFact,
  { interactionId, reply }: FollowUpState,
  { tx, commands, actor, at }: Reaction,
): Promise<void> {
  if (fact.type !== 'FollowUpReplied' || !reply) return;
  const { channel, text, by } = reply;
  const told = await commands.change(interactions, {
    tx,
    at,
    actor: { id: actor.id },
    permission: 'reception.interaction.record',
    command: 'tellCustomer',
    id: interactionId,
    decide: (interaction) => tellCustomer(interaction, { kind: 'RESULT', channel, text, by }, at),
  });
  mustBeCarriedOut(told);
}

/** Whose contact it is that a firm has let wait: the entry itself does not know, and he may have changed (REC-03). */
async function tellOfOwner(fact: FollowUpFact, { tx, actor, at }: Reaction): Promise<void> {
  if (fact.type !== 'FollowUpFlagged') return;
  const { followUpId, interactionId, projectId, partnerId, promisedAt } = fact;
  const [contact]: { ownerId: string }[] = await tx.query(
    'select owner_id as "ownerId" from interaction where id = $1',
    [interactionId],
  );
  if (!contact) return;
  const about = { projectId, followUpId, interactionId, partnerId, ownerId: contact.ownerId };
  const times = { at: fact.at.toISOString(), promisedAt: promisedAt.toISOString() };
  const origin = { context: 'reception', aggregateType: 'FollowUp', aggregateId: followUpId, projectId };
  await appendToOutbox(tx, [
    {
      origin: { ...origin, actor: actor.id, at },
      events: [outgoing(receptionEvents.partnerLate, { ...about, ...times })],
    },
  ]);
}

export function followUpAggregate(
  references: References,
  interactions: InteractionAggregate,
): FollowUpAggregate {
  return {
    type: 'FollowUp',
    context: 'reception',
    entity: FollowUp,
    environment: receptionEnvironment(references),
    events: eventsOfFacts<FollowUpFact>()({
      FollowUpOpened: receptionEvents.followUpOpened,
      FollowUpReminded: receptionEvents.followUpReminded,
      FollowUpFlagged: receptionEvents.followUpFlagged,
      // Steps that count for others when the entry leaves the register, and the reply with the contact's.
      FollowUpArrived: null,
      FollowUpResultRecorded: null,
      FollowUpReplied: null,
      FollowUpClosed: receptionEvents.followUpClosed,
    }),
    react: async (fact, entry, reaction) => {
      await tellOnContact(interactions, fact, entry, reaction);
      await tellOfOwner(fact, reaction);
    },
    deadlines: followUpDeadlines,
    onDeadline: (entry, kind, dueAt) => onFollowUpDeadline(entry, kind, dueAt),
  };
}

const handle = 'reception.followUp.handle';

/** The register of what is in others' hands (REC-14, REC-15); overdue work orders enter it by themselves. */
export class FollowUpService {
  constructor(
    private readonly platform: Pick<Platform, 'commands' | 'dataSource'>,
    private readonly references: References,
    private readonly aggregate: FollowUpAggregate,
  ) {}

  async openVendor(input: Inputs.OpenVendorFollowUpInput, actor: Actor) {
    const { interactionId, partnerId, matter } = input;
    const projectId = await projectOf(this.platform.dataSource, Interaction, interactionId, actor, handle);
    return this.platform.commands.create(this.aggregate, {
      actor,
      command: 'openVendorFollowUp',
      permission: handle,
      projectId,
      idempotencyKey: input.idempotencyKey,
      input,
      check: () =>
        this.references.check([{ kind: 'partner', id: partnerId, field: 'input.partnerId', projectId }]),
      prepare: async (tx, at) => ({
        contact: await contactOfItem(tx, interactionId),
        promisedAt: input.promisedAt ?? (await this.promiseOf(tx, partnerId, at)),
      }),
      decide: (id, at, _environment, { contact, promisedAt }) =>
        whileOpen(contact, () =>
          openVendorItem({ id, projectId, interactionId, partnerId, promisedAt, matter, by: actor.id }, at),
        ),
    });
  }

  async openCommunication(input: Inputs.OpenCommunicationFollowUpInput, actor: Actor) {
    const { interactionId, matter } = input;
    const projectId = await projectOf(this.platform.dataSource, Interaction, interactionId, actor, handle);
    return this.platform.commands.create(this.aggregate, {
      actor,
      command: 'openCommunicationFollowUp',
      permission: handle,
      projectId,
      idempotencyKey: input.idempotencyKey,
      input,
      prepare: (tx) => contactOfItem(tx, interactionId),
      decide: (id, at, { policy }, contact) => {
        const needsOthers = input.needsOthers ?? contact.facts.needsOthers;
        const expectedDays = input.expectedDays ?? contact.facts.expectedDays;
        const item = { id, projectId, interactionId, matter, needsOthers, expectedDays, by: actor.id };
        return whileOpen(contact, () => openCommunicationItem(item, at, policy));
      },
    });
  }

  remind(input: Inputs.RemindFollowUpInput, actor: Actor) {
    const { channel, note = null } = input;
    return this.platform.commands.change(this.aggregate, {
      ...this.request('remindFollowUp', input, actor),
      decide: (entry, at) => remindFollowUp(entry, { channel, note, by: actor.id }, at),
    });
  }

  recordArrival(input: Inputs.RecordFollowUpArrivalInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('recordFollowUpArrival', input, actor),
      decide: (entry, at) => recordArrival(entry, { by: actor.id }, at),
    });
  }

  recordResult(input: Inputs.RecordFollowUpResultInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('recordFollowUpResult', input, actor),
      decide: (entry, at) => recordFollowUpResult(entry, { text: input.text, by: actor.id }, at),
    });
  }

  recordReply(input: Inputs.RecordFollowUpReplyInput, actor: Actor) {
    const { channel, text } = input;
    return this.platform.commands.change(this.aggregate, {
      ...this.request('recordFollowUpReply', input, actor),
      decide: (entry, at) => recordFollowUpReply(entry, { channel, text, by: actor.id }, at),
    });
  }

  close(input: Inputs.CloseFollowUpInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('closeFollowUp', input, actor),
      decide: (entry, at) => closeFollowUp(entry, at),
    });
  }

  /** When a firm that is called now comes, by its service promise in the directory. */
  private async promiseOf(tx: EntityManager, partnerId: string, calledAt: Date): Promise<Date> {
    const partner = await this.references.find('partner', partnerId, tx);
    const hours = partner?.data.arrivalHours ?? null;
    if (hours !== null) return promisedByPartner(calledAt, hours);
    throw badInput({
      field: 'input.promisedAt',
      problem: 'is missing, and the directory has no service promise of this partner',
      expected: 'the time that the partner promised',
    });
  }

  private request(command: string, input: Inputs.FollowUpChangeInput, actor: Actor) {
    return changeRequest(actor, command, handle, input.followUpId, input);
  }
}
