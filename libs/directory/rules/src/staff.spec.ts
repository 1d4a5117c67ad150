import type { Decision } from '@anju/kernel';
import { rule } from '@anju/testing';
import fc from 'fast-check';
import { defaultDirectoryPolicy as policy } from './policy';
import {
  assignProjects,
  assignSupervisor,
  employedOn,
  endEmployment,
  moveStaff,
  reemployStaff,
  registerStaff,
  renameStaff,
  staffStatuses,
  staffTransitions,
} from './staff';
import type { StaffFact, StaffState } from './staff';
import { accepted, aStaff, dayOne, problemsOf, refusal } from './testing/builders';

const command = {
  staffId: 's-1',
  organisationId: 'organisation',
  name: '李强',
  departmentCode: 'EQUIPMENT',
  position: 'ELECTRICIAN',
  level: 'OPERATIONAL',
  projectIds: ['project-jx', 'project-jx'],
  employedFrom: '2026-03-01',
};
const top = () => null;

describe('staff', () => {
  rule(
    'DIR-03',
    'an employee has department, position, level, supervisor, projects and employment dates',
    () => {
      const { state, facts } = accepted(registerStaff(command, aStaff({ id: 'boss' }), policy));
      expect(state).toEqual({
        id: 's-1',
        organisationId: 'organisation',
        status: 'EMPLOYED',
        name: '李强',
        departmentCode: 'EQUIPMENT',
        position: 'ELECTRICIAN',
        level: 'OPERATIONAL',
        supervisorId: 'boss',
        projectIds: ['project-jx'],
        servedProjectIds: ['project-jx'],
        servedOrganisation: false,
        employments: [{ from: '2026-03-01', to: null }],
      });
      expect(facts).toEqual([
        {
          type: 'StaffRegistered',
          projectId: null,
          staffId: 's-1',
          organisationId: 'organisation',
          departmentCode: 'EQUIPMENT',
          position: 'ELECTRICIAN',
          supervisorId: 'boss',
          level: 'OPERATIONAL',
          projectIds: ['project-jx'],
          employed: true,
          employments: [{ from: '2026-03-01', to: null }],
        },
      ]);
    },
  );

  rule('DIR-03', 'everything that is wrong is named at once', () => {
    const wrong = {
      ...command,
      name: '',
      departmentCode: 'SPIES',
      position: '电工',
      level: 'TOP',
      employedFrom: 'x',
    };
    expect(problemsOf(registerStaff(wrong, null, policy))).toEqual([
      'name REQUIRED',
      'departmentCode UNKNOWN_VALUE',
      'position FORMAT',
      'level UNKNOWN_VALUE',
      'employedFrom FORMAT',
    ]);
  });

  const boss = aStaff({ id: 'boss' });
  const commands: Record<
    keyof typeof staffTransitions,
    (state: StaffState) => Decision<StaffState, StaffFact>
  > = {
    renameStaff: (state) => renameStaff(state, { name: '周小敏' }, policy),
    moveStaff: (state) => moveStaff(state, { position: 'SHIFT_LEADER' }, policy),
    assignSupervisor: (state) => assignSupervisor(state, boss, top),
    assignProjects: (state) => assignProjects(state, { projectIds: ['project-2'] }),
    endEmployment: (state) => endEmployment(state, { lastDay: '2026-02-28' }, dayOne, policy),
    reemployStaff: (state) => reemployStaff(state, { employedFrom: '2026-03-02' }, policy),
  };
  const names = Object.keys(commands) as (keyof typeof staffTransitions)[];
  const matrix = staffStatuses.flatMap((status) => names.map((name) => ({ status, name })));

  rule.each(matrix)('DIR-03', '$name of somebody who is $status', ({ status, name }) => {
    const to = status === 'LEFT' ? '2026-02-01' : null;
    const staff = aStaff({ status, employments: [{ from: '2024-01-01', to }] });
    const transition = staffTransitions[name];
    const decision = commands[name](staff);
    if ((transition.from as readonly string[]).includes(status)) {
      const { state, facts } = accepted(decision);
      expect(state.status).toBe(transition.to);
      expect(facts).toMatchObject([{ type: 'StaffChanged', employed: transition.to === 'EMPLOYED' }]);
    } else {
      expect(refusal(decision)).toEqual({
        code: 'STAFF_STATUS_OUT_OF_ORDER',
        data: { command: name, status, allowedFrom: transition.from },
      });
    }
  });

  rule('DIR-03', 'what is so already changes nothing', () => {
    const staff = aStaff({ supervisorId: 'boss', projectIds: ['a', 'b'] });
    expect(accepted(renameStaff(staff, { name: ' 周敏 ' }, policy)).facts).toEqual([]);
    expect(accepted(moveStaff(staff, { level: 'OPERATIONAL' }, policy)).facts).toEqual([]);
    expect(accepted(assignSupervisor(staff, boss, top)).facts).toEqual([]);
    expect(accepted(assignProjects(staff, { projectIds: ['b', 'a', 'a'] })).facts).toEqual([]);
    expect(accepted(assignProjects(staff, { projectIds: ['a'] })).state.projectIds).toEqual(['a']);
  });

  rule('DIR-03', 'where somebody ever served stays on record, wherever he goes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom('a', 'b', 'c'))), (moves) => {
        const before = accepted(registerStaff(command, null, policy)).state;
        const after = moves.reduce(
          (staff, projectIds) => accepted(assignProjects(staff, { projectIds })).state,
          before,
        );
        expect(new Set(after.servedProjectIds)).toEqual(new Set([...before.projectIds, ...moves.flat()]));
        expect(after.servedOrganisation).toBe(moves.some((projectIds) => projectIds.length === 0));
      }),
    );
  });

  rule('DIR-03', 'a move that is wrong is refused', () => {
    expect(problemsOf(moveStaff(aStaff(), { departmentCode: 'X', level: 'Y' }, policy))).toEqual([
      'departmentCode UNKNOWN_VALUE',
      'level UNKNOWN_VALUE',
    ]);
    expect(problemsOf(renameStaff(aStaff(), { name: '1' }, policy))).toEqual(['name CHARACTER_NOT_ALLOWED']);
  });
});

