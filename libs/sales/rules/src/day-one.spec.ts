import { Money } from '@anju/kernel';
import { accepted, at, factsOf, refusal, rule } from '@anju/testing';
import { checkContract, draftContract, signContract } from './contract';
import { contractDeadlines, noteFilingReturned, submitFiling, tellContractReturned } from './filing';
import { noteLeadSubscribed, noteLeadWon, recordLead, recordProposal } from './lead';
import { openMortgage } from './mortgage';
import { applyUnitAnswer, bindContract, noteContractSigned, openSale } from './sale';
import type { SaleFact, SaleState } from './sale-state';
import { requestsOf, UnitInDirectory } from './sale-story';
import {
  correctSalesReport,
  openSalesReport,
  salesReportLines,
  salesReportTotals,
  sendSalesReport,
} from './sales-report';
import { environment } from './spec-support';
import { ready, terms } from './contract-story';
import { offerUnit } from './unit-offer';
import { proposeUnits } from './unit-proposals';

const { policy, timeZone } = environment;
const unitId = '8-1-1502';

describe('day one at the sales office', () => {
  rule(
    ['SAL-01', 'SAL-02', 'SAL-03', 'SAL-11', 'SAL-12', 'SAL-20', 'SAL-50'],
    'a visitor at 11:30 has subscribed at 14:00, signed at 16:00, and stands in the report of March',
    () => {
      const need = { bedrooms: 3, smallestArea: null, largestArea: '95.00', budget: '1500000' };
      const visitedAt = at('2026-03-02 11:30');
      const visitor = accepted(
        recordLead(
          {
            ...{ id: 'lead-1', projectId: 'jx', number: 'JX-L20260302-001', kind: 'VISIT', customerId: 'ma' },
            ...{ interactionId: null, receivedAt: visitedAt, consultantId: 'he', source: 'WEB', need },
            ...{ contactConsent: true, by: 'he' },
          },
          visitedAt,
          policy,
        ),
      );
      const offer = accepted(
        offerUnit(
          {
            ...{ id: 'offer-1', projectId: 'jx', unitId, unitTypeCode: 'B2', bedrooms: 3 },
            ...{ unitPrice: Money.of('15800'), by: 'boss' },
          },
          { unitOfferId: null },
          visitedAt,
        ),
      );
      const home = { offer, unitStatus: 'FOR_SALE', preSaleArea: '89.32', claimed: false } as const;
      const unitIds = proposeUnits(need, [home], policy).map((proposal) => proposal.unitId);
      expect(unitIds).toEqual([unitId]);
      const proposed = accepted(recordProposal(visitor, { unitIds, by: 'he' }, [home], visitedAt));

      const two = at('2026-03-02 14:00');
      const unit = new UnitInDirectory();
      const subscribe = (id: string, customerId: string, claimedBySaleId: string | null) =>
        openSale(
          {
            ...{ id, projectId: 'jx', number: `JX-S-${id}`, unitId, customerIds: [customerId] },
            ...{ consultantId: 'he', leadId: 'lead-1', by: 'he' },
          },
          { unitId, projectId: 'jx', status: unit.status, claimedBySaleId },
          two,
          policy,
        );
      const answered = (state: SaleState, facts: readonly SaleFact[], when: Date) =>
        requestsOf(facts).reduce((before, request) => {
          const answer = unit.take(request);
          return answer ? accepted(applyUnitAnswer(before, answer, when, policy)) : before;
        }, state);
      const opened = subscribe('sale-1', 'ma', null);
      const held = answered(accepted(opened), factsOf(opened), two);
      expect(held.status).toBe('UNIT_HELD');
      expect(refusal(subscribe('sale-2', 'li', 'sale-1')).code).toBe('UNIT_ALREADY_SOLD');
      expect(refusal(subscribe('sale-3', 'wu', null)).code).toBe('UNIT_ALREADY_SOLD');
      const subscribed = accepted(noteLeadSubscribed(proposed, { saleId: 'sale-1' }, two));

      const four = at('2026-03-02 16:00');
      const draft = accepted(
        draftContract(
          { id: 'contract-1', projectId: 'jx', number: 'JX-HT20260302-001', terms, by: 'he' },
          held,
          home,
          four,
          policy,
        ),
      );
      const bound = accepted(bindContract(held, { contractId: draft.id }));
      const signing = { sale: bound, readiness: ready, numberUsedByContractId: null };
      const signed = accepted(
        signContract(draft, { onlineSigningNumber: 'WQ-1', by: 'xu' }, signing, four, environment),
      );
      const asked = noteContractSigned(
        bound,
        { contractId: draft.id, price: signed.price.total },
        four,
        policy,
      );
      const contracted = answered(accepted(asked), factsOf(asked), four);
      expect([contracted.status, unit.status]).toEqual(['CONTRACTED', 'CONTRACTED']);
      expect(accepted(noteLeadWon(subscribed, { saleId: 'sale-1' }, four)).status).toBe('WON');
      const checked = accepted(checkContract(signed, { findings: null, by: 'feng' }, four));
      expect(contractDeadlines(checked)).toEqual([
        { kind: 'CONTRACT_FILING', dueAt: at('2026-04-01 16:00') },
      ]);

      const filedAt = at('2026-03-20 15:00');
      const submitted = accepted(submitFiling(checked, { by: 'xu' }, at('2026-03-20 09:00')));
      const returned = noteFilingReturned(
        submitted,
        { filingNumber: 'BA-1', by: 'xu' },
        filedAt,
        environment,
      );
      expect(factsOf(returned)).toMatchObject([{ type: 'ContractFiled', filingDays: 18 }]);
      const filed = accepted(returned);
      const word = { customerId: 'ma', channel: 'PHONE', deedTaxReminded: true, by: 'xu' } as const;
      expect(contractDeadlines(accepted(tellContractReturned(filed, word, filedAt)))).toEqual([]);
      const mortgage = openMortgage({ id: 'm-1', number: 'JX-M-1', by: 'xu' }, filed, null, filedAt, policy);
      expect(accepted(mortgage).status).toBe('COLLECTING');

      const april = at('2026-04-01 09:30');
      const lines = salesReportLines([filed], '2026-03', timeZone);
      const report = accepted(
        openSalesReport({ id: 'report-1', projectId: 'jx', month: '2026-03' }, null, april, environment),
      );
      const sent = accepted(sendSalesReport(report, { lines, payments: [], by: 'he' }, april));
      expect(salesReportTotals(sent)).toMatchObject({ contracts: 1, total: '1397143.44' });
      expect(
        refusal(correctSalesReport(sent, { lines, payments: [], reason: '核对', by: 'he' }, april)).code,
      ).toBe('SALES_REPORT_ALREADY_RIGHT');
    },
  );
});
