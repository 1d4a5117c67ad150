import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import type { Logger } from '@anju/outbox';

/** How to reach the brokers. */
export interface KafkaSettings {
  /** `host:port` of some of them. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs. */
  readonly clientId: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
}

/** Parts of the client whose failures are tried again, and said by whoever waits for them if that does not help. */
const clientRetries = new Set(['Connection', 'BrokerPool', 'ConnectionPool']);

/**
 * A client of the brokers. Its own log goes a level lower than it says: it calls an error what passes by itself,
 * such as a coordinator that is just starting.
 */
export function kafkaClient(settings: KafkaSettings, logger: Logger): Kafka {
  const { brokers, clientId, ssl, sasl } = settings;
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ log, namespace, level }) => {
        const { message, timestamp: _time, logger: _name, stack: _stack, ...fields } = log;
        const passesByItself = level !== logLevel.ERROR || clientRetries.has(namespace);
        logger[passesByItself ? 'debug' : 'warn'](
          { kafka: namespace, ...fields, reason: message },
          'the Kafka client reports',
        );
      },
  });
}
