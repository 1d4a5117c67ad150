import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that every service's database has for the write path, the events and the due times. */
export class Platform1764000000000 implements MigrationInterface {
  readonly name = 'Platform1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table history (
        id bigint generated always as identity primary key,
        aggregate_type text not null,
        aggregate_id uuid not null,
        version integer not null,
        command text not null,
        actor text not null,
        at timestamptz not null,
        from_status text,
        to_status text not null,
        reason text,
        facts jsonb not null,
        unique (aggregate_type, aggregate_id, version)
      );
      create table outbox (
        seq bigint generated always as identity primary key,
        transaction_id xid8 not null default pg_current_xact_id(),
        id uuid not null unique,
        aggregatetype text not null,
        aggregateid text not null,
        type text not null,
        payload jsonb not null
      );
      create index outbox_window on outbox (transaction_id, seq);
      create function refuse_change() returns trigger language plpgsql as $$
        begin raise exception '% rows are never changed', tg_table_name; end $$;
      create trigger history_is_final before update or delete on history for each row execute function refuse_change();
      create trigger outbox_is_final before update or delete on outbox for each row execute function refuse_change();

      create table consumer_position (
        consumer text not null,
        context text not null,
        low xid8 not null,
        high xid8 not null,
        seq bigint not null,
        primary key (consumer, context)
      );
      create table inbox (
        consumer text not null,
        event_id uuid not null,
        consumed_at timestamptz not null default now(),
        primary key (consumer, event_id)
      );
      create index inbox_age on inbox (consumed_at);
      create table parked_event (
        id bigint generated always as identity primary key,
        consumer text not null,
        key text not null,
        event_id uuid not null,
        envelope jsonb not null,
        state text not null,
        attempts integer not null,
        reason text not null,
        parked_at timestamptz not null default now(),
        resolved_by text,
        resolved_at timestamptz
      );
      create index parked_event_open on parked_event (consumer, key, id) where resolved_at is null;

      create table deadline (
        id uuid primary key,
        aggregate_type text not null,
        aggregate_id uuid not null,
        kind text not null,
        due_at timestamptz not null,
        fired_at timestamptz,
        attempts integer not null default 0,
        retry_at timestamptz,
        last_error text,
        unique (aggregate_type, aggregate_id, kind, due_at)
      );
      create index deadline_pending on deadline (due_at) where fired_at is null;
      create index deadline_retry on deadline (retry_at) where fired_at is null and retry_at is not null;

      create table idempotency (
        actor text not null,
        key text not null,
        command text not null,
        input_hash text not null,
        answer text not null,
        answered_at timestamptz not null default now(),
        primary key (actor, key)
      );
      create index idempotency_age on idempotency (answered_at);

      create table counter (series text primary key, value bigint not null);

      create table known_reference (
        kind text not null,
        id uuid not null,
        project_ids uuid[] not null,
        data jsonb not null,
        primary key (kind, id)
      );
      create index known_reference_projects on known_reference using gin (project_ids);

      create table policy_override (
        project_id uuid unique nulls not distinct,
        id uuid primary key,
        values jsonb not null,
        status text not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table policy_override, known_reference, counter, idempotency, deadline, parked_event, inbox,
                 consumer_position, outbox, history;
      drop function refuse_change();
    `);
  }
}
