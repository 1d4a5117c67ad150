import { newId } from '@anju/kernel';
import { readAccounts, writeAccounts, type DemoAccount } from '../accounts';
import type { RunningPlatform } from '../running-platform';

interface GraphAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** A command of the story that the graph refused although the story needs it. */
export class StoryBroken extends Error {}

/** Plays a story through the public graph, as the people in it would: by HTTP, with their own tokens. */
export class StoryTeller {
  private readonly tokens = new Map<string, string>();
  private accounts: DemoAccount[];

  /** @param commandCount how many commands of the story were told before, by another teller */
  constructor(
    private readonly platform: RunningPlatform,
    private readonly dataDir: string,
    private readonly say: (line: string) => void,
    private commandCount = 0,
  ) {
    this.accounts = readAccounts(dataDir);
  }

  /** How many commands of the story were told so far: with as many goes on whoever tells the rest. */
  get commandsTold(): number {
    return this.commandCount;
  }

  /** A line of progress. */
  tell(line: string): void {
    this.say(line);
  }

  /** The time on the platform's clock. */
  now(): Promise<Date> {
    return this.platform.now();
  }

  /** Lets the time come; what falls due until then happens. A time that is past already is left alone. */
  async at(time: Date): Promise<void> {
    if (time > (await this.now())) await this.platform.moveClock(time);
  }

  /** Lets happen what follows in other services from what was done so far. */
  settled(): Promise<void> {
    return this.platform.settled();
  }

  /** Makes somebody able to sign in; an account that is there already keeps its staff id. */
  enrol(account: DemoAccount): DemoAccount {
    const known = this.accounts.find((one) => one.account === account.account);
    const enrolled = known ? { ...account, staffId: known.staffId } : account;
    this.accounts = [...this.accounts.filter((one) => one !== known), enrolled];
    writeAccounts(this.dataDir, this.accounts);
    this.tokens.delete(account.account);
    return enrolled;
  }

  /** The staff id of an account. */
  staffId(account: string): string {
    const found = this.accounts.find((one) => one.account === account);
    if (!found) throw new StoryBroken(`nobody signs in as ${account}`);
    return found.staffId;
  }

  /** Whether somebody can sign in under this name already. */
  knows(account: string): boolean {
    return this.accounts.some((one) => one.account === account);
  }

  /** Sends one operation under an account's token and gives the answer as it is. */
  async ask<Data>(account: string, query: string, variables: object = {}): Promise<GraphAnswer<Data>> {
    const response = await fetch(this.platform.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await this.token(account)}`,
        'accept-language': 'en',
        'x-request-id': newId(),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphAnswer<Data>;
  }

  /**
   * Carries out a command and gives back what it selected.
   * @param selection fields of the entity, such as `id number`
   * @throws StoryBroken if it is refused: a story is played with commands that must succeed
   */
  async command<Result extends object = { id: string }>(
    account: string,
    field: string,
    entity: string,
    input: object,
    selection = 'id',
  ): Promise<Result> {
    const answer = await this.send<Result & { __typename: string }>(
      account,
      field,
      `... on ${entity} { ${selection} }`,
      input,
    );
    if (answer.__typename !== entity)
      throw new StoryBroken(`${account} ${field}: refused as ${answer.__typename}`);
    return answer;
  }

  /** Tries a command that the story wants to see refused. @throws StoryBroken if it is carried out */
  async refused(account: string, field: string, input: object): Promise<{ code: string; message: string }> {
    const answer = await this.send<{ code?: string; message: string }>(
      account,
      field,
      '... on Refusal { code message }',
      input,
    );
    if (!answer.code) throw new StoryBroken(`${account} ${field}: carried out, though it should be refused`);
    return { code: answer.code, message: answer.message };
  }

  private async send<Answer>(
    account: string,
    field: string,
    fragment: string,
    input: object,
  ): Promise<Answer> {
    // Every command has a key of its own in the order of the story: played again, it does nothing twice.
    this.commandCount += 1;
    const idempotencyKey = `story-${this.commandCount}-${field}`;
    const inputType = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const { data, errors } = await this.ask<Record<string, Answer>>(
      account,
      `mutation($input: ${inputType}!) { ${field}(input: $input) { __typename ${fragment} } }`,
      { input: { ...input, idempotencyKey } },
    );
    const answer = data?.[field];
    if (errors?.length || !answer)
      throw new StoryBroken(`${account} ${field}: ${JSON.stringify(errors ?? 'no answer')}`);
    return answer;
  }

  private async token(account: string): Promise<string> {
    let token = this.tokens.get(account);
    if (!token) {
      const found = this.accounts.find((one) => one.account === account);
      if (!found) throw new StoryBroken(`nobody signs in as ${account}`);
      token = await this.platform.issuer.issue(found);
      this.tokens.set(account, token);
    }
    return token;
  }
}
