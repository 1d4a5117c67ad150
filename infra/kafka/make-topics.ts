/**
 * `node dist/infra/kafka/make-topics.js`: waits for the brokers of `KAFKA_BROKERS`, makes the topics that are
 * missing, checks those that are there, and ends. What is wrong with the environment is told at once (exit code
 * 2), what is wrong with the brokers or topics in a sentence (exit code 1).
 */
import { BadEnvironment, hostsAndPorts, readEnvironment } from '@anju/settings';
import { untilServing } from './probe';
import { ensureTopicsAt, readTopicPolicy, topicDefinitions, type TopicPolicy } from './topics';

const shape = { brokers: hostsAndPorts('KAFKA_BROKERS', { about: 'Some of the brokers.' }) };
const patienceMillis = 60_000;

interface Settings {
  readonly brokers: readonly string[];
  readonly policy: TopicPolicy;
}

function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const { policy, mistakes } = readTopicPolicy(environment);
  try {
    const { brokers } = readEnvironment(shape, environment);
    if (mistakes.length === 0) return { brokers, policy };
    throw new BadEnvironment(mistakes);
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error;
    throw new BadEnvironment([...new Set([...error.mistakes, ...mistakes])]);
  }
}

async function main(): Promise<void> {
  const { brokers, policy } = settingsOf(process.env);
  await untilServing(brokers, { patienceMillis }).catch((cause: unknown) => {
    const { message } = cause as Error;
    throw new Error(`no broker serves at ${brokers.join(', ')} (KAFKA_BROKERS): ${message}`, { cause });
  });
  const definitions = topicDefinitions(policy);
  const made = await ensureTopicsAt(brokers, definitions);
  for (const { name } of definitions) console.log(`${name}: ${made.includes(name) ? 'made' : 'is there'}`);
}

main().catch((error: unknown) => {
  console.error(`topics: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof BadEnvironment ? 2 : 1;
});
