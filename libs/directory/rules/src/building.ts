import { accept } from '@anju/kernel';
import type { Decision, LocalDate } from '@anju/kernel';
import { checkFields, fieldsNotValid, optional } from './checked';
import type { FieldsNotValid } from './checked';
import { checkDate } from './dates';
import { checkBuildingNumber, checkSectionNumber } from './place-number';
import type { DirectoryPolicy } from './policy';
import { checkOrganisationName } from './text';

/** 楼栋 (DIR-01). */
export interface BuildingState {
  readonly id: string;
  readonly projectId: string;
  readonly status: 'ACTIVE';
  /** Canonical; unique within the project. */
  readonly number: string;
  readonly name: string | null;
  /** Last day of the developer's warranty on the homes of the building that have no date of their own. */
  readonly warrantyEndsOn: LocalDate | null;
}

/** 单元 (DIR-01): one staircase of a building. */
export interface BuildingSectionState {
  readonly id: string;
  readonly projectId: string;
  readonly buildingId: string;
  readonly status: 'ACTIVE';
  /** Canonical; unique within the building. */
  readonly number: string;
}

export type BuildingFact = {
  readonly type: 'BuildingRegistered' | 'BuildingChanged';
  readonly projectId: string;
  readonly buildingId: string;
  readonly number: string;
  readonly warrantyEndsOn: LocalDate | null;
};

export type BuildingSectionFact = {
  readonly type: 'BuildingSectionRegistered';
  readonly projectId: string;
  readonly buildingId: string;
  readonly sectionId: string;
  readonly number: string;
};

function fact(type: BuildingFact['type'], state: BuildingState): BuildingFact {
  const { id, projectId, number, warrantyEndsOn } = state;
  return { type, projectId, buildingId: id, number, warrantyEndsOn };
}

/** DIR-01. @param command.buildingId the new building's id */
export function registerBuilding(
  command: {
    readonly buildingId: string;
    readonly projectId: string;
    readonly number: string;
    readonly name?: string | null;
    readonly warrantyEndsOn?: string | null;
  },
  policy: DirectoryPolicy,
): Decision<BuildingState, BuildingFact, FieldsNotValid> {
  const fields = checkFields({
    number: checkBuildingNumber(command.number),
    name: optional(command.name, (name) => checkOrganisationName(name, policy)),
    warrantyEndsOn: optional(command.warrantyEndsOn, (date) => checkDate(date, policy)),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const state: BuildingState = {
    id: command.buildingId,
    projectId: command.projectId,
    status: 'ACTIVE',
    ...fields.value,
  };
  return accept(state, fact('BuildingRegistered', state));
}

/** The date counts for units registered from now on; those that are there keep theirs. */
export function setBuildingWarranty(
  state: BuildingState,
  command: { readonly warrantyEndsOn: string | null },
  policy: DirectoryPolicy,
): Decision<BuildingState, BuildingFact, FieldsNotValid> {
  const fields = checkFields({
    warrantyEndsOn: optional(command.warrantyEndsOn, (date) => checkDate(date, policy)),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  if (fields.value.warrantyEndsOn === state.warrantyEndsOn) return accept(state);
  const next = { ...state, ...fields.value };
  return accept(next, fact('BuildingChanged', next));
}

/** DIR-01. @param command.sectionId the new section's id */
export function registerBuildingSection(
  building: BuildingState,
  command: { readonly sectionId: string; readonly number: string },
): Decision<BuildingSectionState, BuildingSectionFact, FieldsNotValid> {
  const fields = checkFields({ number: checkSectionNumber(command.number) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { sectionId } = command;
  const parent = { projectId: building.projectId, buildingId: building.id };
  const state: BuildingSectionState = { id: sectionId, ...parent, status: 'ACTIVE', ...fields.value };
  return accept(state, { type: 'BuildingSectionRegistered', ...parent, sectionId, ...fields.value });
}
