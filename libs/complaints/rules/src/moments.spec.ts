import fc from 'fast-check';
import { addHours, isRefused } from '@anju/kernel';
import { accepted, rule } from '@anju/testing';
import { awaitsWarning, clockStatus } from './clocks';
import {
  acknowledge,
  aReceipt,
  assign,
  environment,
  pause,
  promiseCall,
  resolve,
  resume,
  Story,
  wall,
  type ComplaintCommand,
} from './complaint-story';
import { answer, joinInto, passOn, replied } from './complaint-work-story';
import { complaintMoments } from './deadlines';
import { recordComplaintProgress } from './handling';
import { takeInComplaint } from './linking';
import { reopenComplaint } from './outcome';
import type { ComplaintPolicy } from './policy';
import { recomputeComplaint } from './recompute-complaint';
import { raiseComplaintSeverity } from './severity-commands';

const raise =
  (to: 'HOT' | 'MAJOR'): ComplaintCommand =>
  (state, at, env) =>
    raiseComplaintSeverity(state, { by: 'staff-lin', to, reason: 'Feared.' }, at, env);
const call: ComplaintCommand = (state, at, env) =>
  recordComplaintProgress(state, { by: 'staff-li', text: 'On it.', toldBy: 'PHONE' }, at, env);
const again: ComplaintCommand = (state, at, env) =>
  reopenComplaint(state, { by: 'staff-lin', reason: 'It stands again.', channel: null }, at, env);
/** Another policy comes in force. */
const under =
  (change: Partial<ComplaintPolicy>): ComplaintCommand =>
  (state, at) =>
    recomputeComplaint(state, { ...environment, policy: { ...environment.policy, ...change } }, at);
const takeIn =
  (other: Story): ComplaintCommand =>
  (state, at, env) => {
    const join = other.try(at, joinInto(state.id, state.status));
    return isRefused(join)
      ? join
      : takeInComplaint(state, { by: 'staff-lin', from: accepted(join) }, at, env);
  };

const told = (
  story: Story,
  type: 'ComplaintClockMissed' | 'ComplaintClockWarned',
  sequence: number,
): number => story.factsOf(type).filter((fact) => fact.sequence === sequence).length;

describe('a duty that is due when one of its kind was', () => {
  rule('CMP-11', 'is missed at that moment, too, when another policy puts it there', () => {
    const story = new Story(aReceipt(), {
      ...environment,
      policy: { ...environment.policy, demandFormWorkingDays: 2 },
    });
    story.at('2026-03-02 11:00', raise('HOT')).at('2026-03-03 11:00', raise('MAJOR'));
    const then = '2026-03-04 11:00';
    story.until(then);
    expect(story.clocks('DEMAND_FORM').map(clockStatus)).toEqual(['MISSED', 'RUNNING']);
    story.at(then, under({ demandFormWorkingDays: 1 }));
    const [due] = complaintMoments(story.state);
    expect(due).toEqual({ kind: 'DEMAND_FORM#3', dueAt: wall(then) });
    story.until(then);
    expect(story.clocks('DEMAND_FORM').map(({ missedAt }) => missedAt)).toEqual([wall(then), wall(then)]);
    for (const sequence of [2, 3]) expect(told(story, 'ComplaintClockMissed', sequence)).toBe(1);
  });

  rule(
    ['CMP-06', 'CMP-14'],
    'is missed at that moment, too, when a case brings it that ends in this one',
    () => {
      const then = '2026-03-04 11:00';
      const story = new Story(aReceipt({ id: 'case-2' })).at(
        '2026-03-02 11:00',
        acknowledge,
        assign,
        promiseCall,
      );
      const other = new Story().at('2026-03-02 11:00', acknowledge, assign, promiseCall);
      // Nothing is left of the call when it goes on.
      other.at('2026-03-02 13:00', pause('CALLBACK')).at('2026-03-02 13:00', under({ callbackHours: 1 }));
      story.at(then, call, takeIn(other)).until(then);
      expect(story.clocks('CALLBACK').map(clockStatus)).toEqual(['MET_LATE', 'MISSED']);
      const [, brought] = story.clocks('CALLBACK');
      expect(brought?.missedAt).toEqual(wall(then));
      expect(told(story, 'ComplaintClockMissed', brought!.sequence)).toBe(1);
    },
  );

  const begun = (id: string): Story =>
    new Story(aReceipt({ id })).at('2026-03-02 10:00', acknowledge, assign);

  /** Whatever the case takes of these, so many hours after the one before. */
  function play(story: Story, steps: readonly { hours: number; command: ComplaintCommand }[]): Story {
    for (const { hours, command } of steps) {
      const at = addHours(story.now, hours);
      if (!isRefused(story.try(at, command))) story.at(at, command);
      story.until(at);
    }
    return story;
  }

  // Few hours, so that what is due two days later is often due when the other case comes.
  const soon = fc.nat(2);
  const anyCase = fc.record({
    promised: soon,
    paused: soon,
    change: fc.constantFrom(under({}), under({ callbackHours: 1 }), under({ callbackHours: 2 })),
  });
  const anyStep = fc.record({
    hours: fc.constantFrom(0, 0, 1, 24, 48),
    command: fc.constantFrom(
      ...[promiseCall, call, pause(), resume, passOn(), replied(), answer, resolve, again],
      ...[raise('HOT'), raise('MAJOR'), under({}), under({ demandFormWorkingDays: 2 })],
    ),
  });

  rule(
    ['CMP-06', 'CMP-11', 'CMP-14'],
    'whatever case ends in it, at whatever moment: each warning and each miss comes about at its own, once',
    () => {
      fc.assert(
        fc.property(
          ...[soon, anyCase, fc.integer({ min: 46, max: 51 }), fc.array(anyStep, { maxLength: 6 })],
          (promised, { paused, change, ...other }, joined, after) => {
            const brought = play(begun('case-1'), [
              { hours: other.promised, command: promiseCall },
              { hours: paused, command: pause('CALLBACK') },
              { hours: 0, command: change },
            ]);
            const story = play(begun('case-2'), [
              { hours: promised, command: promiseCall },
              { hours: joined - promised, command: call },
              { hours: 0, command: takeIn(brought) },
              ...after,
            ]);
            // The story throws where what is due would bear the name of what has come about.
            const end = addHours(story.now, 24 * 40);
            for (const clock of story.until(end).state.clocks) {
              const { sequence, dueAt, missedAt, warnAt, warnedAt, carriedAt } = clock;
              if (clockStatus(clock) === 'RUNNING') expect(+dueAt).toBeGreaterThan(+end);
              if (awaitsWarning(clock)) expect(+warnAt!).toBeGreaterThan(+end);
              if (missedAt) expect(missedAt).toEqual(dueAt);
              if (warnedAt) expect(warnedAt).toEqual(warnAt);
              const isHere = (instant: Date | null): boolean =>
                instant !== null && (carriedAt === null || instant >= carriedAt);
              expect(told(story, 'ComplaintClockMissed', sequence)).toBe(Number(isHere(missedAt)));
              expect(told(story, 'ComplaintClockWarned', sequence)).toBe(Number(isHere(warnedAt)));
            }
          },
        ),
        { numRuns: 300 },
      );
    },
  );
});
