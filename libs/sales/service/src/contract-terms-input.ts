import type { EntityManager } from 'typeorm';
import { Money } from '@anju/kernel';
import { currentCustomers } from '@anju/references';
import type { ContractTerms, MortgagePlan } from '@anju/sales-rules';
import type { DraftContractInput, MortgagePlanInput } from './contract.inputs';

/** As `Money` writes it, so that the same amount is always the same text; what is none is the rules' to refuse. */
function amount(text: string | null | undefined): string | null {
  if (text == null) return null;
  return Money.isAmount(text) ? Money.of(text).toString() : text;
}

/** The loan of an input. */
export function planOfInput(input: MortgagePlanInput): MortgagePlan {
  return {
    loanKind: input.loanKind,
    commercialAmount: amount(input.commercialAmount),
    providentFundAmount: amount(input.providentFundAmount),
    borrowers: input.borrowers.map(({ customerId, familyState }) => ({ customerId, familyState })),
  };
}

/** The terms of an input. */
export function termsOfInput(
  input: Pick<DraftContractInput, 'buyers' | 'discounts' | 'mortgagePlan'>,
): ContractTerms {
  return {
    buyers: input.buyers.map(({ customerId, share }) => ({ customerId, share })),
    discounts: (input.discounts ?? []).map(({ code, kind, value }) => ({ code: code.trim(), kind, value })),
    mortgage: input.mortgagePlan ? planOfInput(input.mortgagePlan) : null,
  };
}

/** A loan with the records that stand for its borrowers now (DIR-06); none is merged until the transaction ends. */
export async function planWithCurrent(tx: EntityManager, plan: MortgagePlan): Promise<MortgagePlan> {
  const ids = plan.borrowers.map(({ customerId }) => customerId);
  const current = await currentCustomers(tx, ids);
  const borrowers = plan.borrowers.map((one) => ({ ...one, customerId: current.get(one.customerId)! }));
  return { ...plan, borrowers };
}

/** Terms with the records that stand for their customers now (DIR-06). */
export async function termsWithCurrent(tx: EntityManager, terms: ContractTerms): Promise<ContractTerms> {
  const { buyers, mortgage } = terms;
  const ids = [...buyers, ...(mortgage?.borrowers ?? [])].map(({ customerId }) => customerId);
  const current = await currentCustomers(tx, ids);
  return {
    ...terms,
    buyers: buyers.map((one) => ({ ...one, customerId: current.get(one.customerId)! })),
    mortgage: mortgage && (await planWithCurrent(tx, mortgage)),
  };
}
