/** 待售, 已认购, 已签约, 已交付: the status of a unit as the directory tells it (DIR-01). */
export type UnitStatus = 'FOR_SALE' | 'SUBSCRIBED' | 'CONTRACTED' | 'HANDED_OVER';

/**
 * What a sale asks the directory to do with its unit, and what the unit's status is when that has been done.
 * `HOLD` is the directory's command `subscribe`, `CONTRACT` its `contract`, `HAND_OVER` its `handOver`, `RELEASE`
 * its `cancelSubscription`. A release is done as soon as the sale does not hold the unit, however that came.
 */
export const saleUnitSteps = ['HOLD', 'CONTRACT', 'HAND_OVER', 'RELEASE'] as const;
export type SaleUnitStep = (typeof saleUnitSteps)[number];

/** How the directory answered. */
export const saleUnitOutcomes = ['DONE', 'REFUSED'] as const;
export type SaleUnitOutcome = (typeof saleUnitOutcomes)[number];
