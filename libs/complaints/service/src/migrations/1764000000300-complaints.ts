import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Complaint cases, and the merges of customer records that came before a case. */
export class Complaints1764000000300 implements MigrationInterface {
  readonly name = 'Complaints1764000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table complaint (
        id uuid primary key,
        project_id uuid not null,
        number text not null,
        status text not null,
        is_over boolean not null,
        cause_class text not null,
        severity text not null,
        subject jsonb not null,
        content text,
        contact_words jsonb not null,
        channel text not null,
        received_at timestamptz not null,
        received_by text not null,
        answers_need_approval boolean not null,
        passings jsonb not null,
        members jsonb not null,
        interaction_ids uuid[] not null,
        facts jsonb not null,
        raises jsonb not null,
        ageing jsonb not null,
        responsible_department text,
        handler_id uuid,
        named_staff_ids uuid[] not null,
        acknowledgement jsonb,
        responses jsonb not null,
        progress jsonb not null,
        callback_promises jsonb not null,
        demand_forms jsonb not null,
        resolutions jsonb not null,
        resolved_at timestamptz,
        return_visits jsonb not null,
        special_reports jsonb not null,
        closings jsonb not null,
        closed_at timestamptz,
        reopenings jsonb not null,
        cause_class_changes jsonb not null,
        linked_cases jsonb not null,
        attachments jsonb not null,
        replies jsonb not null,
        notices jsonb not null,
        coordinator_id uuid,
        company_forms jsonb not null,
        document_receipts jsonb not null,
        hand_overs jsonb not null,
        urgings jsonb not null,
        return_visit_attempts jsonb not null,
        splits jsonb not null,
        joined_into jsonb,
        clocks jsonb not null,
        topic text not null,
        unit_id uuid,
        building_id uuid,
        customer_ids uuid[] not null,
        group_size integer not null,
        next_due_at timestamptz,
        overdue_since_at timestamptz,
        duty_due_at timestamptz,
        missed_clocks text[] not null,
        second_complaints integer not null,
        severity_rank integer not null,
        active_until_at timestamptz not null,
        opened_from_interaction_id uuid,
        offered_to_id uuid,
        reply_awaits text,
        urging_count integer not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      ) with (fillfactor = 80);
      create unique index complaint_number on complaint (project_id, number);
      create unique index complaint_opened_from on complaint (project_id, opened_from_interaction_id);
      create index complaint_received on complaint (received_at, id);
      create index complaint_received_in on complaint (project_id, received_at, id);
      create index complaint_open on complaint (project_id, received_at, id) where not is_over;
      create index complaint_open_by_id on complaint (project_id, id) where not is_over;
      create index complaint_topic on complaint (project_id, topic, received_at);
      create index complaint_handler on complaint (handler_id, received_at, id) where handler_id is not null;
      create index complaint_handler_open on complaint (handler_id, received_at, id)
        where handler_id is not null and not is_over;
      create index complaint_offered on complaint (offered_to_id, received_at, id) where offered_to_id is not null;
      create index complaint_unit on complaint (unit_id, received_at, id) where unit_id is not null;
      create index complaint_building on complaint (building_id, received_at, id) where building_id is not null;
      create index complaint_customers on complaint using gin (customer_ids) with (fastupdate = off);
      create index complaint_interactions on complaint using gin (interaction_ids) with (fastupdate = off);
      create index complaint_severest on complaint (severity_rank, id);
      create index complaint_missed on complaint (project_id, received_at, id) where missed_clocks <> '{}';
      create index complaint_second on complaint (received_at, id) where second_complaints > 0;
      create index complaint_group on complaint (received_at, id) where group_size > 1;
      create index complaint_open_anywhere on complaint (received_at, id) where not is_over;
      create index complaint_department on complaint (responsible_department, received_at, id)
        where responsible_department is not null;
      create index complaint_moments on complaint using brin (resolved_at, closed_at, active_until_at)
        with (pages_per_range = 32, autosummarize = on);

      create table complaint_pending (
        id uuid primary key,
        project_id uuid not null,
        next_due_at timestamptz,
        duty_due_at timestamptz,
        overdue_since_at timestamptz,
        reply_awaits text
      ) with (fillfactor = 80);
      create index complaint_pending_next on complaint_pending (next_due_at, id) where next_due_at is not null;
      create index complaint_pending_duty on complaint_pending (duty_due_at, id) where duty_due_at is not null;
      create index complaint_pending_duty_in on complaint_pending (project_id, duty_due_at, id)
        where duty_due_at is not null;
      create index complaint_pending_overdue on complaint_pending (overdue_since_at, id)
        where overdue_since_at is not null;
      create index complaint_pending_overdue_in on complaint_pending (project_id, overdue_since_at, id)
        where overdue_since_at is not null;
      create index complaint_pending_reply on complaint_pending (reply_awaits, id) where reply_awaits is not null;

      create table complaint_words (
        complaint_id uuid primary key,
        project_id uuid not null,
        words text not null,
        terms text[] not null
      );
      create index complaint_words_in on complaint_words (project_id);
      create index complaint_words_terms on complaint_words using gin (terms) with (gin_pending_list_limit = 64);

      create table complaint_due (
        id uuid not null default gen_random_uuid(),
        complaint_id uuid not null,
        kind text not null,
        due_at timestamptz not null,
        project_id uuid not null,
        primary key (complaint_id, kind, due_at)
      );
      create index complaint_due_all on complaint_due (due_at, id);
      create index complaint_due_in on complaint_due (project_id, due_at, id);

      create table merged_customer (
        customer_id uuid primary key,
        into_customer_id uuid not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table merged_customer, complaint_words, complaint_due, complaint_pending, complaint',
    );
  }
}
