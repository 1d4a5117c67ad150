import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For services that keep files: contents, each once, and the files that are such a content under a name. */
export class Files1764810000000 implements MigrationInterface {
  readonly name = 'Files1764810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table stored_content (
        key text primary key,
        size integer not null,
        key_id text not null,
        touched_at timestamptz not null default now()
      );
      create table stored_file (
        id uuid primary key,
        content_key text not null references stored_content,
        project_id uuid not null,
        name text not null,
        content_type text not null,
        size integer not null,
        uploaded_by text not null,
        uploaded_at timestamptz not null default now(),
        owner_id uuid,
        released_at timestamptz
      );
      create index stored_file_content on stored_file (content_key);
      create index stored_file_waiting on stored_file (uploaded_by, uploaded_at) where owner_id is null;
      create index stored_file_released on stored_file (released_at) where released_at is not null;
      create index stored_content_touched on stored_content (touched_at);
      create index stored_content_sealed on stored_content (key_id, key);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table stored_file, stored_content');
  }
}
