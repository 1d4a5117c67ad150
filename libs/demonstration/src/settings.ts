import { parseArgs, type ParseArgsConfig } from 'node:util';
import { resolve } from 'node:path';
import { z } from 'zod';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** How `npm start` was called. */
export interface StartSettings {
  readonly port: number;
  readonly dataDir: string;
  /** Deletes the data first. */
  readonly fresh: boolean;
  /** Leaves the demonstration story out. */
  readonly empty: boolean;
  /** Where the clock stands; null for the machine's clock. */
  readonly clock: Date | null;
  readonly logLevel: (typeof logLevels)[number];
  /** How many processes of a service, where it is not one. */
  readonly replicas: Readonly<Record<string, number>>;
  /** Of an OpenTelemetry collector, where there is one to take traces. */
  readonly tracesEndpoint: string | undefined;
}

/** A command that starts the platform. */
export interface StartCommand {
  /** As it is typed, such as `npm start`. */
  readonly typed: string;
  /** Of npm, such as `start`. */
  readonly script: string;
  /** Where the data are unless `ANJU_DATA_DIR` says so. */
  readonly dataDir: string;
  /** Services that may have replicas; none where all run in one process. */
  readonly replicable: readonly string[];
}

export const npmStart: StartCommand = {
  typed: 'npm start',
  script: 'start',
  dataDir: '.data',
  replicable: [],
};

const replicasUsage = `
  --replicas <list>   more than one process of a service: complaints=2,reception=2`;

/** What the command can be told. */
export function usageOf({ typed, dataDir, replicable }: StartCommand): string {
  return `${typed} [-- options]
  --fresh             begin anew: the data in ${dataDir}/ is deleted
  --empty             without the demonstration story
  --clock <instant>   on a clock that stands at the instant (2026-03-02T08:30:00+08:00) and is moved by moveClock;
                      with the story only from 2026-04-03T18:00:00+08:00 on, where it ends${replicable.length > 0 ? replicasUsage : ''}
Environment: PORT (4000), ANJU_DATA_DIR (${dataDir}), LOG_LEVEL (info)${replicable.length > 0 ? ', KAFKA_BROKERS' : ''}, OTEL_EXPORTER_OTLP_ENDPOINT`;
}

/** The settings, or what is wrong with all of them. */
export type ParsedSettings = { readonly settings: StartSettings } | { readonly mistakes: readonly string[] };

const highestPort = 65_535;
const instantSchema = z.iso.datetime({ offset: true });
/** As in the graph: anything else is a slip of the keyboard. */
const firstYear = 1900;
const lastYear = 2200;

const options = {
  fresh: { type: 'boolean' },
  empty: { type: 'boolean' },
  clock: { type: 'string' },
  replicas: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

interface Given {
  fresh: boolean;
  empty: boolean;
  clock: string | undefined;
  replicas: string | undefined;
}

function isOption(name: string): name is keyof typeof options {
  return Object.hasOwn(options, name);
}

function readArguments(args: readonly string[], { replicable }: StartCommand, mistakes: string[]): Given {
  const given: Given = { fresh: false, empty: false, clock: undefined, replicas: undefined };
  // Not strict: that would stop at the first mistake.
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') mistakes.push(`${token.value} is not expected`);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const known = isOption(name) && (name !== 'replicas' || replicable.length > 0);
    if (!known || !rawName.startsWith('--')) mistakes.push(`there is no option ${rawName}`);
    else if (name === 'clock' || name === 'replicas') given[name] = value ?? '';
    else if (value === undefined) given[name] = true;
    else mistakes.push(`${rawName} takes no value; it is given ${value}`);
  }
  return given;
}

function readClock(text: string, mistakes: string[]): Date | null {
  const instant = instantSchema.safeParse(text).success ? new Date(text) : null;
  if (!instant) {
    const given = text === '' ? 'missing' : text;
    mistakes.push(`--clock is ${given}; expected an instant with offset, such as 2026-03-02T08:30:00+08:00`);
  } else if (instant.getUTCFullYear() < firstYear || instant.getUTCFullYear() > lastYear) {
    mistakes.push(`--clock is ${text}; expected a year from ${firstYear} to ${lastYear}`);
  }
  return instant;
}

const mostReplicas = 8;

function readReplicas(
  text: string,
  { replicable }: StartCommand,
  mistakes: string[],
): Readonly<Record<string, number>> {
  const replicas: Record<string, number> = {};
  for (const entry of text.split(',')) {
    const [, service = '', count = ''] = /^\s*([\w-]+)=(\d{1,3})\s*$/.exec(entry) ?? [];
    const number = Number(count);
    if (replicable.includes(service) && number >= 1 && number <= mostReplicas) replicas[service] = number;
    else {
      mistakes.push(
        `--replicas has "${entry}"; expected <service>=<1 to ${mostReplicas}>, with a service of ${replicable.join(', ')}`,
      );
    }
  }
  return replicas;
}

/** Reads arguments and environment; every mistake is reported, not only the first. */
export function parseSettings(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  command: StartCommand = npmStart,
): ParsedSettings {
  const mistakes: string[] = [];
  const { fresh, empty, clock: instant, replicas: list } = readArguments(args, command, mistakes);
  const replicas = list === undefined ? {} : readReplicas(list, command, mistakes);
  const clock = instant === undefined ? null : readClock(instant, mistakes);
  const port = environment['PORT'] || '4000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > highestPort) {
    mistakes.push(`PORT is ${port}; expected a number from 0 to ${highestPort}`);
  }
  const level = environment['LOG_LEVEL'] || 'info';
  const logLevel = logLevels.find((one) => one === level);
  if (!logLevel) mistakes.push(`LOG_LEVEL is ${level}; expected one of ${logLevels.join(', ')}`);
  const tracesEndpoint = environment['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined;
  if (tracesEndpoint !== undefined && !/^https?:\/\/[^/]/.test(tracesEndpoint)) {
    mistakes.push(
      `OTEL_EXPORTER_OTLP_ENDPOINT is ${tracesEndpoint}; expected an address with http:// or https://`,
    );
  }
  if (mistakes.length > 0 || !logLevel) return { mistakes };
  const dataDir = dataDirectory(environment, command);
  return {
    settings: { port: Number(port), dataDir, fresh, empty, clock, logLevel, replicas, tracesEndpoint },
  };
}

/** Where the data are, for the platform and for what works beside it. */
export function dataDirectory(environment: NodeJS.ProcessEnv, command: StartCommand = npmStart): string {
  return resolve(environment['ANJU_DATA_DIR'] || command.dataDir);
}
