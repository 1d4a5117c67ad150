import type { DataSource, EntityManager } from 'typeorm';
import { sendLater } from '@anju/database';
import type { EventContract, EventData, EventEnvelope } from '@anju/events';
import { newId } from '@anju/kernel';
import { traceHeaders } from '@anju/tracing';

/** An event that a write produces, before it is put into its envelope. */
export interface OutgoingEvent<Contract extends EventContract = EventContract> {
  readonly contract: Contract;
  readonly data: EventData<Contract>;
}

/** Pairs a contract with its data, so that the compiler checks the one against the other. */
export function outgoing<Contract extends EventContract>(
  contract: Contract,
  data: EventData<Contract>,
): OutgoingEvent {
  return { contract, data };
}

/** What the events of one write have in common. */
export interface WriteOrigin {
  readonly context: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly projectId: string | null;
  readonly actor: string;
  readonly at: Date;
}

/** The events of one write. */
export interface WrittenEvents {
  readonly origin: WriteOrigin;
  readonly events: readonly OutgoingEvent[];
}

function envelopeOf(origin: WriteOrigin, { contract, data }: OutgoingEvent): EventEnvelope {
  if (contract.context !== origin.context) {
    throw new Error(`${origin.context} may not publish ${contract.type} of ${contract.context}`);
  }
  const { traceparent } = traceHeaders();
  return {
    specversion: '1.0',
    id: newId(),
    source: `anju.${origin.context}`,
    type: contract.type,
    subject: origin.aggregateId,
    time: origin.at.toISOString(),
    datacontenttype: 'application/json',
    actor: origin.actor,
    project: origin.projectId,
    ...(traceparent === undefined ? {} : { traceparent }),
    data: contract.data.parse(data),
  };
}

/**
 * Appends the events of writes to the outbox, inside the writes' own transaction.
 * @throws ZodError if an event's data does not fit its contract: the write fails rather than publish it
 * @throws Error if an event is larger than `largestEvent`, for which no broker would be found
 */
export async function appendToOutbox(tx: EntityManager, writes: readonly WrittenEvents[]): Promise<void> {
  const rows = writes.flatMap(({ origin, events }) =>
    events.map((event) => ({ of: origin.aggregateType, envelope: envelopeOf(origin, event) })),
  );
  if (rows.length === 0) return;
  const parameter = JSON.stringify(rows);
  // A character is at most three bytes: below that nothing has to be measured.
  if (parameter.length > largestEvent / 3) rows.forEach(({ envelope }) => requireSendable(envelope));
  await sendLater(
    tx,
    `insert into outbox (id, aggregatetype, aggregateid, type, payload)
     select (e->>'id')::uuid, r->>'of', e->>'subject', e->>'type', e
     from jsonb_array_elements($1::jsonb) with ordinality as t(r, n), jsonb_extract_path(r, 'envelope') e order by n`,
    [parameter],
  );
}

function requireSendable(envelope: EventEnvelope): void {
  const bytes = Buffer.byteLength(JSON.stringify(envelope));
  if (bytes <= largestEvent) return;
  throw new Error(`${envelope.type} of ${envelope.subject} has ${bytes} bytes; at most ${largestEvent}`);
}

/**
 * How far a reader of the log has come. The log is read in windows of finished transactions
 * `[low, high)`; inside a window by `seq`. See docs/adr/0003.
 */
export interface LogPosition {
  readonly low: string;
  readonly high: string;
  readonly seq: string;
}

export const beginningOfLog: LogPosition = { low: '0', high: '0', seq: '0' };

export interface LogBatch {
  readonly events: readonly EventEnvelope[];
  /** Where to go on from once these events are dealt with. */
  readonly next: LogPosition;
  /** Where to go on from once the first `count` of the events are dealt with. */
  readonly positionAfter: (count: number) => LogPosition;
}

/** Of an event on the wire, in bytes of its JSON: what brokers take as they come, with room for headers. */
export const largestEvent = 900_000;

/** Reads a service's outbox as an append-only log, in order per aggregate, each row once. */
export class OutboxLog {
  constructor(
    readonly context: string,
    /** Of the service whose outbox it is. */
    readonly dataSource: DataSource,
  ) {}

  /**
   * The next events after `position`. Empty `events` with an unchanged `next` means: nothing new.
   *
   * A row becomes readable when no older transaction is still open, so that nothing can appear
   * behind a position that was already passed, although sequence numbers commit out of order. Nor is it
   * readable before the earlier rows of its aggregate.
   */
  async read(position: LogPosition, limit: number): Promise<LogBatch> {
    let window = position;
    if (BigInt(window.low) >= BigInt(window.high)) {
      window = await this.openWindow(window);
      if (window === position) return { events: [], next: position, positionAfter: () => position };
    }
    const rows: { seq: string; payload: EventEnvelope }[] = await this.dataSource.query(
      `select seq, payload from outbox
       where transaction_id >= $1::xid8 and transaction_id < $2::xid8 and seq > $3
       order by seq limit $4`,
      [window.low, window.high, window.seq, limit],
    );
    const next =
      rows.length < limit
        ? { low: window.high, high: window.high, seq: '0' }
        : { ...window, seq: rows[rows.length - 1]!.seq };
    const positionAfter = (count: number): LogPosition => {
      if (count === rows.length) return next;
      return count === 0 ? window : { ...window, seq: rows[count - 1]!.seq };
    };
    return { events: rows.map((row) => row.payload), next, positionAfter };
  }

  /** The place of the last event in the outbox; `0` in an empty one. */
  async lastSeq(): Promise<string> {
    const [row]: [{ seq: string }] = await this.dataSource.query(
      'select coalesce(max(seq), 0)::text as seq from outbox',
    );
    return row.seq;
  }

  /** How many events lie after `position`; for metrics. */
  async depth(position: LogPosition): Promise<number> {
    const [row]: [{ count: string }] = await this.dataSource.query(
      `select count(*) from outbox
       where transaction_id >= $1::xid8 and (transaction_id >= $2::xid8 or seq > $3)`,
      [position.low, position.high, position.seq],
    );
    return Number(row.count);
  }

  private async openWindow(position: LogPosition): Promise<LogPosition> {
    const [row]: [{ high: string; found: boolean }] = await this.dataSource.query(
      `select pg_snapshot_xmin(s)::text as high,
              exists (select from outbox where transaction_id >= $1::xid8 and transaction_id < pg_snapshot_xmin(s)) as found
       from pg_current_snapshot() s`,
      [position.high],
    );
    if (!row.found) return position;
    const high = await this.withoutOvertaking(position.high, row.high);
    return BigInt(high) > BigInt(position.high) ? { low: position.high, high, seq: '0' } : position;
  }

  /**
   * A transaction can be older than one that wrote to the same aggregate before it: it was given its id, and
   * then waited for the other. Where a window would end between the two, it ends before both.
   * @returns the end of a window that is as long as it can be
   */
  private async withoutOvertaking(low: string, high: string): Promise<string> {
    for (let end = high; ;) {
      const overtaking: { end: string }[] = await this.dataSource.query(
        `select later.transaction_id::text as end from outbox earlier
         join outbox later on later.aggregateid = earlier.aggregateid and later.seq > earlier.seq
         where earlier.transaction_id >= $2::xid8
           and later.transaction_id >= $1::xid8 and later.transaction_id < $2::xid8
         order by later.transaction_id limit 1`,
        [low, end],
      );
      if (overtaking.length === 0) return end;
      end = overtaking[0]!.end;
    }
  }
}
