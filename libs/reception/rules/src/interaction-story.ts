/** Contacts for tests: a leaking tap, recorded at nine in the morning. */
import { accepted, at } from '@anju/testing';
import { recordInteraction, tellCustomer, type RecordInteraction } from './interaction';
import type { ComplaintIntake, InteractionState, TellingKind } from './interaction-state';
import { defaultReceptionPolicy as policy } from './policy';

export const receivedAt = at('2026-03-02 09:02');

export const leakingTap: RecordInteraction = {
  id: 'interaction-1',
  projectId: 'jx',
  number: 'JX-20260302-001',
  channel: 'PHONE',
  customerId: 'wang',
  callerName: null,
  callbackContact: null,
  accompanyingCustomerIds: [],
  unitId: '3-2-1201',
  buildingId: 'b3',
  content: '厨房水龙头漏水',
  topic: 'PLUMBING',
  receivedAt,
  receivedBy: 'zhou',
  facts: {
    matter: 'FAULT',
    wantsToComplain: false,
    warrantyEndsOn: '2025-06-30',
    faultDuty: 'COMPANY',
    partnersEquipment: false,
    needsOthers: false,
    expectedDays: null,
  },
};

export function recording(change: Partial<RecordInteraction> = {}, time = receivedAt) {
  return recordInteraction({ ...leakingTap, ...change }, time, 'Asia/Shanghai', policy);
}

export function anInteraction(change: Partial<InteractionState> = {}): InteractionState {
  return { ...accepted(recording()), ...change };
}

export function told(state: InteractionState, kind: TellingKind, time: Date, by = 'zhou'): InteractionState {
  return accepted(tellCustomer(state, { kind, channel: 'PHONE', text: '已修好', by }, time));
}

export const liftComplaint: ComplaintIntake = { causeClass: 'CLASS_1', facts: [], namedStaffIds: [] };
