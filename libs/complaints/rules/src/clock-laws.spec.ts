import fc from 'fast-check';
import { addHours, addMinutes } from '@anju/kernel';
import { rule } from '@anju/testing';
import { anyStory, played, whatever } from './any-story';
import { endedCases } from './any-work-story';
import { clockRules, millisOfTime } from './clock-rules';
import { clockStatus, isPaused } from './clocks';
import { isUnresolved, type ComplaintClock } from './complaint';
import { environment } from './complaint-story';
import { complaintMoments } from './deadlines';
import type { ComplaintFact } from './facts';
import type { ComplaintEnvironment } from './policy';
import { recomputeClocks } from './recompute';

const { calendars, policy } = environment;

/** Whether an instant lies inside the time in which a duty runs, its end included. */
function isInItsTime(clock: ComplaintClock, at: Date): boolean {
  const { runsIn } = clockRules[clock.kind];
  if (runsIn === 'ELAPSED') return true;
  const calendar = runsIn === 'OFFICE' ? calendars.office : calendars.serviceDesk;
  return calendar.isOpen(at) || calendar.isOpen(new Date(+at - 1));
}

function ownTime(clock: ComplaintClock, from: Date, to: Date): number {
  return millisOfTime(clockRules[clock.kind].runsIn, from, to, environment);
}

describe('laws of the clocks', () => {
  rule(['CAL-02', 'CAL-03', 'CMP-05', 'CMP-07'], 'none is due, nor warned of, outside its calendar', () => {
    whatever((_, { clocks }) => {
      for (const clock of clocks) {
        expect(isInItsTime(clock, clock.dueAt)).toBe(true);
        if (clock.warnAt) expect(isInItsTime(clock, clock.warnAt)).toBe(true);
      }
    });
  });

  rule(['CMP-05', 'CMP-07'], 'a warning comes after the start and before the due time', () => {
    whatever((_, { clocks, ageing }) => {
      for (const { startedAt, warnAt, dueAt } of clocks) {
        if (warnAt === null) continue;
        expect(+warnAt).toBeGreaterThan(+startedAt);
        expect(+warnAt).toBeLessThan(+dueAt);
      }
      expect(+ageing.hotWarnAt!).toBeLessThan(+ageing.becomesHotAt);
    });
  });

  rule(['CMP-05', 'CMP-06', 'CMP-07'], 'paused time never counts, however often a duty is paused', () => {
    whatever((_, { clocks }) => {
      for (const clock of clocks) {
        const { kind, startedAt, dueAt, setDueAt, pauses } = clock;
        if (!['RUNNING', 'MISSED'].includes(clockStatus(clock))) continue;
        const stoodStill = pauses.reduce((sum, p) => sum + ownTime(clock, p.pausedAt, p.resumedAt!), 0);
        const first = setDueAt ?? clockRules[kind].dueAt!(startedAt, environment);
        const allowed = ownTime(clock, startedAt, first);
        expect(ownTime(clock, startedAt, dueAt) - stoodStill).toBe(allowed);
      }
    });
  });

  rule(['CMP-03', 'CMP-05'], 'what is paused falls due only when it goes on; an age always goes on', () => {
    whatever((_, state) => {
      const moments = complaintMoments(state).map(({ kind }) => kind);
      const waiting = state.clocks.filter(isPaused).map(({ kind }) => kind);
      const running = state.clocks
        .filter((clock) => clockStatus(clock) === 'RUNNING')
        .map(({ kind }) => kind);
      for (const kind of waiting) if (!running.includes(kind)) expect(moments).not.toContain(kind);
      const ages = isUnresolved(state.status) && state.ageing.wasUnresolvedForAMonthAt === null;
      expect(moments.includes('BECOMES_MAJOR')).toBe(ages);
    });
  });

  rule('CMP-13', 'what was told of the clocks gives the clocks, told again from the beginning', () => {
    whatever((_, state, story) => {
      expect(replayed(story.facts)).toEqual(
        state.clocks.map(({ sequence, kind, startedAt, dueAt, warnedAt, missedAt, metAt }) => ({
          ...{ sequence, kind, startedAt, dueAt, warnedAt, missedAt },
          metInTimeAt: missedAt ? null : metAt,
        })),
      );
    });
  });

  rule('CMP-05', 'the same policy and calendar give the same due times', () => {
    whatever((_, state, story) => {
      expect(recomputeClocks(state, environment, story.now)).toEqual({
        outcome: 'accepted',
        state,
        facts: [],
      });
    });
  });

  const anyPolicy = fc
    .record({
      responseWorkingDays: fc.integer({ min: 1, max: 5 }),
      replyDeskHours: fc.integer({ min: 1, max: 40 }),
      callbackHours: fc.integer({ min: 1, max: 200 }),
      hotAfterDays: fc.integer({ min: 1, max: 20 }),
      returnVisitDays: fc.integer({ min: 1, max: 9 }),
      specialReportDays: fc.integer({ min: 1, max: 20 }),
    })
    .map((change): ComplaintEnvironment => ({
      ...environment,
      policy: { ...policy, ...change },
      policyVersion: 7,
    }));

  rule(
    ['CMP-03', 'CMP-05', 'CMP-07'],
    'another policy moves what is open, never into the past, and moves it once',
    () => {
      fc.assert(
        fc.property(anyStory, anyPolicy, fc.nat(100), (course, changed, hours) => {
          const story = played(course);
          const at = addMinutes(addHours(story.now, hours), 1);
          const before = story.until(at).state;
          const { state, facts } = recomputeClocks(before, changed, at);
          expect(recomputeClocks(state, changed, at)).toMatchObject({ facts: [] });
          expect(recomputeClocks(state, changed, at).state).toBe(state);
          expect(facts.length).toBeLessThanOrEqual(1);
          for (const { dueAt } of complaintMoments(state)) expect(+dueAt).toBeGreaterThanOrEqual(+at);
          state.clocks.forEach((clock, index) => {
            const was = before.clocks[index]!;
            const isOpen = ['RUNNING', 'PAUSED'].includes(clockStatus(was));
            if (!isOpen) expect(clock).toBe(was);
            const isMoved = +clock.dueAt !== +was.dueAt;
            if (isMoved) expect(clock.policyVersion).toBe(7);
            expect(told(facts, clock.sequence)).toEqual(isMoved ? [[was.dueAt, clock.dueAt]] : []);
          });
        }),
        { numRuns: 60 },
      );
    },
  );
});

