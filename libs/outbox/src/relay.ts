import type { DataSource, QueryRunner } from 'typeorm';
import type { EventEnvelope } from '@anju/events';
import type { Logger } from './logger';
import { largestEvent, type LogPosition, type OutboxLog } from './outbox-log';
import { ParkedEvents, UnreadableEvent, type ParkedKeys } from './parked-events';
import { positionsIn } from './positions';

const batchSize = 500;
/** Where the wake-up of another replica's commit was lost. */
const pollMillis = 1_000;
const retryMillis = 500;
/** Of all relays on one database, one sends at a time. */
const lockKey = "hashtext('anju relay')";
const channel = 'anju_outbox';

/** Where a relay sends events. */
export interface RelayTransport {
  /**
   * Resolves when all are stored where consumers find them, in order per `subject`.
   * @param events of at most about `largestEvent` bytes together
   * @throws whatever went wrong; some of the events may have been stored then
   */
  send(events: readonly EventEnvelope[]): Promise<void>;
}

/** Splits events into runs that a transport takes at once. */
function runsOf(events: readonly EventEnvelope[], sizes: readonly number[]): EventEnvelope[][] {
  const runs: EventEnvelope[][] = [];
  let bytes = Infinity;
  events.forEach((event, index) => {
    bytes += sizes[index]!;
    if (bytes > largestEvent) {
      runs.push([]);
      bytes = sizes[index]!;
    }
    runs.at(-1)!.push(event);
  });
  return runs;
}

function sizeOf(event: EventEnvelope): number {
  return Buffer.byteLength(JSON.stringify(event));
}

/**
 * Sends a service's outbox on, in order per aggregate, each event at least once. Of the relays on one database
 * the one that holds an advisory lock sends. It keeps its position by the lock's own connection, so that one
 * that has lost the lock cannot move it: what such a one still sends comes again, in the same order, from its
 * successor, and consumers know an event that they have seen. docs/adr/0011.
 */
export class Relay implements ParkedKeys {
  readonly name: string;
  private readonly dataSource: DataSource;
  private readonly parked: ParkedEvents;
  private running: Promise<void> = Promise.resolve();
  private leading = false;
  private closed = false;
  private woken = false;
  private rouse: () => void = () => undefined;
  private telling: Promise<unknown> | null = null;

  constructor(
    private readonly log: OutboxLog,
    private readonly transport: RelayTransport,
    private readonly logger: Logger,
  ) {
    this.name = `${log.context}.relay`;
    this.dataSource = log.dataSource;
    this.parked = new ParkedEvents(this.name, this.dataSource, async (event) => {
      const bytes = sizeOf(event);
      if (bytes > largestEvent) throw new UnreadableEvent(`has ${bytes} bytes; at most ${largestEvent} pass`);
      await transport.send([event]);
    });
  }

  start(): void {
    this.running = this.run();
  }

  /** Something was committed. Cheap, never throws. */
  wake(): void {
    this.woken = true;
    this.rouse();
    if (!this.leading && !this.closed) this.tellLeader();
  }

  /** How many committed events are not sent yet. */
  async depth(): Promise<number> {
    return this.log.depth(await this.position());
  }

  retryParked(key: string, operator: string, at: Date): Promise<number> {
    return this.parked.retryParked(key, operator, at);
  }

  skipParked(key: string, operator: string, at: Date): Promise<boolean> {
    return this.parked.skipParked(key, operator, at);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.rouse();
    await this.running;
    await this.telling;
  }

  private position(): Promise<LogPosition> {
    return positionsIn(this.dataSource, this.name).load(this.log.context);
  }

  /** After the commit: inside a transaction a notification would make all commits wait for each other. */
  private tellLeader(): void {
    this.telling ??= this.dataSource
      .query(`notify ${channel}`)
      .catch(() => undefined)
      .finally(() => (this.telling = null));
  }

  private async run(): Promise<void> {
    while (!this.closed) {
      try {
        await this.lead();
      } catch (error) {
        this.logger.error({ err: error, relay: this.name }, 'events could not be sent on');
      }
      // A commit does not end this wait: whoever leads has been told of it.
      this.woken = false;
      await this.rest(retryMillis, () => this.closed);
    }
  }

  /** Sends for as long as it is the one that may. */
  private async lead(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const connection = (await runner.connect()) as {
        on(event: 'notification', listener: () => void): void;
        off(event: 'notification', listener: () => void): void;
      };
      const [row] = (await runner.query(`select pg_try_advisory_lock(${lockKey}) as locked`)) as [
        { locked: boolean },
      ];
      if (!row.locked) return;
      const told = (): void => this.wake();
      try {
        this.leading = true;
        connection.on('notification', told);
        await runner.query(`listen ${channel}`);
        let position = await this.position();
        while (!this.closed) {
          this.woken = false;
          const next = await this.sendNext(position, runner);
          if (next === position) await this.rest(pollMillis, () => this.woken || this.closed);
          position = next;
        }
      } finally {
        this.leading = false;
        connection.off('notification', told);
        await runner
          .query(`unlisten ${channel}; select pg_advisory_unlock(${lockKey})`)
          .catch(() => undefined);
      }
    } finally {
      await runner.release();
    }
  }

  /** @returns where the next events are; `position` itself where there are none */
  private async sendNext(position: LogPosition, runner: QueryRunner): Promise<LogPosition> {
    const { events, next } = await this.log.read(position, batchSize);
    if (next === position) return position;
    await runner.startTransaction();
    try {
      await this.handOver(events, runner);
      // Nothing waits for the disk: where a crash of PostgreSQL takes the position back, events are sent twice.
      await runner.query('set local synchronous_commit to off');
      await positionsIn(this.dataSource, this.name).save(runner.manager, this.log.context, next);
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
    return next;
  }

  private async handOver(events: readonly EventEnvelope[], { manager: tx }: QueryRunner): Promise<void> {
    if (events.length === 0) return;
    const sizes = events.map(sizeOf);
    const keysThatWait = await this.parked.keysAmong(
      events.map(({ subject }) => subject),
      tx,
    );
    const sendable: EventEnvelope[] = [];
    const sendableSizes: number[] = [];
    for (const [index, event] of events.entries()) {
      const bytes = sizes[index]!;
      if (keysThatWait.has(event.subject)) await this.parked.waitBehind(event, tx);
      else if (bytes > largestEvent) {
        keysThatWait.add(event.subject);
        this.logger.error(
          { relay: this.name, eventId: event.id, bytes },
          'event parked: too large to be sent',
        );
        await this.parked.park(event, 1, `has ${bytes} bytes; at most ${largestEvent} pass`, tx);
      } else {
        sendable.push(event);
        sendableSizes.push(bytes);
      }
    }
    for (const run of runsOf(sendable, sendableSizes)) await this.transport.send(run);
  }

  /** For a while, or until there is a reason to go on. */
  private async rest(millis: number, mayGoOn: () => boolean): Promise<void> {
    if (mayGoOn()) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resume) => {
      timer = setTimeout(resume, millis);
      this.rouse = () => {
        if (mayGoOn()) resume();
      };
    });
    clearTimeout(timer);
    this.rouse = () => undefined;
  }
}
