import { badInput, requireIn, type Actor, type AggregateDefinition } from '@anju/commands';
import { salesEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import {
  changeUnitPrice,
  offerUnit,
  offerUnitAgain,
  withdrawUnitOffer,
  type UnitOfferFact,
  type UnitOfferState,
} from '@anju/sales-rules';
import { changeRequest, commandRequest, type Platform } from '@anju/subgraph';
import { salesSurroundings, type SalesSurroundings } from './environment';
import { lockFor } from './locks';
import { amountOf } from './sales-amount';
import { UnitOffer } from './unit-offer.entity';
import type * as Inputs from './unit-offer.schema';

export type UnitOfferAggregate = AggregateDefinition<
  UnitOfferState,
  UnitOfferFact,
  SalesSurroundings,
  UnitOffer
>;

export function unitOfferAggregate(references: References): UnitOfferAggregate {
  return {
    type: 'UnitOffer',
    context: 'sales',
    entity: UnitOffer,
    environment: salesSurroundings(references),
    events: eventsOfFacts<UnitOfferFact>()({
      UnitOffered: salesEvents.unitOffered,
      UnitOfferPriceChanged: salesEvents.unitOfferPriceChanged,
      UnitOfferWithdrawn: salesEvents.unitOfferWithdrawn,
    }),
  };
}

const write = 'sales.offer.write';
const mostBedrooms = 20;

/** The price list (一房一价, SAL-02). */
export class UnitOfferService {
  constructor(
    private readonly platform: Pick<Platform, 'commands'>,
    private readonly references: References,
    private readonly aggregate: UnitOfferAggregate,
  ) {}

  /** @throws Fault BAD_USER_INPUT where the unit is not of the project, or a number cannot be right */
  offer(input: Inputs.OfferUnitInput, actor: Actor) {
    const { projectId, unitId, bedrooms } = input;
    requireIn(actor, write, projectId);
    const unitPrice = amountOf(input.unitPrice, 'input.unitPrice');
    const unitTypeCode = input.unitTypeCode.trim();
    if (unitTypeCode === '') {
      throw badInput({ field: 'input.unitTypeCode', problem: 'is blank', expected: 'a code such as B2' });
    }
    if (bedrooms < 0 || bedrooms > mostBedrooms) {
      const expected = `a number from 0 to ${mostBedrooms}`;
      throw badInput({ field: 'input.bedrooms', problem: `is ${bedrooms}`, expected });
    }
    return this.platform.commands.create(this.aggregate, {
      ...commandRequest(actor, 'offerUnit', write, input),
      projectId,
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          { kind: 'unit', id: unitId, field: 'input.unitId', projectId },
        ]),
      prepare: async (tx) => {
        await lockFor(tx, 'unit', unitId);
        const [line]: { id: string }[] = await tx.query('select id from unit_offer where unit_id = $1', [
          unitId,
        ]);
        return { unitOfferId: line?.id ?? null };
      },
      decide: (id, at, _surroundings, known) =>
        offerUnit({ id, projectId, unitId, unitTypeCode, bedrooms, unitPrice, by: actor.id }, known, at),
    });
  }

  changePrice(input: Inputs.ChangeUnitPriceInput, actor: Actor) {
    const unitPrice = amountOf(input.unitPrice, 'input.unitPrice');
    return this.platform.commands.change(this.aggregate, {
      ...this.request('changeUnitPrice', input, actor),
      decide: (offer, at) => changeUnitPrice(offer, { unitPrice, by: actor.id }, at),
    });
  }

  withdraw(input: Inputs.WithdrawUnitOfferInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('withdrawUnitOffer', input, actor),
      decide: (offer, at) => withdrawUnitOffer(offer, { by: actor.id }, at),
    });
  }

  offerAgain(input: Inputs.OfferUnitAgainInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('offerUnitAgain', input, actor),
      decide: (offer, at) => offerUnitAgain(offer, { by: actor.id }, at),
    });
  }

  private request(command: string, input: Inputs.UnitOfferCommandInput, actor: Actor) {
    return changeRequest(actor, command, write, input.unitOfferId, input);
  }
}
