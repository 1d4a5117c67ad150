import type { Principal, Role } from '@anju/access';
import { elsewhere, idOf, jinxiu, staff, type Answer, type TestDesk } from './test-desk';

function person(name: string, role: Role, projectId: string): Principal {
  const roles = [{ role, projectIds: [projectId] }];
  return { kind: 'STAFF', staffId: idOf(name), account: role.toLowerCase(), roles };
}

/** Whom the counter's business needs besides. */
export const counter = {
  finance: person('财务', 'FINANCE', jinxiu),
  secondGuard: person('second guard', 'LOBBY_GUARD', jinxiu),
  financeElsewhere: person('finance elsewhere', 'FINANCE', elsewhere),
  guardElsewhere: person('guard elsewhere', 'LOBBY_GUARD', elsewhere),
};

export const rented = idOf('1-1-0501');
export const owned = idOf('1-1-0601');
export const wuGang = idOf('吴刚');
export const landlord = idOf("吴刚's landlord");
export const owner = idOf('an owner with arrears');
export const passerBy = idOf('a customer without a role');

async function role(
  desk: TestDesk,
  customerId: string,
  unitId: string,
  what: 'OWNER' | 'TENANT',
  feePayer: string | null,
): Promise<void> {
  await desk.know('customerRole', idOf(`${customerId} ${unitId}`), [jinxiu], {
    customerId,
    unitId,
    role: what,
    from: '2024-05-01',
    to: null,
    feePayer,
  });
}

/** Tells the service of 吴刚, who rents 1-1-0501 and pays its fees, and of the owner of 1-1-0601. */
export async function introduceParties(desk: TestDesk): Promise<void> {
  for (const [unitId, home] of [
    [rented, '1-1-0501'],
    [owned, '1-1-0601'],
  ] as const) {
    await desk.know('unit', unitId, [jinxiu], {
      buildingId: idOf('building 1'),
      home,
      status: 'HANDED_OVER',
      warrantyEndsOn: null,
    });
  }
  for (const customerId of [wuGang, landlord, owner, passerBy]) {
    await desk.know('customer', customerId, [jinxiu], { kind: 'PERSON', mergedIntoId: null });
  }
  await role(desk, landlord, rented, 'OWNER', null);
  await role(desk, wuGang, rented, 'TENANT', 'TENANT');
  await role(desk, owner, owned, 'OWNER', null);
}

/** Charges a fee that is owed since the month's last day; 180.00 unless told. */
export function charge(desk: TestDesk, unitId: string, month: string, amount = '180.00'): Promise<Answer> {
  const fees = [{ unitId, amount }];
  const input = { projectId: jinxiu, month, dueAt: `${month}-28T00:00:00+08:00`, fees };
  return desk.done(counter.finance, 'chargeManagementFees', input, 'charged { amount }');
}

export function pay(amount: string, change: object = {}): object {
  const parties = { projectId: jinxiu, unitId: rented, payerId: wuGang };
  return { ...parties, amount, method: 'CASH', financeAway: true, ...change };
}

/** A slip that lacks nothing but what a test leaves out. */
export async function signedSlip(
  desk: TestDesk,
  unitId: string,
  applicantId: string,
  goods = [{ description: '沙发', quantity: 1 }],
): Promise<string> {
  const { zhouMin } = staff;
  const application = { projectId: jinxiu, unitId, applicantId, goods, identityCopied: true };
  const { id } = await desk.done(zhouMin, 'applyForRelease', application);
  await desk.done(zhouMin, 'signReleaseSlip', { releaseSlipId: id, signedById: applicantId });
  return id;
}
