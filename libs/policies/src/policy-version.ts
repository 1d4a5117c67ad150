import { composePolicy, type ScopeValues } from '@anju/commands';
import {
  accept,
  isAboutProblems,
  isBlank,
  policyProblems,
  refuse,
  withoutProblems,
  type Decision,
  type PolicyContradiction,
  type PolicyProblem,
  type PolicyShape,
  type Refusal,
} from '@anju/kernel';

/** What a context says of its policy. */
export interface PolicyRules<Policy extends object> {
  readonly defaults: Policy;
  readonly shape: PolicyShape<Policy>;
  /** What of a whole policy does not go together; fields are named by the setting alone. */
  readonly contradictions?: (policy: Policy) => readonly PolicyContradiction[];
}

/** One version of what a scope has of its own: drafted, and then in force until the next one is. */
export interface PolicyVersionState {
  readonly id: string;
  /** Null: the whole organisation. */
  readonly projectId: string | null;
  readonly status: 'DRAFT' | 'IN_FORCE';
  /** 1, 2, 3 … within the scope, in the order in which they came in force; null for a draft. */
  readonly number: number | null;
  /** The version that was in force in the scope when this one was drafted; 0: none. */
  readonly basedOn: number;
  /** All that the scope has of its own, not only what is new. */
  readonly values: object;
  readonly reason: string;
  readonly draftedBy: string;
  readonly draftedAt: Date;
  readonly putInForceBy: string | null;
  readonly inForceSinceAt: Date | null;
}

/** Data of the event, too: settings by their names, and no values. */
export interface PolicyPutInForce {
  readonly type: 'PolicyPutInForce';
  readonly policyVersionId: string;
  readonly projectId: string | null;
  readonly number: number;
  /** The settings that it changes. */
  readonly changed: readonly string[];
  readonly by: string;
  readonly at: Date;
}

export type PolicyVersionFact =
  | { readonly type: 'PolicyDrafted'; readonly policyVersionId: string; readonly projectId: string | null }
  | PolicyPutInForce;

/** What is in force in every scope of the organisation. */
export type Scopes = readonly ScopeValues[];

type Decided<R extends Refusal> = Decision<PolicyVersionState, PolicyVersionFact, R>;
type FieldsNotValid = Refusal<'FIELDS_NOT_VALID', { readonly problems: readonly PolicyProblem[] }>;
type NothingChanged = Refusal<'POLICY_DRAFT_CHANGES_NOTHING', { readonly number: number }>;
type ReasonMissing = Refusal<'POLICY_REASON_MISSING', { readonly number: number }>;
type AlreadyInForce = Refusal<
  'POLICY_ALREADY_IN_FORCE',
  { readonly number: number; readonly inForceSinceAt: Date }
>;
type DraftOutdated = Refusal<
  'POLICY_DRAFT_OUTDATED',
  { readonly draftBasedOn: number; readonly inForce: number }
>;

export interface DraftPolicy {
  readonly id: string;
  readonly projectId: string | null;
  readonly values: object;
  readonly reason: string;
  readonly by: string;
}

function scopeOf(scopes: Scopes, projectId: string | null): ScopeValues | undefined {
  return scopes.find((scope) => scope.projectId === projectId);
}

/** Keys in one order, so that equal values are equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Settings that are not the same in both, by name. */
export function changedSettings(before: object, after: object): string[] {
  const [one, two] = [before, after] as Record<string, unknown>[];
  return [...new Set([...Object.keys(one!), ...Object.keys(two!)])]
    .filter((name) => canonical(one![name] ?? null) !== canonical(two![name] ?? null))
    .sort();
}

/**
 * What would not go together if these values were in force: in the organisation and in every project that has
 * values of its own, where they are the organisation's.
 * @param wrong what is wrong with the values one by one: of those settings nothing is said, of all others it is
 */
function contradictionsUnder<Policy extends object>(
  { defaults, contradictions }: PolicyRules<Policy>,
  scopes: Scopes,
  projectId: string | null,
  values: object,
  wrong: readonly PolicyProblem[],
): PolicyProblem[] {
  if (!contradictions) return [];
  const draft: ScopeValues = { projectId, number: 0, values: withoutProblems(values, wrong) };
  const organisation = projectId === null ? draft : scopeOf(scopes, null);
  const projects = projectId === null ? scopes.filter((scope) => scope.projectId !== null) : [draft];
  const found = [undefined, ...projects].flatMap((project) =>
    contradictions(composePolicy(defaults, organisation, project).policy)
      .filter((contradiction) => !isAboutProblems(contradiction, wrong))
      .map(({ field, reason, expected }): PolicyProblem => {
        const isOfAnother = project?.projectId && projectId === null;
        return { field, reason, expected: isOfAnother ? `${expected} (${project.projectId})` : expected };
      }),
  );
  return found.filter(
    (one, index) => found.findIndex((other) => canonical(other) === canonical(one)) === index,
  );
}

