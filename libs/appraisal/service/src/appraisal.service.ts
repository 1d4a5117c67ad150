import type { DataSource, EntityManager } from 'typeorm';
import { mayEverywhere, projectScope, type Permission } from '@anju/access';
import {
  acknowledgeAppraisal,
  announceAppraisal,
  appealAppraisal,
  appraisalDeadlines,
  cancelAppraisal,
  commendAct,
  decideAppeal,
  deductPoints,
  onAppraisalDeadline,
  openAppraisal,
  periodOf,
  withdrawCommendation,
  withdrawDeduction,
  type AppraisalCommandName,
  type AppraisalEnvironment,
  type AppraisalFact,
  type AppraisalPeriod,
  type AppraisalRefusal,
  type AppraisalState,
} from '@anju/appraisal-rules';
import {
  Fault,
  notFound,
  requireIn,
  type Actor,
  type AggregateDefinition,
  type CommandRunner,
} from '@anju/commands';
import { appraisalEvents } from '@anju/events';
import type { Decision, Refusal } from '@anju/kernel';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { changeRequest, commandRequest } from '@anju/subgraph';
import { Appraisal } from './appraisal.entity';
import type * as Inputs from './appraisal.schema';
import type { Employees } from './employees';
import { appraisalEnvironment } from './environment';
import { schemesOf } from './scheme.service';
import { unlessItExists } from './unless-it-exists';

export type AppraisalAggregate = AggregateDefinition<
  AppraisalState,
  AppraisalFact,
  AppraisalEnvironment,
  Appraisal
>;

export function appraisalAggregate(references: References): AppraisalAggregate {
  return {
    type: 'Appraisal',
    context: 'appraisal',
    entity: Appraisal,
    environment: appraisalEnvironment(references),
    events: eventsOfFacts<AppraisalFact>()({
      AppraisalOpened: appraisalEvents.appraisalOpened,
      PointsDeducted: appraisalEvents.pointsDeducted,
      DeductionWithdrawn: appraisalEvents.deductionWithdrawn,
      ActCommended: appraisalEvents.actCommended,
      CommendationWithdrawn: appraisalEvents.commendationWithdrawn,
      AppraisalAnnounced: appraisalEvents.appraisalAnnounced,
      AppraisalAcknowledged: appraisalEvents.appraisalAcknowledged,
      AppraisalAppealed: appraisalEvents.appraisalAppealed,
      AppraisalUnanswered: appraisalEvents.appraisalUnanswered,
      AppealDecided: appraisalEvents.appealDecided,
      AppraisalCancelled: appraisalEvents.appraisalCancelled,
    }),
    deadlines: appraisalDeadlines,
    onDeadline: onAppraisalDeadline,
  };
}

const scoring = 'appraisal.sheet.score';
const answering = 'appraisal.own.answer';

type Decide<R extends Refusal> = (
  state: AppraisalState,
  at: Date,
  environment: AppraisalEnvironment,
) => Decision<AppraisalState, AppraisalFact, R>;

/** For what belongs to a project, or to the whole organisation. @throws Fault FORBIDDEN */
export function requireInProject(actor: Actor, permission: Permission, projectId: string | null): void {
  if (projectId !== null) return requireIn(actor, permission, projectId);
  if (!actor.principal || mayEverywhere(actor.principal, permission)) return;
  throw new Fault('FORBIDDEN', 'you may not do this for employees of the whole organisation', { permission });
}

/** What counts in a year is worked out or added by one at a time. */
export async function lockYear(tx: EntityManager, staffId: string, year: number): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `appraisal year:${staffId}:${year}`,
  ]);
}

