import {
  accept,
  addCalendarMonth,
  isLocalDate,
  isPending,
  localDate,
  Money,
  refuse,
  startOfLocalDay,
  statusAfter,
  wrongStatus,
  type Decision,
  type DueTime,
  type LocalDate,
  type Transitions,
} from '@anju/kernel';
import type { ContractState } from './contract-state';
import { knownHundredths, textOfHundredths } from './decimals';
import type { SalesEnvironment } from './policy';
import { missingText, type SalesRefusal, type SalesRefusalCode } from './refusals';
import type { SalePaymentKind, SaleState } from './sale-state';

export const salesReportStatuses = ['GATHERING', 'OPEN', 'SENT'] as const;
export type SalesReportStatus = (typeof salesReportStatuses)[number];

/** A contract of the month, as the ledger has it. Money in CNY, area in square metres, as decimal texts. */
export interface SalesReportLine {
  readonly contractId: string;
  readonly number: string;
  readonly unitId: string;
  readonly consultantId: string;
  readonly signedOn: LocalDate;
  readonly area: string;
  readonly listTotal: string;
  readonly discountTotal: string;
  readonly total: string;
  /** The loan that it is to be paid with; `0.00` without one. */
  readonly loan: string;
}

/** A payment of the month on the price of a home, whenever its contract was signed. Money in CNY. */
export interface SalesReportPayment {
  readonly paymentId: string;
  readonly saleId: string;
  readonly contractId: string | null;
  readonly kind: SalePaymentKind;
  readonly paidOn: LocalDate;
  readonly amount: string;
}

/** A month as the ledgers of contracts and of payments have it at one moment. */
export interface SalesMonth {
  readonly lines: readonly SalesReportLine[];
  readonly payments: readonly SalesReportPayment[];
}

/** What the month came to. */
export interface SalesReportTotals {
  readonly contracts: number;
  readonly area: string;
  readonly listTotal: string;
  readonly discountTotal: string;
  readonly total: string;
  readonly loan: string;
  /** All payments of the month. */
  readonly received: string;
}

/**
 * A line or a payment that is otherwise than the report said: what was null before came to it, what is null after
 * fell away.
 */
export interface SalesReportCorrection {
  readonly sequence: number;
  readonly before: SalesReportLine | null;
  readonly after: SalesReportLine | null;
  readonly paymentBefore: SalesReportPayment | null;
  readonly paymentAfter: SalesReportPayment | null;
  readonly reason: string;
  readonly by: string;
  readonly correctedAt: Date;
}

/** 销售月报 of one project to finance (SAL-50). */
export interface SalesReportState {
  readonly id: string;
  readonly projectId: string;
  readonly status: SalesReportStatus;
  /** `YYYY-MM` */
  readonly month: string;
  /** The first instant after the month. */
  readonly endsAt: Date;
  /** When it was there to be sent; null while the month goes on. */
  readonly openedAt: Date | null;
  /** Until when it has to be sent; null while the month goes on. */
  readonly dueAt: Date | null;
  readonly missedAt: Date | null;
  /** As sent; never changed after. Empty before. */
  readonly lines: readonly SalesReportLine[];
  readonly payments: readonly SalesReportPayment[];
  readonly sentAt: Date | null;
  readonly sentBy: string | null;
  readonly corrections: readonly SalesReportCorrection[];
}

interface Happened {
  readonly salesReportId: string;
  readonly projectId: string;
  readonly month: string;
  readonly at: Date;
}
export interface SalesReportBegun extends Happened {
  readonly type: 'SalesReportBegun';
  readonly endsAt: Date;
}
export interface SalesReportOpened extends Happened {
  readonly type: 'SalesReportOpened';
  readonly dueAt: Date;
}
export interface SalesReportSent extends Happened, SalesReportTotals {
  readonly type: 'SalesReportSent';
  readonly by: string;
}
export interface SalesReportCorrected extends Happened {
  readonly type: 'SalesReportCorrected';
  readonly contractIds: readonly string[];
  /** By how much the month's contracts and amount change, in CNY. */
  readonly contractsBy: number;
  readonly totalBy: string;
  readonly receivedBy: string;
  readonly by: string;
}
export interface SalesReportOverdue extends Happened {
  readonly type: 'SalesReportOverdue';
}

