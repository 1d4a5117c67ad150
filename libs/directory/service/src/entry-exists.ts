import { CommandRefusal, Fault } from '@anju/commands';
import type { Refusal } from '@anju/kernel';
import type { DirectoryEntry } from './graph-enums';

/** `existingId` is the entry that has the number. */
export type DirectoryEntryExists = Refusal<
  'DIRECTORY_ENTRY_EXISTS',
  {
    readonly entry: DirectoryEntry;
    readonly field: string;
    readonly value: string;
    readonly existingId: string | null;
  }
>;

/** What a registration would collide with. */
export interface UniqueEntry {
  readonly entry: DirectoryEntry;
  /** Name of the unique index or constraint. */
  readonly constraint: string;
  readonly field: string;
  readonly value: string;
  /** The id of the entry that has the number. */
  readonly existing: () => Promise<string | null>;
}

/**
 * Carries out a registration. Unique indexes decide, so that of two people who register the same number at the
 * same instant one is refused; the refusal names the field and the entry that is there.
 */
export async function unlessItExists<Answer>(
  unique: UniqueEntry,
  register: () => Promise<Answer>,
): Promise<Answer | CommandRefusal<DirectoryEntryExists>> {
  try {
    return await register();
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'CONFLICT') throw error;
    if (error.extensions['constraint'] !== unique.constraint) throw error;
    const { entry, field, value } = unique;
    const existingId = await unique.existing();
    return new CommandRefusal<DirectoryEntryExists>({
      code: 'DIRECTORY_ENTRY_EXISTS',
      data: { entry, field, value, existingId },
    });
  }
}
