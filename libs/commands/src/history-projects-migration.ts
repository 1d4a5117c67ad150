import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where each command was done, so that of what belongs to several projects each is told its own. */
export class HistoryProjects1764710000000 implements MigrationInterface {
  readonly name = 'HistoryProjects1764710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table history add column project_ids uuid[] not null default '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table history drop column project_ids');
  }
}
