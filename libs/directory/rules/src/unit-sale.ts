import { accept, isRefused, refuse } from '@anju/kernel';
import type { Decision, Refusal } from '@anju/kernel';
import { checkFields, fieldsNotValid, oneOf } from './checked';
import type { FieldsNotValid } from './checked';
import type { DirectoryPolicy } from './policy';
import { checkNote } from './text';
import { advanceUnit, unitStatuses, unitTransitions } from './unit';
import type { UnitCommand, UnitFact, UnitState, UnitStatus, UnitStatusOutOfOrder } from './unit';

export const saleUnitSteps = ['HOLD', 'CONTRACT', 'HAND_OVER', 'RELEASE'] as const;

/** What a sale asks for its unit. */
export type SaleUnitStep = (typeof saleUnitSteps)[number];

/** What is done to the unit for each step. */
export const saleUnitCommands = {
  HOLD: 'subscribe',
  CONTRACT: 'contract',
  HAND_OVER: 'handOver',
  RELEASE: 'cancelSubscription',
} as const satisfies Record<SaleUnitStep, UnitCommand>;

export interface SaleUnitRequest {
  readonly saleId: string;
  /** 1, 2, 3 … within the sale, in the order in which it asked. */
  readonly sequence: number;
  readonly step: SaleUnitStep;
}

/** For the unit's history: the sale for which its status changed. */
export type UnitSaleStepTaken = {
  readonly type: 'UnitSaleStepTaken';
  readonly projectId: string;
  readonly unitId: string;
  readonly saleId: string;
  /** Of the request, within the sale. */
  readonly sequence: number;
  readonly step: SaleUnitStep;
};

/** Of a step that cannot be carried out now: what the unit is, and whose. */
export type UnitSaleStepRefused = Refusal<
  'UNIT_SALE_STEP_REFUSED',
  {
    readonly saleId: string;
    readonly step: SaleUnitStep;
    readonly unitStatus: UnitStatus;
    readonly heldBySaleId: string | null;
  }
>;

export type UnitHeldBySale = Refusal<'UNIT_HELD_BY_SALE', { readonly saleId: string }>;

/**
 * A step that a sale asked for (SAL-03). The first to hold a unit that is for sale has it, until it gives it back
 * before the contract; only whoever holds it can contract and hand over. What is so already is done: holding what
 * the sale holds, giving back what it does not hold.
 * @param answeredUpTo the last of the sale's requests that was answered; what comes after a later one would undo
 *   what the sale relies on
 */
export function takeSaleStep(
  state: UnitState,
  { saleId, sequence, step }: SaleUnitRequest,
  answeredUpTo: number,
): Decision<UnitState, UnitFact, UnitSaleStepRefused> {
  const { status, heldBySaleId, id, projectId } = state;
  const refused = refuse('UNIT_SALE_STEP_REFUSED', { saleId, step, unitStatus: status, heldBySaleId });
  if (sequence < answeredUpTo) return refused;
  const holds = heldBySaleId === saleId;
  if (step === 'HOLD' && holds) return accept(state);
  if (step === 'RELEASE' && !holds) return accept(state);
  if (step !== 'HOLD' && !holds) return refused;
  const moved = advanceUnit(state, saleUnitCommands[step]);
  if (isRefused(moved)) return refused;
  const next = { ...moved.state, heldBySaleId: step === 'RELEASE' ? null : saleId };
  const taken = { type: 'UnitSaleStepTaken', projectId, unitId: id, saleId, sequence, step } as const;
  return accept(next, ...moved.facts, taken);
}

/** The command that leads to a status from where the unit is, or would from where it should be. */
function commandTo(to: UnitStatus, from: UnitStatus): UnitCommand {
  const leading = (Object.keys(unitTransitions) as UnitCommand[]).filter(
    (command) => unitTransitions[command].to === to,
  );
  const allowed = (command: UnitCommand) =>
    (unitTransitions[command].from as readonly UnitStatus[]).includes(from);
  return leading.find(allowed) ?? leading.at(-1)!;
}

/**
 * The status by hand, for a unit that is sold outside of this system. One that a sale holds moves with its sale
 * only: otherwise the two would contradict each other.
 * @param command.reason stays in the history
 */
export function changeUnitStatus(
  state: UnitState,
  command: { readonly status: string; readonly reason: string },
  policy: DirectoryPolicy,
): Decision<UnitState, UnitFact, FieldsNotValid | UnitHeldBySale | UnitStatusOutOfOrder> {
  const fields = checkFields({
    status: oneOf(unitStatuses, command.status),
    reason: checkNote(command.reason, policy),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  if (state.heldBySaleId !== null) return refuse('UNIT_HELD_BY_SALE', { saleId: state.heldBySaleId });
  const { status } = fields.value;
  return status === state.status ? accept(state) : advanceUnit(state, commandTo(status, state.status));
}
