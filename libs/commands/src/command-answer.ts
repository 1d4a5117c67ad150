import type { Refusal } from '@anju/kernel';
import { CommandRefusal, isCommandRefusal, type ActionableRefusal } from './command-refusal';
import { badInput } from './errors';
import { reviveInstants } from './json-column';

/** Malformed fields are the input's fault and thrown; every other refusal is a result. */
export function refusalOf<R extends Refusal>(refusal: R): ActionableRefusal<R> {
  if (refusal.code !== 'FIELDS_NOT_VALID') return new CommandRefusal(refusal) as ActionableRefusal<R>;
  const { problems } = refusal.data as unknown as {
    problems: readonly { field: string; reason: string; expected: string }[];
  };
  throw badInput(
    ...problems.map(({ field, reason, expected }) => ({
      field: `input.${field}`,
      problem: reason,
      expected,
    })),
  );
}

/** What is stored of an answer. */
export function freezeAnswer(answer: object): string {
  return JSON.stringify(
    isCommandRefusal(answer) ? { refusal: { code: answer.code, data: answer.data } } : { entity: answer },
  );
}

/** The answer that was stored. */
export function thawAnswer<Entity extends object, R extends Refusal>(
  entity: new () => Entity,
  text: string,
): Entity | ActionableRefusal<R> {
  const answer = JSON.parse(text, reviveInstants) as { refusal?: R; entity?: Entity };
  return answer.refusal ? refusalOf(answer.refusal) : Object.assign(new entity(), answer.entity);
}
