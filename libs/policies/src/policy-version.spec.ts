import { whole, type Decision, type PolicyContradiction } from '@anju/kernel';
import { accepted as stateOf, factsOf, refusal, rule } from '@anju/testing';
import {
  changedSettings,
  draftPolicy,
  putPolicyInForce,
  standingOf,
  type DraftPolicy,
  type PolicyRules,
  type Scopes,
} from './policy-version';

interface Policy {
  readonly hot: number;
  readonly major: number;
  readonly satisfied: number;
}

const rules: PolicyRules<Policy> = {
  defaults: { hot: 3, major: 10, satisfied: 4 },
  shape: {
    hot: whole('Hot from.', 2, 100),
    major: whole('Major from.', 2, 1_000),
    satisfied: whole('Satisfied from.', 1, 5),
  },
  contradictions: ({ hot, major }): PolicyContradiction[] =>
    hot < major
      ? []
      : [{ field: 'hot', reason: 'CONTRADICTS', expected: `< ${major}`, between: ['hot', 'major'] }],
};
const at = new Date('2026-03-02T02:00:00Z');
const later = new Date('2026-03-02T03:00:00Z');

function accepted<State, Fact>(decision: Decision<State, Fact>): { state: State; facts: readonly Fact[] } {
  return { state: stateOf(decision), facts: factsOf(decision) };
}

const draft = (command: Partial<DraftPolicy>, scopes: Scopes = []) =>
  draftPolicy(
    { id: 'v', projectId: null, values: { hot: 4 }, reason: 'Fewer forms.', by: 'lin', ...command },
    at,
    scopes,
    rules,
  );

