import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClockMovedBackwards } from '@anju/kernel';
import type { EventFlow, SinkPosition, TopicEnd } from '@anju/outbox';
import { controlRoutes } from './control-routes';
import { ClockMover, DemoClock } from './demo-clock';
import { ControlFailed, RemoteServices, type Replica } from './remote-services';

const token = 'the-token-of-this-test';
const day = (number: number): Date => new Date(Date.UTC(2026, 2, number));

/** A process of a service, without its business. */
class Process {
  readonly clock: DemoClock;
  readonly fired: string[] = [];
  started = 0;
  outboxes: () => EventFlow['outboxes'] = () => [];
  ends: () => readonly TopicEnd[] = () => [];
  positions: () => readonly SinkPosition[] = () => [];
  private readonly server: Server;

  constructor(
    private readonly name: string,
    startsAt: Date | null,
    private readonly due: Date[] = [],
  ) {
    this.clock = new DemoClock(startsAt);
    const routes = controlRoutes({
      clock: this.clock,
      token,
      bus: {
        outboxes: async () => this.outboxes(),
        ends: async () => this.ends(),
        positions: async () => this.positions(),
      },
      service: {
        start: () => (this.started += 1),
        scheduler: {
          nextDueAt: async () => this.due[0] ?? null,
          fireUpTo: async (at) => {
            while (this.due[0] && this.due[0] <= at) {
              this.fired.push(`${this.due.shift()!.getUTCDate()} at ${this.clock.now().getUTCDate()}`);
            }
          },
        },
      },
    });
    this.server = createServer((request, response) => void routes[request.url ?? '']!(request, response));
  }

