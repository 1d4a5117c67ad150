import { defaultProjectCalendars, projectCalendars } from '@anju/kernel';
import { rule } from '@anju/testing';
import { defaultDirectoryPolicy as policy } from './policy';
import {
  changeOpeningHours,
  changeTimeZone,
  clearCalendarException,
  registerProject,
  renameProject,
  setCalendarException,
} from './project';
import { aProject, accepted, problemsOf, refusal } from './testing/builders';

const command = { projectId: 'p-1', organisationId: 'o-1', code: 'jx', name: '锦绣花园' };
const nineToSix = { from: '09:00', to: '18:00' };

describe('registering a project', () => {
  rule(['DIR-01', 'CAL-01'], 'a project has a code, a time zone, and the default calendars', () => {
    const { state, facts } = accepted(registerProject(command, policy));
    expect(state).toEqual({
      id: 'p-1',
      organisationId: 'o-1',
      status: 'ACTIVE',
      code: 'JX',
      name: '锦绣花园',
      timeZone: 'Asia/Shanghai',
      calendars: defaultProjectCalendars('Asia/Shanghai'),
      calendarVersion: 0,
    });
    expect(facts).toEqual([
      {
        type: 'ProjectRegistered',
        projectId: 'p-1',
        organisationId: 'o-1',
        code: 'JX',
        timeZone: 'Asia/Shanghai',
        calendars: state.calendars,
        calendarVersion: 0,
      },
    ]);
  });

  rule('DIR-01', 'what happened says nothing of the name', () => {
    expect(JSON.stringify(accepted(registerProject(command, policy)).facts)).not.toContain('锦绣');
  });

  rule.each(['J', '1J', 'J-X', 'JINXIUHUA', '锦绣', '', 'J X'])(
    'DIR-01',
    'the code "%s" is refused',
    (code) => {
      expect(problemsOf(registerProject({ ...command, code }, policy))).toEqual(['code FORMAT']);
    },
  );

  rule(['DIR-01', 'CAL-01'], 'everything that is wrong is named at once', () => {
    const { serviceDesk, office } = defaultProjectCalendars('Asia/Tokyo');
    const wrong = {
      ...command,
      code: '-',
      name: 'x'.repeat(201),
      calendars: { serviceDesk: { ...serviceDesk, weekly: { 1: { from: '18:00', to: '09:00' } } }, office },
    };
    expect(problemsOf(registerProject(wrong, policy))).toEqual([
      'code FORMAT',
      'name TOO_LONG',
      'calendars.serviceDesk.weekly.1.to OUT_OF_RANGE',
      'calendars.office.timeZone CONTRADICTS',
    ]);
    expect(problemsOf(registerProject({ ...command, timeZone: 'Mars/Olympus' }, policy))).toEqual([
      'timeZone UNKNOWN_VALUE',
    ]);
  });
});

