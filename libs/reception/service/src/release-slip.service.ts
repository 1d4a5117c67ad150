import type { EntityManager } from 'typeorm';
import { CommandRefusal, requireIn, projectOf, type Actor, type AggregateDefinition } from '@anju/commands';
import { receptionEvents } from '@anju/events';
import { isRefused, localDate, type Decision, type Refusal } from '@anju/kernel';
import { eventsOfFacts } from '@anju/outbox';
import {
  arrears,
  cancelReleaseSlip,
  copyIdentity,
  informDirector,
  issueReleaseSlip,
  listGoods,
  recordOwnerCall,
  redeemReleaseSlip,
  refuseReleaseSlip,
  requestReleaseSlip,
  signReleaseSlip,
  type Goods,
  type ReceptionRefusal,
  type ReleaseObstacle,
  type ReleaseSlipFact,
  type ReleaseSlipState,
} from '@anju/reception-rules';
import type { KnownProject, References } from '@anju/references';
import { changeRequest, type Platform } from '@anju/subgraph';
import { checkInteractions } from './desk-checks';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import { lockFeeAccount, unopenedAccount } from './fee-account.service';
import { survivorsOf } from './merged-customers';
import { ReleaseSlip } from './release-slip.entity';
import type * as Inputs from './release-slip.schema';

export type ReleaseSlipAggregate = AggregateDefinition<
  ReleaseSlipState,
  ReleaseSlipFact,
  ReceptionEnvironment,
  ReleaseSlip
>;

export function releaseSlipAggregate(references: References): ReleaseSlipAggregate {
  return {
    type: 'ReleaseSlip',
    context: 'reception',
    entity: ReleaseSlip,
    environment: receptionEnvironment(references),
    events: eventsOfFacts<ReleaseSlipFact>()({
      // An application counts once it is decided.
      ReleaseSlipRequested: null,
      ReleaseSlipPrepared: null,
      ReleaseSlipIssued: receptionEvents.releaseSlipIssued,
      ReleaseSlipRefused: receptionEvents.releaseSlipRefused,
      ReleaseSlipRedeemed: receptionEvents.releaseSlipRedeemed,
      ReleaseSlipCancelled: receptionEvents.releaseSlipCancelled,
    }),
  };
}

const issue = 'reception.releaseSlip.issue';

function goodsOf(goods: readonly Inputs.ReleaseGoodsInput[]): readonly Goods[] {
  return goods.map(({ description, quantity }) => ({ description, quantity }));
}

type WrongStatus = ReceptionRefusal<'RELEASE_SLIP_NOT_IN_REQUIRED_STATUS'>;

/** The slip as issued, or as refused with its reasons: either is carried out. */
function issueOrKeepRefused(
  ...[state, command, owed, at, policy]: Parameters<typeof issueReleaseSlip>
): Decision<ReleaseSlipState, ReleaseSlipFact, WrongStatus> {
  const issued = issueReleaseSlip(state, command, owed, at, policy);
  if (!isRefused(issued)) return issued;
  const { refusal } = issued;
  if (refusal.code !== 'RELEASE_NOT_POSSIBLE') return { outcome: 'refused', refusal };
  const kept = refuseReleaseSlip(state, command, owed, at, policy);
  if (isRefused(kept)) throw new Error(`not possible to issue, and ${kept.refusal.code}`);
  return kept;
}

/** The answer to a slip that was refused and kept as refused. */
export type ReleaseNotPossible = Refusal<
  'RELEASE_NOT_POSSIBLE',
  { readonly reasons: readonly ReleaseObstacle[]; readonly version: number }
>;

/** Release slips: applied for, issued or refused, redeemed at the lobby (放行条, REC-36…38). */
export class ReleaseSlipService {
  constructor(
    private readonly platform: Pick<Platform, 'commands' | 'dataSource'>,
    private readonly references: References,
    private readonly aggregate: ReleaseSlipAggregate,
  ) {}

