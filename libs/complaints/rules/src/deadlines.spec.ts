import { addDays } from '@anju/kernel';
import { rule } from '@anju/testing';
import {
  acknowledge,
  aReceipt,
  assign,
  customers,
  environment,
  fileForm,
  join,
  resolve,
  respond,
  Story,
  visit,
  wall,
} from './complaint-story';
import { clockStatus } from './clocks';
import { complaintDeadlines, onComplaintDeadline } from './deadlines';

const receivedAt = wall('2026-03-02 10:00');
const week = wall('2026-03-09 10:00');

function before(at: Date): Date {
  return new Date(at.getTime() - 1);
}

/** Received on the day given at the time given; the rest as ever. */
function received(at: string): Story {
  return new Story(aReceipt({ receivedAt: wall(at) }));
}

describe('what is due', () => {
  rule(['CMP-03', 'CMP-05'], 'for a new case: the response, then the ages, in their order', () => {
    expect(complaintDeadlines(new Story().state)).toEqual([
      { kind: 'RESPONSE', dueAt: wall('2026-03-03 10:00') },
      { kind: 'BECOMES_HOT', dueAt: week },
      { kind: 'BECOMES_MAJOR', dueAt: wall('2026-04-02 10:00') },
    ]);
  });

  rule(['CMP-03', 'CMP-12'], 'for a resolved case: no age, but the return visit', () => {
    const { state } = new Story().at('2026-03-02 11:00', acknowledge, assign, respond, resolve);
    expect(complaintDeadlines(state)).toEqual([{ kind: 'RETURN_VISIT', dueAt: wall('2026-03-05 11:00') }]);
  });

  rule('CMP-11', 'two forms due at one moment are one entry, and both are missed when it fires', () => {
    const story = new Story(aReceipt({ receivedAt: wall('2026-03-07 10:00') }))
      .at('2026-03-07 11:00', join(...customers(2, 2)))
      .at('2026-03-08 11:00', join(...customers(7, 4)));
    const forms = complaintDeadlines(story.state).filter((due) => due.kind === 'DEMAND_FORM');
    expect(forms).toEqual([{ kind: 'DEMAND_FORM', dueAt: wall('2026-03-09 18:00') }]);
    story.until('2026-03-09 18:00');
    expect(
      story.factsOf('ComplaintClockMissed').filter((fact) => fact.clock === 'DEMAND_FORM'),
    ).toMatchObject([
      { forSeverity: 'HOT', sequence: 2 },
      { forSeverity: 'MAJOR', sequence: 3 },
    ]);
  });

  rule('CMP-11', 'of two forms due one after the other, each is missed at its own time', () => {
    const story = new Story(aReceipt({ customerIds: customers(3) })).at(
      '2026-03-02 15:00',
      join(...customers(7, 4)),
    );
    const missed = () => story.factsOf('ComplaintClockMissed').filter((fact) => fact.clock === 'DEMAND_FORM');
    story.until('2026-03-03 14:59');
    expect(missed()).toMatchObject([{ forSeverity: 'HOT', at: wall('2026-03-03 10:00') }]);
    story.until('2026-03-03 15:00');
    expect(missed().slice(1)).toMatchObject([{ forSeverity: 'MAJOR', at: wall('2026-03-03 15:00') }]);
  });

  rule('CMP-03', 'a deadline that fires twice, or for what was done, changes nothing', () => {
    const story = new Story().until('2026-03-09 10:00');
    for (const kind of ['RESPONSE', 'BECOMES_HOT']) {
      const due = kind === 'RESPONSE' ? wall('2026-03-03 10:00') : week;
      expect(onComplaintDeadline(story.state, kind, due, environment)).toEqual({
        outcome: 'accepted',
        state: story.state,
        facts: [],
      });
    }
  });

  rule('CMP-03', 'an age that was due while the case is resolved makes nothing of it', () => {
    const { state } = new Story().at('2026-03-02 11:00', acknowledge, assign, respond, resolve);
    expect(onComplaintDeadline(state, 'BECOMES_HOT', week, environment)).toMatchObject({ state, facts: [] });
  });

  it('knows no other kind', () => {
    expect(() => onComplaintDeadline(new Story().state, 'TEATIME', week, environment)).toThrow('TEATIME');
  });
});

