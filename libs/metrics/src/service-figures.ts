import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ForeignMessage, type Delivered, type EventFlow } from '@anju/outbox';
import { BoundedNames } from './bounded-names';
import { Reading } from './reading';

/** Clients choose the names of operations, and the gateway makes a service's of them. */
const mostOperationNames = 200;
/** A scrape waits no longer for a database or a broker. */
const longestReadMillis = 2_000;

/** Of events that a consumer could not take in, by consumer and state: how many keys. */
export interface ParkedKeysCount {
  readonly consumer: string;
  readonly state: 'PARKED' | 'WAITING' | 'REFUSED';
  readonly keys: number;
}

export interface DeadlineCounts {
  /** Not fired yet. */
  readonly pending: number;
  /** Due and not fired. */
  readonly late: number;
  /** For how long the earliest of these has been due; 0 where none is. */
  readonly oldestLateSeconds: number;
}

export interface PoolCounts {
  readonly used: number;
  readonly idle: number;
  /** Requests for a connection that wait for one. */
  readonly waiting: number;
  readonly most: number;
}

/** What a service tells about itself when it is asked. */
export interface FigureSource {
  readonly name: string;
  readonly consumers: readonly string[];
  deadlines(): Promise<DeadlineCounts>;
  parkedKeys(): Promise<readonly ParkedKeysCount[]>;
  /** The machine's clock against the database's. */
  clockAheadSeconds(): Promise<number>;
  /** Values and files that an older data key has sealed, by table; immediately, of those that were looked at. */
  sealedByOlderKeys(): ReadonlyMap<string, number>;
  /** Immediately. */
  pool(): PoolCounts;
}

const parkedStates = ['PARKED', 'WAITING', 'REFUSED'] as const;
const eventBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300];
const operationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** When an event was written, by its id: a UUID of version 7 begins with the milliseconds since 1970. */
export function writtenAtMillis(eventId: string): number {
  return Number.parseInt(eventId.replace('-', '').slice(0, 12), 16);
}

/**
 * The figures of the services in this process. What stands in databases and brokers is read when somebody asks,
 * within bounds; what could not be read then is left out, and said to be.
 */
export class ServiceFigures {
  private readonly operationNames = new BoundedNames(mostOperationNames);
  private readonly refreshes: (() => Promise<void>)[] = [];

  private readonly operations;
  private readonly operationSeconds;
  private readonly commands;
  private readonly eventDelay;
  private readonly delivered;
  private readonly outboxDepth;
  private readonly lag;
  private readonly parked;
  private readonly deadlinesPending;
  private readonly deadlinesLate;
  private readonly oldestLate;
  private readonly clockAhead;
  private readonly connections;
  private readonly connectionsMost;
  private readonly connectionWaiters;
  private readonly sealedByOlderKeys;
  private readonly kafka;
  private readonly readable;

  constructor(readonly registry: Registry = new Registry()) {
    const registers = [registry];
    const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
      new Gauge({ name, help, labelNames, registers });
    const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
      new Counter({ name, help, labelNames, registers });
    const histogram = <Label extends string>(
      name: string,
      help: string,
      labelNames: readonly Label[],
      buckets: number[],
    ) => new Histogram({ name, help, labelNames, buckets, registers });
    this.operations = counter(
      'anju_subgraph_operations_total',
      'Operations that a service has answered, by outcome: ok, errors (of the request), fault, refused.',
      ['service', 'outcome'],
    );
    this.operationSeconds = histogram(
      'anju_subgraph_operation_duration_seconds',
      'One operation inside its service, by the name that the client gave it.',
      ['service', 'operation'],
      operationBuckets,
    );
    this.commands = counter(
      'anju_commands_total',
      'Commands by outcome: done, the code of the refusal or fault, or fault for an unexpected one.',
      ['service', 'command', 'outcome'],
    );
    this.eventDelay = histogram(
      'anju_event_delay_seconds',
      'From the writing of an event to the commit of its effect, by consumer; a rebuild counts old events, too.',
      ['consumer'],
      eventBuckets,
    );
    this.delivered = counter(
      'anju_events_delivered_total',
      'Events dealt with, by consumer and their context.',
      ['consumer', 'context'],
    );
    this.outboxDepth = gauge(
      'anju_outbox_depth_events',
      'Committed events of a context that are not handed to the broker yet.',
      ['context'],
    );
    this.lag = gauge(
      'anju_consumer_lag_events',
      'Events of a context that a consumer has not dealt with yet.',
      ['consumer', 'context'],
    );
    this.parked = gauge(
      'anju_parked_keys',
      'Keys (aggregates) whose events wait for an operator, by consumer and state.',
      ['service', 'consumer', 'state'],
    );
    this.deadlinesPending = gauge('anju_deadlines_pending', 'Due times that have not fired.', ['service']);
    this.deadlinesLate = gauge('anju_deadlines_late', 'Due times that have passed and not fired.', [
      'service',
    ]);
    this.oldestLate = gauge(
      'anju_deadlines_oldest_late_seconds',
      'For how long the earliest due time that has not fired is past; 0 where none is.',
      ['service'],
    );
    this.clockAhead = gauge(
      'anju_clock_ahead_seconds',
      'How far the clock of the process is ahead of its database’s; due times fire by the first.',
      ['service'],
    );
    this.connections = gauge('anju_database_connections', 'Connections of the pool, by state: used, idle.', [
      'service',
      'state',
    ]);
    this.connectionsMost = gauge('anju_database_connections_max', 'How many the pool may have.', ['service']);
    this.connectionWaiters = gauge(
      'anju_database_connection_waiters',
      'Requests that wait for a connection.',
      ['service'],
    );
    this.sealedByOlderKeys = gauge(
      'anju_sealed_by_older_keys',
      'Values and files that an older data key has sealed: while there are some, it has to stay in the ring.',
      ['service', 'table'],
    );
    this.kafka = gauge(
      'anju_kafka_up',
      'Whether the brokers answer the process: 1 or 0; only where there are brokers.',
      ['process'],
    );
    this.readable = gauge(
      'anju_figures_readable',
      'Whether the figures of a source (flow, deadlines, clock, parked) could be read at this scrape: 1 or 0.',
      ['service', 'source'],
    );
  }

