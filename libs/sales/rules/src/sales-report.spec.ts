import fc from 'fast-check';
import { isRefused, Money } from '@anju/kernel';
import {
  accepted,
  asStored,
  at,
  factsOf,
  refusal,
  rule,
  unreachableStatuses,
  wrongCells,
} from '@anju/testing';
import { drafted, filed } from './contract-story';
import type { ContractState } from './contract-state';
import {
  beginSalesReport,
  correctedMonth,
  correctSalesReport,
  endSalesMonth,
  monthBefore,
  onSalesReportDeadline,
  openSalesReport,
  salesReportDeadlines,
  salesReportLines,
  salesReportPayments,
  salesReportStatuses,
  salesReportTotals,
  salesReportTransitions,
  sendSalesReport,
  type SalesReportLine,
  type SalesReportPayment,
  type SalesReportState,
} from './sales-report';
import { environment } from './spec-support';

const { timeZone } = environment;
const now = at('2026-04-01 09:30');
const open = (month = '2026-03', when = now, existingId: string | null = null) =>
  openSalesReport({ id: 'report-1', projectId: 'jx', month }, existingId, when, environment);
const march = salesReportLines([filed, drafted], '2026-03', timeZone);
const none: readonly SalesReportPayment[] = [];
const send = (state: SalesReportState, lines = march, payments = none) =>
  sendSalesReport(state, { lines, payments, by: 'he' }, now);
const later = at('2026-04-20 10:00');
const correct = (state: SalesReportState, lines: readonly SalesReportLine[], payments = none) =>
  correctSalesReport(state, { lines, payments, reason: '面积更正', by: 'he' }, later);
const line = march[0]!;

const begun = accepted(
  beginSalesReport({ id: 'report-1', projectId: 'jx' }, at('2026-03-02 11:30'), environment),
);
const opened = accepted(open());
const sent = accepted(send(opened));

