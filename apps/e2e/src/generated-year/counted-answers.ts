import type { CaseCommand, Person, StepOf } from './case-step';
import type { CountedCase } from './counted-case';

export const wrongStatus = 'COMPLAINT_NOT_IN_REQUIRED_STATUS';

/** Who does it, when, and what other cases there are. */
export interface Done {
  readonly at: number;
  readonly by: Person;
  /** The number of the case's own story. */
  readonly story: number;
  readonly caseOf: (story: number) => CountedCase;
}

/**
 * What comes of each step, counted by hand. Each answers `DONE`, `NOTHING` where it is accepted and nothing changes,
 * or the code of the refusal.
 */
export type Steps<Commands extends CaseCommand> = {
  readonly [Command in Commands]: (one: CountedCase, step: StepOf<Command>, done: Done) => string;
};
