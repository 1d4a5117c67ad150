/** Hides all but the ends, and always at least a third. */
function maskMiddle(value: string, start: number, end: number): string {
  const characters = [...value];
  const shown = Math.floor((characters.length * 2) / 3);
  const keepEnd = Math.min(end, shown);
  const keepStart = Math.min(start, shown - keepEnd);
  return characters
    .map((character, index) => (index < keepStart || index >= characters.length - keepEnd ? character : '*'))
    .join('');
}

/**
 * A phone number as anyone may see it (DIR-05): `138****5678`, a shorter one `65****34`. Spaces, dashes and
 * brackets go, since where they stand tells the kind of number.
 */
export function maskPhone(phone: string): string {
  const compact = phone.replace(/[\s\-()\uFF08\uFF09]/g, '');
  if (compact.length >= 11) return maskMiddle(compact, 3, 4);
  return compact.length >= 7 ? maskMiddle(compact, 2, 2) : maskMiddle(compact, 0, 1);
}

/** The number of an identity document as anyone may see it (DIR-05): `410***********1234`, `E******78`. */
export function maskIdentityNumber(number: string): string {
  const compact = number.replace(/[\s-]/g, '');
  if (compact.length >= 15) return maskMiddle(compact, 3, 4);
  return compact.length >= 6 ? maskMiddle(compact, 1, 2) : maskMiddle(compact, 0, 1);
}
