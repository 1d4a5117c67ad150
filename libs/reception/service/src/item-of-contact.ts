import type { EntityManager } from 'typeorm';
import { CommandRefusal, notFound } from '@anju/commands';
import { refuse, type Decision, type Refusal } from '@anju/kernel';
import type { ReceptionRefusal } from '@anju/reception-rules';
import { Interaction } from './interaction.entity';

/**
 * The contact that an item is made for, held until the transaction ends: closing waits for the item, and
 * an item waits for the closing, so that none slips in (REC-04).
 */
export async function contactOfItem(tx: EntityManager, interactionId: string): Promise<Interaction> {
  const contact = await tx
    .createQueryBuilder(Interaction, 'i')
    .setLock('pessimistic_read')
    .where('i.id = :interactionId', { interactionId })
    .getOne();
  if (!contact) throw notFound('Interaction', interactionId);
  return contact;
}

/** The decision on a new item of a contact, which the contact has to be open for (REC-04). */
export function whileOpen<State, Fact, R extends Refusal>(
  { status }: Interaction,
  decide: () => Decision<State, Fact, R>,
): Decision<State, Fact, R | ReceptionRefusal<'INTERACTION_NOT_IN_REQUIRED_STATUS'>> {
  if (status === 'OPEN') return decide();
  return refuse('INTERACTION_NOT_IN_REQUIRED_STATUS', {
    command: 'addItem',
    currentStatus: status,
    allowedIn: ['OPEN'],
  });
}

/** What another fact brings about is never refused: if it were, neither must happen. */
export function mustBeCarriedOut(answer: object): void {
  if (answer instanceof CommandRefusal) throw new Error(`refused although it follows: ${answer.code}`);
}
