import { rule } from '@anju/testing';
import { planDuty, withdrawDuty } from './duty-roster';
import type { DutyState } from './duty-roster';
import { defaultDirectoryPolicy as policy } from './policy';
import { accepted, aProject, aStaff, problemsOf, refusal } from './testing/builders';

const project = aProject();

function plan(date: string, hours?: { from: string; to: string }, planned: readonly DutyState[] = []) {
  return planDuty(project, aStaff(), planned, { dutyId: `duty-${date}`, date, hours }, policy);
}

describe('the duty roster', () => {
  rule('DIR-03', 'a duty on a weekend has the hours of the service desk', () => {
    const { state, facts } = accepted(plan('2026-03-07'));
    expect(state).toEqual({
      id: 'duty-2026-03-07',
      projectId: 'project-jx',
      status: 'PLANNED',
      staffId: 'staff-zhou',
      date: '2026-03-07',
      kind: 'WEEKEND',
      hours: { from: '09:00', to: '18:00' },
    });
    const { id: dutyId, status: _, ...duty } = state;
    expect(facts).toEqual([{ type: 'DutyPlanned', dutyId, ...duty }]);
  });

  rule.each([
    { date: '2026-02-17', kind: 'HOLIDAY' },
    { date: '2026-05-01', kind: 'HOLIDAY' },
    { date: '2026-05-02', kind: 'WEEKEND' },
    { date: '2026-03-08', kind: 'WEEKEND' },
  ])('DIR-03', '$date is a $kind', ({ date, kind }) => {
    expect(accepted(plan(date)).state.kind).toBe(kind);
  });

  rule.each(['2026-03-02', '2026-02-14', '2026-05-09', '2026-10-10'])(
    'DIR-03',
    'on %s the office is open, also for a day worked in exchange: no duty',
    (date) => {
      expect(refusal(plan(date))).toEqual({ code: 'OFFICE_OPEN_THAT_DAY', data: { date } });
    },
  );

  rule('DIR-03', 'a duty may have hours of its own, right ones', () => {
    const hours = { from: '18:00', to: '24:00' };
    expect(accepted(plan('2026-03-07', hours)).state.hours).toEqual(hours);
    for (const wrong of [
      { from: '9:00', to: '18:00' },
      { from: '18:00', to: '09:00' },
      { from: '09:00', to: '25:00' },
    ]) {
      expect(problemsOf(plan('2026-03-07', wrong))).toEqual(['hours FORMAT']);
    }
    expect(problemsOf(plan('2026-02-30'))).toEqual(['date FORMAT']);
  });

  rule('DIR-03', 'where the desk is closed, too, the duty must say its hours', () => {
    const { serviceDesk, office } = project.calendars;
    const closed = { ...serviceDesk, exceptions: { '2026-03-07': null } };
    const calendars = { serviceDesk: closed, office };
    const command = { dutyId: 'd', date: '2026-03-07' };
    expect(problemsOf(planDuty({ id: project.id, calendars }, aStaff(), [], command, policy))).toEqual([
      'hours REQUIRED',
    ]);
  });

  rule('DIR-03', 'who has duty is employed that day and serves the project', () => {
    const command = { dutyId: 'd', date: '2026-03-07' };
    const leaving = aStaff({ employments: [{ from: '2024-01-01', to: '2026-03-06' }] });
    expect(refusal(planDuty(project, leaving, [], command, policy)).code).toBe('STAFF_NOT_EMPLOYED_THAT_DAY');
    const elsewhere = aStaff({ projectIds: ['project-2'] });
    expect(refusal(planDuty(project, elsewhere, [], command, policy)).code).toBe('STAFF_NOT_OF_PROJECT');
  });

  rule('DIR-03', 'nobody has two duties at once', () => {
    const first = accepted(plan('2026-03-07', { from: '09:00', to: '13:00' })).state;
    expect(refusal(plan('2026-03-07', { from: '12:59', to: '18:00' }, [first]))).toEqual({
      code: 'DUTY_OVERLAPS',
      data: { dutyId: first.id, date: '2026-03-07' },
    });
    expect(accepted(plan('2026-03-07', { from: '13:00', to: '18:00' }, [first])).facts).toHaveLength(1);
    expect(accepted(plan('2026-03-08', undefined, [first])).facts).toHaveLength(1);
    expect(accepted(plan('2026-03-07', undefined, [{ ...first, staffId: 'other' }])).facts).toHaveLength(1);
    const withdrawn = accepted(withdrawDuty(first)).state;
    expect(accepted(plan('2026-03-07', undefined, [withdrawn])).facts).toHaveLength(1);
  });

  rule('DIR-03', 'a duty is withdrawn once and stays on record', () => {
    const { state, facts } = accepted(withdrawDuty(accepted(plan('2026-03-07')).state));
    expect(state.status).toBe('WITHDRAWN');
    expect(facts).toMatchObject([{ type: 'DutyWithdrawn', staffId: 'staff-zhou', date: '2026-03-07' }]);
    expect(refusal(withdrawDuty(state))).toEqual({
      code: 'DUTY_STATUS_OUT_OF_ORDER',
      data: { command: 'withdrawDuty', status: 'WITHDRAWN', allowedFrom: ['PLANNED'] },
    });
  });
});