  /** The content type of `text()`. */
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  /** @returns all figures of the registry, as they are now */
  async text(): Promise<string> {
    await Promise.all(this.refreshes.map((refresh) => refresh()));
    return this.registry.metrics();
  }

  /** @param operation as the gateway names it: the client's name and its own addition, or null */
  operationEnded(service: string, operation: string | null, seconds: number, outcome: string): void {
    this.operations.inc({ service, outcome });
    const clients = operation === null ? null : operation.replace(/__[a-z]+__\d+$/, '');
    this.operationSeconds.observe({ service, operation: this.operationNames.labelOf(clients) }, seconds);
  }

  commandEnded(service: string, command: string, outcome: string): void {
    this.commands.inc({ service, command, outcome });
  }

  /** As a bus tells it: the effects of the events are committed. */
  readonly eventsDelivered = (consumer: string, events: readonly Delivered[]): void => {
    const now = Date.now();
    for (const event of events) {
      if (event instanceof ForeignMessage) continue;
      this.delivered.inc({ consumer, context: event.source.replace('anju.', '') });
      this.eventDelay.observe({ consumer }, Math.max(0, now - writtenAtMillis(event.id)) / 1_000);
    }
  };

  /** From now on the service is asked for its figures at every scrape. */
  addService(source: FigureSource): void {
    const { name: service } = source;
    this.refreshed(
      service,
      'deadlines',
      () => source.deadlines(),
      (counts) => {
        this.deadlinesPending.remove({ service });
        this.deadlinesLate.remove({ service });
        this.oldestLate.remove({ service });
        if (!counts) return;
        this.deadlinesPending.set({ service }, counts.pending);
        this.deadlinesLate.set({ service }, counts.late);
        this.oldestLate.set({ service }, counts.oldestLateSeconds);
      },
    );
    this.refreshed(
      service,
      'clock',
      () => source.clockAheadSeconds(),
      (seconds) => {
        if (seconds === null) this.clockAhead.remove({ service });
        else this.clockAhead.set({ service }, seconds);
      },
    );
    this.refreshed(
      service,
      'parked',
      () => source.parkedKeys(),
      (counts) => {
        for (const consumer of source.consumers) {
          for (const state of parkedStates) {
            if (!counts) {
              this.parked.remove({ service, consumer, state });
              continue;
            }
            const found = counts.find((one) => one.consumer === consumer && one.state === state);
            this.parked.set({ service, consumer, state }, found?.keys ?? 0);
          }
        }
      },
    );
    this.refreshes.push(async () => {
      const { used, idle, waiting, most } = source.pool();
      this.connections.set({ service, state: 'used' }, used);
      this.connections.set({ service, state: 'idle' }, idle);
      this.connectionWaiters.set({ service }, waiting);
      for (const [table, values] of source.sealedByOlderKeys()) {
        this.sealedByOlderKeys.set({ service, table }, values);
      }
      this.connectionsMost.set({ service }, most);
    });
  }

  /** @param process whose bus it is */
  addFlow(process: string, flow: () => Promise<EventFlow>): void {
    this.refreshed(process, 'flow', flow, (now) => {
      this.outboxDepth.reset();
      this.lag.reset();
      for (const { context, depth } of now?.outboxes ?? []) this.outboxDepth.set({ context }, depth);
      for (const { name, context, lag } of now?.sinks ?? []) this.lag.set({ consumer: name, context }, lag);
    });
  }

  /** @param answer resolves when the brokers have answered the process */
  addBrokers(process: string, answer: () => Promise<unknown>): void {
    const reading = new Reading(() => answer().then(() => true));
    this.refreshes.push(async () => {
      this.kafka.set({ process }, (await reading.within(longestReadMillis)) ? 1 : 0);
    });
  }

  private refreshed<Value>(
    service: string,
    source: string,
    ask: () => Promise<Value>,
    show: (value: Value | null) => void,
  ): void {
    const reading = new Reading(ask);
    this.refreshes.push(async () => {
      const value = await reading.within(longestReadMillis);
      this.readable.set({ service, source }, value === null ? 0 : 1);
      show(value);
    });
  }
}
