import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Shifts, receipts, fee accounts and release slips. */
export class Desk1764000000300 implements MigrationInterface {
  readonly name = 'Desk1764000000300';

  async up(runner: QueryRunner): Promise<void> {
    const aggregate = `
      id uuid primary key,
      project_id uuid not null,
      status text not null,
      version integer not null,
      created_at timestamptz not null,
      updated_at timestamptz not null`;
    await runner.query(`
      create table shift (${aggregate},
        staff_id uuid not null,
        opened_at timestamptz not null,
        opened_over_reason text,
        count jsonb,
        explanation text,
        special_notes text[] not null,
        open_matters jsonb not null,
        handed_over_at timestamptz,
        answered_by uuid,
        answered_at timestamptz,
        dispute_reason text
      );
      create index shift_of_project on shift (project_id, opened_at desc, id desc);
      create index shift_of_staff on shift (staff_id, opened_at desc, id desc);
      create unique index shift_open_once on shift (project_id, staff_id) where status = 'OPEN';

      create table receipt (${aggregate},
        number text not null,
        unit_id uuid not null,
        payer_id uuid not null,
        for_customer_id uuid not null,
        amount numeric(14, 2) not null,
        covers jsonb not null,
        prepaid numeric(14, 2) not null,
        method text not null,
        collected_by text not null,
        taken_by uuid not null,
        shift_id uuid,
        issued_at timestamptz not null,
        invoice_to_follow boolean not null,
        invoice_delivered_at timestamptz,
        invoice_delivered_by uuid,
        cancelled_at timestamptz,
        cancelled_by uuid,
        cancel_reason text,
        cancel_shift_id uuid,
        unique (project_id, number)
      );
      create index receipt_of_project on receipt (project_id, issued_at desc, id desc);
      create index receipt_of_unit on receipt (unit_id, issued_at desc, id desc);
      create index receipt_of_payer on receipt (payer_id, issued_at desc, id desc);
      create index receipt_for_customer on receipt (for_customer_id, issued_at desc, id desc);
      create index receipt_invoice_outstanding on receipt (project_id, issued_at desc, id desc)
        where invoice_to_follow and invoice_delivered_at is null and status = 'ISSUED';
      create index receipt_of_shift on receipt (shift_id);
      create index receipt_cancelled_in_shift on receipt (cancel_shift_id) where cancel_shift_id is not null;

      create table fee_account (${aggregate},
        unit_id uuid not null unique,
        charges jsonb not null,
        credits jsonb not null,
        payments jsonb not null,
        customer_ids uuid[] not null
      );
      create index fee_account_of_project on fee_account (project_id, created_at desc, id desc);
      create index fee_account_customers on fee_account using gin (customer_ids);

      create table fee_run (${aggregate},
        month text not null,
        due_at timestamptz not null,
        charged jsonb not null,
        already_charged jsonb not null,
        charged_at timestamptz not null,
        charged_by uuid not null
      );
      create index fee_run_of_project on fee_run (project_id, charged_at desc, id desc);

      create table release_slip (${aggregate},
        kind text not null,
        unit_id uuid not null,
        applicant_id uuid not null,
        interaction_id uuid,
        goods jsonb not null,
        identity_copied_at timestamptz,
        signed_by_id uuid,
        signed_at timestamptz,
        director_id uuid,
        director_informed_at timestamptz,
        owner_call jsonb,
        refusals jsonb not null,
        requested_at timestamptz not null,
        requested_by uuid not null,
        issued_at timestamptz,
        issued_by uuid,
        arrears_told jsonb,
        lobby_told_at timestamptz,
        redemption jsonb,
        cancelled_at timestamptz,
        cancel_reason text
      );
      create index release_slip_of_project on release_slip (project_id, requested_at desc, id desc);
      create index release_slip_of_unit on release_slip (unit_id, requested_at desc, id desc);
      create index release_slip_of_applicant on release_slip (applicant_id, requested_at desc, id desc);
      create index release_slip_of_signer on release_slip (signed_by_id) where signed_by_id is not null;
      create index release_slip_of_called_owner on release_slip ((owner_call->>'ownerId'))
        where owner_call is not null;

      create index known_role_of_unit on known_reference ((data->>'unitId')) where kind = 'customerRole';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index known_role_of_unit;
      drop table shift, receipt, fee_account, fee_run, release_slip;
    `);
  }
}
