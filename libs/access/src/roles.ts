/**
 * The roles of the rulebook, as they stand in the `roles` claim of a token. A person holds each of them for
 * named projects or for all.
 */
export const roles = [
  'FRONT_DESK',
  'SERVICE_SPECIALIST',
  'SERVICE_SUPERVISOR',
  'OFFICE_DIRECTOR',
  'PROJECT_MANAGER',
  'DIVISION_LEADER',
  'GENERAL_MANAGER',
  'QUALITY_CENTRE',
  'EQUIPMENT_DEPARTMENT',
  'DEVELOPER_PROJECT_DEPARTMENT',
  'DEVELOPER_CUSTOMER_RELATIONS',
  'FINANCE',
  'LOBBY_GUARD',
  'PROPERTY_CONSULTANT',
  'SIGNING_SPECIALIST',
  'MORTGAGE_SPECIALIST',
  'TITLE_SPECIALIST',
  'SALES_MANAGER',
  'APPRAISER',
  'EMPLOYEE',
  'BI_READER',
  'AUDITOR',
  'ADMINISTRATOR',
] as const;

export type Role = (typeof roles)[number];

const known: ReadonlySet<string> = new Set(roles);

export function isRole(value: string): value is Role {
  return known.has(value);
}