describe('the monthly sales report', () => {
  rule('SAL-50', 'has the contracts signed in the month, and a draft is none', () => {
    expect(march).toEqual([
      {
        ...{ contractId: 'contract-1', number: 'JX-HT20260302-001', unitId: '8-1-1502', consultantId: 'he' },
        ...{ signedOn: '2026-03-02', area: '89.32', listTotal: '1411256.00', discountTotal: '14112.56' },
        ...{ total: '1397143.44', loan: '900000.00' },
      },
    ]);
    expect(salesReportTotals({ lines: march, payments: none })).toEqual({
      contracts: 1,
      area: '89.32',
      listTotal: '1411256.00',
      discountTotal: '14112.56',
      total: '1397143.44',
      loan: '900000.00',
      received: '0.00',
    });
    expect(salesReportLines([filed], '2026-02', timeZone)).toEqual([]);
  });

  rule('SAL-50', 'a contract is of the month that the project’s calendar shows at its signing', () => {
    const signedAt = (when: string): ContractState => ({
      ...filed,
      signing: { ...filed.signing!, signedAt: at(when) },
    });
    expect(salesReportLines([signedAt('2026-03-31 23:59')], '2026-03', timeZone)).toHaveLength(1);
    expect(salesReportLines([signedAt('2026-04-01 00:00')], '2026-03', timeZone)).toHaveLength(0);
    expect(monthBefore(at('2026-04-01 00:00'), timeZone)).toBe('2026-03');
    expect(monthBefore(at('2026-01-31 12:00'), timeZone)).toBe('2025-12');
  });

  rule('SAL-50', 'is made once the month is over, and due some working days after', () => {
    expect(refusal(open('2026-03', at('2026-03-31 23:59')))).toEqual({
      code: 'SALES_MONTH_NOT_OVER',
      data: { month: '2026-03', endsAt: at('2026-04-01 00:00') },
    });
    expect(accepted(open('2026-03', at('2026-04-01 00:00'))).dueAt).toEqual(at('2026-04-03 18:00'));
    for (const month of ['2026-13', '2026-3', 'March']) {
      expect(refusal(open(month)).code).toBe('SALES_MONTH_NOT_VALID');
    }
  });

  rule('SAL-50', 'begun in its month, it is there to be sent at the start of the next', () => {
    expect(begun).toMatchObject({ month: '2026-03', status: 'GATHERING', openedAt: null, dueAt: null });
    expect(refusal(send(begun)).code).toBe('SALES_REPORT_NOT_IN_REQUIRED_STATUS');
    const [due] = salesReportDeadlines(begun);
    expect(due).toEqual({ kind: 'SALES_MONTH_END', dueAt: at('2026-04-01 00:00') });
    const ended = onSalesReportDeadline(begun, due!.kind, due!.dueAt, environment);
    expect(factsOf(ended)).toMatchObject([
      { type: 'SalesReportOpened', month: '2026-03', at: due!.dueAt, dueAt: at('2026-04-03 18:00') },
    ]);
    expect(accepted(ended)).toEqual({ ...opened, openedAt: at('2026-04-01 00:00') });
    expect(factsOf(onSalesReportDeadline(accepted(ended), due!.kind, due!.dueAt, environment))).toEqual([]);
  });

  rule('SAL-50', 'there is one report of a month', () => {
    expect(refusal(open('2026-03', now, 'report-0'))).toEqual({
      code: 'SALES_REPORT_EXISTS',
      data: { salesReportId: 'report-0', month: '2026-03' },
    });
  });

  rule('SAL-50', 'not sent in time, it is flagged at that moment, once', () => {
    const [due] = salesReportDeadlines(opened);
    const missed = onSalesReportDeadline(opened, due!.kind, due!.dueAt, environment);
    expect(factsOf(missed)).toMatchObject([{ type: 'SalesReportOverdue', month: '2026-03', at: due!.dueAt }]);
    expect(salesReportDeadlines(accepted(missed))).toEqual([]);
    expect(factsOf(onSalesReportDeadline(sent, due!.kind, due!.dueAt, environment))).toEqual([]);
  });

  rule('SAL-50', 'is frozen when it is sent; what changes later appears as a correction', () => {
    expect(factsOf(send(opened))).toMatchObject([
      { type: 'SalesReportSent', contracts: 1, total: '1397143.44' },
    ]);
    const cheaper = { ...line, total: '1397000.00', discountTotal: '14256.00' };
    const corrected = correct(sent, [cheaper]);
    expect(factsOf(corrected)).toMatchObject([
      { type: 'SalesReportCorrected', contractIds: ['contract-1'], contractsBy: 0, totalBy: '-143.44' },
    ]);
    const state = accepted(corrected);
    expect(state.lines).toEqual(march);
    expect(state.corrections).toEqual([
      {
        ...{ sequence: 1, before: line, after: cheaper, paymentBefore: null, paymentAfter: null },
        ...{ reason: '面积更正', by: 'he', correctedAt: later },
      },
    ]);
    expect(correctedMonth(state).lines).toEqual([cheaper]);
    expect(factsOf(correct(state, []))).toMatchObject([{ contractsBy: -1, totalBy: '-1397000.00' }]);
    expect(refusal(correct(sent, march)).code).toBe('SALES_REPORT_ALREADY_RIGHT');
    expect(
      refusal(correctSalesReport(sent, { lines: [], payments: none, reason: ' ', by: 'he' }, later)).code,
    ).toBe('SALES_TEXT_MISSING');
  });

  rule('SAL-50', 'has what was paid in the month, whatever month its contract is of', () => {
    const payment = (paymentId: string, paidAt: string, amount: string) => ({
      ...{ paymentId, kind: 'OWN_FUNDS' as const, amount, paidAt: at(paidAt), by: 'cai' },
    });
    const sales = [
      {
        ...{ id: 'sale-1', contractId: 'contract-1' },
        payments: [payment('p3', '2026-03-31 23:59', '0.01'), payment('p4', '2026-04-01 00:00', '5.00')],
      },
      { id: 'sale-2', contractId: 'contract-0', payments: [payment('p1', '2026-03-01 00:00', '400000.00')] },
    ];
    const payments = salesReportPayments(sales, '2026-03', timeZone);
    expect(payments).toEqual([
      {
        ...{ paymentId: 'p1', saleId: 'sale-2', contractId: 'contract-0', kind: 'OWN_FUNDS' },
        ...{ paidOn: '2026-03-01', amount: '400000.00' },
      },
      {
        ...{ paymentId: 'p3', saleId: 'sale-1', contractId: 'contract-1', kind: 'OWN_FUNDS' },
        ...{ paidOn: '2026-03-31', amount: '0.01' },
      },
    ]);
    const frozen = accepted(send(opened, march, payments));
    expect(salesReportTotals(frozen).received).toBe('400000.01');
    expect(refusal(correct(frozen, march, payments)).code).toBe('SALES_REPORT_ALREADY_RIGHT');
    const returned = correct(frozen, march, payments.slice(0, 1));
    expect(factsOf(returned)).toMatchObject([{ contractIds: [], totalBy: '0.00', receivedBy: '-0.01' }]);
    const state = accepted(returned);
    expect(state.corrections).toMatchObject([
      { before: null, paymentBefore: payments[1], paymentAfter: null },
    ]);
    expect(salesReportTotals(correctedMonth(state)).received).toBe('400000.00');
  });

  rule(
    'SAL-50',
    'what was sent and its corrections together are the ledger, whatever changes and how often',
    () => {
      const anyLine = fc
        .record({ n: fc.integer({ min: 1, max: 6 }), fen: fc.bigInt({ min: 1n, max: 10n ** 10n }) })
        .map(({ n, fen }): SalesReportLine => ({
          ...{ ...line, contractId: `c${n}`, number: `n${n}`, total: Money.ofFen(fen).toString() },
        }));
      const ledger = fc
        .uniqueArray(anyLine, { selector: ({ contractId }) => contractId, maxLength: 6 })
        .map((lines) => [...lines].sort((a, b) => (a.number < b.number ? -1 : 1)));
      fc.assert(
        fc.property(ledger, fc.array(ledger, { maxLength: 5 }), (first, changes) => {
          const frozen = accepted(send(opened, first));
          let state = frozen;
          let total = Money.of(salesReportTotals({ lines: first, payments: none }).total);
          for (const lines of changes) {
            const decision = correct(state, lines);
            if (!isRefused(decision)) {
              state = decision.state;
              for (const fact of decision.facts) {
                if (fact.type === 'SalesReportCorrected') total = total.plus(Money.of(fact.totalBy));
              }
            }
            expect(correctedMonth(state).lines).toEqual(lines);
            expect(total.toString()).toBe(salesReportTotals({ lines, payments: none }).total);
            expect(state.lines).toEqual(frozen.lines);
            expect(state.corrections.map(({ sequence }) => sequence)).toEqual(
              state.corrections.map((_, index) => index + 1),
            );
          }
        }),
      );
    },
  );

  rule('SAL-50', 'a report goes its way, and no other', () => {
    expect(
      wrongCells({
        table: salesReportTransitions,
        states: { GATHERING: begun, OPEN: opened, SENT: sent },
        commands: {
          endSalesMonth: (state: SalesReportState) => endSalesMonth(state, now, environment),
          sendSalesReport: (state) => send(state),
          correctSalesReport: (state) => correct(state, []),
        },
      }),
    ).toEqual([]);
    expect(unreachableStatuses(salesReportTransitions, salesReportStatuses)).toEqual([]);
    const state = accepted(correct(sent, []));
    expect(asStored(state)).toEqual(state);
  });
});
