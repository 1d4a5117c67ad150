import type { EntityManager } from 'typeorm';
import { isCommandRefusal, requireIn, type Actor, type CommandRunner } from '@anju/commands';
import { recordWord, type WordState } from '@anju/communications-rules';
import type { Clock } from '@anju/kernel';
import { currentCustomers, type References } from '@anju/references';
import { commandRequest } from '@anju/subgraph';
import type { RecordCustomerWordInput } from './customer-word.schema';
import type { WordAggregate } from './customer-word.entity';

/** A word that another record tells of; `source` is the event, the delivery or the visit that it comes from. */
export type ToldWord = Pick<
  WordState,
  'projectId' | 'customerIds' | 'kind' | 'channel' | 'saidAt' | 'by' | 'subject' | 'subjectId'
> & { readonly source: string };

/** The register of every word to customers (COM-02). */
export class Register {
  constructor(
    private readonly commands: CommandRunner,
    private readonly references: References,
    private readonly aggregate: WordAggregate,
    private readonly clock: Clock,
  ) {}

  /** Enters what no other record tells of. */
  record(input: RecordCustomerWordInput, actor: Actor) {
    const permission = 'communications.word.record';
    const { projectId, customerIds, kind, channel, content, saidAt } = input;
    requireIn(actor, permission, projectId);
    return this.commands.create(this.aggregate, {
      ...commandRequest(actor, 'recordCustomerWord', permission, input),
      projectId,
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          ...customerIds.map((id, n) => ({
            kind: 'customer' as const,
            id,
            field: `input.customerIds.${n}`,
            projectId,
          })),
        ]),
      prepare: (tx) => currentCustomers(tx, customerIds),
      decide: (id, at, _environment, current) =>
        recordWord(
          {
            ...{ id, projectId, kind, channel, content, by: actor.id, saidAt: saidAt ?? at },
            ...{
              customerIds: [...current.values()],
              subject: 'NOTHING_ELSE',
              subjectId: null,
              eventId: null,
            },
          },
          at,
        ),
    });
  }

  /** Enters what another record tells of; once for its source, however often that is heard. */
  async enter(word: ToldWord, tx: EntityManager): Promise<void> {
    const { source, saidAt, by, ...told } = word;
    const current = await currentCustomers(tx, word.customerIds);
    const [known]: unknown[] = await tx.query('select from customer_word where event_id = $1', [source]);
    if (known) return;
    const now = this.clock.now();
    // Another process's clock may be a moment ahead; nothing is entered before it was said.
    const answer = await this.commands.create(this.aggregate, {
      actor: { id: by },
      command: 'enterCustomerWord',
      permission: 'communications.word.record',
      projectId: word.projectId,
      tx,
      at: saidAt > now ? saidAt : now,
      decide: (id, at) =>
        recordWord(
          {
            ...{ ...told, id, by, saidAt, eventId: source, content: null },
            customerIds: [...current.values()],
          },
          at,
        ),
    });
    if (isCommandRefusal(answer)) throw new Error(`a word was refused: ${answer.code}`);
  }
}
