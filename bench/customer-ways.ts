import { deepStrictEqual } from 'node:assert/strict';
import { customerQuery, customersQuery, type ShownCustomer } from './customer-query';
import { LoadProcess, type Load, type Question } from './load';
import type { Mode, Platform } from './platform';
import { postgresCpuMillis } from './processes';
import type { RawServer } from './raw-customers';
import { countedHeader } from './statements';

/** A way to ask: the graph of a mode, or hand-written SQL. */
export type Way = Mode | 'raw';

/** What one round of requests took. CPU time is of one request, null where the machine does not tell. */
export interface Round {
  readonly perSecond: number;
  readonly latencyMillis: readonly number[];
  readonly nodeCpuMillis: number | null;
  readonly postgresCpuMillis: number | null;
  readonly cpuMillis: number | null;
}

const connections = 4;
/** Everything that the query asks for may be seen by this account. */
const reader = 'linfang';

/** A process that asks one way, and what that costs. */
export class AskingWay {
  private constructor(
    readonly way: Way,
    private readonly load: LoadProcess,
    private readonly nodeCpu: () => number | null,
  ) {}

  static async open(
    way: Way,
    load: Omit<Load, 'connections'>,
    nodeCpu: () => number | null,
  ): Promise<AskingWay> {
    return new AskingWay(way, await LoadProcess.start({ ...load, connections }), nodeCpu);
  }

  /** @throws Error if an answer is not the right one */
  async round(millis: number): Promise<Round> {
    const cpu = () => ({ node: this.nodeCpu(), postgres: postgresCpuMillis(process.pid) });
    const before = cpu();
    const { millis: lasted, latencyMillis } = await this.load.run(millis);
    const after = cpu();
    const requests = latencyMillis.length;
    const each = (from: number | null, to: number | null): number | null =>
      from === null || to === null ? null : (to - from) / requests;
    const nodeCpuMillis = each(before.node, after.node);
    const postgres = each(before.postgres, after.postgres);
    return {
      perSecond: (requests / lasted) * 1_000,
      latencyMillis,
      nodeCpuMillis,
      postgresCpuMillis: postgres,
      cpuMillis: nodeCpuMillis === null || postgres === null ? null : nodeCpuMillis + postgres,
    };
  }

  close(): void {
    this.load.close();
  }
}

/** Asks a platform's graph for customers. */
export class GraphAsker {
  private constructor(
    readonly platform: Platform,
    private readonly raw: RawServer,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  static async open(platform: Platform, raw: RawServer): Promise<GraphAsker> {
    const { running, teller, setting } = platform;
    const token = await running.issuer.issue({
      account: reader,
      staffId: teller.staffId(reader),
      roles: [{ role: 'SERVICE_SUPERVISOR', projectIds: [setting.projectId] }],
    });
    return new GraphAsker(platform, raw, { authorization: `Bearer ${token}` });
  }

  /**
   * Asks for one customer.
   * @param counted the name under which the request's statements are counted
   * @throws Error if the graph answers with errors, or anything else than the databases hold
   */
  async one(id: string, counted = ''): Promise<{ shown: ShownCustomer; text: string }> {
    const { data, text } = await this.ask<{ customer: ShownCustomer }>(bodyOf(id), counted);
    await this.check([data.customer]);
    return { shown: data.customer, text };
  }

  /** Asks for several, by name. */
  async several(first: number, counted: string): Promise<readonly ShownCustomer[]> {
    const body = JSON.stringify({ query: customersQuery, variables: { first } });
    const { data } = await this.ask<{ customers: { nodes: ShownCustomer[] } }>(body, counted);
    await this.check(data.customers.nodes);
    return data.customers.nodes;
  }

  /** What is asked for these customers, with the answers that must come; each was compared with the database. */
  async load(ids: readonly string[]): Promise<Omit<Load, 'connections'>> {
    const questions: Question[] = [];
    for (const id of ids) questions.push({ body: bodyOf(id), answer: (await this.one(id)).text });
    return { url: this.platform.running.url, headers: this.headers, questions };
  }

  private async check(shown: readonly ShownCustomer[]): Promise<void> {
    const stored = await this.raw.read(shown.map(({ id }) => id));
    deepStrictEqual(shown, stored, 'the graph and the database tell different things');
  }

  private async ask<Data>(body: string, counted: string): Promise<{ data: Data; text: string }> {
    const response = await fetch(this.platform.running.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(counted ? { [countedHeader]: counted } : {}),
        ...this.headers,
      },
      body,
    });
    const text = await response.text();
    const { data, errors } = JSON.parse(text) as { data?: Data; errors?: unknown };
    if (!data || errors) throw new Error(`the graph does not answer the query: ${text.slice(0, 1_000)}`);
    return { data, text };
  }
}

function bodyOf(id: string): string {
  return JSON.stringify({ query: customerQuery, variables: { id } });
}

/** The same of the hand-written SQL. */
export async function rawLoad(raw: RawServer, ids: readonly string[]): Promise<Omit<Load, 'connections'>> {
  const questions: Question[] = [];
  for (const id of ids) {
    questions.push({
      body: JSON.stringify({ ids: [id] }),
      answer: JSON.stringify({ data: await raw.read([id]) }),
    });
  }
  return { url: raw.url, headers: {}, questions };
}