/** What can have happened to a month's report. */
export type SalesReportFact =
  SalesReportBegun | SalesReportOpened | SalesReportSent | SalesReportCorrected | SalesReportOverdue;

type Command = 'endSalesMonth' | 'sendSalesReport' | 'correctSalesReport';

export const salesReportTransitions: Transitions<
  SalesReportStatus,
  Command,
  'SALES_REPORT_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'SALES_REPORT_NOT_IN_REQUIRED_STATUS',
  initial: 'GATHERING',
  commands: {
    endSalesMonth: { from: ['GATHERING'], to: 'OPEN' },
    sendSalesReport: { from: ['OPEN'], to: 'SENT' },
    correctSalesReport: { from: ['SENT'], to: 'SAME' },
  },
};

type ReportDecision<Code extends SalesRefusalCode> = Decision<
  SalesReportState,
  SalesReportFact,
  SalesRefusal<Code>
>;

function about(state: SalesReportState): Omit<Happened, 'at'> {
  return { salesReportId: state.id, projectId: state.projectId, month: state.month };
}

/** The month of an instant, `YYYY-MM`. */
export function monthOf(at: Date, timeZone: string): string {
  return localDate(at, timeZone).slice(0, 7);
}

/** The month that ended last before an instant, `YYYY-MM`. */
export function monthBefore(at: Date, timeZone: string): string {
  return monthOf(addCalendarMonth(at, -1, timeZone), timeZone);
}

/** The first instant of a month, and the first after it. @throws RangeError when it is none */
export function monthBounds(month: string, timeZone: string): { readonly from: Date; readonly to: Date } {
  const from = startOfLocalDay(`${month}-01`, timeZone);
  return { from, to: addCalendarMonth(from, 1, timeZone) };
}

/** The contracts signed in a month, by their number (SAL-50). */
export function salesReportLines(
  contracts: readonly Pick<
    ContractState,
    'id' | 'number' | 'unitId' | 'consultantId' | 'area' | 'price' | 'signing' | 'mortgage'
  >[],
  month: string,
  timeZone: string,
): readonly SalesReportLine[] {
  return contracts
    .flatMap(({ id, number, unitId, consultantId, area, price, signing, mortgage }) => {
      const signedOn = signing && localDate(signing.signedAt, timeZone);
      if (!signedOn?.startsWith(`${month}-`)) return [];
      const { listTotal, discountTotal, total } = price;
      const loan = Money.of(mortgage?.commercialAmount ?? '0')
        .plus(Money.of(mortgage?.providentFundAmount ?? '0'))
        .toString();
      const line = { contractId: id, number, unitId, consultantId, signedOn, area };
      return [{ ...line, listTotal, discountTotal, total, loan }];
    })
    .sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
}

/** The payments entered in a month, the earliest first (SAL-50). */
export function salesReportPayments(
  sales: readonly Pick<SaleState, 'id' | 'contractId' | 'payments'>[],
  month: string,
  timeZone: string,
): readonly SalesReportPayment[] {
  return sales
    .flatMap(({ id: saleId, contractId, payments }) =>
      payments.map(({ paymentId, kind, amount, paidAt }) => ({
        paymentId,
        saleId,
        contractId,
        kind,
        amount,
        paidAt,
      })),
    )
    .sort((a, b) => a.paidAt.getTime() - b.paidAt.getTime() || (a.paymentId < b.paymentId ? -1 : 1))
    .map(({ paidAt, ...payment }) => ({ ...payment, paidOn: localDate(paidAt, timeZone) }))
    .filter(({ paidOn }) => paidOn.startsWith(`${month}-`));
}

/** What lines and payments come to, to the fen. */
export function salesReportTotals({ lines, payments }: SalesMonth): SalesReportTotals {
  const money = (of: (line: SalesReportLine) => string): string =>
    Money.sum(lines.map((line) => Money.of(of(line)))).toString();
  return {
    contracts: lines.length,
    area: textOfHundredths(lines.reduce((sum, { area }) => sum + knownHundredths(area), 0n)),
    listTotal: money(({ listTotal }) => listTotal),
    discountTotal: money(({ discountTotal }) => discountTotal),
    total: money(({ total }) => total),
    loan: money(({ loan }) => loan),
    received: Money.sum(payments.map(({ amount }) => Money.of(amount))).toString(),
  };
}

