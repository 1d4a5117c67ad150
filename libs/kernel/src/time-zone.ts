import { excerpt } from './excerpt';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** No zone has ever been further from UTC than this. */
const FURTHEST_OFFSET = 16 * HOUR;

/** 0001-01-01 to 9999-12-31 UTC: what a four-digit year can name. */
const EARLIEST = -62_135_596_800_000;
const LATEST = 253_402_300_799_999;

const OFFSETS_KEPT = 8_192;
/** More than there are; `Intl` takes a name in any case, so there is no end of spellings. */
const ZONES_KEPT = 1_000;

/** A stretch of time with one offset: `[from, until)` in epoch milliseconds. */
interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/** The epoch milliseconds of `at`. @throws RangeError for an invalid date or one outside the years 1 to 9999 */
export function millisOf(at: Date): number {
  const millis = at.getTime();
  if (Number.isNaN(millis)) throw new RangeError('not a valid instant');
  if (millis < EARLIEST || millis > LATEST) throw new RangeError('instant outside the years 1 to 9999');
  return millis;
}

/**
 * The offsets of one IANA time zone, taken from `Intl` and kept. Transitions are found to the second, so
 * that daylight saving, changes of standard time and skipped days all count as they were.
 */
export class TimeZone {
  private static readonly zones = new Map<string, TimeZone>();

  private readonly formatter: Intl.DateTimeFormat;
  private readonly stretchesByUtcDay = new Map<number, readonly Stretch[]>();

  private constructor(readonly name: string) {
    this.formatter = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  }

  /**
   * The zone of that name; the same object each time.
   * @param name IANA name such as `Asia/Shanghai`
   * @throws RangeError when there is no such zone
   */
  static named(name: string): TimeZone {
    const known = TimeZone.zones.get(name);
    if (known) return known;
    // Node 22 and later also take "+08:00", Node 20 does not, and PostgreSQL reads its sign the other way round.
    if (!/^[A-Za-z]/.test(name)) throw new RangeError(`unknown time zone ${excerpt(name)}`);
    let zone: TimeZone;
    try {
      zone = new TimeZone(name);
    } catch {
      throw new RangeError(`unknown time zone ${excerpt(name)}`);
    }
    if (TimeZone.zones.size >= ZONES_KEPT) TimeZone.zones.clear();
    TimeZone.zones.set(name, zone);
    return zone;
  }

  /** Milliseconds that the local clock is ahead of UTC at that instant. */
  offsetAt(millis: number): number {
    for (const stretch of this.stretchesOf(Math.floor(millis / DAY))) {
      if (millis < stretch.until) return stretch.offset;
    }
    throw new Error('the stretches of a day cover the day');
  }

  /** What the local clock shows at that instant, as the milliseconds that UTC would show it at. */
  localMillis(millis: number): number {
    return millis + this.offsetAt(millis);
  }

  /**
   * The first instant at which the local clock shows this time or a later one. A time that a change of
   * clocks leaves out is therefore the instant of the change, and one that comes twice the first of the two;
   * never decreasing in its argument.
   * @param localMillis local time, as the milliseconds that UTC would show it at
   */
  instantOf(localMillis: number): number {
    const firstDay = Math.floor((localMillis - FURTHEST_OFFSET) / DAY);
    for (let utcDay = firstDay; ; utcDay++) {
      for (const { from, until, offset } of this.stretchesOf(utcDay)) {
        const instant = Math.max(from, localMillis - offset);
        if (instant < until) return instant;
      }
    }
  }

  private stretchesOf(utcDay: number): readonly Stretch[] {
    const kept = this.stretchesByUtcDay.get(utcDay);
    if (kept) return kept;
    const stretches = this.findStretches(utcDay * DAY, (utcDay + 1) * DAY);
    if (this.stretchesByUtcDay.size >= OFFSETS_KEPT) this.stretchesByUtcDay.clear();
    this.stretchesByUtcDay.set(utcDay, stretches);
    return stretches;
  }

  private findStretches(from: number, until: number): readonly Stretch[] {
    const before = this.askOffset(from);
    const after = this.askOffset(until);
    if (before === after) return [{ from, until, offset: before }];
    let low = from;
    let high = until;
    while (high - low > 1_000) {
      const middle = Math.floor((low + high) / 2_000) * 1_000;
      if (this.askOffset(middle) === before) low = middle;
      else high = middle;
    }
    return [
      { from, until: high, offset: before },
      { from: high, until, offset: after },
    ];
  }

  private askOffset(millis: number): number {
    const text = this.formatter.format(millis);
    const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
    if (!match) throw new Error(`no offset in "${text}"`);
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
    const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1_000;
    return sign === '-' ? -size : size;
  }
}
