import {
  accept,
  isBlank,
  Money,
  refuse,
  wrongStatus,
  type Decision,
  type Refused,
  type Transitions,
} from '@anju/kernel';
import { missingText, type ReceptionRefusal, type ReceptionRefusalCode } from './refusals';

export const shiftStatuses = ['OPEN', 'HANDED_OVER', 'ACCEPTED', 'DISPUTED'] as const;
export type ShiftStatus = (typeof shiftStatuses)[number];

export interface GoodsCount {
  /** What kind of thing, such as a spare key or an umbrella, by the desk's inventory code. */
  readonly code: string;
  readonly quantity: number;
}

/** What is in the drawer, or should be. `cash` in CNY as `Money` writes it. */
export interface Drawer {
  readonly cash: string;
  /** Numbered receipts given out during the shift. */
  readonly receipts: number;
  readonly goods: readonly GoodsCount[];
}

/** Something of which more or less was found than the system says. */
export type ShiftDifference =
  | { readonly of: 'CASH'; readonly expected: string; readonly counted: string; readonly difference: string }
  | { readonly of: 'RECEIPTS'; readonly expected: number; readonly counted: number }
  | { readonly of: 'GOODS'; readonly code: string; readonly expected: number; readonly counted: number };

export interface DrawerCount {
  readonly counted: Drawer;
  readonly expected: Drawer;
  readonly differences: readonly ShiftDifference[];
  readonly by: string;
  readonly countedAt: Date;
}

/** Something that is still going on and that the next shift has to know. */
export interface OpenMatter {
  readonly interactionId: string | null;
  readonly note: string | null;
}

/** One person's time at the desk, and its handover: 交接记录. */
export interface ShiftState {
  readonly id: string;
  readonly projectId: string;
  readonly status: ShiftStatus;
  readonly staffId: string;
  readonly openedAt: Date;
  /** Why it was opened although the shift before it was not accepted. */
  readonly openedOverReason: string | null;
  /** The last count before the handover. */
  readonly count: DrawerCount | null;
  /** Of the differences, if there are any. */
  readonly explanation: string | null;
  /** 特别交待 */
  readonly specialNotes: readonly string[];
  readonly openMatters: readonly OpenMatter[];
  readonly handedOverAt: Date | null;
  /** Who accepted or disputed the handover, and when. */
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly disputeReason: string | null;
}

interface ShiftFactBase {
  readonly shiftId: string;
  readonly projectId: string;
  /** Whose shift it is. */
  readonly staffId: string;
  readonly at: Date;
}

export interface ShiftOpened extends ShiftFactBase {
  readonly type: 'ShiftOpened';
  readonly overShiftId: string | null;
}
export interface ShiftCounted extends ShiftFactBase {
  readonly type: 'ShiftCounted';
  readonly differences: number;
}
export interface ShiftHandedOver extends ShiftFactBase {
  readonly type: 'ShiftHandedOver';
  readonly openedAt: Date;
  readonly cashExpected: string;
  readonly cashCounted: string;
  readonly receiptsExpected: number;
  readonly receiptsCounted: number;
  readonly differences: number;
  readonly specialNotes: number;
  readonly openInteractionIds: readonly string[];
}
export interface ShiftHandoverAccepted extends ShiftFactBase {
  readonly type: 'ShiftHandoverAccepted';
  readonly by: string;
}
export interface ShiftHandoverDisputed extends ShiftFactBase {
  readonly type: 'ShiftHandoverDisputed';
  readonly by: string;
}

/** What can have happened to a shift. */
export type ShiftFact =
  ShiftOpened | ShiftCounted | ShiftHandedOver | ShiftHandoverAccepted | ShiftHandoverDisputed;

type Command = 'count' | 'handOver' | 'acceptHandover' | 'disputeHandover';

export const shiftTransitions: Transitions<ShiftStatus, Command, 'SHIFT_NOT_IN_REQUIRED_STATUS'> = {
  refusal: 'SHIFT_NOT_IN_REQUIRED_STATUS',
  initial: 'OPEN',
  commands: {
    count: { from: ['OPEN', 'DISPUTED'], to: 'SAME' },
    handOver: { from: ['OPEN', 'DISPUTED'], to: 'HANDED_OVER' },
    acceptHandover: { from: ['HANDED_OVER'], to: 'ACCEPTED' },
    disputeHandover: { from: ['HANDED_OVER'], to: 'DISPUTED' },
  },
};

