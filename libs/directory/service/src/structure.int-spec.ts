import { newId } from '@anju/kernel';
import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  administrator,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';

describe('projects, buildings and units', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let theirs: TestProject;
  let agent: ReturnType<typeof staff>;

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('structure');
    ours = await registerTestProject(under, 'JX');
    theirs = await registerTestProject(under, 'BH');
    agent = staff('FRONT_DESK', ours.projectId);
  });

  afterAll(() => under.close());

  rule('DIR-01', 'leads from the organisation down to the unit', async () => {
    const { project } = await under.read<{ project: object }>(
      agent,
      `query($id: ID!) { project(id: $id) { code name timeZone organisation { code }
         buildings { totalCount nodes { number sections { number building { number } }
           units { totalCount nodes { home status section { number } building { number } project { code } } } } } } }`,
      { id: ours.projectId },
    );
    const at = { building: { number: '3' }, project: { code: 'JX' }, status: 'HANDED_OVER' };
    expect(project).toEqual({
      ...{ code: 'JX', name: '锦绣花园', timeZone: 'Asia/Shanghai', organisation: { code: 'OJX' } },
      buildings: {
        totalCount: 1,
        nodes: [
          {
            number: '3',
            sections: [
              { number: '1', building: { number: '3' } },
              { number: '2', building: { number: '3' } },
            ],
            units: {
              totalCount: 3,
              nodes: [
                { ...at, home: '3-1-0302', section: { number: '1' } },
                { ...at, home: '3-2-1201', section: { number: '2' } },
                { ...at, home: '3-2-1202', section: { number: '2' } },
              ],
            },
          },
        ],
      },
    });
  });

  describe('numbers', () => {
    const existing = `... on DirectoryEntryExists { entry field value existingId }`;

    rule('DIR-01', 'are unique within their parent, however they are written', async () => {
      const [buildingId, sectionId] = [ours.buildingId, ours.sectionIds[0]];
      const attempts = [
        ['registerBuilding', 'Building', { projectId: ours.projectId, number: '03号楼' }, ours.buildingId],
        ['registerBuildingSection', 'BuildingSection', { buildingId, number: '1单元' }, sectionId],
        ['registerUnit', 'Unit', { buildingId, sectionId, number: '302室' }, ours.unitIds[2]],
        ['registerOrganisation', 'Organisation', { code: 'ojx', name: '别家' }, ours.organisationId],
      ] as const;
      for (const [field, entity, input, existingId] of attempts) {
        const answer = await under.command(administrator, field, entity, input, 'id', existing);
        expect(answer).toMatchObject({ code: 'DIRECTORY_ENTRY_EXISTS', existingId });
      }
      const parking = { projectId: ours.projectId, number: 'B1-023' };
      await under.command(administrator, 'registerParkingSpace', 'ParkingSpace', parking);
      const again = { projectId: ours.projectId, number: 'b1-023号车位' };
      expect(
        await under.command(administrator, 'registerParkingSpace', 'ParkingSpace', again, 'id', existing),
      ).toMatchObject({ entry: 'PARKING_SPACE', field: 'number', value: 'b1-023号车位' });
      const elsewhere = { projectId: theirs.projectId, number: 'B1-023' };
      expect(
        await under.command(administrator, 'registerParkingSpace', 'ParkingSpace', elsewhere),
      ).not.toHaveProperty('code');
    });

    rule('DIR-01', 'go to one of two who register the same unit at the same instant', async () => {
      const input = { buildingId: ours.buildingId, sectionId: ours.sectionIds[0], number: '0808' };
      const answers = await Promise.all(
        Array.from({ length: 6 }, () =>
          under.command<{ id: string; existingId?: string }>(
            administrator,
            'registerUnit',
            'Unit',
            input,
            'id',
            existing,
          ),
        ),
      );
      const made = answers.filter(({ code }) => code === undefined);
      expect(made).toHaveLength(1);
      const refused = answers.filter(({ code }) => code === 'DIRECTORY_ENTRY_EXISTS');
      expect(refused.map(({ existingId }) => existingId)).toEqual(Array(5).fill(made[0]!.id));
    });

    it('may be without a section, and are unique there too', async () => {
      const building = await under.command(administrator, 'registerBuilding', 'Building', {
        projectId: ours.projectId,
        number: 'A座',
      });
      const input = { buildingId: building.id, number: '1201' };
      const unit = await under.command<{ home: string }>(
        administrator,
        'registerUnit',
        'Unit',
        input,
        'home',
      );
      expect(unit.home).toBe('A-1201');
      expect(await under.command(administrator, 'registerUnit', 'Unit', input)).toMatchObject({
        code: 'DIRECTORY_ENTRY_EXISTS',
      });
    });
  });

  rule('DIR-01', 'a unit has its areas and its warranty, which is the building’s unless told', async () => {
    const projectId = ours.projectId;
    const building = await under.command(administrator, 'registerBuilding', 'Building', {
      projectId,
      number: '5',
      warrantyEndsOn: '2027-01-15',
    });
    const register = { buildingId: building.id, number: '0302', preSaleArea: '89.3' };
    const fields = 'id version status preSaleArea registeredArea warrantyEndsOn';
    const unit = await under.command<{ id: string; version: number }>(
      administrator,
      'registerUnit',
      'Unit',
      register,
      fields,
    );
    expect(unit).toMatchObject({ status: 'FOR_SALE', preSaleArea: '89.30', warrantyEndsOn: '2027-01-15' });
    const correct = { id: unit.id, expectedVersion: 1, registeredArea: '91.5', preSaleArea: null };
    const corrected = await under.command(
      administrator,
      'correctUnit',
      'Unit',
      correct,
      `${fields} history { command }`,
    );
    expect(corrected).toMatchObject({
      ...{ version: 2, preSaleArea: null, registeredArea: '91.50', warrantyEndsOn: '2027-01-15' },
      history: [{ command: 'registerUnit' }, { command: 'correctUnit' }],
    });
    const { errors } = await under.ask(
      administrator,
      `mutation($id: ID!) { correctUnit(input: { id: $id, expectedVersion: 1, preSaleArea: "-1" }) { __typename } }`,
      { id: unit.id },
    );
    expect(errors![0]!.extensions['code']).toBe('CONFLICT');
  });

  it('names everything that is wrong with a registration', async () => {
    const { errors } = await under.ask(
      administrator,
      `mutation($i: RegisterUnitInput!) { registerUnit(input: $i) { __typename } }`,
      {
        i: {
          buildingId: ours.buildingId,
          number: '长'.repeat(20),
          preSaleArea: '0',
          registeredArea: '-3',
          warrantyEndsOn: '1900-01-01',
        },
      },
    );
    expect(errors![0]!.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [
        { field: 'input.number', problem: 'FORMAT' },
        { field: 'input.preSaleArea', problem: 'OUT_OF_RANGE' },
        { field: 'input.registeredArea', problem: 'FORMAT' },
      ],
    });
  });

  it.each([
    ['registerProject', { organisationId: newId(), code: 'XX', name: '某项目' }, 'input.organisationId'],
    ['registerBuilding', { projectId: newId(), number: '1' }, 'input.projectId'],
    ['registerBuildingSection', { buildingId: newId(), number: '1' }, 'input.buildingId'],
    ['registerUnit', { buildingId: newId(), number: '1' }, 'input.buildingId'],
    ['registerParkingSpace', { projectId: newId(), number: 'B1-1' }, 'input.projectId'],
  ])('%s says which id it does not know', async (field, input, problem) => {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
    const { errors } = await under.ask(
      administrator,
      `mutation($i: ${type}!) { ${field}(input: $i) { __typename } }`,
      { i: input },
    );
    expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ field: problem }] });
  });

  describe('lists', () => {
    it.each([
      ['3-2-1201', ['3-2-1201']],
      ['3栋2单元1201室', ['3-2-1201']],
      ['3-2', ['3-2-1201', '3-2-1202']],
      ['302', ['3-1-0302']],
      ['0302', ['3-1-0302']],
      ['4', []],
      ["%' or 1=1 --", []],
    ])('find units by home: %s', async (home, found) => {
      const { units } = await under.read<{ units: { nodes: { home: string }[] } }>(
        agent,
        `query($f: UnitFilter) { units(filter: $f) { nodes { home } } }`,
        { f: { home, buildingId: ours.buildingId, statuses: ['HANDED_OVER'] } },
      );
      expect(units.nodes.map((unit) => unit.home)).toEqual(found);
    });

    it('find buildings and projects as people write them', async () => {
      const found = await under.read<{ buildings: object; projects: object }>(
        agent,
        `{ buildings(filter: { number: "3号楼" }) { totalCount } projects(filter: { code: "jx" }) { totalCount } }`,
      );
      expect(found).toEqual({ buildings: { totalCount: 1 }, projects: { totalCount: 1 } });
    });
  });

  describe("another project's places", () => {
    const everything = [
      ['Organisation', () => theirs.organisationId],
      ['Project', () => theirs.projectId],
      ['Building', () => theirs.buildingId],
      ['BuildingSection', () => theirs.sectionIds[0]],
      ['Unit', () => theirs.unitIds[0]],
    ] as const;

    it.each(everything)('are not there for a reference to a %s', async (__typename, id) => {
      const query = `query($r: [_Any!]!) { _entities(representations: $r) { __typename } }`;
      const { _entities } = await under.read<{ _entities: object[] }>(agent, query, {
        r: [
          { __typename, id: id() },
          { __typename, id: newId() },
          { __typename, id: 'nonsense' },
        ],
      });
      expect(_entities).toEqual([null, null, null]);
    });

    it('are not there by id, in lists, by filter', async () => {
      const found = await under.read(
        agent,
        `query($p: ID!, $b: ID!, $u: ID!) {
           project(id: $p) { id } building(id: $b) { id } unit(id: $u) { id }
           projects { nodes { code } } organisations { nodes { code } }
           buildings(filter: { projectId: $p }) { totalCount } units(filter: { buildingId: $b }) { totalCount } }`,
        { p: theirs.projectId, b: theirs.buildingId, u: theirs.unitIds[0] },
      );
      expect(found).toEqual({
        ...{ project: null, building: null, unit: null },
        projects: { nodes: [{ code: 'JX' }] },
        organisations: { nodes: [{ code: 'OJX' }] },
        ...{ buildings: { totalCount: 0 }, units: { totalCount: 0 } },
      });
    });

    it('cannot be changed or built on', async () => {
      const local = staff('ADMINISTRATOR', ours.projectId);
      const codeOf = async (field: string, input: object): Promise<unknown> => {
        const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
        const answer = await under.ask(
          local,
          `mutation($i: ${type}!) { ${field}(input: $i) { __typename } }`,
          { i: input },
        );
        return answer.errors![0]!.extensions['code'];
      };
      const { projectId, buildingId, unitIds } = theirs;
      expect(await codeOf('renameProject', { id: projectId, name: '他们的' })).toBe('NOT_FOUND');
      expect(await codeOf('registerBuilding', { projectId, number: '9' })).toBe('FORBIDDEN');
      expect(await codeOf('registerUnit', { buildingId, number: '9' })).toBe('BAD_USER_INPUT');
      expect(await codeOf('correctUnit', { id: unitIds[0], preSaleArea: '1' })).toBe('NOT_FOUND');
      expect(
        await codeOf('registerProject', { organisationId: ours.organisationId, code: 'NEW', name: '新' }),
      ).toBe('FORBIDDEN');
    });
  });

  describe('calendars', () => {
    const days = `days(from: $from, to: $to) { date hours { from to } }`;
    const read = async (calendar: string, from: string, to: string): Promise<Record<string, string>> => {
      const { project } = await under.read<{
        project: {
          calendars: Record<string, { days: { date: string; hours: { from: string; to: string } | null }[] }>;
        };
      }>(
        ...[
          agent,
          `query($id: ID!, $from: Date!, $to: Date!) { project(id: $id) { calendars { ${calendar} { ${days} } } } }`,
        ],
        { id: ours.projectId, from, to },
      );
      return Object.fromEntries(
        project.calendars[calendar]!.days.map(({ date, hours }) => [
          date,
          hours ? `${hours.from}–${hours.to}` : 'closed',
        ]),
      );
    };
    const director = () => staff('OFFICE_DIRECTOR', ours.projectId);
    const edit = (field: string, input: object) =>
      under.command(director(), field, 'Project', { id: ours.projectId, ...input }, 'id');

    rule('CAL-01', 'a project has both, with holidays and make-up days in the office', async () => {
      expect(await read('serviceDesk', '2026-02-14', '2026-02-15')).toEqual({
        ...{ '2026-02-14': '09:00–18:00', '2026-02-15': '09:00–18:00' },
      });
      expect(await read('office', '2026-02-13', '2026-02-17')).toEqual({
        '2026-02-13': '09:00–18:00',
        // The Saturday is worked in exchange for the Spring Festival.
        '2026-02-14': '09:00–18:00',
        '2026-02-15': 'closed',
        '2026-02-16': 'closed',
        '2026-02-17': 'closed',
      });
    });

    rule(
      'CAL-05',
      'the closing checklist says that the phone is forwarded, and who answers from then on',
      async () => {
        const { project } = await under.read<{ project: object }>(
          agent,
          `query($id: ID!) { project(id: $id) {
          opening: deskChecklist(kind: OPENING, on: "2026-03-02") { dueAt items }
          closing: deskChecklist(kind: CLOSING, on: "2026-03-02") { dueAt items }
          before: hotlineAnsweredBy(at: "2026-03-02T17:59:59+08:00")
          after: hotlineAnsweredBy(at: "2026-03-02T18:00:00+08:00") } }`,
          { id: ours.projectId },
        );
        expect(project).toEqual({
          opening: {
            dueAt: '2026-03-02T00:55:00.000Z',
            items: ['COMPUTER_ON', 'PHONE_BACK_AT_DESK', 'RADIOS_READY'],
          },
          closing: {
            dueAt: '2026-03-02T10:00:00.000Z',
            items: ['PHONE_FORWARDED_TO_CONTROL_CENTRE', 'COMPUTER_OFF'],
          },
          ...{ before: 'SERVICE_DESK', after: 'CONTROL_CENTRE' },
        });
      },
    );

    rule('CAL-01', 'hours, holidays and single days can be edited, and taken back', async () => {
      const week = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, hours: { from: '08:30', to: '17:30' } }));
      await edit('changeOpeningHours', { calendar: 'OFFICE', weekly: week, holidays: 'NONE' });
      await edit('setCalendarException', { calendar: 'OFFICE', date: '2026-03-04', hours: null });
      await edit('setCalendarException', {
        calendar: 'OFFICE',
        date: '2026-03-08',
        hours: { from: '10:00', to: '24:00' },
      });
      expect(await read('office', '2026-03-03', '2026-03-08')).toMatchObject({
        ...{ '2026-03-03': '08:30–17:30', '2026-03-04': 'closed', '2026-03-07': '08:30–17:30' },
        '2026-03-08': '10:00–24:00',
      });
      await edit('clearCalendarException', { calendar: 'OFFICE', date: '2026-03-04' });
      expect(await read('office', '2026-03-04', '2026-03-04')).toEqual({ '2026-03-04': '08:30–17:30' });
      expect(await edit('clearCalendarException', { calendar: 'OFFICE', date: '2026-03-04' })).toMatchObject({
        code: 'CALENDAR_EXCEPTION_NOT_FOUND',
      });
      await edit('changeProjectTimeZone', { timeZone: 'Asia/Urumqi' });
      const { project } = await under.read<{ project: object }>(
        agent,
        `query($id: ID!) { project(id: $id) { timeZone calendars { office { holidays exceptions { date } weekly { weekday hours { from } } } } } }`,
        { id: ours.projectId },
      );
      expect(project).toMatchObject({
        timeZone: 'Asia/Urumqi',
        calendars: { office: { holidays: 'NONE', exceptions: [{ date: '2026-03-08' }] } },
      });
    });

    it('refuses a week that never opens and hours that end before they begin, by field', async () => {
      const problem = async (input: object): Promise<unknown> => {
        const { errors } = await under.ask(
          director(),
          `mutation($i: ChangeOpeningHoursInput!) { changeOpeningHours(input: $i) { __typename } }`,
          { i: { id: ours.projectId, calendar: 'SERVICE_DESK', ...input } },
        );
        return (errors![0]!.extensions['problems'] as { field: string }[])[0]!.field;
      };
      expect(await problem({ weekly: [] })).toBe('input.weekly');
      expect(await problem({ weekly: [{ weekday: 1 }, { weekday: 1 }] })).toBe('input.weekly.1.weekday');
      expect(await problem({ weekly: [{ weekday: 8, hours: { from: '09:00', to: '18:00' } }] })).toBe(
        'input.weekly.8',
      );
      expect(await problem({ weekly: [{ weekday: 1, hours: { from: '09:00', to: '08:00' } }] })).toBe(
        'input.weekly.1.to',
      );
    });

    it('tells other services by the snapshot in its event', async () => {
      const [event] = await under.rows<{ payload: { project: string; data: { calendars: object } } }>(
        `select payload from outbox where type = 'project-changed.v1' order by seq desc limit 1`,
      );
      expect(event!.payload).toMatchObject({
        project: ours.projectId,
        data: {
          projectId: ours.projectId,
          timeZone: 'Asia/Urumqi',
          calendars: { office: { timeZone: 'Asia/Urumqi' } },
        },
      });
    });
  });
});
