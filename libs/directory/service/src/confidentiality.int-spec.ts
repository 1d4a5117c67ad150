import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  administrator,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';
import { ImportClient } from '../test/import-client';

/** Every number that the tests below bring in. */
const secrets = [
  '13812349876',
  '83211234',
  '13900001111',
  'E12345678',
  '440106198202020555',
  '13955550001',
  '13966660001',
];
const note = '回电 13977770001';

describe('what is confidential', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let theirs: TestProject;
  let agent: ReturnType<typeof staff>;
  let customerId: string;

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('confidential');
    ours = await registerTestProject(under, 'JX');
    theirs = await registerTestProject(under, 'BH');
    agent = staff('FRONT_DESK', ours.projectId);
    const input = {
      ...{ projectId: ours.projectId, kind: 'PERSON', name: '王秀兰', idempotencyKey: 'register-1' },
      phones: [{ number: '13812349876' }, { number: '0755-83211234' }],
      identityDocuments: [
        { kind: 'PASSPORT', number: 'E12345678' },
        { kind: 'RESIDENT_ID', number: '440106198202020555' },
      ],
    };
    customerId = (await under.command(agent, 'registerCustomer', 'Customer', input)).id;
    const member = {
      id: customerId,
      name: '王小明',
      relation: 'CHILD',
      phone: '13900001111',
      idempotencyKey: 'member-1',
    };
    await under.command(agent, 'addHouseholdMember', 'Customer', member);
    await under.command(agent, 'registerCustomer', 'Customer', { ...input, idempotencyKey: 'register-2' });
    await under.command(administrator, 'registerPartner', 'Partner', {
      ...{
        organisationId: ours.organisationId,
        kind: 'BROADBAND',
        name: '某宽带公司',
        projectIds: [ours.projectId],
      },
      contacts: [{ name: '张三', phone: '13955550001' }],
    });
  });

  afterAll(() => under.close());

  const revealed = `reveal { id at purpose note } phones { kind number } identityDocuments { kind number }
    householdPhones { name relation number }`;

  function reveal(who: typeof agent, more: object = {}): Promise<Record<string, unknown>> {
    const input = { customerId, fields: ['PHONES'], purpose: 'CALL_CUSTOMER', note, ...more };
    return under.command(who, 'revealCustomerData', 'RevealedCustomerData', input, revealed);
  }

  rule(
    'DIR-05',
    'numbers are shown in clear for a purpose only, and only those that were asked for',
    async () => {
      expect(await reveal(agent)).toMatchObject({
        reveal: { purpose: 'CALL_CUSTOMER', note },
        phones: [{ number: '13812349876' }, { number: '075583211234' }],
        ...{ identityDocuments: null, householdPhones: null },
      });
      expect(
        await reveal(agent, {
          fields: ['IDENTITY_DOCUMENTS', 'HOUSEHOLD_PHONES'],
          purpose: 'VERIFY_IDENTITY',
        }),
      ).toMatchObject({
        phones: null,
        identityDocuments: [{ number: 'E12345678' }, { number: '440106198202020555' }],
        householdPhones: [{ name: '王小明', relation: 'CHILD', number: '13900001111' }],
      });
    },
  );

  it.each([
    ['nothing', { fields: [] }],
    ['no note', { note: ' ' }],
  ])('are not shown for %s', async (_what, wrong) => {
    const { errors } = await under.ask(
      agent,
      `mutation($i: RevealCustomerDataInput!) { revealCustomerData(input: $i) { __typename } }`,
      { i: { customerId, fields: ['PHONES'], purpose: 'EMERGENCY', note: 'x', ...wrong } },
    );
    expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
  });

  rule('DIR-05', 'numbers are not shown to those without the right, here or elsewhere', async () => {
    const mutation = `mutation($i: RevealCustomerDataInput!) { revealCustomerData(input: $i) { __typename } }`;
    const i = { customerId, fields: ['PHONES'], purpose: 'EMERGENCY', note: 'x' };
    const codeFor = async (who: typeof agent): Promise<unknown> =>
      (await under.ask(who, mutation, { i })).errors![0]!.extensions['code'];
    expect(await codeFor(staff('GENERAL_MANAGER', ours.projectId))).toBe('FORBIDDEN');
    expect(await codeFor(staff('AUDITOR'))).toBe('FORBIDDEN');
    expect(await codeFor(staff('FRONT_DESK', theirs.projectId))).toBe('NOT_FOUND');
  });

  rule('DIR-05', 'each unmasking is logged: who, whose, what, why, when; and can be reported', async () => {
    const before = under.service.dataSource;
    const again = { idempotencyKey: 'reveal-1', purpose: 'FEE_COLLECTION' };
    await reveal(agent, again);
    await reveal(agent, again);
    const report = `query($f: RevealFilter) { reveals(filter: $f) { totalCount nodes { revealedBy customer { name } fields purpose note at } } }`;
    const read = async (
      who: typeof agent,
      filter: object,
    ): Promise<{ totalCount: number; nodes: object[] }> =>
      (await under.read<{ reveals: { totalCount: number; nodes: object[] } }>(who, report, { f: filter }))
        .reveals;
    const auditor = staff('AUDITOR', ours.projectId);
    const found = await read(auditor, {
      customerId,
      revealedBy: agent.staffId,
      purpose: 'FEE_COLLECTION',
      from: '2026-03-02T00:00:00+08:00',
    });
    // Also the repeated request: it showed the numbers again.
    expect(found.totalCount).toBe(2);
    expect(found.nodes[0]).toEqual({
      ...{
        revealedBy: agent.staffId,
        customer: { name: '王秀兰' },
        fields: ['PHONES'],
        purpose: 'FEE_COLLECTION',
        note,
      },
      at: '2026-03-02T01:00:00.000Z',
    });
    expect((await read(auditor, { before: '2026-03-02T09:00:00+08:00' })).totalCount).toBe(0);
    expect((await read(staff('AUDITOR', theirs.projectId), {})).totalCount).toBe(0);
    await expect(before.query(`delete from reveal`)).rejects.toThrow('never changed');
    const events = await under.rows(`select 1 from outbox where type = 'personal-data-revealed.v1'`);
    expect(events.length).toBeGreaterThanOrEqual(2);
  });

  it('says when there is nothing to unmask', async () => {
    const input = { projectId: ours.projectId, kind: 'PERSON', name: '没有电话' };
    const { id } = await under.command(agent, 'registerCustomer', 'Customer', input);
    expect(await reveal(agent, { customerId: id })).toMatchObject({ code: 'NOTHING_TO_REVEAL' });
  });

  rule('DIR-05', 'no phone and no identity number lies in the database in clear', async () => {
    const client = new ImportClient(under, staff('SERVICE_SUPERVISOR', ours.projectId), ours.projectId);
    const waiting = await client.start('CUSTOMERS');
    await client.append(waiting.id, 0, Buffer.from('姓名,联系电话\n上传中,13966660001\n'));
    const done = await client.import('CUSTOMERS', `姓名,联系电话\n导入的,13966660001\n坏行,1396666000\n`, {
      skipBadLines: true,
    });
    expect(done).toMatchObject({ created: 1, badLines: 1 });
    await reveal(agent);

    const tables = await under.rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    );
    expect(tables.length).toBeGreaterThan(20);
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await under.rows<{ text: string }>(`select t::text as text from "${name}" t`);
      for (const { text } of rows) {
        for (const secret of [...secrets, '1396666000', '13977770001']) {
          if (text.includes(secret)) found.push(`${name}: ${secret}`);
        }
      }
    }
    expect(found).toEqual([]);
  });

  it('shows no number anywhere in what the graph tells of a customer', async () => {
    const answer = await under.ask(
      agent,
      `query($id: ID!) { customer(id: $id) { id version name otherNames phones { id kind masked } addresses { text }
         identityDocuments { kind masked } household { name maskedPhone } roles { id } history { command from to reason }
         probableDuplicates { customerId } mergedFrom { id } projects { name } } }`,
      { id: customerId },
    );
    expect(answer.errors).toBeUndefined();
    for (const secret of secrets) expect(JSON.stringify(answer)).not.toContain(secret);
  });
});
