import { addDays } from '@anju/kernel';
import { rule } from '@anju/testing';
import { complaintStatuses, type ComplaintState } from './complaint';
import { Story, wall } from './complaint-story';
import { defaultComplaintPolicy as policy } from './policy';
import { isSimilarOpenCase, similarCaseCriteria } from './similar';

const now = wall('2026-03-20 10:00');
const open: ComplaintState = new Story().state;
const building6 = { topic: 'LIFT', unitId: null, buildingId: 'building-6' };

function isOffered(
  candidate: Partial<ComplaintState>,
  subject = building6 as ComplaintState['subject'],
): boolean {
  const criteria = similarCaseCriteria({ projectId: 'project-jx', subject }, now, policy);
  return isSimilarOpenCase({ ...open, ...candidate }, criteria);
}

describe('similar open cases', () => {
  rule('CMP-14', 'an open case of the same project, topic and building is offered for joining', () => {
    expect(isOffered({})).toBe(true);
  });

  rule('CMP-14', 'another project, topic or building is not similar', () => {
    expect(isOffered({ projectId: 'project-hy' })).toBe(false);
    expect(isOffered({ subject: { ...building6, topic: 'NOISE' } })).toBe(false);
    expect(isOffered({ subject: { ...building6, buildingId: 'building-5' } })).toBe(false);
  });

  rule('CMP-14', 'same unit or same building is enough', () => {
    const unit = { topic: 'LIFT', unitId: 'unit-6-0302', buildingId: null };
    expect(isOffered({ subject: unit }, { ...unit, buildingId: 'building-6' })).toBe(true);
    expect(isOffered({ subject: building6 }, { ...unit, buildingId: 'building-6' })).toBe(true);
    expect(isOffered({ subject: { ...unit, unitId: 'unit-6-0401' } }, unit)).toBe(false);
  });

  rule('CMP-14', 'what concerns the project as a whole is similar only to its like', () => {
    const everywhere = { topic: 'LIFT', unitId: null, buildingId: null };
    expect(isOffered({ subject: everywhere }, everywhere)).toBe(true);
    expect(isOffered({ subject: building6 }, everywhere)).toBe(false);
    expect(isOffered({ subject: everywhere }, building6)).toBe(false);
  });

  rule('CMP-14', 'only unresolved cases are offered', () => {
    expect(complaintStatuses.filter((status) => isOffered({ status }))).toEqual([
      'RECEIVED',
      'ACKNOWLEDGED',
      'IN_HANDLING',
      'REOPENED',
    ]);
  });

  rule('CMP-14', 'only cases received within the days of the policy', () => {
    const earliest = addDays(now, -policy.similarWithinDays);
    expect(isOffered({ receivedAt: earliest })).toBe(true);
    expect(isOffered({ receivedAt: new Date(earliest.getTime() - 1) })).toBe(false);
  });
});
