import { accept, isRefused } from '@anju/kernel';
import type { Decision } from '@anju/kernel';
import { fieldsNotValid } from './checked';
import type { FieldProblem, FieldsNotValid } from './checked';
import { registerCustomer, showCustomerInProject } from './customer';
import type {
  CustomerAlreadyMerged,
  CustomerFact,
  CustomerIsProbableDuplicate,
  CustomerState,
} from './customer';
import { addPhone, recordIdentityDocument } from './customer-contacts';
import type { IdentityDocumentDiffers } from './customer-contacts';
import { nameKeys } from './customer-duplicates';
import { endRole, startRole } from './customer-roles';
import type { RoleAlreadyEnded, RoleAlreadyHeld, RoleNotFound } from './customer-roles';
import { sameDocument } from './identity-document';
import { feePayerWords } from './import-values';
import type { CustomerRow, RowRole } from './import-customers';
import { phoneText } from './phone';
import type { DirectoryPolicy } from './policy';
import { nameKey } from './text';

export type ImportCustomerRefusal =
  | FieldsNotValid
  | CustomerAlreadyMerged
  | CustomerIsProbableDuplicate
  | IdentityDocumentDiffers
  | RoleAlreadyHeld
  | RoleNotFound
  | RoleAlreadyEnded;

type CustomerDecision = Decision<CustomerState, CustomerFact, ImportCustomerRefusal>;

type Match =
  | { readonly kind: 'NEW' }
  | { readonly kind: 'KNOWN'; readonly customer: CustomerState }
  | { readonly kind: 'UNCLEAR'; readonly problem: FieldProblem };

function unclear(field: string, reason: FieldProblem['reason'], expected: string): Match {
  return { kind: 'UNCLEAR', problem: { field, reason, expected } };
}

/**
 * Whom a line is about (DIR-06): the customer with the document, else the one with the name and a phone. Two
 * such customers have to be merged first.
 * @param customers the organisation's customers that it may be; a superset does no harm
 */
export function matchCustomerRow(row: CustomerRow, customers: readonly CustomerState[]): Match {
  const { identityDocument: document } = row;
  const active = customers.filter(({ status }) => status === 'ACTIVE');
  const [holder, ...holders] = active.filter(
    ({ identityDocuments }) => document && identityDocuments.some((other) => sameDocument(other, document)),
  );
  if (holders.length > 0) return unclear('identityNumber', 'DUPLICATE', '1');
  if (holder) {
    if (holder.kind !== row.kind) return unclear('kind', 'CONTRADICTS', holder.kind);
    return nameKeys(holder).includes(nameKey(row.name))
      ? { kind: 'KNOWN', customer: holder }
      : unclear('name', 'CONTRADICTS', '= identityNumber');
  }
  const numbers = new Set(row.phones.map(({ number }) => number));
  const [namesake, ...namesakes] = active.filter(
    (customer) =>
      nameKeys(customer).includes(nameKey(row.name)) &&
      customer.phones.some(({ number }) => numbers.has(number)),
  );
  if (namesakes.length > 0) return unclear('name', 'DUPLICATE', '1');
  if (!namesake) return { kind: 'NEW' };
  if (namesake.kind !== row.kind) return unclear('kind', 'CONTRADICTS', namesake.kind);
  return namesake.identityDocuments.some(({ kind }) => kind === document?.kind)
    ? unclear('identityNumber', 'CONTRADICTS', '= name + phones')
    : { kind: 'KNOWN', customer: namesake };
}

/** One command after the other on the same customer; the first refusal is the refusal of all. */
function inTurn(
  first: CustomerDecision,
  ...commands: readonly ((state: CustomerState) => CustomerDecision)[]
): CustomerDecision {
  let sofar = first;
  for (const command of commands) {
    if (isRefused(sofar)) return sofar;
    const next = command(sofar.state);
    sofar = isRefused(next) ? next : accept(next.state, ...sofar.facts, ...next.facts);
  }
  return sofar;
}

function withRole(
  state: CustomerState,
  said: RowRole,
  unit: { readonly id: string; readonly projectId: string },
  roleId: string,
  policy: DirectoryPolicy,
): CustomerDecision {
  const { role, from, to, feePayer } = said;
  const known = state.roles.find(
    (other) => other.unitId === unit.id && other.role === role && other.from === from,
  );
  if (!known) {
    const started = startRole(state, unit, { roleId, role, from, to, feePayer }, policy);
    return isRefused(started) && started.refusal.code === 'CUSTOMER_ROLE_ALREADY_HELD'
      ? fieldsNotValid([{ field: 'from', reason: 'CONTRADICTS', expected: started.refusal.data.from }])
      : started;
  }
  if (known.feePayer !== feePayer) {
    const expected = known.feePayer ? feePayerWords[known.feePayer][0] : '';
    return fieldsNotValid([{ field: 'feePayer', reason: 'CONTRADICTS', expected }]);
  }
  // A blank cell says nothing about the end.
  if (to === null || to === known.to) return accept(state);
  if (known.to !== null) return fieldsNotValid([{ field: 'to', reason: 'CONTRADICTS', expected: known.to }]);
  return endRole(state, { roleId: known.id, to }, policy);
}

/**
 * What a line does: enters the customer, or adds to the one that is known what the line says besides (phones,
 * document, role), or nothing where everything is so already, so that a file can be imported twice. What
 * contradicts the record is reported by column and changes nothing; such a line may be taken another time, when
 * other lines have settled what it contradicts.
 * @param customers the organisation's customers that it may be; a superset does no harm
 * @param unit the home of the row's role; null when there is none of that number
 * @param newId asked for each part of the record that is new
 */
export function importCustomer(
  customers: readonly CustomerState[],
  row: CustomerRow,
  project: { readonly id: string; readonly organisationId: string },
  unit: { readonly id: string; readonly projectId: string } | null,
  newId: () => string,
  at: Date,
  policy: DirectoryPolicy,
): CustomerDecision {
  const { role, identityDocument: document } = row;
  if (role !== null && unit === null) {
    return fieldsNotValid([{ field: 'unit', reason: 'UNKNOWN_VALUE', expected: '3-2-1201' }]);
  }
  const match = matchCustomerRow(row, customers);
  if (match.kind === 'UNCLEAR') return fieldsNotValid([match.problem]);
  const phones = row.phones.map((phone) => ({ phoneId: newId(), number: phoneText(phone) }));
  const takeRole = (state: CustomerState): CustomerDecision =>
    role && unit ? withRole(state, role, unit, newId(), policy) : accept(state);
  if (match.kind === 'NEW') {
    const { name, kind } = row;
    const identityDocuments = document ? [document] : [];
    const { id: projectId, organisationId } = project;
    const who = { customerId: newId(), organisationId, projectId, kind, name, phones, identityDocuments };
    return inTurn(registerCustomer(who, [], at, policy), takeRole);
  }
  return inTurn(
    showCustomerInProject(match.customer, { projectId: project.id }),
    ...phones.map((phone) => (state: CustomerState) => addPhone(state, phone, policy)),
    (state) => (document ? recordIdentityDocument(state, document, at, policy) : accept(state)),
    takeRole,
  );
}
