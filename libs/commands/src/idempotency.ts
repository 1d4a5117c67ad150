import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { askOften, sendLater } from '@anju/database';
import { Fault, badInput } from './errors';

/** Which request an answer belongs to. */
export interface IdempotentRequest {
  readonly actor: string;
  readonly key: string;
  readonly command: string;
  readonly input: unknown;
}

/** Turns answers into what may lie in the database: they can hold personal data. */
export interface AnswerCipher {
  encrypt(text: string): string;
  decrypt(text: string): string;
}

/** In characters: of whatever script, a key of this length fits into the table's index. */
const longestKey = 255;

function hashOf(input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(input ?? null))
    .digest('hex');
}

/**
 * The stored answer to a request that was already carried out, or undefined.
 * @throws Fault IDEMPOTENCY_KEY_REUSED if the key came before with another command or input, BAD_USER_INPUT
 *   if it is too long to be kept
 */
export async function storedAnswer(
  manager: EntityManager,
  request: IdempotentRequest,
  cipher: AnswerCipher,
): Promise<string | undefined> {
  if (request.key.length > longestKey) {
    throw badInput({
      field: 'input.idempotencyKey',
      problem: `has ${request.key.length} characters`,
      expected: `at most ${longestKey} characters`,
    });
  }
  const [row]: { command: string; input_hash: string; answer: string }[] = await askOften(
    manager,
    `select command, input_hash, answer from idempotency where actor = $1 and key = $2`,
    [request.actor, request.key],
  );
  if (!row) return undefined;
  if (row.command !== request.command || row.input_hash !== hashOf(request.input)) {
    throw new Fault(
      'IDEMPOTENCY_KEY_REUSED',
      'this idempotency key was used before with another command or other input; use a new key for a new request',
      { key: request.key },
    );
  }
  return cipher.decrypt(row.answer);
}

/** Holds back a second request with the same key until this transaction ends, before anything else is asked in it. */
export async function holdKey(tx: EntityManager, { actor, key }: IdempotentRequest): Promise<void> {
  await sendLater(tx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${actor}\n${key}`]);
}

/** Keeps the answer for as long as clients may try again. */
export async function storeAnswer(
  tx: EntityManager,
  request: IdempotentRequest,
  answer: string,
  cipher: AnswerCipher,
): Promise<void> {
  await sendLater(
    tx,
    `insert into idempotency (actor, key, command, input_hash, answer) values ($1, $2, $3, $4, $5)`,
    [request.actor, request.key, request.command, hashOf(request.input), cipher.encrypt(answer)],
  );
}
