import { defaultProjectCalendars, isRefused } from '@anju/kernel';
import type { Decision, Refusal } from '@anju/kernel';
import type { BuildingSectionState, BuildingState } from '../building';
import type { CustomerState } from '../customer';
import { residentIdCheckCharacter } from '../identity-document';
import type { Phone } from '../phone';
import { checkPartnerPhone } from '../phone';
import type { PartnerState } from '../partner';
import type { ProjectState } from '../project';
import type { StaffState } from '../staff';
import type { UnitState } from '../unit';

/** Monday 2026-03-02, 09:00 in Shanghai. */
export const dayOne = new Date('2026-03-02T09:00:00+08:00');

export function aProject(own: Partial<ProjectState> = {}): ProjectState {
  return {
    id: 'project-jx',
    organisationId: 'organisation',
    status: 'ACTIVE',
    code: 'JX',
    name: '锦绣花园',
    timeZone: 'Asia/Shanghai',
    calendars: defaultProjectCalendars(),
    calendarVersion: 0,
    ...own,
  };
}

export function aBuilding(own: Partial<BuildingState> = {}): BuildingState {
  return {
    id: 'building-3',
    projectId: 'project-jx',
    status: 'ACTIVE',
    number: '3',
    name: null,
    warrantyEndsOn: '2025-06-30',
    ...own,
  };
}

export function aSection(own: Partial<BuildingSectionState> = {}): BuildingSectionState {
  const place = { projectId: 'project-jx', buildingId: 'building-3' };
  return { id: 'section-3-2', ...place, status: 'ACTIVE', number: '2', ...own };
}

export function aUnit(own: Partial<UnitState> = {}): UnitState {
  return {
    id: 'unit-3-2-1201',
    projectId: 'project-jx',
    buildingId: 'building-3',
    sectionId: 'section-3-2',
    status: 'HANDED_OVER',
    number: '1201',
    numberKey: '1201',
    home: '3-2-1201',
    preSaleArea: '89.32',
    registeredArea: '91.50',
    warrantyEndsOn: '2025-06-30',
    heldBySaleId: null,
    ...own,
  };
}

export function aPhone(number = '13812345678'): Phone {
  const phone = checkPartnerPhone(number);
  if (!phone.ok) throw new Error('the builder was given no phone number');
  return phone.value;
}

export function aResidentId(body = '44030119800101001'): string {
  return body + residentIdCheckCharacter(body);
}

export function aCustomer(own: Partial<CustomerState> = {}): CustomerState {
  return {
    id: 'customer-wang',
    organisationId: 'organisation',
    status: 'ACTIVE',
    kind: 'PERSON',
    name: '王秀兰',
    otherNames: [],
    phones: [{ id: 'phone-1', ...aPhone() }],
    addresses: [],
    identityDocuments: [],
    household: [],
    roles: [],
    projectIds: ['project-jx'],
    mergedIntoId: null,
    ...own,
  };
}

export function aStaff(own: Partial<StaffState> = {}): StaffState {
  return {
    id: 'staff-zhou',
    organisationId: 'organisation',
    status: 'EMPLOYED',
    name: '周敏',
    departmentCode: 'CUSTOMER_SERVICE',
    position: 'FRONT_DESK_AGENT',
    level: 'OPERATIONAL',
    supervisorId: null,
    projectIds: ['project-jx'],
    servedProjectIds: ['project-jx'],
    servedOrganisation: false,
    employments: [{ from: '2024-01-01', to: null }],
    ...own,
  };
}

export function aPartner(own: Partial<PartnerState> = {}): PartnerState {
  return {
    id: 'partner-telecom',
    organisationId: 'organisation',
    status: 'ACTIVE',
    kind: 'BROADBAND',
    name: '电信公司',
    contacts: [{ id: 'contact-1', name: null, phone: aPhone('10000'), duty: '报障' }],
    arrivalHours: 4,
    projectIds: ['project-jx'],
    ...own,
  };
}

/** The state and facts of an accepted command. @throws Error when it was refused */
export function accepted<State, Fact, R extends Refusal>(
  decision: Decision<State, Fact, R>,
): { readonly state: State; readonly facts: readonly Fact[] } {
  if (isRefused(decision)) throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  return decision;
}

/** The refusal of a command. @throws Error when it was accepted */
export function refusal<State, Fact, R extends Refusal>(decision: Decision<State, Fact, R>): R {
  if (!isRefused(decision)) throw new Error('accepted');
  return decision.refusal;
}

/** The fields that a command was refused for, with the reasons. */
export function problemsOf<State, Fact, R extends Refusal>(
  decision: Decision<State, Fact, R>,
): readonly string[] {
  const { code, data } = refusal(decision);
  if (code !== 'FIELDS_NOT_VALID') throw new Error(`refused: ${code}`);
  const { problems } = data as {
    readonly problems: readonly { readonly field: string; readonly reason: string }[];
  };
  return problems.map(({ field, reason }) => `${field} ${reason}`);
}
