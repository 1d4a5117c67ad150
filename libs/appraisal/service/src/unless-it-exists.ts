import { CommandRefusal, Fault } from '@anju/commands';
import type { Refusal } from '@anju/kernel';

/** What a command would collide with. */
export interface UniqueKey<R extends Refusal> {
  /** Name of the unique index. */
  readonly index: string;
  /** The refusal that names what is there. */
  readonly refusal: () => Promise<R>;
}

/**
 * Carries out a command that makes something of which there is one. The unique index decides, so that of two
 * people who make it at the same instant one is refused; the refusal names what is there.
 */
export async function unlessItExists<Answer, R extends Refusal>(
  key: UniqueKey<R>,
  make: () => Promise<Answer>,
): Promise<Answer | CommandRefusal<R>> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof Fault) || error.extensions['constraint'] !== key.index) throw error;
    return new CommandRefusal(await key.refusal());
  }
}
