import { rule } from '@anju/testing';
import {
  acknowledge,
  aReceipt,
  assign,
  close,
  customers,
  fileForm,
  join,
  report,
  resolve,
  respond,
  Story,
  visit,
  wall,
  type ComplaintCommand,
} from './complaint-story';
import { split } from './complaint-work-story';
import { replaceComplaintCustomer } from './members';
import type { RaisedSeverity, ReportableFact } from './severity';
import { addComplaintFacts, raiseComplaintSeverity } from './severity-commands';

const now = '2026-03-02 11:00';
const learn =
  (...facts: ReportableFact[]): ComplaintCommand =>
  (state, at, env) =>
    addComplaintFacts(state, { by: 'staff-lin', facts, note: null }, at, env);
const raise =
  (to: RaisedSeverity, reason = 'The whole building talks of it.'): ComplaintCommand =>
  (state, at, env) =>
    raiseComplaintSeverity(state, { by: 'staff-lin', to, reason }, at, env);

const leave: ComplaintCommand = (state, at, env) => split(state.members.at(-1)!.customerId)(state, at, env);

describe('a case that falls and rises again', () => {
  /** Major on Monday at 11:00, hot at 12:00, and major again at 13:00. */
  const risen = () =>
    new Story(aReceipt({ customerIds: customers(9) }))
      .at(now, fileForm, join('customer-10'))
      .at('2026-03-02 12:00', leave)
      .at('2026-03-02 13:00', join('customer-11'));

  rule('CMP-11', 'owes one form for major at a time, due from the first time', () => {
    const story = risen();
    expect(story.factsOf('ComplaintSeverityChanged').map(({ to }) => to)).toEqual(['MAJOR', 'HOT', 'MAJOR']);
    const due = wall('2026-03-03 11:00');
    expect(story.clocks('DEMAND_FORM').slice(1)).toMatchObject([{ forSeverity: 'MAJOR', dueAt: due }]);
    expect(story.factsOf('ComplaintSeverityChanged').at(-1)?.demandFormDueAt).toEqual(due);
    story.until('2026-03-03 11:00');
    const missed = story.factsOf('ComplaintClockMissed').filter(({ clock }) => clock === 'DEMAND_FORM');
    expect(missed).toHaveLength(1);
  });

  rule('CMP-11', 'owes another form once the one for major was filed', () => {
    const story = risen().at('2026-03-02 14:00', fileForm, leave).at('2026-03-02 15:00', join('customer-12'));
    expect(story.clocks('DEMAND_FORM').map(({ metAt }) => metAt !== null)).toEqual([true, true, false]);
  });

  rule('CMP-11', 'owes one special report for its resolution', () => {
    const story = new Story(aReceipt({ customerIds: customers(10) }));
    story.at(now, acknowledge, assign, respond, resolve);
    const merge: ComplaintCommand = (state, at, env) => {
      const one = { customerId: 'customer-10', intoCustomerId: 'customer-1' };
      return replaceComplaintCustomer(state, one, at, env);
    };
    story.at('2026-03-02 12:00', merge).at('2026-03-02 13:00', join('customer-11'));
    expect(story.factsOf('ComplaintSeverityChanged').map(({ to }) => to)).toEqual(['HOT', 'MAJOR']);
    expect(story.clocks('SPECIAL_REPORT')).toMatchObject([{ dueAt: wall('2026-03-09 11:00') }]);
  });
});

