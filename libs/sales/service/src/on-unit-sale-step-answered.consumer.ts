import type { CommandRunner } from '@anju/commands';
import { directoryEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';
import { applyUnitAnswer } from '@anju/sales-rules';
import type { SaleAggregate } from './sale.aggregate';

/** The directory's answers move sales on (SAL-03); one that a sale does not wait for changes nothing. */
export function onUnitSaleStepAnswered(commands: CommandRunner, sales: SaleAggregate): ConsumerDefinition {
  return {
    name: 'sales.unit-answers',
    handlers: [
      on(directoryEvents.unitSaleStepAnswered, async ({ data, actor }, tx) => {
        const { saleId, sequence, step, outcome, unitStatus } = data;
        await commands.change(sales, {
          actor: { id: actor },
          command: 'applyUnitAnswer',
          permission: 'sales.sale.subscribe',
          id: saleId,
          at: new Date(data.at),
          tx,
          decide: (sale, at, { policy }) =>
            applyUnitAnswer(sale, { sequence, step, outcome, unitStatus }, at, policy),
        });
      }),
    ],
  };
}
