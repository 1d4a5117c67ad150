import type { Decision } from '@anju/kernel';
import { rule } from '@anju/testing';
import { registerCustomer, renameCustomer, showCustomerInProject } from './customer';
import type { CustomerFact, CustomerState, RegisterCustomer } from './customer';
import {
  addAddress,
  addHouseholdMember,
  addPhone,
  preferPhone,
  recordIdentityDocument,
  removeAddress,
  removeHouseholdMember,
  removePhone,
} from './customer-contacts';
import { reasonsToThinkSame } from './customer-duplicates';
import { endRole, startRole } from './customer-roles';
import { defaultDirectoryPolicy as policy } from './policy';
import {
  aCustomer,
  accepted,
  aPhone,
  aResidentId,
  aUnit,
  dayOne,
  problemsOf,
  refusal,
} from './testing/builders';

const residentId = { kind: 'RESIDENT_ID', number: aResidentId() } as const;

const command: RegisterCustomer = {
  customerId: 'c-1',
  organisationId: 'organisation',
  projectId: 'project-jx',
  kind: 'PERSON',
  name: '陈伟',
  phones: [{ phoneId: 'p-1', number: '138 1234 5678' }],
  addresses: [{ addressId: 'a-1', kind: 'HOME', text: '科技路1号', postcode: '518000' }],
  identityDocuments: [residentId],
};

function register(change: Partial<RegisterCustomer> = {}, others: readonly CustomerState[] = []) {
  return registerCustomer({ ...command, ...change }, others, dayOne, policy);
}

describe('entering a customer', () => {
  rule('DIR-02', 'a person has names, phones, addresses and an identity document', () => {
    const { state } = accepted(register({ otherNames: ['陈小伟'] }));
    expect(state).toEqual({
      id: 'c-1',
      organisationId: 'organisation',
      status: 'ACTIVE',
      kind: 'PERSON',
      name: '陈伟',
      otherNames: ['陈小伟'],
      phones: [{ id: 'p-1', kind: 'MOBILE', number: '+8613812345678', extension: null }],
      addresses: [{ id: 'a-1', kind: 'HOME', text: '科技路1号', postcode: '518000' }],
      identityDocuments: [residentId],
      household: [],
      roles: [],
      projectIds: ['project-jx'],
      mergedIntoId: null,
    });
  });

  rule('DIR-05', 'what happened says who by id, and nothing else about him', () => {
    expect(accepted(register()).facts).toEqual([
      {
        type: 'CustomerRegistered',
        projectId: null,
        customerId: 'c-1',
        organisationId: 'organisation',
        kind: 'PERSON',
        projectIds: ['project-jx'],
      },
    ]);
  });

  rule('DIR-02', 'an organisation has the names and documents of organisations', () => {
    const company = {
      kind: 'ORGANISATION' as const,
      name: '3M中国有限公司',
      identityDocuments: [{ kind: 'UNIFIED_SOCIAL_CREDIT_CODE', number: '91350100M000100Y43' }],
    };
    expect(accepted(register(company)).state.kind).toBe('ORGANISATION');
    expect(problemsOf(register({ ...company, kind: 'PERSON' }))).toEqual([
      'name CHARACTER_NOT_ALLOWED',
      'identityDocuments.0.kind NOT_APPLICABLE',
    ]);
  });

  rule('DIR-02', 'everything that is wrong is named at once', () => {
    const wrong = register({
      name: '👍',
      otherNames: ['陈伟', ''],
      phones: [
        { phoneId: 'p-1', number: '13812345678' },
        { phoneId: 'p-2', number: '123' },
      ],
      addresses: [{ addressId: 'a-1', kind: 'CASTLE', text: ' ', postcode: '51800' }],
      identityDocuments: [{ kind: 'RESIDENT_ID', number: '110105194912310021' }],
    });
    expect(problemsOf(wrong)).toEqual([
      'name CHARACTER_NOT_ALLOWED',
      'otherNames.1 REQUIRED',
      'phones.1.number FORMAT',
      'addresses.0.kind UNKNOWN_VALUE',
      'addresses.0.text REQUIRED',
      'addresses.0.postcode FORMAT',
      'identityDocuments.0.number CHECK_CHARACTER',
    ]);
  });

  rule('DIR-02', 'the same phone twice is one phone; two documents of one kind are refused', () => {
    const twice = [
      { phoneId: 'p-1', number: '13812345678' },
      { phoneId: 'p-2', number: '+86 13812345678' },
    ];
    expect(accepted(register({ phones: twice })).state.phones).toHaveLength(1);
    const documents = [residentId, { kind: 'RESIDENT_ID', number: aResidentId('44030119800101002') }];
    expect(problemsOf(register({ identityDocuments: documents }))).toEqual([
      'identityDocuments.1.kind DUPLICATE',
    ]);
  });

  rule('DIR-02', 'a list that is too long is refused unread', () => {
    const phones = Array.from({ length: 21 }, (_, index) => ({ phoneId: `p-${index}`, number: 'x' }));
    expect(problemsOf(register({ phones }))).toEqual(['phones TOO_MANY']);
  });
});

