import type { EntityManager } from 'typeorm';
import { openWords, type Cipher } from '@anju/access';
import { isCommandRefusal, type CommandRunner } from '@anju/commands';
import {
  addComplaintFacts,
  addContactWords,
  isUnresolved,
  joinComplaint,
  nameComplaintStaff,
  receiveComplaint,
  type ComplaintFact,
  type ComplaintState,
} from '@anju/complaints-rules';
import { receptionEvents, type EventData } from '@anju/events';
import { accept, isRefused, type Accepted, type Decision } from '@anju/kernel';
import { on, type ConsumerDefinition } from '@anju/outbox';
import { currentCustomers, type References } from '@anju/references';
import type { ComplaintAggregate } from './complaint.aggregate';
import { lockContacts } from './contacts';
import { numberFor, type Receipt } from './receipts';

type Classified = EventData<typeof receptionEvents.interactionClassified>;

/**
 * Opens the case of a contact that was classified as a complaint (REC-17), once. Similar cases are offered to
 * people and never joined from here.
 *
 * A contact that is in a case already opens none: an earlier classification opened it, or a person let the
 * customer join. What the customer said is added to that case; customers, facts and named employees that the
 * classification adds are taken into it while it is unresolved; the cause class is its handlers' to correct.
 * Classified as something else later, the case stays: what was received as a complaint is ended by a result, not by
 * a label (CMP-13).
 */
export function onInteractionClassified(
  commands: CommandRunner,
  references: References,
  aggregate: ComplaintAggregate,
  cipher: Cipher,
): ConsumerDefinition {
  const intake = new Intake(commands, references, aggregate, cipher);
  return {
    name: 'complaints.intake',
    handlers: [
      on(receptionEvents.interactionClassified, async ({ data }, tx) => {
        if (data.class === 'COMPLAINT') await intake.take(data, tx);
      }),
    ],
  };
}

class Intake {
  constructor(
    private readonly commands: CommandRunner,
    private readonly references: References,
    private readonly aggregate: ComplaintAggregate,
    private readonly cipher: Cipher,
  ) {}

  async take(contact: Classified, tx: EntityManager): Promise<void> {
    await lockContacts(tx, [contact]);
    const known = await caseOf(tx, contact);
    if (known) await this.update(known, contact, tx);
    else await this.open(contact, tx);
  }

  private async open(contact: Classified, tx: EntityManager): Promise<void> {
    const { projectId, interactionId, causeClass, topic } = contact;
    const unit = contact.unitId === null ? null : await this.references.find('unit', contact.unitId, tx);
    const buildingId = contact.buildingId ?? unit?.data.buildingId ?? null;
    if (causeClass === null) throw new Error('a complaint without its cause class');
    const opened = await this.commands.create(this.aggregate, {
      actor: { id: contact.by },
      command: 'openComplaint',
      permission: 'complaints.complaint.file',
      projectId,
      tx,
      at: new Date(contact.at),
      prepare: async (_tx, at, surroundings) => {
        const receipt: Receipt = {
          projectId,
          causeClass,
          subject: { topic: topic ?? '', unitId: contact.unitId, buildingId },
          content: this.wordsOf(contact),
          channel: contact.channel,
          receivedAt: new Date(contact.receivedAt),
          receivedBy: contact.receivedBy,
          customerIds: [...(await currentCustomers(tx, contact.customerIds)).values()],
          interactionId,
          facts: contact.facts,
          namedStaffIds: contact.namedStaffIds,
          responsibleDepartment: null,
          handlerId: null,
          cameFromComplaintId: null,
        };
        return { ...receipt, number: await numberFor(receipt, tx, at, surroundings) };
      },
      decide: (id, at, surroundings, receipt) => {
        const decision = receiveComplaint({ ...receipt, id }, at, surroundings);
        if (isRefused(decision)) return decision;
        const opened = { ...decision.state, openedFromInteractionId: interactionId };
        return accept<ComplaintState, ComplaintFact>(opened, ...decision.facts);
      },
    });
    // Parked for the operator rather than lost: a complaint has to be a case.
    if (isCommandRefusal(opened)) throw new Error(`the case cannot be opened: ${opened.code}`);
  }

  private async update(caseId: string, contact: Classified, tx: EntityManager): Promise<void> {
    const { by, interactionId, facts, namedStaffIds } = contact;
    const words = this.wordsOf(contact) ?? '';
    await this.commands.change(this.aggregate, {
      actor: { id: by },
      command: 'updateComplaintFromContact',
      permission: 'complaints.complaint.file',
      id: caseId,
      tx,
      prepare: async () => [...(await currentCustomers(tx, contact.customerIds)).values()],
      decide: (state, at, environment, customerIds) => {
        const said = addContactWords(state, { by, interactionId, words }, at);
        if (!isUnresolved(state.status)) return said;
        const customers = customerIds.map((customerId) => ({ customerId, interactionId }));
        const steps: ((now: ComplaintState) => Decision<ComplaintState, ComplaintFact>)[] = [
          (now) => joinComplaint(now, { by, customers }, at, environment),
          (now) => addComplaintFacts(now, { by, facts, note: null }, at, environment),
          (now) => nameComplaintStaff(now, { by, staffIds: namedStaffIds }, at),
        ];
        return steps.reduce<Accepted<ComplaintState, ComplaintFact>>((done, step) => {
          const next = step(done.state);
          // Refused is what is known already.
          return isRefused(next) ? done : accept(next.state, ...done.facts, ...next.facts);
        }, said);
      },
    });
  }

  /** Null where reception sent none, or the key that they were sealed with is gone. */
  private wordsOf({ sealedWords }: Classified): string | null {
    return sealedWords === undefined ? null : openWords(this.cipher, sealedWords);
  }
}

/** The case that the contact is in; one that a person put it into before one that its class opened. */
async function caseOf(tx: EntityManager, contact: Classified): Promise<string | null> {
  const [row]: { id: string }[] = await tx.query(
    `select id from complaint where project_id = $1 and interaction_ids @> array[$2]::uuid[]
     order by (opened_from_interaction_id is not distinct from $2), received_at, id limit 1`,
    [contact.projectId, contact.interactionId],
  );
  return row?.id ?? null;
}
