import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Schemes, record sheets, evidence and totals of years; and what is known of whom they concern. */
export class Appraisal1764800000500 implements MigrationInterface {
  readonly name = 'Appraisal1764800000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table organisation_project (
        project_id uuid primary key,
        organisation_id uuid not null
      );
      create index organisation_project_organisation on organisation_project (organisation_id);

      create table scheme (
        id uuid primary key,
        organisation_id uuid not null,
        status text not null,
        level text not null,
        position text,
        versions jsonb not null,
        last_day date,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index scheme_in_use on scheme (organisation_id, level, coalesce(position, ''))
        where status = 'IN_USE';
      create index scheme_made on scheme (organisation_id, created_at, id);

      create table appraisal (
        id uuid primary key,
        project_id uuid,
        status text not null,
        kind text not null,
        staff_id uuid not null,
        period_from date not null,
        period_to date not null,
        year integer not null,
        scheme_id uuid not null,
        scheme_version integer not null,
        maxima jsonb not null,
        deductions jsonb not null,
        commendations jsonb not null,
        total numeric(10,2) not null,
        opened_by text not null,
        opened_at timestamptz not null,
        announced_by text,
        announced_at timestamptz,
        answer_due_at timestamptz,
        acknowledged_at timestamptz,
        unanswered_at timestamptz,
        appeal jsonb,
        appeal_decision jsonb,
        cancellation jsonb,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index appraisal_of_period on appraisal (staff_id, kind, period_from)
        where kind <> 'SPOT_CHECK' and status <> 'CANCELLED';
      create index appraisal_of_staff on appraisal (staff_id, period_to, id);
      create index appraisal_of_year on appraisal (staff_id, year);
      create index appraisal_in_project on appraisal (project_id, period_to, id);
      create index appraisal_periods on appraisal (period_to, id);
      create index appraisal_waiting on appraisal (project_id, status, period_to, id)
        where status in ('OPEN', 'ANNOUNCED', 'APPEALED');

      create table appraisal_year (
        id uuid primary key,
        project_id uuid,
        status text not null,
        staff_id uuid not null,
        year integer not null,
        scheme_id uuid not null,
        scheme_version integer not null,
        result jsonb not null,
        total numeric(10,2) not null,
        excellent boolean not null,
        leaves jsonb not null,
        closed_by text not null,
        closed_at timestamptz not null,
        corrections jsonb not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index appraisal_year_of_staff on appraisal_year (staff_id, year);
      create index appraisal_year_in_project on appraisal_year (project_id, year, id);

      create table evidence (
        id uuid primary key,
        project_id uuid,
        status text not null,
        staff_id uuid not null,
        kind text not null,
        event_id uuid not null,
        context text not null,
        subject_id uuid not null,
        code text,
        satisfaction integer,
        occurred_at timestamptz not null,
        suggestion jsonb,
        arrived_at timestamptz not null,
        views jsonb not null,
        decision jsonb,
        withdrawn_at timestamptz,
        appraisal_id uuid,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index evidence_of_event on evidence (event_id, staff_id);
      create index evidence_on_staff on evidence (staff_id, occurred_at, id);
      create index evidence_in_project on evidence (project_id, occurred_at, id);
      create index evidence_occurred on evidence (occurred_at, id);
      create index evidence_to_review on evidence (project_id, occurred_at, id) where status = 'SUGGESTED';
      create index evidence_subject on evidence (subject_id, staff_id);
      create index evidence_on_sheet on evidence (appraisal_id, occurred_at, id) where appraisal_id is not null;

      create table known_position (
        staff_id uuid not null,
        since_at timestamptz not null,
        organisation_id uuid not null,
        level text not null,
        position text not null,
        primary key (staff_id, since_at)
      );

      create table named_in_complaint (
        complaint_id uuid primary key,
        project_id uuid not null,
        cause_class text not null,
        staff_ids uuid[] not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop table named_in_complaint, known_position, evidence, appraisal_year, appraisal, scheme,
         organisation_project`,
    );
  }
}
