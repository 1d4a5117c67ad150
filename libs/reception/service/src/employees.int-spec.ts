// The graph's answers are as loose here as a client sees them.
/* eslint-disable @typescript-eslint/no-unsafe-member-access */
import type { Principal } from '@anju/access';
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { introduceParties, owned, owner, signedSlip } from './testing/desk-parties';
import { TestDesk, at, customer, home, jinxiu, staff } from './testing/test-desk';

const { zhouMin, liQiang } = staff;

interface Giving {
  readonly command: string;
  readonly field: string;
  readonly position: string;
  readonly rules: string;
  readonly who: Principal;
  /** The command's input but for the employee, on things made for it. */
  readonly on: (desk: TestDesk) => Promise<object>;
}

async function leak(desk: TestDesk): Promise<string> {
  const contact = await desk.done(zhouMin, 'recordInteraction', {
    projectId: jinxiu,
    channel: 'PHONE',
    customerId: customer.wangXiulan,
    unitId: home.wangXiulan,
    content: '厨房水龙头漏水',
    facts: { matter: 'FAULT' },
  });
  await desk.done(zhouMin, 'confirmInteractionClass', { interactionId: contact.id });
  return contact.id as string;
}

const tap = {
  fault: '漏水',
  place: '厨房',
  appointment: { fromAt: at('2026-03-02 15:00'), toAt: at('2026-03-02 16:00') },
};

/** Every command by which work is given to an employee, or by which one is told. */
const givings: readonly Giving[] = [
  {
    command: 'offerInteractionHandover',
    field: 'toStaffId',
    position: 'FRONT_DESK',
    rules: 'REC-03',
    who: zhouMin,
    on: async (desk) => ({ interactionId: await leak(desk) }),
  },
  {
    command: 'issueWorkOrder',
    field: 'technicianId',
    position: 'TECHNICIAN',
    rules: 'REC-10',
    who: zhouMin,
    on: async (desk) => ({ interactionId: await leak(desk), ...tap }),
  },
  {
    command: 'acceptWorkOrder',
    field: 'technicianId',
    position: 'TECHNICIAN',
    rules: 'REC-10',
    who: liQiang,
    on: async (desk) => {
      const order = await desk.done(zhouMin, 'issueWorkOrder', { interactionId: await leak(desk), ...tap });
      return { workOrderId: order.id as string };
    },
  },
  {
    command: 'informDirector',
    field: 'directorId',
    position: 'OFFICE_DIRECTOR',
    rules: 'REC-36',
    who: zhouMin,
    on: async (desk) => ({ releaseSlipId: await signedSlip(desk, owned, owner) }),
  },
];

describe('employees who have left', () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeAll(async () => {
    database = await createTestDatabase('employees');
    desk = await TestDesk.open(database.url, at('2026-03-02 13:10'));
    await introduceParties(desk);
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  for (const { command, field, position, rules, who, on } of givings) {
    rule(rules, `are given nothing more by ${command}; asked again, it gives its first answer`, async () => {
      const employee = await desk.employ(`employee of ${command}`, position);
      const input = { ...(await on(desk)), [field]: employee };
      const again = { ...input, idempotencyKey: `given by ${command}` };
      const first = await desk.done(who, command, again, 'version');
      await desk.dismiss(employee);
      expect(await desk.command(who, command, again, 'version')).toEqual(first);
      await expect(desk.command(who, command, input)).rejects.toThrow(`input.${field}: has left`);
      const stranger = { ...input, [field]: staff.stranger.staffId };
      await expect(desk.command(who, command, stranger)).rejects.toThrow(
        `input.${field}: is not known in this project`,
      );
    });
  }
});