describe('probable duplicates', () => {
  const phones = [{ id: 'p-9', ...aPhone('13812345678') }];
  const elsewhere = [{ id: 'p-9', ...aPhone('13900000000') }];
  const documents = [residentId];
  const none: CustomerState['identityDocuments'] = [];
  const base = aCustomer({ id: 'a', name: '陈伟', phones, identityDocuments: documents });

  rule.each([
    {
      what: 'the same document',
      other: { name: '陈炜', phones: elsewhere, identityDocuments: documents },
      reasons: ['SAME_IDENTITY_DOCUMENT'],
    },
    {
      what: 'the same name and phone',
      other: { name: '陈 伟', phones, identityDocuments: none },
      reasons: ['SAME_NAME_AND_PHONE'],
    },
    {
      what: 'a former name and the same phone',
      other: { name: '陈炜', otherNames: ['陈伟'], phones, identityDocuments: none },
      reasons: ['SAME_NAME_AND_PHONE'],
    },
    {
      what: 'document, name and phone the same',
      other: { name: '陈伟', phones, identityDocuments: documents },
      reasons: ['SAME_IDENTITY_DOCUMENT', 'SAME_NAME_AND_PHONE'],
    },
    { what: 'only the same name', other: { name: '陈伟', phones: elsewhere }, reasons: [] },
    { what: 'only the same phone', other: { name: '陈小伟', phones }, reasons: [] },
    {
      what: 'the same number of another kind of document',
      other: {
        name: '陈小伟',
        phones: [],
        identityDocuments: [{ kind: 'OTHER' as const, number: residentId.number }],
      },
      reasons: [],
    },
    { what: 'a record that was merged', other: { ...base, status: 'MERGED' as const }, reasons: [] },
    { what: 'another organisation', other: { ...base, organisationId: 'other' }, reasons: [] },
  ])('DIR-06', '$what: $reasons', ({ other, reasons }) => {
    const record = aCustomer({ ...other, id: 'b' });
    expect(reasonsToThinkSame(base, record)).toEqual(reasons);
    expect(reasonsToThinkSame(record, base)).toEqual(reasons);
  });

  rule('DIR-06', 'nobody is his own duplicate', () => {
    expect(reasonsToThinkSame(base, base)).toEqual([]);
  });

  rule(
    'DIR-06',
    'a probable duplicate is offered at entry, until the agent says that it is somebody else',
    () => {
      const known = aCustomer({ id: 'known', name: '陈伟' });
      const stranger = aCustomer({ id: 'stranger', name: '刘洋' });
      expect(refusal(register({}, [known, stranger]))).toEqual({
        code: 'PROBABLE_DUPLICATE',
        data: { candidates: [{ customerId: 'known', reasons: ['SAME_NAME_AND_PHONE'] }] },
      });
      expect(accepted(register({ notDuplicateOf: ['known'] }, [known, stranger])).state.id).toBe('c-1');
      expect(refusal(register({ notDuplicateOf: ['stranger'] }, [known])).code).toBe('PROBABLE_DUPLICATE');
    },
  );
});

