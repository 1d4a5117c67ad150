import { groupPerPartition } from './probe';

describe('the groups that a broker is asked for', () => {
  // By Kafka's own `Utils.abs(group.hashCode()) % partitions`.
  it('are one for each partition of its offsets topic', () => {
    expect(groupPerPartition(5)).toHaveLength(5);
    expect(new Set(groupPerPartition(5)).size).toBe(5);
    expect(groupPerPartition(0)).toEqual([]);
  });
});
