import { accept, isBlank, refuse, wrongStatus, type Refused } from '@anju/kernel';
import type { Arrears } from './fee-account';
import type { ReceptionPolicy } from './policy';
import { missingText, type ReceptionRefusal } from './refusals';
import {
  about,
  releaseSlipTransitions,
  type GoodsLine,
  type OwnerCall,
  type ReleaseObstacle,
  type ReleaseSlipChange,
  type ReleaseSlipDecision,
  type ReleaseSlipFact,
  type ReleaseSlipKind,
  type ReleaseSlipState,
} from './release-slip-state';

export interface Goods {
  readonly description: string;
  readonly quantity: number;
}

type GoodsCode = 'GOODS_QUANTITY_NOT_POSITIVE' | 'RECEPTION_TEXT_MISSING';

function wrongGoods(goods: readonly Goods[]): Refused<ReceptionRefusal<GoodsCode>> | null {
  for (const [index, { description, quantity }] of goods.entries()) {
    if (isBlank(description)) return refuse('RECEPTION_TEXT_MISSING', { field: 'goods' });
    if (!(Number.isSafeInteger(quantity) && quantity > 0)) {
      return refuse('GOODS_QUANTITY_NOT_POSITIVE', { line: index + 1, quantity });
    }
  }
  return null;
}

function linesOf(goods: readonly Goods[]): readonly GoodsLine[] {
  return goods.map(({ description, quantity }, index) => ({ line: index + 1, description, quantity }));
}

/**
 * Applies for a slip (REC-36, REC-37). Whether it is an owner's or a tenant's follows from the unit's owners
 * and tenants; nobody else gets one.
 */
export function requestReleaseSlip(
  command: Pick<ReleaseSlipState, 'id' | 'projectId' | 'unitId' | 'applicantId' | 'interactionId'> & {
    readonly goods: readonly Goods[];
    readonly identityCopied: boolean;
    readonly ownerIds: readonly string[];
    readonly tenantIds: readonly string[];
    readonly by: string;
  },
  at: Date,
): ReleaseSlipDecision<'APPLICANT_NOT_OF_UNIT' | GoodsCode> {
  const { id, projectId, unitId, applicantId, interactionId, goods, by } = command;
  let kind: ReleaseSlipKind;
  if (command.ownerIds.includes(applicantId)) kind = 'OWNER';
  else if (command.tenantIds.includes(applicantId)) kind = 'TENANT';
  else return refuse('APPLICANT_NOT_OF_UNIT', { applicantId });
  const wrong = wrongGoods(goods);
  if (wrong) return wrong;
  const state: ReleaseSlipState = {
    id,
    projectId,
    status: releaseSlipTransitions.initial,
    kind,
    unitId,
    applicantId,
    interactionId,
    goods: linesOf(goods),
    identityCopiedAt: command.identityCopied ? at : null,
    signedById: null,
    signedAt: null,
    directorId: null,
    directorInformedAt: null,
    ownerCall: null,
    refusals: [],
    requestedAt: at,
    requestedBy: by,
    issuedAt: null,
    issuedBy: null,
    arrearsTold: null,
    lobbyToldAt: null,
    redemption: null,
    cancelledAt: null,
    cancelReason: null,
  };
  return accept(state, { type: 'ReleaseSlipRequested', ...about(state), by, at });
}

function prepared(
  state: ReleaseSlipState,
  part: Extract<ReleaseSlipFact, { type: 'ReleaseSlipPrepared' }>['part'],
  by: string,
  at: Date,
): ReleaseSlipDecision<never> {
  return accept(state, { type: 'ReleaseSlipPrepared', ...about(state), part, by, at });
}

/** Another goods list; what was signed and what the owner was told was of the list before, and falls away. */
export function listGoods(
  state: ReleaseSlipState,
  command: { readonly goods: readonly Goods[]; readonly by: string },
  at: Date,
): ReleaseSlipChange<GoodsCode> {
  const refusal = wrongStatus(releaseSlipTransitions, 'listGoods', state.status) ?? wrongGoods(command.goods);
  if (refusal) return refusal;
  const next = { ...state, goods: linesOf(command.goods), signedById: null, signedAt: null, ownerCall: null };
  return prepared(next, 'GOODS', command.by, at);
}

