import { execFile } from 'node:child_process';
// eslint-disable-next-line @nx/enforce-module-boundaries -- as in broker.ts
import { checkAnswers } from '../../../infra/kafka/probe';
import { startBroker, type BrokerOptions } from './broker';
import { workspace } from './jars';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a program. @returns what it wrote, or null when it failed, was not there, or took too long */
export type Run = (
  program: string,
  args: readonly string[],
  options: { readonly timeoutMillis: number },
) => Promise<{ readonly output: string } | { readonly problem: string }>;

/** Where the brokers come from. */
export type BrokerSource =
  | { readonly kind: 'environment'; readonly brokers: string[] }
  | { readonly kind: 'compose' }
  | { readonly kind: 'own' };

/** Brokers to use, and what to do when they are not needed any more. */
export interface ResolvedBrokers {
  readonly source: BrokerSource['kind'];
  readonly brokers: string[];
  /** Where they come from, for people: `KAFKA_BROKERS`, `Docker Compose`, or the broker's process. */
  readonly description: string;
  /** Ends what was started for it; others' brokers, and Docker's, go on. */
  close(): Promise<void>;
}

/** The addresses in `KAFKA_BROKERS` cannot be used. */
export class BrokersNotUsable extends Error {
  override readonly name = 'BrokersNotUsable';
}

const runProgram: Run = (program, args, { timeoutMillis }) =>
  new Promise((resolve) => {
    execFile(program, [...args], { cwd: workspace, timeout: timeoutMillis }, (error, stdout, stderr) => {
      resolve(error ? { problem: stderr.trim() || error.message } : { output: stdout.trim() });
    });
  });

/**
 * Reads a list of `host:port`, separated by commas.
 * @returns the addresses, and what is wrong with those that are none
 */
export function parseBrokers(text: string): { brokers: string[]; mistakes: string[] } {
  const entries = text.split(',').map((entry) => entry.trim());
  const isAddress = (entry: string): boolean => {
    const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?):(\d{1,5})$/.exec(entry);
    return match !== null && Number(match[3]) >= 1 && Number(match[3]) <= 65_535;
  };
  return {
    brokers: entries.filter(isAddress),
    mistakes: entries
      .filter((entry) => !isAddress(entry))
      .map((entry) => `KAFKA_BROKERS: "${entry}" is not host:port; a list is separated by commas`),
  };
}

/**
 * Decides where brokers come from: `KAFKA_BROKERS` if it is set, else Docker Compose where an engine answers,
 * else a broker of its own.
 * @throws BrokersNotUsable with every mistake in `KAFKA_BROKERS`
 */
export async function chooseBrokerSource(
  environment: Environment,
  run: Run = runProgram,
): Promise<BrokerSource> {
  const told = environment['KAFKA_BROKERS']?.trim();
  if (told) {
    const { brokers, mistakes } = parseBrokers(told);
    if (mistakes.length > 0) throw new BrokersNotUsable(mistakes.join('\n'));
    return { kind: 'environment', brokers };
  }
  const engine = await run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeoutMillis: 5_000 });
  // The client alone answers too, without a version.
  return 'output' in engine && /^\d/.test(engine.output) ? { kind: 'compose' } : { kind: 'own' };
}

/** Brings up the broker of `docker-compose.yml`, which goes on when this process ends. */
async function composeBrokers(run: Run): Promise<string[]> {
  const up = await run('docker', ['compose', 'up', '--detach', '--wait', 'kafka'], {
    timeoutMillis: 300_000,
  });
  if ('problem' in up) throw new Error(`docker compose could not bring up Kafka: ${up.problem}`);
  const port = await run('docker', ['compose', 'port', 'kafka', '9092'], {
    timeoutMillis: 10_000,
  });
  if ('problem' in port) throw new Error(`docker compose does not tell Kafka's port: ${port.problem}`);
  return [port.output];
}

/**
 * Brokers that answer, from where `chooseBrokerSource` says.
 * @param options for a broker of its own
 * @param run for tests
 * @throws BrokersNotUsable when those of `KAFKA_BROKERS` do not answer within seconds, and what `startBroker` throws
 */
export async function resolveBrokers(
  environment: Environment,
  options: BrokerOptions,
  run: Run = runProgram,
): Promise<ResolvedBrokers> {
  const source = await chooseBrokerSource(environment, run);
  const nothing = async (): Promise<void> => undefined;
  if (source.kind === 'environment') {
    const { brokers } = source;
    try {
      await checkAnswers(brokers);
    } catch (error) {
      throw new BrokersNotUsable(
        `no Kafka broker answers at ${brokers.join(', ')} (KAFKA_BROKERS): ${(error as Error).message}`,
        { cause: error },
      );
    }
    return { source: source.kind, brokers, description: 'KAFKA_BROKERS', close: nothing };
  }
  if (source.kind === 'compose') {
    options.log?.('Kafka comes from Docker Compose …');
    const brokers = await composeBrokers(run);
    return { source: source.kind, brokers, description: 'Docker Compose', close: nothing };
  }
  const broker = await startBroker(options);
  return {
    source: source.kind,
    brokers: broker.brokers,
    description: `own broker, process ${broker.pid}`,
    close: () => broker.close(),
  };
}
