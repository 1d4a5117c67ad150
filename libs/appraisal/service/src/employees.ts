import type { DataSource, EntityManager } from 'typeorm';
import {
  schemeDay,
  type AppraisalPeriod,
  type AppraisedEmployee,
  type StaffLevel,
} from '@anju/appraisal-rules';
import { badInput } from '@anju/commands';
import { directoryEvents, type EventData } from '@anju/events';
import { endOfLocalDay } from '@anju/kernel';
import { on, type ConsumerDefinition, type ReceivedEvent } from '@anju/outbox';
import type { References } from '@anju/references';

/** How long a command waits for what the directory has just told, and how often it looks. */
const patienceMillis = 2_000;
const pollMillis = 40;

interface Position {
  readonly organisationId: string;
  readonly level: StaffLevel;
  readonly position: string;
}

/** An employee with the organisation whose schemes count for him. */
export interface EmployeeThen extends AppraisedEmployee {
  readonly organisationId: string;
}

/** Employees as they were when a period began: a scheme is of the position that somebody had then (APR-02). */
export class Employees {
  constructor(
    private readonly dataSource: DataSource,
    private readonly references: References,
  ) {}

  /**
   * Checks whom a sheet is for; in no project only somebody who serves the whole organisation.
   * @throws Fault BAD_USER_INPUT
   */
  async check(staffId: string, projectId: string | null): Promise<void> {
    await this.references.check([
      { kind: 'staff', id: staffId, field: 'input.staffId', projectId: projectId ?? undefined },
    ]);
    const projectIds = (await this.references.employee(staffId))?.projectIds ?? [];
    if (projectId === null && projectIds.length > 0) {
      throw badInput({
        field: 'input.projectId',
        problem: 'is missing',
        expected: `one of the employee’s projects: ${projectIds.join(', ')}`,
      });
    }
    // Another consumer keeps positions than keeps references.
    const until = performance.now() + patienceMillis;
    while ((await this.positions(staffId, this.dataSource.manager)).length === 0) {
      if (performance.now() > until) {
        throw badInput({ field: 'input.staffId', problem: 'is not known', expected: 'the id of a staff' });
      }
      await new Promise((resolve) => setTimeout(resolve, pollMillis));
    }
  }

  /**
   * As he was on the last moment of the day on which a scheme has to be in force for the period.
   * @throws Error for somebody whom `check` has not found
   */
  async inPeriod(
    staffId: string,
    { from, to }: AppraisalPeriod,
    timeZone: string,
    tx: EntityManager,
  ): Promise<EmployeeThen> {
    const known = await this.references.employee(staffId, tx);
    const employments = known?.employments ?? [];
    const day = endOfLocalDay(schemeDay(from, to, employments), timeZone);
    const positions = await this.positions(staffId, tx);
    const then = positions.findLast(({ sinceAt }) => sinceAt <= day) ?? positions[0];
    if (!then) throw new Error(`nothing is known of the positions of ${staffId}`);
    const { organisationId, level, position } = then;
    return { staffId, employments, organisationId, level, position };
  }

  private positions(staffId: string, tx: EntityManager): Promise<(Position & { readonly sinceAt: Date })[]> {
    return tx.query(
      `select organisation_id as "organisationId", level, position, since_at as "sinceAt"
       from known_position where staff_id = $1 order by since_at`,
      [staffId],
    );
  }
}

type StaffTold = ReceivedEvent<typeof directoryEvents.staffRegistered>;

async function note({ data, time }: StaffTold, tx: EntityManager): Promise<void> {
  const { staffId, organisationId, level, position }: EventData<typeof directoryEvents.staffRegistered> =
    data;
  await tx.query(
    `insert into known_position (staff_id, since_at, organisation_id, level, position)
     values ($1, $2, $3, $4, $5)
     on conflict (staff_id, since_at) do update
       set organisation_id = excluded.organisation_id, level = excluded.level, position = excluded.position`,
    [staffId, time, organisationId, level, position],
  );
}

/** Keeps which position an employee had when. */
export function onStaff(): ConsumerDefinition {
  return {
    name: 'appraisal.positions',
    staysHere: true,
    handlers: [on(directoryEvents.staffRegistered, note), on(directoryEvents.staffChanged, note)],
    reset: async (tx) => {
      await tx.query('delete from known_position');
    },
  };
}
