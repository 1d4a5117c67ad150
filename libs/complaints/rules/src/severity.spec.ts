import fc from 'fast-check';
import { rule } from '@anju/testing';
import { defaultComplaintPolicy as policy } from './policy';
import {
  compareSeverity,
  computeSeverity,
  reportableFacts,
  severities,
  type ReportableFact,
  type SeverityFacts,
} from './severity';

const nothing: SeverityFacts = {
  reported: [],
  groupSize: 1,
  secondComplaintCount: 0,
  unresolvedForAWeek: false,
  unresolvedForAMonth: false,
  raisedTo: 'GENERAL',
};

const anyFacts: fc.Arbitrary<SeverityFacts> = fc.record({
  reported: fc.uniqueArray(fc.constantFrom(...reportableFacts)),
  groupSize: fc.nat(15),
  secondComplaintCount: fc.nat(3),
  unresolvedForAWeek: fc.boolean(),
  unresolvedForAMonth: fc.boolean(),
  raisedTo: fc.constantFrom(...severities),
});

describe('severity', () => {
  rule.each([
    { given: 'no facts', facts: {}, then: 'GENERAL' },
    { given: 'nobody known', facts: { groupSize: 0 }, then: 'GENERAL' },
    { given: '2 people', facts: { groupSize: 2 }, then: 'GENERAL' },
    { given: '3 people', facts: { groupSize: 3 }, then: 'HOT' },
    { given: '9 people', facts: { groupSize: 9 }, then: 'HOT' },
    {
      given: '9 people and a likely lawsuit',
      facts: { groupSize: 9, reported: ['LAWSUIT_LIKELY'] as ReportableFact[] },
      then: 'HOT',
    },
    { given: '10 people', facts: { groupSize: 10 }, then: 'MAJOR' },
    { given: 'a second complaint', facts: { secondComplaintCount: 1 }, then: 'HOT' },
    { given: 'a week unresolved', facts: { unresolvedForAWeek: true }, then: 'HOT' },
    { given: 'a month unresolved', facts: { unresolvedForAMonth: true }, then: 'MAJOR' },
  ])('CMP-02', 'with $given a complaint is $then', ({ facts, then }) => {
    expect(computeSeverity({ ...nothing, ...facts }, policy).severity).toBe(then);
  });

  rule.each<{ fact: ReportableFact; then: string }>([
    { fact: 'LAWSUIT_FILED', then: 'MAJOR' },
    { fact: 'LAWSUIT_LIKELY', then: 'HOT' },
    { fact: 'MEDIA_EXPOSURE', then: 'MAJOR' },
    { fact: 'MEDIA_EXPOSURE_LIKELY', then: 'HOT' },
    { fact: 'OUTSIDE_HELP_NEEDED', then: 'HOT' },
  ])('CMP-02', '$fact alone makes it $then, and is named as the reason', ({ fact, then }) => {
    expect(computeSeverity({ ...nothing, reported: [fact] }, policy)).toEqual({
      severity: then,
      reasons: [fact],
    });
  });

  rule('CMP-02', 'every reason is named, also those that alone would be enough for less', () => {
    expect(
      computeSeverity(
        { ...nothing, reported: ['LAWSUIT_FILED'], groupSize: 10, secondComplaintCount: 1 },
        policy,
      ),
    ).toEqual({
      severity: 'MAJOR',
      reasons: ['LAWSUIT_FILED', 'GROUP_OF_MAJOR_SIZE', 'GROUP_OF_HOT_SIZE', 'SECOND_COMPLAINT'],
    });
  });

  rule('CMP-02', 'a general complaint has no reason', () => {
    expect(computeSeverity(nothing, policy)).toEqual({ severity: 'GENERAL', reasons: [] });
  });

  rule('CMP-02', 'raised by hand is a reason only where it is more than the facts say', () => {
    expect(computeSeverity({ ...nothing, raisedTo: 'HOT' }, policy)).toEqual({
      severity: 'HOT',
      reasons: ['RAISED_BY_HAND'],
    });
    for (const groupSize of [3, 10]) {
      const { reasons } = computeSeverity({ ...nothing, raisedTo: 'HOT', groupSize }, policy);
      expect(reasons).not.toContain('RAISED_BY_HAND');
    }
  });

  rule('CMP-02', 'the sizes of groups are the policy of the project', () => {
    const strict = { ...policy, hotGroupSize: 2, majorGroupSize: 4 };
    expect(computeSeverity({ ...nothing, groupSize: 2 }, strict).severity).toBe('HOT');
    expect(computeSeverity({ ...nothing, groupSize: 4 }, strict).severity).toBe('MAJOR');
  });

  rule('CMP-02', 'raising by hand never gives less than the facts alone', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const byFacts = computeSeverity({ ...facts, raisedTo: 'GENERAL' }, policy).severity;
        const { severity } = computeSeverity(facts, policy);
        expect(compareSeverity(severity, byFacts)).toBeGreaterThanOrEqual(0);
        expect(compareSeverity(severity, facts.raisedTo)).toBeGreaterThanOrEqual(0);
        expect([byFacts, facts.raisedTo]).toContain(severity);
      }),
    );
  });

  rule('CMP-02', 'a further fact never makes a complaint less severe', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...reportableFacts), fc.nat(5), (facts, fact, more) => {
        const after = { ...facts, reported: [...facts.reported, fact], groupSize: facts.groupSize + more };
        expect(
          compareSeverity(computeSeverity(after, policy).severity, computeSeverity(facts, policy).severity),
        ).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