/** The applicant's identity document was seen and copied (REC-36). */
export function copyIdentity(
  state: ReleaseSlipState,
  command: { readonly by: string },
  at: Date,
): ReleaseSlipChange {
  const wrong = wrongStatus(releaseSlipTransitions, 'copyIdentity', state.status);
  return wrong ?? prepared({ ...state, identityCopiedAt: at }, 'IDENTITY_COPY', command.by, at);
}

/** The goods list was signed by somebody; whether it was the applicant shows when the slip is to be issued. */
export function signReleaseSlip(
  state: ReleaseSlipState,
  command: { readonly signedById: string; readonly by: string },
  at: Date,
): ReleaseSlipChange {
  const wrong = wrongStatus(releaseSlipTransitions, 'sign', state.status);
  return (
    wrong ?? prepared({ ...state, signedById: command.signedById, signedAt: at }, 'SIGNATURE', command.by, at)
  );
}

/**
 * The management-office director was informed of the owner's arrears (REC-36; source 1, scene five: 管理处主任).
 * Informing anybody else does not count.
 * @param directorIds the employees who are the project's director, by their position
 */
export function informDirector(
  state: ReleaseSlipState,
  command: { readonly directorId: string; readonly by: string },
  directorIds: readonly string[],
  at: Date,
): ReleaseSlipChange<'INFORMED_PERSON_NOT_DIRECTOR'> {
  const wrong = wrongStatus(releaseSlipTransitions, 'informDirector', state.status);
  if (wrong) return wrong;
  const { directorId, by } = command;
  if (!directorIds.includes(directorId)) {
    return refuse('INFORMED_PERSON_NOT_DIRECTOR', { informedId: directorId, directorIds });
  }
  return prepared({ ...state, directorId, directorInformedAt: at }, 'DIRECTOR_INFORMED', by, at);
}

/**
 * Records the call to the owner about his tenant's move, with all four answers (REC-37). A later call takes
 * the place of an earlier one.
 * @param ownerIds the unit's owners
 */
export function recordOwnerCall(
  state: ReleaseSlipState,
  command: Omit<OwnerCall, 'calledAt'>,
  ownerIds: readonly string[],
  at: Date,
): ReleaseSlipChange<'OWNER_CALL_NOT_NEEDED' | 'CALLED_PARTY_NOT_OWNER' | 'RECEPTION_TEXT_MISSING'> {
  const wrong = wrongStatus(releaseSlipTransitions, 'recordOwnerCall', state.status);
  if (wrong) return wrong;
  if (state.kind !== 'TENANT') return refuse('OWNER_CALL_NOT_NEEDED', {});
  const { ownerId, knowsOfMove, rentOwed, ownersThingsOnList, consents, reason, by } = command;
  if (!ownerIds.includes(ownerId)) return refuse('CALLED_PARTY_NOT_OWNER', { calledId: ownerId, ownerIds });
  const noReason = consents ? null : missingText('reason', reason);
  if (noReason) return noReason;
  const answers = { knowsOfMove, rentOwed, ownersThingsOnList, consents, reason };
  return prepared({ ...state, ownerCall: { ownerId, ...answers, by, calledAt: at } }, 'OWNER_CALL', by, at);
}

export interface IssueReleaseSlip {
  /** The owner was told what he owes. */
  readonly arrearsTold: boolean;
  /** In a hurry: the lobby is told at the same time that the goods may leave. */
  readonly hurry: boolean;
  readonly by: string;
}

