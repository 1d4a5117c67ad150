import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contracts with their filing, mortgage cases, and the monthly sales reports. */
export class SalesContracts1765000000200 implements MigrationInterface {
  readonly name = 'SalesContracts1765000000200';

  async up(runner: QueryRunner): Promise<void> {
    const aggregate = `
      id uuid primary key,
      project_id uuid not null,
      status text not null,
      version integer not null,
      created_at timestamptz not null,
      updated_at timestamptz not null`;
    await runner.query(`
      create table contract (${aggregate},
        number text not null,
        sale_id uuid not null,
        unit_id uuid not null,
        consultant_id uuid not null,
        drafted_by text not null,
        revised_by text not null,
        drafted_at timestamptz not null,
        buyers jsonb not null,
        area numeric(10, 2) not null,
        unit_price numeric(14, 2) not null,
        discounts jsonb not null,
        price jsonb not null,
        discount_approval jsonb,
        mortgage jsonb,
        signing jsonb,
        checks jsonb not null,
        corrections jsonb not null,
        filing jsonb,
        cancel_reason text,
        cancelled_at timestamptz,
        customer_ids uuid[] not null,
        staff_ids uuid[] not null,
        online_signing_number text,
        signed_at timestamptz,
        filed_at timestamptz,
        filing_due_at timestamptz,
        filing_overdue_since_at timestamptz,
        untold_since_at timestamptz
      );
      create unique index contract_number on contract (project_id, number);
      create unique index contract_online_signing_number on contract (online_signing_number);
      create unique index contract_live_of_sale on contract (sale_id) where status <> 'CANCELLED';
      create index contract_of_sale on contract (sale_id, drafted_at, id);
      create index contract_drafted on contract (drafted_at, id);
      create index contract_drafted_in on contract (project_id, drafted_at, id);
      create index contract_signed_in on contract (project_id, signed_at) where signed_at is not null;
      create index contract_filed_in on contract (project_id, filed_at) where filed_at is not null;
      create index contract_filing_overdue on contract (project_id, drafted_at, id)
        where filing_overdue_since_at is not null;
      create index contract_untold on contract (project_id, drafted_at, id) where untold_since_at is not null;
      create index contract_unit on contract (unit_id, drafted_at, id);
      create index contract_consultant on contract (consultant_id, drafted_at, id);
      create index contract_customers on contract using gin (customer_ids) with (fastupdate = off);
      create index contract_in_hand on contract using gin (staff_ids) with (fastupdate = off)
        where status not in ('FILED', 'CANCELLED') or untold_since_at is not null;

      create table mortgage (${aggregate},
        number text not null,
        contract_id uuid not null,
        unit_id uuid not null,
        loan_kind text not null,
        commercial_amount numeric(17, 2),
        provident_fund_amount numeric(17, 2),
        borrowers jsonb not null,
        documents jsonb not null,
        opened_at timestamptz not null,
        agency jsonb,
        lender_id uuid,
        approved_amount numeric(17, 2),
        stands_since_at timestamptz not null,
        chase_due_at timestamptz,
        chased_at timestamptz,
        disbursed_at timestamptz,
        end_reason text,
        ended_at timestamptz,
        customer_ids uuid[] not null
      );
      create unique index mortgage_number on mortgage (project_id, number);
      create unique index mortgage_not_failed on mortgage (contract_id)
        where status not in ('REJECTED', 'WITHDRAWN');
      create index mortgage_of_contract on mortgage (contract_id, opened_at, id);
      create index mortgage_opened on mortgage (opened_at, id);
      create index mortgage_opened_in on mortgage (project_id, opened_at, id);
      create index mortgage_lender on mortgage (lender_id, opened_at, id) where lender_id is not null;
      create index mortgage_standing_still on mortgage (project_id, opened_at, id) where chased_at is not null;
      create index mortgage_customers on mortgage using gin (customer_ids) with (fastupdate = off);

      create table sales_report (${aggregate},
        month text not null,
        ends_at timestamptz not null,
        opened_at timestamptz,
        due_at timestamptz,
        missed_at timestamptz,
        lines jsonb not null,
        payments jsonb not null,
        sent_at timestamptz,
        sent_by text,
        corrections jsonb not null
      );
      create unique index sales_report_of_month on sales_report (project_id, month);
      create index sales_report_month on sales_report (month, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sales_report, mortgage, contract');
  }
}
