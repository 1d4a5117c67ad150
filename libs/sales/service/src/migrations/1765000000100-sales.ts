import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mergedCustomerTable } from '@anju/references';

/** Prospects, the price list, sales, and the readiness lists. */
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

      create table lead (${aggregate},
        number text not null,
        kind text not null,
        customer_id uuid,
        interaction_id uuid,
        received_at timestamptz not null,
        consultant_id uuid not null,
        source text not null,
        need jsonb not null,
        contact_consent boolean not null,
        follow_ups jsonb not null,
        proposals jsonb not null,
        next_follow_up_due_at timestamptz,
        follow_up_missed_at timestamptz,
        follow_ups_due_at timestamptz not null,
        under_followed_at timestamptz,
        sale_id uuid,
        closing_reason text,
        closed_at timestamptz,
        follow_ups_owed boolean not null,
        constraint lead_number unique (project_id, number)
      );
      create index lead_of_project on lead (project_id, received_at desc, id desc);
      create index lead_newest on lead (received_at desc, id desc);
      create index lead_of_customer on lead (customer_id, received_at desc, id desc) where customer_id is not null;
      create index lead_of_consultant on lead (consultant_id, received_at desc, id desc);
      create index lead_of_interaction on lead (interaction_id) where interaction_id is not null;
      create index lead_overdue on lead (project_id, received_at desc, id desc)
        where status in ('OPEN', 'SUBSCRIBED') and follow_up_missed_at is not null;
      create index lead_under_followed on lead (project_id, received_at desc, id desc)
        where status in ('OPEN', 'SUBSCRIBED') and under_followed_at is not null and follow_ups_owed;

      create table sale (${aggregate},
        number text not null,
        unit_id uuid not null,
        customer_ids uuid[] not null,
        consultant_id uuid not null,
        lead_id uuid,
        opened_at timestamptz not null,
        opened_by text not null,
        pending jsonb,
        steps integer not null,
        refused_because text,
        held_at timestamptz,
        contract_id uuid,
        price numeric(14, 2),
        contract_signed_at timestamptz,
        payments jsonb not null,
        paid_at timestamptz,
        handed_over_at timestamptz,
        withdraw_reason text,
        withdrawn_at timestamptz,
        claims_unit boolean not null,
        is_pending boolean not null,
        needs_attention boolean not null,
        constraint sale_number unique (project_id, number)
      );
      -- A subscription locks its unit and is refused; should any way round that ever be found, it ends here (SAL-03).
      create unique index sale_claims_unit on sale (unit_id) where claims_unit;
      create index sale_of_project on sale (project_id, opened_at desc, id desc);
      create index sale_newest on sale (opened_at desc, id desc);
      create index sale_of_unit on sale (unit_id, opened_at desc, id desc);
      create index sale_of_consultant on sale (consultant_id, opened_at desc, id desc);
      create index sale_of_customers on sale using gin (customer_ids) with (fastupdate = off);
      create index sale_pending on sale (project_id, opened_at desc, id desc) where is_pending;
      create index sale_needs_attention on sale (project_id, opened_at desc, id desc) where needs_attention;
      ${mergedCustomerTable}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table merged_customer, sale, lead, readiness, unit_offer');
  }
}
