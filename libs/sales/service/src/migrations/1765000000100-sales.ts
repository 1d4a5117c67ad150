import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The price list and the readiness lists. */
export class Sales1765000000100 implements MigrationInterface {
  readonly name = 'Sales1765000000100';

  async up(runner: QueryRunner): Promise<void> {
    const aggregate = `
      id uuid primary key,
      project_id uuid not null,
      status text not null,
      version integer not null,
      created_at timestamptz not null,
      updated_at timestamptz not null`;
    await runner.query(`
      create table unit_offer (${aggregate},
        unit_id uuid not null unique,
        unit_type_code text not null,
        bedrooms integer not null,
        unit_price numeric(14, 2) not null
      );
      create index unit_offer_of_project on unit_offer (project_id, created_at desc, id desc);
      create index unit_offer_newest on unit_offer (created_at desc, id desc);

      create table readiness (${aggregate},
        items jsonb not null,
        constraint readiness_of_project unique (project_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table readiness, unit_offer');
  }
}
