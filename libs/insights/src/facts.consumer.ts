import type { ConsumerDefinition } from '@anju/outbox';
import { appraisalFacts } from './appraisal-facts';
import { communicationsFacts } from './communications-facts';
import { complaintsFacts } from './complaints-facts';
import { factTables } from './facts';
import { receptionFacts } from './reception-facts';
import { salesFacts } from './sales-facts';

/** Turns what happened in the other services into facts; rebuilt, it comes to the same facts (INS-02, INS-03). */
export const factsConsumer: ConsumerDefinition = {
  name: 'insights.facts',
  staysHere: true,
  handlers: [...receptionFacts, ...complaintsFacts, ...salesFacts, ...appraisalFacts, ...communicationsFacts],
  reset: async (tx) => {
    for (const table of factTables) await tx.query(`delete from ${table}`);
  },
};
