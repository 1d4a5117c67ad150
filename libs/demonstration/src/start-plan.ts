import { z } from 'zod';
import { CannotStart, dataFiles, readDataFile, writeDataFile } from './data-directory';
import { dayOneBeginsAt, dayOneEndsAt } from './story/day-one';

const progressSchema = z.object({
  /** Whether places, people and partners are all there. */
  setting: z.boolean(),
  /** `LEFT`: cut off, and then others went on with the data. */
  story: z.enum(['NOT_BEGUN', 'BEGUN', 'PLAYED', 'LEFT']),
  /** Where a clock moved by hand stood when it was stopped. */
  clockAt: z.iso.datetime().nullable(),
});

/** What has been played on a data directory. */
export type Progress = z.infer<typeof progressSchema>;

const nothingYet: Progress = { setting: false, story: 'NOT_BEGUN', clockAt: null };

/** The machine's clock may have been put right by a moment since. */
const toleratedMillis = 60_000;

/** @throws CannotStart if the file is damaged */
export function readProgress(dataDir: string): Progress {
  return readDataFile(dataDir, dataFiles.progress, progressSchema) ?? nothingYet;
}

/** Replaces in one step what is known of the data directory. */
export function writeProgress(dataDir: string, progress: Progress): void {
  writeDataFile(dataDir, dataFiles.progress, progress);
}

/** What was asked for at a start. */
export interface StartWish {
  /** Where the clock stands; null for the machine's clock. */
  readonly clock: Date | null;
  /** Leaves the demonstration story out. */
  readonly empty: boolean;
  readonly dataDir: string;
}

/** What a start does before it hands the platform over. */
export interface StartPlan {
  /** Where the clock stands at first; null for the machine's clock. */
  readonly startsAt: Date | null;
  /** Whether the story is played, from where it was cut off if it was. */
  readonly story: boolean;
  /** A line for the person at the keyboard, where something is not as he may expect it. */
  readonly remark: string | null;
  /** What to note before anything is played. */
  readonly progress: Progress;
}

/**
 * Decides where the clock stands and whether the story is played. Time never goes back on data that are there.
 * @param recordedAt the latest time at which something was recorded in the data; null where nothing was
 * @throws CannotStart where the clock asked for lies before what was recorded
 */
export function planStart(
  wish: StartWish,
  progress: Progress,
  recordedAt: Date | null,
  now: Date,
): StartPlan {
  const { clock, empty, dataDir } = wish;
  if (progress.setting && !recordedAt) {
    throw new CannotStart(
      `the database in ${dataDir} is empty although the data were there; begin anew: npm start -- --fresh`,
    );
  }
  const stoodAt = progress.clockAt === null ? null : new Date(progress.clockAt);
  const cameTo = stoodAt && (!recordedAt || stoodAt > recordedAt) ? stoodAt : recordedAt;
  if (clock && cameTo && clock < cameTo) {
    throw new CannotStart(
      `the data in ${dataDir} have come to ${cameTo.toISOString()} already; ` +
        'give a later --clock, or begin anew with --fresh',
    );
  }
  const wanted = !empty && (!clock || clock >= dayOneEndsAt);
  const goesOn = progress.story === 'BEGUN';
  const untouched = progress.story === 'NOT_BEGUN' && (!cameTo || cameTo <= dayOneBeginsAt);
  if (wanted && (goesOn || untouched)) {
    return {
      startsAt: dayOneBeginsAt,
      story: true,
      remark: goesOn ? 'The story was cut off; it goes on where it stopped.' : null,
      progress: { ...progress, story: 'BEGUN' },
    };
  }
  if (!clock && cameTo && cameTo.getTime() > now.getTime() + toleratedMillis) {
    throw new CannotStart(
      `the data in ${dataDir} have come to ${cameTo.toISOString()}, which lies in the future; ` +
        'give that or a later --clock, or begin anew with --fresh',
    );
  }
  return {
    startsAt: clock ?? (progress.setting ? null : now),
    story: false,
    remark:
      wanted && progress.story !== 'PLAYED'
        ? `The story is left out: the data have come to ${cameTo!.toISOString()} without it (--fresh begins anew).`
        : null,
    progress: goesOn ? { ...progress, story: 'LEFT' } : progress,
  };
}
