import { rule } from '@anju/testing';
import { proposeHandlers, type HandlerCandidate } from './assignment';
import { aReceipt, Story } from './complaint-story';
import { defaultComplaintPolicy } from './policy';

function candidate(staffId: string, departmentCode: string, openCases: number): HandlerCandidate {
  return { staffId, departmentCode, position: 'CLERK', openCases };
}

const candidates = [
  candidate('staff-finance', 'FINANCE', 0),
  candidate('staff-desk', 'CUSTOMER_SERVICE', 1),
  candidate('staff-busy', 'EQUIPMENT', 5),
  candidate('staff-free', 'EQUIPMENT', 2),
];

function proposedFor(change: Parameters<typeof aReceipt>[0]) {
  return proposeHandlers(new Story(aReceipt(change)).state, candidates, defaultComplaintPolicy);
}

describe('who is proposed as a handler', () => {
  rule('CMP-04', 'the topic’s department comes first, then the cause class’s, each by load', () => {
    const proposed = proposedFor({});
    expect(proposed.map(({ staffId }) => staffId)).toEqual([
      'staff-free',
      'staff-busy',
      'staff-desk',
      'staff-finance',
    ]);
    expect(proposed[0]?.reasons).toEqual(['DEPARTMENT_OF_TOPIC', 'LEAST_LOAD']);
    expect(proposed[2]?.reasons).toEqual(['DEPARTMENT_OF_CAUSE_CLASS', 'LEAST_LOAD']);
  });

  rule('CMP-04', 'a topic that the policy does not know goes to the department of the cause class', () => {
    const other = proposedFor({ subject: { topic: 'NOISE', unitId: null, buildingId: null } });
    expect(other[0]?.staffId).toBe('staff-desk');
  });

  rule('CMP-04', 'no more are proposed than the policy says, those to be preferred', () => {
    const policy = { ...defaultComplaintPolicy, handlersProposed: 2 };
    const proposed = proposeHandlers(new Story(aReceipt()).state, candidates, policy);
    expect(proposed.map(({ staffId }) => staffId)).toEqual(['staff-free', 'staff-busy']);
  });

  rule(['CMP-04', 'CMP-15'], 'nobody whom the complaint names is proposed, nor the one who has it', () => {
    const proposed = proposedFor({ namedStaffIds: ['staff-free'], handlerId: 'staff-busy' });
    expect(proposed.map(({ staffId }) => staffId)).toEqual(['staff-desk', 'staff-finance']);
  });
});