function gathering(
  { id, projectId, month }: Pick<SalesReportState, 'id' | 'projectId' | 'month'>,
  timeZone: string,
): SalesReportState {
  return {
    ...{ id, projectId, month, status: salesReportTransitions.initial },
    ...{ endsAt: monthBounds(month, timeZone).to, openedAt: null, dueAt: null, missedAt: null },
    ...{ lines: [], payments: [], sentAt: null, sentBy: null, corrections: [] },
  };
}

/** Begins the report of the month that goes on; it is there to be sent as soon as that is over (SAL-50). */
export function beginSalesReport(
  command: Pick<SalesReportState, 'id' | 'projectId'>,
  at: Date,
  { timeZone }: SalesEnvironment,
): ReportDecision<never> {
  const state = gathering({ ...command, month: monthOf(at, timeZone) }, timeZone);
  return accept(state, { type: 'SalesReportBegun', ...about(state), endsAt: state.endsAt, at });
}

/** The month is over: its report is to be sent within some working days (SAL-50). */
export function endSalesMonth(
  state: SalesReportState,
  at: Date,
  { policy, calendars }: SalesEnvironment,
): ReportDecision<'SALES_REPORT_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(salesReportTransitions, 'endSalesMonth', state.status);
  if (refusal) return refusal;
  const dueAt = calendars.office.addWorkingDays(state.endsAt, policy.reportWorkingDays);
  const status = statusAfter(salesReportTransitions, 'endSalesMonth', state.status);
  return accept(
    { ...state, status, openedAt: at, dueAt },
    { type: 'SalesReportOpened', ...about(state), dueAt, at },
  );
}

/**
 * Begins the report of a month that is over and has none, such as of the time before the project was kept here
 * (SAL-50).
 * @param existingId the project's report of that month; null where there is none
 */
export function openSalesReport(
  command: Pick<SalesReportState, 'id' | 'projectId' | 'month'>,
  existingId: string | null,
  at: Date,
  environment: SalesEnvironment,
): ReportDecision<
  | 'SALES_MONTH_NOT_VALID'
  | 'SALES_MONTH_NOT_OVER'
  | 'SALES_REPORT_EXISTS'
  | 'SALES_REPORT_NOT_IN_REQUIRED_STATUS'
> {
  const { month } = command;
  if (!isLocalDate(`${month}-01`)) return refuse('SALES_MONTH_NOT_VALID', { month });
  const state = gathering(command, environment.timeZone);
  const { endsAt } = state;
  if (at < endsAt) return refuse('SALES_MONTH_NOT_OVER', { month, endsAt });
  if (existingId !== null) return refuse('SALES_REPORT_EXISTS', { salesReportId: existingId, month });
  return endSalesMonth(state, at, environment);
}

/** Sends the report to finance; from now on it stays as it is (SAL-50). */
export function sendSalesReport(
  state: SalesReportState,
  command: SalesMonth & { readonly by: string },
  at: Date,
): ReportDecision<'SALES_REPORT_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(salesReportTransitions, 'sendSalesReport', state.status);
  if (refusal) return refusal;
  const { lines, payments, by } = command;
  return accept(
    { ...state, status: 'SENT', lines, payments, sentAt: at, sentBy: by },
    { type: 'SalesReportSent', ...about(state), ...salesReportTotals(command), by, at },
  );
}

/** What is told of a month with every correction: lines by their number, payments in their order. */
export function correctedMonth(
  state: Pick<SalesReportState, 'lines' | 'payments' | 'corrections'>,
): SalesMonth {
  const lines = new Map(state.lines.map((line) => [line.contractId, line]));
  const payments = new Map(state.payments.map((payment) => [payment.paymentId, payment]));
  for (const { before, after, paymentBefore, paymentAfter } of state.corrections) {
    if (before) lines.delete(before.contractId);
    if (after) lines.set(after.contractId, after);
    if (paymentBefore) payments.delete(paymentBefore.paymentId);
    if (paymentAfter) payments.set(paymentAfter.paymentId, paymentAfter);
  }
  return {
    lines: [...lines.values()].sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0)),
    payments: [...payments.values()],
  };
}

interface Change<Item> {
  readonly before: Item | null;
  readonly after: Item | null;
}

