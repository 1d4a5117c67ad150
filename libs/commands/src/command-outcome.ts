import { inSpan } from '@anju/tracing';
import { isCommandRefusal } from './command-refusal';
import { Fault } from './errors';

/** How a command ended: `done`, the code of its refusal or of its fault, or `fault` for one without a code. */
export type CommandOutcome = string;

/** Told of every command that has ended, inside a transaction or by itself; for figures. Never throws. */
export type CommandObserver = (command: string, outcome: CommandOutcome) => void;

interface ObservedCommand {
  readonly command: string;
  readonly aggregateType: string;
  /** Null for one that is just being made. */
  readonly aggregateId: string | null;
}

export function outcomeOf(answer: unknown): CommandOutcome {
  return isCommandRefusal(answer) ? String(answer.code) : 'done';
}

/** Carries out a command's work, measured and counted. */
export function observed<Answer>(
  { command, aggregateType, aggregateId }: ObservedCommand,
  observe: CommandObserver | undefined,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const facts = {
    'anju.command': command,
    'anju.aggregate.type': aggregateType,
    'anju.aggregate.id': aggregateId,
  };
  return inSpan({ name: command, kind: 'internal', facts }, async (span) => {
    try {
      const answer = await work();
      const outcome = outcomeOf(answer);
      span.note({ 'anju.outcome': outcome, 'anju.aggregate.id': aggregateId ?? idOf(answer) });
      observe?.(command, outcome);
      return answer;
    } catch (error) {
      observe?.(command, error instanceof Fault ? error.code : 'fault');
      throw error;
    }
  });
}

function idOf(answer: unknown): string | null {
  const { id } = (answer ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : null;
}