function told(facts: readonly ComplaintFact[], sequence: number): [Date, Date][] {
  return facts.flatMap((fact) =>
    fact.type === 'ComplaintClocksRecomputed'
      ? fact.changes
          .filter((change) => change.sequence === sequence)
          .map(({ fromDueAt, toDueAt }): [Date, Date] => [fromDueAt, toDueAt])
      : [],
  );
}

interface ToldClock {
  readonly sequence: number;
  readonly kind: string;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly warnedAt: Date | null;
  readonly missedAt: Date | null;
  readonly metInTimeAt: Date | null;
}

/** The clocks as whoever has heard all facts knows them. */
function replayed(facts: readonly ComplaintFact[]): ToldClock[] {
  const clocks = new Map<number, ToldClock>();
  let left: readonly ToldClock[] = [];
  const change = (sequence: number, changes: Partial<ToldClock>): void => {
    clocks.set(sequence, { ...clocks.get(sequence)!, ...changes });
  };
  for (const fact of facts) {
    if (fact.type === 'ComplaintClockStarted') {
      const { sequence, clock: kind, startedAt, dueAt } = fact;
      const untouched = { warnedAt: null, missedAt: null, metInTimeAt: null };
      // What came from a case that ended in this one was told of there till then.
      const before = left.find((one) => one.kind === kind && +one.startedAt === +startedAt) ?? untouched;
      clocks.set(sequence, { ...before, sequence, kind, startedAt, dueAt });
    }
    if (fact.type === 'ComplaintTookIn') left = replayed(endedCases.get(fact.fromComplaintId) ?? []);
    if (fact.type === 'ComplaintClockResumed') change(fact.sequence, { dueAt: fact.dueAt });
    if (fact.type === 'ComplaintClockWarned') change(fact.sequence, { warnedAt: fact.at });
    if (fact.type === 'ComplaintClockMissed') change(fact.sequence, { missedAt: fact.at });
    if (fact.type === 'ComplaintClockMet') change(fact.sequence, { metInTimeAt: fact.at });
  }
  return [...clocks.values()];
}
