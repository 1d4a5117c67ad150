import type { Principal, Role } from '@anju/access';
import { elsewhere, idOf, jinxiu, staff, type TestDesk } from './test-desk';

/** What the graph answers, by field. */
export interface Thing {
  readonly id: string;
  readonly [field: string]: unknown;
}

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

/** A command that has to be carried out. @param selection of the thing's fields besides its id */
export async function done(
  desk: TestDesk,
  who: Principal,
  name: string,
  input: object,
  selection = '',
): Promise<Thing> {
  return (await desk.done(who, name, input, selection)) as Thing;
}

/** The refusal of a command, with the fields of its own type. @param selection such as `... on OwnHandover { staffId }` */
export async function refused(
  desk: TestDesk,
  who: Principal,
  name: string,
  input: object,
  selection = '',
): Promise<Thing> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const source = `mutation($input: ${type}!) {
    ${name}(input: $input) { __typename ... on Refusal { code message } ${selection} } }`;
  const answer = ((await desk.ask(who, source, { input })) as Record<string, Thing>)[name]!;
  if (!answer['code']) throw new Error(`${name} was carried out`);
  return answer;
}

/** One field of a query's answer. */
export async function read<Value = Thing>(
  desk: TestDesk,
  who: Principal,
  source: string,
  variables: object = {},
): Promise<Value> {
  const data = (await desk.ask(who, source, variables)) as Record<string, Value>;
  return Object.values(data)[0]!;
}

/** Charges a fee that is owed since the month's 28th; 180.00 unless told. */
export function charge(desk: TestDesk, unitId: string, month: string, amount = '180.00'): Promise<Thing> {
  const fees = [{ unitId, amount }];
  const input = { projectId: jinxiu, month, dueAt: `${month}-28T00:00:00+08:00`, fees };
  return done(desk, counter.finance, 'chargeManagementFees', input);
}

/** A payment of 吴刚 for himself, in cash at the desk, unless told. */
export function payment(amount: string, change: object = {}): object {
  const parties = { projectId: jinxiu, unitId: rented, payerId: wuGang };
  return { ...parties, amount, method: 'CASH', financeAway: true, ...change };
}

/** What the owner of 吴刚's home answers; he consents unless told. */
export function call(releaseSlipId: string, change: object = {}): object {
  const answers = { knowsOfMove: true, rentOwed: false, ownersThingsOnList: false, consents: true };
  return { releaseSlipId, ownerId: landlord, ...answers, ...change };
}

/** The id of an application with goods, identity copy and signature. */
export async function signedSlip(desk: TestDesk, unitId: string, applicantId: string): Promise<string> {
  const goods = [
    { description: '电视', quantity: 1 },
    { description: '椅子', quantity: 4 },
  ];
  const application = { projectId: jinxiu, unitId, applicantId, goods, identityCopied: true };
  const { id } = await done(desk, staff.zhouMin, 'applyForRelease', application);
  await done(desk, staff.zhouMin, 'signReleaseSlip', { releaseSlipId: id, signedById: applicantId });
  return id;
}

/** All goods of `signedSlip`, as the guard finds them. */
export const allThere = [
  { line: 1, found: 1 },
  { line: 2, found: 4 },
];

/** The id of a shift that somebody opens. */
export async function shiftOf(desk: TestDesk, who: Principal, reason?: string): Promise<string> {
  return (await done(desk, who, 'openShift', { projectId: jinxiu, reason })).id;
}

/** The code of a command's answer, or `DONE`. */
export async function outcomeOf(
  desk: TestDesk,
  who: Principal,
  name: string,
  input: object,
): Promise<string> {
  const answer = (await desk.command(who, name, input)) as { code?: string };
  return answer.code ?? 'DONE';
}
