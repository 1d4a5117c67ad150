import { accept, isLocalDate, localDate, refuse, type Decision, type LocalDate } from '@anju/kernel';
import { missingText, type SalesRefusal, type SalesRefusalCode } from './refusals';

/** 五证, in the order in which they are granted. */
export const salesCertificates = [
  'LAND_USE_CERTIFICATE',
  'LAND_PLANNING_PERMIT',
  'WORKS_PLANNING_PERMIT',
  'CONSTRUCTION_PERMIT',
  'PRE_SALE_PERMIT',
] as const;
export type SalesCertificate = (typeof salesCertificates)[number];

/** What else has to be there before anybody signs. */
export const salesPreparations = [
  'CONTRACT_TEMPLATE',
  'PRICE_LIST',
  'PRELIMINARY_MANAGEMENT_AGREEMENT',
  'FILING_SYSTEM_LINK',
] as const;
export type SalesPreparation = (typeof salesPreparations)[number];

export type ReadinessItem = SalesCertificate | SalesPreparation;

/** An item that is there. `reference` is a certificate's number, or names the version or the connection. */
export interface ReadyItem {
  readonly item: ReadinessItem;
  readonly reference: string;
  /** The certificate's date; null for what is none. */
  readonly issuedOn: LocalDate | null;
  /** The last day on which it is valid; null where it does not expire. */
  readonly expiresOn: LocalDate | null;
  readonly by: string;
  readonly recordedAt: Date;
}

export const readinessStatuses = ['INCOMPLETE', 'COMPLETE'] as const;
export type ReadinessStatus = (typeof readinessStatuses)[number];

/** What a project needs before its contracts can be signed (五证等, SAL-10): one list for each project. */
export interface ReadinessState {
  readonly id: string;
  readonly projectId: string;
  /** Whether every item is there; a permit that has expired counts when somebody signs. */
  readonly status: ReadinessStatus;
  readonly items: readonly ReadyItem[];
}

interface Done {
  readonly readinessId: string;
  readonly projectId: string;
  readonly by: string;
  readonly at: Date;
}
export interface ReadinessOpened extends Done {
  readonly type: 'ReadinessOpened';
}
export interface ReadinessItemRecorded extends Done {
  readonly type: 'ReadinessItemRecorded';
  readonly item: ReadinessItem;
  readonly issuedOn: LocalDate | null;
  readonly expiresOn: LocalDate | null;
  readonly complete: boolean;
}
export interface ReadinessItemWithdrawn extends Done {
  readonly type: 'ReadinessItemWithdrawn';
  readonly item: ReadinessItem;
}

/** What can have happened to a readiness list. */
export type ReadinessFact = ReadinessOpened | ReadinessItemRecorded | ReadinessItemWithdrawn;

type ReadinessDecision<Code extends SalesRefusalCode> = Decision<
  ReadinessState,
  ReadinessFact,
  SalesRefusal<Code>
>;

const everyItem: readonly ReadinessItem[] = [...salesCertificates, ...salesPreparations];

function isCertificate(item: ReadinessItem): item is SalesCertificate {
  return salesCertificates.some((certificate) => certificate === item);
}

/** The items that a project lacks on a day: not recorded, or expired; null for no list at all (SAL-10). */
export function missingReadiness(
  readiness: Pick<ReadinessState, 'items'> | null,
  on: LocalDate,
): readonly ReadinessItem[] {
  const valid = (readiness?.items ?? []).filter(({ expiresOn }) => expiresOn === null || expiresOn >= on);
  return everyItem.filter((item) => !valid.some((ready) => ready.item === item));
}

function about(state: ReadinessState): Pick<Done, 'readinessId' | 'projectId'> {
  return { readinessId: state.id, projectId: state.projectId };
}

function withItems(state: ReadinessState, items: readonly ReadyItem[]): ReadinessState {
  const complete = everyItem.every((item) => items.some((ready) => ready.item === item));
  return { ...state, items, status: complete ? 'COMPLETE' : 'INCOMPLETE' };
}

/**
 * Begins the list of a project, which has one; nothing is there yet.
 * @param known.readinessId the list that the project has already; null for none
 */
export function openReadiness(
  command: Pick<ReadinessState, 'id' | 'projectId'> & { readonly by: string },
  known: { readonly readinessId: string | null },
  at: Date,
): ReadinessDecision<'READINESS_ALREADY_OPENED'> {
  const { id, projectId, by } = command;
  const { readinessId } = known;
  if (readinessId !== null) return refuse('READINESS_ALREADY_OPENED', { readinessId });
  const state: ReadinessState = { id, projectId, status: 'INCOMPLETE', items: [] };
  return accept(state, { type: 'ReadinessOpened', ...about(state), by, at });
}

/**
 * Records an item that is there, or its new version. A certificate has a number and the date on it, which is
 * not in the future, and does not expire before it was issued.
 */
export function recordReadinessItem(
  state: ReadinessState,
  command: Pick<ReadyItem, 'item' | 'reference' | 'issuedOn' | 'expiresOn' | 'by'>,
  at: Date,
  timeZone: string,
): ReadinessDecision<'SALES_TEXT_MISSING' | 'CERTIFICATE_DATE_NOT_VALID'> {
  const { item, reference, issuedOn, expiresOn, by } = command;
  const missing = missingText('reference', reference);
  if (missing) return missing;
  const today = localDate(at, timeZone);
  const issuedRight = issuedOn === null ? !isCertificate(item) : isLocalDate(issuedOn) && issuedOn <= today;
  const expiresRight =
    expiresOn === null || (isLocalDate(expiresOn) && (issuedOn === null || expiresOn >= issuedOn));
  if (!issuedRight || !expiresRight) {
    return refuse('CERTIFICATE_DATE_NOT_VALID', { item, issuedOn, expiresOn, today });
  }
  const others = state.items.filter((ready) => ready.item !== item);
  const next = withItems(state, [...others, { item, reference, issuedOn, expiresOn, by, recordedAt: at }]);
  const complete = next.status === 'COMPLETE';
  return accept(next, {
    type: 'ReadinessItemRecorded',
    ...about(state),
    ...{ item, issuedOn, expiresOn, complete, by, at },
  });
}

/** Takes an item back, with the reason: it was recorded by mistake, or revoked. Signing stops. */
export function withdrawReadinessItem(
  state: ReadinessState,
  command: { readonly item: ReadinessItem; readonly reason: string; readonly by: string },
  at: Date,
): ReadinessDecision<'SALES_TEXT_MISSING' | 'READINESS_ITEM_NOT_RECORDED'> {
  const { item, reason, by } = command;
  const refusal = missingText('reason', reason);
  if (refusal) return refusal;
  const items = state.items.filter((ready) => ready.item !== item);
  if (items.length === state.items.length) return refuse('READINESS_ITEM_NOT_RECORDED', { item });
  return accept(withItems(state, items), { type: 'ReadinessItemWithdrawn', ...about(state), item, by, at });
}
