import fc from 'fast-check';
import { Money } from '@anju/kernel';
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
import { checked, filed } from './contract-story';
import type { MortgagePlan } from './contract-terms';
import { mortgageNumber } from './daily-number';
import {
  approveMortgage,
  changeMortgagePlan,
  disburseMortgage,
  missingDocuments,
  mortgageDeadlines,
  onMortgageDeadline,
  openMortgage,
  receiveMortgageDocument,
  registerMortgage,
  replaceMortgageCustomer,
  rejectMortgage,
  signForByAgency,
  signLoanContract,
  submitMortgage,
  withdrawMortgage,
} from './mortgage';
import {
  familyStates,
  loanKinds,
  requiredDocuments,
  type FamilyState,
  type LoanKind,
} from './mortgage-documents';
import {
  hasMortgageNotFailed,
  mortgageStatuses,
  mortgageTransitions,
  planOf,
  type MortgageState,
  type MortgageStatus,
} from './mortgage-state';
import { defaultSalesPolicy as policy } from './policy';

const openedAt = at('2026-03-20 15:00');
const now = at('2026-03-24 10:00');
const command = { id: 'mortgage-1', number: mortgageNumber('JX', '2026-03-20', 1), by: 'xu' };
const open = (contract = filed, underWayId: string | null = null) =>
  openMortgage(command, contract, underWayId, openedAt, policy);
const by = { by: 'deng' };

const agency = (state: MortgageState) => signForByAgency(state, { partnerId: 'agency-1', ...by }, now);
const receive = (state: MortgageState, index = 0) => {
  const { document, customerId } = state.documents[index]!;
  return receiveMortgageDocument(state, { document, customerId, ...by }, now);
};
const complete = (state: MortgageState): MortgageState =>
  state.documents.reduce((before, _, index) => accepted(receive(before, index)), state);
const submit = (state: MortgageState) => submitMortgage(state, { lenderId: 'bank-1', ...by }, now, policy);
const approve = (state: MortgageState, amount = '880000') =>
  approveMortgage(state, { approvedAmount: Money.of(amount), ...by }, now, policy);
const disburse = (state: MortgageState, amount = '880000') =>
  disburseMortgage(state, { amount: Money.of(amount), ...by }, now, policy);
const reject = (state: MortgageState) => rejectMortgage(state, { reason: '征信不足', ...by }, now, policy);
const withdraw = (state: MortgageState) =>
  withdrawMortgage(state, { reason: '改为全款', ...by }, now, policy);
const change = (state: MortgageState, plan: Partial<MortgagePlan>) =>
  changeMortgagePlan(state, { plan: { ...planOf(state), ...plan }, ...by }, filed, now, policy);

const collecting = accepted(open());
const readyToGo = complete(accepted(agency(collecting)));
const submitted = accepted(submit(readyToGo));
const approved = accepted(approve(submitted));
const contractSigned = accepted(signLoanContract(approved, by, now, policy));
const registered = accepted(registerMortgage(contractSigned, by, now, policy));
const states: Record<MortgageStatus, MortgageState> = {
  COLLECTING: readyToGo,
  SUBMITTED: submitted,
  APPROVED: approved,
  CONTRACT_SIGNED: contractSigned,
  REGISTERED: registered,
  DISBURSED: accepted(disburse(registered)),
  REJECTED: accepted(reject(submitted)),
  WITHDRAWN: accepted(withdraw(collecting)),
};

const documentsOf = (loanKind: LoanKind, familyState: FamilyState) =>
  requiredDocuments(loanKind, [{ customerId: 'ma', familyState }], policy).map(({ document }) => document);

