import { communications } from '@anju/communications-service';
import { complaints } from '@anju/complaints-service';
import { gatewaySettings } from '@anju/gateway';
import { defaultTopicPolicy } from '@anju/kafka-topics';
import { serviceSettings } from '@anju/runtime';
import { settingsTable } from '@anju/settings';

/** `docs/configuration.md`: what each process reads from its environment. */
export function configurationDocument(): string {
  const { prefix, partitions, replicationFactor, maxMessageBytes } = defaultTopicPolicy;
  return [
    '# Configuration',
    '',
    'Made by `npm run docs` from what the processes read. A process reads its environment once, when it starts, and',
    'tells every mistake in it at once (exit code 2). What is empty counts as not set. A variable of a secret can be',
    'replaced by `<variable>_FILE`, the path of a file with the secret in it. No secret is ever shown.',
    '',
    '`npm start` and `npm run start:distributed` need none of this: they set it for the processes that they start.',
    'What they take themselves is in the [README](../README.md#configuration).',
    '',
    '## A service',
    '',
    '`apps/directory`, `apps/reception`, `apps/complaints`, `apps/sales`, `apps/appraisal`, `apps/communications` and',
    '`apps/insights`. Exactly one of `OIDC_JWKS_URL` and `OIDC_JWKS_FILE` is set; `KAFKA_SASL_MECHANISM` needs user and password; `DEMO_CLOCK` needs `CONTROL_TOKEN`.',
    '',
    settingsTable(serviceSettings),
    '',
    '`apps/communications` besides; so does `npm start`:',
    '',
    settingsTable(communications.settings ?? {}),
    '',
    '`apps/complaints` besides; so do `npm start` and `npm run start:distributed`, which set FILES_DIR to a folder of their data:',
    '',
    settingsTable(complaints.settings ?? {}),
    '',
    '## The gateway',
    '',
    '`apps/gateway`. For each service of the supergraph also `SUBGRAPH_<SERVICE>_URLS`: the addresses of its',
    'processes (`http://complaints:4003/graphql`), separated by commas.',
    '',
    settingsTable(gatewaySettings),
    '',
    '## The topics',
    '',
    'Read by whatever makes the topics: `npm run start:distributed` and the image `topics`.',
    '',
    '| variable | default | what for |',
    '| --- | --- | --- |',
    `| \`KAFKA_TOPIC_PREFIX\` | \`${prefix}\` | The first part of the names of topics; the services have to be told the same. |`,
    `| \`KAFKA_TOPIC_PARTITIONS\` | \`${partitions}\` | Of each topic. Never change it where events are: keys would move, and with them their order would be lost. |`,
    `| \`KAFKA_REPLICATION_FACTOR\` | \`${replicationFactor}\` | How many brokers keep each event. |`,
    '| `KAFKA_MIN_INSYNC_REPLICAS` | one less than that, at least 1 | How many of them have to have it before it counts. |',
    `| \`KAFKA_MAX_MESSAGE_BYTES\` | \`${maxMessageBytes}\` | A longer event is refused, and its key is parked at its producer. |`,
    '',
  ].join('\n');
}
