import { rule } from '@anju/testing';
import { AnotherDay, shanghai } from './another-day';

interface Case {
  readonly id: string;
  readonly severity: string;
  readonly clocks: readonly {
    readonly kind: string;
    readonly forSeverity: string | null;
    readonly dueAt: string;
    readonly missedAt: string | null;
  }[];
  readonly history: readonly { readonly command: string; readonly at: string }[];
}

interface CalendarDays {
  readonly days: readonly { readonly date: string; readonly hours: { from: string; to: string } | null }[];
}

const selection = 'id severity clocks { kind forSeverity dueAt missedAt } history { command at }';

/** When a complaint comes in, and when one working day after it is over, counted on the wall calendar. */
const received = [
  { at: '2026-02-13 17:00', due: '2026-02-14 17:00', why: 'Friday evening before the make-up Saturday' },
  { at: '2026-02-14 16:30', due: '2026-02-24 16:30', why: 'on the make-up Saturday, before nine days off' },
  { at: '2026-02-14 18:00', due: '2026-02-24 18:00', why: 'at its closing: a whole day after the festival' },
  { at: '2026-02-18 12:00', due: '2026-02-24 18:00', why: 'in the middle of the Spring Festival' },
  { at: '2026-02-27 17:00', due: '2026-02-28 17:00', why: 'before the make-up Saturday after the festival' },
  { at: '2026-02-28 16:30', due: '2026-03-02 16:30', why: 'on it, before a Sunday that is one' },
  { at: '2026-03-01 11:00', due: '2026-03-02 18:00', why: 'on an ordinary Sunday' },
  { at: '2026-04-03 12:00', due: '2026-04-07 12:00', why: 'before Tomb-Sweeping Day' },
  { at: '2026-04-30 10:00', due: '2026-05-06 10:00', why: 'before Labour Day' },
  { at: '2026-04-30 19:00', due: '2026-05-06 18:00', why: 'before Labour Day, the office being closed' },
  { at: '2026-05-08 17:00', due: '2026-05-09 17:00', why: 'before the make-up Saturday of Labour Day' },
  { at: '2026-05-09 17:00', due: '2026-05-11 17:00', why: 'on it' },
  { at: '2026-09-18 17:00', due: '2026-09-20 17:00', why: 'Friday: Saturday is off, Sunday is worked' },
  { at: '2026-09-19 12:00', due: '2026-09-20 18:00', why: 'on that Saturday' },
  { at: '2026-09-20 10:00', due: '2026-09-21 10:00', why: 'on the make-up Sunday' },
  { at: '2026-09-24 15:00', due: '2026-09-28 15:00', why: 'before the Mid-Autumn Festival' },
  { at: '2026-09-30 16:00', due: '2026-10-08 16:00', why: 'before National Day' },
  { at: '2026-10-09 17:00', due: '2026-10-10 17:00', why: 'before the make-up Saturday of National Day' },
  { at: '2026-10-10 15:00', due: '2026-10-12 15:00', why: 'on it' },
] as const;

/**
 * The week of 16 March, in which the director closes Wednesday, shortens Friday to the morning, and opens
 * Saturday for three quarters of an hour, which moves what is due already; on Monday the 23rd the office moves to 08:30–17:30 for two days.
 */
const ownDays = [
  {
    at: '2026-03-17 15:00',
    due: '2026-03-18 15:00',
    then: '2026-03-19 15:00',
    why: 'before Wednesday was closed: put off by that',
  },
  { at: '2026-03-17 16:30', due: '2026-03-19 16:30', why: 'after Wednesday was closed' },
  { at: '2026-03-19 15:00', due: '2026-03-23 12:00', why: 'three hours each of Thursday, Friday and Monday' },
  {
    at: '2026-03-20 11:30',
    due: '2026-03-21 17:30',
    then: '2026-03-23 17:30',
    why: 'half an hour of Friday, the rest of Saturday; of Monday, once Saturday was closed again',
  },
  { at: '2026-03-20 11:50', due: '2026-03-23 17:50', why: 'Saturday was closed again at 11:45' },
  { at: '2026-03-23 20:00', due: '2026-03-24 17:30', why: 'the office now works from 08:30 to 17:30' },
  { at: '2026-03-24 16:00', due: '2026-03-25 16:00', why: 'in those hours; they end on the 25th' },
] as const;

type Received = (typeof received | typeof ownDays)[number];