/** What is otherwise now than it was told: what fell away first. */
function changesOf<Item extends object>(
  told: readonly Item[],
  now: readonly Item[],
  idOf: (item: Item) => string,
): readonly Change<Item>[] {
  const before = new Map(told.map((item) => [idOf(item), item]));
  const after = new Map(now.map((item) => [idOf(item), item]));
  const isSame = (a: Item, b: Item): boolean =>
    (Object.keys(a) as (keyof Item)[]).every((key) => a[key] === b[key]);
  return [
    ...told.flatMap((item) => (after.has(idOf(item)) ? [] : [{ before: item, after: null }])),
    ...now.flatMap((item) => {
      const was = before.get(idOf(item)) ?? null;
      return was && isSame(was, item) ? [] : [{ before: was, after: item }];
    }),
  ];
}

/**
 * Brings a report that was sent up to the ledgers: what it said stays, and every line and payment that is otherwise
 * now appears as a correction with its reason (SAL-50).
 * @param command the month as the ledgers have it now
 */
export function correctSalesReport(
  state: SalesReportState,
  command: SalesMonth & { readonly reason: string; readonly by: string },
  at: Date,
): ReportDecision<
  'SALES_REPORT_NOT_IN_REQUIRED_STATUS' | 'SALES_TEXT_MISSING' | 'SALES_REPORT_ALREADY_RIGHT'
> {
  const { reason, by } = command;
  const refusal =
    wrongStatus(salesReportTransitions, 'correctSalesReport', state.status) ?? missingText('reason', reason);
  if (refusal) return refusal;
  const told = correctedMonth(state);
  const lines = changesOf(told.lines, command.lines, ({ contractId }) => contractId);
  const payments = changesOf(told.payments, command.payments, ({ paymentId }) => paymentId);
  if (lines.length + payments.length === 0)
    return refuse('SALES_REPORT_ALREADY_RIGHT', { month: state.month });
  const corrections = [
    ...lines.map((change) => ({ ...change, paymentBefore: null, paymentAfter: null })),
    ...payments.map(({ before: paymentBefore, after: paymentAfter }) => ({
      ...{ before: null, after: null, paymentBefore, paymentAfter },
    })),
  ].map((change, index) => ({
    ...change,
    ...{ sequence: state.corrections.length + index + 1, reason, by, correctedAt: at },
  }));
  const was = salesReportTotals(told);
  const is = salesReportTotals(command);
  return accept(
    { ...state, corrections: [...state.corrections, ...corrections] },
    {
      type: 'SalesReportCorrected',
      ...about(state),
      contractIds: lines.flatMap(({ before, after }) => (after ?? before)?.contractId ?? []),
      contractsBy: is.contracts - was.contracts,
      totalBy: Money.of(is.total).minus(Money.of(was.total)).toString(),
      receivedBy: Money.of(is.received).minus(Money.of(was.received)).toString(),
      ...{ by, at },
    },
  );
}

export const salesReportDeadlineKinds = ['SALES_MONTH_END', 'SALES_REPORT'] as const;
export type SalesReportDeadlineKind = (typeof salesReportDeadlineKinds)[number];

/** The end of the month that goes on; then until when the report has to be sent. */
export function salesReportDeadlines(state: SalesReportState): readonly DueTime<SalesReportDeadlineKind>[] {
  const { status, endsAt, dueAt, missedAt } = state;
  if (status === 'GATHERING') return [{ kind: 'SALES_MONTH_END', dueAt: endsAt }];
  return status === 'OPEN' && dueAt && !missedAt ? [{ kind: 'SALES_REPORT', dueAt }] : [];
}

/** The month is over: the report is there to be sent. Not sent in time: flagged. Each once. */
export function onSalesReportDeadline(
  state: SalesReportState,
  kind: string,
  dueAt: Date,
  environment: SalesEnvironment,
): ReportDecision<'SALES_REPORT_NOT_IN_REQUIRED_STATUS'> {
  if (!isPending(salesReportDeadlines(state), kind, dueAt)) return accept(state);
  if (kind === 'SALES_MONTH_END') return endSalesMonth(state, dueAt, environment);
  return accept({ ...state, missedAt: dueAt }, { type: 'SalesReportOverdue', ...about(state), at: dueAt });
}