  apply(input: Inputs.ApplyForReleaseInput, actor: Actor) {
    const { projectId, unitId, applicantId, identityCopied, interactionId = null } = input;
    requireIn(actor, issue, projectId);
    return this.platform.commands.create(this.aggregate, {
      actor,
      command: 'applyForRelease',
      permission: issue,
      projectId,
      idempotencyKey: input.idempotencyKey,
      input,
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          { kind: 'unit', id: unitId, field: 'input.unitId', projectId },
          { kind: 'customer', id: applicantId, field: 'input.applicantId', projectId },
        ]),
      prepare: async (tx, at, { project }) => {
        const contacts = interactionId === null ? [] : [{ id: interactionId, field: 'input.interactionId' }];
        await checkInteractions(tx, projectId, contacts);
        const survivorOf = await survivorsOf(tx, [applicantId]);
        return { applicantId: survivorOf(applicantId), ...(await this.partiesOf(unitId, at, project, tx)) };
      },
      decide: (id, at, _environment, parties) =>
        requestReleaseSlip(
          {
            id,
            projectId,
            unitId,
            ...parties,
            interactionId,
            goods: goodsOf(input.goods ?? []),
            identityCopied,
            by: actor.id,
          },
          at,
        ),
    });
  }

  listGoods(input: Inputs.ListReleaseGoodsInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('listReleaseGoods', input, actor),
      decide: (slip, at) => listGoods(slip, { goods: goodsOf(input.goods), by: actor.id }, at),
    });
  }

  recordIdentityCopy(input: Inputs.RecordIdentityCopyInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('recordIdentityCopy', input, actor),
      decide: (slip, at) => copyIdentity(slip, { by: actor.id }, at),
    });
  }

  sign(input: Inputs.SignReleaseSlipInput, actor: Actor) {
    const { signedById } = input;
    return this.platform.commands.change(this.aggregate, {
      ...this.request('signReleaseSlip', input, actor),
      check: () => this.checkCustomer(input, 'input.signedById', signedById, actor),
      prepare: (tx) => survivorsOf(tx, [signedById]),
      decide: (slip, at, _environment, survivorOf) =>
        signReleaseSlip(slip, { signedById: survivorOf(signedById), by: actor.id }, at),
    });
  }

  recordOwnerCall(input: Inputs.RecordOwnerCallInput, actor: Actor) {
    const { ownerId, knowsOfMove, rentOwed, ownersThingsOnList, consents, reason = null } = input;
    const answers = { knowsOfMove, rentOwed, ownersThingsOnList, consents, reason };
    return this.platform.commands.change(this.aggregate, {
      ...this.request('recordOwnerCall', input, actor),
      check: () => this.checkCustomer(input, 'input.ownerId', ownerId, actor),
      prepare: async (tx, { unitId }, at, { project }) => {
        const survivorOf = await survivorsOf(tx, [ownerId]);
        return { ownerId: survivorOf(ownerId), ...(await this.partiesOf(unitId, at, project, tx)) };
      },
      decide: (slip, at, _environment, { ownerId: called, ownerIds }) =>
        recordOwnerCall(slip, { ownerId: called, ...answers, by: actor.id }, ownerIds, at),
    });
  }

  informDirector(input: Inputs.InformDirectorInput, actor: Actor) {
    const { directorId } = input;
    return this.platform.commands.change(this.aggregate, {
      ...this.request('informDirector', input, actor),
      check: async () => {
        const projectId = await this.projectOf(input, actor);
        await this.references.checkEmployed({ id: directorId, field: 'input.directorId', projectId });
      },
      prepare: async (tx, { projectId }, _at, { policy }) => {
        const directors = await this.references.employedAs(policy.directorPositions, projectId, tx);
        return directors.map(({ id }) => id);
      },
      decide: (slip, at, _environment, directorIds) =>
        informDirector(slip, { directorId, by: actor.id }, directorIds, at),
    });
  }

  /**
   * Issues the slip, or keeps it as refused and answers with all reasons. What the applicant owes is held
   * until then: neither a payment nor a charge slips in.
   */
  async issue(input: Inputs.IssueReleaseSlipInput, actor: Actor) {
    const command = { arrearsTold: input.arrearsTold, hurry: input.hurry, by: actor.id };
    const slip = await this.platform.commands.change(this.aggregate, {
      ...this.request('issueReleaseSlip', input, actor),
      prepare: async (tx, { projectId, unitId, applicantId }, at) => {
        const account = (await lockFeeAccount(tx, unitId)) ?? unopenedAccount(projectId, unitId, at);
        return arrears(account, applicantId, at);
      },
      decide: (state, at, { policy }, owed) => issueOrKeepRefused(state, command, owed, at, policy),
    });
    if (slip instanceof CommandRefusal || slip.status !== 'REFUSED') return slip;
    const { reasons } = slip.refusals.at(-1)!;
    return new CommandRefusal<ReleaseNotPossible>({
      code: 'RELEASE_NOT_POSSIBLE',
      data: { reasons, version: slip.version },
    });
  }

  redeem(input: Inputs.RedeemReleaseSlipInput, actor: Actor) {
    const checked = input.checked.map(({ line, found }) => ({ line, found }));
    const command = { checked, unlisted: input.unlisted ?? [], by: actor.id };
    const redemption = 'reception.releaseSlip.redeem';
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'redeemReleaseSlip', redemption, input.releaseSlipId, input),
      decide: (slip, at) => redeemReleaseSlip(slip, command, at),
    });
  }

  cancel(input: Inputs.CancelReleaseSlipInput, actor: Actor) {
    const { reason } = input;
    return this.platform.commands.change(this.aggregate, {
      ...this.request('cancelReleaseSlip', input, actor),
      reason,
      decide: (slip, at) => cancelReleaseSlip(slip, { reason, by: actor.id }, at),
    });
  }

  /** Whose the unit is, and who rents it, on the day. */
  private async partiesOf(unitId: string, at: Date, { timeZone }: KnownProject, tx: EntityManager) {
    const roles = await this.references.rolesOnUnit(unitId, localDate(at, timeZone), tx);
    const holding = (role: 'OWNER' | 'TENANT'): string[] =>
      roles.filter(({ data }) => data.role === role).map(({ data }) => data.customerId);
    return { ownerIds: holding('OWNER'), tenantIds: holding('TENANT') };
  }

  private async checkCustomer(
    input: Inputs.ReleaseSlipChangeInput,
    field: string,
    id: string,
    actor: Actor,
  ): Promise<void> {
    const projectId = await this.projectOf(input, actor);
    await this.references.check([{ kind: 'customer', id, field, projectId }]);
  }

  private projectOf(input: Inputs.ReleaseSlipChangeInput, actor: Actor): Promise<string> {
    return projectOf(this.platform.dataSource, ReleaseSlip, input.releaseSlipId, actor, issue);
  }

  private request(command: string, input: Inputs.ReleaseSlipChangeInput, actor: Actor) {
    return changeRequest(actor, command, issue, input.releaseSlipId, input);
  }
}