describe('a version of a policy', () => {
  rule('CMP-02', 'is drafted with who, when, why and all that its scope has of its own', () => {
    const { state, facts } = accepted(draft({ reason: ' Fewer forms. ' }));
    expect(state).toEqual({
      ...{ id: 'v', projectId: null, status: 'DRAFT', number: null, basedOn: 0, values: { hot: 4 } },
      ...{
        reason: 'Fewer forms.',
        draftedBy: 'lin',
        draftedAt: at,
        putInForceBy: null,
        inForceSinceAt: null,
      },
    });
    expect(facts).toEqual([{ type: 'PolicyDrafted', policyVersionId: 'v', projectId: null }]);
  });

  it('comes in force as the next of its scope, and tells which settings it changes', () => {
    const scopes = [{ projectId: null, number: 4, values: { hot: 5, major: 20 } }];
    const { state } = accepted(draft({ values: { hot: 4 } }, scopes));
    const { state: inForce, facts } = accepted(putPolicyInForce(state, { by: 'li' }, later, scopes, rules));
    expect(inForce).toMatchObject({
      status: 'IN_FORCE',
      number: 5,
      putInForceBy: 'li',
      inForceSinceAt: later,
    });
    expect(facts).toEqual([
      {
        ...{ type: 'PolicyPutInForce', policyVersionId: 'v', projectId: null, number: 5 },
        ...{ changed: ['hot', 'major'], by: 'li', at: later },
      },
    ]);
    expect(refusal(putPolicyInForce(inForce, { by: 'li' }, later, scopes, rules))).toEqual({
      code: 'POLICY_ALREADY_IN_FORCE',
      data: { number: 5, inForceSinceAt: later },
    });
  });

  it('is drafted anew where another came in force meanwhile', () => {
    const { state } = accepted(draft({}));
    const scopes = [{ projectId: null, number: 1, values: { hot: 6 } }];
    expect(refusal(putPolicyInForce(state, { by: 'li' }, later, scopes, rules))).toEqual({
      code: 'POLICY_DRAFT_OUTDATED',
      data: { draftBasedOn: 0, inForce: 1 },
    });
  });

  rule('CMP-02', 'tells what does not go together beside what is wrong by itself, all at once', () => {
    const told = (values: object): unknown => refusal(draft({ values })).data;
    const contradicts = { field: 'values.hot', reason: 'CONTRADICTS' };
    expect(told({ hot: 12, satisfied: 9, colour: 'red' })).toMatchObject({
      problems: [
        { field: 'values.colour', reason: 'NOT_APPLICABLE' },
        { field: 'values.satisfied', reason: 'OUT_OF_RANGE' },
        { ...contradicts, expected: '< 10' },
      ],
    });
    // Nobody knows what was meant by a number that cannot be.
    expect(told({ hot: 12, major: 0 })).toMatchObject({ problems: [{ field: 'values.major' }] });
    const project = { projectId: 'p', number: 1, values: { hot: 8 } };
    expect(refusal(draft({ values: { major: 7, satisfied: 0 } }, [project]))).toMatchObject({
      data: { problems: [{ field: 'values.satisfied' }, { ...contradicts, expected: '< 7 (p)' }] },
    });
  });

  it('tells all that is wrong with its values at once', () => {
    expect(refusal(draft({ values: { hot: 1, major: 'ten', colour: 'red' } }))).toMatchObject({
      code: 'FIELDS_NOT_VALID',
      data: {
        problems: [
          { field: 'values.colour', reason: 'NOT_APPLICABLE' },
          { field: 'values.hot', reason: 'OUT_OF_RANGE', expected: '2…100' },
          { field: 'values.major', reason: 'FORMAT', expected: '2…1000' },
        ],
      },
    });
  });

  rule('CMP-02', 'does not contradict itself in any project', () => {
    expect(refusal(draft({ values: { hot: 10 } }))).toMatchObject({
      data: { problems: [{ field: 'values.hot', reason: 'CONTRADICTS', expected: '< 10' }] },
    });
    const project = { projectId: 'p', number: 1, values: { hot: 8 } };
    expect(refusal(draft({ values: { major: 7 } }, [project]))).toMatchObject({
      data: { problems: [{ field: 'values.hot', expected: '< 7 (p)' }] },
    });
    const organisation = { projectId: null, number: 1, values: { major: 5 } };
    expect(refusal(draft({ projectId: 'p', values: { hot: 6 } }, [organisation]))).toMatchObject({
      data: { problems: [{ field: 'values.hot', expected: '< 5' }] },
    });
    const fine = accepted(draft({ projectId: 'p', values: { hot: 6 } })).state;
    const now = [organisation];
    expect(refusal(putPolicyInForce(fine, { by: 'li' }, later, now, rules))).toMatchObject({
      code: 'FIELDS_NOT_VALID',
    });
  });

  it('has a reason, and changes something', () => {
    expect(refusal(draft({ reason: ' ' })).code).toBe('POLICY_REASON_MISSING');
    expect(refusal(draft({ values: {} })).code).toBe('POLICY_DRAFT_CHANGES_NOTHING');
    const scopes = [{ projectId: null, number: 1, values: { major: 9, hot: 4 } }];
    expect(refusal(draft({ values: { hot: 4, major: 9 } }, scopes))).toEqual({
      code: 'POLICY_DRAFT_CHANGES_NOTHING',
      data: { number: 1 },
    });
    expect(accepted(draft({ values: {} }, scopes)).state.basedOn).toBe(1);
  });

  it('is known by where it stands', () => {
    const standing = (number: number | null, basedOn: number): string => standingOf({ number, basedOn }, 2);
    expect(standing(null, 2)).toBe('DRAFT');
    expect(standing(null, 1)).toBe('OUTDATED');
    expect(standing(2, 1)).toBe('IN_FORCE');
    expect(standing(1, 0)).toBe('REPLACED');
  });
});

it('tells changed settings by name, whatever the order of their parts', () => {
  expect(
    changedSettings({ a: { x: 1, y: 2 }, b: [1, 2], c: 1 }, { a: { y: 2, x: 1 }, b: [2, 1], d: null }),
  ).toEqual(['b', 'c']);
});
