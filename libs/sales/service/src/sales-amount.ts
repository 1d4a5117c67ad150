import { badInput } from '@anju/commands';
import { Money } from '@anju/kernel';

/** No home of the business comes near it; above it is a slip of the keyboard. */
const largest = Money.of('999999999.99');

/**
 * An amount of money of an input. Its sign is the rules' matter.
 * @throws Fault BAD_USER_INPUT when it has more than two decimals, or is absurdly large
 */
export function amountOf(text: string, field: string): Money {
  if (Money.isAmount(text)) {
    const amount = Money.of(text);
    if ((amount.isNegative() ? amount.negated() : amount).compare(largest) <= 0) return amount;
  }
  const expected = `an amount in CNY with at most two decimals, up to ${largest.toString()}`;
  throw badInput({ field, problem: `is ${text}`, expected });
}