type ShiftDecision<Code extends ReceptionRefusalCode> = Decision<
  ShiftState,
  ShiftFact,
  ReceptionRefusal<Code>
>;
type ShiftChange<Code extends ReceptionRefusalCode> = ShiftDecision<'SHIFT_NOT_IN_REQUIRED_STATUS' | Code>;

function about(state: ShiftState): Omit<ShiftFactBase, 'at'> {
  return { shiftId: state.id, projectId: state.projectId, staffId: state.staffId };
}

/**
 * Opens a shift (REC-23). Over one that is not accepted, whether it is still open, handed over or disputed,
 * only with a reason.
 * @param previous the project's last shift before this one; null for the first
 */
export function openShift(
  command: {
    readonly id: string;
    readonly projectId: string;
    readonly staffId: string;
    readonly previous: { readonly shiftId: string; readonly status: ShiftStatus } | null;
    readonly reason: string | null;
  },
  at: Date,
): ShiftDecision<'SHIFT_HANDOVER_NOT_ACCEPTED'> {
  const { id, projectId, staffId, previous, reason } = command;
  const unaccepted = previous && previous.status !== 'ACCEPTED' ? previous : null;
  if (unaccepted && isBlank(reason)) {
    return refuse('SHIFT_HANDOVER_NOT_ACCEPTED', {
      previousShiftId: unaccepted.shiftId,
      status: unaccepted.status,
    });
  }
  const state: ShiftState = {
    id,
    projectId,
    status: shiftTransitions.initial,
    staffId,
    openedAt: at,
    openedOverReason: unaccepted ? reason : null,
    count: null,
    explanation: null,
    specialNotes: [],
    openMatters: [],
    handedOverAt: null,
    answeredBy: null,
    answeredAt: null,
    disputeReason: null,
  };
  return accept(state, {
    type: 'ShiftOpened',
    ...about(state),
    overShiftId: unaccepted?.shiftId ?? null,
    at,
  });
}

/** What a count differs in from what the system expects; goods that only one of the two knows count as 0 in the other. */
export function drawerDifferences(counted: Drawer, expected: Drawer): readonly ShiftDifference[] {
  const differences: ShiftDifference[] = [];
  const difference = Money.of(counted.cash).minus(Money.of(expected.cash));
  if (!difference.isZero()) {
    differences.push({
      of: 'CASH',
      expected: expected.cash,
      counted: counted.cash,
      difference: difference.toString(),
    });
  }
  if (counted.receipts !== expected.receipts) {
    differences.push({ of: 'RECEIPTS', expected: expected.receipts, counted: counted.receipts });
  }
  const quantityIn = (drawer: Drawer, code: string): number =>
    drawer.goods.filter((goods) => goods.code === code).reduce((sum, goods) => sum + goods.quantity, 0);
  for (const code of new Set([...expected.goods, ...counted.goods].map((goods) => goods.code))) {
    const pair = { expected: quantityIn(expected, code), counted: quantityIn(counted, code) };
    if (pair.expected !== pair.counted) differences.push({ of: 'GOODS', code, ...pair });
  }
  return differences;
}

function negative(counted: Drawer): Refused<ReceptionRefusal<'SHIFT_COUNT_NEGATIVE'>> | null {
  if (Money.of(counted.cash).isNegative()) return refuse('SHIFT_COUNT_NEGATIVE', { what: 'cash' });
  if (!(counted.receipts >= 0)) return refuse('SHIFT_COUNT_NEGATIVE', { what: 'receipts' });
  const goods = counted.goods.find(({ quantity }) => !(quantity >= 0));
  return goods ? refuse('SHIFT_COUNT_NEGATIVE', { what: goods.code }) : null;
}

/**
 * Counts the drawer against the system (REC-23). It may be counted again as often as wanted; the last count
 * is the one that is handed over.
 * @param expected computed from the shift's receipts, see `drawerOf`, and the inventory
 */
