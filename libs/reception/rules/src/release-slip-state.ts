import type { Decision, Transitions } from '@anju/kernel';
import type { Arrears } from './fee-account';
import type { ReceptionRefusal, ReceptionRefusalCode } from './refusals';

export const releaseSlipStatuses = ['REQUESTED', 'REFUSED', 'ISSUED', 'REDEEMED', 'CANCELLED'] as const;
export type ReleaseSlipStatus = (typeof releaseSlipStatuses)[number];

export const releaseSlipKinds = ['OWNER', 'TENANT'] as const;
export type ReleaseSlipKind = (typeof releaseSlipKinds)[number];

export interface GoodsLine {
  /** From 1. */
  readonly line: number;
  readonly description: string;
  readonly quantity: number;
}

/** What the owner answered on the telephone. */
export interface OwnerCall {
  readonly ownerId: string;
  readonly knowsOfMove: boolean;
  readonly rentOwed: boolean;
  readonly ownersThingsOnList: boolean;
  readonly consents: boolean;
  /** Why not, where the owner does not consent. */
  readonly reason: string | null;
  readonly by: string;
  readonly calledAt: Date;
}

/** Why a slip cannot be issued. */
export type ReleaseObstacle =
  | { readonly what: 'IDENTITY_COPY_MISSING' }
  | { readonly what: 'GOODS_LIST_EMPTY' }
  | { readonly what: 'SIGNATURE_MISSING' }
  | { readonly what: 'SIGNED_BY_WRONG_PARTY'; readonly signedById: string; readonly expectedId: string }
  /** An owner's arrears: he has to be told of them. */
  | { readonly what: 'ARREARS_NOT_TOLD'; readonly months: number; readonly amount: string }
  | { readonly what: 'DIRECTOR_NOT_INFORMED'; readonly months: number; readonly amount: string }
  /** A tenant's arrears: he has to pay them. */
  | { readonly what: 'FEES_UNPAID'; readonly months: number; readonly amount: string }
  | { readonly what: 'OWNER_NOT_CALLED' }
  | {
      readonly what: 'OWNER_DOES_NOT_CONSENT';
      readonly knowsOfMove: boolean;
      readonly rentOwed: boolean;
      readonly ownersThingsOnList: boolean;
      readonly reason: string | null;
    }
  | { readonly what: 'HURRY_WITH_ARREARS'; readonly months: number; readonly amount: string };

export interface RefusedApplication {
  readonly reasons: readonly ReleaseObstacle[];
  readonly by: string;
  readonly refusedAt: Date;
}

export interface Redemption {
  readonly by: string;
  readonly redeemedAt: Date;
  /** What actually left, line by line; never more than is listed. */
  readonly goods: readonly { readonly line: number; readonly found: number }[];
}

/** Goods may leave the building: 放行条. */
export interface ReleaseSlipState {
  readonly id: string;
  readonly projectId: string;
  readonly status: ReleaseSlipStatus;
  readonly kind: ReleaseSlipKind;
  readonly unitId: string;
  readonly applicantId: string;
  readonly interactionId: string | null;
  readonly goods: readonly GoodsLine[];
  readonly identityCopiedAt: Date | null;
  readonly signedById: string | null;
  readonly signedAt: Date | null;
  readonly directorId: string | null;
  readonly directorInformedAt: Date | null;
  readonly ownerCall: OwnerCall | null;
  readonly refusals: readonly RefusedApplication[];
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly issuedAt: Date | null;
  readonly issuedBy: string | null;
  /** What an owner owed, and was told of, when the slip was issued. */
  readonly arrearsTold: Arrears | null;
  /** In a hurry: when the lobby was told that the goods may leave. */
  readonly lobbyToldAt: Date | null;
  readonly redemption: Redemption | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
}

