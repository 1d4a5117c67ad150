import { dayOneBeginsAt, playDayOne } from '@anju/demonstration';
import { serviceNames } from '@anju/distributed';
import { startPlatform, type Platform } from './platform';

/** Values of metrics as the graph gives them. */
export interface Values {
  readonly metrics: readonly { readonly metric: string; readonly value: string | null }[];
}

/** An instant of 2026 at 锦绣花园 as the graph writes it. @param text such as `03-02 14:00` */
export function shanghai(text: string): string {
  return new Date(`2026-${text.replace(' ', 'T')}:00+08:00`).toISOString();
}

/** The platform after the whole story, and the people of it who look at what is so now. */
export class DayOne {
  private constructor(readonly platform: Platform) {}

  static async play(): Promise<DayOne> {
    const platform = await startPlatform(dayOneBeginsAt);
    await playDayOne(platform.teller, platform.setting);
    return new DayOne(platform);
  }

  close(): Promise<void> {
    return this.platform.close();
  }

  unit(home: string): string {
    return this.platform.setting.unitIds.get(home)!;
  }

  staffId(account: string): string {
    return this.platform.teller.staffId(account);
  }

  /** @throws Error if anything of it was not answered */
  async ask<Data>(account: string, query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await this.platform.teller.ask<Data>(account, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data!;
  }

  /** What was answered, and where somebody may not look: `path: CODE`. */
  async tryTo<Data>(
    account: string,
    query: string,
    variables: object = {},
  ): Promise<{ readonly data: Data; readonly denied: readonly string[] }> {
    const { data, errors = [] } = await this.platform.teller.ask<Data>(account, query, variables);
    const denied = errors.map(({ path = [], extensions }) => `${path.join('.')}: ${extensions?.code}`);
    return { data: data!, denied: denied.sort() };
  }

  /** The first contact of a resident of the story. */
  async contactOf(customer: string, selection: string): Promise<Record<string, unknown>> {
    const { customer: found } = await this.ask<{
      customer: { interactions: { nodes: Record<string, unknown>[] } };
    }>(
      'linfang',
      `query($id: ID!) { customer(id: $id) { interactions(first: 1) { nodes { ${selection} } } } }`,
      { id: this.platform.setting.customerIds.get(customer)! },
    );
    return found.interactions.nodes[0]!;
  }

  /** Values of metrics over days, both included, by their ids. */
  async metrics(
    account: string,
    from: string,
    to: string,
    ids: readonly string[],
  ): Promise<Record<string, string | null>> {
    const query = `{ metrics(input: { from: "${from}", to: "${to}", metrics: [${ids.join(', ')}] }) { metric value } }`;
    const { metrics } = await this.ask<Values>(account, query);
    return Object.fromEntries(metrics.map(({ metric, value }) => [metric, value]));
  }

  /** The same by plain SQL in the database of the metrics: what was counted, and of how many where it is a share. */
  async metricBySql(id: string, from: string, to: string): Promise<readonly [number, number | null]> {
    const [row] = await this.platform.running.query<{ counted: string; of: string | null }>(
      'insights',
      `select coalesce(sum(numerator), 0) as counted, sum(denominator) as of from metric_${id} where day between $1 and $2`,
      [from, to],
    );
    return [Number(row!.counted), row!.of === null ? null : Number(row!.of)];
  }

  /** Due times of all services that have passed with nothing done, as `kind instant`. A month ends anyhow. */
  async missed(): Promise<string[]> {
    const found = await Promise.all(
      serviceNames.map((service) =>
        this.platform.running.query<{ kind: string; due_at: Date | string }>(
          service,
          `select kind, due_at from deadline
           where fired_at is not null and kind <> 'SALES_MONTH_END' and kind not like 'WARN:%'`,
        ),
      ),
    );
    return found.flatMap((rows) =>
      rows.map(({ kind, due_at }) => `${kind} ${new Date(due_at).toISOString()}`),
    );
  }
}
