import { Field, ID, ObjectType } from 'type-graphql';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import {
  followUpItem,
  rectificationItem,
  workOrderItem,
  type ApprovedAnswers,
  type InteractionItem,
  type InteractionState,
  type ItemKind,
} from '@anju/reception-rules';
import { stub, type Stub } from '@anju/subgraph';
import { FollowUp } from './follow-up.entity';
import { ItemKindEnum } from './graph-enums';
import { Rectification } from './rectification.entity';
import { ComplaintStub } from './stubs';
import { WorkOrder } from './work-order.entity';

/** An item of a contact, with what came of it. */
export interface ItemOfContact {
  readonly interactionId: string;
  readonly item: InteractionItem;
  readonly result: string | null;
}

@ObjectType('InteractionItem', {
  simpleResolvers: true,
  description: 'Something that a contact led to; its result is written back here (REC-04, REC-10).',
})
export class InteractionItemEntry {
  @Field(() => ItemKindEnum)
  kind: ItemKind;

  @Field(() => ID, { description: 'Of the work order, liaison form, register entry or complaint case.' })
  id: string;

  @Field(() => Boolean)
  done: boolean;

  @Field(() => Date, { nullable: true })
  doneAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What has come of it.' })
  result: string | null;

  @Field(() => Date, { nullable: true, description: 'When the customer was last told anything (REC-05).' })
  lastToldAt: Date | null;

  @Field(() => Boolean, {
    description: 'It is not done, and the customer has been left without a word for too long (REC-05).',
  })
  uninformed: boolean;

  interactionId: string;

  @Field(() => ComplaintStub, {
    nullable: true,
    description: 'The case, where the item is a complaint (REC-17).',
  })
  get complaint(): Stub | null {
    return this.kind === 'COMPLAINT' ? stub(this.id) : null;
  }
}

/** An item as the graph shows it, with the word that was given on its contact. */
export function itemEntry(
  { interactionId, item, result }: ItemOfContact,
  { lastToldAt, uninformedAt }: Pick<InteractionState, 'lastToldAt' | 'uninformedAt'>,
): InteractionItemEntry {
  const done = item.status === 'DONE';
  return Object.assign(new InteractionItemEntry(), {
    kind: item.kind,
    id: item.id,
    done,
    doneAt: done ? item.doneAt : null,
    result,
    lastToldAt,
    uninformed: !done && uninformedAt !== null,
    interactionId,
  });
}

function ofContacts<Entity extends ObjectLiteral & { interactionId: string }>(
  manager: EntityManager,
  entity: new () => Entity,
  ids: readonly string[],
): Promise<Entity[]> {
  return manager
    .createQueryBuilder(entity, 't')
    .where('t.interactionId = any(:ids)', { ids })
    .orderBy('t.createdAt')
    .addOrderBy('t.id')
    .getMany();
}

/** The contact's cases that are answered by approved replies, as far as the complaints service has told of them. */
export function approvedAnswersOf(tx: EntityManager, interactionId: string): Promise<ApprovedAnswers[]> {
  return tx.query(
    `select c.complaint_id as "complaintId", a.answered_at is not null as "hasAnswered"
     from interaction_complaint c join approved_answers a on a.complaint_id = c.complaint_id
     where c.interaction_id = $1 order by 1`,
    [interactionId],
  );
}

interface ComplaintRow {
  readonly interactionId: string;
  readonly complaintId: string;
  readonly doneAt: Date | null;
}

/** All items of the contacts, by contact: one statement per kind of item, whatever the number of contacts. */
export async function itemsOf(
  manager: EntityManager,
  interactionIds: readonly string[],
): Promise<Map<string, ItemOfContact[]>> {
  const byContact = new Map<string, ItemOfContact[]>(interactionIds.map((id) => [id, []]));
  const add = (interactionId: string, item: InteractionItem | null, result: string | null): void => {
    if (item) byContact.get(interactionId)?.push({ interactionId, item, result });
  };
  // One after the other: inside a transaction there is one connection.
  for (const order of await ofContacts(manager, WorkOrder, interactionIds)) {
    add(order.interactionId, workOrderItem(order), order.result ?? order.cancelReason);
  }
  for (const form of await ofContacts(manager, Rectification, interactionIds)) {
    add(form.interactionId, rectificationItem(form), form.signatures.at(-1)?.remark ?? form.withdrawReason);
  }
  for (const entry of await ofContacts(manager, FollowUp, interactionIds)) {
    add(entry.interactionId, followUpItem(entry), entry.result?.text ?? null);
  }
  const complaints: ComplaintRow[] = await manager.query(
    `select interaction_id as "interactionId", complaint_id as "complaintId", done_at as "doneAt"
     from interaction_complaint where interaction_id = any($1) order by complaint_id`,
    [interactionIds],
  );
  for (const { interactionId, complaintId: id, doneAt } of complaints) {
    const item = { kind: 'COMPLAINT', id } as const;
    add(interactionId, doneAt ? { ...item, status: 'DONE', doneAt } : { ...item, status: 'OPEN' }, null);
  }
  return byContact;
}
