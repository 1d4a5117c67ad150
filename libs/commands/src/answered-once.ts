import type { DataSource, EntityManager } from 'typeorm';
import { sendNow } from '@anju/database';
import type { Refusal } from '@anju/kernel';
import { isLostRace } from '@anju/outbox';
import { freezeAnswer, thawAnswer } from './command-answer';
import type { ActionableRefusal } from './command-refusal';
import type { CommandRequest } from './command-requests';
import { Fault } from './errors';
import { holdKey, storeAnswer, storedAnswer, type AnswerCipher, type IdempotentRequest } from './idempotency';
import { uniquely } from './rows';

/** A command's work, and what it asks before a stored answer is given in its place. */
export interface AnswerableWork<Entity extends object, R extends Refusal> {
  readonly entity: new () => Entity;
  /** The actor may have lost the right since. @throws Fault where he has */
  readonly mayBeToldAgain: (manager: EntityManager) => Promise<void>;
  readonly work: (tx: EntityManager) => Promise<Entity | ActionableRefusal<R>>;
}

const triesAfterLostRace = 3;

/** Carries out requests in transactions; one that comes again is given its first answer. */
export class AnsweredOnce {
  /** @param committed called after each transaction of its own */
  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: AnswerCipher,
    private readonly committed: () => void,
  ) {}

  /**
   * Gives a repeated request its first answer; tries again after a lost race; reports the commit.
   * @throws Fault CONFLICT where it was tried often enough
   */
  async answer<Entity extends object, R extends Refusal>(
    request: CommandRequest,
    { entity, mayBeToldAgain, work }: AnswerableWork<Entity, R>,
  ): Promise<Entity | ActionableRefusal<R>> {
    const asked = askedFor(request);
    const answerOf = async (manager: EntityManager): Promise<Entity | ActionableRefusal<R> | undefined> => {
      const stored = asked && (await storedAnswer(manager, asked, this.cipher));
      if (stored === undefined) return undefined;
      await mayBeToldAgain(manager);
      return thawAnswer(entity, stored);
    };
    const inTransaction = async (tx: EntityManager): Promise<Entity | ActionableRefusal<R>> => {
      if (!asked) return work(tx);
      await holdKey(tx, asked);
      const given = await answerOf(tx);
      if (given) return given;
      const answer = await work(tx);
      await storeAnswer(tx, asked, freezeAnswer(answer), this.cipher);
      return answer;
    };
    if (request.check) {
      const given = await answerOf(request.tx ?? this.dataSource.manager);
      if (given) return given;
      await request.check();
    }
    const { tx } = request;
    if (tx) {
      // What fails, fails here, where others may still do something about it.
      return uniquely(tx.dataSource, entity, async () => {
        const answer = await inTransaction(tx);
        await sendNow(tx);
        return answer;
      });
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await uniquely(this.dataSource, entity, () =>
          this.dataSource.transaction(inTransaction),
        );
        this.committed();
        return answer;
      } catch (error) {
        if (!isLostRace(error)) throw error;
        if (attempt > triesAfterLostRace) {
          throw new Fault('CONFLICT', 'others are changing this at the same time; try again');
        }
      }
    }
  }
}

function askedFor({ actor, command, input, idempotencyKey }: CommandRequest): IdempotentRequest | undefined {
  const key = idempotencyKey ?? actor.idempotencyKey;
  return key ? { actor: actor.id, key, command, input } : undefined;
}
