import { invalid, valid } from './checked';
import type { Checked } from './checked';

const dashes = /[‐-―−_/]/gu;

function plain(input: string): string {
  return input.normalize('NFKC').replace(dashes, '-').replace(/\s+/gu, '').toUpperCase();
}

function checkPart(text: string): Checked<string> {
  return /^[A-Z0-9]{1,8}$/.test(text) ? valid(text) : invalid('FORMAT', '[0-9A-Z]{1,8}');
}

// 03 and 3 are one building to everybody who looks for it.
function withoutLeadingZeros(text: string): string {
  return text.replace(/^0+(?=.)/, '');
}

/** A building's number as people write it: `3`, `03`, `3栋`, `3号楼` are all building 3. */
export function checkBuildingNumber(input: string): Checked<string> {
  return checkPart(withoutLeadingZeros(plain(input).replace(/(?:号楼|[栋幢座楼号#])$/u, '')));
}

/** A building section's number: `2`, `2单元`. */
export function checkSectionNumber(input: string): Checked<string> {
  return checkPart(withoutLeadingZeros(plain(input).replace(/(?:单元|门)$/u, '')));
}

/** A unit's number as on its door: `1201`, `0302`, `1201室`. Leading zeros stay, because the door has them. */
export function checkUnitNumber(input: string): Checked<string> {
  return checkPart(plain(input).replace(/(?:号房|[室房号])$/u, ''));
}

/** What makes a unit's number unique within its section: 302 and 0302 are one home. */
export function unitNumberKey(number: string): string {
  return withoutLeadingZeros(number);
}

/** A parking space's number: `B1-023`, `地下A-101`. */
export function checkParkingSpaceNumber(input: string): Checked<string> {
  const number = plain(input).replace(/(?:号车位|车位|号)$/u, '');
  return /^(?=.*\d)[A-Z0-9\p{Script=Han}-]{1,20}$/u.test(number)
    ? valid(number)
    : invalid('FORMAT', 'B1-023, 1…20');
}

/** Where a home is, by the numbers of building, section and unit. */
export type HomeAddress = {
  readonly building: string;
  /** Null in a building without sections. */
  readonly section: string | null;
  readonly number: string;
};

/** The home as everybody writes it: `3-2-1201`, or `3-1201` in a building without sections. */
export function homeText({ building, section, number }: HomeAddress): string {
  return section === null ? `${building}-${number}` : `${building}-${section}-${number}`;
}

/** Home addresses with the same key are the same home, however their zeros are written. */
export function homeKey({ building, section, number }: HomeAddress): string {
  return homeText({ building, section, number: unitNumberKey(number) });
}

/** `3-2-1201`, `3栋2单元1201室`, `3-1201` → its parts in canonical form. */
export function checkHome(input: string): Checked<HomeAddress> {
  const expected = '3-2-1201 | 3-1201';
  const text = plain(input);
  if (text === '') return invalid('REQUIRED', expected);
  const parts = text
    .replace(/(?:号房|[室房号])$/u, '')
    .replace(/号楼|单元|[栋幢座楼号门#]/gu, '-')
    .split(/-+/);
  const [building = '', ...rest] = parts;
  const number = rest.pop() ?? '';
  const section = rest.pop() ?? null;
  const named = { building: checkBuildingNumber(building), number: checkUnitNumber(number) };
  const inSection = section === null ? null : checkSectionNumber(section);
  // "2单元1201" names a section and no building.
  const sectionLost = /单元|门/u.test(text) && section === null;
  if (!named.building.ok || !named.number.ok || inSection?.ok === false || rest.length > 0 || sectionLost) {
    return invalid('FORMAT', expected);
  }
  return valid({
    building: named.building.value,
    section: inSection?.value ?? null,
    number: named.number.value,
  });
}
