import fc from 'fast-check';
import { asStored, rule } from '@anju/testing';
import { anyStory, played, whatever } from './any-story';
import { endedCases } from './any-work-story';
import { isOutstanding, isPaused, outstandingClocks } from './clocks';
import { groupSize, isOver, type ComplaintState } from './complaint';
import { environment } from './complaint-story';
import { complaintDeadlines } from './deadlines';
import type { ComplaintFact } from './facts';
import { factTypes, knownOf, replayed } from './replayed-story';
import { currentRevision } from './reply-state';
import { compareSeverity, severities } from './severity';
import { severityOf } from './severity-of-complaint';

const { policy } = environment;

/** The lists of a case that only grow, as they are told apart. */
function records(state: ComplaintState): Record<string, readonly unknown[]> {
  const { responses, progress, demandForms, resolutions, returnVisits, specialReports } = state;
  const { closings, reopenings, causeClassChanges, facts, raises, linkedCases, interactionIds } = state;
  const { namedStaffIds, callbackPromises } = state;
  const outcome = { demandForms, resolutions, returnVisits, specialReports, closings, reopenings };
  return {
    responses,
    progress,
    causeClassChanges,
    facts,
    raises,
    linkedCases,
    interactionIds,
    namedStaffIds,
    callbackPromises,
    ...outcome,
  };
}

