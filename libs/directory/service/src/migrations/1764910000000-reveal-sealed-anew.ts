import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of what was revealed are final; only under which data key their note lies may change. */
export class RevealSealedAnew1764910000000 implements MigrationInterface {
  readonly name = 'RevealSealedAnew1764910000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger reveal_is_final on reveal;
      create trigger reveal_is_final before delete on reveal for each row execute function refuse_change();
      create trigger reveal_stays_as_it_is before update on reveal for each row
        when (to_jsonb(old) - 'note' <> to_jsonb(new) - 'note'
              or split_part(old.note, '.', 2) = split_part(new.note, '.', 2))
        execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger reveal_stays_as_it_is on reveal;
      drop trigger reveal_is_final on reveal;
      create trigger reveal_is_final before update or delete on reveal
        for each row execute function refuse_change();
    `);
  }
}
