import { rule } from '@anju/testing';
import { clockStatus } from './clocks';
import {
  acknowledge,
  aReceipt,
  assign,
  close,
  customers,
  fileForm,
  report,
  resolve,
  respond,
  Story,
  visit,
  wall,
} from './complaint-story';

describe('worked examples', () => {
  rule(
    ['CMP-03', 'CMP-05', 'CMP-11', 'CMP-12'],
    'received Mon 2026-03-02 10:00 by telephone, resolved only on Fri 2026-04-03 15:00',
    () => {
      const story = new Story().until('2026-04-03 14:00');
      const told = ['ComplaintClockMissed', 'ComplaintSeverityChanged'];
      expect(story.facts.filter((fact) => told.includes(fact.type))).toMatchObject([
        { type: 'ComplaintClockMissed', clock: 'RESPONSE', at: wall('2026-03-03 10:00') },
        {
          type: 'ComplaintSeverityChanged',
          to: 'HOT',
          at: wall('2026-03-09 10:00'),
          demandFormDueAt: wall('2026-03-10 10:00'),
        },
        {
          type: 'ComplaintClockMissed',
          clock: 'DEMAND_FORM',
          forSeverity: 'HOT',
          at: wall('2026-03-10 10:00'),
        },
        {
          type: 'ComplaintSeverityChanged',
          to: 'MAJOR',
          at: wall('2026-04-02 10:00'),
          demandFormDueAt: wall('2026-04-03 10:00'),
        },
        {
          type: 'ComplaintClockMissed',
          clock: 'DEMAND_FORM',
          forSeverity: 'MAJOR',
          at: wall('2026-04-03 10:00'),
        },
      ]);
      story.at('2026-04-03 15:00', acknowledge, assign, respond, resolve);
      expect(story.factsOf('ComplaintResolved')).toMatchObject([
        {
          severity: 'MAJOR',
          returnVisitDueAt: wall('2026-04-06 15:00'),
          specialReportDueAt: wall('2026-04-10 15:00'),
        },
      ]);
      story.at('2026-04-06 14:00', visit(3)).at('2026-04-10 14:00', report, fileForm, close);
      expect(story.state.clocks.map((clock) => [clock.kind, clockStatus(clock)])).toEqual([
        ['RESPONSE', 'MET_LATE'],
        ['DEMAND_FORM', 'MET_LATE'],
        ['DEMAND_FORM', 'MET_LATE'],
        ['RETURN_VISIT', 'MET'],
        ['SPECIAL_REPORT', 'MET'],
      ]);
    },
  );

  rule(
    ['CMP-02', 'CMP-05', 'CMP-11', 'CMP-12', 'CMP-14'],
    'twelve residents about the lift on Mon 2026-03-02: every clock is kept and the case is closed',
    () => {
      const receivedAt = wall('2026-03-02 10:05');
      const story = new Story(aReceipt({ receivedAt, customerIds: customers(12) }))
        .at('2026-03-02 10:10', acknowledge, assign)
        .at('2026-03-03 09:30', respond, fileForm)
        .at('2026-03-06 10:00', resolve);
      expect(story.factsOf('ComplaintResolved')).toMatchObject([
        { returnVisitDueAt: wall('2026-03-09 10:00'), specialReportDueAt: wall('2026-03-13 10:00') },
      ]);
      story.at('2026-03-09 09:00', visit(4)).at('2026-03-12 16:00', report, close);
      expect(story.state).toMatchObject({ status: 'CLOSED', severity: 'MAJOR' });
      expect(story.factsOf('ComplaintClockMet').map((fact) => fact.clock)).toEqual([
        'RESPONSE',
        'DEMAND_FORM',
        'RETURN_VISIT',
        'SPECIAL_REPORT',
      ]);
      expect(story.factsOf('ComplaintClockMissed')).toEqual([]);
    },
  );
});