describe('the response clock', () => {
  rule.each([
    { received: '2026-03-02 15:00', due: '2026-03-03 15:00', why: 'Monday' },
    { received: '2026-03-07 11:00', due: '2026-03-09 18:00', why: 'Saturday' },
    { received: '2026-03-06 17:00', due: '2026-03-09 17:00', why: 'Friday evening' },
    { received: '2026-02-13 17:00', due: '2026-02-14 17:00', why: 'the day before a make-up Saturday' },
    { received: '2026-02-14 16:30', due: '2026-02-24 16:30', why: 'the eve of Spring Festival' },
  ])(['CMP-05', 'CAL-02'], 'received $received ($why) a response is due $due', ({ received: at, due }) => {
    expect(received(at).clocks('RESPONSE')).toMatchObject([{ dueAt: wall(due) }]);
  });

  rule('CMP-05', 'a moment before it is due is in time, the due time itself is too late', () => {
    const due = wall('2026-03-03 10:00');
    const inTime = new Story().at('2026-03-02 11:00', acknowledge, assign).at(before(due), respond);
    expect(inTime.clocks('RESPONSE').map(clockStatus)).toEqual(['MET']);
    const late = new Story().at('2026-03-02 11:00', acknowledge, assign).at(due, respond);
    expect(late.clocks('RESPONSE').map(clockStatus)).toEqual(['MET_LATE']);
    expect(late.factsOf('ComplaintClockMissed')).toMatchObject([
      { startedAt: receivedAt, dueAt: due, at: due },
    ]);
    expect(late.factsOf('ComplaintClockMet')).toEqual([]);
  });

  rule.each([{ at: '2026-03-03 10:00' }, { at: '2026-03-05 09:00' }])(
    'CMP-05',
    'too late ($at) is too late also where the deadline has not been carried out yet',
    ({ at }) => {
      const { state } = new Story().at('2026-03-02 11:00', acknowledge, assign);
      expect(respond(state, wall(at), environment)).toMatchObject({
        state: { clocks: [{ missedAt: wall('2026-03-03 10:00'), metAt: wall(at) }] },
        facts: [
          { type: 'ComplaintResponded' },
          { type: 'ComplaintClockMissed', at: wall('2026-03-03 10:00') },
        ],
      });
    },
  );
});

