import { accepted, at } from '@anju/testing';
import { approveDiscount, checkContract, draftContract, signContract, type ContractTerms } from './contract';
import type { ContractState } from './contract-state';
import { noteFilingReturned, submitFiling } from './filing';
import { salesCertificates, salesPreparations, type ReadyItem } from './readiness';
import { environment } from './spec-support';

/** 马丽's sale of 8-1-1502, held since 14:00. */
export const heldSale = {
  id: 'sale-1',
  projectId: 'jx',
  status: 'UNIT_HELD',
  unitId: '8-1-1502',
  customerIds: ['ma'],
  consultantId: 'he',
  contractId: null,
} as const;
export const home = { offer: { unitId: '8-1-1502', unitPrice: '15800.00' }, preSaleArea: '89.32' };
export const terms: ContractTerms = {
  buyers: [{ customerId: 'ma', share: '100' }],
  discounts: [{ code: 'ON_TIME', kind: 'PERCENT', value: '1' }],
  mortgage: {
    loanKind: 'COMMERCIAL',
    commercialAmount: '900000.00',
    providentFundAmount: null,
    borrowers: [{ customerId: 'ma', familyState: 'MARRIED' }],
  },
};
export const ready: { readonly items: readonly ReadyItem[] } = {
  items: [...salesCertificates, ...salesPreparations].map((item) => ({
    ...{ item, reference: '1', issuedOn: '2025-12-01', expiresOn: null, by: 'lin' },
    recordedAt: at('2026-02-02 09:00'),
  })),
};
export const context = { sale: heldSale, readiness: ready, numberUsedByContractId: null };
export const draftedAt = at('2026-03-02 15:00');
export const signedAt = at('2026-03-02 16:00');

export const draft = (
  change: Partial<ContractTerms> = {},
  sale: Partial<Parameters<typeof draftContract>[1]> = {},
) =>
  draftContract(
    {
      id: 'contract-1',
      projectId: 'jx',
      number: 'JX-HT20260302-001',
      terms: { ...terms, ...change },
      by: 'he',
    },
    { ...heldSale, ...sale },
    home,
    draftedAt,
    environment.policy,
  );
export const sign = (state: ContractState, change: Partial<typeof context> | object = {}, when = signedAt) =>
  signContract(
    state,
    { onlineSigningNumber: 'WQ-2026-0317', by: 'xu' },
    { ...context, ...change },
    when,
    environment,
  );
export const check = (state: ContractState, by = 'feng', findings: string | null = null) =>
  checkContract(state, { findings, by }, at('2026-03-02 16:30'));
export const approve = (state: ContractState, by = 'boss') =>
  approveDiscount(state, { by }, at('2026-03-02 15:30'), environment.policy);
export const submit = (state: ContractState, when = '2026-03-10 10:00') =>
  submitFiling(state, { by: 'xu' }, at(when));
export const returned = (state: ContractState, when = '2026-03-20 15:00') =>
  noteFilingReturned(state, { filingNumber: 'BA-2026-88', by: 'xu' }, at(when), environment);

export const drafted = accepted(draft());
export const signed = accepted(sign(drafted));
export const checked = accepted(check(signed));
export const submitted = accepted(submit(checked));
export const filed = accepted(returned(submitted));
