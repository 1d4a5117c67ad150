import type { DataSource, EntityManager } from 'typeorm';
import {
  closeAppraisalYear,
  correctAppraisalYear,
  periodOf,
  schemeDay,
  schemeInForce,
  type AppraisalEnvironment,
  type AppraisalRefusal,
  type AppraisalYearFact,
  type AppraisalYearState,
  type Days,
  type YearFacts,
} from '@anju/appraisal-rules';
import { badInput, type Actor, type AggregateDefinition, type CommandRunner } from '@anju/commands';
import { appraisalEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { changeRequest, commandRequest } from '@anju/subgraph';
import { AppraisalYear, yearQueryColumns } from './appraisal-year.entity';
import type { CloseAppraisalYearInput, CorrectAppraisalYearInput, LeaveInput } from './appraisal-year.schema';
import { Appraisal } from './appraisal.entity';
import { lockYear, requireInProject } from './appraisal.service';
import type { Employees } from './employees';
import { appraisalEnvironment } from './environment';
import { schemesOf } from './scheme.service';
import { unlessItExists } from './unless-it-exists';

export type AppraisalYearAggregate = AggregateDefinition<
  AppraisalYearState,
  AppraisalYearFact,
  AppraisalEnvironment,
  AppraisalYear
>;

export function appraisalYearAggregate(references: References): AppraisalYearAggregate {
  return {
    type: 'AppraisalYear',
    context: 'appraisal',
    entity: AppraisalYear,
    environment: appraisalEnvironment(references),
    events: eventsOfFacts<AppraisalYearFact>()({
      AppraisalYearClosed: appraisalEvents.appraisalYearClosed,
      AppraisalYearCorrected: appraisalEvents.appraisalYearCorrected,
    }),
    queryColumns: yearQueryColumns,
  };
}

const closing = 'appraisal.year.close';
const firstYear = 2000;
const lastYear = 2200;

/** @throws Fault BAD_USER_INPUT */
function checkLeaves(leaves: readonly LeaveInput[]): void {
  leaves.forEach(({ from, to }, index) => {
    if (from <= to) return;
    throw badInput({
      field: `input.leaves.${index}.to`,
      problem: 'is before `from`',
      expected: 'the last day',
    });
  });
}

/** Totals of years (APR-04, 05). */
export class AppraisalYearService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly employees: Employees,
    private readonly aggregate: AppraisalYearAggregate,
  ) {}

  close(input: CloseAppraisalYearInput, actor: Actor) {
    const { staffId, year, projectId = null } = input;
    const leaves = input.leaves ?? [];
    requireInProject(actor, closing, projectId);
    checkLeaves(leaves);
    if (year < firstYear || year > lastYear) {
      throw badInput({
        field: 'input.year',
        problem: `is ${year}`,
        expected: `a year from ${firstYear} to ${lastYear}`,
      });
    }
    const sameOne = {
      index: 'appraisal_year_of_staff',
      refusal: async (): Promise<AppraisalRefusal<'YEAR_ALREADY_CLOSED'>> => {
        const [row]: { id: string }[] = await this.dataSource.query(
          'select id from appraisal_year where staff_id = $1 and year = $2',
          [staffId, year],
        );
        return { code: 'YEAR_ALREADY_CLOSED', data: { appraisalYearId: row?.id ?? '', year } };
      },
    };
    return unlessItExists(sameOne, () =>
      this.commands.create(this.aggregate, {
        ...commandRequest(actor, 'closeAppraisalYear', closing, input),
        projectId,
        check: () => this.employees.check(staffId, projectId),
        prepare: (tx, _at, environment) => this.facts(staffId, year, leaves, environment, tx),
        decide: (id, at, environment, known) =>
          closeAppraisalYear({ id, projectId, staffId, year, by: actor.id }, known, at, environment),
      }),
    );
  }

  correct(input: CorrectAppraisalYearInput, actor: Actor) {
    const { reason } = input;
    checkLeaves(input.leaves ?? []);
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'correctAppraisalYear', closing, input.id, input),
      reason,
      prepare: (tx, { staffId, year, leaves }, _at, environment) =>
        this.facts(staffId, year, input.leaves ?? leaves, environment, tx),
      decide: (state, at, environment, known) =>
        correctAppraisalYear(state, { reason, by: actor.id }, known, at, environment),
    });
  }

  /** What the total is worked out from; no sheet is opened meanwhile. */
  private async facts(
    staffId: string,
    year: number,
    leaves: readonly Days[],
    { calendars }: AppraisalEnvironment,
    tx: EntityManager,
  ): Promise<YearFacts> {
    await lockYear(tx, staffId, year);
    const period = periodOf('YEAR_END', `${year}-01-01`);
    const employee = await this.employees.inPeriod(staffId, period, calendars.office.timeZone, tx);
    const { employments } = employee;
    const day = schemeDay(period.from, period.to, employments);
    return {
      sheets: await tx.find(Appraisal, { where: { staffId, year }, order: { periodFrom: 'ASC', id: 'ASC' } }),
      scheme: schemeInForce(await schemesOf(employee, tx), employee, day),
      employments,
      leaves,
    };
  }
}
