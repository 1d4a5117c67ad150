import { policyProblems } from '@anju/kernel';
import { rule } from '@anju/testing';
import { complaintPolicyContradictions, complaintPolicyShape } from './policy-shape';
import { defaultComplaintPolicy } from './policy';

const problems = (values: object): string[] =>
  policyProblems(complaintPolicyShape, values).map(({ field, reason }) => `${field} ${reason}`);

describe('the numbers of the complaint rules', () => {
  rule('CMP-02', 'are by default what they may be, and go together', () => {
    expect(problems(defaultComplaintPolicy)).toEqual([]);
    expect(complaintPolicyContradictions(defaultComplaintPolicy)).toEqual([]);
  });

  rule('CMP-05', 'lie in their ranges, each named where it does not', () => {
    expect(problems({ responseWorkingDays: 0, dissatisfiedUpTo: 5, reportRecipients: ['MAYOR'] })).toEqual([
      'responseWorkingDays OUT_OF_RANGE',
      'dissatisfiedUpTo OUT_OF_RANGE',
      'reportRecipients.0 UNKNOWN_VALUE',
    ]);
  });

  rule.each([
    { change: { hotGroupSize: 10 }, field: 'hotGroupSize' },
    { change: { hotAfterDays: 28 }, field: 'hotAfterDays' },
    { change: { hotAfterDays: 58, majorAfterMonths: 2 }, field: 'hotAfterDays' },
  ])(['CMP-02', 'CMP-03'], 'make nothing major that is not hot: $change', ({ change, field }) => {
    const found = complaintPolicyContradictions({ ...defaultComplaintPolicy, ...change });
    expect(found).toMatchObject([{ field, reason: 'CONTRADICTS' }]);
  });

  rule('CMP-08', 'leave no reply without somebody who approves it', () => {
    expect(problems({ replyLadders: { CUSTOMER: [] } })).toEqual(['replyLadders.CUSTOMER REQUIRED']);
    expect(problems({ replyLadders: { PUBLIC_PLATFORM: ['MAYOR'] } })).toEqual([
      'replyLadders.PUBLIC_PLATFORM.0 UNKNOWN_VALUE',
    ]);
  });

  rule('CMP-09', 'report a case of class 3 to those alone whom such a report may go to', () => {
    const { impactReportsTo } = defaultComplaintPolicy;
    const wrong = { ...impactReportsTo, HOT: ['DEVELOPER_CUSTOMER_RELATIONS' as const] };
    expect(
      complaintPolicyContradictions({ ...defaultComplaintPolicy, impactReportsTo: wrong }),
    ).toMatchObject([{ field: 'impactReportsTo.HOT.0', reason: 'CONTRADICTS' }]);
  });

  rule('CMP-03', 'may have a case hot until the day before it is major', () => {
    const longest = { ...defaultComplaintPolicy, hotAfterDays: 27, hotGroupSize: 9 };
    expect(complaintPolicyContradictions(longest)).toEqual([]);
  });
});
