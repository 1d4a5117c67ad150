import pino, { type Logger } from 'pino';
import { faultReport, redact } from '@anju/access';
import {
  BadEnvironment,
  httpUrl,
  oneOf,
  optional,
  readEnvironment,
  type Relation,
  type SettingsOf,
  type SettingsShape,
} from '@anju/settings';
import { startTracing } from '@anju/tracing';
import { CannotRun } from './cannot-run';

/** Ending takes as long as the requests and deliveries under way; what is not over by then is cut off. */
const endPatienceMillis = 25_000;
/** A start that is cut off loses nothing: what it has under way is rolled back. */
const cutOffMillis = 3_000;

/** What every process reads from its environment. */
export const processSettings = {
  logLevel: oneOf('LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    about: 'From which severity on lines are written.',
    fallback: 'info',
  }),
  tracesEndpoint: optional(
    httpUrl('OTEL_EXPORTER_OTLP_ENDPOINT', {
      about: 'An OpenTelemetry collector that takes traces by OTLP over HTTP; not set: nothing is traced.',
    }),
  ),
};

/** What runs once a process has started. */
export interface Running {
  /** Where it answers. */
  readonly url: string;
  /** Answers what is under way and ends in order. */
  close(): Promise<void>;
}

/** A process as a value. */
export interface ProcessDefinition<Shape extends SettingsShape> {
  /** In its log lines, such as `complaints`. */
  readonly name: string;
  readonly settings: Shape;
  readonly relations: readonly Relation[];
  /** @throws CannotRun for what whoever runs it has to mend */
  readonly start: (settings: SettingsOf<Shape>, logger: Logger) => Promise<Running>;
}

/** What a process tells its parent over the channel between them, where there is one. */
export interface ReadyMessage {
  readonly ready: string;
}

function openLogger(name: string, level: string): Logger {
  const output = pino.destination({ fd: 1, sync: true });
  // A reader that is gone is no reason to stop.
  output.on('error', () => undefined);
  return pino(
    {
      level,
      base: { service: name },
      formatters: { log: (fields) => redact(fields) as Record<string, unknown> },
    },
    output,
  );
}

function complain(name: string, sentence: string): void {
  process.stderr.write(`${name}: ${sentence}\n`);
}

/**
 * The whole life of a process: it reads its settings (every mistake is told at once; exit code 2), starts, says
 * that it is ready, and ends in order on SIGTERM, SIGINT or SIGHUP, or when the parent that holds a channel to it
 * is gone (exit code 0). What keeps it from starting or running is told in a sentence on stderr (exit code 1).
 */
export async function runProcess<Shape extends SettingsShape & typeof processSettings>(
  definition: ProcessDefinition<Shape>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const { name } = definition;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let settings: SettingsOf<Shape>;
  try {
    settings = readEnvironment(definition.settings, environment, definition.relations);
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error;
    complain(name, `the environment does not fit:\n${error.mistakes.map((one) => `- ${one}`).join('\n')}`);
    process.exit(2);
  }
  const logger = openLogger(name, String(settings.logLevel));
  const fail = (error: unknown, when: string): never => {
    if (error instanceof CannotRun) {
      complain(name, error.message);
      logger.fatal({ reason: error.message }, when);
    } else {
      const fault = faultReport(error);
      complain(name, `${when}: ${fault.type}: ${fault.message}\n${fault.stack ?? ''}`);
      logger.fatal({ fault }, when);
    }
    process.exit(1);
  };
  process.on('uncaughtException', (error) => fail(error, 'a fault ended it'));

  const tracing = startTracing({
    name,
    endpoint: settings.tracesEndpoint as string | null,
    lost: (reason) => logger.warn({ reason }, 'traces cannot be sent'),
  });
  const starting = definition.start(settings, logger);
  let started = false;
  let ending = false;
  const end = (reason: string): void => {
    // It may come twice: from the terminal and from the parent.
    if (ending) return;
    ending = true;
    setTimeout(
      () => {
        if (!started) process.exit(0);
        complain(name, `it could not end in order within ${endPatienceMillis / 1_000} s`);
        process.exit(1);
      },
      started ? endPatienceMillis : cutOffMillis,
    ).unref();
    logger.info({ reason }, 'ending');
    starting
      .then((running) => running.close())
      .then(() => tracing.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error, 'it could not end in order'),
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(signal));
  // However the parent ended: the operating system closes the channel.
  process.on('disconnect', () => end('the parent is gone'));

  try {
    const { url } = await starting;
    started = true;
    if (ending) return;
    logger.info({ url }, 'ready');
    process.send?.({ ready: url } satisfies ReadyMessage);
  } catch (error) {
    fail(error, 'it could not start');
  }
}
