import { isRefused } from '@anju/kernel';
import { rule } from '@anju/testing';
import fc from 'fast-check';
import type { CustomerState } from './customer';
import { mergeCustomers, survivorOf } from './customer-merge';
import { customerRoleKinds } from './customer-roles';
import type { CustomerRole } from './customer-roles';
import { phoneText } from './phone';
import { aCustomer, accepted, aPhone, aResidentId, refusal } from './testing/builders';

const owner: CustomerRole = {
  id: 'role-1',
  unitId: 'unit-3-2-1201',
  projectId: 'project-jx',
  role: 'OWNER',
  from: '2020-05-01',
  to: null,
  feePayer: null,
};

const survivor = aCustomer({ id: 'survivor', roles: [owner] });
const other = aCustomer({
  id: 'other',
  name: '王秀澜',
  otherNames: ['王阿姨'],
  phones: [
    { id: 'phone-8', ...aPhone('13812345678') },
    { id: 'phone-9', ...aPhone('0755-82345678') },
  ],
  addresses: [{ id: 'a-1', kind: 'HOME', text: '科技路1号', postcode: null }],
  identityDocuments: [{ kind: 'RESIDENT_ID', number: aResidentId() }],
  household: [{ id: 'm-1', name: '王小明', relation: 'CHILD', phone: null }],
  roles: [{ ...owner, id: 'role-2' }],
  projectIds: ['project-2', 'project-jx'],
});

