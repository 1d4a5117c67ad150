import type { AggregateDefinition } from '@anju/commands';
import { salesEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { onSaleDeadline, saleDeadlines, type SaleFact, type SaleState } from '@anju/sales-rules';
import { salesSurroundings, type SalesSurroundings } from './environment';
import { followSale, type SaleFollowers } from './reactions';
import { Sale, saleQueryColumns } from './sale.entity';

export type SaleAggregate = AggregateDefinition<SaleState, SaleFact, SalesSurroundings, Sale>;

/** Ties the sale rules to their table, events and due times. @param followers what goes with a sale */
export function saleAggregate(references: References, followers: SaleFollowers): SaleAggregate {
  return {
    type: 'Sale',
    context: 'sales',
    entity: Sale,
    environment: salesSurroundings(references),
    events: eventsOfFacts<SaleFact>()({
      SaleOpened: salesEvents.saleOpened,
      SaleUnitStepRequested: salesEvents.saleUnitStepRequested,
      SaleUnitAnswerOverdue: salesEvents.saleUnitAnswerOverdue,
      SaleUnitStepRefused: salesEvents.saleUnitStepRefused,
      SaleUnitHeld: salesEvents.saleUnitHeld,
      SaleUnitRefused: salesEvents.saleUnitRefused,
      SaleContracted: salesEvents.saleContracted,
      SalePaymentRecorded: salesEvents.salePaymentRecorded,
      SalePaid: salesEvents.salePaid,
      SaleHandedOver: salesEvents.saleHandedOver,
      SaleWithdrawalBegun: salesEvents.saleWithdrawalBegun,
      SaleWithdrawn: salesEvents.saleWithdrawn,
    }),
    react: (fact, sale, reaction) => followSale(fact, sale, reaction, followers, references),
    deadlines: saleDeadlines,
    onDeadline: onSaleDeadline,
    queryColumns: saleQueryColumns,
  };
}
