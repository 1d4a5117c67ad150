import { rule } from '@anju/testing';
import fc from 'fast-check';
import { customerRoleKinds, endRole, rolesOn, startRole } from './customer-roles';
import { defaultDirectoryPolicy as policy } from './policy';
import { aCustomer, accepted, aUnit, problemsOf, refusal } from './testing/builders';

const unit = aUnit();
const owner = { roleId: 'r-1', role: 'OWNER', from: '2020-05-01' };
const tenant = { roleId: 'r-2', role: 'TENANT', from: '2026-01-01', to: '2026-12-31', feePayer: 'TENANT' };

describe("a customer's roles on units", () => {
  rule('DIR-02', 'a customer becomes the owner of a unit', () => {
    const { state, facts } = accepted(startRole(aCustomer(), unit, owner, policy));
    const role = { unitId: unit.id, projectId: 'project-jx', from: '2020-05-01', to: null, feePayer: null };
    expect(state.roles).toEqual([{ id: 'r-1', role: 'OWNER', ...role }]);
    expect(facts).toEqual([
      { type: 'CustomerRoleStarted', roleId: 'r-1', customerId: 'customer-wang', role: 'OWNER', ...role },
    ]);
  });

  rule('DIR-02', 'with a role in another project, that project sees the customer', () => {
    const { state, facts } = accepted(startRole(aCustomer(), { id: 'u', projectId: 'other' }, owner, policy));
    expect(state.projectIds).toEqual(['project-jx', 'other']);
    expect(facts).toMatchObject([
      { type: 'CustomerRoleStarted', projectId: 'other' },
      { type: 'CustomerChanged', changed: ['PROJECTS'], projectIds: ['project-jx', 'other'] },
    ]);
  });

  rule.each(customerRoleKinds)('DIR-02', '%s says who pays the management fee only in a tenancy', (role) => {
    const silent = startRole(aCustomer(), unit, { ...owner, role }, policy);
    const clause = startRole(aCustomer(), unit, { ...owner, role, feePayer: 'OWNER' }, policy);
    if (role === 'TENANT') {
      expect(problemsOf(silent)).toEqual(['feePayer REQUIRED']);
      expect(accepted(clause).facts).toMatchObject([{ feePayer: 'OWNER' }]);
    } else {
      expect(accepted(silent).facts).toMatchObject([{ feePayer: null }]);
      expect(problemsOf(clause)).toEqual(['feePayer NOT_APPLICABLE']);
    }
  });

  rule('DIR-02', 'everything that is wrong is named at once', () => {
    const wrong = { roleId: 'r', role: 'KING', from: '2026-02-30', feePayer: 'BANK' };
    expect(problemsOf(startRole(aCustomer(), unit, wrong, policy))).toEqual([
      'role UNKNOWN_VALUE',
      'feePayer NOT_APPLICABLE',
      'from FORMAT',
    ]);
    const backwards = { ...tenant, to: '2025-12-31' };
    expect(problemsOf(startRole(aCustomer(), unit, backwards, policy))).toEqual(['to OUT_OF_RANGE']);
  });

  rule.each([
    { from: '2026-06-01', to: null, held: true },
    { from: '2026-12-31', to: null, held: true },
    { from: '2025-06-01', to: '2026-01-01', held: true },
    { from: '2025-06-01', to: null, held: true },
    { from: '2025-06-01', to: '2025-12-31', held: false },
    { from: '2027-01-01', to: null, held: false },
  ])('DIR-02', 'a lease of 2026 and one from $from to $to: the same twice is $held', ({ from, to, held }) => {
    const { state } = accepted(startRole(aCustomer(), unit, tenant, policy));
    const second = startRole(state, unit, { ...tenant, roleId: 'r-3', from, to }, policy);
    if (held) {
      expect(refusal(second)).toEqual({
        code: 'CUSTOMER_ROLE_ALREADY_HELD',
        data: { roleId: 'r-2', from: '2026-01-01', to: '2026-12-31' },
      });
    } else {
      expect(accepted(second).state.roles).toHaveLength(2);
    }
  });

  rule('DIR-02', 'different roles on one unit, and one role on several units, go together', () => {
    const { state } = accepted(startRole(aCustomer(), unit, owner, policy));
    expect(
      accepted(startRole(state, unit, { ...owner, roleId: 'r', role: 'OCCUPANT' }, policy)).state.roles,
    ).toHaveLength(2);
    const other = { id: 'other', projectId: unit.projectId };
    expect(accepted(startRole(state, other, { ...owner, roleId: 'r' }, policy)).state.roles).toHaveLength(2);
  });

  rule('DIR-02', 'a role ends on its last day and stays on record', () => {
    const { state } = accepted(startRole(aCustomer(), unit, owner, policy));
    const ended = accepted(endRole(state, { roleId: 'r-1', to: '2026-03-01' }, policy));
    expect(ended.facts).toMatchObject([
      { type: 'CustomerRoleEnded', roleId: 'r-1', from: '2020-05-01', to: '2026-03-01' },
    ]);
    expect(rolesOn(ended.state, '2026-03-01')).toHaveLength(1);
    expect(rolesOn(ended.state, '2026-03-02')).toEqual([]);
    expect(ended.state.roles).toHaveLength(1);
  });

  rule('DIR-02', 'a lease can end early, but not after it has ended, nor before it began', () => {
    const { state } = accepted(startRole(aCustomer(), unit, tenant, policy));
    expect(accepted(endRole(state, { roleId: 'r-2', to: '2026-06-30' }, policy)).state.roles[0]!.to).toBe(
      '2026-06-30',
    );
    for (const to of ['2026-12-31', '2027-03-31']) {
      expect(refusal(endRole(state, { roleId: 'r-2', to }, policy))).toEqual({
        code: 'CUSTOMER_ROLE_ALREADY_ENDED',
        data: { roleId: 'r-2', to: '2026-12-31' },
      });
    }
    const oneDay = accepted(endRole(state, { roleId: 'r-2', to: '2026-01-01' }, policy)).state;
    expect(oneDay.roles[0]).toMatchObject({ from: '2026-01-01', to: '2026-01-01' });
    expect(problemsOf(endRole(state, { roleId: 'r-2', to: '2025-12-31' }, policy))).toEqual([
      'to OUT_OF_RANGE',
    ]);
    expect(refusal(endRole(state, { roleId: 'x', to: '2026-06-30' }, policy)).code).toBe(
      'CUSTOMER_ROLE_NOT_FOUND',
    );
  });

  rule('DIR-02', 'whatever starts and ends, nobody holds one role on one unit twice on the same day', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-03-${String(number).padStart(2, '0')}`);
    const step = fc.record({
      role: fc.constantFrom('OWNER', 'FAMILY'),
      from: day,
      to: fc.option(day),
      probe: day,
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let state = aCustomer();
        steps.forEach(({ role, from, to }, index) => {
          const decision = startRole(state, unit, { roleId: `r-${index}`, role, from, to }, policy);
          if (decision.outcome === 'accepted') state = decision.state;
        });
        for (const { probe } of steps) {
          const held = rolesOn(state, probe).map(({ role }) => role);
          expect(new Set(held).size).toBe(held.length);
        }
      }),
    );
  });
});
