import type { UnitState } from '@anju/directory-rules';
import { localDate, Money } from '@anju/kernel';
import {
  applyUnitAnswer,
  bindContract,
  checkContract,
  contractNumber,
  draftContract,
  handOverUnit,
  noteContractSigned,
  noteFilingReturned,
  offerUnit,
  openSale,
  recordSalePayment,
  saleNumber,
  signContract,
  submitFiling,
  tellContractReturned,
  type ContractFact,
  type ContractState,
  type ReadinessState,
  type SaleFact,
  type SalesEnvironment,
  type SaleState,
  type SaleUnitStep,
  type UnitOfferFact,
  type UnitOfferState,
  type UnitStatus,
} from '@anju/sales-rules';
import type { Chance } from './chance';
import { DailyNumbers } from './daily-numbers';
import type { Ground } from './estate';
import { Life } from './life';
import type { AggregateBulk, ServiceBulk } from './service-bulk';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** The first home is sold so long before the first contact, the last so much later. */
const salesBeginBefore = 400 * day;
const salesGoOnFor = 300 * day;

/** Who sells. No two of them are one person, where the rules ask for two. */
export interface SalesCrew {
  readonly consultantId: string;
  readonly signerId: string;
  readonly checkerId: string;
  readonly cashierId: string;
}

/** When the sale of a home took its steps, before anything is known of the home. */
export interface SaleCourse {
  readonly saleId: string;
  readonly openedAt: Date;
  readonly steps: readonly { readonly sequence: number; readonly step: SaleUnitStep; readonly at: Date }[];
  readonly handedOverAt: Date;
}

interface Surroundings extends SalesEnvironment {
  readonly projectCode: string;
}

const unitPrices = ['12800.00', '13500.00', '15200.00'] as const;

/** Sells homes, each with its line of the price list, its contract, filing, payment and handover. */
export class HomeSales {
  private sold = 0;
  private readonly saleNumbers: DailyNumbers;
  private readonly contractNumbers: DailyNumbers;

  private constructor(
    private readonly ground: Ground,
    private readonly crew: SalesCrew,
    private readonly chance: Chance,
    /** How many homes there will be. */
    private readonly homes: number,
    private readonly offers: AggregateBulk<UnitOfferState, UnitOfferFact, Surroundings>,
    private readonly sales: AggregateBulk<SaleState, SaleFact, Surroundings>,
    private readonly contracts: AggregateBulk<ContractState, ContractFact, Surroundings>,
    private readonly readiness: ReadinessState,
  ) {
    this.saleNumbers = new DailyNumbers('sale', ground.projectId);
    this.contractNumbers = new DailyNumbers('contract', ground.projectId);
  }

  static async open(
    sales: ServiceBulk,
    ground: Ground,
    crew: SalesCrew,
    chance: Chance,
    homes: number,
  ): Promise<HomeSales> {
    const { projectId } = ground;
    // Nobody signs before everything is there.
    const readiness = await sales.stored<ReadinessState>('Readiness', projectId);
    return new HomeSales(
      ground,
      crew,
      chance,
      homes,
      await sales.aggregate('UnitOffer', projectId),
      await sales.aggregate('Sale', projectId),
      await sales.aggregate('Contract', projectId),
      readiness,
    );
  }

  /** The course of the next sale; those of one load follow one another. */
  next(): SaleCourse {
    const begins = this.ground.beginsAt.getTime() - salesBeginBefore;
    const openedAt = new Date(begins + Math.floor((this.sold / this.homes) * salesGoOnFor));
    this.sold += 1;
    const handedOverAt = after(openedAt, 60 * day + minute);
    return {
      saleId: this.chance.id(openedAt),
      openedAt,
      steps: [
        { sequence: 1, step: 'HOLD', at: after(openedAt, minute) },
        { sequence: 2, step: 'CONTRACT', at: after(openedAt, 3 * day + minute) },
        { sequence: 3, step: 'HAND_OVER', at: handedOverAt },
      ],
      handedOverAt,
    };
  }

