const LONGEST = 40;

/** A value in quotes for an error message, cut where it is long. */
export function excerpt(value: unknown): string {
  const text = String(value);
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
