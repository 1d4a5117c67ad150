import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row per thing that happened; metrics are counted from them. */
export class Facts1764000002000 implements MigrationInterface {
  readonly name = 'Facts1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table fact_interaction (
        id uuid primary key,
        project_id uuid not null,
        channel text not null,
        proposed_class text not null,
        class text,
        as_proposed boolean,
        received_at timestamptz not null,
        first_told_at timestamptz,
        closed_at timestamptz
      );
      create table fact_silence (
        event_id uuid primary key,
        project_id uuid not null,
        class text,
        flagged_at timestamptz not null
      );
      create table fact_work_order (
        id uuid primary key,
        project_id uuid not null,
        issued_at timestamptz not null,
        overdue_at timestamptz,
        breached_at timestamptz,
        done_at timestamptz,
        on_time boolean,
        confirmed_at timestamptz,
        cancelled_at timestamptz
      );
      create table fact_follow_up (
        id uuid primary key,
        project_id uuid not null,
        category text not null,
        entered_at timestamptz not null,
        flagged_at timestamptz,
        left_at timestamptz
      );
      create table fact_rectification (
        id uuid primary key,
        project_id uuid not null,
        requested_at timestamptz not null,
        completed_at timestamptz
      );
      create table fact_receipt (
        id uuid primary key,
        project_id uuid not null,
        amount numeric(14, 2) not null,
        method text not null,
        collected_by text not null,
        issued_at timestamptz not null,
        cancelled_at timestamptz
      );
      create table fact_release_slip (
        id uuid primary key,
        project_id uuid not null,
        kind text not null,
        issued_at timestamptz,
        redeemed_at timestamptz
      );
      create table fact_release_refusal (
        event_id uuid primary key,
        project_id uuid not null,
        kind text not null,
        refused_at timestamptz not null
      );
      create table fact_shift (
        id uuid primary key,
        project_id uuid not null,
        handed_over_at timestamptz not null,
        answer text
      );
      create table fact_complaint (
        id uuid primary key,
        project_id uuid not null,
        cause_class text not null,
        severity text not null,
        received_at timestamptz not null,
        resolved_at timestamptz,
        ever_resolved boolean not null default false,
        reopened integer not null default 0,
        closed_at timestamptz,
        joined_at timestamptz
      );
      create table fact_complaint_clock (
        complaint_id uuid not null,
        sequence integer not null,
        project_id uuid not null,
        clock text not null,
        cause_class text not null,
        severity text not null,
        started_at timestamptz not null,
        due_at timestamptz not null,
        met_at timestamptz,
        missed_at timestamptz,
        primary key (complaint_id, sequence)
      );
      create table fact_return_visit (
        event_id uuid primary key,
        project_id uuid not null,
        cause_class text not null,
        severity text not null,
        satisfaction integer not null,
        visited_at timestamptz not null
      );
      create table fact_return_visit_release (
        event_id uuid primary key,
        project_id uuid not null,
        cause_class text not null,
        severity text not null,
        release text not null,
        released_at timestamptz not null
      );
      create index fact_interaction_day on fact_interaction (project_id, received_at);
      create index fact_work_order_day on fact_work_order (project_id, issued_at);
      create index fact_follow_up_day on fact_follow_up (project_id, entered_at);
      create index fact_receipt_day on fact_receipt (project_id, issued_at);
      create index fact_complaint_day on fact_complaint (project_id, received_at);
      create index fact_complaint_clock_day on fact_complaint_clock (project_id, due_at);
      create table metric_views (only_row boolean primary key default true check (only_row), fingerprint text not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table fact_interaction, fact_silence, fact_release_refusal, fact_work_order, fact_follow_up, fact_rectification, fact_receipt,
        fact_release_slip, fact_shift, fact_complaint, fact_complaint_clock, fact_return_visit,
        fact_return_visit_release, metric_views cascade
    `);
  }
}