interface ReleaseSlipFactBase {
  readonly releaseSlipId: string;
  readonly projectId: string;
  readonly kind: ReleaseSlipKind;
  readonly unitId: string;
  readonly applicantId: string;
  readonly by: string;
  readonly at: Date;
}

export interface ReleaseSlipRequested extends ReleaseSlipFactBase {
  readonly type: 'ReleaseSlipRequested';
}
/** Something of the application was brought in or changed. */
export interface ReleaseSlipPrepared extends ReleaseSlipFactBase {
  readonly type: 'ReleaseSlipPrepared';
  readonly part: 'GOODS' | 'IDENTITY_COPY' | 'SIGNATURE' | 'DIRECTOR_INFORMED' | 'OWNER_CALL';
}
export interface ReleaseSlipIssued extends ReleaseSlipFactBase {
  readonly type: 'ReleaseSlipIssued';
  readonly lines: number;
  readonly arrearsMonths: number;
  readonly arrearsAmount: string;
  readonly directorInformed: boolean;
  readonly hurry: boolean;
}
export interface ReleaseSlipRefused extends ReleaseSlipFactBase {
  readonly type: 'ReleaseSlipRefused';
  readonly reasons: readonly ReleaseObstacle['what'][];
  readonly arrearsMonths: number;
  readonly arrearsAmount: string;
}
export interface ReleaseSlipRedeemed extends ReleaseSlipFactBase {
  readonly type: 'ReleaseSlipRedeemed';
  readonly issuedAt: Date;
  readonly lines: number;
}
export interface ReleaseSlipCancelled extends ReleaseSlipFactBase {
  readonly type: 'ReleaseSlipCancelled';
}

/** What can have happened to a release slip. */
export type ReleaseSlipFact =
  | ReleaseSlipRequested
  | ReleaseSlipPrepared
  | ReleaseSlipIssued
  | ReleaseSlipRefused
  | ReleaseSlipRedeemed
  | ReleaseSlipCancelled;

type Command =
  | 'listGoods'
  | 'copyIdentity'
  | 'sign'
  | 'informDirector'
  | 'recordOwnerCall'
  | 'issue'
  | 'refuse'
  | 'redeem'
  | 'cancel';

const inPreparation: readonly ReleaseSlipStatus[] = ['REQUESTED', 'REFUSED'];

export const releaseSlipTransitions: Transitions<
  ReleaseSlipStatus,
  Command,
  'RELEASE_SLIP_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'RELEASE_SLIP_NOT_IN_REQUIRED_STATUS',
  initial: 'REQUESTED',
  commands: {
    listGoods: { from: inPreparation, to: 'SAME' },
    copyIdentity: { from: inPreparation, to: 'SAME' },
    sign: { from: inPreparation, to: 'SAME' },
    informDirector: { from: inPreparation, to: 'SAME' },
    recordOwnerCall: { from: inPreparation, to: 'SAME' },
    issue: { from: inPreparation, to: 'ISSUED' },
    refuse: { from: inPreparation, to: 'REFUSED' },
    redeem: { from: ['ISSUED'], to: 'REDEEMED' },
    cancel: { from: ['REQUESTED', 'REFUSED', 'ISSUED'], to: 'CANCELLED' },
  },
};

export type ReleaseSlipDecision<Code extends ReceptionRefusalCode> = Decision<
  ReleaseSlipState,
  ReleaseSlipFact,
  ReceptionRefusal<Code>
>;
/** The decision on a slip that exists. */
export type ReleaseSlipChange<Code extends ReceptionRefusalCode = never> = ReleaseSlipDecision<
  'RELEASE_SLIP_NOT_IN_REQUIRED_STATUS' | Code
>;

/** What every fact of a slip says. */
export function about(state: ReleaseSlipState): Omit<ReleaseSlipFactBase, 'by' | 'at'> {
  const { id, projectId, kind, unitId, applicantId } = state;
  return { releaseSlipId: id, projectId, kind, unitId, applicantId };
}
