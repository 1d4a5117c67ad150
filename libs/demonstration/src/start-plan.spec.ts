import { CannotStart } from './data-directory';
import { planStart, type Progress } from './start-plan';
import { dayOneBeginsAt, dayOneEndsAt } from './story/day-one';

const now = new Date('2026-11-22T06:00:00Z');
const march = (day: number): Date => new Date(Date.UTC(2026, 2, day));
const april = (day: number): Date => new Date(Date.UTC(2026, 3, day));
const hours = (at: Date, count: number): Date => new Date(at.getTime() + count * 3_600_000);

const unplayed: Progress = { setting: false, story: 'NOT_BEGUN', clockAt: null };
const set: Progress = { ...unplayed, setting: true };
const begun: Progress = { ...unplayed, story: 'BEGUN' };
const played: Progress = { setting: true, story: 'PLAYED', clockAt: dayOneEndsAt.toISOString() };

interface Situation {
  readonly clock?: Date;
  readonly empty?: boolean;
  readonly progress?: Progress;
  readonly recordedAt?: Date;
}

function plan({ clock, empty, progress, recordedAt }: Situation) {
  const settings = { clock: clock ?? null, empty: empty ?? false, dataDir: '/data' };
  return planStart(settings, progress ?? unplayed, recordedAt ?? null, now);
}

describe('a start', () => {
  it.each<[string, Situation]>([
    ['on nothing', {}],
    ['on nothing, with a clock at the end of the story', { clock: dayOneEndsAt }],
    ['on nothing, with a clock after it', { clock: april(20) }],
    ['on an estate that was set up before the story', { progress: set, recordedAt: march(1) }],
    ['that goes on with the story', { progress: begun, recordedAt: march(6) }],
    ['that goes on with it to a later clock', { progress: begun, recordedAt: march(6), clock: april(20) }],
  ])('%s plays the story from its beginning', (_, situation) => {
    expect(plan(situation)).toMatchObject({
      startsAt: dayOneBeginsAt,
      story: true,
      progress: { story: 'BEGUN' },
    });
  });

  it('says so when it goes on with a story that was cut off', () => {
    expect(plan({}).remark).toBeNull();
    expect(plan({ progress: begun, recordedAt: march(6) }).remark).toContain('goes on where it stopped');
  });

  it.each<[string, Situation, Date | null]>([
    ['on nothing without the story: at this moment', { empty: true }, now],
    ['with a clock before the story: there', { clock: march(1) }, march(1)],
    ['with a clock in the middle of it: there', { clock: march(5) }, march(5)],
    [
      'without the story, with a clock after it: there',
      { clock: april(20), empty: true, progress: set, recordedAt: march(1) },
      april(20),
    ],
    ['after the story: by the machine’s clock', { progress: played, recordedAt: march(12) }, null],
    [
      'after the story with a clock: there',
      { progress: played, recordedAt: march(12), clock: april(20) },
      april(20),
    ],
    [
      'after the story, where it stood: there',
      { progress: played, recordedAt: march(12), clock: dayOneEndsAt },
      dayOneEndsAt,
    ],
    [
      'after the story, by a machine whose clock was put right: by it',
      { progress: played, recordedAt: new Date(now.getTime() + 5_000) },
      null,
    ],
  ])('%s', (_, situation, startsAt) => {
    const { remark, story, startsAt: at } = plan(situation);
    expect({ story, at, remark }).toEqual({ story: false, at: startsAt, remark: null });
  });

  it('leaves the story out, and says so, where others have gone on with the data', () => {
    for (const recordedAt of [hours(dayOneBeginsAt, 1), march(5), now]) {
      expect(plan({ progress: set, recordedAt })).toMatchObject({
        story: false,
        startsAt: null,
        remark: expect.stringContaining('The story is left out') as unknown,
      });
    }
  });

  it('does not go on with the story after somebody has used what was cut off', () => {
    const { progress } = plan({ progress: begun, recordedAt: march(6), empty: true });
    expect(progress.story).toBe('LEFT');
    expect(plan({ progress: { ...progress, setting: true }, recordedAt: march(6) })).toMatchObject({
      story: false,
      remark: expect.stringContaining('The story is left out') as unknown,
    });
  });

  it.each<[string, Situation]>([
    ['the story', { clock: march(9), progress: played, recordedAt: march(12) }],
    ['where the clock stood', { clock: march(12), progress: played, recordedAt: march(12) }],
    ['what was recorded before a kill', { clock: april(20), progress: played, recordedAt: april(25) }],
    ['what was recorded by the machine’s clock', { clock: april(20), progress: set, recordedAt: now }],
    ['a story that was cut off', { clock: march(5), progress: begun, recordedAt: march(6) }],
  ])('refuses a clock earlier than %s', (_, situation) => {
    expect(() => plan(situation)).toThrow(CannotStart);
    expect(() => plan(situation)).toThrow(
      /have come to 2026-.*give a later --clock, or begin anew with --fresh/,
    );
  });

  it('refuses to let time go back to the machine’s clock', () => {
    const future = hours(now, 24);
    expect(() => plan({ progress: set, recordedAt: future })).toThrow('which lies in the future');
    expect(() =>
      plan({ progress: { ...played, clockAt: future.toISOString() }, recordedAt: march(12) }),
    ).toThrow('which lies in the future');
  });

  it('refuses to go on without the data that were there', () => {
    expect(() => plan({ progress: played })).toThrow(/is empty although the data were there.*--fresh/);
  });
});