describe("a customer's names and contacts", () => {
  const customer = aCustomer();

  rule('DIR-02', 'a former name is kept, a slip of the pen is not', () => {
    const { state, facts } = accepted(renameCustomer(customer, { name: '王秀澜' }, policy));
    expect(state).toMatchObject({ name: '王秀澜', otherNames: ['王秀兰'] });
    expect(facts).toMatchObject([{ type: 'CustomerChanged', changed: ['NAME'] }]);
    const back = accepted(renameCustomer(state, { name: '王秀兰' }, policy)).state;
    expect(back.otherNames).toEqual(['王秀澜']);
    const slip = { name: '王秀澜', formerNameWasWrong: true };
    expect(accepted(renameCustomer(customer, slip, policy)).state.otherNames).toEqual([]);
    expect(accepted(renameCustomer(customer, { name: '王秀兰' }, policy)).facts).toEqual([]);
    expect(problemsOf(renameCustomer(customer, { name: '1' }, policy))).toEqual([
      'name CHARACTER_NOT_ALLOWED',
    ]);
  });

  rule('DIR-02', 'phones are added, put first and removed', () => {
    const two = accepted(addPhone(customer, { phoneId: 'phone-2', number: '0755-82345678' }, policy));
    expect(two.facts).toMatchObject([{ type: 'CustomerChanged', changed: ['PHONES'] }]);
    expect(two.state.phones.map(({ id }) => id)).toEqual(['phone-1', 'phone-2']);
    const first = accepted(preferPhone(two.state, { phoneId: 'phone-2' })).state;
    expect(first.phones.map(({ id }) => id)).toEqual(['phone-2', 'phone-1']);
    expect(accepted(preferPhone(first, { phoneId: 'phone-2' })).facts).toEqual([]);
    expect(accepted(removePhone(first, { phoneId: 'phone-2' })).state.phones).toEqual(customer.phones);
    for (const decision of [preferPhone(first, { phoneId: 'x' }), removePhone(first, { phoneId: 'x' })]) {
      expect(refusal(decision)).toEqual({
        code: 'CUSTOMER_DETAIL_NOT_FOUND',
        data: { aspect: 'PHONES', id: 'x' },
      });
    }
  });

  rule('DIR-02', 'a phone that is there already is not added, but can become the first', () => {
    const same = { phoneId: 'phone-9', number: '+8613812345678' };
    expect(accepted(addPhone(customer, same, policy)).facts).toEqual([]);
    expect(accepted(addPhone(customer, { ...same, preferred: true }, policy)).facts).toEqual([]);
    const landline = { phoneId: 'phone-2', number: '0755-82345678', preferred: true };
    const two = accepted(addPhone(customer, landline, policy)).state;
    expect(two.phones.map(({ id }) => id)).toEqual(['phone-2', 'phone-1']);
    const swapped = accepted(addPhone(two, { ...same, preferred: true }, policy)).state;
    expect(swapped.phones.map(({ id }) => id)).toEqual(['phone-1', 'phone-2']);
  });

  rule('DIR-02', 'a customer has no more contacts than the policy allows', () => {
    const one = { ...policy, maxContacts: 1, maxHouseholdMembers: 0 };
    const phone = { phoneId: 'phone-2', number: '13900000000' };
    expect(problemsOf(addPhone(customer, phone, one))).toEqual(['phones TOO_MANY']);
    const address = { addressId: 'a-1', kind: 'HOME', text: '科技路1号' };
    const housed = accepted(addAddress(customer, address, one)).state;
    expect(problemsOf(addAddress(housed, { ...address, text: '科技路2号' }, one))).toEqual([
      'addresses TOO_MANY',
    ]);
    const child = { memberId: 'm', name: '王小明', relation: 'CHILD' };
    expect(problemsOf(addHouseholdMember(customer, child, one))).toEqual(['household TOO_MANY']);
    expect(problemsOf(addPhone(customer, { phoneId: 'x', number: '' }, policy))).toEqual(['number REQUIRED']);
  });

  rule('DIR-02', 'addresses are added once and removed', () => {
    const address = { addressId: 'a-1', kind: 'POSTAL', text: ' 科技路　1号 ', postcode: '' };
    const { state, facts } = accepted(addAddress(customer, address, policy));
    expect(state.addresses).toEqual([{ id: 'a-1', kind: 'POSTAL', text: '科技路 1号', postcode: null }]);
    expect(facts).toMatchObject([{ changed: ['ADDRESSES'] }]);
    expect(accepted(addAddress(state, { ...address, addressId: 'a-2' }, policy)).facts).toEqual([]);
    expect(accepted(removeAddress(state, { addressId: 'a-1' })).state.addresses).toEqual([]);
    expect(refusal(removeAddress(state, { addressId: 'a-2' })).code).toBe('CUSTOMER_DETAIL_NOT_FOUND');
    expect(problemsOf(addAddress(customer, { ...address, kind: 'home' }, policy))).toEqual([
      'kind UNKNOWN_VALUE',
    ]);
  });

  rule('DIR-02', 'another number of a document is taken only as a replacement', () => {
    const { state, facts } = accepted(recordIdentityDocument(customer, residentId, dayOne, policy));
    expect(state.identityDocuments).toEqual([residentId]);
    expect(facts).toMatchObject([{ changed: ['IDENTITY_DOCUMENTS'] }]);
    expect(accepted(recordIdentityDocument(state, residentId, dayOne, policy)).facts).toEqual([]);
    const other = { kind: 'RESIDENT_ID', number: aResidentId('44030119800101002') };
    expect(refusal(recordIdentityDocument(state, other, dayOne, policy))).toEqual({
      code: 'IDENTITY_DOCUMENT_DIFFERS',
      data: { documentKind: 'RESIDENT_ID' },
    });
    const replaced = accepted(
      recordIdentityDocument(state, { ...other, replaces: true }, dayOne, policy),
    ).state;
    expect(replaced.identityDocuments).toEqual([other]);
    const passport = { kind: 'PASSPORT', number: 'E12345678' };
    expect(
      accepted(recordIdentityDocument(state, passport, dayOne, policy)).state.identityDocuments,
    ).toHaveLength(2);
    expect(
      problemsOf(recordIdentityDocument(state, { kind: 'PASSPORT', number: 'E' }, dayOne, policy)),
    ).toEqual(['number FORMAT']);
  });

  rule('DIR-02', 'the household is kept with the customer, and an organisation has none', () => {
    const child = { memberId: 'm-1', name: '王小明', relation: 'CHILD', phone: '13900000000' };
    const { state, facts } = accepted(addHouseholdMember(customer, child, policy));
    expect(state.household).toEqual([
      { id: 'm-1', name: '王小明', relation: 'CHILD', phone: aPhone('13900000000') },
    ]);
    expect(facts).toMatchObject([{ changed: ['HOUSEHOLD'] }]);
    expect(accepted(addHouseholdMember(state, { ...child, memberId: 'm-2' }, policy)).facts).toEqual([]);
    const silent = { memberId: 'm-3', name: '王小明', relation: 'CHILD' };
    expect(accepted(addHouseholdMember(state, silent, policy)).state.household).toHaveLength(2);
    expect(accepted(removeHouseholdMember(state, { memberId: 'm-1' })).state.household).toEqual([]);
    expect(refusal(removeHouseholdMember(state, { memberId: 'x' })).data).toEqual({
      aspect: 'HOUSEHOLD',
      id: 'x',
    });
    expect(
      problemsOf(addHouseholdMember(customer, { ...child, relation: 'CAT', phone: '1' }, policy)),
    ).toEqual(['relation UNKNOWN_VALUE', 'phone FORMAT']);
    const company = aCustomer({ kind: 'ORGANISATION', name: '安居公司' });
    expect(refusal(addHouseholdMember(company, child, policy)).code).toBe('ORGANISATION_HAS_NO_HOUSEHOLD');
  });

  rule('DIR-02', 'a customer is shown in one more project', () => {
    const { state, facts } = accepted(showCustomerInProject(customer, { projectId: 'project-2' }));
    expect(state.projectIds).toEqual(['project-jx', 'project-2']);
    expect(facts).toMatchObject([{ changed: ['PROJECTS'], projectIds: ['project-jx', 'project-2'] }]);
    expect(accepted(showCustomerInProject(state, { projectId: 'project-2' })).facts).toEqual([]);
  });
});

