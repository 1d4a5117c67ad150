import type { EntityManager } from 'typeorm';
import { badInput, nextNumber, requireIn, type Actor } from '@anju/commands';
import { isRefused, newId, type Decision } from '@anju/kernel';
import { currentCustomers, type References } from '@anju/references';
import {
  handOverUnit,
  noteLeadSubscribed,
  openSale,
  recordSalePayment,
  retryUnitStep,
  saleNumber,
  withdrawSale,
  type LeadState,
  type SaleFact,
  type SaleState,
  type SalesRefusal,
  type UnitStatus,
  type UnitToSell,
} from '@anju/sales-rules';
import { changeRequest, commandRequest, type Platform } from '@anju/subgraph';
import { dayOf, type SalesSurroundings } from './environment';
import { Lead } from './lead.entity';
import { lockFor } from './locks';
import type { SaleAggregate } from './sale.aggregate';
import type * as Inputs from './sale.schema';
import { amountOf } from './sales-amount';

type Subscription = Decision<
  SaleState,
  SaleFact,
  SalesRefusal<
    'UNIT_OF_ANOTHER_PROJECT' | 'UNIT_ALREADY_SOLD' | 'SALE_CUSTOMER_MISSING' | 'LEAD_NOT_IN_REQUIRED_STATUS'
  >
>;

const subscribe = 'sales.sale.subscribe';

/** Sales of units, as people move them on (SAL-03). */
export class SaleService {
  constructor(
    private readonly platform: Pick<Platform, 'commands'>,
    private readonly references: References,
    private readonly aggregate: SaleAggregate,
  ) {}

  /**
   * Of several who want a unit at the same instant, one after the other is let through, and all after the first
   * find it taken.
   * @throws Fault BAD_USER_INPUT for an id that is not known in the project
   */
  subscribe(input: Inputs.SubscribeUnitInput, actor: Actor) {
    const { projectId, unitId, customerIds, leadId = null } = input;
    requireIn(actor, subscribe, projectId);
    return this.platform.commands.create(this.aggregate, {
      ...commandRequest(actor, 'subscribeUnit', subscribe, input),
      projectId,
      check: () => this.checkParties(input),
      prepare: async (tx, at, surroundings) => {
        await lockFor(tx, 'unit', unitId);
        const unit = await this.unitToSell(unitId, tx);
        const current = await currentCustomers(tx, customerIds);
        const lead = leadId === null ? null : await leadOf(tx, leadId, projectId);
        return {
          unit,
          customerIds: customerIds.map((id) => current.get(id) ?? id),
          lead,
          consultantId: input.consultantId ?? lead?.consultantId ?? actor.id,
          number: await nextSaleNumber(tx, projectId, at, surroundings),
        };
      },
      decide: (id, at, { policy }, { unit, lead, ...sale }): Subscription =>
        notToSubscribe(lead, id, at) ??
        openSale({ id, projectId, unitId, leadId, ...sale, by: actor.id }, unit, at, policy),
    });
  }

  withdraw(input: Inputs.WithdrawSaleInput, actor: Actor) {
    const { reason } = input;
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'withdrawSale', subscribe, input.saleId, input),
      reason,
      decide: (sale, at, { policy }) => withdrawSale(sale, { reason, by: actor.id }, at, policy),
    });
  }

  retryStep(input: Inputs.RetryUnitStepInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'retryUnitStep', subscribe, input.saleId, input),
      decide: (sale, at, { policy }) => retryUnitStep(sale, at, policy),
    });
  }

  recordPayment(input: Inputs.RecordSalePaymentInput, actor: Actor) {
    const { kind } = input;
    const amount = amountOf(input.amount, 'input.amount');
    const paymentId = input.paymentId ?? newId();
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'recordSalePayment', 'sales.sale.recordPayment', input.saleId, input),
      decide: (sale, at) => recordSalePayment(sale, { paymentId, kind, amount, by: actor.id }, at),
    });
  }

  handOver(input: Inputs.HandOverUnitInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'handOverUnit', 'sales.sale.handOver', input.saleId, input),
      decide: (sale, at, { policy }) => handOverUnit(sale, at, policy),
    });
  }

  private async checkParties(input: Inputs.SubscribeUnitInput): Promise<void> {
    const { projectId, unitId, customerIds, consultantId } = input;
    await this.references.check([
      { kind: 'project', id: projectId, field: 'input.projectId' },
      { kind: 'unit', id: unitId, field: 'input.unitId', projectId },
      ...customerIds.map((id, n) => ({
        ...{ kind: 'customer' as const, id, field: `input.customerIds.${n}`, projectId },
      })),
      consultantId != null && { kind: 'staff', id: consultantId, field: 'input.consultantId', projectId },
    ]);
    if (consultantId) {
      await this.references.checkEmployed({ id: consultantId, field: 'input.consultantId', projectId });
    }
  }

  private async unitToSell(unitId: string, tx: EntityManager): Promise<UnitToSell> {
    const unit = await this.references.find('unit', unitId, tx);
    if (!unit) throw new Error('a unit that was known is known no more');
    const [claim]: { id: string }[] = await tx.query(
      'select id from sale where unit_id = $1 and claims_unit',
      [unitId],
    );
    return {
      unitId,
      projectId: unit.projectIds[0] ?? '',
      status: unit.data.status as UnitStatus,
      claimedBySaleId: claim?.id ?? null,
    };
  }
}

/** The refusal of a prospect who cannot subscribe, or null: it is asked now what will be noted with the answer. */
function notToSubscribe(lead: LeadState | null, saleId: string, at: Date) {
  const noted = lead && noteLeadSubscribed(lead, { saleId }, at);
  return noted && isRefused(noted) ? noted : null;
}

async function nextSaleNumber(
  tx: EntityManager,
  projectId: string,
  at: Date,
  surroundings: SalesSurroundings,
): Promise<string> {
  const day = dayOf(at, surroundings);
  return saleNumber(surroundings.projectCode, day, await nextNumber(tx, `sale:${projectId}:${day}`));
}

/** @throws Fault BAD_USER_INPUT where the project has no such lead */
async function leadOf(tx: EntityManager, id: string, projectId: string): Promise<Lead> {
  const lead = await tx.getRepository(Lead).findOneBy({ id, projectId });
  if (lead) return lead;
  const expected = 'the id of a lead of the project';
  throw badInput({ field: 'input.leadId', problem: 'is not known in this project', expected });
}
