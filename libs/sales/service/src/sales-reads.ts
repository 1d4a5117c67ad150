import { newestFirst, type EntityReads } from '@anju/subgraph';
import { Lead } from './lead.entity';
import { Readiness } from './readiness.entity';
import { Sale } from './sale.entity';
import { UnitOffer } from './unit-offer.entity';

/** What is read of the sales of homes. */
export const salesTypes = {
  Lead: newestFirst(Lead, 'sales.lead.read', 'receivedAt'),
  UnitOffer: newestFirst(UnitOffer, 'sales.offer.read', 'createdAt'),
  Sale: newestFirst(Sale, 'sales.sale.read', 'openedAt'),
  Readiness: newestFirst(Readiness, 'sales.readiness.read', 'createdAt'),
} as const;

export type SalesReads = EntityReads<typeof salesTypes>;