describe("a project's calendars", () => {
  rule('CAL-01', 'the hours of the desk can be edited, and those of the office stay', () => {
    const project = aProject();
    const weekly = { 1: nineToSix, 6: { from: '10:00', to: '16:00' } };
    const { state, facts } = accepted(
      changeOpeningHours(project, { calendar: 'SERVICE_DESK', weekly }, policy),
    );
    expect(state.calendars.serviceDesk).toMatchObject({ weekly, holidays: 'NONE' });
    expect(state.calendars.office).toEqual(project.calendars.office);
    expect(facts).toMatchObject([{ type: 'ProjectChanged', calendars: state.calendars }]);
    expect(projectCalendars(state.calendars).serviceDesk.hoursOn('2026-03-03')).toBeNull();
  });

  rule('CAL-01', 'a project can do without the statutory holidays', () => {
    const project = aProject();
    const { weekly } = project.calendars.office;
    const command = { calendar: 'OFFICE', weekly, holidays: 'NONE' } as const;
    const { state } = accepted(changeOpeningHours(project, command, policy));
    expect(projectCalendars(project.calendars).office.hoursOn('2026-10-01')).toBeNull();
    expect(projectCalendars(state.calendars).office.hoursOn('2026-10-01')).toEqual(nineToSix);
  });

  rule('CAL-01', 'each change of a calendar counts, and nothing else does', () => {
    const { serviceDesk, office } = aProject().calendars;
    const own = accepted(registerProject({ ...command, calendars: { serviceDesk, office } }, policy)).state;
    expect(own.calendarVersion).toBe(1);
    const date = '2026-03-02';
    const exception = { calendar: 'OFFICE', date, hours: null } as const;
    const closed = accepted(setCalendarException(own, exception, policy));
    expect(closed.facts).toMatchObject([{ type: 'ProjectChanged', calendarVersion: 2 }]);
    expect(accepted(setCalendarException(closed.state, exception, policy)).state.calendarVersion).toBe(2);
    expect(accepted(renameProject(closed.state, { name: '锦绣花苑' }, policy)).state.calendarVersion).toBe(2);
    const moved = accepted(changeTimeZone(closed.state, { timeZone: 'Asia/Urumqi' })).state;
    expect(moved.calendarVersion).toBe(3);
  });

  rule('CAL-01', 'hours that cannot be computed with are refused, each by its place', () => {
    const weekly = { 1: { from: '9:00', to: '18:00' }, 2: { from: '12:00', to: '12:00' } };
    expect(problemsOf(changeOpeningHours(aProject(), { calendar: 'OFFICE', weekly }, policy))).toEqual([
      'weekly.1.from FORMAT',
      'weekly.2.to OUT_OF_RANGE',
    ]);
    expect(problemsOf(changeOpeningHours(aProject(), { calendar: 'OFFICE', weekly: {} }, policy))).toEqual([
      'weekly REQUIRED',
    ]);
  });

  rule('CAL-01', 'a day can be closed, opened differently, and given back to the week', () => {
    const date = '2026-03-02';
    const closed = accepted(
      setCalendarException(aProject(), { calendar: 'OFFICE', date, hours: null }, policy),
    ).state;
    expect(projectCalendars(closed.calendars).office.hoursOn(date)).toBeNull();
    expect(projectCalendars(closed.calendars).serviceDesk.hoursOn(date)).toEqual(nineToSix);
    const hours = { from: '13:00', to: '17:00' };
    const short = accepted(setCalendarException(closed, { calendar: 'OFFICE', date, hours }, policy)).state;
    expect(projectCalendars(short.calendars).office.hoursOn(date)).toEqual(hours);
    const { state, facts } = accepted(clearCalendarException(short, { calendar: 'OFFICE', date }, policy));
    expect(projectCalendars(state.calendars).office.hoursOn(date)).toEqual(nineToSix);
    expect(facts).toMatchObject([{ type: 'ProjectChanged' }]);
    expect(refusal(clearCalendarException(state, { calendar: 'OFFICE', date }, policy))).toEqual({
      code: 'CALENDAR_EXCEPTION_NOT_FOUND',
      data: { calendar: 'OFFICE', date },
    });
  });

  rule.each([
    { date: '2026-02-30', hours: null, problem: 'date FORMAT' },
    { date: '9999-01-01', hours: null, problem: 'date OUT_OF_RANGE' },
    { date: '__proto__', hours: null, problem: 'date FORMAT' },
    { date: '2026-03-02', hours: { from: '18:00', to: '09:00' }, problem: 'hours.to OUT_OF_RANGE' },
  ])('CAL-01', 'an exception on $date is refused: $problem', ({ date, hours, problem }) => {
    const command = { calendar: 'OFFICE', date, hours } as const;
    expect(problemsOf(setCalendarException(aProject(), command, policy))).toEqual([problem]);
  });

  rule('CAL-01', 'a calendar has no more exceptions than the policy allows', () => {
    const few = { ...policy, maxCalendarExceptions: 1 };
    const first = setCalendarException(
      aProject(),
      { calendar: 'OFFICE', date: '2026-03-02', hours: null },
      few,
    );
    const second = { calendar: 'OFFICE', date: '2026-03-03', hours: null } as const;
    expect(problemsOf(setCalendarException(accepted(first).state, second, few))).toEqual([
      'exceptions TOO_MANY',
    ]);
  });

  rule('DIR-01', 'both calendars go with the project into another time zone', () => {
    const { state, facts } = accepted(changeTimeZone(aProject(), { timeZone: 'Asia/Urumqi' }));
    expect(state.timeZone).toBe('Asia/Urumqi');
    expect(projectCalendars(state.calendars).office.timeZone).toBe('Asia/Urumqi');
    expect(projectCalendars(state.calendars).serviceDesk.timeZone).toBe('Asia/Urumqi');
    expect(facts).toMatchObject([{ type: 'ProjectChanged', timeZone: 'Asia/Urumqi' }]);
    expect(problemsOf(changeTimeZone(aProject(), { timeZone: '+08:00' }))).toEqual([
      'timeZone UNKNOWN_VALUE',
    ]);
  });

  rule('DIR-01', 'what is so already changes nothing', () => {
    const project = aProject();
    const { weekly } = project.calendars.office;
    expect(accepted(changeTimeZone(project, { timeZone: 'Asia/Shanghai' })).facts).toEqual([]);
    expect(accepted(renameProject(project, { name: project.name }, policy)).facts).toEqual([]);
    const reordered = { ...weekly, 1: { to: '18:00', from: '09:00' } };
    const same = changeOpeningHours(project, { calendar: 'OFFICE', weekly: reordered }, policy);
    expect(accepted(same).facts).toEqual([]);
  });

  rule('DIR-01', 'a project can be renamed; its code stays', () => {
    const { state, facts } = accepted(renameProject(aProject(), { name: '锦绣花园二期' }, policy));
    expect(state).toMatchObject({ name: '锦绣花园二期', code: 'JX' });
    expect(facts).toMatchObject([{ type: 'ProjectChanged' }]);
    expect(problemsOf(renameProject(aProject(), { name: '' }, policy))).toEqual(['name REQUIRED']);
  });
});