describe('laws of a complaint', () => {
  rule(
    'CMP-02',
    'whatever happens, a case is as severe as its facts say or as it was raised, never less',
    () => {
      whatever((_, { severity, status, ...facts }) => {
        const asFactsSay = severityOf(facts, policy).severity;
        if (isOver(status)) expect(compareSeverity(severity, asFactsSay)).toBeGreaterThanOrEqual(0);
        else expect(severity).toBe(asFactsSay);
      });
    },
  );

  rule(
    'CMP-08',
    'whatever happens, a web complaint has no answer but those that were approved and sent',
    () => {
      whatever((_, { answersNeedApproval, channel, replies, responses, progress }) => {
        if (channel !== 'WEB') return;
        expect(answersNeedApproval).toBe(true);
        const sent = replies
          .filter(({ status }) => status === 'SENT')
          .map((reply) => currentRevision(reply).text);
        expect(responses.map(({ text }) => text).sort()).toEqual(sent.sort());
        expect(progress.filter(({ toldBy }) => toldBy === 'SMS')).toEqual([]);
        for (const { status, steps } of replies) {
          if (status !== 'SENT') continue;
          expect(steps.some(({ verdict, voidedAt }) => verdict === 'APPROVED' && voidedAt === null)).toBe(
            true,
          );
        }
      });
    },
  );

  rule(
    ['CMP-03', 'CMP-05', 'CMP-11'],
    'whatever happens, every due time is after its start, and they are in order',
    () => {
      whatever((_, after) => {
        for (const clock of after.clocks) expect(+clock.dueAt).toBeGreaterThan(+clock.startedAt);
        const due = complaintDeadlines(after);
        const times = due.map((each) => +each.dueAt);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(times.every((time) => time > +after.receivedAt)).toBe(true);
        expect(new Set(due.map((each) => `${each.kind} ${+each.dueAt}`)).size).toBe(due.length);
      });
    },
  );

  rule('CMP-13', 'whatever happens, of a case that is over nothing falls due and nothing is overdue', () => {
    whatever((_, after) => {
      if (!isOver(after.status)) return;
      expect(complaintDeadlines(after)).toEqual([]);
      expect(outstandingClocks(after)).toEqual([]);
    });
  });

  rule('CMP-13', 'whatever happens, nothing that was recorded is changed or removed', () => {
    whatever((before, after) => {
      const kept = records(before);
      for (const [name, now] of Object.entries(records(after))) {
        expect(now.slice(0, kept[name]?.length)).toEqual(kept[name]);
      }
      before.clocks.forEach((clock, index) => {
        const now = after.clocks[index];
        expect(now).toMatchObject({ kind: clock.kind, startedAt: clock.startedAt });
        // Put off by a pause, and by nothing else.
        if (!isPaused(clock)) expect(now?.dueAt).toEqual(clock.dueAt);
        else expect(+now!.dueAt).toBeGreaterThanOrEqual(+clock.dueAt);
        if (clock.warnedAt) expect(now?.warnedAt).toEqual(clock.warnedAt);
        expect(now!.pauses.length).toBeGreaterThanOrEqual(clock.pauses.length);
        if (clock.metAt) expect(now?.metAt).toEqual(clock.metAt);
        if (clock.missedAt) expect(now?.missedAt).toEqual(clock.missedAt);
        if (clock.lapsedAt) expect(now?.lapsedAt).toEqual(clock.lapsedAt);
      });
    });
  });

  rule(
    'CMP-13',
    'whatever happens, what was told of a case gives the case, told again from the beginning',
    () => {
      whatever((_, after, story) => {
        const ended = (id: string): readonly ComplaintFact[] => endedCases.get(id) ?? [];
        expect(replayed(story.facts, ended)).toEqual(knownOf(after));
      });
    },
  );

  rule(['CMP-05', 'CMP-11', 'CMP-12'], 'whatever happens, a clock is told as met or as missed, once', () => {
    whatever((_, after, story) => {
      const told = (type: ComplaintFact['type'], sequence: number) =>
        story.facts.filter((fact) => fact.type === type && 'sequence' in fact && fact.sequence === sequence)
          .length;
      for (const { sequence, metAt, missedAt, lapsedAt, carriedAt } of after.clocks) {
        // What was missed before it was taken over was told of the other case.
        const isMissedHere = missedAt !== null && !(carriedAt && missedAt <= carriedAt);
        expect(told('ComplaintClockMissed', sequence)).toBe(isMissedHere ? 1 : 0);
        expect(told('ComplaintClockMet', sequence)).toBe(metAt && !missedAt ? 1 : 0);
        expect(metAt !== null && lapsedAt !== null).toBe(false);
      }
    });
  });

  rule(
    ['CMP-11', 'CMP-12'],
    'whatever happens, a closed case owes nothing, and a rise has its demand form',
    () => {
      whatever((before, after) => {
        if (after.status === 'CLOSED') expect(after.clocks.filter(isOutstanding)).toEqual([]);
        const rises = severities.indexOf(after.severity) > severities.indexOf(before.severity);
        const forms = after.clocks.filter((clock) => clock.kind === 'DEMAND_FORM');
        const added = forms.filter(({ sequence }) => sequence > before.clocks.length);
        const isOwed = outstandingClocks(before, 'DEMAND_FORM').some(
          ({ forSeverity }) => forSeverity === after.severity,
        );
        expect(added.map(({ forSeverity }) => forSeverity)).toEqual(rises && !isOwed ? [after.severity] : []);
        const owed = forms.filter(isOutstanding).map(({ forSeverity }) => forSeverity);
        expect(new Set(owed).size).toBe(owed.length);
      });
    },
  );

  rule('CMP-14', 'whatever happens, each member is another customer', () => {
    whatever((_, after) => expect(groupSize(after)).toBe(after.members.length));
  });

  rule(
    'CMP-12',
    'whatever happens, a case has a time of resolution exactly while it is resolved or closed',
    () => {
      whatever((_, after) => {
        expect(after.resolvedAt === null).toBe(!['RESOLVED', 'CLOSED'].includes(after.status));
        expect(after.closedAt === null).toBe(after.status !== 'CLOSED');
      });
    },
  );

  it('are of all that can happen to a case by its rules alone', () => {
    const told = new Set(
      fc
        .sample(anyStory, { numRuns: 150, seed: 2_026 })
        .flatMap((course) => played(course).facts.map(({ type }) => type)),
    );
    // These two come from a contact, and from another policy or calendar.
    const others: ComplaintFact['type'][] = ['ComplaintWordsAdded', 'ComplaintClocksRecomputed'];
    expect(factTypes.filter((type) => !told.has(type) && !others.includes(type))).toEqual([]);
  });

  it('whatever happens, the case survives being stored as JSON', () => {
    whatever((_, after) => {
      expect(asStored(after)).toEqual(after);
    });
  });
});
