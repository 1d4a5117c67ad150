import { setTimeout as sleep } from 'node:timers/promises';
import type * as Undici from 'undici';
import { z } from 'zod';
import { ClockMovedBackwards } from '@anju/kernel';
import { lagsOf, type EventFlow, type SinkPosition, type TopicEnd } from '@anju/outbox';
import { controlPaths, type ClockProblem } from './control-routes';
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

  /** @param problem as the service names it; null where it could not be asked */
  constructor(
    message: string,
    readonly problem: string | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const instant = z.iso.datetime().transform((text) => new Date(text));
const timeSchema = z.object({ now: instant, byHand: z.boolean(), nextDueAt: instant.nullable() });
const outboxesSchema = z.object({
  outboxes: z.array(z.object({ context: z.string(), depth: z.number(), lastSeq: z.string() })),
});
const endsSchema = z.object({
  ends: z.array(z.object({ context: z.string(), partition: z.number(), low: z.string(), high: z.string() })),
});
const positionsSchema = z.object({
  positions: z.array(
    z.object({
      name: z.string(),
      context: z.string(),
      partitions: z.array(z.object({ partition: z.number(), nextOffset: z.string() })),
    }),
  ),
});
type Outboxes = EventFlow['outboxes'];

const areEmpty = (outboxes: Outboxes): boolean => outboxes.every(({ depth }) => depth === 0);
const problemSchema = z.object({ problem: z.string() });

/** A replica that is being started again answers soon. */
const defaultPatienceMillis = 60_000;
const retryMillis = 100;
/** Between two looks at whether something is over: the first, and the longest that it grows to. */
const firstPollMillis = 5;
const longestPollMillis = 40;
/** A month of due times may lie between two positions of the clock. */
const longestMillis = 600_000;

/**
 * Services in other processes, seen through their control routes: their clocks as one clock, their due times,
 * and whether everything that follows from what was done has happened.
 */
export class RemoteServices implements MovableClock {
  // Not with the module: the platform in one process has no use for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  private readonly undici = require('undici') as typeof Undici;
  private readonly agent = new this.undici.Agent({
    headersTimeout: longestMillis,
    bodyTimeout: longestMillis,
  });
  private readonly patienceMillis: number;
  /** How far the clocks have come as far as is known here: somebody else may have moved them on. */
  private reached: Date | null = null;

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
    this.reached = times.map(({ now }) => now).reduce((latest, one) => (one > latest ? one : latest));
    return this.reached;
  }

  /** Sets all clocks, without firing what falls due on the way. */
  async moveTo(to: Date): Promise<void> {
    if (Number.isNaN(to.getTime())) throw new RangeError('not an instant');
    const now = this.reached ?? (await this.now());
    if (to < now) throw new ClockMovedBackwards(now, to);
    try {
      await Promise.all(this.replicas.map((replica) => this.send(replica, controlPaths.time, { to })));
    } catch (error) {
      const isBackwards =
        error instanceof ControlFailed && error.problem === ('BACKWARDS' satisfies ClockProblem);
      throw isBackwards ? new ClockMovedBackwards(await this.now(), to) : error;
    }
    this.reached = to;
  }

  /** From now on time goes by itself everywhere. */
  async letGo(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => this.send(replica, controlPaths.letGo, {})));
    this.reached = null;
  }

  /** Resolves once everything committed before the call, and what followed from it, is dealt with everywhere. */
  async settled(): Promise<void> {
    for (;;) {
      const before = await this.onceAll(
        (replica) => this.outboxesOf(replica),
        (outboxes) => areEmpty(outboxes),
      );
      if (!before) continue;
      // All that was committed lies with the brokers. Each service tells of its own topic: asked by whoever reads
      // it, the brokers would have many times as much to answer.
      const ends = (await Promise.all(this.replicas.map((replica) => this.endsOf(replica)))).flat();
      const areThere = (positions: readonly SinkPosition[]): boolean =>
        lagsOf(positions, ends).every(({ lag }) => lag === 0);
      if (!(await this.onceAll((replica) => this.positionsOf(replica), areThere))) continue;
      // An effect may have written events of its own while the others were asked.
      const after = await Promise.all(this.replicas.map((replica) => this.outboxesOf(replica)));
      const last = new Map(before.flat().map(({ context, lastSeq }) => [context, lastSeq]));
      const same = after.flat().every(({ context, lastSeq }) => lastSeq === last.get(context));
      if (same && areEmpty(after.flat())) return;
    }
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  /**
   * Asks all of them at about the same time.
   * @returns null where one of them was not done, and now is: the others may have got new work from it
   */
  private async onceAll<Answer>(
    ask: (replica: Replica) => Promise<Answer>,
    isDone: (answer: Answer) => boolean,
  ): Promise<Answer[] | null> {
    const answers = await Promise.all(this.replicas.map(ask));
    const busy = this.replicas.filter((_, index) => !isDone(answers[index]!));
    if (busy.length === 0) return answers;
    // Whoever is done is left alone meanwhile: each question costs it queries.
    await Promise.all(
      busy.map(async (replica) => {
        for (let wait = firstPollMillis; ; wait = Math.min(2 * wait, longestPollMillis)) {
          await sleep(wait);
          if (isDone(await ask(replica))) return;
        }
      }),
    );
    return null;
  }

  private async outboxesOf(replica: Replica): Promise<Outboxes> {
    return outboxesSchema.parse(await this.ask(replica, 'GET', controlPaths.outboxes)).outboxes;
  }

  private async endsOf(replica: Replica): Promise<readonly TopicEnd[]> {
    return endsSchema.parse(await this.ask(replica, 'GET', controlPaths.ends)).ends;
  }

  private async positionsOf(replica: Replica): Promise<readonly SinkPosition[]> {
    return positionsSchema.parse(await this.ask(replica, 'GET', controlPaths.positions)).positions;
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
        const response = await this.undici.request(`${origin}${path}`, {
          method,
          dispatcher: this.agent,
          headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const answer = await response.body.json().catch(() => ({}));
        if (response.statusCode === 200) return answer;
        const problem = problemSchema.safeParse(answer).data?.problem ?? 'no reason given';
        throw new ControlFailed(
          `${service} answers ${path} with ${response.statusCode}: ${problem}`,
          problem,
        );
      } catch (error) {
        if (error instanceof ControlFailed) throw error;
        if (Date.now() > patience) {
          throw new ControlFailed(`${service} cannot be reached at ${origin}`, null, { cause: error });
        }
        await sleep(retryMillis);
      }
    }
  }
}