describe('merging two records of one customer', () => {
  rule('DIR-06', "the survivor's name and first phone win; everything else of both is kept", () => {
    const { state, facts } = accepted(mergeCustomers(survivor, other));
    expect(state.survivor).toEqual({
      ...survivor,
      otherNames: ['王阿姨', '王秀澜'],
      phones: [...survivor.phones, other.phones[1]],
      addresses: other.addresses,
      identityDocuments: other.identityDocuments,
      household: other.household,
      roles: [owner, { ...owner, id: 'role-2' }],
      projectIds: ['project-jx', 'project-2'],
    });
    expect(state.merged).toEqual({ ...other, status: 'MERGED', roles: [], mergedIntoId: 'survivor' });
    expect(facts).toEqual([
      {
        type: 'CustomerMerged',
        projectId: null,
        customerId: 'other',
        intoCustomerId: 'survivor',
        projectIds: ['project-2', 'project-jx'],
        movedRoleIds: ['role-2'],
      },
      {
        type: 'CustomerChanged',
        projectId: null,
        customerId: 'survivor',
        organisationId: 'organisation',
        kind: 'PERSON',
        projectIds: ['project-jx', 'project-2'],
        changed: ['NAME', 'PHONES', 'ADDRESSES', 'IDENTITY_DOCUMENTS', 'HOUSEHOLD', 'ROLES', 'PROJECTS'],
      },
    ]);
  });

  rule('DIR-06', 'a record that adds nothing changes nothing in the survivor', () => {
    const twin = aCustomer({ id: 'twin' });
    const { state, facts } = accepted(mergeCustomers(survivor, twin));
    expect(state.survivor).toEqual(survivor);
    expect(facts).toMatchObject([{ type: 'CustomerMerged', movedRoleIds: [] }]);
  });

  rule('DIR-06', 'a record is not merged with itself', () => {
    expect(refusal(mergeCustomers(survivor, survivor))).toEqual({
      code: 'SAME_CUSTOMER',
      data: { customerId: 'survivor' },
    });
  });

  rule('DIR-06', 'a record that went is neither merged again nor merged into', () => {
    const gone = accepted(mergeCustomers(survivor, other)).state.merged;
    const third = aCustomer({ id: 'third' });
    for (const decision of [mergeCustomers(gone, third), mergeCustomers(third, gone)]) {
      expect(refusal(decision)).toEqual({
        code: 'CUSTOMER_ALREADY_MERGED',
        data: { customerId: 'other', intoCustomerId: 'survivor' },
      });
    }
  });

  rule('DIR-06', 'two numbers of one kind of document are two people', () => {
    const another = aCustomer({
      id: 'another',
      identityDocuments: [
        { kind: 'PASSPORT', number: 'E12345678' },
        { kind: 'RESIDENT_ID', number: aResidentId('44030119800101002') },
      ],
    });
    expect(refusal(mergeCustomers(other, another))).toEqual({
      code: 'IDENTITY_DOCUMENTS_DIFFER',
      data: { documentKinds: ['RESIDENT_ID'], customerIds: ['other', 'another'] },
    });
    const traveller = { ...another, identityDocuments: another.identityDocuments.slice(0, 1) };
    expect(accepted(mergeCustomers(other, traveller)).state.survivor.identityDocuments).toHaveLength(2);
  });

  rule('DIR-06', 'a person is no organisation, and customers of two organisations are apart', () => {
    const company = aCustomer({ id: 'company', kind: 'ORGANISATION' });
    expect(refusal(mergeCustomers(survivor, company)).data).toMatchObject({ differsIn: 'KIND' });
    const stranger = aCustomer({ id: 'stranger', organisationId: 'other' });
    expect(refusal(mergeCustomers(survivor, stranger)).data).toMatchObject({ differsIn: 'ORGANISATION' });
  });

  const anyCustomer = (id: string): fc.Arbitrary<CustomerState> =>
    fc
      .record({
        name: fc.constantFrom('王秀兰', '王秀澜', '王 秀兰'),
        otherNames: fc.uniqueArray(fc.constantFrom('王阿姨', '王秀兰', '王老师')),
        phones: fc.uniqueArray(fc.constantFrom('13812345678', '13900000000', '0755-82345678')),
        roles: fc.array(
          fc.record({
            unitId: fc.constantFrom('u-1', 'u-2'),
            role: fc.constantFrom(...customerRoleKinds),
            to: fc.option(fc.constant('2026-12-31')),
          }),
          { maxLength: 5 },
        ),
        household: fc.uniqueArray(fc.constantFrom('王小明', '王小红')),
        projectIds: fc.uniqueArray(fc.constantFrom('p-1', 'p-2', 'p-3'), { minLength: 1 }),
        passport: fc.option(fc.constantFrom('E12345678', 'E87654321')),
      })
      .map(({ phones, roles, household, passport, ...rest }) =>
        aCustomer({
          ...rest,
          id,
          phones: phones.map((text, index) => ({ id: `${id}-p-${index}`, ...aPhone(text) })),
          roles: roles.map((role, index) => ({
            ...role,
            id: `${id}-r-${index}`,
            projectId: 'p-1',
            from: '2020-05-01',
            feePayer: role.role === 'TENANT' ? ('OWNER' as const) : null,
          })),
          household: household.map((name, index) => ({
            ...{ id: `${id}-m-${index}`, name, phone: null },
            relation: 'CHILD' as const,
          })),
          identityDocuments: passport ? [{ kind: 'PASSPORT', number: passport }] : [],
        }),
      );

  rule(
    'DIR-06',
    'a merge loses nothing: every role, name, phone, document, member and project is there after',
    () => {
      fc.assert(
        fc.property(anyCustomer('one'), anyCustomer('two'), (one, two) => {
          const decision = mergeCustomers(one, two);
          if (isRefused(decision)) {
            expect(one.identityDocuments[0]?.number).not.toBe(two.identityDocuments[0]?.number);
            return;
          }
          const { survivor: after, merged } = decision.state;
          const both = [one, two];
          const has = (list: (customer: CustomerState) => readonly string[]) => {
            expect([...new Set(list(after))].sort()).toEqual([...new Set(both.flatMap(list))].sort());
            expect(new Set(list(after)).size).toBe(list(after).length);
          };
          expect(after.roles).toEqual([...one.roles, ...two.roles]);
          has(({ roles }) => roles.map(({ id }) => id));
          has(({ phones }) => phones.map(phoneText));
          has(({ projectIds }) => projectIds);
          has(({ identityDocuments }) => identityDocuments.map(({ number }) => number));
          has(({ household }) => household.map(({ name }) => name));
          const names = (customer: CustomerState) => [customer.name, ...customer.otherNames];
          expect(new Set(names(after))).toEqual(new Set(both.flatMap(names)));
          expect(after.name).toBe(one.name);
          expect(merged).toMatchObject({ status: 'MERGED', mergedIntoId: 'one', roles: [] });
        }),
      );
    },
  );
});

describe('following merges', () => {
  rule('DIR-06', 'a record leads to the one that stands for it now', () => {
    const mergedInto = new Map([
      ['a', 'b'],
      ['b', 'c'],
    ]);
    expect(survivorOf('a', mergedInto)).toBe('c');
    expect(survivorOf('c', mergedInto)).toBe('c');
  });

  it('does not run for ever where pointers are broken', () => {
    const circle = new Map([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    expect(() => survivorOf('a', circle)).toThrow('circle');
  });
});
