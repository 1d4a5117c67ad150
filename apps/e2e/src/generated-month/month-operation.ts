import type { StoryTeller } from '@anju/demonstration';

/** A command of the graph with the input that it takes. */
export interface GraphCommand {
  readonly field: string;
  /** The type that it answers with when it is carried out. */
  readonly entity: string;
  readonly input: object;
}

/** The graph takes so many fields in one operation. */
const mostAtOnce = 20;

/** A command that the graph refused although the month needs it. */
export class MonthBroken extends Error {}

interface Answer {
  readonly __typename: string;
  readonly id?: string;
}

function inputType(field: string): string {
  return `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
}

async function sendOne(
  teller: StoryTeller,
  account: string,
  commands: readonly GraphCommand[],
): Promise<string[]> {
  const variables = commands.map(({ field }, index) => `$i${index}: ${inputType(field)}!`);
  const fields = commands.map(
    ({ field, entity }, index) =>
      `c${index}: ${field}(input: $i${index}) { __typename ... on ${entity} { id } ... on Refusal { code message } }`,
  );
  const { data, errors } = await teller.ask<Record<string, Answer>>(
    account,
    `mutation(${variables.join(', ')}) { ${fields.join(' ')} }`,
    Object.fromEntries(commands.map(({ input }, index) => [`i${index}`, input])),
  );
  return commands.map((command, index) => {
    const answer = data?.[`c${index}`];
    if (answer?.__typename !== command.entity) {
      const own = errors?.find(({ path }) => path?.[0] === `c${index}`) ?? errors?.[0];
      const reason = JSON.stringify(answer ?? own ?? 'no answer');
      throw new MonthBroken(`${account} ${command.field} ${JSON.stringify(command.input)}: ${reason}`);
    }
    return answer.id!;
  });
}

/**
 * Carries commands out in their order, as many in one operation as the graph takes.
 * @returns the id of each one's entity
 * @throws MonthBroken if one is refused
 */
export async function sendAll(
  teller: StoryTeller,
  account: string,
  commands: readonly GraphCommand[],
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < commands.length; from += mostAtOnce) {
    ids.push(...(await sendOne(teller, account, commands.slice(from, from + mostAtOnce))));
  }
  return ids;
}