describe('employment', () => {
  rule('DIR-03', 'somebody leaves on a day that has come, not before he joined', () => {
    const staff = aStaff();
    const { state } = accepted(endEmployment(staff, { lastDay: '2026-03-02' }, dayOne, policy));
    expect(state).toMatchObject({ status: 'LEFT', employments: [{ from: '2024-01-01', to: '2026-03-02' }] });
    for (const lastDay of ['2026-03-03', '2023-12-31']) {
      expect(problemsOf(endEmployment(staff, { lastDay }, dayOne, policy))).toEqual(['lastDay OUT_OF_RANGE']);
    }
  });

  rule('DIR-03', 'today is the day in the time zone of the business', () => {
    const justAfterMidnight = new Date('2026-03-02T16:30:00Z');
    const { state } = accepted(endEmployment(aStaff(), { lastDay: '2026-03-03' }, justAfterMidnight, policy));
    expect(state.status).toBe('LEFT');
  });

  rule('DIR-03', 'somebody who left can come back; the time between stays on record', () => {
    const left = accepted(endEmployment(aStaff(), { lastDay: '2026-02-01' }, dayOne, policy)).state;
    expect(problemsOf(reemployStaff(left, { employedFrom: '2026-02-01' }, policy))).toEqual([
      'employedFrom OUT_OF_RANGE',
    ]);
    const back = accepted(reemployStaff(left, { employedFrom: '2026-03-02' }, policy)).state;
    expect(back.status).toBe('EMPLOYED');
    const days = ['2023-12-31', '2024-01-01', '2026-02-01', '2026-02-15', '2026-03-02', '2030-01-01'];
    expect(days.map((day) => employedOn(back, day))).toEqual([false, true, true, false, true, true]);
  });
});

describe('supervisors', () => {
  rule('DIR-03', 'a supervisor is employed', () => {
    const left = aStaff({ id: 'boss', status: 'LEFT' });
    expect(refusal(assignSupervisor(aStaff(), left, top))).toEqual({
      code: 'SUPERVISOR_NOT_EMPLOYED',
      data: { supervisorId: 'boss' },
    });
    expect(refusal(registerStaff(command, left, policy)).code).toBe('SUPERVISOR_NOT_EMPLOYED');
  });

  rule('DIR-03', 'nobody supervises himself, directly or through others', () => {
    const staff = aStaff({ id: 'a' });
    expect(refusal(assignSupervisor(staff, staff, top))).toEqual({
      code: 'SUPERVISOR_CYCLE',
      data: { staffId: 'a', chain: ['a'] },
    });
    const lines = new Map([
      ['c', 'b'],
      ['b', 'a'],
    ]);
    const decision = assignSupervisor(staff, aStaff({ id: 'c' }), (id) => lines.get(id) ?? null);
    expect(refusal(decision).data).toEqual({ staffId: 'a', chain: ['c', 'b', 'a'] });
  });

  rule('DIR-03', 'nobody at the top is right, too', () => {
    const { state, facts } = accepted(assignSupervisor(aStaff({ supervisorId: 'boss' }), null, top));
    expect(state.supervisorId).toBeNull();
    expect(facts).toMatchObject([{ supervisorId: null }]);
  });

  rule('DIR-03', 'whatever is assigned, the lines stay free of circles', () => {
    const people = ['a', 'b', 'c', 'd', 'e'];
    const anyone = fc.constantFrom(...people);
    fc.assert(
      fc.property(fc.array(fc.tuple(anyone, anyone), { maxLength: 20 }), (assignments) => {
        const lines = new Map<string, string>();
        for (const [id, supervisorId] of assignments) {
          const supervisor = aStaff({ id: supervisorId });
          const decision = assignSupervisor(aStaff({ id }), supervisor, (other) => lines.get(other) ?? null);
          if (decision.outcome === 'accepted') lines.set(id, supervisorId);
        }
        for (const person of people) {
          let steps = 0;
          for (let at = lines.get(person); at !== undefined; at = lines.get(at)) steps += 1;
          expect(steps).toBeLessThan(people.length);
        }
      }),
    );
  });

  it('does not run for ever where lines are in a circle already', () => {
    const lines = new Map([
      ['b', 'c'],
      ['c', 'b'],
    ]);
    const decision = assignSupervisor(
      aStaff({ id: 'a' }),
      aStaff({ id: 'b' }),
      (id) => lines.get(id) ?? null,
    );
    expect(accepted(decision).state.supervisorId).toBe('b');
  });
});
