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
}

export const usage = `npm start [-- options]
  --fresh             begin anew: the data in .data/ is deleted
  --empty             without the demonstration story
  --clock <instant>   on a clock that stands at the instant (2026-03-02T08:30:00+08:00) and is moved by moveClock;
                      with the story only from 2026-03-12T18:00:00+08:00 on, where it ends
Environment: PORT (4000), ANJU_DATA_DIR (.data), LOG_LEVEL (info)`;

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
} as const satisfies ParseArgsConfig['options'];

interface Given {
  fresh: boolean;
  empty: boolean;
  clock: string | undefined;
}

function isOption(name: string): name is keyof typeof options {
  return Object.hasOwn(options, name);
}

function readArguments(args: readonly string[], mistakes: string[]): Given {
  const given: Given = { fresh: false, empty: false, clock: undefined };
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
    if (!isOption(name) || !rawName.startsWith('--')) mistakes.push(`there is no option ${rawName}`);
    else if (name === 'clock') given.clock = value ?? '';
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

/** Reads arguments and environment; every mistake is reported, not only the first. */
export function parseSettings(args: readonly string[], environment: NodeJS.ProcessEnv): ParsedSettings {
  const mistakes: string[] = [];
  const { fresh, empty, clock: instant } = readArguments(args, mistakes);
  const clock = instant === undefined ? null : readClock(instant, mistakes);
  const port = environment['PORT'] || '4000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > highestPort) {
    mistakes.push(`PORT is ${port}; expected a number from 0 to ${highestPort}`);
  }
  const level = environment['LOG_LEVEL'] || 'info';
  const logLevel = logLevels.find((one) => one === level);
  if (!logLevel) mistakes.push(`LOG_LEVEL is ${level}; expected one of ${logLevels.join(', ')}`);
  if (mistakes.length > 0 || !logLevel) return { mistakes };
  const dataDir = dataDirectory(environment);
  return { settings: { port: Number(port), dataDir, fresh, empty, clock, logLevel } };
}

/** Where the data are, for the platform and for what works beside it. */
export function dataDirectory(environment: NodeJS.ProcessEnv): string {
  return resolve(environment['ANJU_DATA_DIR'] || '.data');
}
