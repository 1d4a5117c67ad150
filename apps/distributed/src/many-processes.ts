import { join, resolve } from 'node:path';
import { CannotStart, type LaunchedParts, type PlatformMode, type StartSettings } from '@anju/demonstration';
import {
  BrokerDirectoryInUse,
  BrokerToolMissing,
  BrokersNotUsable,
  removeBroker,
  resolveBrokers,
} from '@anju/kafka';
import {
  TopicsDiffer,
  ensureTopicsAt,
  readTopicPolicy,
  removeTopicsAt,
  topicDefinitions,
  type TopicDefinition,
} from '@anju/kafka-topics';
import { serviceNames, startDistributed, type RunningDistributed } from './distributed-platform';

const compiledDir = resolve(__dirname, '../../..');
const root = resolve(compiledDir, '..');
/** Of a service's process: its pool, and one each for the lock of its relay and of its start. */
const connectionsPerProcess = 10;
const otherConnections = 30;

const brokerIn = (dataDir: string): string => join(dataDir, 'kafka');
const usualDataDir = '.data/distributed';
/** Beside the data, if these are where they usually are. */
const logsOf = (dataDir: string): string =>
  dataDir === resolve(usualDataDir) ? resolve('.data/logs') : join(dataDir, 'logs');

function definitions(): TopicDefinition[] {
  const { policy, mistakes } = readTopicPolicy(process.env);
  if (mistakes.length > 0) throw new CannotStart(mistakes.join('\n'));
  return topicDefinitions(policy);
}

/** What a person can mend is told without a stack. */
function mendable(error: unknown): unknown {
  const known = [BrokersNotUsable, BrokerDirectoryInUse, BrokerToolMissing, TopicsDiffer];
  return known.some((kind) => error instanceof kind)
    ? new CannotStart((error as Error).message, { cause: error })
    : error;
}

/** Brokers and topics of one run. */
class Brokers {
  private addresses: readonly string[] = [];

  readonly prepare: NonNullable<PlatformMode['prepare']> = async ({ dataDir, fresh }, say, lost) => {
    const began = performance.now();
    try {
      const topics = definitions();
      const resolved = await resolveBrokers(process.env, {
        directory: brokerIn(dataDir),
        log: say,
        onUnexpectedExit: lost,
      });
      try {
        // A broker of our own has begun anew with the data; others keep what an earlier platform has sent.
        if (fresh && resolved.source !== 'own') await removeTopicsAt(resolved.brokers, topics);
        await ensureTopicsAt(resolved.brokers, topics);
      } catch (error) {
        await resolved.close();
        throw error;
      }
      this.addresses = resolved.brokers;
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      say(`  ${'kafka'.padEnd(14)} ${resolved.brokers.join(',')}  (${resolved.description}, ${seconds} s)`);
      return resolved;
    } catch (error) {
      throw mendable(error);
    }
  };

  readonly start = ({
    settings,
    databaseUrl,
    startsAt,
    say,
    lost,
  }: LaunchedParts): Promise<RunningDistributed> => {
    const { dataDir, port, clock, logLevel, replicas } = settings;
    return startDistributed({
      dataDir,
      logDir: logsOf(dataDir),
      compiledDir,
      supergraphDir: join(root, 'infra/supergraph'),
      port,
      databaseUrl,
      brokers: this.addresses,
      clock: startsAt,
      clockInGraph: clock !== null,
      replicas,
      development: true,
      logLevel,
      say,
      givenUp: lost,
    });
  };
}

/** `npm run start:distributed`: every service and the gateway in a process of its own, events through Kafka. */
export function manyProcesses(): PlatformMode {
  const brokers = new Brokers();
  return {
    command: {
      typed: 'npm run start:distributed',
      script: 'start:distributed',
      dataDir: usualDataDir,
      replicable: serviceNames,
    },
    services: serviceNames,
    logsOf,
    postgresSettings: ({ replicas }: StartSettings) => {
      const processes = serviceNames.reduce((sum, name) => sum + (replicas[name] ?? 1), 0);
      return { max_connections: processes * connectionsPerProcess + otherConnections };
    },
    erase: (dataDir) => removeBroker(brokerIn(dataDir)),
    prepare: brokers.prepare,
    start: brokers.start,
  };
}
