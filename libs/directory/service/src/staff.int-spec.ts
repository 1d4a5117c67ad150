import { newId } from '@anju/kernel';
import { rule } from '@anju/testing';
import { StaffServed1764700000000 } from './migrations/1764700000000-staff-served';
import {
  DirectoryUnderTest,
  administrator,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';

describe('staff, duties and partners', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let theirs: TestProject;
  let agent: ReturnType<typeof staff>;

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('staff');
    ours = await registerTestProject(under, 'JX');
    theirs = await registerTestProject(under, 'BH', ours.organisationId);
    agent = staff('FRONT_DESK', ours.projectId);
  });

  afterAll(() => under.close());

  function hire<Result extends object = { id: string; code?: string }>(
    name: string,
    more: object = {},
    selection = 'id',
  ): Promise<Result> {
    const input = {
      ...{
        organisationId: ours.organisationId,
        name,
        departmentCode: 'CUSTOMER_SERVICE',
        position: 'FRONT_DESK_AGENT',
      },
      ...{ level: 'OPERATIONAL', projectIds: [ours.projectId], employedFrom: '2024-01-01', ...more },
    };
    return under.command<Result>(administrator, 'registerStaff', 'Staff', input, selection);
  }

  function take<Result extends object = { id: string; code?: string }>(
    field: string,
    input: object,
    selection = 'id',
  ): Promise<Result> {
    return under.command<Result>(administrator, field, 'Staff', input, selection);
  }

  async function codeOf(who: typeof agent, field: string, input: object): Promise<unknown> {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
    const answer = await under.ask(who, `mutation($i: ${type}!) { ${field}(input: $i) { __typename } }`, {
      i: input,
    });
    return answer.errors?.[0]?.extensions['code'];
  }

  rule(
    'DIR-03',
    'an employee has department, position, level, supervisor, projects and employments',
    async () => {
      const id = newId();
      const boss = await hire('林芳', { id, position: 'SERVICE_SUPERVISOR', level: 'MANAGEMENT' });
      expect(boss.id).toBe(id);
      const clerk = await hire<object>(
        ...['周敏', { supervisorId: id }],
        `name status departmentCode position level supervisor { name } reports { name } projects { code } employments { from to }`,
      );
      expect(clerk).toEqual({
        ...{
          name: '周敏',
          status: 'EMPLOYED',
          departmentCode: 'CUSTOMER_SERVICE',
          position: 'FRONT_DESK_AGENT',
        },
        ...{ level: 'OPERATIONAL', supervisor: { name: '林芳' }, reports: [], projects: [{ code: 'JX' }] },
        employments: [{ from: '2024-01-01', to: null }],
      });
      const { staff: seen } = await under.read<{ staff: object }>(
        agent,
        `query($id: ID!) { staff(id: $id) { name reports { name } } }`,
        { id },
      );
      expect(seen).toEqual({ name: '林芳', reports: [{ name: '周敏' }] });
      expect(await hire('另一个', { id })).toMatchObject({ code: 'DIRECTORY_ENTRY_EXISTS' });
    },
  );

  rule('DIR-03', 'moves, leaves and comes back, all on record', async () => {
    const { id } = await hire('孙工');
    await take('moveStaff', { id, departmentCode: 'EQUIPMENT', position: 'TECHNICIAN' });
    await take('renameStaff', { id, name: '孙工程' });
    await take('assignStaffProjects', { id, projectIds: [ours.projectId, theirs.projectId] });
    await take('endEmployment', { id, lastDay: '2026-02-28' });
    expect(await take('moveStaff', { id, position: 'CLEANER' })).toMatchObject({
      code: 'STAFF_STATUS_OUT_OF_ORDER',
    });
    const back = await take<object>(
      ...['reemployStaff', { id, employedFrom: '2026-03-02' }],
      `name departmentCode position status employments { from to } projects { code } history { command }`,
    );
    expect(back).toMatchObject({
      ...{ name: '孙工程', departmentCode: 'EQUIPMENT', position: 'TECHNICIAN', status: 'EMPLOYED' },
      employments: [
        { from: '2024-01-01', to: '2026-02-28' },
        { from: '2026-03-02', to: null },
      ],
      projects: [{ code: 'JX' }, { code: 'BH' }],
    });
  });

  rule(
    'DIR-03',
    'supervisors never go round in a circle, also when two lines change at the same instant',
    async () => {
      const [a, b] = [await hire('甲'), await hire('乙')];
      const answers = await Promise.all([
        take('assignSupervisor', { id: a.id, supervisorId: b.id }),
        take('assignSupervisor', { id: b.id, supervisorId: a.id }),
      ]);
      expect(answers.filter(({ code }) => code === 'SUPERVISOR_CYCLE')).toHaveLength(1);
      const c = await hire('丙', { supervisorId: a.id });
      const top = (
        await under.rows<{ id: string }>(
          `select id from staff where id = any($1) and supervisor_id is null`,
          [[a.id, b.id]],
        )
      )[0]!;
      expect(await take('assignSupervisor', { id: top.id, supervisorId: c.id })).toMatchObject({
        code: 'SUPERVISOR_CYCLE',
      });
      await take('assignSupervisor', { id: a.id, supervisorId: null });
      await take('endEmployment', { id: b.id, lastDay: '2026-03-01' });
      expect(await take('assignSupervisor', { id: c.id, supervisorId: b.id })).toMatchObject({
        code: 'SUPERVISOR_NOT_EMPLOYED',
      });
    },
  );

  it('are found by part of the name, project, department and supervisor', async () => {
    const boss = await hire('何经理', { departmentCode: 'SALES' });
    await hire('何静', { departmentCode: 'SALES', supervisorId: boss.id });
    const found = async (filter: object): Promise<string[]> => {
      const { staffMembers } = await under.read<{ staffMembers: { nodes: { name: string }[] } }>(
        agent,
        `query($f: StaffFilter) { staffMembers(filter: $f) { nodes { name } } }`,
        { f: filter },
      );
      return staffMembers.nodes.map(({ name }) => name);
    };
    expect((await found({ name: '何' })).sort()).toEqual(['何静', '何经理'].sort());
    expect(await found({ supervisorId: boss.id, departmentCode: 'SALES', status: 'EMPLOYED' })).toEqual([
      '何静',
    ]);
    expect(await found({ projectId: theirs.projectId, name: '何' })).toEqual([]);
    await hire('何双', { projectIds: [ours.projectId, theirs.projectId] });
    expect(await found({ projectId: ours.projectId, name: '何双' })).toEqual(['何双']);
    expect(await found({ projectId: theirs.projectId, name: '何双' })).toEqual([]);
    expect(await found({ name: '%' })).toEqual([]);
  });

  it('of other projects are not seen, those of the whole organisation are', async () => {
    const other = await hire('外项目', { projectIds: [theirs.projectId] });
    const centre = await hire('质管中心', { projectIds: [] });
    const query = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Staff { name } } }`;
    const r = [other, centre].map(({ id }) => ({ __typename: 'Staff', id }));
    const { _entities } = await under.read<{ _entities: object[] }>(agent, query, { r });
    expect(_entities).toEqual([null, { name: '质管中心' }]);
    const elsewhere = await registerTestProject(under, 'QT');
    const { _entities: foreign } = await under.read<{ _entities: object[] }>(
      staff('FRONT_DESK', elsewhere.projectId),
      query,
      { r },
    );
    expect(foreign).toEqual([null, null]);
  });

  describe('who have gone to another project', () => {
    const named = `query($id: ID!, $r: [_Any!]!) {
      staff(id: $id) { name position departmentCode projects { code } employments { from } }
      _entities(representations: $r) { ... on Staff { name } }
      staffMembers(filter: { name: "换岗" }) { nodes { name } }
    }`;
    const nameOf = (id: string): Promise<object> =>
      under.read(agent, named, { id, r: [{ __typename: 'Staff', id }] });
    const onlyName = {
      staff: {
        ...{ name: '换岗', position: 'FRONT_DESK_AGENT', departmentCode: 'CUSTOMER_SERVICE' },
        ...{ projects: null, employments: null },
      },
      _entities: [{ name: '换岗' }],
      staffMembers: { nodes: [] },
    };

    rule('DIR-03', 'are still named where they served, and no more than that', async () => {
      const { id } = await hire('换岗');
      expect(await nameOf(id)).toMatchObject({ staffMembers: { nodes: [{ name: '换岗' }] } });
      await take('assignStaffProjects', { id, projectIds: [theirs.projectId] });
      expect(await nameOf(id)).toEqual(onlyName);
    });

    rule('DIR-03', 'are still named in every project, where they had served the organisation', async () => {
      const { id } = await hire('换岗', { projectIds: [] });
      await take('assignStaffProjects', { id, projectIds: [theirs.projectId] });
      expect(await nameOf(id)).toEqual(onlyName);
    });

    it('are known by the history of their record, where that was written before it was noted', async () => {
      const { id } = await hire('换岗');
      await take('assignStaffProjects', { id, projectIds: [theirs.projectId] });
      const runner = under.service.dataSource.createQueryRunner();
      const migration = new StaffServed1764700000000();
      try {
        await migration.down(runner);
        await migration.up(runner);
      } finally {
        await runner.release();
      }
      expect(await nameOf(id)).toEqual(onlyName);
    });
  });

  it('are written only by those who may, in each of the projects', async () => {
    const local = staff('ADMINISTRATOR', ours.projectId);
    const input = (projectIds: string[]): object => ({
      ...{ organisationId: ours.organisationId, name: '某', departmentCode: 'FINANCE', position: 'CASHIER' },
      ...{ level: 'OPERATIONAL', projectIds, employedFrom: '2024-01-01' },
    });
    expect(await codeOf(agent, 'registerStaff', input([ours.projectId]))).toBe('FORBIDDEN');
    expect(await codeOf(local, 'registerStaff', input([ours.projectId, theirs.projectId]))).toBe('FORBIDDEN');
    expect(await codeOf(local, 'registerStaff', input([]))).toBe('FORBIDDEN');
    expect(await codeOf(local, 'registerStaff', input([ours.projectId]))).toBeUndefined();
    expect(await codeOf(administrator, 'registerStaff', input([newId()]))).toBe('BAD_USER_INPUT');
    expect(await codeOf(administrator, 'registerStaff', { ...input([]), supervisorId: newId() })).toBe(
      'BAD_USER_INPUT',
    );
  });

  describe('the duty roster', () => {
    const supervisor = () => staff('SERVICE_SUPERVISOR', ours.projectId);
    const plan = (input: object) =>
      under.command(
        supervisor(),
        'planDuty',
        'Duty',
        { projectId: ours.projectId, ...input },
        'id kind hours { from to } staff { name }',
      );

    rule('DIR-03', 'has weekends and holidays, and each duty once', async () => {
      const { id: staffId } = await hire('值班员');
      expect(await plan({ staffId, date: '2026-03-07' })).toMatchObject({
        ...{ kind: 'WEEKEND', hours: { from: '09:00', to: '18:00' }, staff: { name: '值班员' } },
      });
      expect(
        await plan({ staffId, date: '2026-02-17', hours: { from: '09:00', to: '12:00' } }),
      ).toMatchObject({ kind: 'HOLIDAY' });
      expect(await plan({ staffId, date: '2026-03-09' })).toMatchObject({ code: 'OFFICE_OPEN_THAT_DAY' });
      const both = await Promise.all(
        [1, 2].map(() => plan({ staffId, date: '2026-03-08', hours: { from: '10:00', to: '12:00' } })),
      );
      expect(both.filter(({ code }) => code === 'DUTY_OVERLAPS')).toHaveLength(1);
      const { duties } = await under.read<{ duties: object }>(
        agent,
        `query($f: DutyFilter) { duties(filter: $f) { nodes { date } } }`,
        { f: { projectId: ours.projectId, staffId, from: '2026-03-01', to: '2026-03-31' } },
      );
      expect(duties).toEqual({ nodes: [{ date: '2026-03-07' }, { date: '2026-03-08' }] });
    });

    it('lets a duty be taken back once', async () => {
      const { id: staffId } = await hire('另一位');
      const { id } = await plan({ staffId, date: '2026-03-07' });
      const withdraw = () => under.command(supervisor(), 'withdrawDuty', 'Duty', { id }, 'status');
      expect(await withdraw()).toEqual({ status: 'WITHDRAWN' });
      expect(await withdraw()).toMatchObject({ code: 'DUTY_STATUS_OUT_OF_ORDER' });
    });

    it('takes nobody of another project, and nobody unknown', async () => {
      const { id: staffId } = await hire('外人', { projectIds: [theirs.projectId] });
      const input = { projectId: ours.projectId, date: '2026-03-07' };
      const source = `mutation($i: PlanDutyInput!) { planDuty(input: $i) { __typename } }`;
      const [foreign, unknown] = await Promise.all(
        [staffId, newId()].map((id) => under.ask(supervisor(), source, { i: { ...input, staffId: id } })),
      );
      expect(foreign).toEqual(unknown);
      expect(foreign!.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
      expect(await codeOf(agent, 'planDuty', { ...input, staffId })).toBe('FORBIDDEN');
      const ofBoth = staff('SERVICE_SUPERVISOR', ours.projectId, theirs.projectId);
      expect(await under.command(ofBoth, 'planDuty', 'Duty', { ...input, staffId })).toMatchObject({
        code: 'STAFF_NOT_OF_PROJECT',
      });
    });
  });

  describe('partners', () => {
    const manager = () => staff('PROJECT_MANAGER', ours.projectId);
    const register = (who: typeof agent, more: object = {}) =>
      under.command<{ id: string }>(
        ...[who, 'registerPartner', 'Partner'],
        {
          ...{
            organisationId: ours.organisationId,
            kind: 'BROADBAND',
            name: '某电信公司',
            arrivalHours: 5.5,
          },
          ...{
            contacts: [{ name: '装维2组', phone: '10000', duty: '报障' }],
            projectIds: [ours.projectId],
            ...more,
          },
        },
        `id kind name status arrivalHours contacts { id name phone duty } projects { code }`,
      );

    rule('DIR-04', 'have a kind, contacts to call and a service promise', async () => {
      const made = await register(manager());
      expect(made).toMatchObject({
        ...{
          kind: 'BROADBAND',
          name: '某电信公司',
          status: 'ACTIVE',
          arrivalHours: 5.5,
          projects: [{ code: 'JX' }],
        },
        contacts: [{ name: '装维2组', phone: '10000', duty: '报障' }],
      });
      const { id } = made;
      const change = (field: string, input: object, selection: string) =>
        under.command<Record<string, unknown>>(manager(), field, 'Partner', { id, ...input }, selection);
      const added = await change(
        'addPartnerContact',
        { name: '何工', phone: '0755-83211234-801' },
        'contacts { id phone }',
      );
      const contacts = added['contacts'] as { id: string; phone: string }[];
      expect(contacts.map(({ phone }) => phone)).toEqual(['10000', '075583211234-801']);
      await change('removePartnerContact', { contactId: contacts[0]!.id }, 'id');
      expect(await change('removePartnerContact', { contactId: contacts[0]!.id }, 'id')).toMatchObject({
        code: 'PARTNER_CONTACT_NOT_FOUND',
      });
      await change('renamePartner', { name: '某联通公司' }, 'id');
      await change('changeServicePromise', { arrivalHours: null }, 'id');
      expect(await change('endPartnership', {}, 'name arrivalHours status contacts { name }')).toEqual({
        ...{ name: '某联通公司', arrivalHours: null, status: 'ENDED', contacts: [{ name: '何工' }] },
      });
      expect(await change('endPartnership', {}, 'id')).toMatchObject({ code: 'PARTNER_STATUS_OUT_OF_ORDER' });
      expect(await change('resumePartnership', {}, 'status')).toEqual({ status: 'ACTIVE' });
    });

    it('are seen and written in their projects only', async () => {
      const other = await register(administrator, { projectIds: [theirs.projectId], name: '外项目公司' });
      const everywhere = await register(administrator, { projectIds: [], name: '全公司银行', kind: 'BANK' });
      const found = async (projectId: string): Promise<string[]> => {
        const { partners } = await under.read<{ partners: { nodes: { name: string }[] } }>(
          agent,
          `query($f: PartnerFilter) { partners(filter: $f) { nodes { name } } }`,
          { f: { projectId, kinds: ['BANK', 'BROADBAND'] } },
        );
        return partners.nodes.map(({ name }) => name);
      };
      expect(await found(ours.projectId)).toContain('全公司银行');
      expect(await found(ours.projectId)).not.toContain('外项目公司');
      expect(await found(theirs.projectId)).toEqual([]);
      expect(await codeOf(manager(), 'renamePartner', { id: other.id, name: '我的' })).toBe('NOT_FOUND');
      expect(await codeOf(manager(), 'endPartnership', { id: everywhere.id })).toBe('NOT_FOUND');
      const own = await register(manager(), { name: '自己的' });
      expect(
        await codeOf(manager(), 'assignPartnerProjects', {
          id: own.id,
          projectIds: [ours.projectId, theirs.projectId],
        }),
      ).toBe('FORBIDDEN');
      expect(await codeOf(manager(), 'assignPartnerProjects', { id: own.id, projectIds: [] })).toBe(
        'FORBIDDEN',
      );
      expect(
        await codeOf(administrator, 'assignPartnerProjects', {
          id: own.id,
          projectIds: [ours.projectId, theirs.projectId],
        }),
      ).toBeUndefined();
    });
  });

  describe('who is signed in', () => {
    it('is told what he may do where, and his record', async () => {
      const { id } = await hire('周敏敏');
      const me = { ...agent, staffId: id };
      const { me: told } = await under.read<{ me: { permissions: { permission: string }[] } }>(
        me,
        `{ me { staffId account staff { name } roles { role projectIds } projects { code } permissions { permission projectIds } } }`,
      );
      expect(told).toMatchObject({
        ...{ staffId: id, account: 'front_desk', staff: { name: '周敏敏' }, projects: [{ code: 'JX' }] },
        roles: [{ role: 'FRONT_DESK', projectIds: [ours.projectId] }],
      });
      expect(told.permissions).toContainEqual({
        permission: 'directory.customer.read',
        projectIds: [ours.projectId],
      });
      expect(told.permissions.map(({ permission }) => permission)).not.toContain('directory.customer.merge');
    });

    it('can be anybody with a role; nobody else learns anything', async () => {
      const reader = await under.read<{ me: object }>(
        staff('BI_READER'),
        `{ me { roles { role projectIds } } }`,
      );
      expect(reader.me).toEqual({ roles: [{ role: 'BI_READER', projectIds: null }] });
      expect((await under.ask(null, `{ me { account } }`)).errors![0]!.extensions['code']).toBe(
        'UNAUTHENTICATED',
      );
    });

    it('reads the words for values in his language', async () => {
      const { zh, en } = await under.read<{ zh: object[]; en: object[] }>(
        staff('BI_READER'),
        `{ zh: labels(locale: "zh-CN", prefix: "UnitStatus.") { key text } en: labels(prefix: "UnitStatus.FOR") { key text } }`,
      );
      expect(zh).toContainEqual({ key: 'UnitStatus.HANDED_OVER', text: '已交付' });
      expect(en).toEqual([{ key: 'UnitStatus.FOR_SALE', text: 'For sale' }]);
      const { errors } = await under.ask(agent, `{ labels(locale: "fr") { key } }`);
      expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
    });
  });
});
