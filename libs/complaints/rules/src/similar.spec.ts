import { addDays } from '@anju/kernel';
import { rule } from '@anju/testing';
import { complaintStatuses, type ComplaintState, type ComplaintSubject } from './complaint';
import { Story, wall } from './complaint-story';
import { defaultComplaintPolicy as policy } from './policy';
import { isSimilarOpenCase, similarCaseCriteria, similarCases } from './similar';

const now = wall('2026-03-20 10:00');
const open: ComplaintState = new Story().state;
const building6 = { topic: 'LIFT', unitId: null, buildingId: 'building-6' };
const home = { topic: 'LIFT', unitId: 'unit-6-0302', buildingId: 'building-6' };
const everywhere = { topic: 'LIFT', unitId: null, buildingId: null };

const criteriaFor = (subject: ComplaintSubject) =>
  similarCaseCriteria({ projectId: 'project-jx', subject }, now, policy);

function isOffered(candidate: Partial<ComplaintState>, subject: ComplaintSubject = building6): boolean {
  return isSimilarOpenCase({ ...open, ...candidate }, criteriaFor(subject));
}

describe('similar open cases', () => {
  rule.each<{ common: string; subject: ComplaintSubject; complaint?: ComplaintSubject }>([
    { common: 'topic and building', subject: building6 },
    { common: 'building', subject: { ...building6, topic: 'NOISE' } },
    { common: 'topic', subject: { ...building6, buildingId: 'building-5' } },
    { common: 'home', subject: { ...home, topic: 'NOISE' }, complaint: { ...home, topic: 'FEES' } },
    { common: 'topic, about the project as a whole', subject: everywhere },
  ])(
    'CMP-14',
    'an open case of the same project with the same $common is offered',
    ({ subject, complaint }) => {
      expect(isOffered({ subject }, complaint)).toBe(true);
    },
  );

  rule('CMP-14', 'another project is not similar, nor what has neither place nor topic in common', () => {
    expect(isOffered({ projectId: 'project-hy' })).toBe(false);
    expect(isOffered({ subject: { topic: 'NOISE', unitId: null, buildingId: 'building-5' } })).toBe(false);
    expect(isOffered({ subject: { ...everywhere, topic: 'NOISE' } }, everywhere)).toBe(false);
    expect(
      isOffered(
        { subject: { ...home, unitId: 'unit-6-0401', buildingId: null } },
        { ...home, topic: 'FEES' },
      ),
    ).toBe(false);
  });

  rule('CMP-14', 'the more two have in common the earlier it is offered, the last received first', () => {
    const subjects: ComplaintSubject[] = [
      { topic: 'NOISE', unitId: null, buildingId: 'building-6' },
      { topic: 'LIFT', unitId: null, buildingId: 'building-5' },
      { topic: 'NOISE', unitId: 'unit-6-0302', buildingId: 'building-6' },
      building6,
      home,
    ];
    const candidates = subjects.flatMap((subject, rank) =>
      [1, 2].map((day) => ({
        ...{ ...open, subject, id: `${rank}-${day}` },
        receivedAt: wall(`2026-03-0${day} 10:00`),
      })),
    );
    const offered = similarCases(candidates, criteriaFor(home));
    expect(offered.map(({ complaint }) => complaint.id)).toEqual([
      ...['4-2', '4-1', '3-2', '3-1', '2-2', '2-1', '1-2', '1-1', '0-2', '0-1'],
    ]);
    expect(offered[0]!.inCommon).toEqual(['UNIT', 'BUILDING', 'TOPIC']);
    expect(offered.at(-1)!.inCommon).toEqual(['BUILDING']);
  });

  rule('CMP-14', 'no more are offered than the policy says, those with most in common', () => {
    const candidates = Array.from({ length: 30 }, (_, n) => ({
      ...open,
      ...{ id: `case-${String(n).padStart(2, '0')}`, subject: n === 29 ? home : building6 },
    }));
    const offered = similarCases(candidates, criteriaFor(home));
    expect(offered).toHaveLength(policy.similarCasesOffered);
    expect(offered[0]!.complaint.id).toBe('case-29');
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