describe('a mortgage case', () => {
  rule('SAL-20', 'opens once the filed contract is back, with the loan that the contract names', () => {
    expect(factsOf(open())).toMatchObject([
      {
        type: 'MortgageOpened',
        contractId: 'contract-1',
        loanKind: 'COMMERCIAL',
        customerIds: ['ma'],
        documents: 10,
      },
    ]);
    expect(collecting).toMatchObject({
      number: 'JX-M20260320-001',
      status: 'COLLECTING',
      commercialAmount: '900000.00',
    });
  });

  rule('SAL-20', 'does not open before, nor without a loan, nor twice', () => {
    expect(refusal(open(checked))).toEqual({
      code: 'CONTRACT_NOT_FILED',
      data: { contractStatus: 'CHECKED' },
    });
    expect(refusal(open({ ...filed, mortgage: null })).code).toBe('CONTRACT_WITHOUT_MORTGAGE');
    expect(refusal(open(filed, 'mortgage-0')).data).toEqual({ mortgageId: 'mortgage-0' });
    expect(mortgageStatuses.filter(hasMortgageNotFailed)).toEqual([
      'COLLECTING',
      'SUBMITTED',
      'APPROVED',
      'CONTRACT_SIGNED',
      'REGISTERED',
      'DISBURSED',
    ]);
  });

  rule.each([
    { familyState: 'SINGLE' as const, document: 'SINGLE_DECLARATION' },
    { familyState: 'MARRIED' as const, document: 'MARRIAGE_CERTIFICATE' },
    { familyState: 'MARRIED' as const, document: 'SPOUSE_CONSENT' },
    { familyState: 'DIVORCED' as const, document: 'DIVORCE_CERTIFICATE' },
    { familyState: 'WIDOWED' as const, document: 'SPOUSE_DEATH_CERTIFICATE' },
  ])(
    'SAL-20',
    '$document is asked of who is $familyState, and of nobody else',
    ({ familyState, document }) => {
      for (const kind of loanKinds) {
        expect(
          familyStates.filter((state) => documentsOf(kind, state).some((one) => one === document)),
        ).toEqual([familyState]);
      }
    },
  );

  rule(
    'SAL-20',
    'a bank asks for income and statements, the provident fund for its record, both for both',
    () => {
      const bank = documentsOf('COMMERCIAL', 'SINGLE');
      const fund = documentsOf('PROVIDENT_FUND', 'SINGLE');
      expect(bank).toEqual(expect.arrayContaining(['INCOME_PROOF', 'BANK_STATEMENT']));
      expect(bank).not.toContain('PROVIDENT_FUND_RECORD');
      expect(fund).toEqual(expect.arrayContaining(['PROVIDENT_FUND_RECORD', 'PROVIDENT_FUND_APPLICATION']));
      expect(fund).not.toContain('INCOME_PROOF');
      expect(new Set(documentsOf('COMBINED', 'SINGLE'))).toEqual(new Set([...bank, ...fund]));
    },
  );

  rule('SAL-20', 'no document is listed twice, and each has its copies, for any borrowers', () => {
    const borrowers = fc.uniqueArray(
      fc.record({ customerId: fc.uuid(), familyState: fc.constantFrom(...familyStates) }),
      { selector: ({ customerId }) => customerId, minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...loanKinds), borrowers, (kind, all) => {
        const documents = requiredDocuments(kind, all, policy);
        const keys = documents.map(({ document, customerId }) => `${document} ${customerId}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(documents.every(({ copies }) => copies >= 1)).toBe(true);
        expect(documents.filter(({ customerId }) => customerId === null)).toHaveLength(2);
      }),
    );
    expect(
      requiredDocuments('COMMERCIAL', [{ customerId: 'ma', familyState: 'SINGLE' }], policy),
    ).toContainEqual({
      document: 'IDENTITY_CARD',
      customerId: 'ma',
      copies: 3,
    });
  });

  rule('SAL-20', 'is submitted when the agency has signed and no document is missing', () => {
    expect(refusal(submit(complete(collecting))).code).toBe('AGENCY_HAS_NOT_SIGNED');
    const signed = accepted(agency(collecting));
    expect(refusal(agency(signed)).code).toBe('AGENCY_HAS_SIGNED');
    const lacking = accepted(receive(signed));
    expect(missingDocuments(lacking)).toHaveLength(9);
    expect(refusal(submit(lacking))).toMatchObject({ code: 'MORTGAGE_DOCUMENTS_MISSING' });
    const [, invoice] = signed.documents;
    expect(refusal(submit(lacking)).data['missing']).toContainEqual({
      document: invoice!.document,
      customerId: null,
    });
    expect(submitted).toMatchObject({ status: 'SUBMITTED', lenderId: 'bank-1' });
    expect(refusal(receive(lacking)).code).toBe('DOCUMENT_ALREADY_RECEIVED');
    const other = { document: 'SINGLE_DECLARATION', customerId: 'ma', ...by } as const;
    expect(refusal(receiveMortgageDocument(collecting, other, now)).code).toBe('DOCUMENT_NOT_REQUIRED');
  });

  rule('SAL-20', 'another family state or loan changes the list; what is there stays there', () => {
    const some = accepted(receive(collecting, 2));
    const changed = accepted(change(some, { borrowers: [{ customerId: 'ma', familyState: 'SINGLE' }] }));
    expect(changed.documents.map(({ document }) => document)).toContain('SINGLE_DECLARATION');
    expect(changed.documents.map(({ document }) => document)).not.toContain('MARRIAGE_CERTIFICATE');
    expect(changed.documents.filter(({ receivedAt }) => receivedAt)).toHaveLength(1);
    expect(refusal(change(some, { commercialAmount: null })).data).toMatchObject({
      problem: 'AMOUNT_NOT_FOR_KIND',
    });
  });

  rule(
    'SAL-20',
    'the lender lends what was asked for or less, and what is disbursed is that to the fen',
    () => {
      expect(refusal(approve(submitted, '900000.01')).data).toEqual({
        approvedAmount: '900000.01',
        askedAmount: '900000.00',
      });
      expect(refusal(approve(submitted, '0')).code).toBe('APPROVED_AMOUNT_NOT_VALID');
      expect(accepted(approve(submitted, '900000')).approvedAmount).toBe('900000.00');
      expect(refusal(disburse(registered, '879999.99')).data).toEqual({
        amount: '879999.99',
        approvedAmount: '880000.00',
      });
      expect(factsOf(disburse(registered))).toMatchObject([
        { type: 'MortgageMoved', from: 'REGISTERED', to: 'DISBURSED', approvedAmount: '880000.00' },
      ]);
    },
  );

  rule('SAL-21', 'a case that has stood still longer than its status allows is chased, once', () => {
    const [due] = mortgageDeadlines(collecting);
    expect(due).toEqual({ kind: 'MORTGAGE_CHASE', dueAt: at('2026-03-30 15:00') });
    const chased = onMortgageDeadline(collecting, due!.kind, due!.dueAt);
    expect(factsOf(chased)).toMatchObject([
      { type: 'MortgageStoodStill', status: 'COLLECTING', standingSince: openedAt },
    ]);
    expect(mortgageDeadlines(accepted(chased))).toEqual([]);
    expect(factsOf(onMortgageDeadline(submitted, due!.kind, due!.dueAt))).toEqual([]);
    expect(mortgageDeadlines(submitted)).toEqual([{ kind: 'MORTGAGE_CHASE', dueAt: at('2026-04-08 10:00') }]);
    expect(mortgageDeadlines(states.DISBURSED)).toEqual([]);
  });

  rule('DIR-06', 'two records of one borrower that are made one have one list, with what is there', () => {
    const borrowers = ['ma', 'ma-2'].map((customerId) => ({ customerId, familyState: 'SINGLE' as const }));
    const buyers = borrowers.map(({ customerId }) => ({ customerId, share: '50.00' }));
    const plan = { ...planOf(collecting), borrowers };
    const both = accepted(changeMortgagePlan(collecting, { plan, ...by }, { ...filed, buyers }, now, policy));
    const some = accepted(receive(both, 2));
    const merged = accepted(replaceMortgageCustomer(some, { customerId: 'ma', intoCustomerId: 'ma-2' }));
    expect(merged.borrowers).toEqual([{ customerId: 'ma-2', familyState: 'SINGLE' }]);
    expect(merged.documents).toHaveLength(requiredDocuments('COMMERCIAL', merged.borrowers, policy).length);
    expect(merged.documents.filter(({ receivedAt }) => receivedAt)).toMatchObject([
      { document: 'IDENTITY_CARD', customerId: 'ma-2' },
    ]);
  });

  rule('SAL-20', 'a case goes its way, and no other', () => {
    const fresh = (state: MortgageState): MortgageState =>
      state.status === 'COLLECTING' ? { ...collecting, agency: null } : state;
    expect(
      wrongCells({
        table: mortgageTransitions,
        states,
        commands: {
          signForByAgency: (state: MortgageState) => agency(fresh(state)),
          receiveMortgageDocument: (state) => receive(fresh(state)),
          changeMortgagePlan: (state) => change(state, {}),
          submitMortgage: submit,
          approveMortgage: (state) => approve(state),
          signLoanContract: (state) => signLoanContract(state, by, now, policy),
          registerMortgage: (state) => registerMortgage(state, by, now, policy),
          disburseMortgage: (state) => disburse(state),
          rejectMortgage: reject,
          withdrawMortgage: withdraw,
        },
      }),
    ).toEqual([]);
    expect(unreachableStatuses(mortgageTransitions, mortgageStatuses)).toEqual([]);
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
    expect(refusal(rejectMortgage(submitted, { reason: '', ...by }, now, policy)).code).toBe(
      'SALES_TEXT_MISSING',
    );
  });
});
