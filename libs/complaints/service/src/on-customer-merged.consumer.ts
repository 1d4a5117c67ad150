import type { CommandRunner } from '@anju/commands';
import { replaceComplaintCustomer } from '@anju/complaints-rules';
import { directoryEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';
import { noteMerge } from '@anju/references';
import type { ComplaintAggregate } from './complaint.aggregate';

/** Two records of one customer are one member of every case (CMP-14, DIR-06). */
export function onCustomerMerged(commands: CommandRunner, aggregate: ComplaintAggregate): ConsumerDefinition {
  return {
    name: 'complaints.members',
    handlers: [
      on(directoryEvents.customerMerged, async ({ data, actor }, tx) => {
        const { customerId, intoCustomerId } = data;
        await noteMerge(tx, customerId, intoCustomerId);
        const cases: { id: string }[] = await tx.query(
          `select id from complaint where customer_ids @> array[$1]::uuid[] order by id`,
          [customerId],
        );
        for (const { id } of cases) {
          await commands.change(aggregate, {
            actor: { id: actor },
            command: 'replaceComplaintCustomer',
            permission: 'complaints.complaint.file',
            id,
            tx,
            decide: (state, at, environment) =>
              replaceComplaintCustomer(state, { customerId, intoCustomerId }, at, environment),
          });
        }
      }),
    ],
  };
}