function arrearsObstacles(
  state: ReleaseSlipState,
  command: IssueReleaseSlip,
  { months, amount }: Arrears,
  policy: Pick<ReceptionPolicy, 'directorArrearsMonths'>,
): readonly ReleaseObstacle[] {
  if (months === 0) return [];
  const owed = { months, amount };
  const obstacles: ReleaseObstacle[] = [];
  if (state.kind === 'TENANT') {
    obstacles.push({ what: 'FEES_UNPAID', ...owed });
  } else {
    if (!command.arrearsTold) obstacles.push({ what: 'ARREARS_NOT_TOLD', ...owed });
    if (months >= policy.directorArrearsMonths && !state.directorInformedAt) {
      obstacles.push({ what: 'DIRECTOR_NOT_INFORMED', ...owed });
    }
  }
  if (command.hurry) obstacles.push({ what: 'HURRY_WITH_ARREARS', ...owed });
  return obstacles;
}

function ownerObstacle(state: ReleaseSlipState): ReleaseObstacle | null {
  if (state.kind !== 'TENANT') return null;
  const call = state.ownerCall;
  if (!call) return { what: 'OWNER_NOT_CALLED' };
  if (call.consents) return null;
  const { knowsOfMove, rentOwed, ownersThingsOnList, reason } = call;
  return { what: 'OWNER_DOES_NOT_CONSENT', knowsOfMove, rentOwed, ownersThingsOnList, reason };
}

/**
 * All that stands against issuing the slip (REC-36, REC-37, REC-38); empty when nothing does.
 * @param arrears what the applicant owes now
 */
export function releaseObstacles(
  state: ReleaseSlipState,
  command: IssueReleaseSlip,
  arrears: Arrears,
  policy: Pick<ReceptionPolicy, 'directorArrearsMonths'>,
): readonly ReleaseObstacle[] {
  const obstacles: ReleaseObstacle[] = [];
  if (!state.identityCopiedAt) obstacles.push({ what: 'IDENTITY_COPY_MISSING' });
  if (state.goods.length === 0) obstacles.push({ what: 'GOODS_LIST_EMPTY' });
  const { signedById, applicantId } = state;
  if (!signedById) obstacles.push({ what: 'SIGNATURE_MISSING' });
  else if (signedById !== applicantId) {
    obstacles.push({ what: 'SIGNED_BY_WRONG_PARTY', signedById, expectedId: applicantId });
  }
  obstacles.push(...arrearsObstacles(state, command, arrears, policy));
  const owner = ownerObstacle(state);
  if (owner) obstacles.push(owner);
  return obstacles;
}

/**
 * Issues the slip, or says everything that stands against it (REC-36, REC-37, REC-38). To keep a trace of the
 * refused application, carry out `refuseReleaseSlip` in its place.
 * @param arrears what the applicant owes now
 */
export function issueReleaseSlip(
  state: ReleaseSlipState,
  command: IssueReleaseSlip,
  arrears: Arrears,
  at: Date,
  policy: Pick<ReceptionPolicy, 'directorArrearsMonths'>,
): ReleaseSlipChange<'RELEASE_NOT_POSSIBLE'> {
  const wrong = wrongStatus(releaseSlipTransitions, 'issue', state.status);
  if (wrong) return wrong;
  const reasons = releaseObstacles(state, command, arrears, policy);
  if (reasons.length > 0) return refuse('RELEASE_NOT_POSSIBLE', { reasons });
  return accept(
    {
      ...state,
      status: 'ISSUED',
      issuedAt: at,
      issuedBy: command.by,
      arrearsTold: arrears.months > 0 ? arrears : null,
      lobbyToldAt: command.hurry ? at : null,
    },
    {
      type: 'ReleaseSlipIssued',
      ...about(state),
      lines: state.goods.length,
      arrearsMonths: arrears.months,
      arrearsAmount: arrears.amount,
      directorInformed: state.directorInformedAt !== null,
      hurry: command.hurry,
      by: command.by,
      at,
    },
  );
}

/**
 * Keeps the application as refused, with all reasons; once they are out of the way the slip can still be
 * issued (REC-37).
 */
