import { until } from '@anju/testing';
import type { Ids } from './bad-input-values';
import type { Visitor } from './graph-client';

/** What a command made: its id, and the ids of its parts by the list that they are in. */
export interface Made {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** By the type, or by the command that needs its own: makes one, and names its id and those of its parts. */
export type Makers = Readonly<Record<string, () => Promise<Ids>>>;

/** How one step of a stage is carried out, and by whom. */
export interface Carrying {
  /** Fields of the entity besides its id. */
  readonly selection?: string;
  /** The one on whom commands are tried unless told. */
  readonly by?: Visitor;
}

/** What a stage gives to those who make things on it. */
export interface Workshop {
  /** Tries the commands. */
  readonly everybody: Visitor;
  /** The employee that `everybody` is. */
  readonly selfId: string;
  /** A second person with the same roles: nobody checks, approves or scores what is his own. */
  readonly colleague: Visitor;
  readonly ids: Ids;
  /** Somebody with every role, as this employee. */
  enter(staffId: string): Promise<Visitor>;
  /** @throws Error if it is refused */
  make(field: string, type: string, input: object, carrying?: Carrying): Promise<Made>;
  /** Makes one more of a type that was there before sales, appraisals and messages were. */
  fresh(type: 'Complaint' | 'Customer' | 'Staff' | 'Interaction'): Promise<Ids>;
}

/** Reads one root field until it is as it should be: what other services have to say first comes by events. */
export async function whenSo<Found>(
  visitor: Visitor,
  query: string,
  variables: object,
  isSo: (found: Found) => boolean,
): Promise<Found> {
  let found: Found | undefined;
  await until(`${query} is so`, async () => {
    const { data } = await visitor.ask(query, variables);
    found = Object.values(data ?? {})[0] as Found | undefined;
    return found != null && isSo(found);
  });
  return found!;
}
