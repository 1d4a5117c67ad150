import { accept, isBlank, refuse, wrongStatus, type Decision, type Transitions } from '@anju/kernel';
import type { InteractionItem } from './interaction-state';
import { missingText, type ReceptionRefusal, type ReceptionRefusalCode } from './refusals';

export const rectificationStatuses = [
  'REQUESTED',
  'VERIFIED',
  'SIGNED_FOR',
  'COMPLETED',
  'WITHDRAWN',
] as const;
export type RectificationStatus = (typeof rectificationStatuses)[number];

/** The signatures of a liaison form, in the order in which they are given. */
export const rectificationSteps = ['VERIFY', 'SIGN_FOR', 'COMPLETE'] as const;
export type RectificationStep = (typeof rectificationSteps)[number];

export interface Signature {
  readonly step: RectificationStep;
  readonly signerId: string;
  /** The role in which it was given. */
  readonly role: string;
  readonly remark: string | null;
  readonly signedAt: Date;
}

/** Who signs, with the roles held in the form's project. */
export interface Signer {
  readonly id: string;
  readonly roles: readonly string[];
}

/** A warranty repair, to the developer: 工作联系单 (整改类). */
export interface RectificationState {
  readonly id: string;
  readonly projectId: string;
  readonly status: RectificationStatus;
  readonly interactionId: string;
  readonly unitId: string | null;
  readonly buildingId: string | null;
  readonly fault: string;
  readonly place: string;
  /** `YYYY-MM-DD`; null where the directory has none. */
  readonly warrantyEndsOn: string | null;
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly signatures: readonly Signature[];
  readonly completedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawReason: string | null;
}

interface RectificationFactBase {
  readonly rectificationId: string;
  readonly projectId: string;
  readonly interactionId: string;
  readonly unitId: string | null;
  readonly by: string;
  readonly at: Date;
}

export interface RectificationRequested extends RectificationFactBase {
  readonly type: 'RectificationRequested';
  readonly buildingId: string | null;
}
export interface RectificationVerified extends RectificationFactBase {
  readonly type: 'RectificationVerified';
}
export interface RectificationSignedFor extends RectificationFactBase {
  readonly type: 'RectificationSignedFor';
}
export interface RectificationCompleted extends RectificationFactBase {
  readonly type: 'RectificationCompleted';
  readonly requestedAt: Date;
}
export interface RectificationWithdrawn extends RectificationFactBase {
  readonly type: 'RectificationWithdrawn';
}

/** What can have happened to a liaison form. */
export type RectificationFact =
  | RectificationRequested
  | RectificationVerified
  | RectificationSignedFor
  | RectificationCompleted
  | RectificationWithdrawn;

type Command = 'verify' | 'signFor' | 'complete' | 'withdraw';

export const rectificationTransitions: Transitions<
  RectificationStatus,
  Command,
  'RECTIFICATION_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'RECTIFICATION_NOT_IN_REQUIRED_STATUS',
  initial: 'REQUESTED',
  commands: {
    verify: { from: ['REQUESTED'], to: 'VERIFIED' },
    signFor: { from: ['VERIFIED'], to: 'SIGNED_FOR' },
    complete: { from: ['SIGNED_FOR'], to: 'COMPLETED' },
    withdraw: { from: ['REQUESTED', 'VERIFIED'], to: 'WITHDRAWN' },
  },
};

/** Whose signature each step asks for, and what it brings. */
const steps = {
  VERIFY: { command: 'verify', role: 'OFFICE_DIRECTOR', status: 'VERIFIED', fact: 'RectificationVerified' },
  SIGN_FOR: {
    command: 'signFor',
    role: 'DEVELOPER_PROJECT_DEPARTMENT',
    status: 'SIGNED_FOR',
    fact: 'RectificationSignedFor',
  },
  COMPLETE: {
    command: 'complete',
    role: 'DEVELOPER_PROJECT_DEPARTMENT',
    status: 'COMPLETED',
    fact: 'RectificationCompleted',
  },
} as const satisfies Record<
  RectificationStep,
  { command: Command; role: string; status: RectificationStatus; fact: RectificationFact['type'] }
>;

