import { newestFirst, type EntityReads } from '@anju/subgraph';
import { Readiness } from './readiness.entity';
import { UnitOffer } from './unit-offer.entity';

/** What is read of the sales of homes. */
export const salesTypes = {
  UnitOffer: newestFirst(UnitOffer, 'sales.offer.read', 'createdAt'),
  Readiness: newestFirst(Readiness, 'sales.readiness.read', 'createdAt'),
} as const;

export type SalesReads = EntityReads<typeof salesTypes>;
