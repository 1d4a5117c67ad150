import {
  accept,
  Money,
  refuse,
  statusAfter,
  wrongStatus,
  type Decision,
  type Transitions,
} from '@anju/kernel';
import type { SalesRefusal, SalesRefusalCode } from './refusals';

export const unitOfferStatuses = ['OFFERED', 'WITHDRAWN'] as const;
export type UnitOfferStatus = (typeof unitOfferStatuses)[number];

/** A line of the price list (一房一价): a home with its type and its price by area. */
export interface UnitOfferState {
  readonly id: string;
  readonly projectId: string;
  readonly status: UnitOfferStatus;
  readonly unitId: string;
  /** The unit type (户型) by its code, such as `B2`. */
  readonly unitTypeCode: string;
  readonly bedrooms: number;
  /** CNY per square metre, as `Money` writes it; the list price, before any discount. */
  readonly unitPrice: string;
}

interface Done {
  readonly unitOfferId: string;
  readonly projectId: string;
  readonly unitId: string;
  readonly by: string;
  readonly at: Date;
}
export interface UnitOffered extends Done {
  readonly type: 'UnitOffered';
  readonly unitTypeCode: string;
  readonly bedrooms: number;
  readonly unitPrice: string;
}
export interface UnitOfferPriceChanged extends Done {
  readonly type: 'UnitOfferPriceChanged';
  readonly unitPrice: string;
  readonly previousUnitPrice: string;
}
export interface UnitOfferWithdrawn extends Done {
  readonly type: 'UnitOfferWithdrawn';
}

/** What can have happened to a line of the price list. */
export type UnitOfferFact = UnitOffered | UnitOfferPriceChanged | UnitOfferWithdrawn;

type Command = 'changeUnitPrice' | 'withdrawUnitOffer' | 'offerUnitAgain';

export const unitOfferTransitions: Transitions<
  UnitOfferStatus,
  Command,
  'UNIT_OFFER_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'UNIT_OFFER_NOT_IN_REQUIRED_STATUS',
  initial: 'OFFERED',
  commands: {
    changeUnitPrice: { from: ['OFFERED'], to: 'SAME' },
    withdrawUnitOffer: { from: ['OFFERED'], to: 'WITHDRAWN' },
    offerUnitAgain: { from: ['WITHDRAWN'], to: 'OFFERED' },
  },
};

type OfferDecision<Code extends SalesRefusalCode> = Decision<
  UnitOfferState,
  UnitOfferFact,
  SalesRefusal<Code>
>;

function about(state: UnitOfferState): Pick<Done, 'unitOfferId' | 'projectId' | 'unitId'> {
  return { unitOfferId: state.id, projectId: state.projectId, unitId: state.unitId };
}

function notPositive(price: Money) {
  return price.compare(Money.zero) > 0
    ? null
    : refuse('UNIT_PRICE_NOT_POSITIVE', { unitPrice: price.toString() });
}

function offered(state: UnitOfferState, by: string, at: Date): UnitOffered {
  const { unitTypeCode, bedrooms, unitPrice } = state;
  return { type: 'UnitOffered', ...about(state), unitTypeCode, bedrooms, unitPrice, by, at };
}

/**
 * Puts a unit on the price list (SAL-02, SAL-10), where it has one line at most.
 * @param known.unitOfferId the line that the unit has already; null for none
 */
export function offerUnit(
  command: Pick<UnitOfferState, 'id' | 'projectId' | 'unitId' | 'unitTypeCode' | 'bedrooms'> & {
    readonly unitPrice: Money;
    readonly by: string;
  },
  known: { readonly unitOfferId: string | null },
  at: Date,
): OfferDecision<'UNIT_PRICE_NOT_POSITIVE' | 'UNIT_ALREADY_OFFERED'> {
  const { by, unitPrice, ...details } = command;
  const { unitOfferId } = known;
  if (unitOfferId !== null) return refuse('UNIT_ALREADY_OFFERED', { unitOfferId });
  const refusal = notPositive(unitPrice);
  if (refusal) return refusal;
  const state = { ...details, status: unitOfferTransitions.initial, unitPrice: unitPrice.toString() };
  return accept(state, offered(state, by, at));
}

/** Another list price; contracts that are drafted already keep theirs. */
export function changeUnitPrice(
  state: UnitOfferState,
  command: { readonly unitPrice: Money; readonly by: string },
  at: Date,
): OfferDecision<'UNIT_OFFER_NOT_IN_REQUIRED_STATUS' | 'UNIT_PRICE_NOT_POSITIVE'> {
  const { by } = command;
  const refusal =
    wrongStatus(unitOfferTransitions, 'changeUnitPrice', state.status) ?? notPositive(command.unitPrice);
  if (refusal) return refusal;
  const unitPrice = command.unitPrice.toString();
  const previousUnitPrice = state.unitPrice;
  if (unitPrice === previousUnitPrice) return accept(state);
  return accept(
    { ...state, unitPrice },
    { type: 'UnitOfferPriceChanged', ...about(state), unitPrice, previousUnitPrice, by, at },
  );
}

/** Takes a unit off the list: it is not proposed any more. */
export function withdrawUnitOffer(
  state: UnitOfferState,
  command: { readonly by: string },
  at: Date,
): OfferDecision<'UNIT_OFFER_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(unitOfferTransitions, 'withdrawUnitOffer', state.status);
  if (refusal) return refusal;
  const status = statusAfter(unitOfferTransitions, 'withdrawUnitOffer', state.status);
  return accept({ ...state, status }, { type: 'UnitOfferWithdrawn', ...about(state), by: command.by, at });
}

/** Puts a unit on the list again, at the price that it had. */
export function offerUnitAgain(
  state: UnitOfferState,
  command: { readonly by: string },
  at: Date,
): OfferDecision<'UNIT_OFFER_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(unitOfferTransitions, 'offerUnitAgain', state.status);
  if (refusal) return refusal;
  const status = statusAfter(unitOfferTransitions, 'offerUnitAgain', state.status);
  const next: UnitOfferState = { ...state, status };
  return accept(next, offered(next, command.by, at));
}
