import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { ClockMovedBackwards } from '@anju/kernel';
import type { EventFlow } from '@anju/outbox';
import { controlPaths } from './control-routes';
import type { MovableClock, TimedService } from './demo-clock';

/** One process of a service. */
export interface Replica {
  readonly service: string;
  /** Such as `http://127.0.0.1:4001`. */
  readonly origin: string;
}

/** A service did not do what it was told on its control routes. */
export class ControlFailed extends Error {
  override readonly name = 'ControlFailed';
}

const instant = z.iso.datetime().transform((text) => new Date(text));
const timeSchema = z.object({ now: instant, byHand: z.boolean(), nextDueAt: instant.nullable() });
const flowSchema = z.object({
  outboxes: z.array(z.object({ context: z.string(), depth: z.number(), lastSeq: z.string() })),
  sinks: z.array(z.object({ name: z.string(), context: z.string(), lag: z.number() })),
});
const problemSchema = z.object({ problem: z.string() });

/** A replica that is being started again answers soon. */
const defaultPatienceMillis = 60_000;
const retryMillis = 100;
const pollMillis = 5;
/** A month of due times may lie between two positions of the clock. */
const longestMillis = 600_000;

/**
 * Services in other processes, seen through their control routes: their clocks as one clock, their due times,
 * and whether everything that follows from what was done has happened.
 */
export class RemoteServices implements MovableClock {
  private readonly agent = new Agent({ headersTimeout: longestMillis, bodyTimeout: longestMillis });
  private readonly patienceMillis: number;

  /**
   * @param replicas all processes of all services
   * @param options.patienceMillis how long one that cannot be reached is waited for; default a minute
   */
  constructor(
    private readonly replicas: readonly Replica[],
    private readonly token: string,
    options: { readonly patienceMillis?: number } = {},
  ) {
    this.patienceMillis = options.patienceMillis ?? defaultPatienceMillis;
  }

  /** For a `ClockMover`: each service once, however many replicas it has. */
  get services(): TimedService[] {
    return [...new Set(this.replicas.map(({ service }) => service))].map((service) => {
      const own = this.replicas.filter((replica) => replica.service === service);
      return {
        scheduler: {
          nextDueAt: async () => (await this.timeOf(own[0]!)).nextDueAt,
          fireUpTo: async (at) => {
            await Promise.all(own.map((replica) => this.send(replica, controlPaths.fire, { at })));
          },
        },
      };
    });
  }

  /** The latest of their clocks: one that was just started again may be behind. */
  async now(): Promise<Date> {
    const times = await Promise.all(this.replicas.map((replica) => this.timeOf(replica)));
    return times.map(({ now }) => now).reduce((latest, one) => (one > latest ? one : latest));
  }

  /** Sets all clocks, without firing what falls due on the way. */
  async moveTo(to: Date): Promise<void> {
    if (Number.isNaN(to.getTime())) throw new RangeError('not an instant');
    const now = await this.now();
    if (to < now) throw new ClockMovedBackwards(now, to);
    await Promise.all(this.replicas.map((replica) => this.send(replica, controlPaths.time, { to })));
  }

  /** From now on time goes by itself everywhere. */
  async letGo(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => this.send(replica, controlPaths.letGo, {})));
  }

  /** Resolves once everything committed before the call, and what followed from it, is dealt with everywhere. */
  async settled(): Promise<void> {
    for (;;) {
      const before = await this.flow();
      if (before.outboxes.some(({ depth }) => depth > 0)) {
        await sleep(pollMillis);
        continue;
      }
      // All that was committed lies with the broker. Asked after that: what is not dealt with shows as lag.
      const { sinks } = await this.flow();
      if (sinks.some(({ lag }) => lag > 0)) {
        await sleep(pollMillis);
        continue;
      }
      // An effect may have written events of its own while the others were asked.
      const after = await this.flow();
      const last = new Map(before.outboxes.map(({ context, lastSeq }) => [context, lastSeq]));
      if (
        after.outboxes.every(({ context, depth, lastSeq }) => depth === 0 && lastSeq === last.get(context))
      ) {
        return;
      }
    }
  }

  /** What is on its way, of all services together. */
  async flow(): Promise<EventFlow> {
    const flows = await Promise.all(
      this.replicas.map(async (replica) =>
        flowSchema.parse(await this.ask(replica, 'GET', controlPaths.flow)),
      ),
    );
    return {
      outboxes: flows.flatMap(({ outboxes }) => outboxes),
      sinks: flows.flatMap(({ sinks }) => sinks),
    };
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private async timeOf(replica: Replica): Promise<z.infer<typeof timeSchema>> {
    return timeSchema.parse(await this.ask(replica, 'GET', controlPaths.time));
  }

  private async send(replica: Replica, path: string, body: object): Promise<void> {
    await this.ask(replica, 'POST', path, body);
  }

  /** All of them can be told twice: what could not be reached is tried again. */
  private async ask(
    { service, origin }: Replica,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<unknown> {
    const patience = Date.now() + this.patienceMillis;
    for (;;) {
      try {
        const response = await request(`${origin}${path}`, {
          method,
          dispatcher: this.agent,
          headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const answer = await response.body.json().catch(() => ({}));
        if (response.statusCode === 200) return answer;
        const problem = problemSchema.safeParse(answer).data?.problem ?? 'no reason given';
        throw new ControlFailed(`${service} answers ${path} with ${response.statusCode}: ${problem}`);
      } catch (error) {
        if (error instanceof ControlFailed) throw error;
        if (Date.now() > patience) {
          throw new ControlFailed(`${service} cannot be reached at ${origin}`, { cause: error });
        }
        await sleep(retryMillis);
      }
    }
  }
}
