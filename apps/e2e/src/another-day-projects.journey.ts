import type { Role } from '@anju/access';
import { rule } from '@anju/testing';
import { AnotherDay, shanghai } from './another-day';

interface Contact {
  readonly id: string;
  readonly number: string;
}

interface NewYorkCase {
  readonly number: string;
  readonly clocks: readonly { readonly kind: string; readonly dueAt: string }[];
  readonly ageing: { readonly becomesHotAt: string; readonly becomesMajorAt: string };
}

interface DayFigures {
  readonly period: string;
  readonly numerator: string;
  readonly dimensions: readonly { readonly value: string }[];
}

/** 云湖壹号 in Shanghai's time and Hudson Terrace in New York's, each with people of its own. */
describe('several projects', () => {
  let day: AnotherDay;
  let organisationId = '';
  let yunhu = '';
  let hudson = '';

  beforeAll(async () => {
    day = await AnotherDay.from('2026-03-02 08:30');
    const { project } = await day.ask<{ project: { organisationId: string } }>(
      'admin',
      'query($id: ID!) { project(id: $id) { organisationId } }',
      { id: day.projectId },
    );
    ({ organisationId } = project);
    yunhu = await register({ code: 'YH', name: '云湖壹号' });
    hudson = await register({ code: 'NY', name: 'Hudson Terrace', timeZone: 'America/New_York' });
    for (const [prefix, projectId] of [
      ['yh', yunhu],
      ['ny', hudson],
    ] as const) {
      await employ(`${prefix}-desk`, 'FRONT_DESK', projectId);
      await employ(`${prefix}-supervisor`, 'SERVICE_SUPERVISOR', projectId);
      await employ(`${prefix}-director`, 'OFFICE_DIRECTOR', projectId);
      await employ(`${prefix}-bi`, 'BI_READER', projectId);
    }
  });

  afterAll(() => day?.close());

  async function register(project: { code: string; name: string; timeZone?: string }): Promise<string> {
    const { id } = await day.do('admin', 'registerProject', 'Project', { organisationId, ...project });
    return id;
  }

  async function employ(account: string, role: Role, projectId: string): Promise<void> {
    const { id: staffId } = await day.do('admin', 'registerStaff', 'Staff', {
      organisationId,
      name: account,
      departmentCode: 'CUSTOMER_SERVICE',
      position: role,
      level: 'OPERATIONAL',
      projectIds: [projectId],
      employedFrom: '2026-01-01',
    });
    const roles = [{ role, projectIds: [projectId] }];
    day.platform.teller.enrol({ account, name: account, title: role, staffId, roles });
  }

  function contact(account: string, projectId: string, receivedAt?: string): Promise<Contact> {
    return day.do<Contact>(
      account,
      'recordInteraction',
      'Interaction',
      {
        projectId,
        channel: 'PHONE',
        callerName: '来电人',
        callbackContact: '13800000000',
        content: '咨询办事时间',
        facts: { matter: 'QUESTION' },
        receivedAt,
      },
      'id number',
    );
  }

  /** `day value` of the account's projects, with the value of a dimension between if there is one. */
  async function figures(account: string, input: string): Promise<string[]> {
    await day.settled();
    const { metrics } = await day.ask<{ metrics: DayFigures[] }>(
      account,
      `{ metrics(input: { period: DAY, ${input} }) { period numerator dimensions { value } } }`,
    );
    return metrics.map(({ period, numerator, dimensions }) =>
      [period, ...dimensions.map(({ value }) => value), numerator].join(' '),
    );
  }

  describe('around midnight', () => {
    const numbers: string[] = [];
    let received: Contact;

    beforeAll(async () => {
      const add = async (account: string, projectId: string, receivedAt?: string) => {
        const one = await contact(account, projectId, receivedAt);
        numbers.push(one.number);
        return one;
      };
      await day.at('2026-03-02 10:00');
      received = await add('zhoumin', day.projectId);
      await add('yh-desk', yunhu);
      await add('zhoumin', day.projectId);
      await add('ny-desk', hudson);
      await day.at('2026-03-02 23:59');
      await add('yh-desk', yunhu);
      await day.at('2026-03-03 00:30');
      await add('zhoumin', day.projectId);
      await add('yh-desk', yunhu);
      await add('ny-desk', hudson);
      // Entered after midnight, received before.
      await add('zhoumin', day.projectId, shanghai('2026-03-02 23:50'));
    });

    rule('REC-01', 'each project counts its own contacts, by its own days', () => {
      expect(numbers).toEqual([
        'JX-20260302-001',
        'YH-20260302-001',
        'JX-20260302-002',
        // Sunday 21:00 in New York.
        'NY-20260301-001',
        'YH-20260302-002',
        // 16:30 of the day before in UTC.
        'JX-20260303-001',
        'YH-20260303-001',
        // Monday 11:30.
        'NY-20260302-001',
        'JX-20260302-003',
      ]);
    });

    rule(
      ['REC-01', 'CMP-16'],
      'the metrics have them under those days and hours, each reader his own',
      async () => {
        const input =
          'from: "2026-03-01", to: "2026-03-03", metrics: [contacts_received], dimensions: ["hour"]';
        expect(await figures('bi', input)).toEqual(['2026-03-02 10 2', '2026-03-02 23 1', '2026-03-03 00 1']);
        expect(await figures('yh-bi', input)).toEqual([
          '2026-03-02 10 1',
          '2026-03-02 23 1',
          '2026-03-03 00 1',
        ]);
        expect(await figures('ny-bi', input)).toEqual(['2026-03-01 21 1', '2026-03-02 11 1']);
      },
    );

    it('nobody of one project sees or touches what is another’s', async () => {
      const seen = await day.ask<Record<string, { totalCount: number } | null>>(
        'yh-supervisor',
        `query($interaction: ID!, $customer: ID!, $unit: ID!, $project: ID!) {
           interactions { totalCount } customers { totalCount } buildings { totalCount } units { totalCount }
           partners { totalCount } projects { totalCount } staffMembers { totalCount }
           interaction(id: $interaction) { id } customer(id: $customer) { id } unit(id: $unit) { id }
           project(id: $project) { id }
         }`,
        {
          interaction: received.id,
          customer: day.customer('wangxiulan'),
          unit: day.unit('3-2-1201'),
          project: day.projectId,
        },
      );
      expect(seen).toEqual({
        interactions: { totalCount: 3 },
        customers: { totalCount: 0 },
        buildings: { totalCount: 0 },
        units: { totalCount: 0 },
        partners: { totalCount: 0 },
        projects: { totalCount: 1 },
        staffMembers: { totalCount: 4 },
        interaction: null,
        customer: null,
        unit: null,
        project: null,
      });
      const tell = { interactionId: received.id, kind: 'RESULT', channel: 'PHONE', text: '已答复' };
      expect(await day.rejected('yh-supervisor', 'tellCustomer', tell)).toMatchObject({ code: 'NOT_FOUND' });
      const elsewhere = { channel: 'PHONE', content: '咨询', facts: { matter: 'QUESTION' } };
      expect(
        await day.rejected('yh-desk', 'recordInteraction', {
          ...elsewhere,
          projectId: day.projectId,
          callerName: '来电人',
          callbackContact: '13800000000',
        }),
      ).toMatchObject({ code: 'FORBIDDEN' });
      expect(
        await day.rejected('yh-desk', 'recordInteraction', {
          ...elsewhere,
          projectId: yunhu,
          customerId: day.customer('wangxiulan'),
        }),
      ).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ field: 'input.customerId' }] });
    });

    rule('DIR-01', 'a code is one project’s, and a time zone one that exists', async () => {
      const project = { organisationId, name: '重名' };
      expect(await day.refused('admin', 'registerProject', { ...project, code: 'jx' })).toMatchObject({
        code: 'DIRECTORY_ENTRY_EXISTS',
      });
      expect(
        await day.rejected('admin', 'registerProject', { ...project, code: 'XX', timeZone: 'Mars/Phobos' }),
      ).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ field: 'input.timeZone' }] });
    });
  });

  describe('one in New York, where clocks change', () => {
    const cases = {} as Record<
      'beforeSummer' | 'onNationalDay' | 'beforeWinter' | 'inLosAngeles',
      NewYorkCase
    >;
    let silent: Contact;
    let afterTheChange: Contact;

    beforeAll(async () => {
      await day.do('ny-director', 'changeOpeningHours', 'Project', {
        id: hudson,
        calendar: 'OFFICE',
        holidays: 'NONE',
        weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, hours: { from: '09:00', to: '17:00' } })),
      });
      const at = (instant: string) => day.platform.running.moveClock(new Date(instant));
      const file = () =>
        day.do<NewYorkCase>(
          'ny-desk',
          'fileComplaint',
          'Complaint',
          { projectId: hudson, causeClass: 'CLASS_1', topic: 'NOISE', content: 'noise', channel: 'PHONE' },
          'number clocks { kind dueAt } ageing { becomesHotAt becomesMajorAt }',
        );
      await at('2026-03-06T16:00:00-05:00');
      cases.beforeSummer = await file();
      await at('2026-03-07T12:00:00-05:00');
      silent = await contact('ny-desk', hudson);
      await at('2026-03-07T23:30:00-05:00');
      await contact('ny-desk', hudson);
      await at('2026-03-08T03:30:00-04:00');
      afterTheChange = await contact('ny-desk', hudson);
      await at('2026-10-01T10:00:00-04:00');
      cases.onNationalDay = await file();
      await at('2026-10-30T11:00:00-04:00');
      cases.beforeWinter = await file();
      await day.do('admin', 'changeProjectTimeZone', 'Project', {
        id: hudson,
        timeZone: 'America/Los_Angeles',
      });
      await day.settled();
      cases.inLosAngeles = await file();
    });

    function responseDueAt({ clocks }: Pick<NewYorkCase, 'clocks'>): string {
      return clocks.find(({ kind }) => kind === 'RESPONSE')!.dueAt;
    }

    function instant(text: string): string {
      return new Date(text).toISOString();
    }

    rule(
      ['CAL-01', 'CAL-02'],
      'a working day ends at the same time on the wall, also over the change',
      () => {
        expect(responseDueAt(cases.beforeSummer)).toBe(instant('2026-03-09T16:00:00-04:00'));
        // Friday 11:00: six hours of Friday, two of Monday.
        expect(responseDueAt(cases.beforeWinter)).toBe(instant('2026-11-02T11:00:00-05:00'));
      },
    );

    rule('CAL-01', 'China’s National Day is a working day for a project without its holidays', () => {
      expect(responseDueAt(cases.onNationalDay)).toBe(instant('2026-10-02T10:00:00-04:00'));
    });

    rule('CAL-04', 'a week is 168 hours, a month the same time on the wall', () => {
      expect(cases.beforeSummer.ageing).toEqual({
        becomesHotAt: instant('2026-03-13T17:00:00-04:00'),
        becomesMajorAt: instant('2026-04-06T16:00:00-04:00'),
      });
      expect(cases.beforeWinter.ageing).toEqual({
        becomesHotAt: instant('2026-11-06T10:00:00-05:00'),
        becomesMajorAt: instant('2026-11-30T11:00:00-05:00'),
      });
    });

    rule(['CAL-04', 'REC-05'], 'two days without a word are 48 hours, in a week-end of 47', async () => {
      const { interaction } = await day.ask<{ interaction: { uninformedAt: string } }>(
        'ny-supervisor',
        'query($id: ID!) { interaction(id: $id) { uninformedAt } }',
        { id: silent.id },
      );
      expect(interaction.uninformedAt).toBe(instant('2026-03-09T13:00:00-04:00'));
    });

    rule(['REC-01', 'CMP-16'], 'numbers and metrics go by the days and hours of New York', async () => {
      expect(afterTheChange.number).toBe('NY-20260308-001');
      expect(cases.beforeSummer.number).toBe('NY-C20260306-001');
      await day.do('admin', 'changeProjectTimeZone', 'Project', { id: hudson, timeZone: 'America/New_York' });
      const days = 'from: "2026-03-05", to: "2026-03-10"';
      expect(await figures('ny-bi', `${days}, metrics: [contacts_received], dimensions: ["hour"]`)).toEqual([
        '2026-03-07 12 1',
        '2026-03-07 23 1',
        '2026-03-08 03 1',
      ]);
      expect(await figures('ny-bi', `${days}, metrics: [responses_within_one_working_day]`)).toEqual([
        '2026-03-09 0',
      ]);
    });

    rule('CAL-01', 'moved to another time zone, new due times follow it, those set before stay', async () => {
      // 08:00 in Los Angeles, before the office opens there: the whole of its Friday.
      expect(responseDueAt(cases.inLosAngeles)).toBe(instant('2026-10-30T17:00:00-07:00'));
      const { complaints } = await day.ask<{ complaints: { nodes: Pick<NewYorkCase, 'clocks'>[] } }>(
        'ny-supervisor',
        'query($filter: ComplaintFilter) { complaints(filter: $filter) { nodes { clocks { kind dueAt } } } }',
        { filter: { number: cases.beforeWinter.number } },
      );
      expect(responseDueAt(complaints.nodes[0]!)).toBe(responseDueAt(cases.beforeWinter));
    });
  });
});
