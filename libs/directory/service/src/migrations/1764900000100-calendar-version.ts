import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes of a project's calendars are counted, so that due times can tell by which of them they were computed. */
export class CalendarVersion1764900000100 implements MigrationInterface {
  readonly name = 'CalendarVersion1764900000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table project add column calendar_version integer not null default 0');
    await runner.query('alter table project alter column calendar_version drop default');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table project drop column calendar_version');
  }
}
