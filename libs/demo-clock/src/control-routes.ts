import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ClockMovedBackwards } from '@anju/kernel';
import type { EventFlow, SinkPosition, TopicEnd } from '@anju/outbox';
import type { DemoClock, TimedService } from './demo-clock';

/** Where a service is told what time it is, by whoever plays a demonstration or a test on it. */
export const controlPaths = {
  time: '/control/time',
  fire: '/control/fire',
  letGo: '/control/let-go',
  outboxes: '/control/outboxes',
  ends: '/control/ends',
  positions: '/control/positions',
} as const;

/** What stands in the way of a moved clock, with status 409. */
export type ClockProblem = 'BACKWARDS' | 'GOES_BY_ITSELF';

/** What is on its way from a service and to it, in three parts: only the second one asks the brokers. */
export interface WatchedBus {
  outboxes(): Promise<EventFlow['outboxes']>;
  /** Of the topics of its own context. */
  ends(): Promise<readonly TopicEnd[]>;
  positions(): Promise<readonly SinkPosition[]>;
}

/** What the control routes of one service work on. */
export interface ControlledService {
  readonly service: TimedService & { start(): void };
  readonly clock: DemoClock;
  readonly bus: WatchedBus;
  /** Whoever has it as bearer token may use them. */
  readonly token: string;
}

/** Takes one request; what it throws is a fault of the service. */
export type ControlRoute = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const bodyLimit = 1_000;

/** The caller's mistake. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: string,
  ) {
    super(problem);
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function instantOf(request: IncomingMessage, name: string): Promise<Date> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > bodyLimit) throw new Refused(413, 'TOO_LARGE');
  }
  try {
    const fields = z.record(z.string(), z.iso.datetime({ offset: true })).parse(JSON.parse(body));
    return new Date(z.string().parse(fields[name]));
  } catch {
    throw new Refused(400, `${name} has to be an instant`);
  }
}

/**
 * The addresses by which a service's clock, due times and events can be watched and moved from outside. They
 * exist only where a token for them is set, and are no part of the graph.
 */
export function controlRoutes(controlled: ControlledService): Record<string, ControlRoute> {
  const { service, clock, bus, token } = controlled;
  const expected = digest(`Bearer ${token}`);
  const time = async (): Promise<object> => ({
    now: clock.now(),
    byHand: clock.byHand !== null,
    nextDueAt: await service.scheduler.nextDueAt(),
  });
  const move = async (request: IncomingMessage): Promise<object> => {
    const to = await instantOf(request, 'to');
    if (!clock.byHand) throw new Refused(409, 'GOES_BY_ITSELF' satisfies ClockProblem);
    try {
      clock.byHand.moveTo(to);
    } catch (error) {
      if (!(error instanceof ClockMovedBackwards)) throw error;
      throw new Refused(409, 'BACKWARDS' satisfies ClockProblem);
    }
    return { now: clock.now() };
  };
  const fire = async (request: IncomingMessage): Promise<object> => {
    await service.scheduler.fireUpTo(await instantOf(request, 'at'));
    return {};
  };
  const letGo = async (): Promise<object> => {
    clock.letGo();
    service.start();
    return {};
  };

  const route =
    (methods: Readonly<Record<string, (request: IncomingMessage) => Promise<object>>>): ControlRoute =>
    async (request, response) => {
      const answer = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(JSON.stringify(body));
      };
      try {
        // Of equal length whatever came, so that the comparison takes equally long.
        if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
          throw new Refused(401, 'UNAUTHENTICATED');
        }
        const work = methods[request.method ?? ''];
        if (!work) throw new Refused(405, 'METHOD_NOT_ALLOWED');
        answer(200, await work(request));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        answer(error.status, { problem: error.problem });
      }
    };

  return {
    [controlPaths.time]: route({ GET: time, POST: move }),
    [controlPaths.fire]: route({ POST: fire }),
    [controlPaths.letGo]: route({ POST: letGo }),
    [controlPaths.outboxes]: route({ GET: async () => ({ outboxes: await bus.outboxes() }) }),
    [controlPaths.ends]: route({ GET: async () => ({ ends: await bus.ends() }) }),
    [controlPaths.positions]: route({ GET: async () => ({ positions: await bus.positions() }) }),
  };
}
