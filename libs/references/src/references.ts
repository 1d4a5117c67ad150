import type { DataSource, EntityManager } from 'typeorm';
import { badInput } from '@anju/commands';
import { askOften } from '@anju/database';
import { projectCalendars, type ProjectCalendars } from '@anju/kernel';
import type { Known, KnownKind, KnownPeriod } from './known';

export interface KnownProject {
  readonly id: string;
  readonly code: string;
  readonly timeZone: string;
  readonly calendars: ProjectCalendars;
  /** Counts the changes of the calendars; 0: the built-in ones. */
  readonly calendarVersion: number;
}

/** An employee as he is now, and when he was employed. */
export interface KnownEmployee {
  readonly staffId: string;
  readonly departmentCode: string;
  /** A code such as `FRONT_DESK_AGENT`. */
  readonly position: string;
  readonly level: 'OPERATIONAL' | 'MANAGEMENT';
  readonly supervisorId: string | null;
  /** The projects that he serves; empty for the whole organisation. */
  readonly projectIds: readonly string[];
  readonly employed: boolean;
  /** One period for each employment, the latest last. */
  readonly employments: readonly KnownPeriod[];
}

/** An id in a command's input that has to be known before the command can be decided. */
export interface Reference {
  readonly kind: KnownKind;
  readonly id: string;
  /** Path of the input's field, for the answer where it is not known. */
  readonly field: string;
  /** The project that it has to belong to; anything that belongs to none fits every project. */
  readonly projectId?: string;
}

/**
 * How long a command waits for what the directory has just registered: events need a moment, and a
 * client that registers a customer and records his call straight after should not see that.
 */
const patienceMillis = 2_000;
/** Between two looks; what does not come soon is asked for less and less often, for it is mostly a wrong id. */
const pollMillis = { first: 40, longest: 200 };

/** What this service knows of the directory, kept up to date by its events. */
export class References {
  private readonly calendars = new Map<string, { text: string; calendars: ProjectCalendars }>();

  constructor(private readonly dataSource: DataSource) {}

  async find<Kind extends KnownKind>(
    kind: Kind,
    id: string,
    tx: EntityManager = this.dataSource.manager,
  ): Promise<Known<Kind> | null> {
    const [row] = await askOften<Known<Kind>>(
      tx,
      `select id, project_ids as "projectIds", data from known_reference where kind = $1 and id = $2`,
      [kind, id],
    );
    return row ?? null;
  }

  /** Roles that customers hold on a unit on a day. @param on `YYYY-MM-DD`; both ends of a role count */
  async rolesOnUnit(unitId: string, on: string, tx: EntityManager): Promise<Known<'customerRole'>[]> {
    return tx.query(
      `select id, project_ids as "projectIds", data from known_reference
       where kind = 'customerRole' and data->>'unitId' = $1 and data->>'from' <= $2
         and coalesce(data->>'to', '9999-12-31') >= $2
       order by data->>'from', id`,
      [unitId, on],
    );
  }

  /** Null where the directory has told of nobody with this id. */
  async employee(id: string, tx: EntityManager = this.dataSource.manager): Promise<KnownEmployee | null> {
    const known = await this.find('staff', id, tx);
    if (!known) return null;
    const { projectIds, data } = known;
    const { departmentCode, position, supervisorId, level, employed, employments = [] } = data;
    return {
      ...{ staffId: id, departmentCode, position, supervisorId, projectIds, employed, employments },
      level: level as KnownEmployee['level'],
    };
  }

  /** Who is employed in one of the positions and serves the project. @param positions codes */
  async employedAs(
    positions: readonly string[],
    projectId: string,
    tx: EntityManager,
  ): Promise<Known<'staff'>[]> {
    return tx.query(
      `select id, project_ids as "projectIds", data from known_reference
       where kind = 'staff' and (project_ids = '{}' or project_ids @> array[$2::uuid])
         and data->>'position' = any($1) and (data->>'employed')::boolean
       order by id`,
      [positions, projectId],
    );
  }

  /** @throws Fault BAD_USER_INPUT if the project is not known */
  async project(id: string, tx: EntityManager = this.dataSource.manager): Promise<KnownProject> {
    const [project] = await this.projects([id], tx);
    return project!;
  }