export function countDrawer(
  state: ShiftState,
  command: { readonly counted: Omit<Drawer, 'cash'> & { readonly cash: Money }; readonly by: string },
  expected: Drawer,
  at: Date,
): ShiftChange<'SHIFT_COUNT_NEGATIVE'> {
  const { by } = command;
  const counted: Drawer = { ...command.counted, cash: command.counted.cash.toString() };
  const refusal = wrongStatus(shiftTransitions, 'count', state.status) ?? negative(counted);
  if (refusal) return refusal;
  const differences = drawerDifferences(counted, expected);
  return accept(
    { ...state, count: { counted, expected, differences, by, countedAt: at } },
    { type: 'ShiftCounted', ...about(state), differences: differences.length, at },
  );
}

/**
 * Hands the shift over with its count, special notes and open matters (REC-23). Every difference has to be
 * explained, and the count has to be of what the system expects now.
 * @param expected as for `countDrawer`, at this moment
 */
export function handOverShift(
  state: ShiftState,
  command: {
    readonly by: string;
    readonly explanation: string | null;
    readonly specialNotes: readonly string[];
    readonly openMatters: readonly OpenMatter[];
  },
  expected: Drawer,
  at: Date,
): ShiftChange<
  'SHIFT_OF_ANOTHER' | 'SHIFT_NOT_COUNTED' | 'SHIFT_COUNT_OUTDATED' | 'SHIFT_DIFFERENCE_NOT_EXPLAINED'
> {
  const wrong = wrongStatus(shiftTransitions, 'handOver', state.status);
  if (wrong) return wrong;
  const { by, explanation, specialNotes, openMatters } = command;
  if (by !== state.staffId) return refuse('SHIFT_OF_ANOTHER', { staffId: state.staffId });
  const { count } = state;
  if (!count) return refuse('SHIFT_NOT_COUNTED', {});
  if (drawerDifferences(count.expected, expected).length > 0) {
    return refuse('SHIFT_COUNT_OUTDATED', { countedAt: count.countedAt });
  }
  const { differences } = count;
  if (differences.length > 0 && isBlank(explanation)) {
    return refuse('SHIFT_DIFFERENCE_NOT_EXPLAINED', { differences });
  }
  return accept(
    {
      ...state,
      status: 'HANDED_OVER',
      explanation: differences.length > 0 ? explanation : null,
      specialNotes,
      openMatters,
      handedOverAt: at,
      answeredBy: null,
      answeredAt: null,
      disputeReason: null,
    },
    {
      type: 'ShiftHandedOver',
      ...about(state),
      openedAt: state.openedAt,
      cashExpected: count.expected.cash,
      cashCounted: count.counted.cash,
      receiptsExpected: count.expected.receipts,
      receiptsCounted: count.counted.receipts,
      differences: differences.length,
      specialNotes: specialNotes.length,
      openInteractionIds: openMatters.flatMap(({ interactionId }) => interactionId ?? []),
      at,
    },
  );
}

/** The next shift accepts the handover; nobody accepts his own (REC-23). */
export function acceptShiftHandover(
  state: ShiftState,
  command: { readonly by: string },
  at: Date,
): ShiftChange<'OWN_HANDOVER'> {
  const wrong = wrongStatus(shiftTransitions, 'acceptHandover', state.status);
  if (wrong) return wrong;
  const { by } = command;
  if (by === state.staffId) return refuse('OWN_HANDOVER', { staffId: by });
  return accept(
    { ...state, status: 'ACCEPTED', answeredBy: by, answeredAt: at },
    { type: 'ShiftHandoverAccepted', ...about(state), by, at },
  );
}

/** The next shift disputes the handover, with a reason; it is then counted and handed over again (REC-23). */
export function disputeShiftHandover(
  state: ShiftState,
  command: { readonly by: string; readonly reason: string },
  at: Date,
): ShiftChange<'OWN_HANDOVER' | 'RECEPTION_TEXT_MISSING'> {
  const { by, reason } = command;
  const refusal =
    wrongStatus(shiftTransitions, 'disputeHandover', state.status) ?? missingText('reason', reason);
  if (refusal) return refusal;
  if (by === state.staffId) return refuse('OWN_HANDOVER', { staffId: by });
  return accept(
    { ...state, status: 'DISPUTED', answeredBy: by, answeredAt: at, disputeReason: reason },
    { type: 'ShiftHandoverDisputed', ...about(state), by, at },
  );
}
