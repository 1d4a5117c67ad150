import { v7, validate } from 'uuid';

/** A new UUID version 7: ids that were made later in one process sort later. */
export function newId(): string {
  return v7();
}

/** Whether the text is a UUID of any version, in its written form with hyphens. */
export function isId(text: string): boolean {
  return validate(text);
}
