import { identityRelations, identitySettings, processSettings } from '@anju/process';
import {
  databaseUrl,
  file,
  flag,
  hostsAndPorts,
  instant,
  oneOf,
  optional,
  port,
  secret,
  text,
  wholeNumber,
  type Relation,
  type SettingsOf,
} from '@anju/settings';

/** What a service reads from its environment. */
export const serviceSettings = {
  port: port('PORT', { about: 'Where the service answers; 0 for any free port.', fallback: 4001 }),
  host: text('HOST', { about: 'The address that it listens on.', fallback: '127.0.0.1' }),
  databaseUrl: databaseUrl('DATABASE_URL', { about: 'The service’s own database, as its own role.' }),
  databasePoolSize: wholeNumber('DATABASE_POOL_SIZE', {
    about: 'Connections to the database, besides those that hold a lock.',
    from: 2,
    to: 200,
    fallback: 10,
  }),
  kafkaBrokers: hostsAndPorts('KAFKA_BROKERS', { about: 'Some of the brokers.' }),
  kafkaTopicPrefix: text('KAFKA_TOPIC_PREFIX', {
    about: 'The first part of the names of topics and consumer groups.',
    fallback: 'anju',
  }),
  kafkaSessionMillis: wholeNumber('KAFKA_SESSION_MILLIS', {
    about: 'After which a replica that says nothing counts as gone, and others read its events.',
    from: 1_000,
    to: 300_000,
    fallback: 10_000,
  }),
  kafkaSsl: flag('KAFKA_SSL', { about: 'Whether the brokers are spoken to by TLS.', fallback: false }),
  kafkaSaslMechanism: optional(
    oneOf('KAFKA_SASL_MECHANISM', ['plain', 'scram-sha-256', 'scram-sha-512'], {
      about: 'How the service signs in to the brokers; not set: it does not.',
    }),
  ),
  kafkaSaslUsername: optional(text('KAFKA_SASL_USERNAME', { about: 'As whom it signs in to the brokers.' })),
  kafkaSaslPassword: optional(secret('KAFKA_SASL_PASSWORD', { about: 'With which password.' })),
  clockToleranceSeconds: wholeNumber('CLOCK_TOLERANCE_SECONDS', {
    about: 'How far this machine’s clock may be from the database’s at the start: due times fire by it.',
    from: 1,
    to: 3_600,
    fallback: 5,
  }),
  ...identitySettings,
  dataKeysFile: file('DATA_KEYS_FILE', {
    about: 'The keys for personal data at rest, the same for all services. It is never made by a service.',
  }),
  development: flag('ANJU_DEVELOPMENT', {
    about: 'Introspection of the service’s own schema.',
    fallback: false,
  }),
  demoClock: optional(
    instant('DEMO_CLOCK', {
      about: 'For demonstrations and tests: the clock stands there until it is moved.',
    }),
  ),
  controlToken: optional(
    secret('CONTROL_TOKEN', {
      about: 'For demonstrations and tests: who has it may move the clock. Not set: nobody can.',
    }),
  ),
  ...processSettings,
};

export const serviceRelations: readonly Relation[] = [
  ...identityRelations,
  { variable: 'DEMO_CLOCK', needs: ['CONTROL_TOKEN'] },
  { variable: 'KAFKA_SASL_MECHANISM', needs: ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] },
  { variable: 'KAFKA_SASL_USERNAME', needs: ['KAFKA_SASL_MECHANISM'] },
];

export type ServiceSettings = SettingsOf<typeof serviceSettings>;
