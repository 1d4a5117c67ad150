import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose unit it is while it is sold, and which requests of sales have been answered. */
export class UnitHeldBySale1764800000100 implements MigrationInterface {
  readonly name = 'UnitHeldBySale1764800000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table unit add column held_by_sale_id uuid,
        add constraint unit_for_sale_is_nobodys check (status <> 'FOR_SALE' or held_by_sale_id is null);
      create table answered_sale_step (
        sale_id uuid not null,
        sequence integer not null,
        primary key (sale_id, sequence)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table answered_sale_step; alter table unit drop column held_by_sale_id');
  }
}
