import { rule } from '@anju/testing';
import { defaultDirectoryPolicy as policy } from './policy';
import { revealPersonalData, revealPurposes } from './reveal';
import { aCustomer, accepted, aPhone, aResidentId, dayOne, problemsOf, refusal } from './testing/builders';

const customer = aCustomer({
  identityDocuments: [{ kind: 'RESIDENT_ID', number: aResidentId() }],
  household: [{ id: 'm', name: '王小明', relation: 'CHILD', phone: aPhone('13900000000') }],
});
const command = {
  revealId: 'reveal-1',
  revealedBy: 'staff-zhou',
  fields: ['PHONES'],
  purpose: 'CALL_CUSTOMER',
  note: '约维修时间',
};

describe('unmasking', () => {
  rule('DIR-05', 'the log keeps who, whose, what, why and when', () => {
    expect(accepted(revealPersonalData(customer, command, dayOne, policy))).toEqual({
      outcome: 'accepted',
      state: {
        id: 'reveal-1',
        organisationId: 'organisation',
        status: 'LOGGED',
        revealedBy: 'staff-zhou',
        customerId: 'customer-wang',
        fields: ['PHONES'],
        purpose: 'CALL_CUSTOMER',
        note: '约维修时间',
        at: dayOne,
      },
      facts: [
        {
          type: 'PersonalDataRevealed',
          projectId: null,
          revealId: 'reveal-1',
          customerId: 'customer-wang',
          revealedBy: 'staff-zhou',
          fields: ['PHONES'],
          purpose: 'CALL_CUSTOMER',
          at: dayOne,
        },
      ],
    });
  });

  rule.each(revealPurposes)('DIR-05', '%s is a purpose', (purpose) => {
    expect(
      accepted(revealPersonalData(customer, { ...command, purpose }, dayOne, policy)).state.purpose,
    ).toBe(purpose);
  });

  rule('DIR-05', 'without a purpose from the list and a note nothing is shown', () => {
    const wrong = { ...command, purpose: 'CURIOSITY', note: '  ', fields: ['PHONES', 'DIARY'] };
    expect(problemsOf(revealPersonalData(customer, wrong, dayOne, policy))).toEqual([
      'fields UNKNOWN_VALUE',
      'purpose UNKNOWN_VALUE',
      'note REQUIRED',
    ]);
    const nothing = { ...command, fields: [], note: 'x'.repeat(501) };
    expect(problemsOf(revealPersonalData(customer, nothing, dayOne, policy))).toEqual([
      'fields REQUIRED',
      'note TOO_LONG',
    ]);
  });

  rule('DIR-05', 'only what is on record is logged as shown, each once', () => {
    const bare = aCustomer();
    const all = { ...command, fields: ['HOUSEHOLD_PHONES', 'PHONES', 'PHONES', 'IDENTITY_DOCUMENTS'] };
    expect(accepted(revealPersonalData(bare, all, dayOne, policy)).state.fields).toEqual(['PHONES']);
    expect(accepted(revealPersonalData(customer, all, dayOne, policy)).state.fields).toEqual([
      'PHONES',
      'IDENTITY_DOCUMENTS',
      'HOUSEHOLD_PHONES',
    ]);
    const document = { ...command, fields: ['IDENTITY_DOCUMENTS'] };
    expect(refusal(revealPersonalData(bare, document, dayOne, policy))).toEqual({
      code: 'NOTHING_TO_REVEAL',
      data: { customerId: 'customer-wang', fields: ['IDENTITY_DOCUMENTS'] },
    });
  });

  rule('DIR-06', 'a record that was merged names the one to look at', () => {
    const gone = aCustomer({ status: 'MERGED', mergedIntoId: 'survivor' });
    expect(refusal(revealPersonalData(gone, command, dayOne, policy)).code).toBe('CUSTOMER_ALREADY_MERGED');
  });
});
