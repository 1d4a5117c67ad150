import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import type { Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

const thanks = { channel: 'PHONE', thanksGiven: true };
const toEquipment = { responsibleDepartment: 'EQUIPMENT' };

/** Every command by which a case is given to an employee. */
const givings = [
  { command: 'acknowledgeComplaint', input: { ...thanks, ...toEquipment }, done: false },
  { command: 'assignComplaint', input: toEquipment, done: true },
];

describe('who is given a complaint', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;

  beforeAll(async () => {
    database = await createTestDatabase('complaint handlers');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:05');
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function employee(change: Row = {}): Promise<string> {
    const staffId = newId();
    await desk.employ(staffId, desk.ours, true, change);
    return staffId;
  }

  async function caseFor(acknowledged: boolean): Promise<string> {
    const { id } = await desk.file(1);
    if (acknowledged) await desk.acknowledge(id);
    return id;
  }

  const problem = (field: string, said: string): Row => ({
    extensions: { code: 'BAD_USER_INPUT', problems: [{ field, problem: said }] },
  });

  for (const { command, input, done } of givings) {
    rule(
      'CMP-04',
      `${command} gives nothing to those who have left; asked again, it gives its first answer`,
      async () => {
        const handlerId = await employee();
        const id = await caseFor(done);
        const again = { ...input, id, handlerId, idempotencyKey: `given by ${command}` };
        const first = await desk.done(desk.lin, command, again);
        await desk.employ(handlerId, desk.ours, false);
        expect(await desk.command(desk.lin, command, again)).toEqual(first);
        const other = { ...input, id: await caseFor(done), handlerId };
        await expect(desk.command(desk.lin, command, other)).rejects.toMatchObject(
          problem('input.handlerId', 'has left'),
        );
      },
    );

    rule('CMP-04', `${command} gives nothing to those who do not handle complaints`, async () => {
      const id = await caseFor(done);
      const handlerId = await employee({ departmentCode: 'QUALITY_CENTRE', position: 'BI_READER' });
      await expect(desk.command(desk.lin, command, { ...input, id, handlerId })).rejects.toMatchObject({
        ...problem('input.handlerId', 'does not handle complaints as BI_READER'),
        message: expect.stringContaining('SERVICE_SPECIALIST, SERVICE_SUPERVISOR') as string,
      });
      const stranger = { ...input, id, handlerId: desk.stranger.staffId };
      await expect(desk.command(desk.lin, command, stranger)).rejects.toMatchObject(
        problem('input.handlerId', 'is not known in this project'),
      );
      const specialist = await employee({ position: 'SERVICE_SPECIALIST' });
      await desk.done(desk.lin, command, { ...input, id, handlerId: specialist });
    });

    rule('CMP-04', `${command} gives nothing to a department that nobody works in`, async () => {
      const id = await caseFor(done);
      const handlerId = await employee();
      const nowhere = { ...input, id, handlerId, responsibleDepartment: 'MOON' };
      await expect(desk.command(desk.lin, command, nowhere)).rejects.toMatchObject({
        ...problem('input.responsibleDepartment', 'is no department that serves this project'),
        message: expect.stringContaining('CUSTOMER_SERVICE, EQUIPMENT') as string,
      });
    });
  }

  rule('CMP-04', 'a case whose handler has left is not acknowledged in his name', async () => {
    const handlerId = await employee();
    const { id } = await desk.file(1);
    await desk.done(desk.lin, 'assignComplaint', { id, ...toEquipment, handlerId });
    await desk.employ(handlerId, desk.ours, false);
    await expect(desk.command(desk.zhou, 'acknowledgeComplaint', { id, ...thanks })).rejects.toMatchObject(
      problem('input.handlerId', 'has left'),
    );
    await desk.done(desk.zhou, 'acknowledgeComplaint', { id, ...thanks, handlerId: desk.li.staffId });
  });

  rule(
    ['CMP-04', 'CMP-13', 'CMP-15'],
    'through whose hands a case went stays to be seen: from whom to whom, when and by whom',
    async () => {
      const [first, second] = [await employee(), await employee()];
      const { id } = await desk.file(1);
      const other = await desk.file(1);
      await desk.done(desk.zhou, 'acknowledgeComplaint', { id, ...thanks, ...toEquipment, handlerId: first });
      await desk.done(desk.lin, 'assignComplaint', {
        ...{ id, responsibleDepartment: 'CUSTOMER_SERVICE', handlerId: second },
      });
      await desk.done(desk.lin, 'nameComplaintStaff', { id, staffIds: [second] });
      await desk.done(desk.lin, 'assignComplaint', { id, ...toEquipment, handlerId: desk.li.staffId });
      const seen = await desk.read(
        desk.lin,
        `{ a: complaint(id: "${id}") { ...Hands } b: complaint(id: "${other.id}") { ...Hands } }
         fragment Hands on Complaint { assignments {
           at by responsibleDepartment previousDepartment handler { id } previousHandler { id } byStaff { id } } }`,
      );
      const hand = (by: string, from: [string | null, string | null], to: [string, string | null]): Row => ({
        ...{ at: desk.clock.now().toISOString(), by, byStaff: { id: by } },
        ...{ previousDepartment: from[0], previousHandler: from[1] && { id: from[1] } },
        ...{ responsibleDepartment: to[0], handler: to[1] && { id: to[1] } },
      });
      const [zhou, lin] = [desk.zhou.staffId, desk.lin.staffId];
      expect(seen).toEqual({
        a: {
          assignments: [
            hand(zhou, [null, null], ['EQUIPMENT', first]),
            hand(lin, ['EQUIPMENT', first], ['CUSTOMER_SERVICE', second]),
            hand(lin, ['CUSTOMER_SERVICE', second], ['CUSTOMER_SERVICE', null]),
            hand(lin, ['CUSTOMER_SERVICE', null], ['EQUIPMENT', desk.li.staffId]),
          ],
        },
        b: { assignments: [] },
      });
    },
  );
});
