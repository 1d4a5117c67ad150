import type { SaleFact, SaleUnitAnswer } from './sale-state';
import type { SaleUnitStep, UnitStatus } from './unit-status';

/** A request as the directory gets it. */
export interface UnitStepRequest {
  readonly saleId: string;
  readonly sequence: number;
  readonly step: SaleUnitStep;
}

/** The requests among what happened to a sale, in order. */
export function requestsOf(facts: readonly SaleFact[]): readonly UnitStepRequest[] {
  return facts.flatMap((fact) =>
    fact.type === 'SaleUnitStepRequested'
      ? [{ saleId: fact.saleId, sequence: fact.sequence, step: fact.step }]
      : [],
  );
}

/**
 * One unit as the directory keeps it: its status, and the sale that has it. What it has answered once it does not
 * carry out again, as an inbox sees to it.
 */
export class UnitInDirectory {
  status: UnitStatus = 'FOR_SALE';
  heldBy: string | null = null;
  private readonly answered = new Set<string>();

  /** Carries a request out; null when it has been answered before. */
  take({ saleId, sequence, step }: UnitStepRequest): SaleUnitAnswer | null {
    const key = `${saleId} ${sequence}`;
    if (this.answered.has(key)) return null;
    this.answered.add(key);
    const done = this.carryOut(saleId, step);
    return { sequence, step, outcome: done ? 'DONE' : 'REFUSED', unitStatus: this.status };
  }

  private carryOut(saleId: string, step: SaleUnitStep): boolean {
    const holds = this.heldBy === saleId;
    switch (step) {
      case 'HOLD':
        return this.moved(this.status === 'FOR_SALE', 'SUBSCRIBED', saleId) || holds;
      case 'CONTRACT':
        return this.moved(holds && this.status === 'SUBSCRIBED', 'CONTRACTED', saleId);
      case 'HAND_OVER':
        return this.moved(holds && this.status === 'CONTRACTED', 'HANDED_OVER', saleId);
      case 'RELEASE':
        return this.moved(holds && this.status === 'SUBSCRIBED', 'FOR_SALE', null) || !holds;
    }
  }

  private moved(allowed: boolean, status: UnitStatus, heldBy: string | null): boolean {
    if (!allowed) return false;
    this.status = status;
    this.heldBy = heldBy;
    return true;
  }
}