  /** Writes the sale of a home to a customer. */
  sell({ saleId, openedAt, steps }: SaleCourse, unit: UnitState, customerId: string): void {
    const { projectId, now } = this.ground;
    const { consultantId, cashierId } = this.crew;
    const { definition, environment } = this.sales;
    const { policy, timeZone, projectCode } = environment;
    const unitId = unit.id;
    const onDay = localDate(openedAt, timeZone);
    const offer = this.offer(unit, openedAt);
    const opened = openSale(
      {
        ...{ id: saleId, projectId, unitId, customerIds: [customerId], consultantId, leadId: null },
        number: saleNumber(projectCode, onDay, this.saleNumbers.next(onDay)),
        by: consultantId,
      },
      { unitId, projectId, status: 'FOR_SALE', claimedBySaleId: null },
      openedAt,
      policy,
    );
    const sale = new Life(definition, environment, openedAt, now, opened);
    const answered = (index: number, unitStatus: UnitStatus): void => {
      const { sequence, step, at } = steps[index]!;
      sale.then(at, (state) =>
        applyUnitAnswer(state, { sequence, step, outcome: 'DONE', unitStatus }, at, policy),
      );
    };
    answered(0, 'SUBSCRIBED');
    const contract = this.contract(sale.state, offer, unit, customerId, after(openedAt, 2 * day));
    const { id: contractId, price } = contract;
    sale
      .then(after(openedAt, 2 * day), (state) => bindContract(state, { contractId }))
      .then(after(openedAt, 3 * day), (state, at) =>
        noteContractSigned(state, { contractId, price: price.total }, at, policy),
      );
    answered(1, 'CONTRACTED');
    const amount = Money.of(price.total);
    const paymentId = this.chance.id(openedAt);
    sale
      .then(after(openedAt, 30 * day), (state, at) =>
        recordSalePayment(state, { paymentId, kind: 'OWN_FUNDS', amount, by: cashierId }, at),
      )
      .then(after(openedAt, 60 * day), (state, at) => handOverUnit(state, at, policy));
    answered(2, 'HANDED_OVER');
    this.sales.write(sale, consultantId);
  }

  /** Writes how far the numbers of each day have come. */
  async close(sales: ServiceBulk): Promise<void> {
    const table = await sales.table('counter', DailyNumbers.columns);
    this.saleNumbers.write(table);
    this.contractNumbers.write(table);
  }

  private offer({ id: unitId, projectId }: UnitState, at: Date): UnitOfferState {
    const { definition, environment } = this.offers;
    const { consultantId: by } = this.crew;
    const unitPrice = Money.of(this.chance.oneOf(unitPrices));
    const line = {
      id: this.chance.id(at),
      projectId,
      unitId,
      unitTypeCode: 'B2',
      bedrooms: 3,
      unitPrice,
      by,
    };
    const decision = offerUnit(line, { unitOfferId: null }, at);
    const offer = new Life(definition, environment, at, this.ground.now, decision);
    this.offers.write(offer, by);
    return offer.state;
  }

  private contract(
    sale: SaleState,
    offer: UnitOfferState,
    { preSaleArea }: UnitState,
    customerId: string,
    draftedAt: Date,
  ): ContractState {
    const { signerId: by, checkerId } = this.crew;
    const { definition, environment } = this.contracts;
    const { policy, timeZone, projectCode } = environment;
    const onDay = localDate(draftedAt, timeZone);
    const sequence = this.contractNumbers.next(onDay);
    const number = contractNumber(projectCode, onDay, sequence);
    const command = {
      ...{ id: this.chance.id(draftedAt), projectId: sale.projectId, number, by },
      terms: { buyers: [{ customerId, share: '100.00' }], discounts: [], mortgage: null },
    };
    const drafted = draftContract(command, sale, { offer, preSaleArea }, draftedAt, policy);
    const context = { sale, readiness: this.readiness, numberUsedByContractId: null };
    const signedAt = after(draftedAt, day);
    const contract = new Life(definition, environment, draftedAt, this.ground.now, drafted)
      .then(signedAt, (state, at) =>
        signContract(state, { onlineSigningNumber: `WQ-${number}`, by }, context, at, environment),
      )
      .then(after(signedAt, 2 * hour), (state, at) =>
        checkContract(state, { findings: null, by: checkerId }, at),
      )
      .then(after(signedAt, 3 * day), (state, at) => submitFiling(state, { by }, at))
      .then(after(signedAt, 9 * day), (state, at) =>
        noteFilingReturned(state, { filingNumber: `BA-${number}`, by }, at, environment),
      )
      .then(after(signedAt, 9 * day + hour), (state, at) =>
        tellContractReturned(state, { customerId, channel: 'PHONE', deedTaxReminded: true, by }, at),
      );
    this.contracts.write(contract, by);
    return contract.state;
  }
}

function after(at: Date, millis: number): Date {
  return new Date(at.getTime() + millis);
}
