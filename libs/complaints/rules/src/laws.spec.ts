import fc from 'fast-check';
import { addHours, isRefused } from '@anju/kernel';
import { asStored, rule } from '@anju/testing';
import { isOutstanding } from './clocks';
import { groupSize, isUnresolved, type ComplaintState } from './complaint';
import {
  acknowledge,
  aReceipt,
  assign,
  close,
  customers,
  environment,
  fileForm,
  join,
  report,
  resolve,
  respond,
  Story,
  visit,
  type ComplaintCommand,
} from './complaint-story';
import { complaintDeadlines } from './deadlines';
import type { ComplaintFact } from './facts';
import { recordComplaintProgress } from './handling';
import { replaceComplaintCustomer } from './members';
import { reopenComplaint } from './outcome';
import { compareSeverity, reportableFacts, severities } from './severity';
import { addComplaintFacts, nameComplaintStaff, raiseComplaintSeverity } from './severity-commands';
import { severityOf } from './severity-of-complaint';

const { policy } = environment;
const someCustomer = fc.integer({ min: 1, max: 14 }).map((n) => `customer-${n}`);

const anyCommand: fc.Arbitrary<ComplaintCommand> = fc.oneof(
  // Weighted, so that about every other story sees its case closed or reopened.
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      respond,
      respond,
      resolve,
      resolve,
      visit(4),
      visit(2),
      fileForm,
      report,
      close,
    ),
  },
  fc.constantFrom<ComplaintCommand>(
    (state, at, env) => reopenComplaint(state, { by: 'staff-lin', reason: 'Again.' }, at, env),
    (state, at) => recordComplaintProgress(state, { by: 'staff-li', text: 'On it.', toldBy: 'SMS' }, at),
    (state, at) => nameComplaintStaff(state, { by: 'staff-lin', staffIds: ['staff-qian'] }, at),
  ),
  fc.integer({ min: 1, max: 5 }).map((satisfaction) => visit(satisfaction)),
  fc.uniqueArray(someCustomer, { maxLength: 6 }).map((people) => join(...people)),
  fc.constantFrom(...reportableFacts).map(
    (fact): ComplaintCommand =>
      (state, at, env) =>
        addComplaintFacts(state, { by: 'staff-lin', facts: [fact], note: null }, at, env),
  ),
  fc.constantFrom('HOT' as const, 'MAJOR' as const).map(
    (to): ComplaintCommand =>
      (state, at, env) =>
        raiseComplaintSeverity(state, { by: 'staff-lin', to, reason: 'Feared.' }, at, env),
  ),
  fc.tuple(someCustomer, someCustomer).map(
    ([customerId, intoCustomerId]): ComplaintCommand =>
      (state, at, env) =>
        replaceComplaintCustomer(state, { customerId, intoCustomerId }, at, env),
  ),
);

const anyStory = fc.record({
  people: fc.nat(11),
  steps: fc.array(fc.record({ hours: fc.nat(200), command: anyCommand }), { maxLength: 40 }),
});

/** Plays any commands in order, refused or not, and looks at the case before and after each. */
function whatever(look: (before: ComplaintState, after: ComplaintState, story: Story) => void): void {
  fc.assert(
    fc.property(anyStory, ({ people, steps }) => {
      const story = new Story(aReceipt({ customerIds: customers(people) }));
      let at = story.state.receivedAt;
      look(story.state, story.state, story);
      for (const { hours, command } of [
        { hours: 0, command: acknowledge },
        { hours: 0, command: assign },
        ...steps,
      ]) {
        at = addHours(at, hours);
        const before = story.until(at).state;
        if (isRefused(story.try(at, command))) continue;
        look(before, story.at(at, command).state, story);
      }
    }),
    { numRuns: 100 },
  );
}

/** The lists of a case that only grow, as they are told apart. */
function records(state: ComplaintState): Record<string, readonly unknown[]> {
  const { responses, progress, demandForms, resolutions, returnVisits, specialReports } = state;
  const { closings, reopenings, causeClassChanges, facts, raises, linkedCases, interactionIds } = state;
  const { namedStaffIds } = state;
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
        if (status === 'CLOSED') expect(compareSeverity(severity, asFactsSay)).toBeGreaterThanOrEqual(0);
        else expect(severity).toBe(asFactsSay);
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

  rule('CMP-13', 'whatever happens, nothing that was recorded is changed or removed', () => {
    whatever((before, after) => {
      const kept = records(before);
      for (const [name, now] of Object.entries(records(after))) {
        expect(now.slice(0, kept[name]?.length)).toEqual(kept[name]);
      }
      before.clocks.forEach((clock, index) => {
        const now = after.clocks[index];
        expect(now).toMatchObject({ kind: clock.kind, startedAt: clock.startedAt, dueAt: clock.dueAt });
        if (clock.metAt) expect(now?.metAt).toEqual(clock.metAt);
        if (clock.missedAt) expect(now?.missedAt).toEqual(clock.missedAt);
        if (clock.lapsedAt) expect(now?.lapsedAt).toEqual(clock.lapsedAt);
      });
    });
  });

  rule(['CMP-05', 'CMP-11', 'CMP-12'], 'whatever happens, a clock is told as met or as missed, once', () => {
    whatever((_, after, story) => {
      const told = (type: ComplaintFact['type'], sequence: number) =>
        story.facts.filter((fact) => fact.type === type && 'sequence' in fact && fact.sequence === sequence)
          .length;
      for (const { sequence, metAt, missedAt, lapsedAt } of after.clocks) {
        expect(told('ComplaintClockMissed', sequence)).toBe(missedAt ? 1 : 0);
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
        const added = after.clocks
          .slice(before.clocks.length)
          .filter((clock) => clock.kind === 'DEMAND_FORM');
        expect(added.map((clock) => clock.forSeverity)).toEqual(rises ? [after.severity] : []);
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
        expect(after.resolvedAt === null).toBe(isUnresolved(after.status));
        expect(after.closedAt === null).toBe(after.status !== 'CLOSED');
      });
    },
  );

  it('whatever happens, the case survives being stored as JSON', () => {
    whatever((_, after) => {
      expect(asStored(after)).toEqual(after);
    });
  });
});
