import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mergedCustomerTable } from '@anju/references';

/** Words to customers; messages with templates, recipients and deliveries; consents, addresses and visits. */
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
    await runner.query(`
      create table message_template (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        name text not null,
        channel text not null,
        purpose text not null,
        versions jsonb not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create index message_template_made on message_template (project_id, created_at, id);

      create table message (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        channel text not null,
        purpose text not null,
        template_id uuid not null references message_template,
        template_version integer not null,
        subject text,
        text text not null,
        values jsonb not null,
        audience jsonb,
        revision integer not null,
        not_before_at timestamptz,
        author_ids text[] not null,
        drafted_at timestamptz not null,
        submitted_at timestamptz,
        rejections jsonb not null,
        approvals jsonb not null,
        send_at timestamptz,
        sending_since_at timestamptz,
        counts jsonb,
        finished_at timestamptz,
        cancellation jsonb,
        -- Whether every recipient has a delivery; the senders' own.
        planned boolean not null default false,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create index message_drafted on message (drafted_at, id);
      create index message_drafted_in on message (project_id, drafted_at, id);
      create index message_sending on message (sending_since_at, id) where status = 'SENDING';

      -- Whom a message is for, since the revision in which they were found.
      create table message_recipient (
        message_id uuid not null references message,
        revision integer not null,
        customer_id uuid not null,
        primary key (message_id, revision, customer_id)
      );
      create index message_recipient_customer on message_recipient (customer_id);

      create table delivery (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        message_id uuid not null references message,
        customer_id uuid not null,
        channel text not null,
        purpose text not null,
        attempts jsonb not null,
        next_attempt_at timestamptz,
        timeout_at timestamptz,
        skip_reason text,
        finished_at timestamptz,
        to_be_sent boolean not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index delivery_once on delivery (message_id, customer_id);
      create index delivery_of_message on delivery (message_id, created_at, id);
      create index delivery_to_be_sent on delivery (created_at, id) where to_be_sent;
      create index delivery_open on delivery (message_id) where finished_at is null;

      -- What those who only record were given, readable by whoever has the keys.
      create table recorded_copy (
        delivery_id uuid not null,
        attempt integer not null,
        sealed text not null,
        recorded_at timestamptz not null,
        primary key (delivery_id, attempt)
      );
    `);
    await runner.query(`
      create table customer_consent (
        id uuid primary key,
        customer_id uuid not null,
        status text not null,
        changes jsonb not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index customer_consent_once on customer_consent (customer_id);

      create table address_book (
        id uuid primary key,
        customer_id uuid not null,
        status text not null,
        addressee text not null,
        addresses text not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index address_book_once on address_book (customer_id);

      -- Name and mobile number as the directory told them, opened when something is sent.
      create table directory_contact (
        customer_id uuid primary key,
        sealed text not null
      );

      create table customer_visit (
        id uuid primary key,
        project_id uuid not null,
        status text not null,
        customer_id uuid not null,
        unit_id uuid,
        visited_by text not null,
        visited_at timestamptz not null,
        in_depth boolean not null,
        content text not null,
        suggestions jsonb not null,
        recorded_at timestamptz not null,
        overdue_since_at timestamptz,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create index customer_visit_made on customer_visit (visited_at, id);
      create index customer_visit_made_in on customer_visit (project_id, visited_at, id);
      create index customer_visit_customer on customer_visit (customer_id, visited_at, id);
      create index customer_visit_visitor on customer_visit (visited_by, visited_at, id);
      create index customer_visit_overdue on customer_visit (project_id, visited_at, id)
        where overdue_since_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table directory_contact, customer_visit, address_book, customer_consent, recorded_copy, delivery, message_recipient, message, message_template, merged_customer, customer_word',
    );
  }
}
