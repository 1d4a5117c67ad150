import { startPlatform, type Platform } from './platform';

/** An answer that came from the graph with errors, or a command that was refused though it had to succeed. */
export class DayBroken extends Error {}

/** What a command was refused with; besides code and message what the test selected. */
export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** What the graph threw. */
export interface Thrown {
  readonly code: string;
  readonly message: string;
  readonly problems?: readonly { readonly field: string; readonly problem: string }[];
}

/** The instant at which the clocks of Shanghai show a time, as the graph writes it. @param text `YYYY-MM-DD HH:mm` */
export function shanghai(text: string): string {
  return new Date(`${text.replace(' ', 'T')}:00+08:00`).toISOString();
}

/** An event as it went out. */
export interface Published {
  readonly type: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A day at 锦绣花园 that nobody has written down: anybody may try anything at the public graph. */
export class AnotherDay {
  private constructor(readonly platform: Platform) {}

  /** @param morning `YYYY-MM-DD HH:mm` of Shanghai */
  static async from(morning: string): Promise<AnotherDay> {
    return new AnotherDay(await startPlatform(new Date(shanghai(morning))));
  }

  close(): Promise<void> {
    return this.platform.close();
  }

  get projectId(): string {
    return this.platform.setting.projectId;
  }

  customer(key: string): string {
    return known(this.platform.setting.customerIds, key);
  }

  unit(home: string): string {
    return known(this.platform.setting.unitIds, home);
  }

  building(number: string): string {
    return known(this.platform.setting.buildingIds, number);
  }

  partner(kind: string): string {
    return known(this.platform.setting.partnerIds, kind);
  }

  staff(account: string): string {
    return this.platform.teller.staffId(account);
  }

  /** Moves the clock there, with all that falls due on the way. @param text `YYYY-MM-DD HH:mm` of Shanghai */
  async at(text: string): Promise<void> {
    await this.ask('admin', 'mutation($to: DateTime!) { moveClock(to: $to) { now } }', {
      to: shanghai(text),
    });
  }

  /** Waits until every service has heard what has happened. */
  settled(): Promise<void> {
    return this.platform.running.settled();
  }

  /** What an account is answered. @throws DayBroken where the answer has errors */
  async ask<Data>(account: string, query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await this.platform.teller.ask<Data>(account, query, variables);
    if (errors?.length || !data) throw new DayBroken(`${account}: ${JSON.stringify(errors)}`);
    return data;
  }

  /** The first error of an answer that must have one. */
  async thrown(account: string, query: string, variables: object = {}): Promise<Thrown> {
    const { data, errors } = await this.platform.teller.ask<unknown>(account, query, variables);
    const [error] = errors ?? [];
    if (!error) throw new DayBroken(`${account}: answered with ${JSON.stringify(data)}`);
    return { message: error.message, ...(error.extensions as Omit<Thrown, 'message'>) };
  }

  /** Carries out a command that has to succeed. @param selection of the entity */
  do<Entity extends object = { id: string }>(
    account: string,
    field: string,
    entity: string,
    input: object,
    selection = 'id',
  ): Promise<Entity> {
    return this.platform.teller.command<Entity>(account, field, entity, input, selection);
  }

  /** Tries a command that has to be refused. @param selection of refusal types besides code and message */
  async refused(account: string, field: string, input: object, selection = ''): Promise<Refused> {
    const answer = await this.send(account, field, input, `... on Refusal { code message } ${selection}`);
    if (typeof answer['code'] !== 'string') throw new DayBroken(`${account} ${field}: carried out`);
    return answer as Refused;
  }

  /** The code of the error that a command must end with. */
  async rejected(account: string, field: string, input: object): Promise<Thrown> {
    return this.thrown(account, mutation(field, '... on Refusal { code message }'), { input });
  }

  /**
   * All metrics of some days, once everything has reached them, each as `numerator/denominator`; those that are counts end in `/`.
   */
  async metrics(from: string, to: string): Promise<Record<string, string>> {
    await this.settled();
    const { metrics } = await this.ask<{
      metrics: { metric: string; numerator: string; denominator: string | null }[];
    }>('bi', 'query($input: MetricsInput!) { metrics(input: $input) { metric numerator denominator } }', {
      input: { from, to },
    });
    return Object.fromEntries(
      metrics.map(({ metric, numerator, denominator }) => [metric, `${numerator}/${denominator ?? ''}`]),
    );
  }

  /** What a service has published about one of its things, in order. */
  async eventsOf(service: string, id: string): Promise<Published[]> {
    const rows = await this.platform.running.query<{ payload: Published }>(
      service,
      'select payload from outbox where aggregateid = $1 order by seq',
      [id],
    );
    return rows.map(({ payload }) => payload);
  }

  private async send(
    account: string,
    field: string,
    input: object,
    selection: string,
  ): Promise<Record<string, unknown>> {
    const data = await this.ask<Record<string, Record<string, unknown>>>(
      account,
      mutation(field, selection),
      { input },
    );
    return data[field]!;
  }
}

function mutation(field: string, selection: string): string {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  return `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${selection} } }`;
}

function known(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (!id) throw new DayBroken(`${key} is not at 锦绣花园`);
  return id;
}