/** All that is wrong with values: each by itself, and what does not go together. */
function allProblems<Policy extends object>(
  rules: PolicyRules<Policy>,
  scopes: Scopes,
  projectId: string | null,
  values: object,
): PolicyProblem[] {
  const wrong = policyProblems(rules.shape, values);
  return [...wrong, ...contradictionsUnder(rules, scopes, projectId, values, wrong)].map((problem) => ({
    ...problem,
    field: problem.field === '' ? 'values' : `values.${problem.field}`,
  }));
}

function fieldsNotValid(problems: readonly PolicyProblem[]) {
  return refuse('FIELDS_NOT_VALID', { problems });
}

/**
 * Writes down what a scope is to have of its own; nothing changes yet. All that is wrong with the values is told
 * at once.
 */
export function draftPolicy<Policy extends object>(
  command: DraftPolicy,
  at: Date,
  scopes: Scopes,
  rules: PolicyRules<Policy>,
): Decided<FieldsNotValid | NothingChanged | ReasonMissing> {
  const { id, projectId, values, by } = command;
  const inForce = scopeOf(scopes, projectId);
  const number = inForce?.number ?? 0;
  const problems = allProblems(rules, scopes, projectId, values);
  if (problems.length > 0) return fieldsNotValid(problems);
  if (isBlank(command.reason)) return refuse('POLICY_REASON_MISSING', { number });
  if (changedSettings(inForce?.values ?? {}, values).length === 0) {
    return refuse('POLICY_DRAFT_CHANGES_NOTHING', { number });
  }
  const draft: PolicyVersionState = {
    ...{ id, projectId, status: 'DRAFT', number: null, basedOn: number, values },
    ...{ reason: command.reason.trim(), draftedBy: by, draftedAt: at },
    ...{ putInForceBy: null, inForceSinceAt: null },
  };
  return accept<PolicyVersionState, PolicyVersionFact>(draft, {
    ...{ type: 'PolicyDrafted', policyVersionId: id, projectId },
  });
}

/** From now on the draft's values hold. One that was drafted before the version in force is drafted anew. */
export function putPolicyInForce<Policy extends object>(
  state: PolicyVersionState,
  command: { readonly by: string },
  at: Date,
  scopes: Scopes,
  rules: PolicyRules<Policy>,
): Decided<FieldsNotValid | AlreadyInForce | DraftOutdated> {
  const { id, projectId, values, basedOn } = state;
  if (state.number !== null && state.inForceSinceAt !== null) {
    const { number, inForceSinceAt } = state;
    return refuse('POLICY_ALREADY_IN_FORCE', { number, inForceSinceAt });
  }
  const before = scopeOf(scopes, projectId);
  const inForce = before?.number ?? 0;
  if (inForce !== basedOn) return refuse('POLICY_DRAFT_OUTDATED', { draftBasedOn: basedOn, inForce });
  // What was right when it was drafted need not be any more: a release may have another shape of the policy.
  const problems = allProblems(rules, scopes, projectId, values);
  if (problems.length > 0) return fieldsNotValid(problems);
  const number = inForce + 1;
  const { by } = command;
  const changed = changedSettings(before?.values ?? {}, values);
  return accept<PolicyVersionState, PolicyVersionFact>(
    { ...state, status: 'IN_FORCE', number, putInForceBy: by, inForceSinceAt: at },
    { type: 'PolicyPutInForce', policyVersionId: id, projectId, number, changed, by, at },
  );
}

/** Of a version beside the one in force in its scope. `OUTDATED`: a draft that can no longer come in force. */
export type PolicyVersionStanding = 'DRAFT' | 'OUTDATED' | 'IN_FORCE' | 'REPLACED';

/** @param inForce number of the version in force in its scope; 0: none */
export function standingOf(
  { number, basedOn }: Pick<PolicyVersionState, 'number' | 'basedOn'>,
  inForce: number,
): PolicyVersionStanding {
  if (number === null) return basedOn === inForce ? 'DRAFT' : 'OUTDATED';
  return number === inForce ? 'IN_FORCE' : 'REPLACED';
}