export function refuseReleaseSlip(
  state: ReleaseSlipState,
  command: IssueReleaseSlip,
  arrears: Arrears,
  at: Date,
  policy: Pick<ReceptionPolicy, 'directorArrearsMonths'>,
): ReleaseSlipChange<'RELEASE_POSSIBLE'> {
  const wrong = wrongStatus(releaseSlipTransitions, 'refuse', state.status);
  if (wrong) return wrong;
  const reasons = releaseObstacles(state, command, arrears, policy);
  if (reasons.length === 0) return refuse('RELEASE_POSSIBLE', {});
  const { by } = command;
  return accept(
    { ...state, status: 'REFUSED', refusals: [...state.refusals, { reasons, by, refusedAt: at }] },
    {
      type: 'ReleaseSlipRefused',
      ...about(state),
      reasons: reasons.map(({ what }) => what),
      arrearsMonths: arrears.months,
      arrearsAmount: arrears.amount,
      by,
      at,
    },
  );
}

export interface RedeemReleaseSlip {
  /** What the guard found, for every line of the slip. */
  readonly checked: readonly { readonly line: number; readonly found: number }[];
  /** What the guard found besides. */
  readonly unlisted: readonly string[];
  readonly by: string;
}

/**
 * The lobby guard lets the goods pass, once, against the list (REC-38). Every line is checked; what is not on
 * the list, or more than is on it, stays. Less may leave (reading: then the rest needs another slip).
 */
export function redeemReleaseSlip(
  state: ReleaseSlipState,
  command: RedeemReleaseSlip,
  at: Date,
): ReleaseSlipChange<'RELEASE_SLIP_ALREADY_REDEEMED' | 'GOODS_NOT_CHECKED' | 'GOODS_NOT_ON_SLIP'> {
  const { redemption } = state;
  if (redemption) {
    const { redeemedAt, by: redeemedBy } = redemption;
    return refuse('RELEASE_SLIP_ALREADY_REDEEMED', { redeemedAt, redeemedBy });
  }
  const wrong = wrongStatus(releaseSlipTransitions, 'redeem', state.status);
  if (wrong) return wrong;
  const { checked, unlisted, by } = command;
  const foundOf = (line: number): number =>
    checked.filter((goods) => goods.line === line).reduce((sum, { found }) => sum + found, 0);
  const isChecked = (line: number): boolean =>
    checked.some((goods) => goods.line === line) && foundOf(line) >= 0;
  const unchecked = state.goods.map(({ line }) => line).filter((line) => !isChecked(line));
  if (unchecked.length > 0) return refuse('GOODS_NOT_CHECKED', { uncheckedLines: unchecked });
  const lines = [...new Set(checked.map(({ line }) => line))]
    .map((line) => ({
      line,
      listed: state.goods.find((goods) => goods.line === line)?.quantity ?? 0,
      found: foundOf(line),
    }))
    .filter(({ listed, found }) => found > listed);
  if (lines.length > 0 || unlisted.length > 0) return refuse('GOODS_NOT_ON_SLIP', { lines, unlisted });
  const goods = state.goods.map(({ line }) => ({ line, found: foundOf(line) }));
  return accept(
    { ...state, status: 'REDEEMED', redemption: { by, redeemedAt: at, goods } },
    {
      type: 'ReleaseSlipRedeemed',
      ...about(state),
      issuedAt: state.issuedAt ?? at,
      lines: goods.length,
      by,
      at,
    },
  );
}

/** Gives the slip or the application up, with a reason; nothing leaves on it any more. */
export function cancelReleaseSlip(
  state: ReleaseSlipState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
): ReleaseSlipChange<'RECEPTION_TEXT_MISSING'> {
  const { reason, by } = command;
  const refusal =
    wrongStatus(releaseSlipTransitions, 'cancel', state.status) ?? missingText('reason', reason);
  if (refusal) return refusal;
  return accept(
    { ...state, status: 'CANCELLED', cancelledAt: at, cancelReason: reason },
    { type: 'ReleaseSlipCancelled', ...about(state), by, at },
  );
}
