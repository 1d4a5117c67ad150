import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Policies have versions, and what is open is computed anew when one comes in force: who changed what, when and
 * why, and how far that has come. What stood in `policy_override` is version 1 of its scope. Views of metrics that
 * read policies go with what they read, and are made anew at the start.
 */
export class PolicyVersions1764900000000 implements MigrationInterface {
  readonly name = 'PolicyVersions1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table policy_version (
        id uuid primary key,
        project_id uuid,
        status text not null,
        number integer,
        based_on integer not null,
        values jsonb not null,
        reason text not null,
        drafted_by text not null,
        drafted_at timestamptz not null,
        put_in_force_by text,
        in_force_since_at timestamptz,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index policy_version_number on policy_version (project_id, number) nulls not distinct
        where number is not null;
      create index policy_version_by_age on policy_version (project_id, created_at, id);
      insert into policy_version (id, project_id, status, number, based_on, values, reason, drafted_by, drafted_at,
                                  put_in_force_by, in_force_since_at, version, created_at, updated_at)
        select id, project_id, 'IN_FORCE', 1, 0, values, 'before versions were kept', 'system:migration', created_at,
               'system:migration', updated_at, version, created_at, updated_at from policy_override;
      drop table policy_override cascade;
      create trigger policy_version_is_final before update or delete on policy_version for each row
        when (old.number is not null) execute function refuse_change();
      create view policy_in_force as
        select distinct on (project_id) project_id, number, values, in_force_since_at from policy_version
        where number is not null order by project_id, number desc;

      create table recomputation (
        id uuid primary key,
        cause text not null,
        project_id uuid,
        cause_version integer not null,
        requested_by text not null,
        requested_at timestamptz not null,
        seen_at timestamptz
      );
      create index recomputation_by_age on recomputation (requested_at, id);
      create index recomputation_unseen on recomputation (id) where seen_at is null;
      create table recomputation_part (
        recomputation_id uuid not null references recomputation,
        aggregate_type text not null,
        project_id uuid not null,
        cursor uuid not null default '00000000-0000-0000-0000-000000000000',
        held uuid[] not null default '{}',
        looked_at integer not null default 0,
        changed integer not null default 0,
        failed integer not null default 0,
        last_error text,
        retry_at timestamptz,
        finished_at timestamptz,
        primary key (recomputation_id, aggregate_type, project_id)
      );
      create index recomputation_part_open on recomputation_part (recomputation_id, project_id) where finished_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table recomputation_part, recomputation;
      create table policy_override (
        project_id uuid unique nulls not distinct,
        id uuid primary key,
        values jsonb not null,
        status text not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      insert into policy_override
        select p.project_id, v.id, v.values, v.status, v.version, v.created_at, v.updated_at
        from policy_in_force p
        join policy_version v on v.project_id is not distinct from p.project_id and v.number = p.number;
      drop view policy_in_force cascade;
      drop table policy_version;
    `);
  }
}
