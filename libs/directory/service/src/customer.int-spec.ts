import { newId } from '@anju/kernel';
import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';

interface Made {
  readonly id: string;
  readonly code?: string;
  readonly candidates?: { customerId: string; reasons: string[]; customer: { name: string } }[];
}

describe('customers', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let theirs: TestProject;
  let agent: ReturnType<typeof staff>;
  let stranger: ReturnType<typeof staff>;

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('customers');
    ours = await registerTestProject(under, 'JX');
    theirs = await registerTestProject(under, 'BH', ours.organisationId);
    agent = staff('FRONT_DESK', ours.projectId);
    stranger = staff('FRONT_DESK', theirs.projectId);
  });

  afterAll(() => under.close());

  const candidates = `... on ProbableDuplicate { candidates { customerId reasons customer { name phones { masked } } } }`;

  function register(more: object, who = agent): Promise<Made> {
    const projectId = who === agent ? ours.projectId : theirs.projectId;
    const input = { projectId, kind: 'PERSON', name: '王秀兰', ...more };
    return under.command<Made>(who, 'registerCustomer', 'Customer', input, 'id', candidates);
  }

  function take<Result extends object = Made>(
    field: string,
    input: object,
    selection = 'id',
  ): Promise<Result> {
    return under.command<Result>(agent, field, 'Customer', input, selection);
  }

  async function names(filter: object, who = agent): Promise<string[]> {
    const { customers } = await under.read<{ customers: { totalCount: number; nodes: { name: string }[] } }>(
      who,
      `query($f: CustomerFilter) { customers(filter: $f, first: 100) { totalCount nodes { name } } }`,
      { f: filter },
    );
    expect(customers.totalCount).toBe(customers.nodes.length);
    return customers.nodes.map(({ name }) => name);
  }

  rule(['DIR-02', 'DIR-05'], 'keeps phones, documents, household and roles; numbers are masked', async () => {
    const { id } = await register({
      phones: [{ number: '138 1234 5678' }, { number: '0755-83211234-801' }],
      addresses: [{ kind: 'WORK', text: '深圳市福田区深南大道 1 号', postcode: '518000' }],
      identityDocuments: [{ kind: 'PASSPORT', number: 'E12345678' }],
    });
    await take('addHouseholdMember', { id, name: '王小明', relation: 'CHILD', phone: '13900001111' });
    const owner = await take<object>(
      'startCustomerRole',
      { id, unitId: ours.unitIds[0], role: 'OWNER', from: '2024-05-01' },
      `name phones { kind masked } addresses { text postcode } identityDocuments { kind masked }
       household { name relation maskedPhone } roles { role from to unit { home } } homes { home } projects { code }
       history { command }`,
    );
    expect(owner).toEqual({
      name: '王秀兰',
      phones: [
        { kind: 'MOBILE', masked: '138****5678' },
        { kind: 'LANDLINE', masked: '075****1234' },
      ],
      addresses: [{ text: '深圳市福田区深南大道 1 号', postcode: '518000' }],
      identityDocuments: [{ kind: 'PASSPORT', masked: '****5678' }],
      household: [{ name: '王小明', relation: 'CHILD', maskedPhone: '139****1111' }],
      roles: [{ role: 'OWNER', from: '2024-05-01', to: null, unit: { home: '3-2-1201' } }],
      homes: [{ home: '3-2-1201' }],
      projects: [{ code: 'JX' }],
      history: [
        { command: 'registerCustomer' },
        { command: 'addHouseholdMember' },
        { command: 'startCustomerRole' },
      ],
    });
  });

  it('are corrected part by part', async () => {
    const { id } = await register({
      name: '李娜',
      phones: [{ number: '13811110001' }, { number: '13811110002' }],
    });
    const phones = `id phones { id masked }`;
    const first = await take<{ phones: { id: string }[] }>(
      'addCustomerPhone',
      { id, number: '13811110003', preferred: true },
      phones,
    );
    expect(first.phones.map((phone) => phone.id)).toHaveLength(3);
    const preferred = await take<{ phones: { id: string; masked: string }[] }>(
      'preferCustomerPhone',
      { id, phoneId: first.phones[2]!.id },
      phones,
    );
    expect(preferred.phones.map(({ masked }) => masked)).toEqual([
      '138****0002',
      '138****0003',
      '138****0001',
    ]);
    await take('removeCustomerPhone', { id, phoneId: first.phones[0]!.id });
    expect(await take('removeCustomerPhone', { id, phoneId: first.phones[0]!.id })).toMatchObject({
      code: 'CUSTOMER_DETAIL_NOT_FOUND',
    });
    const address = await take<{ addresses: { id: string }[] }>(
      'addCustomerAddress',
      { id, kind: 'HOME', text: '广州' },
      'addresses { id }',
    );
    await take('removeCustomerAddress', { id, addressId: address.addresses[0]!.id });
    await take('recordIdentityDocument', { id, kind: 'PASSPORT', number: 'E11111111' });
    expect(await take('recordIdentityDocument', { id, kind: 'PASSPORT', number: 'E22222222' })).toMatchObject(
      { code: 'IDENTITY_DOCUMENT_DIFFERS' },
    );
    await take('recordIdentityDocument', { id, kind: 'PASSPORT', number: 'E22222222', replaces: true });
    const renamed = await take<object>(
      'renameCustomer',
      { id, name: '李娜娜' },
      'name otherNames addresses { id } identityDocuments { masked } phones { masked }',
    );
    expect(renamed).toEqual({
      ...{ name: '李娜娜', otherNames: ['李娜'], addresses: [], identityDocuments: [{ masked: '****2222' }] },
      phones: [{ masked: '138****0002' }, { masked: '138****0001' }],
    });
  });

  rule('DIR-02', 'roles on a unit are kept through time; a tenancy says who pays', async () => {
    const [buyer, tenant] = [await register({ name: '赵一' }), await register({ name: '钱二' })];
    const unitId = ours.unitIds[1];
    await take('startCustomerRole', {
      id: buyer.id,
      unitId,
      role: 'BUYER',
      from: '2020-01-01',
      to: '2020-12-31',
    });
    const owned = await take<{ roles: { id: string; role: string }[] }>(
      ...[
        'startCustomerRole',
        { id: buyer.id, unitId, role: 'OWNER', from: '2021-01-01' },
        'roles { id role }',
      ],
    );
    const lease = { id: tenant.id, unitId, role: 'TENANT', from: '2025-06-01', to: '2026-05-31' };
    const { errors } = await under.ask(
      agent,
      `mutation($i: StartCustomerRoleInput!) { startCustomerRole(input: $i) { __typename } }`,
      { i: lease },
    );
    expect(errors![0]!.extensions).toMatchObject({
      problems: [{ field: 'input.feePayer', problem: 'REQUIRED' }],
    });
    await take('startCustomerRole', { ...lease, feePayer: 'TENANT' });
    expect(await take('startCustomerRole', { ...lease, feePayer: 'OWNER' })).toMatchObject({
      code: 'CUSTOMER_ROLE_ALREADY_HELD',
    });
    const { unit } = await under.read<{ unit: object }>(
      agent,
      `query($id: ID!) { unit(id: $id) {
         owners { from to customer { name } } residents { role feePayer customer { name } }
         before: residents(on: "2022-01-01") { role } bought: roles(roles: [BUYER], on: "2020-06-01") { role } all: roles { role } } }`,
      { id: unitId },
    );
    expect(unit).toEqual({
      owners: [{ from: '2021-01-01', to: null, customer: { name: '赵一' } }],
      residents: [
        { role: 'OWNER', feePayer: null, customer: { name: '赵一' } },
        { role: 'TENANT', feePayer: 'TENANT', customer: { name: '钱二' } },
      ],
      before: [{ role: 'OWNER' }],
      bought: [{ role: 'BUYER' }],
      all: [{ role: 'BUYER' }, { role: 'OWNER' }, { role: 'TENANT' }],
    });
    const roleId = owned.roles.find(({ role }) => role === 'OWNER')!.id;
    const sold = await take<{ homes: object[] }>(
      'endCustomerRole',
      { id: buyer.id, roleId, to: '2026-02-28' },
      'homes { home } roles { to }',
    );
    expect(sold).toEqual({ homes: [], roles: [{ to: '2020-12-31' }, { to: '2026-02-28' }] });
    expect(await take('endCustomerRole', { id: buyer.id, roleId, to: '2026-02-28' })).toMatchObject({
      code: 'CUSTOMER_ROLE_ALREADY_ENDED',
    });
    expect(await take('endCustomerRole', { id: buyer.id, roleId: newId(), to: '2026-02-28' })).toMatchObject({
      code: 'CUSTOMER_ROLE_NOT_FOUND',
    });
    expect(await names({ unitId, role: 'OWNER', roleOn: '2026-03-02' })).toEqual([]);
    expect(await names({ home: '3-2-1202', roleOn: '2026-03-02' })).toEqual(['钱二']);
    expect(await names({ home: '3栋2单元1202室' })).toEqual(['赵一', '钱二'].sort());
  });

  describe('search', () => {
    beforeAll(async () => {
      await register({ name: '欧阳娜娜', phones: [{ number: '13822220001' }] });
      const { id } = await register({ name: 'Anna O’Neill', phones: [{ number: '+852 9123 4567' }] });
      await take('addHouseholdMember', { id, name: 'Tom', relation: 'CHILD', phone: '13822220002' });
      await take('startCustomerRole', { id, unitId: ours.unitIds[2], role: 'OWNER', from: '2024-01-01' });
      await take('recordIdentityDocument', { id, kind: 'PASSPORT', number: 'PA7654321' });
    });

    it.each([
      ['欧阳', ['欧阳娜娜']],
      ['欧', ['欧阳娜娜']],
      ['阳娜', ['欧阳娜娜']],
      ['anna', ['Anna O’Neill']],
      ['ＯＮＥＩＬＬ', ['Anna O’Neill']],
      ['138-2222-0001', ['欧阳娜娜']],
      ['+8613822220001', ['欧阳娜娜']],
      ['0085291234567', ['Anna O’Neill']],
      ['13822220002', ['Anna O’Neill']],
      ['3-1-302', ['Anna O’Neill']],
      ['3栋1单元0302室', ['Anna O’Neill']],
      ['1382222', []],
      ['%', []],
      ["' or '1'='1", []],
    ])('by what somebody types: %s', async (search, found) => {
      expect(await names({ search })).toEqual(found);
    });

    it('by name, phone, document, home and kind together', async () => {
      expect(await names({ name: 'anna', phone: '+85291234567', home: '3-1-0302', kind: 'PERSON' })).toEqual([
        'Anna O’Neill',
      ]);
      expect(await names({ name: 'anna', phone: '13822220001' })).toEqual([]);
      expect(await names({ identityNumber: 'pa 7654321' })).toEqual(['Anna O’Neill']);
      expect(await names({ name: 'anna', kind: 'ORGANISATION' })).toEqual([]);
      expect(await names({ name: 'anna', projectId: theirs.projectId })).toEqual([]);
    });

    it.each([
      ['phone', '1382'],
      ['home', '1201'],
    ])('says what a full %s is when it gets a part of one', async (field, text) => {
      const { errors } = await under.ask(
        agent,
        `query($f: CustomerFilter) { customers(filter: $f) { totalCount } }`,
        { f: { [field]: text } },
      );
      expect(errors![0]!.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        problems: [{ field: `filter.${field}` }],
      });
    });

    it('pages in a stable order', async () => {
      const all = await names({});
      const seen: string[] = [];
      for (let after: string | null = null; ;) {
        const {
          customers,
        }: {
          customers: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
        } = await under.read(
          agent,
          `query($after: String) { customers(first: 3, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        seen.push(...customers.nodes.map(({ name }) => name));
        if (!customers.pageInfo.hasNextPage) break;
        after = customers.pageInfo.endCursor;
      }
      expect(seen).toEqual(all);
    });
  });

  describe('probable duplicates', () => {
    const somebody = {
      name: '孙丽',
      phones: [{ number: '13833330001' }],
      identityDocuments: [{ kind: 'PASSPORT', number: 'E33330001' }],
    };
    let first: Made;

    beforeAll(async () => {
      first = await register(somebody);
    });

    rule('DIR-06', 'are offered at entry, with masked data', async () => {
      const sameDocument = await register({ name: '孙莉', identityDocuments: somebody.identityDocuments });
      expect(sameDocument).toMatchObject({
        code: 'PROBABLE_DUPLICATE',
        candidates: [
          {
            customerId: first.id,
            reasons: ['SAME_IDENTITY_DOCUMENT'],
            customer: { name: '孙丽', phones: [{ masked: '138****0001' }] },
          },
        ],
      });
      const sameNameAndPhone = await register({ name: '孙丽', phones: [{ number: '0086 138 3333 0001' }] });
      expect(sameNameAndPhone.candidates).toMatchObject([
        { customerId: first.id, reasons: ['SAME_NAME_AND_PHONE'] },
      ]);
      expect(await register({ name: '孙小丽', phones: somebody.phones })).not.toHaveProperty('code');
    });

    rule('DIR-06', 'are entered when the agent says that they are somebody else', async () => {
      const answer = await register({ name: '孙丽', phones: somebody.phones, notDuplicateOf: [first.id] });
      expect(answer).not.toHaveProperty('code');
      const { customer } = await under.read<{ customer: object }>(
        agent,
        `query($id: ID!) { customer(id: $id) { probableDuplicates { customerId reasons customer { name } } } }`,
        { id: first.id },
      );
      expect(customer).toEqual({
        probableDuplicates: [
          { customerId: answer.id, reasons: ['SAME_NAME_AND_PHONE'], customer: { name: '孙丽' } },
        ],
      });
    });

    rule('DIR-06', 'make one record of two who enter one customer at the same instant', async () => {
      const input = { name: '周杰', phones: [{ number: '13833330009' }] };
      const answers = await Promise.all(Array.from({ length: 5 }, () => register(input)));
      expect(answers.filter(({ code }) => code === undefined)).toHaveLength(1);
      expect(answers.filter(({ code }) => code === 'PROBABLE_DUPLICATE')).toHaveLength(4);
    });

    rule(['DIR-05', 'DIR-06'], 'of another project are offered to those who may see both', async () => {
      const unseen = await register(somebody, stranger);
      expect(unseen).not.toHaveProperty('code');
      const both = staff('FRONT_DESK', ours.projectId, theirs.projectId);
      const offered = await register(somebody, both);
      expect(offered.candidates).toContainEqual({
        customerId: first.id,
        reasons: ['SAME_IDENTITY_DOCUMENT', 'SAME_NAME_AND_PHONE'],
        customer: { name: '孙丽', phones: [{ masked: '138****0001' }] },
      });
      const source = 'query($id: ID!) { customer(id: $id) { probableDuplicates { customerId } } }';
      const seen = async (who: typeof agent): Promise<string[]> => {
        const { customer } = await under.read<{
          customer: { probableDuplicates: { customerId: string }[] };
        }>(who, source, { id: unseen.id });
        return customer.probableDuplicates.map(({ customerId }) => customerId);
      };
      expect(await seen(both)).toContain(first.id);
      expect(await seen(stranger)).toEqual([]);
    });
  });

  describe("another project's customers", () => {
    let theirCustomer: string;

    beforeAll(async () => {
      theirCustomer = (await register({ name: '陌生人', phones: [{ number: '13844440001' }] }, stranger)).id;
      await under.command(stranger, 'startCustomerRole', 'Customer', {
        ...{ id: theirCustomer, unitId: theirs.unitIds[0], role: 'OWNER', from: '2024-01-01' },
      });
    });

    it('are not there by id, reference, list, name, phone or home', async () => {
      const found = await under.read(
        agent,
        `query($id: ID!, $r: [_Any!]!) { customer(id: $id) { id } _entities(representations: $r) { __typename } }`,
        { id: theirCustomer, r: [{ __typename: 'Customer', id: theirCustomer }] },
      );
      expect(found).toEqual({ customer: null, _entities: [null] });
      expect(await names({ search: '陌生' })).toEqual([]);
      expect(await names({ phone: '13844440001' })).toEqual([]);
      expect(await names({ unitId: theirs.unitIds[0] })).toEqual([]);
      expect(await names({ home: '3-2-1201' })).toEqual(['王秀兰']);
      expect(await names({ home: '3-2-1201' }, stranger)).toEqual(['陌生人']);
    });

    it('are not told by a filter: neither are those of one’s own who are there too', async () => {
      const both = staff('FRONT_DESK', ours.projectId, theirs.projectId);
      const shared = await register({ name: '两处都有' });
      const input = { id: shared.id, projectId: theirs.projectId };
      await under.command(both, 'showCustomerInProject', 'Customer', input);
      const there = { name: '两处都有', projectId: theirs.projectId };
      expect(await names({ name: '两处都有', projectId: ours.projectId })).toEqual(['两处都有']);
      expect(await names(there, both)).toEqual(['两处都有']);
      expect(await names(there)).toEqual([]);
    });

    it('have what was done in each project told there', async () => {
      const both = staff('FRONT_DESK', ours.projectId, theirs.projectId);
      const { id } = await register({ name: '各处的事' });
      await under.command(both, 'showCustomerInProject', 'Customer', { id, projectId: theirs.projectId });
      await under.command(agent, 'renameCustomer', 'Customer', { id, name: '此处改名' });
      await under.command(stranger, 'addCustomerPhone', 'Customer', { id, number: '13844440009' });
      const role = { id, unitId: theirs.unitIds[1], role: 'OWNER', from: '2024-01-01' };
      await under.command(both, 'startCustomerRole', 'Customer', role);
      const told = async (who: typeof agent): Promise<string[]> => {
        const source = `query($id: ID!) { customer(id: $id) { history { command } } }`;
        const { customer } = await under.read<{ customer: { history: { command: string }[] } }>(who, source, {
          id,
        });
        return customer.history.map(({ command }) => command);
      };
      const [here, there] = [
        ['registerCustomer', 'renameCustomer'],
        ['showCustomerInProject', 'addCustomerPhone', 'startCustomerRole'],
      ];
      expect(await told(agent)).toEqual(here);
      expect(await told(stranger)).toEqual(there);
      expect(await told(both)).toHaveLength(5);
    });

    it('cannot be changed, and nobody gets a role on a unit of another project', async () => {
      const codeOf = async (field: string, input: object): Promise<unknown> => {
        const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
        const answer = await under.ask(
          agent,
          `mutation($i: ${type}!) { ${field}(input: $i) { __typename } }`,
          { i: input },
        );
        return answer.errors![0]!.extensions['code'];
      };
      expect(await codeOf('renameCustomer', { id: theirCustomer, name: '我的' })).toBe('NOT_FOUND');
      const own = await register({ name: '冯五' });
      const role = { id: own.id, unitId: theirs.unitIds[0], role: 'OWNER', from: '2024-01-01' };
      expect(await codeOf('startCustomerRole', role)).toBe('BAD_USER_INPUT');
      expect(await codeOf('showCustomerInProject', { id: own.id, projectId: theirs.projectId })).toBe(
        'BAD_USER_INPUT',
      );
      const supervisor = { id: own.id, mergedId: theirCustomer };
      expect(await codeOf('mergeCustomers', supervisor)).toBe('FORBIDDEN');
    });

    it('show only what they have to do with the reader’s projects', async () => {
      const both = staff('FRONT_DESK', ours.projectId, theirs.projectId);
      await under.command(both, 'startCustomerRole', 'Customer', {
        ...{ id: theirCustomer, unitId: ours.unitIds[0], role: 'OWNER', from: '2025-01-01' },
      });
      const seen = `query($id: ID!) { customer(id: $id) { projects { code } roles { from unit { project { code } } } homes { project { code } } } }`;
      const read = async (who: typeof agent) =>
        (await under.read<{ customer: object }>(who, seen, { id: theirCustomer })).customer;
      expect(await read(agent)).toEqual({
        projects: [{ code: 'JX' }],
        roles: [{ from: '2025-01-01', unit: { project: { code: 'JX' } } }],
        homes: [{ project: { code: 'JX' } }],
      });
      expect(await read(both)).toMatchObject({ roles: [{ from: '2024-01-01' }, { from: '2025-01-01' }] });
      const { roles } = await under.command<{ roles: { id: string; from: string }[] }>(
        both,
        'renameCustomer',
        'Customer',
        { id: theirCustomer, name: '陌生人' },
        'roles { id from }',
      );
      const end = { id: theirCustomer, roleId: roles[0]!.id, to: '2026-01-01' };
      const { errors } = await under.ask(
        agent,
        `mutation($i: EndCustomerRoleInput!) { endCustomerRole(input: $i) { __typename } }`,
        { i: end },
      );
      expect(errors![0]!.extensions['code']).toBe('NOT_FOUND');
    });
  });

  it.each([
    ['a name of 10,000 characters', { name: '王'.repeat(10_000) }, 'input.name'],
    ['emoji in a name', { name: '王😀' }, 'input.name'],
    ['a phone that is none', { phones: [{ number: '123' }] }, 'input.phones.0.number'],
    [
      'an identity number with a wrong check character',
      { identityDocuments: [{ kind: 'RESIDENT_ID', number: '440106198202020550' }] },
      'input.identityDocuments.0.number',
    ],
    [
      'a company’s code for a person',
      { identityDocuments: [{ kind: 'UNIFIED_SOCIAL_CREDIT_CODE', number: '91350100M000100Y43' }] },
      'input.identityDocuments.0.kind',
    ],
  ])('refuses %s, names the field and repeats no value', async (_what, wrong, field) => {
    const { errors } = await under.ask(
      agent,
      `mutation($i: RegisterCustomerInput!) { registerCustomer(input: $i) { __typename } }`,
      { i: { projectId: ours.projectId, kind: 'PERSON', name: '王五', ...wrong } },
    );
    expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ field }] });
    expect(JSON.stringify(errors)).not.toContain('440106198202020550');
  });
});
