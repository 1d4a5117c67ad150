import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts and what they lead to: work orders, the follow-up register, liaison forms, complaint cases. */
export class Reception1764000000200 implements MigrationInterface {
  readonly name = 'Reception1764000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table interaction (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        label text,
        number text not null,
        channel text not null,
        customer_id uuid,
        caller_name text,
        callback_contact text,
        accompanying_customer_ids uuid[] not null,
        customer_ids uuid[] not null,
        unit_id uuid,
        building_id uuid,
        content text not null,
        topic text,
        received_at timestamptz not null,
        received_by uuid not null,
        facts jsonb not null,
        proposed_class text not null,
        confirmed_class text,
        class_changes jsonb not null,
        complaint jsonb,
        owner_id uuid not null,
        handover_offer jsonb,
        tellings jsonb not null,
        last_told_at timestamptz,
        uninformed_at timestamptz,
        closed_at timestamptz,
        closed_by uuid,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index interaction_number on interaction (project_id, number);
      create index interaction_received on interaction (project_id, received_at, id);
      create index interaction_latest on interaction (received_at, id);
      create index interaction_open on interaction (project_id, received_at, id) where status = 'OPEN';
      create index interaction_uninformed on interaction (project_id, received_at, id)
        where uninformed_at is not null;
      create index interaction_owner on interaction (owner_id, received_at, id);
      create index interaction_offered on interaction ((handover_offer->>'toId'))
        where handover_offer is not null;
      create index interaction_unit on interaction (unit_id, received_at, id) where unit_id is not null;
      create index interaction_building on interaction (building_id, received_at, id)
        where building_id is not null;
      create index interaction_topic on interaction (project_id, topic, received_at) where topic is not null;
      create index interaction_customers on interaction using gin (customer_ids);

      create table work_order (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        interaction_id uuid not null references interaction,
        unit_id uuid,
        building_id uuid,
        fault text not null,
        place text not null,
        estimate numeric(17, 2),
        materials jsonb not null,
        department_code text not null,
        technician_id uuid,
        appointment jsonb not null,
        moves jsonb not null,
        missed_appointments jsonb not null,
        issued_at timestamptz not null,
        issued_by uuid not null,
        accepted_at timestamptz,
        on_site_at timestamptz,
        done_at timestamptz,
        done_by uuid,
        result text,
        confirmed_at timestamptz,
        cancelled_at timestamptz,
        cancel_reason text,
        overdue_at timestamptz,
        breached_at timestamptz,
        agreed_to_at timestamptz not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create index work_order_interaction on work_order (interaction_id, issued_at);
      create index work_order_issued on work_order (project_id, issued_at, id);
      create index work_order_latest on work_order (issued_at, id);
      create index work_order_unfinished on work_order (project_id, agreed_to_at)
        where status in ('ISSUED', 'ACCEPTED', 'ON_SITE');
      create index work_order_technician on work_order (technician_id, issued_at, id)
        where technician_id is not null;
      create index work_order_unit on work_order (unit_id, issued_at, id) where unit_id is not null;
      create index work_order_breached on work_order (project_id, issued_at, id) where breached_at is not null;

      create table follow_up (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        category text not null,
        interaction_id uuid not null references interaction,
        work_order_id uuid references work_order,
        partner_id uuid,
        promised_at timestamptz,
        matter text,
        entered_at timestamptz not null,
        entered_by text,
        entered_reason text not null,
        reminders jsonb not null,
        flagged_at timestamptz,
        arrived_at timestamptz,
        result jsonb,
        reply jsonb,
        left_at timestamptz,
        left_reason text,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create index follow_up_interaction on follow_up (interaction_id, entered_at);
      create unique index follow_up_work_order on follow_up (work_order_id) where work_order_id is not null;
      create index follow_up_entered on follow_up (project_id, entered_at, id);
      create index follow_up_latest on follow_up (entered_at, id);
      create index follow_up_open on follow_up (project_id, category, entered_at, id) where status = 'OPEN';
      create index follow_up_flagged on follow_up (project_id, entered_at, id) where flagged_at is not null;
      create index follow_up_partner on follow_up (partner_id, entered_at, id) where partner_id is not null;

      create table rectification (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        interaction_id uuid not null references interaction,
        unit_id uuid,
        building_id uuid,
        fault text not null,
        place text not null,
        warranty_ends_on date,
        requested_at timestamptz not null,
        requested_by uuid not null,
        signatures jsonb not null,
        completed_at timestamptz,
        withdrawn_at timestamptz,
        withdraw_reason text,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create index rectification_interaction on rectification (interaction_id, requested_at);
      create index rectification_requested on rectification (project_id, requested_at, id);
      create index rectification_latest on rectification (requested_at, id);
      create index rectification_waiting on rectification (project_id, status, requested_at, id)
        where completed_at is null and withdrawn_at is null;
      create index rectification_unit on rectification (unit_id, requested_at, id) where unit_id is not null;

      create table interaction_complaint (
        interaction_id uuid not null,
        complaint_id uuid not null,
        status text not null,
        done_at timestamptz,
        primary key (interaction_id, complaint_id)
      );
      create index interaction_complaint_case on interaction_complaint (complaint_id);

      create table approved_answers (
        complaint_id uuid primary key,
        answered_at timestamptz
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table approved_answers, interaction_complaint, rectification, follow_up, work_order, interaction',
    );
  }
}
