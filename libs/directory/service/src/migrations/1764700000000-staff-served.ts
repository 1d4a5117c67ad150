import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where employees ever served, for those on record by what their history tells. */
export class StaffServed1764700000000 implements MigrationInterface {
  readonly name = 'StaffServed1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table staff
        add column served_project_ids uuid[] not null default '{}',
        add column served_organisation boolean not null default false;
      with told as (
        select aggregate_id, fact->'projectIds' as project_ids
        from history, jsonb_array_elements(facts) as fact
        where aggregate_type = 'Staff' and jsonb_typeof(fact->'projectIds') = 'array'
      )
      update staff set
        served_project_ids = array(
          select unnest(project_ids)
          union select told_id::uuid from told, jsonb_array_elements_text(told.project_ids) as ids(told_id)
            where aggregate_id = staff.id),
        served_organisation = project_ids = '{}' or exists (
          select from told where aggregate_id = staff.id and told.project_ids = '[]');
      alter table staff
        alter column served_project_ids drop default,
        alter column served_organisation drop default;
      create index staff_served_projects on staff using gin (served_project_ids);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table staff drop column served_project_ids, drop column served_organisation');
  }
}