describe('a record that was merged', () => {
  const gone = aCustomer({ status: 'MERGED', mergedIntoId: 'survivor' });
  const role = { roleId: 'r', role: 'OWNER', from: '2026-03-02' };
  const commands: Record<string, () => Decision<CustomerState, CustomerFact>> = {
    renameCustomer: () => renameCustomer(gone, { name: '王秀兰' }, policy),
    showCustomerInProject: () => showCustomerInProject(gone, { projectId: 'p' }),
    addPhone: () => addPhone(gone, { phoneId: 'p', number: '' }, policy),
    preferPhone: () => preferPhone(gone, { phoneId: 'phone-1' }),
    removePhone: () => removePhone(gone, { phoneId: 'phone-1' }),
    addAddress: () => addAddress(gone, { addressId: 'a', kind: 'HOME', text: '' }, policy),
    removeAddress: () => removeAddress(gone, { addressId: 'a' }),
    recordIdentityDocument: () => recordIdentityDocument(gone, residentId, dayOne, policy),
    addHouseholdMember: () => addHouseholdMember(gone, { memberId: 'm', name: '', relation: '' }, policy),
    removeHouseholdMember: () => removeHouseholdMember(gone, { memberId: 'm' }),
    startRole: () => startRole(gone, aUnit(), role, policy),
    endRole: () => endRole(gone, { roleId: 'r', to: '2026-03-02' }, policy),
  };

  rule.each(Object.keys(commands))('DIR-06', '%s names the record to use instead', (name) => {
    expect(refusal(commands[name]!())).toEqual({
      code: 'CUSTOMER_ALREADY_MERGED',
      data: { customerId: 'customer-wang', intoCustomerId: 'survivor' },
    });
  });
});
