import type { MigrationInterface, QueryRunner } from 'typeorm';

const aggregateColumns = `
  id uuid primary key,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  status text not null`;

/** Every table of the directory. Unique indexes are what decides between two registrations at the same instant. */
export class Directory1764100000000 implements MigrationInterface {
  readonly name = 'Directory1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table organisation (${aggregateColumns},
        code text not null constraint organisation_code_unique unique,
        name text not null
      );

      create table project (${aggregateColumns},
        organisation_id uuid not null references organisation,
        code text not null,
        name text not null,
        time_zone text not null,
        calendars jsonb not null,
        constraint project_code_unique unique (organisation_id, code)
      );
      create index project_by_code on project (code, id);

      create table building (${aggregateColumns},
        project_id uuid not null references project,
        number text not null,
        name text,
        warranty_ends_on date,
        constraint building_number_unique unique (project_id, number)
      );
      create index building_by_number on building (number, id);

      create table building_section (${aggregateColumns},
        project_id uuid not null references project,
        building_id uuid not null references building,
        number text not null,
        constraint building_section_number_unique unique (building_id, number)
      );

      create table unit (${aggregateColumns},
        project_id uuid not null references project,
        building_id uuid not null references building,
        section_id uuid references building_section,
        number text not null,
        number_key text not null,
        home text not null,
        home_key text not null,
        pre_sale_area numeric(10, 2),
        registered_area numeric(10, 2),
        warranty_ends_on date,
        constraint unit_number_unique unique nulls not distinct (building_id, section_id, number_key)
      );
      create index unit_by_home on unit (home, id);
      create index unit_of_project on unit (project_id, home, id);
      create index unit_of_building on unit (building_id, home, id);
      create index unit_home_key on unit (home_key text_pattern_ops);
      create index unit_number_key on unit (number_key);

      create table parking_space (${aggregateColumns},
        project_id uuid not null references project,
        number text not null,
        constraint parking_space_number_unique unique (project_id, number)
      );
      create index parking_space_by_number on parking_space (number, id);

      create table customer (${aggregateColumns},
        organisation_id uuid not null references organisation,
        kind text not null,
        name text not null,
        other_names text[] not null,
        phones text not null,
        addresses text not null,
        identity_documents text not null,
        household text not null,
        roles jsonb not null,
        project_ids uuid[] not null,
        merged_into_id uuid references customer,
        name_terms text[] not null,
        lookup_keys text[] not null,
        role_unit_ids uuid[] not null
      );
      create index customer_by_name on customer (name, id);
      create index customer_projects on customer using gin (project_ids);
      create index customer_name_terms on customer using gin (name_terms);
      create index customer_lookup_keys on customer using gin (lookup_keys) with (fastupdate = off);
      create index customer_role_units on customer using gin (role_unit_ids) with (fastupdate = off);
      create index customer_merged_into on customer (merged_into_id) where merged_into_id is not null;

      create table reveal (${aggregateColumns},
        organisation_id uuid not null references organisation,
        customer_id uuid not null references customer,
        revealed_by uuid not null,
        fields text[] not null,
        purpose text not null,
        note text not null,
        at timestamptz not null
      );
      create index reveal_by_time on reveal (at, id);
      create index reveal_of_customer on reveal (customer_id, at, id);
      create index reveal_by_reader on reveal (revealed_by, at, id);
      create trigger reveal_is_final before update or delete on reveal
        for each row execute function refuse_change();

      create table staff (${aggregateColumns},
        organisation_id uuid not null references organisation,
        name text not null,
        department_code text not null,
        position text not null,
        level text not null,
        supervisor_id uuid references staff,
        project_ids uuid[] not null,
        employments jsonb not null
      );
      create index staff_by_name on staff (name, id);
      create index staff_projects on staff using gin (project_ids);
      create index staff_supervisor on staff (supervisor_id, name, id);

      create table duty (${aggregateColumns},
        project_id uuid not null references project,
        staff_id uuid not null references staff,
        date date not null,
        kind text not null,
        hours jsonb not null
      );
      create index duty_by_date on duty (date, id);
      create index duty_of_project on duty (project_id, date, id);
      create index duty_of_staff on duty (staff_id, date, id);

      create table partner (${aggregateColumns},
        organisation_id uuid not null references organisation,
        kind text not null,
        name text not null,
        contacts text not null,
        arrival_hours double precision,
        project_ids uuid[] not null
      );
      create index partner_by_name on partner (name, id);
      create index partner_projects on partner using gin (project_ids);

      create table import (${aggregateColumns},
        project_id uuid not null references project,
        kind text not null,
        file_name text not null,
        encoding text,
        dry_run boolean not null,
        skip_bad_lines boolean not null,
        parts jsonb not null,
        started_by uuid not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        failure text,
        total_lines integer,
        processed_lines integer not null default 0,
        created integer not null default 0,
        changed integer not null default 0,
        unchanged integer not null default 0,
        bad_lines integer not null default 0,
        new_buildings integer not null default 0,
        new_sections integer not null default 0,
        lease_holder uuid,
        leased_until timestamptz,
        attempts integer not null default 0
      );
      create index import_by_time on import (created_at, id);
      create index import_of_project on import (project_id, created_at, id);
      create index import_open on import (leased_until) where status in ('QUEUED', 'CHECKING', 'APPLYING');

      create table import_part (
        import_id uuid not null references import,
        index integer not null,
        content text not null,
        primary key (import_id, index)
      );

      create table import_problem (
        id uuid primary key,
        import_id uuid not null references import,
        line integer not null,
        column_key text not null,
        reason text not null,
        expected text not null,
        unique (import_id, line, column_key, reason)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table import_problem, import_part, import, partner, duty, staff, reveal, customer, parking_space, unit, building_section, building, project,
                 organisation;
    `);
  }
}
