import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Praise of employees. */
export class Praise1764800000200 implements MigrationInterface {
  readonly name = 'Praise1764800000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table praise (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        interaction_id uuid not null references interaction (id),
        staff_id uuid not null,
        customer_id uuid,
        text text not null,
        recorded_by uuid not null,
        recorded_at timestamptz not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create index praise_of_contact on praise (interaction_id, created_at, id);
      create index praise_of_customer on praise (customer_id) where customer_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table praise');
  }
}
