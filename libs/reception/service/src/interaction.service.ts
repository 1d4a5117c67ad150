import { changeRequest } from '@anju/subgraph';
import { mayIn } from '@anju/access';
import {
  badInput,
  isCommandRefusal,
  nextNumber,
  notFound,
  requireIn,
  projectOf,
  type Actor,
  type AggregateDefinition,
} from '@anju/commands';
import { accept, localDate, type Decision } from '@anju/kernel';
import {
  acceptHandover,
  closeInteraction,
  confirmClass,
  declineHandover,
  interactionCustomerIds,
  interactionDeadlines,
  interactionNumber,
  missingText,
  offerHandover,
  onInteractionDeadline,
  reclassify,
  recordInteraction,
  tellCustomer,
  type ComplaintIntake,
  type InteractionFact,
  type InteractionState,
  type ReceptionRefusal,
} from '@anju/reception-rules';
import type { References } from '@anju/references';
import type { Platform } from '@anju/subgraph';
import { checkTopic } from './check-topic';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import { interactionEvents } from './interaction.events';
import { approvedAnswersOf, itemsOf } from './interaction-items';
import { Interaction } from './interaction.entity';
import { RevealedCallbackContact } from './interaction.schema';
import type * as Inputs from './interaction.schema';
import { survivorsOf } from './merged-customers';

export type InteractionAggregate = AggregateDefinition<
  InteractionState,
  InteractionFact,
  ReceptionEnvironment,
  Interaction
>;

export function interactionAggregate(references: References): InteractionAggregate {
  return {
    type: 'Interaction',
    context: 'reception',
    entity: Interaction,
    environment: receptionEnvironment(references),
    events: interactionEvents,
    deadlines: (interaction, { policy }) => interactionDeadlines(interaction, policy),
    deadlinesOfEnvironment: true,
    onDeadline: (interaction, kind, dueAt, { policy }) =>
      onInteractionDeadline(interaction, kind, dueAt, policy),
    queryColumns: (interaction) => ({ customerIds: interactionCustomerIds(interaction) }),
  };
}

const record = 'reception.interaction.record';

function intakeOf(input: Inputs.ComplaintIntakeInput | null | undefined): ComplaintIntake | null {
  if (!input) return null;
  return { causeClass: input.causeClass, facts: input.facts ?? [], namedStaffIds: input.namedStaffIds ?? [] };
}

/** A supervisor acts for an owner who is away. */
function leadsDesk({ principal }: Actor, { projectId }: InteractionState): boolean {
  return !principal || mayIn(principal, 'reception.interaction.reassign', projectId);
}

/** Those who came along, each once and without the customer himself: he may be named as both. */
function companionsOf(customerIds: readonly string[], customerId: string | null): readonly string[] {
  return [...new Set(customerIds)].filter((id) => id !== customerId);
}

/** Contacts: recorded, classified, handed over, answered, closed (REC-01…05). */
export class InteractionService {
  constructor(
    private readonly platform: Pick<Platform, 'commands' | 'dataSource'>,
    private readonly references: References,
    private readonly aggregate: InteractionAggregate,
  ) {}

