import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events of employees tell their employments from now on: those who are on record are told of once more. */
export class StaffToldAgain1764800000000 implements MigrationInterface {
  readonly name = 'StaffToldAgain1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      insert into outbox (id, aggregatetype, aggregateid, type, payload)
      select event_id, 'Staff', id::text, 'staff-changed.v1', jsonb_build_object(
        'specversion', '1.0',
        'id', event_id,
        'source', 'anju.directory',
        'type', 'staff-changed.v1',
        'subject', id,
        'time', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'datacontenttype', 'application/json',
        'actor', 'system:migration',
        'project', null,
        'data', jsonb_build_object(
          'projectId', null,
          'staffId', id,
          'organisationId', organisation_id,
          'departmentCode', department_code,
          'position', position,
          'supervisorId', supervisor_id,
          'level', level,
          'projectIds', to_jsonb(project_ids),
          'employed', status = 'EMPLOYED',
          'employments', employments))
      from (select gen_random_uuid() as event_id, staff.* from staff order by created_at, id) as told;
    `);
  }

  /** What was told stays told. */
  async down(): Promise<void> {}
}
