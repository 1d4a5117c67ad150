import { dialledInChina } from './phone';
import type { Phone } from './phone';

// Always four, so that the mask does not tell how long the number is.
const stars = '****';

function mask(characters: readonly string[], hiddenAtLeast: number): string {
  const visible = Math.max(0, characters.length - hiddenAtLeast);
  const tail = Math.min(4, visible);
  const head = Math.min(3, visible - tail);
  return characters.slice(0, head).join('') + stars + characters.slice(characters.length - tail).join('');
}

/**
 * `138****5678`: at most the first three and the last four digits, and at least four are hidden (DIR-05). An
 * extension is not shown.
 */
export function maskPhone(phone: Phone): string {
  return mask([...dialledInChina(phone).replace('+', '')], 4);
}

/**
 * `440****0012`: at most the first three and the last four characters, and at least half of the number, never
 * fewer than four characters, is hidden (DIR-05).
 */
export function maskIdentityNumber(number: string): string {
  const characters = [...number];
  return mask(characters, Math.max(4, Math.ceil(characters.length / 2)));
}
