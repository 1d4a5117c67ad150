import { badInput, type InputProblem } from '@anju/commands';
import { Money } from '@anju/kernel';

/** No fee, receipt or drawer of a home comes near it; above it is a slip of the keyboard. */
const largest = Money.of('999999999.99');

function isAmount(text: string): boolean {
  if (!Money.isAmount(text)) return false;
  const amount = Money.of(text);
  return (amount.isNegative() ? amount.negated() : amount).compare(largest) <= 0;
}

/** What is wrong with an amount of money in an input; empty when nothing is. Its sign is the rules' matter. */
export function amountProblems(text: string, field: string): readonly InputProblem[] {
  if (isAmount(text)) return [];
  const expected = `an amount in CNY with at most two decimals, up to ${largest.toString()}`;
  return [{ field, problem: `is ${text}`, expected }];
}

/** An amount of money of an input. @throws Fault BAD_USER_INPUT when it is none, or absurdly large */
export function amountOf(text: string, field: string): Money {
  const problems = amountProblems(text, field);
  if (problems.length > 0) throw badInput(...problems);
  return Money.of(text);
}
