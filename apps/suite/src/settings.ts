import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { z } from 'zod';

/** How `npm start` was called. */
export interface StartSettings {
  readonly port: number;
  readonly dataDir: string;
  /** Deletes the data directory first. */
  readonly fresh: boolean;
  /** Leaves the demonstration story out. */
  readonly empty: boolean;
  /** Where the clock stands; null for the machine's clock. */
  readonly clock: Date | null;
}

export const usage = `npm start [-- options]
  --fresh             begin anew: the data in .data/ is deleted
  --empty             without the demonstration story
  --clock <instant>   on a clock that stands at the instant (2026-03-02T08:30:00+08:00) and is moved by moveClock
Environment: PORT (4000), ANJU_DATA_DIR (.data)`;

/** The settings, or what is wrong with all of them. */
export type ParsedSettings = { readonly settings: StartSettings } | { readonly mistakes: readonly string[] };

const portSchema = z.coerce.number().int().min(0).max(65_535);
const instantSchema = z.iso.datetime({ offset: true });

/** Reads arguments and environment; every mistake is reported, not only the first. */
export function parseSettings(args: readonly string[], environment: NodeJS.ProcessEnv): ParsedSettings {
  const mistakes: string[] = [];
  let options: { fresh?: boolean; empty?: boolean; clock?: string } = {};
  try {
    options = parseArgs({
      args: [...args],
      options: { fresh: { type: 'boolean' }, empty: { type: 'boolean' }, clock: { type: 'string' } },
    }).values;
  } catch (error) {
    mistakes.push(error instanceof Error ? error.message : String(error));
  }
  const port = portSchema.safeParse(environment['PORT'] || '4000');
  if (!port.success) mistakes.push(`PORT is ${environment['PORT']}; expected a number from 0 to 65535`);
  let clock: Date | null = null;
  if (options.clock !== undefined) {
    if (instantSchema.safeParse(options.clock).success) clock = new Date(options.clock);
    else
      mistakes.push(
        `--clock is ${options.clock}; expected an instant with offset, such as 2026-03-02T08:30:00+08:00`,
      );
  }
  if (mistakes.length > 0 || !port.success) return { mistakes };
  return {
    settings: {
      port: port.data,
      dataDir: resolve(environment['ANJU_DATA_DIR'] || '.data'),
      fresh: options.fresh ?? false,
      empty: options.empty ?? false,
      clock,
    },
  };
}
