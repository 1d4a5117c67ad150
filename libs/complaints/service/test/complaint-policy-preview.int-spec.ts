import type { Principal, Role } from '@anju/access';
import { createTestDatabase, rule, silentLogger, until, type TestDatabase } from '@anju/testing';
import { commandSource, iso, staff, type Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

/** Somebody who holds a role in all projects. */
function ofAll(role: Role): Principal {
  return { ...staff(role), roles: [{ role, projectIds: 'ALL' }] };
}

describe('what a draft of the policy would change', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  const quality = ofAll('QUALITY_CENTRE');

  beforeEach(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  async function command(who: Principal, name: string, input: Row): Promise<Row> {
    const source = commandSource(name, '... on ComplaintPolicyVersion { id }');
    return (await desk.read(who, source, { input }))[name] as Row;
  }

  async function draft(values: Row, projectId: string | null = null, who = quality): Promise<string> {
    const input = { projectId, values, reason: 'To be looked at.' };
    return (await command(who, 'draftComplaintPolicy', input))['id'] as string;
  }

  async function preview(id: string, who = quality, after: string | null = null): Promise<Row> {
    const source = `query($id: ID!, $after: String) { previewComplaintPolicy(draftId: $id, after: $after) {
      open lookedAt changing otherDueTimes otherFields { field count } continueAfter
      examples { subjectId complaint { number } dueTimes { kind fromDueAt toDueAt } fields { field from to } } } }`;
    return (await desk.read(who, source, { id, after }))['previewComplaintPolicy'] as Row;
  }

  rule(
    ['CMP-02', 'CMP-05'],
    'is told case by case, and is then what happens; until then nothing does',
    async () => {
      const { id } = await desk.file(3);
      await desk.classify({
        ...{ projectId: desk.theirs, buildingId: null, customerIds: await desk.customers(1, desk.theirs) },
      });
      const before = await desk.case(id);
      const values = {
        hotGroupSize: 4,
        responseWorkingDays: 2,
        warningHours: { RESPONSE: 0, DEMAND_FORM: 0 },
      };
      const draftId = await draft(values, desk.ours);
      const told = await preview(draftId);
      expect(told).toMatchObject({
        ...{ open: 1, lookedAt: 1, changing: 1, otherDueTimes: 1, continueAfter: null },
        otherFields: [{ field: 'severity', count: 1 }],
        examples: [
          {
            ...{ subjectId: id, complaint: { number: before['number'] } },
            fields: [{ field: 'severity', from: 'HOT', to: 'GENERAL' }],
            dueTimes: expect.arrayContaining([
              { kind: 'RESPONSE', fromDueAt: iso('2026-03-03 10:00'), toDueAt: iso('2026-03-04 10:00') },
              { kind: 'DEMAND_FORM', fromDueAt: iso('2026-03-03 10:00'), toDueAt: null },
            ]) as unknown,
          },
        ],
      });
      expect(await desk.case(id)).toEqual(before);
      expect(await command(quality, 'putComplaintPolicyInForce', { id: draftId })).toMatchObject({
        id: draftId,
      });
      const version = async () => (await desk.case(id))['version'];
      await until('it is computed anew', async () => (await version()) !== before['version']);
      const { deadlines, ...after } = await desk.case(id);
      expect(after).toMatchObject({ severity: 'GENERAL' });
      const responses = (deadlines as { kind: string }[]).filter(({ kind }) => kind === 'RESPONSE');
      expect(responses).toEqual([{ kind: 'RESPONSE', dueAt: iso('2026-03-04 10:00') }]);
      expect(await preview(draftId)).toMatchObject({ changing: 0, examples: [] });
    },
  );

  rule(
    'CMP-03',
    'is told as it will be at once: a case that is too old by the draft becomes hot',
    async () => {
      const { id } = await desk.file(1);
      await desk.until('2026-03-06 12:00');
      const draftId = await draft({ hotAfterDays: 3 });
      expect(await preview(draftId)).toMatchObject({
        otherFields: [{ field: 'severity', count: 1 }],
        examples: [{ subjectId: id, fields: [{ field: 'severity', from: 'GENERAL', to: 'HOT' }] }],
      });
      await command(quality, 'putComplaintPolicyInForce', { id: draftId });
      await until('it has become hot', async () => {
        await desk.until('2026-03-06 12:00');
        return (await desk.case(id))['severity'] === 'HOT';
      });
    },
  );

  rule('CMP-02', 'is looked at by pages, however many cases there are', async () => {
    const { id } = await desk.file(3);
    await desk.rows(
      `insert into complaint
       select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', 'X-' || n))).*
       from complaint c, generate_series(1, 2100) n where c.id = $1`,
      [id],
    );
    const draftId = await draft({ hotGroupSize: 4 });
    const first = await preview(draftId);
    expect(first).toMatchObject({ open: 2101, lookedAt: 2000, changing: 2000, otherDueTimes: 2000 });
    expect(first['examples']).toHaveLength(20);
    const second = await preview(draftId, quality, first['continueAfter'] as string);
    expect(second).toMatchObject({ lookedAt: 101, changing: 101, continueAfter: null });
    await expect(preview(draftId, quality, 'nonsense')).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', problems: [{ field: 'after' }] },
    });
  });

  it('is told to nobody who may not draft there', async () => {
    const own = await draft({ hotGroupSize: 4 }, desk.ours, staff('PROJECT_MANAGER', desk.ours));
    const whole = await draft({ hotGroupSize: 4 });
    const notFound = { extensions: { code: 'NOT_FOUND' } };
    await expect(preview(own, staff('PROJECT_MANAGER', desk.theirs))).rejects.toMatchObject(notFound);
    await expect(preview(whole, staff('PROJECT_MANAGER', desk.ours))).rejects.toMatchObject(notFound);
    await expect(preview(own, desk.lin)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(await preview(own, staff('PROJECT_MANAGER', desk.ours))).toMatchObject({ open: 0 });
    const { id } = await desk.file(3);
    const source = (fields: string): string =>
      `{ previewComplaintPolicy(draftId: "${whole}") { examples { subjectId ${fields} } } }`;
    const administrator = ofAll('ADMINISTRATOR');
    expect(await desk.read(administrator, source(''))).toMatchObject({
      previewComplaintPolicy: { examples: [{ subjectId: id }] },
    });
    await expect(desk.read(administrator, source('complaint { content }'))).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
  });
});
