import { accept } from '@anju/kernel';
import type { Decision, LocalDate } from '@anju/kernel';
import type { BuildingSectionState, BuildingState } from './building';
import { checkFields, fieldsNotValid, invalid, oneOf, optional, valid } from './checked';
import type { FieldsNotValid } from './checked';
import { checkDate } from './dates';
import { checkArea } from './decimals';
import { checkUnitNumber, homeText, unitNumberKey } from './place-number';
import type { DirectoryPolicy } from './policy';
import { follow } from './transitions';
import type { OutOfOrder, Transitions } from './transitions';
import type { UnitSaleStepTaken } from './unit-sale';

export const unitStatuses = ['FOR_SALE', 'SUBSCRIBED', 'CONTRACTED', 'HANDED_OVER'] as const;

/** 待售, 已认购, 已签约, 已交付. */
export type UnitStatus = (typeof unitStatuses)[number];

/** 房屋 (DIR-01). */
export interface UnitState {
  readonly id: string;
  readonly projectId: string;
  readonly buildingId: string;
  /** Null in a building without sections. */
  readonly sectionId: string | null;
  readonly status: UnitStatus;
  /** As on the door. */
  readonly number: string;
  /** The number without leading zeros; unique within building and section. */
  readonly numberKey: string;
  /** `3-2-1201` */
  readonly home: string;
  /** Square metres with two decimals, as sold before the building stood. */
  readonly preSaleArea: string | null;
  /** Square metres with two decimals, as the housing bureau registered it. */
  readonly registeredArea: string | null;
  /** Last day of the warranty. */
  readonly warrantyEndsOn: LocalDate | null;
  /** The sale whose unit it is since it was subscribed; null also where it was sold without one. */
  readonly heldBySaleId: string | null;
}

/** What other contexts need of a unit. */
export type UnitSnapshot = {
  readonly projectId: string;
  readonly unitId: string;
  readonly buildingId: string;
  readonly sectionId: string | null;
  readonly number: string;
  readonly home: string;
  readonly status: UnitStatus;
  readonly preSaleArea: string | null;
  readonly registeredArea: string | null;
  readonly warrantyEndsOn: LocalDate | null;
};

export type UnitFact =
  ({ readonly type: 'UnitRegistered' | 'UnitChanged' } & UnitSnapshot) | UnitSaleStepTaken;

/**
 * Reading: a voided subscription or contract puts the unit back for sale; a home that was handed over is taken
 * back by a purchase, not by voiding.
 */
export const unitTransitions = {
  subscribe: { from: ['FOR_SALE'], to: 'SUBSCRIBED' },
  cancelSubscription: { from: ['SUBSCRIBED'], to: 'FOR_SALE' },
  contract: { from: ['SUBSCRIBED'], to: 'CONTRACTED' },
  voidContract: { from: ['CONTRACTED'], to: 'FOR_SALE' },
  handOver: { from: ['CONTRACTED'], to: 'HANDED_OVER' },
} as const satisfies Transitions<UnitStatus>;

export type UnitCommand = keyof typeof unitTransitions;

export type UnitStatusOutOfOrder = OutOfOrder<'UNIT_STATUS_OUT_OF_ORDER'>;

export function unitSnapshot(state: UnitState): UnitSnapshot {
  const { id, projectId, buildingId, sectionId, number, home, status } = state;
  const { preSaleArea, registeredArea, warrantyEndsOn } = state;
  return {
    ...{ projectId, unitId: id, buildingId, sectionId, number, home, status },
    ...{ preSaleArea, registeredArea, warrantyEndsOn },
  };
}

/**
 * DIR-01. Without a warranty date of its own a unit has its building's. Without a status it is for sale; homes
 * of a project that is lived in already are registered as handed over.
 * @param section null in a building without sections
 * @param command.unitId the new unit's id
 */
export function registerUnit(
  building: BuildingState,
  section: BuildingSectionState | null,
  command: {
    readonly unitId: string;
    readonly number: string;
    readonly preSaleArea?: string | null;
    readonly registeredArea?: string | null;
    readonly warrantyEndsOn?: string | null;
    readonly status?: string | null;
  },
  policy: DirectoryPolicy,
): Decision<UnitState, UnitFact, FieldsNotValid> {
  const fields = checkFields({
    section:
      section === null || section.buildingId === building.id
        ? valid(null)
        : invalid('CONTRADICTS', `building ${building.number}`),
    number: checkUnitNumber(command.number),
    preSaleArea: optional(command.preSaleArea, (area) => checkArea(area, policy.maxArea)),
    registeredArea: optional(command.registeredArea, (area) => checkArea(area, policy.maxArea)),
    warrantyEndsOn: optional(command.warrantyEndsOn, (date) => checkDate(date, policy)),
    status: optional(command.status, (status) => oneOf(unitStatuses, status)),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { number, preSaleArea, registeredArea, warrantyEndsOn, status } = fields.value;
  const state: UnitState = {
    id: command.unitId,
    projectId: building.projectId,
    buildingId: building.id,
    sectionId: section?.id ?? null,
    status: status ?? 'FOR_SALE',
    number,
    numberKey: unitNumberKey(number),
    home: homeText({ building: building.number, section: section?.number ?? null, number }),
    preSaleArea,
    registeredArea,
    warrantyEndsOn: warrantyEndsOn ?? building.warrantyEndsOn,
    heldBySaleId: null,
  };
  return accept(state, { type: 'UnitRegistered', ...unitSnapshot(state) });
}

/** Areas and warranty as they should have been, or have become; fields that are not given stay. */
export function correctUnit(
  state: UnitState,
  command: {
    readonly preSaleArea?: string | null;
    readonly registeredArea?: string | null;
    readonly warrantyEndsOn?: string | null;
  },
  policy: DirectoryPolicy,
): Decision<UnitState, UnitFact, FieldsNotValid> {
  const { preSaleArea: preSale = state.preSaleArea, registeredArea: registered = state.registeredArea } =
    command;
  const { warrantyEndsOn: warranty = state.warrantyEndsOn } = command;
  const fields = checkFields({
    preSaleArea: optional(preSale, (area) => checkArea(area, policy.maxArea)),
    registeredArea: optional(registered, (area) => checkArea(area, policy.maxArea)),
    warrantyEndsOn: optional(warranty, (date) => checkDate(date, policy)),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { preSaleArea, registeredArea, warrantyEndsOn } = fields.value;
  const same =
    preSaleArea === state.preSaleArea &&
    registeredArea === state.registeredArea &&
    warrantyEndsOn === state.warrantyEndsOn;
  if (same) return accept(state);
  const next = { ...state, preSaleArea, registeredArea, warrantyEndsOn };
  return accept(next, { type: 'UnitChanged', ...unitSnapshot(next) });
}

/** Whether the developer's warranty covers the unit on a day; its last day belongs to it. */
export function isInWarranty({ warrantyEndsOn }: Pick<UnitState, 'warrantyEndsOn'>, on: LocalDate): boolean {
  return warrantyEndsOn !== null && on <= warrantyEndsOn;
}

/** A step of the sale or its voiding, in order (DIR-01), whoever holds the unit. */
export function advanceUnit(
  state: UnitState,
  command: UnitCommand,
): Decision<UnitState, UnitFact, UnitStatusOutOfOrder> {
  const step = follow(unitTransitions, command, state.status, 'UNIT_STATUS_OUT_OF_ORDER');
  if (!step.allowed) return step.refused;
  const next = { ...state, status: step.to };
  return accept(next, { type: 'UnitChanged', ...unitSnapshot(next) });
}
