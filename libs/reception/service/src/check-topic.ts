import { badInput } from '@anju/commands';

const topicCode = /^[A-Z][A-Z0-9_]{0,39}$/;

/** @throws Fault BAD_USER_INPUT unless it is a code or left out */
export function checkTopic(topic: string | null | undefined): string | null {
  if (topic == null || topicCode.test(topic)) return topic ?? null;
  throw badInput({
    field: 'input.topic',
    problem: 'is not a code',
    expected: 'at most 40 capital letters, digits and underscores, such as LIFT',
  });
}
