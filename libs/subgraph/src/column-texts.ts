import { types } from 'pg';

type Parse = (text: string) => unknown;

const timestamptz = 1184;
const textArray = 1009;
const parseInstant = types.getTypeParser(timestamptz, 'text') as Parse;
const parseArray = types.getTypeParser(textArray as never, 'text') as Parse;

const zero = 48;

/** @returns NaN where it is no digit */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - zero;
  return value >= 0 && value <= 9 ? value : NaN;
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

/**
 * An instant as PostgreSQL writes it, such as `2026-03-02 09:02:00.5+08`. Read by its places where the year has
 * four digits and the offset is of whole hours; pg reads all others.
 */
export function instantFrom(text: string): unknown {
  const ends = text.length - 3;
  const sign = text[ends];
  if (text[4] !== '-' || text[10] !== ' ' || ends < 19 || (sign !== '+' && sign !== '-')) {
    return parseInstant(text);
  }
  let millis = 0;
  if (ends > 19) {
    if (text[19] !== '.') return parseInstant(text);
    // What is finer than a millisecond is cut off.
    for (let at = 20, weight = 100; at < ends; at += 1, weight /= 10) {
      millis += Math.floor(digit(text, at) * weight);
    }
  }
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const hours = twoDigits(text, 11) - twoDigits(text, ends + 1) * (sign === '+' ? 1 : -1);
  const value = Date.UTC(
    year,
    twoDigits(text, 5) - 1,
    twoDigits(text, 8),
    hours,
    twoDigits(text, 14),
    twoDigits(text, 17),
    millis,
  );
  // `Date.UTC` takes years below 100 for those of another century.
  return Number.isNaN(value) || year < 100 ? parseInstant(text) : new Date(value);
}

/** An array of texts as PostgreSQL writes it, such as `{a,b}`; pg reads those with anything to take off. */
export function arrayFrom(text: string): unknown {
  if (text === '{}') return [];
  if (text.includes('"') || text.includes('\\') || text.includes('{', 1) || /null/i.test(text)) {
    return parseArray(text);
  }
  return text.slice(1, -1).split(',');
}