describe('growing old', () => {
  rule(['CMP-03', 'CAL-04'], 'unresolved it becomes hot at 7 × 24 hours, not a moment sooner', () => {
    expect(new Story().until(before(week)).state.severity).toBe('GENERAL');
    const story = new Story().until(week);
    expect(story.state.severity).toBe('HOT');
    expect(story.factsOf('ComplaintSeverityChanged')).toMatchObject([
      { at: week, from: 'GENERAL', to: 'HOT', reasons: ['UNRESOLVED_FOR_A_WEEK'] },
    ]);
  });

  rule(
    'CMP-03',
    'resolved a moment before the week is over it stays general; at that moment it is hot',
    () => {
      const ready = () => new Story().at('2026-03-02 11:00', acknowledge, assign, respond);
      const inTime = ready().at(before(week), resolve).until('2026-05-01 10:00');
      expect(inTime.state.severity).toBe('GENERAL');
      const late = ready().at(week, resolve);
      expect(late.state.severity).toBe('HOT');
      expect(late.clocks('SPECIAL_REPORT')).toHaveLength(1);
    },
  );

  rule('CMP-03', 'resolved at that very moment it is hot also where the deadline comes after', () => {
    const { state } = new Story().at('2026-03-02 11:00', acknowledge, assign, respond);
    expect(resolve(state, week, environment)).toMatchObject({
      state: { status: 'RESOLVED', severity: 'HOT' },
      facts: [
        { type: 'ComplaintSeverityChanged' },
        { type: 'ComplaintClockStarted', clock: 'DEMAND_FORM' },
        { type: 'ComplaintResolved', severity: 'HOT' },
        { type: 'ComplaintClockStarted', clock: 'RETURN_VISIT' },
        { type: 'ComplaintClockStarted', clock: 'SPECIAL_REPORT' },
      ],
    });
  });

  rule.each([
    { receivedAt: '2026-01-31 12:00', major: '2026-02-28 12:00' },
    { receivedAt: '2026-03-31 12:00', major: '2026-04-30 12:00' },
    { receivedAt: '2028-01-31 12:00', major: '2028-02-29 12:00' },
    { receivedAt: '2026-03-02 10:00', major: '2026-04-02 10:00' },
    { receivedAt: '2026-12-15 23:59', major: '2027-01-15 23:59' },
  ])(
    ['CMP-03', 'CAL-04'],
    'received $receivedAt, unresolved it becomes major $major',
    ({ receivedAt: at, major }) => {
      expect(received(at).until(before(wall(major))).state.severity).toBe('HOT');
      expect(received(at).until(wall(major)).state.severity).toBe('MAJOR');
    },
  );

  rule('CMP-03', 'the month counts by the calendar of the project, not by that of UTC', () => {
    expect(received('2026-01-31 03:00').state.ageing.becomesMajorAt).toEqual(wall('2026-02-28 03:00'));
  });

  rule(['CMP-02', 'CMP-03'], 'already hot, a week changes nothing, and asks for no second form', () => {
    const story = new Story(aReceipt({ customerIds: customers(3) }))
      .at('2026-03-02 11:00', fileForm)
      .until(week);
    expect(story.factsOf('ComplaintSeverityChanged')).toEqual([]);
    expect(story.clocks('DEMAND_FORM')).toHaveLength(1);
    expect(story.state.ageing.wasUnresolvedForAWeekAt).toEqual(week);
  });

  rule(['CMP-03', 'CMP-12'], 'reopened, it counts from the first receipt: major a month after that', () => {
    const story = new Story()
      .at('2026-03-02 11:00', acknowledge, assign, respond, resolve)
      .at('2026-03-05 10:30', visit(1));
    expect(story.state.severity).toBe('HOT');
    expect(complaintDeadlines(story.state)).toEqual([
      { kind: 'RESPONSE', dueAt: wall('2026-03-06 10:30') },
      { kind: 'DEMAND_FORM', dueAt: wall('2026-03-06 10:30') },
      { kind: 'BECOMES_HOT', dueAt: week },
      { kind: 'BECOMES_MAJOR', dueAt: wall('2026-04-02 10:00') },
    ]);
    expect(story.until('2026-04-02 10:00').state.severity).toBe('MAJOR');
  });

  rule(
    ['CMP-03', 'CMP-12'],
    'reopened within the time of a warning, it is warned of its age then, not before',
    () => {
      const reopenedAt = wall('2026-03-09 09:00');
      const story = new Story()
        .at('2026-03-02 11:00', acknowledge, assign, respond, resolve)
        .at(reopenedAt, visit(1));
      expect(story.until(reopenedAt).factsOf('ComplaintAgeingWarned')).toMatchObject([
        { becomes: 'HOT', at: reopenedAt, dueAt: week },
      ]);
      expect(story.until('2026-04-02 10:00').factsOf('ComplaintAgeingWarned')).toHaveLength(2);
    },
  );

  rule(
    ['CMP-03', 'CMP-12'],
    'reopened more than a month after the first receipt, it is major at once',
    () => {
      const story = new Story().at('2026-03-02 11:00', acknowledge, assign, respond, resolve);
      story.at(addDays(receivedAt, 40), visit(2));
      expect(story.state.severity).toBe('MAJOR');
      expect(story.factsOf('ComplaintSeverityChanged')).toMatchObject([
        {
          from: 'GENERAL',
          to: 'MAJOR',
          reasons: ['SECOND_COMPLAINT', 'UNRESOLVED_FOR_A_MONTH', 'UNRESOLVED_FOR_A_WEEK'],
        },
      ]);
      expect(complaintDeadlines(story.state).map((due) => due.kind)).toEqual(['RESPONSE', 'DEMAND_FORM']);
    },
  );
});
