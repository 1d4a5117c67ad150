import { rule } from '@anju/testing';
import { permissions, permissionsByRole, roleGrants } from './permissions';
import type { Permission } from './permissions';
import {
  SYSTEM_STAFF_ID,
  mayAnywhere,
  mayEverywhere,
  mayIn,
  projectScope,
  systemPrincipal,
} from './principal';
import type { Principal, RoleGrant } from './principal';
import { isRole, roles } from './roles';
import type { Role } from './roles';

const all = Object.keys(permissions) as Permission[];
const granted = (role: Role): readonly Permission[] => permissionsByRole[role];

function someone(...grants: RoleGrant[]): Principal {
  return {
    kind: 'STAFF',
    staffId: '019ca000-0000-7000-8000-000000000001',
    account: 'someone',
    roles: grants,
  };
}

describe('the table of permissions', () => {
  it.each(roles)('gives %s something, and nothing twice', (role) => {
    expect(granted(role).length).toBeGreaterThan(0);
    expect(new Set(granted(role)).size).toBe(granted(role).length);
  });

  it.each(all)('gives %s to somebody', (permission) => {
    expect(roles.filter((role) => roleGrants(role, permission))).not.toEqual([]);
  });

  it.each(roles)('lets %s see whatever he may act on', (role) => {
    // Filing is open to all; an import, and what belongs to the platform, show their own result only.
    const withoutReading = ['complaints.complaint.file', 'directory.import', 'insights.metrics.rebuild'];
    for (const permission of granted(role)) {
      const thing = permission.slice(0, permission.lastIndexOf('.'));
      const reading = `${thing}.read`;
      if (withoutReading.includes(permission) || !all.includes(reading as Permission)) continue;
      expect(granted(role)).toContain(reading);
    }
  });

  rule.each(roles)('CMP-15', '%s may pass on a complaint', (role) => {
    expect(roleGrants(role, 'complaints.complaint.file')).toBe(true);
  });

  rule('INS-04', 'a BI reader sees metrics, a report that is made of such figures, and nothing else', () => {
    expect([...granted('BI_READER')].sort()).toEqual([
      ...['complaints.complaint.file', 'complaints.report.read', 'insights.metrics.read'],
    ]);
  });

  rule(
    'DIR-05',
    'phones and identity numbers are unmasked by those who serve the customer, nobody else',
    () => {
      expect(roles.filter((role) => roleGrants(role, 'directory.customer.reveal'))).toEqual([
        'FRONT_DESK',
        'SERVICE_SPECIALIST',
        'SERVICE_SUPERVISOR',
        'OFFICE_DIRECTOR',
        'PROPERTY_CONSULTANT',
        'SIGNING_SPECIALIST',
        'MORTGAGE_SPECIALIST',
        'TITLE_SPECIALIST',
        'SALES_MANAGER',
      ]);
    },
  );

  rule('DIR-05', 'who runs the platform sees no customers', () => {
    expect(
      granted('ADMINISTRATOR').filter((permission) => permission.startsWith('directory.customer.')),
    ).toEqual([]);
  });

  rule(
    'REC-13',
    'the signatures of a liaison form are the director’s and the developer’s, never one role’s',
    () => {
      expect(roles.filter((role) => roleGrants(role, 'reception.rectification.verify'))).toEqual([
        'OFFICE_DIRECTOR',
      ]);
      expect(roles.filter((role) => roleGrants(role, 'reception.rectification.sign'))).toEqual([
        'DEVELOPER_PROJECT_DEPARTMENT',
      ]);
    },
  );

  rule('REC-38', 'the guard redeems release slips and does not issue them', () => {
    expect(roles.filter((role) => roleGrants(role, 'reception.releaseSlip.redeem'))).toEqual(['LOBBY_GUARD']);
    expect(roleGrants('LOBBY_GUARD', 'reception.releaseSlip.issue')).toBe(false);
  });

  rule(
    'REC-35',
    'receipts are cancelled by finance or the supervisor, not by the desk that took the money',
    () => {
      expect(roles.filter((role) => roleGrants(role, 'reception.payment.cancel'))).toEqual([
        'SERVICE_SUPERVISOR',
        'FINANCE',
      ]);
    },
  );

  rule('SAL-11', 'a discount beyond the limit is the sales manager’s to approve', () => {
    expect(roles.filter((role) => roleGrants(role, 'sales.contract.approveDiscount'))).toEqual([
      'SALES_MANAGER',
    ]);
  });

  rule(
    'SAL-03',
    'payments on a home are entered by finance or the sales manager, not by the consultant',
    () => {
      expect(roles.filter((role) => roleGrants(role, 'sales.sale.recordPayment'))).toEqual([
        'FINANCE',
        'SALES_MANAGER',
      ]);
    },
  );

  it('lets an auditor read everything about the business and change nothing', () => {
    for (const permission of granted('AUDITOR')) {
      expect(permission === 'complaints.complaint.file' || permission.endsWith('read')).toBe(true);
    }
  });
});

describe('roles', () => {
  it('are known by their id only', () => {
    expect(isRole('LOBBY_GUARD')).toBe(true);
    expect(['lobby_guard', 'GARDENER', '', 'toString', '__proto__'].filter(isRole)).toEqual([]);
  });
});

describe('a principal', () => {
  const desk = (projectIds: RoleGrant['projectIds']): RoleGrant => ({ role: 'FRONT_DESK', projectIds });

  it('holds a permission in the projects of the roles that carry it', () => {
    const principal = someone(
      desk(['p1', 'p2']),
      { role: 'SERVICE_SPECIALIST', projectIds: ['p2', 'p3'] },
      {
        role: 'LOBBY_GUARD',
        projectIds: 'ALL',
      },
    );
    expect(projectScope(principal, 'reception.interaction.record')).toEqual(['p1', 'p2', 'p3']);
    expect(projectScope(principal, 'reception.shift.handle')).toEqual(['p1', 'p2']);
    expect(projectScope(principal, 'reception.releaseSlip.redeem')).toBe('ALL');
    expect(projectScope(principal, 'reception.rectification.verify')).toEqual([]);
  });

  it('may act in his projects and in no other', () => {
    const principal = someone(desk(['p1']));
    expect(mayIn(principal, 'reception.interaction.record', 'p1')).toBe(true);
    expect(mayIn(principal, 'reception.interaction.record', 'p2')).toBe(false);
    expect(mayAnywhere(principal, 'reception.interaction.record')).toBe(true);
    expect(mayEverywhere(principal, 'reception.interaction.record')).toBe(false);
    expect(mayAnywhere(principal, 'platform.clock.move')).toBe(false);
    expect(mayEverywhere(someone(desk('ALL')), 'reception.interaction.record')).toBe(true);
  });

  it('without roles, or with a role for no project, may do nothing', () => {
    for (const principal of [someone(), someone(desk([]))]) {
      expect(all.filter((permission) => mayAnywhere(principal, permission))).toEqual([]);
    }
  });
});

describe('the platform itself', () => {
  it('acts in every project under a name of its own', () => {
    const principal = systemPrincipal('deadlines');
    expect(principal).toMatchObject({
      kind: 'SYSTEM',
      staffId: SYSTEM_STAFF_ID,
      account: 'system:deadlines',
    });
    expect(mayIn(principal, 'reception.workOrder.issue', 'any')).toBe(true);
  });

  rule('DIR-05', 'the platform itself unmasks nothing: somebody answers for every purpose', () => {
    expect(mayAnywhere(systemPrincipal('deadlines'), 'directory.customer.reveal')).toBe(false);
  });
});
