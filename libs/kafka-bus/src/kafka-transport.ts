import type { Kafka, Producer } from 'kafkajs';
import type { EventEnvelope } from '@anju/events';
import type { RelayTransport } from '@anju/outbox';
import { messageOf } from './wire';

/** Stores events in a context's topic: idempotent, acknowledged by all replicas that must have them. */
export class KafkaTransport implements RelayTransport {
  private producer: Promise<Producer> | null = null;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
  ) {}

  async send(events: readonly EventEnvelope[]): Promise<void> {
    const producer = await (this.producer ??= this.connect());
    try {
      await producer.send({ topic: this.topic, acks: -1, messages: events.map(messageOf) });
    } catch (error) {
      // After a failure its sequence numbers may not be those that the broker expects.
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const producer = this.producer;
    this.producer = null;
    await producer?.then((one) => one.disconnect()).catch(() => undefined);
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 8 },
    });
    try {
      await producer.connect();
    } catch (error) {
      this.producer = null;
      throw error;
    }
    return producer;
  }
}
