import type { EntityManager } from 'typeorm';
import type { Permission } from '@anju/access';
import type { Actor, CommandRunner } from '@anju/commands';
import type { FieldProblem } from '@anju/directory-rules';
import type { Project } from './project.entity';

/** What a line did, or would do. */
export type LineOutcome =
  | { readonly line: number; readonly effect: 'CREATED' | 'CHANGED' | 'UNCHANGED' }
  | { readonly line: number; readonly problems: readonly FieldProblem[] };

/** A good line of the file. */
export interface ReadRow<Row> {
  readonly line: number;
  readonly row: Row;
}

/** What a file's lines are carried out with; without `write` they are only tried out. */
export interface ImportSetting {
  readonly project: Project;
  readonly write: {
    readonly commands: CommandRunner;
    /** Who imports, and the import as the reason in the history of everything that it changes. */
    readonly request: {
      readonly actor: Actor;
      readonly command: string;
      readonly permission: Permission;
      readonly reason: string;
    };
  } | null;
}

/** Carries out the lines of one file, a batch at a time; remembers what it has seen of the directory. */
export interface ImportWork<Row> {
  readonly newBuildings: number;
  readonly newSections: number;
  carryOut(rows: readonly ReadRow<Row>[], at: Date, tx: EntityManager): Promise<LineOutcome[]>;
}