describe('holidays, make-up days, and days of a project’s own', () => {
  let day: AnotherDay;
  const cases = new Map<Received, Case>();

  beforeAll(async () => {
    day = await AnotherDay.from('2026-02-13 09:00');
    const changes = calendarChanges(day);
    const receipts = [...received, ...ownDays].map((one) => ({ at: one.at, play: () => receive(one) }));
    const timeline = [...changes, ...receipts].sort((a, b) => (a.at < b.at ? -1 : 1));
    for (const { at, play } of timeline) {
      await day.at(at);
      await play();
    }
  });

  afterAll(() => day?.close());

  async function receive(one: Received): Promise<void> {
    const complaint = await day.do<Case>(
      'zhoumin',
      'fileComplaint',
      'Complaint',
      {
        projectId: day.projectId,
        causeClass: 'CLASS_1',
        topic: 'NOISE',
        content: '楼上装修噪音',
        channel: 'PHONE',
      },
      selection,
    );
    cases.set(one, complaint);
  }

  async function caseNow(one: Received): Promise<Case> {
    const { complaint } = await day.ask<{ complaint: Case }>(
      'linfang',
      `query($id: ID!) { complaint(id: $id) { ${selection} } }`,
      { id: cases.get(one)!.id },
    );
    return complaint;
  }

  function responseOf({ clocks }: Case): (typeof clocks)[number] {
    return clocks.find((clock) => clock.kind === 'RESPONSE')!;
  }

  rule.each([...received])(
    ['CAL-02', 'CMP-05'],
    'received $at ($why), a response is due $due, and is missed at that moment',
    async (one) => {
      expect(responseOf(cases.get(one)!).dueAt).toBe(shanghai(one.due));
      const later = await caseNow(one);
      // The last of the year are not due yet when the story ends.
      const isOver = one.due < '2026-10-10 15:00';
      expect(responseOf(later).missedAt).toBe(isOver ? shanghai(one.due) : null);
    },
  );

  rule.each([...ownDays])(
    ['CAL-01', 'CAL-02'],
    'received $at ($why), a response is due $due',
    async (one) => {
      expect(responseOf(cases.get(one)!).dueAt).toBe(shanghai(one.due));
      const due = 'then' in one ? one.then : one.due;
      expect(responseOf(await caseNow(one))).toMatchObject({
        dueAt: shanghai(due),
        missedAt: shanghai(due),
      });
    },
  );

  rule(
    ['CAL-01', 'CMP-03', 'CMP-11'],
    'left alone over the Spring Festival it turns hot in it, but the form waits for the first working day',
    async () => {
      const { severity, clocks, history } = await caseNow(received[0]);
      expect(severity).toBe('MAJOR');
      expect(clocks.map(({ kind, forSeverity, dueAt }) => `${forSeverity ?? kind} ${dueAt}`)).toEqual([
        `RESPONSE ${shanghai('2026-02-14 17:00')}`,
        // Hot Fri 02-20 17:00, in the festival: all nine hours lie on Tue 02-24.
        `HOT ${shanghai('2026-02-24 18:00')}`,
        // Major Fri 03-13 17:00: one hour of Friday, eight of Monday.
        `MAJOR ${shanghai('2026-03-16 17:00')}`,
      ]);
      expect(history.map(({ command, at }) => `${command} ${at}`)).toEqual([
        `fileComplaint ${shanghai('2026-02-13 17:00')}`,
        `deadline:WARN:RESPONSE ${shanghai('2026-02-14 15:00')}`,
        `deadline:RESPONSE ${shanghai('2026-02-14 17:00')}`,
        `deadline:WARN:BECOMES_HOT ${shanghai('2026-02-19 17:00')}`,
        `deadline:BECOMES_HOT ${shanghai('2026-02-20 17:00')}`,
        `deadline:WARN:DEMAND_FORM ${shanghai('2026-02-24 16:00')}`,
        `deadline:DEMAND_FORM ${shanghai('2026-02-24 18:00')}`,
        `deadline:WARN:BECOMES_MAJOR ${shanghai('2026-03-10 17:00')}`,
        `deadline:BECOMES_MAJOR ${shanghai('2026-03-13 17:00')}`,
        `deadline:WARN:DEMAND_FORM ${shanghai('2026-03-16 15:00')}`,
        `deadline:DEMAND_FORM ${shanghai('2026-03-16 17:00')}`,
      ]);
    },
  );

  rule('CAL-01', 'a duty that arises after a day was closed follows the new calendar', async () => {
    // Received before Wednesday was closed, hot from Tue 16:45 on: an hour and a quarter of Tuesday, the rest of Thursday.
    const { clocks } = await caseNow(ownDays[0]);
    expect(clocks.find(({ forSeverity }) => forSeverity === 'HOT')!.dueAt).toBe(shanghai('2026-03-19 16:45'));
  });

  rule('CAL-01', 'the calendar shows what the days really are', async () => {
    const { project } = await day.ask<{
      project: { calendars: { office: CalendarDays; serviceDesk: CalendarDays } };
    }>(
      'linfang',
      `query($id: ID!) { project(id: $id) { calendars {
        office { days(from: "2026-02-13", to: "2026-02-25") { date hours { from to } } }
        serviceDesk { days(from: "2026-02-13", to: "2026-02-25") { date hours { from to } } }
      } } }`,
      { id: day.projectId },
    );
    const open = ({ days }: CalendarDays) =>
      days.filter(({ hours }) => hours?.from === '09:00' && hours.to === '18:00').map(({ date }) => date);
    expect(open(project.calendars.office)).toEqual(['2026-02-13', '2026-02-14', '2026-02-24', '2026-02-25']);
    expect(open(project.calendars.serviceDesk)).toHaveLength(13);
  });

  rule(
    'CAL-01',
    'only who answers for a project sets its days, and only a day that was set is taken back',
    async () => {
      const exception = { id: day.projectId, calendar: 'OFFICE', date: '2026-11-04' };
      for (const account of ['zhoumin', 'linfang', 'liqiang', 'zhiguan']) {
        expect(await day.rejected(account, 'setCalendarException', exception)).toMatchObject({
          code: 'FORBIDDEN',
        });
      }
      expect(
        await day.refused(
          'zhaojianguo',
          'clearCalendarException',
          exception,
          '... on CalendarExceptionNotFound { date }',
        ),
      ).toMatchObject({ code: 'CALENDAR_EXCEPTION_NOT_FOUND', date: '2026-11-04' });
    },
  );

  rule(['CMP-16', 'INS-01'], 'the metrics of these days equal a count of the two tables above', async () => {
    const { metrics } = await day.ask<{
      metrics: { metric: string; period: string; numerator: string; denominator: string | null }[];
    }>(
      'bi',
      `{ metrics(input: { from: "2026-02-01", to: "2026-10-31", period: MONTH,
           metrics: [complaints_received, responses_within_one_working_day] }) {
         metric period numerator denominator } }`,
    );
    const byMonth = (metric: string, what: 'numerator' | 'denominator') =>
      Object.fromEntries(
        metrics.filter((one) => one.metric === metric).map((one) => [one.period, one[what]]),
      );
    expect(byMonth('complaints_received', 'numerator')).toEqual({
      '2026-02': '6',
      '2026-03': '8',
      '2026-04': '3',
      '2026-05': '2',
      '2026-09': '5',
      '2026-10': '2',
    });
    // By the day on which they were due; those of 10 October after 15:00 are still to come.
    expect(byMonth('responses_within_one_working_day', 'denominator')).toEqual({
      '2026-02': '5',
      '2026-03': '9',
      '2026-04': '1',
      '2026-05': '4',
      '2026-09': '4',
      '2026-10': '1',
    });
    expect(new Set(Object.values(byMonth('responses_within_one_working_day', 'numerator')))).toEqual(
      new Set(['0']),
    );
  });
});

