import type { DataSource, EntityManager } from 'typeorm';
import { mayEverywhere, mayIn } from '@anju/access';
import {
  applyEvidence,
  dismissEvidence,
  receiveEvidence,
  scoreEvidence,
  stateEvidenceView,
  withdrawEvidence,
  type AppraisalEnvironment,
  type EvidenceFact,
  type EvidenceScored,
  type EvidenceSource,
  type EvidenceState,
  type ScoreEvidence,
} from '@anju/appraisal-rules';
import {
  badInput,
  isCommandRefusal,
  notFound,
  systemActor,
  type Actor,
  type AggregateDefinition,
  type CommandRunner,
  type Reaction,
} from '@anju/commands';
import { appraisalEvents } from '@anju/events';
import { isId, type Clock } from '@anju/kernel';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { changeRequest } from '@anju/subgraph';
import { Appraisal } from './appraisal.entity';
import type { AppraisalAggregate } from './appraisal.service';
import { appraisalEnvironment } from './environment';
import { Evidence, evidenceQueryColumns } from './evidence.entity';
import type { DismissEvidenceInput, ScoreEvidenceInput, StateEvidenceViewInput } from './evidence.schema';

export type EvidenceAggregate = AggregateDefinition<
  EvidenceState,
  EvidenceFact,
  AppraisalEnvironment,
  Evidence
>;

export function evidenceAggregate(references: References, appraisals: AppraisalAggregate): EvidenceAggregate {
  return {
    type: 'Evidence',
    context: 'appraisal',
    entity: Evidence,
    environment: appraisalEnvironment(references),
    events: eventsOfFacts<EvidenceFact>()({
      EvidenceArrived: appraisalEvents.evidenceArrived,
      EvidenceViewStated: appraisalEvents.evidenceViewStated,
      EvidenceScored: appraisalEvents.evidenceScored,
      EvidenceDismissed: appraisalEvents.evidenceDismissed,
      EvidenceWithdrawn: appraisalEvents.evidenceWithdrawn,
    }),
    react: async (fact, state, reaction) => {
      if (fact.type === 'EvidenceScored') await putOnSheet(appraisals, fact, state, reaction);
    },
    queryColumns: evidenceQueryColumns,
  };
}

/** The score and the sheet that has it come together, or neither does (APR-10). */
async function putOnSheet(
  appraisals: AppraisalAggregate,
  { appraisalId, scored, by }: EvidenceScored,
  { id, decision }: EvidenceState,
  { tx, commands, at }: Reaction,
): Promise<void> {
  const { reason } = decision!;
  const sheet = await commands.change(appraisals, {
    ...{ tx, at, reason, id: appraisalId },
    actor: { id: by },
    command: 'scoreEvidence',
    permission: 'appraisal.sheet.score',
    decide: (state, _at, environment) =>
      applyEvidence(state, id, { score: scored, reason, by }, at, environment),
  });
  if (isCommandRefusal(sheet)) throw new Error(`the sheet refused what was decided: ${sheet.code}`);
}

/** What an event tells of an employee. */
export interface Told extends EvidenceSource {
  readonly projectId: string | null;
  readonly staffId: string;
}

const review = 'appraisal.evidence.review';

/** @throws Fault BAD_USER_INPUT */
function scoreOf({ direction, item, points }: ScoreEvidenceInput): ScoreEvidence['score'] {
  if (direction === 'ADDITION') return { direction, points };
  if (item) return { direction, item, points };
  throw badInput({
    field: 'input.item',
    problem: 'is missing',
    expected: 'the item that points are taken from',
  });
}

/** What other services tell of employees, and what becomes of it (APR-10). */
export class EvidenceService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly commands: CommandRunner,
    private readonly aggregate: EvidenceAggregate,
  ) {}

  /** Takes evidence in, once for an event and employee, however often the event comes. */
  async receive({ staffId, projectId, ...source }: Told, tx: EntityManager): Promise<void> {
    // The platform's own doing is nobody's evidence.
    if (!isId(staffId)) return;
    const [known]: unknown[] = await tx.query('select from evidence where event_id = $1 and staff_id = $2', [
      source.eventId,
      staffId,
    ]);
    if (known) return;
    const now = this.clock.now();
    const received = await this.commands.create(this.aggregate, {
      ...{ tx, projectId },
      // The clock of the process that told of it may be ahead by a little.
      at: source.occurredAt > now ? source.occurredAt : now,
      actor: systemActor(source.context),
      command: 'receiveEvidence',
      permission: review,
      decide: (id, at, environment) => receiveEvidence({ id, projectId, staffId, source }, at, environment),
    });
    if (isCommandRefusal(received)) throw new Error(`the evidence is refused: ${received.code}`);
  }

  /** Takes back what nobody has decided on yet; what was decided stands. */
  async withdraw(id: string, context: string, tx: EntityManager): Promise<void> {
    await this.commands.change(this.aggregate, {
      ...{ tx, id },
      actor: systemActor(context),
      command: 'withdrawEvidence',
      permission: review,
      decide: (state, at) => withdrawEvidence(state, at),
    });
  }

  /** @throws Fault NOT_FOUND for what the actor may not see */
  async stateView(input: StateEvidenceViewInput, actor: Actor) {
    await this.requireVisible(input.id, actor);
    const { text } = input;
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'stateEvidenceView', 'appraisal.own.answer', input.id, input),
      decide: (state, at) => stateEvidenceView(state, { text, by: actor.id }, at),
    });
  }

  /** @throws Fault NOT_FOUND for a sheet on which the actor does not score */
  score(input: ScoreEvidenceInput, actor: Actor) {
    const { appraisalId, reason } = input;
    const command = { score: scoreOf(input), reason, by: actor.id };
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'scoreEvidence', review, input.id, input),
      reason,
      prepare: (tx) => this.sheet(appraisalId, actor, tx),
      decide: (state, at, environment, sheet) => scoreEvidence(state, sheet, command, at, environment),
    });
  }

  dismiss(input: DismissEvidenceInput, actor: Actor) {
    const { reason } = input;
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'dismissEvidence', review, input.id, input),
      reason,
      decide: (state, at) => dismissEvidence(state, { reason, by: actor.id }, at),
    });
  }

  /** Locked, so that what is decided of it is so when it is written. */
  private async sheet(id: string, { principal }: Actor, tx: EntityManager): Promise<Appraisal> {
    const sheet = await tx
      .createQueryBuilder(Appraisal, 'a')
      .setLock('pessimistic_write')
      .where('a.id = :id', { id })
      .getOne();
    const permission = 'appraisal.sheet.score';
    const scores =
      !principal ||
      mayEverywhere(principal, permission) ||
      (sheet?.projectId != null && mayIn(principal, permission, sheet.projectId));
    if (!sheet || !scores) throw notFound('Appraisal', id);
    return sheet;
  }

  private async requireVisible(id: string, { principal }: Actor): Promise<void> {
    if (!principal) return;
    const evidence = await this.dataSource.manager.findOneBy(Evidence, { id });
    const isSeen =
      evidence &&
      (evidence.staffId === principal.staffId ||
        mayEverywhere(principal, 'appraisal.evidence.read') ||
        (evidence.projectId !== null && mayIn(principal, 'appraisal.evidence.read', evidence.projectId)));
    if (!isSeen) throw notFound('Evidence', id);
  }
}
