import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts of sales, appraisal and communications, whose events no consumer has read before: the log fills them. */
export class SalesAppraisalCommunicationsFacts1764800002000 implements MigrationInterface {
  readonly name = 'SalesAppraisalCommunicationsFacts1764800002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table fact_lead (
        id uuid primary key,
        project_id uuid not null,
        kind text not null,
        source text not null,
        received_at timestamptz not null,
        follow_ups integer not null default 0,
        required integer,
        under_followed_at timestamptz,
        subscribed_at timestamptz,
        won_at timestamptz,
        closed_at timestamptz
      );
      create table fact_lead_follow_up (
        event_id uuid primary key,
        project_id uuid not null,
        method text not null,
        outcome text not null,
        made_at timestamptz not null
      );
      create table fact_lead_follow_up_miss (
        event_id uuid primary key,
        project_id uuid not null,
        due_at timestamptz not null
      );
      create table fact_sale (
        id uuid primary key,
        project_id uuid not null,
        opened_at timestamptz not null,
        held_at timestamptz,
        refused_at timestamptz,
        contracted_at timestamptz,
        paid_at timestamptz,
        handed_over_at timestamptz,
        withdrawn_at timestamptz
      );
      create table fact_sale_payment (
        id uuid primary key,
        project_id uuid not null,
        kind text not null,
        amount numeric(14, 2) not null,
        paid_at timestamptz not null
      );
      create table fact_contract (
        id uuid primary key,
        project_id uuid not null,
        total numeric(14, 2) not null,
        loan_kind text,
        signed_at timestamptz not null,
        filing_due_at timestamptz not null,
        submitted_at timestamptz,
        filing_overdue_at timestamptz,
        filed_at timestamptz,
        filing_days integer,
        tell_due_at timestamptz,
        told_at timestamptz,
        not_told_at timestamptz
      );
      create table fact_mortgage (
        id uuid primary key,
        project_id uuid not null,
        loan_kind text not null,
        status text not null,
        lender_id uuid,
        approved_amount numeric(14, 2),
        opened_at timestamptz not null,
        disbursed_at timestamptz
      );
      create table fact_mortgage_step (
        event_id uuid primary key,
        project_id uuid not null,
        status text not null,
        entered_at timestamptz not null,
        left_at timestamptz not null
      );
      create table fact_mortgage_standstill (
        event_id uuid primary key,
        project_id uuid not null,
        status text not null,
        due_at timestamptz not null
      );
      create table fact_sales_report (
        id uuid primary key,
        project_id uuid not null,
        due_at timestamptz not null,
        sent_at timestamptz,
        overdue_at timestamptz
      );
      create table fact_scheme (
        id uuid primary key,
        level text not null
      );
      create table fact_appraisal (
        id uuid primary key,
        project_id uuid,
        scheme_id uuid not null,
        kind text not null,
        period_to date not null,
        opened_at timestamptz not null,
        total numeric(7, 2),
        announced_at timestamptz,
        appealed_at timestamptz,
        appeal_decided_at timestamptz,
        appeal_outcome text,
        final_at timestamptz,
        cancelled_at timestamptz
      );
      create table fact_evidence (
        id uuid primary key,
        project_id uuid,
        kind text not null,
        arrived_at timestamptz not null,
        decided_at timestamptz,
        decision text,
        withdrawn_at timestamptz
      );
      create table fact_customer_word (
        id uuid primary key,
        project_id uuid not null,
        kind text not null,
        channel text not null,
        subject text not null,
        said_at timestamptz not null
      );
      create table fact_message (
        id uuid primary key,
        project_id uuid not null,
        channel text not null,
        purpose text not null,
        sent_at timestamptz not null
      );
      create table fact_message_copy (
        id uuid primary key,
        project_id uuid not null,
        channel text not null,
        purpose text not null,
        outcome text not null,
        skip_reason text,
        finished_at timestamptz not null
      );
      create table fact_visit (
        id uuid primary key,
        project_id uuid not null,
        in_depth boolean not null,
        visited_at timestamptz not null
      );
      create index fact_lead_day on fact_lead (project_id, received_at);
      create index fact_lead_follow_up_day on fact_lead_follow_up (project_id, made_at);
      create index fact_sale_day on fact_sale (project_id, held_at);
      create index fact_contract_day on fact_contract (project_id, signed_at);
      create index fact_mortgage_day on fact_mortgage (project_id, opened_at);
      create index fact_appraisal_period on fact_appraisal (project_id, period_to);
      create index fact_evidence_day on fact_evidence (project_id, arrived_at);
      create index fact_customer_word_day on fact_customer_word (project_id, said_at);
      create index fact_message_copy_day on fact_message_copy (project_id, finished_at);
      create index fact_interaction_open on fact_interaction (project_id) where closed_at is null;
      create index fact_interaction_closing on fact_interaction (project_id, closed_at);
      create index fact_work_order_open on fact_work_order (project_id)
        where done_at is null and cancelled_at is null;
      create index fact_follow_up_open on fact_follow_up (project_id) where left_at is null;
      create index fact_complaint_open on fact_complaint (project_id) where closed_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index fact_interaction_open, fact_interaction_closing, fact_work_order_open, fact_follow_up_open,
        fact_complaint_open;
      drop table fact_lead, fact_lead_follow_up, fact_lead_follow_up_miss, fact_sale, fact_sale_payment,
        fact_contract, fact_mortgage, fact_mortgage_step, fact_mortgage_standstill, fact_sales_report,
        fact_scheme, fact_appraisal, fact_evidence, fact_customer_word, fact_message, fact_message_copy,
        fact_visit cascade;
      delete from metric_views
    `);
  }
}
