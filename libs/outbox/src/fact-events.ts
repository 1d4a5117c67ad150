import type { EventContract, EventData } from '@anju/events';
import { outgoing, type OutgoingEvent } from './outbox-log';

/** A fact as it is written down: instants as text, lists of one's own. */
type Written<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Written<Item>[]
    : Value extends object
      ? { -readonly [Key in keyof Value]: Written<Value[Key]> }
      : Value;

type Fitting<Fact, Contract> = Contract extends EventContract
  ? Written<Fact> extends EventData<Contract>
    ? Contract
    : never
  : null;

/**
 * The event of each kind of fact; null where nobody outside hears of it. A fact that its contract cannot be
 * made from does not compile. What the contract does not name, such as the fact's type, is left out.
 */
export function eventsOfFacts<Fact extends { readonly type: string }>() {
  return <const Table extends Record<Fact['type'], EventContract | null>>(
      table: Table & {
        readonly [Type in Fact['type']]: Fitting<Extract<Fact, { readonly type: Type }>, Table[Type]>;
      },
    ) =>
    (fact: Fact): readonly OutgoingEvent[] => {
      const contract: EventContract | null = table[fact.type as Fact['type']];
      if (!contract) return [];
      return [outgoing(contract, JSON.parse(JSON.stringify(fact)) as Record<string, unknown>)];
    };
}