describe('facts that become known', () => {
  rule(
    ['CMP-02', 'CMP-11'],
    'a likely lawsuit makes it hot at once, media exposure major: a form each time',
    () => {
      const story = new Story()
        .at(now, learn('LAWSUIT_LIKELY'))
        .at('2026-03-02 15:00', learn('MEDIA_EXPOSURE'));
      expect(story.factsOf('ComplaintSeverityChanged')).toMatchObject([
        {
          from: 'GENERAL',
          to: 'HOT',
          reasons: ['LAWSUIT_LIKELY'],
          demandFormDueAt: wall('2026-03-03 11:00'),
        },
        {
          from: 'HOT',
          to: 'MAJOR',
          reasons: ['LAWSUIT_LIKELY', 'MEDIA_EXPOSURE'],
          demandFormDueAt: wall('2026-03-03 15:00'),
        },
      ]);
      expect(story.state.facts).toMatchObject([
        { fact: 'LAWSUIT_LIKELY', knownAt: wall(now), by: 'staff-lin' },
        { fact: 'MEDIA_EXPOSURE', knownAt: wall('2026-03-02 15:00') },
      ]);
    },
  );

  rule('CMP-02', 'a further reason of the same weight changes nothing about the severity', () => {
    const story = new Story().at(now, learn('LAWSUIT_LIKELY'), learn('OUTSIDE_HELP_NEEDED'));
    expect(story.factsOf('ComplaintFactsAdded')).toHaveLength(2);
    expect(story.factsOf('ComplaintSeverityChanged')).toHaveLength(1);
    expect(story.clocks('DEMAND_FORM')).toHaveLength(1);
  });

  rule('CMP-13', 'what is known stays as it was first known', () => {
    const story = new Story().at(now, learn('LAWSUIT_LIKELY'));
    expect(story.refused(now, learn('LAWSUIT_LIKELY'))).toEqual({
      code: 'COMPLAINT_FACTS_ALREADY_KNOWN',
      data: { knownFacts: ['LAWSUIT_LIKELY'] },
    });
    story.at('2026-03-02 12:00', learn('LAWSUIT_LIKELY', 'OUTSIDE_HELP_NEEDED'));
    expect(story.state.facts.map((known) => known.knownAt)).toEqual([wall(now), wall('2026-03-02 12:00')]);
  });

  rule('CMP-11', 'one form filed after two rises serves both: it shows the case as it stands', () => {
    const story = new Story().at(now, learn('LAWSUIT_LIKELY'), learn('LAWSUIT_FILED'), fileForm);
    expect(story.factsOf('ComplaintClockMet')).toMatchObject([
      { clock: 'DEMAND_FORM', forSeverity: 'HOT' },
      { clock: 'DEMAND_FORM', forSeverity: 'MAJOR' },
    ]);
  });

  rule('CMP-11', 'a form filed while hot does not serve for the rise to major after it', () => {
    const story = new Story().at(now, learn('LAWSUIT_LIKELY'), fileForm, learn('LAWSUIT_FILED'));
    expect(story.clocks('DEMAND_FORM').map((clock) => clock.metAt)).toEqual([wall(now), null]);
    story.at('2026-03-02 12:00', fileForm);
    expect(story.state.demandForms.map((form) => form.severity)).toEqual(['HOT', 'MAJOR']);
  });

  rule('CMP-11', 'a case that becomes hot after it was resolved owes form and report from then', () => {
    const story = new Story()
      .at(now, acknowledge, assign, respond, resolve)
      .at('2026-03-04 16:00', learn('MEDIA_EXPOSURE_LIKELY'));
    expect(story.factsOf('ComplaintSeverityChanged')).toMatchObject([
      { demandFormDueAt: wall('2026-03-05 16:00'), specialReportDueAt: wall('2026-03-11 16:00') },
    ]);
    story.at('2026-03-05 10:00', visit(4), report, learn('MEDIA_EXPOSURE'), fileForm, close);
    expect(story.clocks('SPECIAL_REPORT')).toHaveLength(1);
  });
});

describe('raising by hand', () => {
  rule(['CMP-02', 'CMP-11'], 'raises with a reason, and a demand form follows', () => {
    const story = new Story().at(now, raise('MAJOR'));
    expect(story.state).toMatchObject({ severity: 'MAJOR', raises: [{ to: 'MAJOR', by: 'staff-lin' }] });
    expect(story.factsOf('ComplaintSeverityChanged')).toMatchObject([{ reasons: ['RAISED_BY_HAND'] }]);
    expect(story.clocks('DEMAND_FORM')).toMatchObject([{ forSeverity: 'MAJOR' }]);
  });

  rule('CMP-02', 'is refused without a reason', () => {
    expect(new Story().refused(now, raise('HOT', ' '))).toEqual({
      code: 'COMPLAINT_REASON_MISSING',
      data: { command: 'raiseComplaintSeverity' },
    });
  });

  rule.each<{ people: number; to: RaisedSeverity; severity: string }>([
    { people: 10, to: 'HOT', severity: 'MAJOR' },
    { people: 10, to: 'MAJOR', severity: 'MAJOR' },
    { people: 3, to: 'HOT', severity: 'HOT' },
  ])('CMP-02', 'to $to is refused where it is $severity already', ({ people, to, severity }) => {
    expect(new Story(aReceipt({ customerIds: customers(people) })).refused(now, raise(to))).toEqual({
      code: 'SEVERITY_NOT_HIGHER',
      data: { severity, asked: to },
    });
  });

  rule('CMP-02', 'raised to hot by hand, it still becomes major by its facts', () => {
    const story = new Story().at(now, raise('HOT'), learn('MEDIA_EXPOSURE'));
    expect(story.state.severity).toBe('MAJOR');
  });
});
