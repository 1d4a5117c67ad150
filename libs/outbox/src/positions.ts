import type { DataSource } from 'typeorm';
import { PositionMoved, type PartitionPosition, type PositionStore } from './event-bus';
import { beginningOfLog, type LogPosition } from './outbox-log';

const neverRead = '0';

/** The positions of one consumer in its own database. */
export function positionsIn(dataSource: DataSource, consumer: string): PositionStore {
  return {
    load: async (context) => {
      const [row] = await dataSource.query<LogPosition[]>(
        `select low::text, high::text, seq::text from consumer_position where consumer = $1 and context = $2`,
        [consumer, context],
      );
      return row ?? beginningOfLog;
    },
    save: async (tx, context, position) => {
      await tx.query(
        `insert into consumer_position (consumer, context, low, high, seq) values ($1, $2, $3::xid8, $4::xid8, $5)
         on conflict (consumer, context) do update set low = excluded.low, high = excluded.high, seq = excluded.seq`,
        [consumer, context, position.low, position.high, position.seq],
      );
    },
    partitions: () =>
      dataSource.query<PartitionPosition[]>(
        `select topic, partition, next_offset::text as "nextOffset" from consumer_offset where consumer = $1`,
        [consumer],
      ),
    movePartition: async (tx, from, { topic, partition, nextOffset }) => {
      const parameters = [consumer, topic, partition, from, nextOffset];
      const condition = `consumer_offset.next_offset between $4::bigint and $5::bigint`;
      const moved: unknown[] =
        from === neverRead
          ? await tx.query(
              `insert into consumer_offset (consumer, topic, partition, next_offset) values ($1, $2, $3, $5)
               on conflict (consumer, topic, partition) do update set next_offset = excluded.next_offset
               where ${condition} returning 1`,
              parameters,
            )
          : (
              await tx.query<[unknown[], number]>(
                `update consumer_offset set next_offset = $5
                 where consumer = $1 and topic = $2 and partition = $3 and ${condition} returning 1`,
                parameters,
              )
            )[0];
      if (moved.length === 0) throw new PositionMoved(`${consumer} is elsewhere in ${topic}[${partition}]`);
    },
    dropPartition: async (topic, partition) => {
      await dataSource.query(
        'delete from consumer_offset where consumer = $1 and topic = $2 and partition = $3',
        [consumer, topic, partition],
      );
    },
  };
}