  record(input: Inputs.RecordInteractionInput, actor: Actor) {
    const { projectId } = input;
    requireIn(actor, record, projectId);
    const [customerId, unitId, buildingId] = [
      input.customerId ?? null,
      input.unitId ?? null,
      input.buildingId ?? null,
    ];
    const companions = input.accompanyingCustomerIds ?? [];
    const topic = checkTopic(input.topic);
    const expectedDays = input.facts.expectedDays ?? null;
    if (expectedDays !== null && expectedDays < 0) {
      throw badInput({
        field: 'input.facts.expectedDays',
        problem: 'is negative',
        expected: 'a number of days',
      });
    }
    return this.platform.commands.create(this.aggregate, {
      actor,
      command: 'recordInteraction',
      permission: record,
      projectId,
      idempotencyKey: input.idempotencyKey,
      input,
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          unitId !== null && { kind: 'unit', id: unitId, field: 'input.unitId', projectId },
          buildingId !== null && { kind: 'building', id: buildingId, field: 'input.buildingId', projectId },
          customerId !== null && { kind: 'customer', id: customerId, field: 'input.customerId', projectId },
          ...companions.map((id, index) => ({
            kind: 'customer' as const,
            id,
            field: `input.accompanyingCustomerIds.${index}`,
            projectId,
          })),
        ]),
      prepare: async (tx, at, { project }) => {
        const survivorOf = await survivorsOf(
          tx,
          customerId === null ? companions : [customerId, ...companions],
        );
        const unit = unitId === null ? null : await this.references.find('unit', unitId, tx);
        if (unit && buildingId !== null && unit.data.buildingId !== buildingId) {
          throw badInput({
            field: 'input.buildingId',
            problem: 'is not the building of the unit',
            expected: "the unit's building, or nothing",
          });
        }
        const day = localDate(input.receivedAt ?? at, project.timeZone);
        const sequence = await nextNumber(tx, `interaction:${projectId}:${day}`);
        return { survivorOf, unit, number: interactionNumber(project.code, day, sequence) };
      },
      decide: (id, at, { policy, project }, { survivorOf, unit, number }) =>
        recordInteraction(
          {
            id,
            projectId,
            number,
            channel: input.channel,
            customerId: customerId === null ? null : survivorOf(customerId),
            callerName: input.callerName ?? null,
            callbackContact: input.callbackContact ?? null,
            accompanyingCustomerIds: companionsOf(
              companions.map(survivorOf),
              customerId && survivorOf(customerId),
            ),
            unitId,
            buildingId: buildingId ?? unit?.data.buildingId ?? null,
            content: input.content,
            topic,
            receivedAt: input.receivedAt ?? at,
            receivedBy: actor.id,
            facts: {
              matter: input.facts.matter,
              wantsToComplain: input.facts.wantsToComplain,
              warrantyEndsOn: unit?.data.warrantyEndsOn ?? null,
              faultDuty: input.facts.faultDuty ?? null,
              partnersEquipment: input.facts.partnersEquipment,
              needsOthers: input.facts.needsOthers,
              expectedDays,
            },
          },
          at,
          project.timeZone,
          policy,
        ),
    });
  }

  confirmClass(input: Inputs.ConfirmInteractionClassInput, actor: Actor) {
    const topic = checkTopic(input.topic);
    return this.platform.commands.change(this.aggregate, {
      ...this.request('confirmInteractionClass', input, actor),
      check: () => this.checkNamedStaff(input, actor),
      decide: (interaction, at) => {
        const to = input.class ?? interaction.proposedClass;
        return confirmClass(
          interaction,
          { to, topic, complaint: intakeOf(input.complaint), by: actor.id },
          at,
        );
      },
    });
  }

  reclassify(input: Inputs.ReclassifyInteractionInput, actor: Actor) {
    const { class: to, reason } = input;
    const topic = checkTopic(input.topic);
    return this.platform.commands.change(this.aggregate, {
      ...this.request('reclassifyInteraction', input, actor),
      check: () => this.checkNamedStaff(input, actor),
      reason,
      decide: (interaction, at) =>
        reclassify(
          interaction,
          { to, topic, complaint: intakeOf(input.complaint), by: actor.id, reason },
          at,
        ),
    });
  }

  /** A supervisor may offer what belongs to somebody who is away. */
  offerHandover(input: Inputs.OfferInteractionHandoverInput, actor: Actor) {
    const { toStaffId: toId, note = null, interactionId: id } = input;
    return this.platform.commands.change(this.aggregate, {
      ...this.request('offerInteractionHandover', input, actor),
      check: async () => {
        const projectId = await projectOf(this.platform.dataSource, Interaction, id, actor, record);
        await this.references.checkEmployed({ id: toId, field: 'input.toStaffId', projectId });
      },
      decide: (interaction, at) => {
        const bySupervisor = leadsDesk(actor, interaction);
        return offerHandover(interaction, { toId, by: actor.id, bySupervisor, note }, at);
      },
    });
  }

  acceptHandover(input: Inputs.AcceptInteractionHandoverInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('acceptInteractionHandover', input, actor),
      decide: (interaction, at) => acceptHandover(interaction, { by: actor.id }, at),
    });
  }

  declineHandover(input: Inputs.DeclineInteractionHandoverInput, actor: Actor) {
    const { reason } = input;
    return this.platform.commands.change(this.aggregate, {
      ...this.request('declineInteractionHandover', input, actor),
      reason,
      decide: (interaction, at) => declineHandover(interaction, { by: actor.id, reason }, at),
    });
  }

  tellCustomer(input: Inputs.TellCustomerInput, actor: Actor) {
    const { kind, channel, text } = input;
    return this.platform.commands.change(this.aggregate, {
      ...this.request('tellCustomer', input, actor),
      prepare: (tx, { id }) => approvedAnswersOf(tx, id),
      decide: (interaction, at, _environment, approvedAnswers) =>
        tellCustomer(interaction, { kind, channel, text, by: actor.id }, at, approvedAnswers),
    });
  }

  /** Refused with all that is missing; the contact's lock keeps new items out while it is decided (REC-04). */
  close(input: Inputs.CloseInteractionInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('closeInteraction', input, actor),
      prepare: async (tx, { id }) => (await itemsOf(tx, [id])).get(id)!,
      decide: (interaction, at, _environment, items) =>
        closeInteraction(
          interaction,
          { by: actor.id, bySupervisor: leadsDesk(actor, interaction) },
          items.map(({ item }) => item),
          at,
        ),
    });
  }

  /**
   * How to call back, in clear, for a purpose that the history keeps with who looked (DIR-05). No idempotency
   * key: a stored answer would show it again with nobody logged for it.
   */
  async revealCallbackContact(
    { interactionId: id, purpose }: Inputs.RevealCallbackContactInput,
    actor: Actor,
  ) {
    const answer = await this.platform.commands.change(this.aggregate, {
      actor: { ...actor, idempotencyKey: null },
      command: 'revealCallbackContact',
      permission: 'directory.customer.reveal',
      id,
      reason: purpose,
      // The one right opens what is masked, the other the contact that it is on.
      prepare: async (_tx, { projectId }) => {
        if (actor.principal && !mayIn(actor.principal, 'reception.interaction.read', projectId)) {
          throw notFound('Interaction', id);
        }
      },
      decide: (
        interaction,
      ): Decision<InteractionState, InteractionFact, ReceptionRefusal<'RECEPTION_TEXT_MISSING'>> =>
        missingText('purpose', purpose) ?? accept({ ...interaction }),
    });
    if (isCommandRefusal(answer)) return answer;
    const { callbackContact } = answer;
    return Object.assign(new RevealedCallbackContact(), { callbackContact, interaction: answer });
  }

  private async checkNamedStaff(
    { complaint, interactionId }: Inputs.ConfirmInteractionClassInput | Inputs.ReclassifyInteractionInput,
    actor: Actor,
  ): Promise<void> {
    const named = complaint?.namedStaffIds ?? [];
    if (named.length === 0) return;
    await projectOf(this.platform.dataSource, Interaction, interactionId, actor, record);
    await this.references.check(
      named.map((id, index) => ({
        kind: 'staff',
        id,
        field: `input.complaint.namedStaffIds.${index}`,
      })),
    );
  }

  private request(command: string, input: Inputs.InteractionChangeInput, actor: Actor) {
    return changeRequest(actor, command, record, input.interactionId, input);
  }
}
