import { accepted, at, factsOf, refusal, rule } from '@anju/testing';
import { filingDueAt } from './contract';
import type { ContractState } from './contract-state';
import { checked, drafted, filed, returned, signed, signedAt, submit, submitted } from './contract-story';
import { contractDeadlines, noteFilingSentBack, onContractDeadline, tellContractReturned } from './filing';
import { environment } from './spec-support';

const dueAt = at('2026-04-01 16:00');
const sendBack = (state: ContractState, when: string) =>
  noteFilingSentBack(state, { reason: '缺页', by: 'xu' }, at(when));
const tell = (state: ContractState, change: { customerId?: string; deedTaxReminded?: boolean } = {}) =>
  tellContractReturned(
    state,
    { customerId: 'ma', channel: 'PHONE', deedTaxReminded: true, by: 'xu', ...change },
    at('2026-03-20 15:10'),
  );

describe('the filing of a contract', () => {
  rule('SAL-12', 'signed on 2 March at 16:00, it is due on 1 April', () => {
    expect(contractDeadlines(drafted)).toEqual([]);
    expect(contractDeadlines(signed)).toEqual([{ kind: 'CONTRACT_FILING', dueAt }]);
    expect(contractDeadlines(submitted)).toEqual([]);
  });

  rule('SAL-12', 'the limit can be counted in working days', () => {
    const policy = { ...environment.policy, filingLimit: 5, filingLimitUnit: 'WORKING_DAYS' } as const;
    expect(filingDueAt(signedAt, { ...environment, policy })).toEqual(at('2026-03-09 16:00'));
  });

  rule('SAL-12', 'filed and returned on 20 March: after 18 days, the deed tax by its legal date', () => {
    expect(factsOf(returned(submitted))).toMatchObject([
      {
        type: 'ContractFiled',
        customerIds: ['ma'],
        filingDays: 18,
        deedTaxDueOn: '2026-05-31',
        tellDueAt: at('2026-03-23 15:00'),
        loanKind: 'COMMERCIAL',
      },
    ]);
    expect(filed.filing).toMatchObject({ filingNumber: 'BA-2026-88', returnedAt: at('2026-03-20 15:00') });
  });

  rule('SAL-12', 'what is submitted before the time is up is in time; at that very moment it is late', () => {
    expect(factsOf(submit(checked, '2026-04-01 15:59'))).toMatchObject([{ inTime: true }]);
    expect(factsOf(submit(checked, '2026-04-01 16:00'))).toMatchObject([{ inTime: false }]);
  });

  rule('SAL-12', 'not submitted in time, it is flagged at that moment, once, and can still be filed', () => {
    const overdue = onContractDeadline(checked, 'CONTRACT_FILING', dueAt);
    expect(factsOf(overdue)).toMatchObject([
      { type: 'ContractFilingOverdue', consultantId: 'he', signedBy: 'xu', at: dueAt },
    ]);
    const late = accepted(overdue);
    expect(contractDeadlines(late)).toEqual([]);
    expect(factsOf(onContractDeadline(late, 'CONTRACT_FILING', dueAt))).toEqual([]);
    expect(factsOf(onContractDeadline(submitted, 'CONTRACT_FILING', dueAt))).toEqual([]);
    expect(accepted(submit(late, '2026-04-02 10:00')).status).toBe('FILING_SUBMITTED');
  });

  rule(
    'SAL-12',
    'sent back in time it has to be submitted again in time; sent back later it was in time',
    () => {
      const back = accepted(sendBack(submitted, '2026-03-15 10:00'));
      expect(back.status).toBe('CHECKED');
      expect(contractDeadlines(back)).toEqual([{ kind: 'CONTRACT_FILING', dueAt }]);
      expect(contractDeadlines(accepted(sendBack(submitted, '2026-04-01 16:00')))).toEqual([]);
      const again = accepted(submit(back, '2026-03-16 10:00'));
      expect(again.filing?.submissions).toMatchObject([{ sentBackReason: '缺页' }, { sentBackAt: null }]);
      expect(refusal(noteFilingSentBack(submitted, { reason: '', by: 'xu' }, dueAt)).code).toBe(
        'SALES_TEXT_MISSING',
      );
    },
  );

  rule('SAL-12', 'the customer is told to collect it and reminded of the deed tax', () => {
    expect(factsOf(tell(filed))).toMatchObject([
      { type: 'ContractReturnTold', customerId: 'ma', channel: 'PHONE', deedTaxDueOn: '2026-05-31' },
    ]);
    expect(refusal(tell(filed, { deedTaxReminded: false }))).toEqual({
      code: 'DEED_TAX_NOT_REMINDED',
      data: { deedTaxDueOn: '2026-05-31' },
    });
    expect(refusal(tell(filed, { customerId: 'li' })).code).toBe('TOLD_CUSTOMER_NOT_BUYER');
  });

  rule('SAL-12', 'a customer who is not told in time is flagged, once', () => {
    const due = { kind: 'CONTRACT_RETURN_TELLING', dueAt: at('2026-03-23 15:00') };
    expect(contractDeadlines(filed)).toEqual([due]);
    const missed = onContractDeadline(filed, due.kind, due.dueAt);
    expect(factsOf(missed)).toMatchObject([{ type: 'ContractReturnNotTold', customerIds: ['ma'] }]);
    expect(contractDeadlines(accepted(missed))).toEqual([]);
    expect(contractDeadlines(accepted(tell(filed)))).toEqual([]);
  });
});
