import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mergedCustomerTable } from '@anju/references';

/** The register of words to customers. */
export class Communications1764800000500 implements MigrationInterface {
  readonly name = 'Communications1764800000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table customer_word (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        customer_ids uuid[] not null,
        kind text not null,
        channel text not null,
        said_at timestamptz not null,
        by text not null,
        subject text not null,
        subject_id uuid,
        event_id uuid,
        content text,
        recorded_at timestamptz not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index customer_word_event on customer_word (event_id);
      create index customer_word_said on customer_word (said_at, id);
      create index customer_word_said_in on customer_word (project_id, said_at, id);
      create index customer_word_about on customer_word (subject_id, said_at, id) where subject_id is not null;
      create index customer_word_by on customer_word (by, said_at, id);
      create index customer_word_customers on customer_word using gin (customer_ids) with (fastupdate = off);
      ${mergedCustomerTable}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table merged_customer, customer_word');
  }
}
