import { changeRequest } from '@anju/subgraph';
import { projectOf, type Actor, type AggregateDefinition } from '@anju/commands';
import { receptionEvents } from '@anju/events';
import {
  requestRectification,
  signRectification,
  withdrawRectification,
  type RectificationFact,
  type RectificationState,
  type RectificationStep,
  type Signer,
} from '@anju/reception-rules';
import type { References } from '@anju/references';
import type { Platform } from '@anju/subgraph';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import { eventsOfFacts } from '@anju/outbox';
import { Interaction } from './interaction.entity';
import { contactOfItem, whileOpen } from './item-of-contact';
import { Rectification } from './rectification.entity';
import type * as Inputs from './rectification.schema';

export type RectificationAggregate = AggregateDefinition<
  RectificationState,
  RectificationFact,
  ReceptionEnvironment,
  Rectification
>;

export function rectificationAggregate(references: References): RectificationAggregate {
  return {
    type: 'Rectification',
    context: 'reception',
    entity: Rectification,
    environment: receptionEnvironment(references),
    events: eventsOfFacts<RectificationFact>()({
      RectificationRequested: receptionEvents.rectificationRequested,
      RectificationVerified: receptionEvents.rectificationVerified,
      RectificationSignedFor: receptionEvents.rectificationSignedFor,
      RectificationCompleted: receptionEvents.rectificationCompleted,
      RectificationWithdrawn: receptionEvents.rectificationWithdrawn,
    }),
  };
}

const request = 'reception.rectification.request';
/**
 * Whoever may read a form gets the rule's answer to his signature: whose it should have been, rather than
 * only that it may not be his (REC-13).
 */
const sign = 'reception.rectification.read';

function signerOf({ id, principal }: Actor, projectId: string): Signer {
  const grants = principal?.roles ?? [];
  return {
    id,
    roles: grants
      .filter(({ projectIds }) => projectIds === 'ALL' || projectIds.includes(projectId))
      .map(({ role }) => role),
  };
}

/** Warranty repairs, by liaison form to the developer and back (REC-13). */
export class RectificationService {
  constructor(
    private readonly platform: Pick<Platform, 'commands' | 'dataSource'>,
    private readonly references: References,
    private readonly aggregate: RectificationAggregate,
  ) {}

  async request(input: Inputs.RequestRectificationInput, actor: Actor) {
    const { interactionId, fault, place } = input;
    const projectId = await projectOf(this.platform.dataSource, Interaction, interactionId, actor, request);
    return this.platform.commands.create(this.aggregate, {
      actor,
      command: 'requestRectification',
      permission: request,
      projectId,
      idempotencyKey: input.idempotencyKey,
      input,
      prepare: async (tx) => {
        const contact = await contactOfItem(tx, interactionId);
        const unit = contact.unitId === null ? null : await this.references.find('unit', contact.unitId, tx);
        return { contact, warrantyEndsOn: unit?.data.warrantyEndsOn ?? null };
      },
      decide: (id, at, _environment, { contact, warrantyEndsOn }) => {
        const { unitId, buildingId } = contact;
        const form = { id, projectId, interactionId, unitId, buildingId, fault, place, warrantyEndsOn };
        return whileOpen(contact, () => requestRectification({ ...form, by: actor.id }, at));
      },
    });
  }

  /** The next signature; refused unless it is the signer's to give, and its turn. */
  sign(step: RectificationStep, command: string, input: Inputs.SignatureInput, actor: Actor) {
    const { remark = null } = input;
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, command, sign, input.rectificationId, input),
      decide: (form, at) =>
        signRectification(form, { step, signer: signerOf(actor, form.projectId), remark }, at),
    });
  }

  withdraw(input: Inputs.WithdrawRectificationInput, actor: Actor) {
    const { reason } = input;
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'withdrawRectification', request, input.rectificationId, input),
      reason,
      decide: (form, at) => withdrawRectification(form, { reason, by: actor.id }, at),
    });
  }
}