  /** The same for several, in their order, by one statement. @throws Fault BAD_USER_INPUT if one is not known */
  async projects(
    ids: readonly string[],
    tx: EntityManager = this.dataSource.manager,
  ): Promise<KnownProject[]> {
    const rows = await tx.query<Known<'project'>[]>(
      `select id, data from known_reference where kind = 'project' and id = any($1)`,
      [ids],
    );
    const byId = new Map(rows.map((row) => [row.id, row.data]));
    return ids.map((id) => {
      const data = byId.get(id);
      if (!data)
        throw badInput({ field: 'projectId', problem: 'is not known', expected: 'the id of a project' });
      const { code, timeZone, calendarVersion = 0 } = data;
      return { id, code, timeZone, calendars: this.calendarsOf(id, data.calendars), calendarVersion };
    });
  }

  private calendarsOf(id: string, definitions: Known<'project'>['data']['calendars']): ProjectCalendars {
    const text = JSON.stringify(definitions);
    let cached = this.calendars.get(id);
    if (cached?.text !== text) {
      cached = { text, calendars: projectCalendars(definitions) };
      this.calendars.set(id, cached);
    }
    return cached.calendars;
  }

  /**
   * Checks all references of a command at once; for the `check` of its request, before the transaction.
   * @throws Fault BAD_USER_INPUT naming each field whose id is not known, or is of another project
   */
  async check(references: readonly (Reference | null | undefined | false)[]): Promise<void> {
    const wanted = references.filter((one): one is Reference => Boolean(one));
    if (wanted.length === 0) return;
    const until = performance.now() + patienceMillis;
    for (let wait = pollMillis.first; ; wait = Math.min(1.5 * wait, pollMillis.longest)) {
      const missing = await this.missing(wanted);
      if (missing.length === 0) return;
      if (performance.now() > until) {
        throw badInput(
          ...missing.map(({ field, kind, projectId }) => ({
            field,
            problem: projectId ? 'is not known in this project' : 'is not known',
            expected: `the id of a ${kind}${projectId ? ' of the project' : ''}`,
          })),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  /**
   * Checks an employee whom work is given to, or who is told of something.
   * @throws Fault BAD_USER_INPUT if he is not known in the project, or has left
   */
  async checkEmployed(employee: Required<Omit<Reference, 'kind'>>): Promise<Known<'staff'>> {
    await this.check([{ kind: 'staff', ...employee }]);
    const known = await this.find('staff', employee.id);
    if (known?.data.employed) return known;
    throw badInput({ field: employee.field, problem: 'has left', expected: 'somebody who is employed' });
  }

  /**
   * Checks a department that work is given to: somebody who is employed in it serves the project.
   * @throws Fault BAD_USER_INPUT naming the departments that there are
   */
  async checkDepartment(
    code: string,
    { field, projectId }: { field: string; projectId: string },
  ): Promise<void> {
    const rows: { code: string }[] = await askOften(
      this.dataSource.manager,
      `select distinct data->>'departmentCode' as code from known_reference
       where kind = 'staff' and (project_ids = '{}' or project_ids @> array[$1::uuid])
         and (data->>'employed')::boolean
       order by code`,
      [projectId],
    );
    const known = rows.map((row) => row.code);
    if (known.includes(code)) return;
    throw badInput({
      field,
      problem: 'is no department that serves this project',
      expected: known.length > 0 ? `one of ${known.join(', ')}` : 'a department with employees',
    });
  }

  private async missing(wanted: readonly Reference[]): Promise<Reference[]> {
    const rows: { n: number }[] = await askOften(
      this.dataSource.manager,
      `select w.n::int from jsonb_to_recordset($1::jsonb) as w(n int, kind text, id uuid, project uuid)
       join known_reference k on k.kind = w.kind and k.id = w.id
        and (w.project is null or k.project_ids = '{}' or k.project_ids @> array[w.project])`,
      [
        JSON.stringify(
          wanted.map(({ kind, id, projectId }, n) => ({ n, kind, id, project: projectId ?? null })),
        ),
      ],
    );
    const found = new Set(rows.map((row) => row.n));
    return wanted.filter((_one, n) => !found.has(n));
  }
}
