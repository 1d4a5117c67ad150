import { Money, refuse, type Refused } from '@anju/kernel';
import { hundredthsOf, knownHundredths, textOfHundredths } from './decimals';
import type { FamilyState, LoanKind } from './mortgage-documents';
import type { SalesPolicy } from './policy';
import type { SalesRefusal } from './refusals';

const WHOLE = 10_000n;

/** A buyer with his share in per cent, such as `50.00`. */
export interface Buyer {
  readonly customerId: string;
  readonly share: string;
}

export const contractDiscountKinds = ['PERCENT', 'AMOUNT'] as const;
export type ContractDiscountKind = (typeof contractDiscountKinds)[number];

/** `value`: per cent with at most two decimals, or CNY. `code` says which campaign or agreement it comes from. */
export interface Discount {
  readonly code: string;
  readonly kind: ContractDiscountKind;
  readonly value: string;
}

/** Who borrows, with the family state that his documents depend on. */
export interface Borrower {
  readonly customerId: string;
  readonly familyState: FamilyState;
}

/** The loan that the price is to be paid with. Amounts in CNY; null for a part that the kind does not have. */
export interface MortgagePlan {
  readonly loanKind: LoanKind;
  readonly commercialAmount: string | null;
  readonly providentFundAmount: string | null;
  readonly borrowers: readonly Borrower[];
}

/** What is wrong with a loan. */
export const mortgagePlanProblems = [
  'BORROWER_MISSING',
  'BORROWER_NOT_BUYER',
  'AMOUNT_NOT_FOR_KIND',
  'AMOUNT_NOT_BELOW_PRICE',
] as const;
export type MortgagePlanProblem = (typeof mortgagePlanProblems)[number];

/** The price of a home, in CNY as `Money` writes it: by the list, the discounts altogether, and what is paid. */
export interface ContractPrice {
  readonly listTotal: string;
  readonly discountTotal: string;
  readonly total: string;
  /** The discounts in per cent of the list price, rounded half-up; what needs approval goes by the amounts. */
  readonly discountPercent: string;
}

/** The refusal of buyers whose shares are not exactly the whole, each once and above 0 (SAL-11); null if right. */
export function wrongBuyers(
  buyers: readonly Buyer[],
  policy: SalesPolicy,
): Refused<
  SalesRefusal<'BUYERS_NOT_VALID' | 'BUYER_NAMED_TWICE' | 'BUYER_SHARE_NOT_VALID' | 'SHARES_NOT_WHOLE'>
> | null {
  if (buyers.length === 0 || buyers.length > policy.mostBuyers) {
    return refuse('BUYERS_NOT_VALID', { given: buyers.length, most: policy.mostBuyers });
  }
  let sum = 0n;
  for (const [index, { customerId, share }] of buyers.entries()) {
    if (buyers.findIndex((other) => other.customerId === customerId) !== index) {
      return refuse('BUYER_NAMED_TWICE', { customerId });
    }
    const part = hundredthsOf(share);
    if (part === null || part === 0n || part > WHOLE)
      return refuse('BUYER_SHARE_NOT_VALID', { customerId, share });
    sum += part;
  }
  return sum === WHOLE ? null : refuse('SHARES_NOT_WHOLE', { sum: textOfHundredths(sum), whole: '100.00' });
}

/** Shares together, with two decimals. */
export function sumOfShares(buyers: readonly Buyer[]): string {
  return textOfHundredths(buyers.reduce((sum, { share }) => sum + knownHundredths(share), 0n));
}

/** What is left of a price after one discount; null where the discount is none. */
function after(price: Money, { kind, value }: Discount): Money | null {
  if (kind === 'AMOUNT') {
    const off = Money.isAmount(value) ? Money.of(value) : Money.zero;
    return off.compare(Money.zero) > 0 && off.compare(price) < 0 ? price.minus(off) : null;
  }
  const percent = hundredthsOf(value);
  if (percent === null || percent === 0n || percent >= WHOLE) return null;
  const left = price.times(`0.${String(WHOLE - percent).padStart(4, '0')}`);
  return left.compare(Money.zero) > 0 ? left : null;
}

/**
 * The price by area, less the discounts, each taken off what the ones before have left and rounded half-up to
 * the fen (SAL-11; reading: 折上折).
 * @param area square metres with at most two decimals
 * @param unitPrice CNY per square metre
 */
export function priceOf(
  area: string,
  unitPrice: string,
  discounts: readonly Discount[],
): ContractPrice | Refused<SalesRefusal<'DISCOUNT_NOT_VALID'>> {
  const list = Money.of(unitPrice).times(area);
  let total = list;
  for (const [index, discount] of discounts.entries()) {
    const left = after(total, discount);
    if (left === null) {
      return refuse('DISCOUNT_NOT_VALID', {
        ...{ line: index + 1, discountCode: discount.code, value: discount.value },
        priceBefore: total.toString(),
      });
    }
    total = left;
  }
  const off = list.minus(total);
  const percent = list.isZero() ? 0n : (2n * off.toFen() * WHOLE + list.toFen()) / (2n * list.toFen());
  return {
    listTotal: list.toString(),
    discountTotal: off.toString(),
    total: total.toString(),
    discountPercent: textOfHundredths(percent),
  };
}

/** The discount that needs no approval, in CNY: the policy's share of the list price, to the fen. */
export function freeDiscount(price: Pick<ContractPrice, 'listTotal'>, policy: SalesPolicy): Money {
  const limit = knownHundredths(policy.discountLimitPercent);
  return Money.of(price.listTotal).times(`${limit / WHOLE}.${String(limit % WHOLE).padStart(4, '0')}`);
}

/** Whether the discount goes beyond what needs no approval (SAL-11); the limit itself does not. */
export function needsApproval(
  price: Pick<ContractPrice, 'listTotal' | 'discountTotal'>,
  policy: SalesPolicy,
): boolean {
  return Money.of(price.discountTotal).compare(freeDiscount(price, policy)) > 0;
}

function isLoan(amount: string | null): boolean {
  return amount !== null && Money.isAmount(amount) && Money.of(amount).compare(Money.zero) > 0;
}

/** The whole loan of a plan whose amounts fit its kind. */
export function loanOf(plan: Pick<MortgagePlan, 'commercialAmount' | 'providentFundAmount'>): Money {
  return Money.of(plan.commercialAmount ?? '0').plus(Money.of(plan.providentFundAmount ?? '0'));
}

/** What is wrong with the loan of a contract (SAL-20): who borrows buys, and the loan does not pay for it all. */
export function mortgagePlanProblem(
  plan: MortgagePlan,
  buyers: readonly Buyer[],
  total: string,
): MortgagePlanProblem | null {
  const { loanKind, commercialAmount, providentFundAmount, borrowers } = plan;
  if (borrowers.length === 0) return 'BORROWER_MISSING';
  const bought = borrowers.every(({ customerId }) => buyers.some((buyer) => buyer.customerId === customerId));
  if (!bought || new Set(borrowers.map(({ customerId }) => customerId)).size < borrowers.length) {
    return 'BORROWER_NOT_BUYER';
  }
  const fits =
    (loanKind === 'PROVIDENT_FUND' ? commercialAmount === null : isLoan(commercialAmount)) &&
    (loanKind === 'COMMERCIAL' ? providentFundAmount === null : isLoan(providentFundAmount));
  if (!fits) return 'AMOUNT_NOT_FOR_KIND';
  return loanOf(plan).compare(Money.of(total)) < 0 ? null : 'AMOUNT_NOT_BELOW_PRICE';
}
