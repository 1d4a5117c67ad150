import type { Principal, Role } from '@anju/access';
import { PolicyVersions1764900000000 } from '@anju/commands';
import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { commandSource, iso, staff, type Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

const versionFields = `
  id version number projectId basedOn reason draftedBy draftedAt putInForceBy inForceSinceAt standing
  values { hotGroupSize majorGroupSize responseWorkingDays reportRecipients topics { code } }
  history { command actor from to reason }
`;

/** Somebody who holds a role in all projects. */
function ofAll(role: Role): Principal {
  return { ...staff(role), roles: [{ role, projectIds: 'ALL' }] };
}

describe('the policy of the complaint rules', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  const everywhere = ofAll('ADMINISTRATOR');

  beforeEach(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  const manager = () => staff('PROJECT_MANAGER', desk.ours);

  function command(who: Principal, name: string, input: Row): Promise<Row> {
    const refusals = name.startsWith('put')
      ? '... on PolicyDraftOutdated { draftBasedOn inForce } ... on PolicyAlreadyInForce { number inForceSinceAt }'
      : '';
    const source = commandSource(name, `... on ComplaintPolicyVersion { ${versionFields} } ${refusals}`);
    return desk.read(who, source, { input }).then((data) => data[name] as Row);
  }

  const draft = (values: Row, projectId: string | null = null, who = everywhere, more: Row = {}) =>
    command(who, 'draftComplaintPolicy', { projectId, values, reason: 'As agreed on Monday.', ...more });

  const putInForce = (id: unknown, who = everywhere, more: Row = {}) =>
    command(who, 'putComplaintPolicyInForce', { id, ...more });

  async function change(values: Row, projectId: string | null = null): Promise<Row> {
    const answer = await putInForce((await draft(values, projectId))['id']);
    if (answer['code']) throw new Error(JSON.stringify(answer));
    return answer;
  }

  async function inForce(projectId: string | null, who = everywhere): Promise<Row | null> {
    const { complaintPolicy } = await desk.read(
      who,
      `query($id: ID) { complaintPolicy(projectId: $id) { version organisationNumber projectNumber
         policy { hotGroupSize majorGroupSize responseWorkingDays unreachableAfterDays topics { code zh en } causeClassNames { CLASS_1 { zh } } } } }`,
      { id: projectId },
    );
    return complaintPolicy as Row | null;
  }

  rule(
    ['CMP-02', 'CMP-13'],
    'a draft changes nothing until it comes in force, and both are kept',
    async () => {
      const drafted = await draft({ hotGroupSize: 4 });
      expect(drafted).toMatchObject({
        ...{ number: null, projectId: null, basedOn: 0, reason: 'As agreed on Monday.', standing: 'DRAFT' },
        ...{ draftedBy: everywhere.staffId, draftedAt: iso('2026-03-02 10:00') },
        ...{ putInForceBy: null, inForceSinceAt: null },
        values: { hotGroupSize: 4, majorGroupSize: null, topics: null },
      });
      expect(await inForce(null)).toMatchObject({
        version: 0,
        policy: { hotGroupSize: 3, majorGroupSize: 10 },
      });
      await desk.until('2026-03-02 11:00');
      const quality = ofAll('QUALITY_CENTRE');
      expect(await putInForce(drafted['id'], quality)).toMatchObject({
        ...{ number: 1, standing: 'IN_FORCE', putInForceBy: quality.staffId },
        inForceSinceAt: iso('2026-03-02 11:00'),
        history: [
          { command: 'draftComplaintPolicy', from: null, to: 'DRAFT', reason: 'As agreed on Monday.' },
          { command: 'putComplaintPolicyInForce', actor: quality.staffId, from: 'DRAFT', to: 'IN_FORCE' },
        ],
      });
      expect(await inForce(desk.ours)).toMatchObject({
        ...{ version: 1, organisationNumber: 1, projectNumber: 0 },
        policy: { hotGroupSize: 4, causeClassNames: { CLASS_1: { zh: '一类：物业服务' } } },
      });
      expect(await desk.published(drafted['id'] as string)).toMatchObject([
        {
          type: 'complaint-policy-changed.v1',
          data: { projectId: null, number: 1, changed: ['hotGroupSize'], at: iso('2026-03-02 11:00') },
        },
      ]);
      await expect(desk.rows(`update policy_version set reason = 'Another.'`)).rejects.toThrow(
        'never changed',
      );
    },
  );

  rule(
    'CMP-02',
    'a project has its own above the organisation’s, and one version that only grows',
    async () => {
      await change({ hotGroupSize: 4, majorGroupSize: 20 });
      await change({ hotGroupSize: 2 }, desk.ours);
      expect(await inForce(desk.ours)).toMatchObject({
        ...{ version: 2, organisationNumber: 1, projectNumber: 1 },
        policy: { hotGroupSize: 2, majorGroupSize: 20 },
      });
      expect(await inForce(desk.theirs)).toMatchObject({ version: 1, policy: { hotGroupSize: 4 } });
      await change({ majorGroupSize: 30 });
      expect(await inForce(desk.ours)).toMatchObject({
        version: 3,
        policy: { hotGroupSize: 2, majorGroupSize: 30 },
      });
      expect(await inForce(desk.theirs)).toMatchObject({ version: 2, policy: { hotGroupSize: 3 } });
      const { id } = await desk.file(2);
      expect(await desk.case(id)).toMatchObject({ severity: 'HOT' });
    },
  );

  rule('CMP-02', 'all that is wrong with a draft is named at once, and nothing is written', async () => {
    const values = {
      ...{ hotGroupSize: 1, responseWorkingDays: 31, reportRecipients: [], hotAfterDays: 28 },
      topics: [{ code: 'lift', zh: '电梯', en: 'Lift' }],
    };
    await expect(draft(values)).rejects.toMatchObject({
      extensions: {
        code: 'BAD_USER_INPUT',
        problems: [
          { field: 'input.values.hotGroupSize', problem: 'OUT_OF_RANGE', expected: '2…1000' },
          { field: 'input.values.responseWorkingDays', problem: 'OUT_OF_RANGE', expected: '1…30' },
          { field: 'input.values.reportRecipients', problem: 'REQUIRED' },
          { field: 'input.values.topics.0.code', problem: 'FORMAT' },
          { field: 'input.values.hotAfterDays', problem: 'CONTRADICTS' },
        ],
      },
    });
    await expect(draft({ hotGroupSize: 12 })).rejects.toMatchObject({
      extensions: { problems: [{ field: 'input.values.hotGroupSize', problem: 'CONTRADICTS' }] },
    });
    expect(await draft({ hotGroupSize: 4 }, null, everywhere, { reason: ' ' })).toMatchObject({
      code: 'POLICY_REASON_MISSING',
    });
    expect(await draft({})).toMatchObject({ code: 'POLICY_DRAFT_CHANGES_NOTHING' });
    expect(await desk.rows('select from policy_version')).toEqual([]);
  });

  rule('CMP-02', 'of two who put other drafts in force at once, one drafts anew', async () => {
    const drafts = await Promise.all([draft({ hotGroupSize: 4 }), draft({ hotGroupSize: 5 })]);
    const answers = await Promise.all(drafts.map(({ id }) => putInForce(id)));
    const refused = answers.filter((answer) => answer['code']);
    expect(refused).toMatchObject([{ code: 'POLICY_DRAFT_OUTDATED', draftBasedOn: 0, inForce: 1 }]);
    const [winner] = answers.filter((answer) => !answer['code']);
    expect(await putInForce(winner!['id'])).toMatchObject({ code: 'POLICY_ALREADY_IN_FORCE', number: 1 });
    const standings = await desk.read(
      everywhere,
      `{ complaintPolicyVersions { totalCount nodes { standing number } } }`,
    );
    expect(standings['complaintPolicyVersions']).toMatchObject({
      totalCount: 2,
      nodes: expect.arrayContaining([
        { standing: 'IN_FORCE', number: 1 },
        { standing: 'OUTDATED', number: null },
      ]) as unknown,
    });
  });

  it('does nothing twice with one key, and tells of a lost race', async () => {
    const key = { idempotencyKey: 'draft-1' };
    const [one, two] = await Promise.all([
      draft({ hotGroupSize: 4 }, null, everywhere, key),
      draft({ hotGroupSize: 4 }, null, everywhere, key),
    ]);
    expect(two).toEqual(one);
    await expect(putInForce(one['id'], everywhere, { expectedVersion: 7 })).rejects.toMatchObject({
      extensions: { code: 'CONFLICT' },
    });
    const again = { expectedVersion: 1, idempotencyKey: 'force-1' };
    expect(await putInForce(one['id'], everywhere, again)).toEqual(
      await putInForce(one['id'], everywhere, again),
    );
    expect(await desk.published(one['id'] as string)).toHaveLength(1);
  });

  rule(
    'CMP-13',
    'who may do what: a project’s manager drafts for his project and puts nothing in force',
    async () => {
      const own = await draft({ hotGroupSize: 4 }, desk.ours, manager());
      expect(own).toMatchObject({ projectId: desk.ours, standing: 'DRAFT' });
      const forbidden = { extensions: { code: 'FORBIDDEN' } };
      await expect(putInForce(own['id'], manager())).rejects.toMatchObject(forbidden);
      await expect(draft({ hotGroupSize: 4 }, null, manager())).rejects.toMatchObject(forbidden);
      await expect(draft({ hotGroupSize: 4 }, desk.theirs, manager())).rejects.toMatchObject(forbidden);
      await expect(draft({ hotGroupSize: 4 }, desk.ours, desk.lin)).rejects.toMatchObject(forbidden);
      const local = staff('QUALITY_CENTRE', desk.theirs);
      await expect(putInForce(own['id'], local)).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
      await expect(draft({ hotGroupSize: 4 }, null, local)).rejects.toMatchObject(forbidden);
      expect(await putInForce(own['id'], staff('QUALITY_CENTRE', desk.ours))).toMatchObject({ number: 1 });
      await expect(draft({ hotGroupSize: 4 }, newId())).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', problems: [{ field: 'input.projectId' }] },
      });
    },
  );

  it('shows nobody what another project has of its own', async () => {
    await change({ hotGroupSize: 2 }, desk.ours);
    expect(await inForce(desk.ours, desk.stranger)).toBeNull();
    expect(await inForce(null, desk.stranger)).toMatchObject({ version: 0 });
    const { complaintPolicyVersions } = await desk.read(
      desk.stranger,
      `query($id: ID) { complaintPolicyVersions(projectId: $id) { totalCount nodes { id } } }`,
      { id: desk.ours },
    );
    expect(complaintPolicyVersions).toEqual({ totalCount: 0, nodes: [] });
  });

  rule('CMP-12', 'a version that was stored before a number was there has it as it is built in', async () => {
    await change({ dissatisfiedUpTo: 3 }, desk.ours);
    expect(await inForce(desk.ours)).toMatchObject({ version: 1, policy: { unreachableAfterDays: 3 } });
    await change({ dissatisfiedUpTo: 3, unreachableAfterDays: 1 }, desk.ours);
    const { id, customerIds } = await desk.file(1);
    await desk.acknowledge(id);
    await desk.respond(id);
    await desk.resolve(id);
    const tried = { id, customerId: customerIds[0], channel: 'PHONE', obstacle: 'NO_ANSWER' };
    await desk.done(desk.lin, 'recordReturnVisitAttempt', tried);
    await desk.done(desk.lin, 'closeComplaint', { id });
  });

  it('takes over what was set before versions were kept', async () => {
    const migration = new PolicyVersions1764900000000();
    const runner = desk.service.dataSource.createQueryRunner();
    await migration.down(runner);
    await runner.query(
      `insert into policy_override (id, project_id, values, status, version, created_at, updated_at)
       values ($1, $2, '{"hotGroupSize": 2}', 'ACTIVE', 3, now(), now())`,
      [newId(), desk.ours],
    );
    await migration.up(runner);
    await runner.release();
    expect(await inForce(desk.ours)).toMatchObject({ version: 1, policy: { hotGroupSize: 2 } });
    expect(await change({ hotGroupSize: 3 }, desk.ours)).toMatchObject({ number: 2, basedOn: 1 });
  });
});