  async listen(): Promise<Replica> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return { service: this.name, origin: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}` };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

describe('services in other processes', () => {
  const processes: Process[] = [];
  let remote: RemoteServices;

  async function reach(...started: Process[]): Promise<Replica[]> {
    processes.push(...started);
    const replicas = await Promise.all(started.map((one) => one.listen()));
    remote = new RemoteServices(replicas, token);
    return replicas;
  }

  afterEach(async () => {
    await remote.close();
    await Promise.all(processes.splice(0).map((one) => one.close()));
  });

  it('have one clock that stops at each due time of every service', async () => {
    const desk = new Process('reception', day(2), [day(4), day(8)]);
    const cases = new Process('complaints', day(2), [day(3), day(6)]);
    await reach(desk, cases);
    await new ClockMover(remote, remote.services, remote).moveTo(day(7));
    expect(cases.fired).toEqual(['3 at 3', '6 at 6']);
    expect(desk.fired).toEqual(['4 at 4']);
    expect(await remote.now()).toEqual(day(7));
    expect(desk.clock.now()).toEqual(day(7));
  });

  it('may have replicas: all their clocks move, and all are told to fire', async () => {
    const [one, other] = [
      new Process('complaints', day(2), [day(3)]),
      new Process('complaints', day(2), [day(3)]),
    ];
    await reach(one, other);
    expect(remote.services).toHaveLength(1);
    await new ClockMover(remote, remote.services, remote).moveTo(day(5));
    expect([one.fired, other.fired]).toEqual([['3 at 3'], ['3 at 3']]);
    expect([one.clock.now(), other.clock.now()]).toEqual([day(5), day(5)]);
  });

  it('catch up with the others after one was started again', async () => {
    const [ahead, behind] = [new Process('reception', day(6)), new Process('complaints', day(2))];
    await reach(ahead, behind);
    expect(await remote.now()).toEqual(day(6));
    await remote.moveTo(day(6));
    expect(behind.clock.now()).toEqual(day(6));
  });

  it('never go back', async () => {
    const desk = new Process('reception', day(2), [day(1)]);
    await reach(desk);
    await expect(new ClockMover(remote, remote.services, remote).moveTo(day(1))).rejects.toThrow(
      ClockMovedBackwards,
    );
    await expect(remote.moveTo(new Date(Number.NaN))).rejects.toThrow(RangeError);
    expect(desk.fired).toEqual([]);
    expect(desk.clock.now()).toEqual(day(2));
  });

  it('are not taken back by who does not know that somebody else has moved them on', async () => {
    const desk = new Process('reception', day(2));
    const replicas = await reach(desk);
    await remote.moveTo(day(3));
    const another = new RemoteServices(replicas, token);
    await another.moveTo(day(6));
    await another.close();
    await expect(remote.moveTo(day(5))).rejects.toThrow(ClockMovedBackwards);
    expect(desk.clock.now()).toEqual(day(6));
    await remote.moveTo(day(7));
    expect(desk.clock.now()).toEqual(day(7));
  });

  it('have the machine’s clock once they are let go, and start their due times', async () => {
    const desk = new Process('reception', day(2));
    await reach(desk);
    await remote.letGo();
    expect(desk.started).toBe(1);
    expect(desk.clock.byHand).toBeNull();
    const later = new Date(Date.now() + 1_000_000);
    await expect(remote.moveTo(later)).rejects.toThrow('GOES_BY_ITSELF');
  });

  const outbox = (depth: number, lastSeq: number): EventFlow['outboxes'] => [
    { context: 'a', depth, lastSeq: String(lastSeq) },
  ];
  const end = (high: number): TopicEnd[] => [{ context: 'a', partition: 0, low: '0', high: String(high) }];
  const at = (next: number): SinkPosition[] => [
    { name: 's', context: 'a', partitions: [{ partition: 0, nextOffset: String(next) }] },
  ];

  it('have settled when nothing waits in an outbox or before a consumer, and nothing new came meanwhile', async () => {
    const asked: string[] = [];
    const outboxes = [
      // Written, not handed over yet.
      outbox(1, 1),
      outbox(0, 1),
      // Handed over, not dealt with yet.
      outbox(0, 1),
      // Dealt with, and the effect wrote an event of its own.
      outbox(0, 1),
      outbox(1, 2),
    ];
    const ends = [end(1), end(1)];
    const positions = [at(0), at(0), at(1), at(1)];
    const desk = new Process('reception', day(2));
    const answering =
      <Answer>(name: string, steps: Answer[], last: Answer) =>
      () => {
        asked.push(name);
        return steps.shift() ?? last;
      };
    desk.outboxes = answering('outboxes', outboxes, outbox(0, 2));
    desk.ends = answering('ends', ends, end(2));
    desk.positions = answering('positions', positions, at(2));
    await reach(desk);
    await remote.settled();
    const round = ['outboxes', 'ends', 'positions', 'outboxes'];
    expect(asked).toEqual([
      ...['outboxes', 'outboxes'],
      ...['outboxes', 'ends', 'positions', 'positions', 'positions'],
      ...round,
      ...round,
    ]);
  });

  it('are left alone when they are done, while others are waited for, and asked again at the end', async () => {
    const positionsAsked = { reception: 0, complaints: 0 };
    const steps = [at(0), at(1), at(2), at(2)];
    const desk = new Process('reception', day(2));
    desk.ends = () => end(3);
    desk.positions = () => {
      positionsAsked.reception += 1;
      return at(3);
    };
    const cases = new Process('complaints', day(2));
    cases.positions = () => {
      positionsAsked.complaints += 1;
      return steps.shift() ?? at(3);
    };
    await reach(desk, cases);
    await remote.settled();
    expect(positionsAsked).toEqual({ reception: 2, complaints: 6 });
  });

  it('are waited for while one is being started again', async () => {
    const desk = new Process('reception', day(2));
    const [replica] = await reach(desk);
    await desk.close();
    processes.splice(0);
    const now = remote.now();
    const again = createServer((_request, response) =>
      response.end(JSON.stringify({ now: day(9), byHand: true, nextDueAt: null })),
    );
    await new Promise<void>((listening) =>
      again.listen(Number(new URL(replica!.origin).port), '127.0.0.1', listening),
    );
    expect(await now).toEqual(day(9));
    again.closeAllConnections();
    await new Promise((closed) => again.close(closed));
  });

  it('refuse whoever has not their token, other methods and what is no instant', async () => {
    const desk = new Process('reception', day(2), [day(3)]);
    const [replica] = await reach(desk);
    const ask = async (path: string, init: RequestInit = {}, bearer = token): Promise<number> => {
      const headers = { authorization: `Bearer ${bearer}` };
      return (await fetch(`${replica!.origin}${path}`, { ...init, headers })).status;
    };
    expect(await ask('/control/time')).toBe(200);
    expect(await ask('/control/time', {}, `${token}x`)).toBe(401);
    expect(await ask('/control/let-go', { method: 'POST' }, '')).toBe(401);
    expect(await ask('/control/outboxes', { method: 'DELETE' })).toBe(405);
    expect(await ask('/control/time', { method: 'POST', body: '{"to":"noon"}' })).toBe(400);
    expect(await ask('/control/time', { method: 'POST', body: '{' })).toBe(400);
    expect(await ask('/control/fire', { method: 'POST', body: '{}' })).toBe(400);
    expect(await ask('/control/time', { method: 'POST', body: 'x'.repeat(2_000) })).toBe(413);
    const back = JSON.stringify({ to: day(1) });
    expect(await ask('/control/time', { method: 'POST', body: back })).toBe(409);
    expect(desk.clock.now()).toEqual(day(2));
    expect(desk.fired).toEqual([]);
    await expect(new RemoteServices([replica!], 'another').now()).rejects.toThrow(ControlFailed);
  });
});
