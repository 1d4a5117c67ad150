import { accept } from '@anju/kernel';
import type { Decision } from '@anju/kernel';
import { checkFields, fieldsNotValid } from './checked';
import type { FieldsNotValid } from './checked';
import { checkParkingSpaceNumber } from './place-number';

/** 车位 (DIR-01). */
export interface ParkingSpaceState {
  readonly id: string;
  readonly projectId: string;
  readonly status: 'ACTIVE';
  /** Canonical; unique within the project. */
  readonly number: string;
}

export type ParkingSpaceFact = {
  readonly type: 'ParkingSpaceRegistered';
  readonly projectId: string;
  readonly parkingSpaceId: string;
  readonly number: string;
};

/** DIR-01. @param command.parkingSpaceId the new parking space's id */
export function registerParkingSpace(command: {
  readonly parkingSpaceId: string;
  readonly projectId: string;
  readonly number: string;
}): Decision<ParkingSpaceState, ParkingSpaceFact, FieldsNotValid> {
  const fields = checkFields({ number: checkParkingSpaceNumber(command.number) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { parkingSpaceId, projectId } = command;
  const state: ParkingSpaceState = { id: parkingSpaceId, projectId, status: 'ACTIVE', ...fields.value };
  return accept(state, { type: 'ParkingSpaceRegistered', projectId, parkingSpaceId, ...fields.value });
}
