import type { UnitState } from '@anju/directory-rules';
import { addLocalDays, localDate, Money } from '@anju/kernel';
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
import { checkedOf, Mould, sameRows, type Row } from './mould';
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

type OfferLife = Life<UnitOfferState, UnitOfferFact, Surroundings>;
type ContractLife = Life<ContractState, ContractFact, Surroundings>;

/** What is drawn for a sale, before the rules say what comes of it. */
interface SaleStory {
  readonly course: SaleCourse;
  readonly unit: UnitState;
  readonly customerId: string;
  readonly draftedAt: Date;
  readonly signedAt: Date;
  readonly saleNumber: string;
  readonly contractNumber: string;
  readonly offerId: string;
  readonly contractId: string;
  readonly paymentId: string;
  readonly unitPrice: string;
}

/** From the signing until the filed contract is back. */
const returnedAfter = 9 * day;
const unitPrices = ['12800.00', '13500.00', '15200.00'] as const;

/** Sells homes, each with its line of the price list, its contract, filing, payment and handover. */
export class HomeSales {
  private sold = 0;
  /** By the way that sales go. */
  private readonly moulds = new Map<string, Mould>();
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

  /** Writes the sale of a home to a customer: from a mould, where such a home was sold before. */
  sell(course: SaleCourse, unit: UnitState, customerId: string): void {
    const { chance } = this;
    const { projectCode, timeZone, calendars, policy } = this.sales.environment;
    const { saleId, openedAt } = course;
    const draftedAt = after(openedAt, 2 * day);
    const signedAt = after(draftedAt, day);
    const [openedOn, draftedOn] = [localDate(openedAt, timeZone), localDate(draftedAt, timeZone)];
    const story: SaleStory = {
      ...{ course, unit, customerId, draftedAt, signedAt },
      saleNumber: saleNumber(projectCode, openedOn, this.saleNumbers.next(openedOn)),
      contractNumber: contractNumber(projectCode, draftedOn, this.contractNumbers.next(draftedOn)),
      offerId: chance.id(openedAt),
      contractId: chance.id(draftedAt),
      paymentId: chance.id(openedAt),
      unitPrice: chance.oneOf(unitPrices),
    };
    // What follows from the calendar of the day, and not from the instant alone.
    const returnedAt = after(signedAt, returnedAfter);
    const tellDueAt = calendars.office.addWorkingDays(returnedAt, policy.tellReturnWorkingDays);
    const deedTaxDueOn = addLocalDays(localDate(signedAt, timeZone), policy.deedTaxDays);
    const { offerId, contractId, paymentId, unitPrice } = story;
    const ids = [saleId, offerId, contractId, paymentId, unit.id, customerId];
    const names = [story.saleNumber, story.contractNumber, deedTaxDueOn, ...ids];
    const particulars = { names, at: openedAt };
    const way = [unit.preSaleArea, unitPrice, tellDueAt.getTime() - returnedAt.getTime()].join();
    const mould = this.moulds.get(way);
    const rows = mould ? mould.pour(particulars) : this.rowsOf(story);
    if (!mould) this.moulds.set(way, new Mould(rows, particulars));
    else if (this.sold % checkedOf === 0) sameRows(rows, this.rowsOf(story));
    for (const { table, line } of rows) table.addLine(line);
  }

  private rowsOf(story: SaleStory): Row[] {
    const { course, unit, customerId, draftedAt, signedAt, contractId, paymentId } = story;
    const { saleId, openedAt, steps } = course;
    const { projectId, now } = this.ground;
    const { consultantId, cashierId } = this.crew;
    const { definition, environment } = this.sales;
    const { policy } = environment;
    const unitId = unit.id;
    const offer = this.offer(story);
    const opened = openSale(
      {
        ...{ id: saleId, projectId, unitId, customerIds: [customerId], consultantId, leadId: null },
        number: story.saleNumber,
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
    const contract = this.contract(sale.state, offer.state, story);
    const { price } = contract.state;
    sale
      .then(draftedAt, (state) => bindContract(state, { contractId }))
      .then(signedAt, (state, at) =>
        noteContractSigned(state, { contractId, price: price.total }, at, policy),
      );
    answered(1, 'CONTRACTED');
    const amount = Money.of(price.total);
    sale
      .then(after(openedAt, 30 * day), (state, at) =>
        recordSalePayment(state, { paymentId, kind: 'OWN_FUNDS', amount, by: cashierId }, at),
      )
      .then(after(openedAt, 60 * day), (state, at) => handOverUnit(state, at, policy));
    answered(2, 'HANDED_OVER');
    return [
      ...this.offers.rowsOf(offer, consultantId),
      ...this.sales.rowsOf(sale, consultantId),
      ...this.contracts.rowsOf(contract, this.crew.signerId),
    ];
  }

  /** Writes how far the numbers of each day have come. */
  async close(sales: ServiceBulk): Promise<void> {
    const table = await sales.table('counter', DailyNumbers.columns);
    this.saleNumbers.write(table);
    this.contractNumbers.write(table);
  }

  private offer({ course, unit, offerId: id, unitPrice }: SaleStory): OfferLife {
    const { definition, environment } = this.offers;
    const { openedAt: at } = course;
    const { id: unitId, projectId } = unit;
    const by = this.crew.consultantId;
    const line = {
      id,
      projectId,
      unitId,
      unitTypeCode: 'B2',
      bedrooms: 3,
      unitPrice: Money.of(unitPrice),
      by,
    };
    const decision = offerUnit(line, { unitOfferId: null }, at);
    return new Life(definition, environment, at, this.ground.now, decision);
  }

  private contract(sale: SaleState, offer: UnitOfferState, story: SaleStory): ContractLife {
    const { contractId: id, contractNumber: number, customerId, draftedAt, signedAt } = story;
    const { preSaleArea } = story.unit;
    const { signerId: by, checkerId } = this.crew;
    const { definition, environment } = this.contracts;
    const command = {
      ...{ id, projectId: sale.projectId, number, by },
      terms: { buyers: [{ customerId, share: '100.00' }], discounts: [], mortgage: null },
    };
    const drafted = draftContract(command, sale, { offer, preSaleArea }, draftedAt, environment.policy);
    const context = { sale, readiness: this.readiness, numberUsedByContractId: null };
    return new Life(definition, environment, draftedAt, this.ground.now, drafted)
      .then(signedAt, (state, at) =>
        signContract(state, { onlineSigningNumber: `WQ-${number}`, by }, context, at, environment),
      )
      .then(after(signedAt, 2 * hour), (state, at) =>
        checkContract(state, { findings: null, by: checkerId }, at),
      )
      .then(after(signedAt, 3 * day), (state, at) => submitFiling(state, { by }, at))
      .then(after(signedAt, returnedAfter), (state, at) =>
        noteFilingReturned(state, { filingNumber: `BA-${number}`, by }, at, environment),
      )
      .then(after(signedAt, returnedAfter + hour), (state, at) =>
        tellContractReturned(state, { customerId, channel: 'PHONE', deedTaxReminded: true, by }, at),
      );
  }
}

function after(at: Date, millis: number): Date {
  return new Date(at.getTime() + millis);
}