/** What the director does to the office's calendar, and when. */
function calendarChanges(day: AnotherDay): { readonly at: string; readonly play: () => Promise<unknown> }[] {
  const office = () => ({ id: day.projectId, calendar: 'OFFICE' });
  const director = (field: string, input: object) => () =>
    day.do('zhaojianguo', field, 'Project', { ...office(), ...input });
  const weekly = (from: string, to: string) => ({
    weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, hours: { from, to } })),
  });
  return [
    { at: '2026-03-17 16:00', play: director('setCalendarException', { date: '2026-03-18' }) },
    { at: '2026-03-17 16:45', play: () => becomesHot(day) },
    {
      at: '2026-03-19 09:00',
      play: director('setCalendarException', { date: '2026-03-20', hours: { from: '09:00', to: '12:00' } }),
    },
    {
      at: '2026-03-20 11:00',
      play: director('setCalendarException', { date: '2026-03-21', hours: { from: '09:00', to: '18:00' } }),
    },
    { at: '2026-03-20 11:45', play: director('clearCalendarException', { date: '2026-03-21' }) },
    { at: '2026-03-23 19:00', play: director('changeOpeningHours', weekly('08:30', '17:30')) },
    { at: '2026-03-25 19:00', play: director('changeOpeningHours', weekly('09:00', '18:00')) },
  ];
}

/** The case received on Tuesday at 15:00 is likely to go to court. */
async function becomesHot(day: AnotherDay): Promise<void> {
  const { complaints } = await day.ask<{ complaints: { nodes: { id: string }[] } }>(
    'linfang',
    'query($filter: ComplaintFilter) { complaints(filter: $filter) { nodes { id } } }',
    { filter: { receivedFrom: shanghai('2026-03-17 15:00'), receivedTo: shanghai('2026-03-17 15:01') } },
  );
  await day.do('linfang', 'addComplaintFacts', 'Complaint', {
    id: complaints.nodes[0]!.id,
    facts: ['LAWSUIT_LIKELY'],
  });
}