/** Checks and appraisals (APR-03…05, 11). */
export class AppraisalService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly employees: Employees,
    private readonly aggregate: AppraisalAggregate,
  ) {}

  open(input: Inputs.OpenAppraisalInput, actor: Actor) {
    const { staffId, kind, day, projectId = null } = input;
    requireInProject(actor, scoring, projectId);
    const period = periodOf(kind, day);
    const sameOne = {
      index: 'appraisal_of_period',
      refusal: async (): Promise<AppraisalRefusal<'PERIOD_ALREADY_APPRAISED'>> => {
        const appraisalId = (await this.existing(input, period, this.dataSource.manager)) ?? '';
        return { code: 'PERIOD_ALREADY_APPRAISED', data: { appraisalId, kind, ...period } };
      },
    };
    return unlessItExists(sameOne, () =>
      this.commands.create(this.aggregate, {
        ...commandRequest(actor, 'openAppraisal', scoring, input),
        projectId,
        check: () => this.employees.check(staffId, projectId),
        prepare: async (tx, _at, { calendars }) => {
          await lockYear(tx, staffId, Number(period.from.slice(0, 4)));
          const employee = await this.employees.inPeriod(staffId, period, calendars.office.timeZone, tx);
          const schemes = await schemesOf(employee, tx);
          return { employee, schemes, existingId: await this.existing(input, period, tx) };
        },
        decide: (id, at, environment, known) =>
          openAppraisal({ id, projectId, kind, day, by: actor.id }, known, at, environment),
      }),
    );
  }

  deduct(input: Inputs.DeductPointsInput, actor: Actor) {
    const { item, points, reason } = input;
    return this.score('deductPoints', input, actor, (state, at) =>
      deductPoints(state, { item, points, reason, evidenceId: null, by: actor.id }, at),
    );
  }

  withdrawDeduction(input: Inputs.WithdrawDeductionInput, actor: Actor) {
    const { sequence, reason } = input;
    return this.score('withdrawDeduction', input, actor, (state, at) =>
      withdrawDeduction(state, { sequence, reason, by: actor.id }, at),
    );
  }

  commend(input: Inputs.CommendActInput, actor: Actor) {
    const { points, reason } = input;
    return this.score('commendAct', input, actor, (state, at, { policy }) =>
      commendAct(state, { points, reason, evidenceId: null, by: actor.id }, at, policy),
    );
  }

  withdrawCommendation(input: Inputs.WithdrawCommendationInput, actor: Actor) {
    const { sequence, reason } = input;
    return this.score('withdrawCommendation', input, actor, (state, at) =>
      withdrawCommendation(state, { sequence, reason, by: actor.id }, at),
    );
  }

  announce(input: Inputs.AnnounceAppraisalInput, actor: Actor) {
    return this.score('announceAppraisal', input, actor, (state, at, environment) =>
      announceAppraisal(state, { by: actor.id }, at, environment),
    );
  }

  cancel(input: Inputs.CancelAppraisalInput, actor: Actor) {
    const { reason } = input;
    return this.score('cancelAppraisal', input, actor, (state, at) =>
      cancelAppraisal(state, { reason, by: actor.id }, at),
    );
  }

  /** @throws Fault NOT_FOUND for what the actor may not see, as his own before it is announced */
  async acknowledge(input: Inputs.AcknowledgeAppraisalInput, actor: Actor) {
    await this.requireVisible(input.id, actor);
    return this.change('acknowledgeAppraisal', answering, input, actor, (state, at) =>
      acknowledgeAppraisal(state, { by: actor.id }, at),
    );
  }

  /** @throws Fault NOT_FOUND for what the actor may not see, as his own before it is announced */
  async appeal(input: Inputs.AppealAppraisalInput, actor: Actor) {
    await this.requireVisible(input.id, actor);
    const { reason } = input;
    return this.change('appealAppraisal', answering, input, actor, (state, at) =>
      appealAppraisal(state, { reason, by: actor.id }, at),
    );
  }

  decideAppeal(input: Inputs.DecideAppealInput, actor: Actor) {
    const { reductions, reason } = input;
    return this.change('decideAppeal', 'appraisal.appeal.decide', input, actor, (state, at) =>
      decideAppeal(state, { reductions, reason, by: actor.id }, at),
    );
  }

  private score<R extends Refusal>(
    command: AppraisalCommandName,
    input: Inputs.AppraisalCommandInput,
    actor: Actor,
    decide: Decide<R>,
  ) {
    return this.change(command, scoring, input, actor, decide);
  }

  private change<R extends Refusal>(
    command: AppraisalCommandName,
    permission: Permission,
    input: Inputs.AppraisalCommandInput & { readonly reason?: string },
    actor: Actor,
    decide: Decide<R>,
  ) {
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, command, permission, input.id, input),
      reason: input.reason,
      decide,
    });
  }

  /** What the actor may not see is answered like what does not exist, before anything is said of it. */
  private async requireVisible(id: string, { principal }: Actor): Promise<void> {
    if (!principal) return;
    const sheet = await this.dataSource.manager.findOneBy(Appraisal, { id });
    const others = projectScope(principal, 'appraisal.sheet.read');
    const isSeen =
      sheet?.staffId === principal.staffId
        ? sheet.announcedAt !== null
        : sheet && (others === 'ALL' || (sheet.projectId !== null && others.includes(sheet.projectId)));
    if (!isSeen) throw notFound('Appraisal', id);
  }

  private async existing(
    { staffId, kind }: Inputs.OpenAppraisalInput,
    { from }: AppraisalPeriod,
    tx: EntityManager,
  ): Promise<string | null> {
    const [row]: { id: string }[] = await tx.query(
      `select id from appraisal where staff_id = $1 and kind = $2 and period_from = $3
         and kind <> 'SPOT_CHECK' and status <> 'CANCELLED'`,
      [staffId, kind, from],
    );
    return row?.id ?? null;
  }
}
