import { rule } from '@anju/testing';
import { clockStatus } from './clocks';
import {
  acknowledge,
  aReceipt,
  assign,
  close,
  customers,
  environment,
  promiseCall,
  resolve,
  respond,
  Story,
  visit,
  wall,
} from './complaint-story';
import { declineVisit, tryVisit, tryVisitOf } from './complaint-work-story';
import type { ReceiveComplaint } from './receive';

/** Resolved on Monday 2026-03-02 at 11:00; the visit is due on Thursday at 11:00. */
function resolved(change: Partial<ReceiveComplaint> = {}): Story {
  return new Story(aReceipt(change)).at('2026-03-02 11:00', acknowledge, assign, respond, resolve);
}

const statusesOf = (story: Story): string[] => story.clocks('RETURN_VISIT').map(clockStatus);
const releases = (story: Story): unknown[] =>
  story.factsOf('ReturnVisitAttempted').map(({ release }) => release);

describe('a return visit that does not come about', () => {
  rule(
    'CMP-12',
    'a customer who declines the visit was asked: it is kept, and the case may be closed',
    () => {
      const story = resolved().at('2026-03-03 10:00', declineVisit());
      expect(story.clocks('RETURN_VISIT')[0]).toMatchObject({
        metAt: wall('2026-03-03 10:00'),
        missedAt: null,
      });
      expect(story.factsOf('ComplaintClockMet').at(-1)).toMatchObject({ clock: 'RETURN_VISIT' });
      expect(releases(story)).toEqual(['DECLINED']);
      expect(story.state.returnVisits).toEqual([]);
      expect(story.at('2026-03-03 10:05', close).state.status).toBe('CLOSED');
    },
  );

  rule('CMP-12', 'one who declines after the three days was asked late', () => {
    const story = resolved().at('2026-03-05 11:00', declineVisit());
    expect(statusesOf(story)).toEqual(['MET_LATE']);
    expect(story.state.returnVisitAttempts[0]?.release).toBe('DECLINED');
  });

  rule('CMP-12', 'a customer who cannot be reached on three different days is owed no visit any more', () => {
    const story = resolved().at('2026-03-02 12:00', tryVisit).at('2026-03-02 18:00', tryVisit, tryVisit);
    story.at('2026-03-03 10:00', tryVisitOf({ obstacle: 'WRONG_CONTACT' }));
    expect(statusesOf(story)).toEqual(['RUNNING']);
    expect(story.refused('2026-03-03 10:00', close).code).toBe('COMPLAINT_CLOSING_INCOMPLETE');
    story.at('2026-03-04 10:00', tryVisit);
    expect(statusesOf(story)).toEqual(['LAPSED']);
    expect(releases(story)).toEqual([null, null, null, null, 'UNREACHABLE']);
    expect(story.at('2026-03-04 10:05', close).state.status).toBe('CLOSED');
    expect(story.factsOf('ComplaintClockMet').map(({ clock }) => clock)).not.toContain('RETURN_VISIT');
    expect(story.factsOf('ComplaintClockMissed')).toEqual([]);
  });

  rule('CMP-12', 'what was missed before nobody was reached stays missed', () => {
    const story = resolved().at('2026-03-03 10:00', tryVisit).at('2026-03-06 10:00', tryVisit);
    expect(statusesOf(story)).toEqual(['MISSED']);
    story.at('2026-03-07 10:00', tryVisit);
    expect(story.clocks('RETURN_VISIT')[0]).toMatchObject({
      missedAt: wall('2026-03-05 11:00'),
      metAt: null,
      lapsedAt: wall('2026-03-07 10:00'),
    });
    expect(story.factsOf('ComplaintClockMissed').map(({ clock }) => clock)).toEqual(['RETURN_VISIT']);
  });

  rule('CMP-12', 'the days are those of the project, and how many is the policy’s', () => {
    const policy = { ...environment.policy, unreachableAfterDays: 2 };
    const story = new Story(aReceipt(), { ...environment, policy });
    story.at('2026-03-02 11:00', acknowledge, assign, respond, resolve);
    // 23:30 and 00:30 in Shanghai are one day in UTC.
    story.at('2026-03-02 23:30', tryVisit).at('2026-03-03 00:30', tryVisit);
    expect(statusesOf(story)).toEqual(['LAPSED']);
  });

  rule('CMP-12', 'a customer who asks for another time is visited then', () => {
    const later = tryVisitOf({ obstacle: 'ASKED_FOR_ANOTHER_TIME' });
    const story = resolved().at('2026-03-02 12:00', later).at('2026-03-03 12:00', later);
    story.at('2026-03-04 12:00', later).at('2026-03-04 13:00', tryVisit);
    expect(statusesOf(story)).toEqual(['RUNNING']);
    expect(statusesOf(story.at('2026-03-04 14:00', visit(4)))).toEqual(['MET']);
  });

  rule(['CMP-12', 'CMP-14'], 'a group is owed a visit as long as anybody of it may be visited', () => {
    const story = resolved({ customerIds: customers(3) });
    story.at('2026-03-02 12:00', declineVisit('customer-1'), declineVisit('customer-2'));
    expect(statusesOf(story)).toEqual(['RUNNING']);
    for (const day of ['02', '03']) {
      story.at(`2026-03-${day} 13:00`, tryVisitOf({ customerId: 'customer-3' }));
    }
    expect(statusesOf(story)).toEqual(['RUNNING']);
    story.at('2026-03-04 13:00', tryVisitOf({ customerId: 'customer-3' }));
    // Some of it were asked.
    expect(releases(story).at(-1)).toBe('DECLINED');
    expect(statusesOf(story)).toEqual(['MET']);
  });

  rule('CMP-12', 'of an anonymous case nobody can be reached', () => {
    const story = resolved({ customerIds: [] });
    const lost = tryVisitOf({ customerId: null, obstacle: 'WRONG_CONTACT' });
    story.at('2026-03-02 12:00', lost).at('2026-03-03 12:00', lost).at('2026-03-04 12:00', lost);
    expect(statusesOf(story)).toEqual(['LAPSED']);
  });

  rule('CMP-12', 'the next resolution is asked about anew', () => {
    const story = resolved().at('2026-03-02 12:00', tryVisit).at('2026-03-03 12:00', tryVisit, visit(1));
    story.at('2026-03-04 12:00', respond, resolve, tryVisit);
    expect(statusesOf(story)).toEqual(['MET', 'RUNNING']);
    story.at('2026-03-05 12:00', tryVisit).at('2026-03-06 12:00', tryVisit);
    expect(statusesOf(story)).toEqual(['MET', 'LAPSED']);
  });

  rule(['CMP-06', 'CMP-12'], 'a promised call goes with the visit', () => {
    const promised = () =>
      new Story().at('2026-03-02 11:00', acknowledge, assign, respond, promiseCall, resolve);
    const declined = promised().at('2026-03-02 12:00', declineVisit());
    expect(declined.clocks('CALLBACK').map(clockStatus)).toEqual(['MET']);
    const inWriting = tryVisitOf({ obstacle: 'DECLINED', channel: 'SMS', remarks: 'No.' });
    const written = promised().at('2026-03-02 12:00', inWriting);
    expect(written.clocks('CALLBACK').map(clockStatus)).toEqual(['LAPSED']);
    const lost = promised().at('2026-03-02 12:00', tryVisit).at('2026-03-03 12:00', tryVisit);
    lost.at('2026-03-04 10:00', tryVisit);
    expect(lost.clocks('CALLBACK').map(clockStatus)).toEqual(['LAPSED']);
    expect(lost.at('2026-03-04 11:00', close).state.status).toBe('CLOSED');
  });

  it('releases nothing where a visit was made', () => {
    const story = resolved().at('2026-03-02 12:00', visit(4)).at('2026-03-02 13:00', declineVisit());
    expect(releases(story)).toEqual([null]);
  });
});
