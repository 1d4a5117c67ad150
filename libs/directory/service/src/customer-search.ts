import type { SelectQueryBuilder } from 'typeorm';
import { projectScope } from '@anju/access';
import { badInput } from '@anju/commands';
import { checkHome, checkPhone, homeKey, identityDocumentKinds } from '@anju/directory-rules';
import { searchTerms } from '@anju/kernel';
import { principalOf, type RequestContext } from '@anju/subgraph';
import type { Customer } from './customer.entity';
import type { CustomerFilter } from './customer.schema';
import { documentIndex, phoneIndex } from './lookup-keys';

type Query = SelectQueryBuilder<Customer>;
type Field = 'search' | 'name' | 'phone' | 'home';

function whereName(query: Query, text: string, field: Field): void {
  const terms = searchTerms(text);
  // Without a letter there is nothing to search for, and every row would have all of no terms.
  if (terms.length === 0) query.andWhere('false');
  else query.andWhere(`customer.nameTerms @> :${field}Terms::text[]`, { [`${field}Terms`]: terms });
}

function wherePhone(query: Query, text: string, field: Field): void {
  const phone = checkPhone(text);
  if (!phone.ok) {
    const { expected } = phone.problems[0]!;
    throw badInput({ field: `filter.${field}`, problem: 'is not a full phone number', expected });
  }
  const key = phoneIndex(phone.value.number);
  query.andWhere(`customer.lookupKeys @> array[:${field}Key]::text[]`, { [`${field}Key`]: key });
}

function whereIdentityNumber(query: Query, text: string): void {
  const number = text.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
  const documentKeys = identityDocumentKinds.map((kind) => documentIndex({ kind, number }));
  query.andWhere('customer.lookupKeys && :documentKeys::text[]', { documentKeys });
}

/** @returns SQL of the ids of the homes that the text can mean */
function unitsOfHome(query: Query, text: string, field: Field): string {
  const home = checkHome(text);
  if (!home.ok) {
    const { expected } = home.problems[0]!;
    throw badInput({ field: `filter.${field}`, problem: 'is not a home', expected });
  }
  query.setParameter(`${field}Home`, homeKey(home.value));
  return `array(select unit.id from unit where unit.home_key = :${field}Home)`;
}

/** What somebody typed into the one search box: a phone, a home, or a part of a name. */
function whereText(query: Query, text: string): string[] {
  if (checkPhone(text).ok) wherePhone(query, text, 'search');
  else if (checkHome(text).ok) return [unitsOfHome(query, text, 'search')];
  else whereName(query, text, 'search');
  return [];
}

/** One role that is on all of these units, in a project of the reader, of the kind and day where they are given. */
function whereRole(
  query: Query,
  filter: CustomerFilter,
  unitIds: readonly string[],
  context: RequestContext,
): void {
  for (const ids of unitIds) query.andWhere(`customer.roleUnitIds && ${ids}`);
  const conditions = unitIds.map((ids) => `r."unitId" = any(${ids})`);
  if (filter.role) conditions.push('r.role = :role');
  if (filter.roleOn) conditions.push(`:roleOn between r."from" and coalesce(r."to", '9999-12-31')`);
  if (conditions.length === 0) return;
  const roleScope = projectScope(principalOf(context), 'directory.customer.read');
  if (roleScope !== 'ALL') conditions.push('r."projectId" = any(:roleScope::uuid[])');
  query.andWhere(
    `exists (select from jsonb_to_recordset(customer.roles)
       as r("unitId" uuid, "projectId" uuid, role text, "from" text, "to" text) where ${conditions.join(' and ')})`,
    { role: filter.role, roleOn: filter.roleOn, roleScope },
  );
}

/** Puts the conditions of a filter into a query of customers. */
export function whereCustomer(query: Query, filter: CustomerFilter, context: RequestContext): void {
  const { kind, projectId, unitId } = filter;
  query.andWhere('customer.status = :status', { status: filter.status ?? 'ACTIVE' });
  if (kind) query.andWhere('customer.kind = :kind', { kind });
  if (projectId) query.andWhere('customer.projectIds @> array[:projectId]::uuid[]', { projectId });
  if (filter.name) whereName(query, filter.name, 'name');
  if (filter.phone) wherePhone(query, filter.phone, 'phone');
  if (filter.identityNumber) whereIdentityNumber(query, filter.identityNumber);
  const unitIds = filter.search ? whereText(query, filter.search) : [];
  if (filter.home) unitIds.push(unitsOfHome(query, filter.home, 'home'));
  if (unitId) {
    query.setParameter('unitId', unitId);
    unitIds.push('array[:unitId]::uuid[]');
  }
  whereRole(query, filter, unitIds, context);
}
