import type { EntityManager } from 'typeorm';
import { directoryEvents, type EventData } from '@anju/events';
import { on, type ConsumerDefinition, type ReceivedEvent } from '@anju/outbox';
import type { KnownData, KnownKind } from './known';

async function know<Kind extends KnownKind>(
  tx: EntityManager,
  kind: Kind,
  id: string,
  projectIds: readonly string[],
  data: KnownData[Kind],
): Promise<void> {
  await tx.query(
    `insert into known_reference (kind, id, project_ids, data) values ($1, $2, $3, $4)
     on conflict (kind, id) do update set project_ids = excluded.project_ids, data = excluded.data`,
    [kind, id, projectIds, JSON.stringify(data)],
  );
}

type Role = EventData<typeof directoryEvents.customerRoleStarted>;

function knowRole(tx: EntityManager, role: Role): Promise<void> {
  const { roleId, projectId, customerId, unitId, from, to, feePayer } = role;
  return know(tx, 'customerRole', roleId, [projectId], {
    customerId,
    unitId,
    role: role.role,
    from,
    to,
    feePayer,
  });
}

function knowProject(
  tx: EntityManager,
  project: EventData<typeof directoryEvents.projectRegistered>,
): Promise<void> {
  const { projectId, code, timeZone, calendarVersion } = project;
  const calendars = project.calendars as KnownData['project']['calendars'];
  return know(tx, 'project', projectId, [projectId], { code, timeZone, calendars, calendarVersion });
}

function knowBuilding(
  tx: EntityManager,
  building: EventData<typeof directoryEvents.buildingRegistered>,
): Promise<void> {
  return know(tx, 'building', building.buildingId, [building.projectId], { number: building.number });
}

function knowUnit(tx: EntityManager, unit: EventData<typeof directoryEvents.unitRegistered>): Promise<void> {
  const { unitId, projectId, buildingId, home, status, preSaleArea, warrantyEndsOn } = unit;
  return know(tx, 'unit', unitId, [projectId], { buildingId, home, status, preSaleArea, warrantyEndsOn });
}

function knowCustomer(
  tx: EntityManager,
  customer: EventData<typeof directoryEvents.customerRegistered>,
): Promise<void> {
  const { customerId, kind, projectIds } = customer;
  return know(tx, 'customer', customerId, projectIds, { kind, mergedIntoId: null });
}

function knowStaff(
  tx: EntityManager,
  staff: EventData<typeof directoryEvents.staffRegistered>,
): Promise<void> {
  const { staffId, projectIds, departmentCode, position, supervisorId, level, employed, employments } = staff;
  const work = { departmentCode, position, supervisorId, level };
  return know(tx, 'staff', staffId, projectIds, { ...work, employed, employments });
}

function knowPartner(
  tx: EntityManager,
  partner: EventData<typeof directoryEvents.partnerRegistered>,
): Promise<void> {
  const { partnerId, projectIds, kind, arrivalHours, active } = partner;
  return know(tx, 'partner', partnerId, projectIds, { kind, arrivalHours, active });
}

async function mergeCustomer(
  tx: EntityManager,
  { customerId, intoCustomerId, movedRoleIds }: EventData<typeof directoryEvents.customerMerged>,
): Promise<void> {
  await tx.query(
    `update known_reference set data = data || jsonb_build_object('mergedIntoId', $2::text)
     where kind = 'customer' and id = $1`,
    [customerId, intoCustomerId],
  );
  await tx.query(
    `update known_reference set data = data || jsonb_build_object('customerId', $2::text)
     where kind = 'customerRole' and id = any($1)`,
    [movedRoleIds, intoCustomerId],
  );
}

/** A project has other calendars than this service went by. */
export interface ChangedCalendar {
  readonly projectId: string;
  readonly calendarVersion: number;
  /** Who changed it. */
  readonly by: string;
  readonly at: Date;
}

/** Carried out with what the service then knows of the calendars; its effects are the service's own, too. */
export type CalendarChanged = (changed: ChangedCalendar, tx: EntityManager) => Promise<void>;

async function knowChangedProject(
  tx: EntityManager,
  { data, actor, time }: ReceivedEvent<typeof directoryEvents.projectChanged>,
  calendarChanged: CalendarChanged | undefined,
): Promise<void> {
  const { projectId, calendarVersion } = data;
  const [known]: { version: number }[] = await tx.query(
    `select coalesce((data->>'calendarVersion')::int, 0) as version from known_reference
     where kind = 'project' and id = $1`,
    [projectId],
  );
  await knowProject(tx, data);
  if (!known || known.version === calendarVersion) return;
  await calendarChanged?.({ projectId, calendarVersion, by: actor, at: new Date(time) }, tx);
}

/**
 * Keeps what a service knows of the directory up to date.
 * @param service the service's name
 */
export function referencesConsumer(service: string, calendarChanged?: CalendarChanged): ConsumerDefinition {
  return {
    name: `${service}.references`,
    staysHere: true,
    handlers: [
      on(directoryEvents.projectRegistered, ({ data }, tx) => knowProject(tx, data)),
      on(directoryEvents.projectChanged, (event, tx) => knowChangedProject(tx, event, calendarChanged)),
      on(directoryEvents.buildingRegistered, ({ data }, tx) => knowBuilding(tx, data)),
      on(directoryEvents.buildingChanged, ({ data }, tx) => knowBuilding(tx, data)),
      on(directoryEvents.unitRegistered, ({ data }, tx) => knowUnit(tx, data)),
      on(directoryEvents.unitChanged, ({ data }, tx) => knowUnit(tx, data)),
      on(directoryEvents.customerRegistered, ({ data }, tx) => knowCustomer(tx, data)),
      on(directoryEvents.customerChanged, ({ data }, tx) => knowCustomer(tx, data)),
      on(directoryEvents.customerMerged, ({ data }, tx) => mergeCustomer(tx, data)),
      on(directoryEvents.customerRoleStarted, ({ data }, tx) => knowRole(tx, data)),
      on(directoryEvents.customerRoleEnded, ({ data }, tx) => knowRole(tx, data)),
      on(directoryEvents.staffRegistered, ({ data }, tx) => knowStaff(tx, data)),
      on(directoryEvents.staffChanged, ({ data }, tx) => knowStaff(tx, data)),
      on(directoryEvents.partnerRegistered, ({ data }, tx) => knowPartner(tx, data)),
      on(directoryEvents.partnerChanged, ({ data }, tx) => knowPartner(tx, data)),
    ],
    reset: async (tx) => {
      await tx.query('delete from known_reference');
    },
  };
}
