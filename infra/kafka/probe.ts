import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, type Admin } from 'kafkajs';

/** What a broker keeps the positions of consumer groups in. */
const offsetsTopic = '__consumer_offsets';

/** Java's `String.hashCode`, by which Kafka gives a group to a partition of its offsets topic. */
function hashCode(text: string): number {
  let hash = 0;
  for (const unit of text) hash = (Math.imul(hash, 31) + unit.charCodeAt(0)) | 0;
  return hash;
}

/** A group for every partition of the offsets topic, so that each of its coordinators is asked. */
export function groupPerPartition(partitions: number): string[] {
  const groups = new Map<number, string>();
  for (let n = 0; groups.size < partitions; n++) {
    const group = `anju-probe-${n}`;
    const partition = (hashCode(group) & 0x7fffffff) % partitions;
    if (!groups.has(partition)) groups.set(partition, group);
  }
  return [...groups.values()];
}

/** Asks the brokers as their administrator, once: what fails is not tried again. */
export async function asked<T>(brokers: readonly string[], ask: (admin: Admin) => Promise<T>): Promise<T> {
  const kafka = new Kafka({
    clientId: 'anju-probe',
    brokers: [...brokers],
    // It fails until the broker is ready: that is what is being found out.
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await ask(admin);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/**
 * Asks once whether any of the brokers answers and knows its cluster.
 * @throws Error with what the client says
 */
export async function checkAnswers(brokers: readonly string[]): Promise<void> {
  await asked(brokers, (admin) => admin.describeCluster());
}

async function coordinatorsAnswer(admin: Admin): Promise<void> {
  // Only with this the client knows whom to ask.
  await admin.listTopics();
  // The first question makes the offsets topic, on a new broker.
  await admin.fetchOffsets({ groupId: 'anju-probe-0' });
  const { topics } = await admin.fetchTopicMetadata({ topics: [offsetsTopic] });
  for (const groupId of groupPerPartition(topics[0]?.partitions.length ?? 0)) {
    await admin.fetchOffsets({ groupId });
  }
}

/**
 * Waits until a broker serves: it answers, and the coordinators of all consumer groups have loaded.
 * @param options.gone true once there is no use in waiting any more
 * @returns whether it serves; false when `gone()` became true first
 * @throws Error with the last thing that was wrong, after `patienceMillis`
 */
export async function untilServing(
  brokers: readonly string[],
  options: { readonly patienceMillis: number; readonly gone?: () => boolean },
): Promise<boolean> {
  const patience = Date.now() + options.patienceMillis;
  for (;;) {
    if (options.gone?.()) return false;
    try {
      await asked(brokers, coordinatorsAnswer);
      return true;
    } catch (error) {
      if (Date.now() > patience) throw error;
    }
    await sleep(100);
  }
}
