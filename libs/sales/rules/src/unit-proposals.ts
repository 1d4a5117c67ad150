import { Money } from '@anju/kernel';
import { knownHundredths, textOfHundredths } from './decimals';
import type { LeadNeed } from './lead-state';
import type { SalesPolicy } from './policy';
import type { UnitStatus } from './unit-status';
import type { UnitOfferState } from './unit-offer';

/** What a proposal can fail to meet of a need. */
export const proposalMisses = ['BEDROOMS', 'AREA', 'BUDGET'] as const;
export type ProposalMiss = (typeof proposalMisses)[number];

/** A home of the price list with what the directory says of it. */
export interface UnitForProposal {
  readonly offer: Pick<UnitOfferState, 'unitId' | 'status' | 'unitTypeCode' | 'bedrooms' | 'unitPrice'>;
  readonly unitStatus: UnitStatus;
  /** Square metres with two decimals; null where it is not known, and then there is no price either. */
  readonly preSaleArea: string | null;
  /** A sale asks for it or has it, whatever the directory has heard of that. */
  readonly claimed: boolean;
}

/** A home that suits a need, with what it would cost by the list, and the wishes that it does not meet. */
export interface ProposedUnit {
  readonly unitId: string;
  readonly unitTypeCode: string;
  readonly area: string;
  /** List price in CNY, as `Money` writes it. */
  readonly total: string;
  readonly misses: readonly ProposalMiss[];
}

/** Whether a home can be proposed at all (SAL-02): it has a price, is for sale, and no sale claims it. */
export function canBeProposed(
  home: UnitForProposal,
): home is UnitForProposal & { readonly preSaleArea: string } {
  const { offer, unitStatus, preSaleArea, claimed } = home;
  return offer.status === 'OFFERED' && unitStatus === 'FOR_SALE' && !claimed && preSaleArea !== null;
}

/** Square metres by which an area lies outside what is wished, in hundredths; 0 inside. */
function outside(area: bigint, need: LeadNeed): bigint {
  const smallest = need.smallestArea === null ? 0n : knownHundredths(need.smallestArea);
  const largest = need.largestArea === null ? area : knownHundredths(need.largestArea);
  if (area < smallest) return smallest - area;
  return area > largest ? area - largest : 0n;
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/**
 * The homes that suit a need, best first (SAL-02). Only what is on the price list, for sale and claimed by no
 * sale is proposed, and nothing dearer than the budget and the policy's tolerance (reading). Then come first
 * those that miss fewest wishes, are nearest to the area wished, and cost least; of equals the smaller id, so
 * that the same question has the same answer.
 */
export function proposeUnits(
  need: LeadNeed,
  units: readonly UnitForProposal[],
  policy: SalesPolicy,
): readonly ProposedUnit[] {
  const budget = need.budget === null ? null : Money.of(need.budget);
  const tolerance = 10_000n + knownHundredths(policy.budgetTolerancePercent);
  const most =
    budget?.times(`${tolerance / 10_000n}.${String(tolerance % 10_000n).padStart(4, '0')}`) ?? null;
  const suitable = units.filter(canBeProposed).flatMap(({ offer, preSaleArea }) => {
    const area = knownHundredths(preSaleArea);
    const total = Money.of(offer.unitPrice).times(preSaleArea);
    if (most && total.compare(most) > 0) return [];
    const away = outside(area, need);
    const misses = proposalMisses.filter(
      (wish) =>
        (wish === 'BEDROOMS' && need.bedrooms !== null && need.bedrooms !== offer.bedrooms) ||
        (wish === 'AREA' && away > 0n) ||
        (wish === 'BUDGET' && budget !== null && total.compare(budget) > 0),
    );
    return [{ unitId: offer.unitId, unitTypeCode: offer.unitTypeCode, area, total, away, misses }];
  });
  return suitable
    .sort(
      (a, b) =>
        a.misses.length - b.misses.length ||
        compare(a.away, b.away) ||
        a.total.compare(b.total) ||
        (a.unitId < b.unitId ? -1 : 1),
    )
    .slice(0, policy.mostProposals)
    .map(({ unitId, unitTypeCode, area, total, misses }) => ({
      ...{ unitId, unitTypeCode, area: textOfHundredths(area), total: total.toString(), misses },
    }));
}

/** A unit type among the proposals, with the least that it costs. */
export interface ProposedUnitType {
  readonly unitTypeCode: string;
  readonly fromTotal: string;
  /** Best first. */
  readonly unitIds: readonly string[];
}

/** The proposals by their unit types (户型), in the order of each type's best home (SAL-02). */
export function byUnitType(proposals: readonly ProposedUnit[]): readonly ProposedUnitType[] {
  const codes = [...new Set(proposals.map(({ unitTypeCode }) => unitTypeCode))];
  return codes.map((unitTypeCode) => {
    const homes = proposals.filter((proposal) => proposal.unitTypeCode === unitTypeCode);
    const cheapest = homes
      .map(({ total }) => Money.of(total))
      .reduce((least, total) => (total.compare(least) < 0 ? total : least));
    return { unitTypeCode, fromTotal: cheapest.toString(), unitIds: homes.map(({ unitId }) => unitId) };
  });
}
