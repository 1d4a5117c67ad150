import { invalid, valid } from './checked';
import type { Checked } from './checked';
import type { DirectoryPolicy } from './policy';

// Reading of "names": letters of any script with their marks, spaces, the interpuncts of transliterated names,
// hyphens, apostrophes and full stops. Organisations also have digits, brackets, quotes and separators.
// Emoji, control, bidirectional and zero-width characters are refused.
const personNameShape = /^[\p{L}\p{M} ·•・.'’‘-]+$/u;
const organisationNameShape = /^[\p{L}\p{M}\p{N} ·•・.'’‘\-()（）《》「」“”"&＆,，、/／+:：—–#]+$/u;
const hasLetter = /\p{L}/u;
const spaces = /[\p{Zs}\t]+/gu;
const controlCharacter = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const emoji = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u;
// Composed emoji need joiners and variation selectors, which are format characters and marks.
const noteFormatting = /\r|\n|\t|\u200C|\u200D|\uFE0F/gu;

/** Code points, not UTF-16 units: 𠮷 counts once. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

function tidy(input: string): string {
  return input.replace(spaces, ' ').trim().normalize('NFC');
}

function checkText(input: string, max: number, refused: (text: string) => boolean, allowed: string) {
  const text = tidy(input);
  if (text === '') return invalid('REQUIRED', `1…${max}`);
  if (lengthOf(text) > max) return invalid('TOO_LONG', `1…${max}`);
  if (refused(text)) return invalid('CHARACTER_NOT_ALLOWED', allowed);
  return valid(text);
}

/** A person's name, spaces tidied, in Unicode NFC. */
export function checkPersonName(input: string, policy: DirectoryPolicy): Checked<string> {
  const refused = (text: string) => !personNameShape.test(text) || !hasLetter.test(text);
  return checkText(input, policy.maxNameLength, refused, "A–Z 汉字 · - ' .");
}

/** The name of a firm, an authority, a project or a place. */
export function checkOrganisationName(input: string, policy: DirectoryPolicy): Checked<string> {
  const refused = (text: string) => !organisationNameShape.test(text) || !hasLetter.test(text);
  return checkText(input, policy.maxNameLength, refused, 'A–Z 汉字 0–9 · - ( ) & , . /');
}

/** A postal address on one line. */
export function checkAddressText(input: string, policy: DirectoryPolicy): Checked<string> {
  const refused = (text: string) => controlCharacter.test(text) || emoji.test(text);
  return checkText(input, policy.maxAddressLength, refused, 'A–Z 汉字 0–9');
}

/** Free text of several lines; everything but control characters. */
export function checkNote(input: string, policy: DirectoryPolicy): Checked<string> {
  const text = input.trim().normalize('NFC');
  if (text === '') return invalid('REQUIRED', `1…${policy.maxNoteLength}`);
  if (lengthOf(text) > policy.maxNoteLength) return invalid('TOO_LONG', `1…${policy.maxNoteLength}`);
  if (controlCharacter.test(text.replace(noteFormatting, ''))) {
    return invalid('CHARACTER_NOT_ALLOWED', 'A–Z 汉字 0–9');
  }
  return valid(text);
}

/** An identifier in words, such as `FRONT_DESK_AGENT`; it may stand in events, where free text may not. */
export function checkCode(input: string): Checked<string> {
  return /^[A-Z][A-Z0-9_]{1,39}$/.test(input) ? valid(input) : invalid('FORMAT', 'A-Z0-9_, 2…40');
}

/** What two spellings of one name share: width, case, spaces and the kind of interpunct do not count. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•・.'’‘-]+/gu, '');
}