type RectificationDecision<Code extends ReceptionRefusalCode> = Decision<
  RectificationState,
  RectificationFact,
  ReceptionRefusal<Code>
>;

function about(state: RectificationState): Omit<RectificationFactBase, 'by' | 'at'> {
  return {
    rectificationId: state.id,
    projectId: state.projectId,
    interactionId: state.interactionId,
    unitId: state.unitId,
  };
}

/** Makes out the liaison form for a warranty repair; nothing is signed yet (REC-13). */
export function requestRectification(
  command: Pick<
    RectificationState,
    'id' | 'projectId' | 'interactionId' | 'unitId' | 'buildingId' | 'fault' | 'place' | 'warrantyEndsOn'
  > & { readonly by: string },
  at: Date,
): RectificationDecision<'RECTIFICATION_DETAILS_MISSING'> {
  const { by, ...details } = command;
  const missing = (['fault', 'place'] as const).filter((field) => isBlank(details[field]));
  if (missing.length > 0) return refuse('RECTIFICATION_DETAILS_MISSING', { missing });
  const state: RectificationState = {
    ...details,
    status: rectificationTransitions.initial,
    requestedAt: at,
    requestedBy: by,
    signatures: [],
    completedAt: null,
    withdrawnAt: null,
    withdrawReason: null,
  };
  return accept(state, {
    type: 'RectificationRequested',
    ...about(state),
    buildingId: state.buildingId,
    by,
    at,
  });
}

/** The signature that the form waits for, or null when it waits for none. */
export function expectedStep(state: RectificationState): RectificationStep | null {
  return (
    rectificationSteps.find((step) =>
      rectificationTransitions.commands[steps[step].command].from.includes(state.status),
    ) ?? null
  );
}

/**
 * The next signature on the form (REC-13): the management-office director verifies, then the developer's
 * project department signs for it, then it confirms the completion. Anybody else's is refused, whatever the
 * form waits for; so is one out of order.
 */
export function signRectification(
  state: RectificationState,
  command: { readonly step: RectificationStep; readonly signer: Signer; readonly remark: string | null },
  at: Date,
): RectificationDecision<'SIGNER_NOT_ENTITLED' | 'OUT_OF_ORDER_SIGNATURE'> {
  const { step, signer, remark } = command;
  const { role, status, fact } = steps[step];
  if (!signer.roles.includes(role)) {
    return refuse('SIGNER_NOT_ENTITLED', { step, requiredRole: role, roles: signer.roles });
  }
  const expected = expectedStep(state);
  if (step !== expected) {
    return refuse('OUT_OF_ORDER_SIGNATURE', { step, expectedStep: expected, status: state.status });
  }
  const signature: Signature = { step, signerId: signer.id, role, remark, signedAt: at };
  const next: RectificationState = {
    ...state,
    status,
    signatures: [...state.signatures, signature],
    completedAt: status === 'COMPLETED' ? at : null,
  };
  const signed = { ...about(state), by: signer.id, at };
  return fact === 'RectificationCompleted'
    ? accept(next, { type: fact, ...signed, requestedAt: state.requestedAt })
    : accept(next, { type: fact, ...signed });
}

/**
 * Gives the form up, with a reason, before the developer has signed for it (reading: otherwise a form that
 * the director does not verify would keep its contact open for ever).
 */
export function withdrawRectification(
  state: RectificationState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
): RectificationDecision<'RECTIFICATION_NOT_IN_REQUIRED_STATUS' | 'RECEPTION_TEXT_MISSING'> {
  const refusal =
    wrongStatus(rectificationTransitions, 'withdraw', state.status) ?? missingText('reason', command.reason);
  if (refusal) return refusal;
  return accept(
    { ...state, status: 'WITHDRAWN', withdrawnAt: at, withdrawReason: command.reason },
    { type: 'RectificationWithdrawn', ...about(state), by: command.by, at },
  );
}

/** The form as an item of its contact (REC-04): done when completed or withdrawn. */
export function rectificationItem(state: RectificationState): InteractionItem {
  const doneAt = state.completedAt ?? state.withdrawnAt;
  const item = { kind: 'RECTIFICATION', id: state.id } as const;
  return doneAt ? { ...item, status: 'DONE', doneAt } : { ...item, status: 'OPEN' };
}
