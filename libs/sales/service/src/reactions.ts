import { isCommandRefusal, type Reaction } from '@anju/commands';
import type { Decision, Refusal } from '@anju/kernel';
import {
  cancelContract,
  noteLeadSubscribed,
  noteLeadWon,
  noteSaleEnded,
  type LeadFact,
  type LeadState,
  type SaleFact,
  type SaleState,
} from '@anju/sales-rules';
import type { References } from '@anju/references';
import type { ContractAggregate } from './contract.aggregate';
import type { LeadAggregate } from './lead.aggregate';
import { beginReportOfMonth, type SalesReportAggregate } from './sales-report.service';

/** The aggregates that follow a sale, each in the transaction of the command that it follows. */
export interface SaleFollowers {
  readonly leads: LeadAggregate;
  readonly reports: SalesReportAggregate;
  /** Asked for when it is needed: a sale and its contract follow each other. */
  readonly contracts: () => ContractAggregate;
}

type DecideLead = (lead: LeadState, at: Date) => Decision<LeadState, LeadFact, Refusal>;

/**
 * What a sale brings about: its lead and its draft go with it. They follow as the platform's doing, whatever
 * rights the one who moved the sale has on them.
 */
export async function followSale(
  fact: SaleFact,
  sale: SaleState,
  reaction: Reaction,
  followers: SaleFollowers,
  references: References,
): Promise<void> {
  const { id: saleId, projectId } = sale;
  const lead = (command: string, decide: DecideLead): Promise<void> =>
    changeLead(sale.leadId, command, reaction, followers, decide);
  switch (fact.type) {
    case 'SaleOpened':
      return beginReportOfMonth(followers.reports, references, projectId, reaction);
    case 'SaleUnitHeld':
      return lead('noteLeadSubscribed', (state, at) => noteLeadSubscribed(state, { saleId }, at));
    case 'SaleUnitStepRequested':
      // Asked for in the transaction in which the contract is signed; asked once more, the lead is won already.
      if (fact.step !== 'CONTRACT') return;
      return lead('noteLeadWon', (state, at) => noteLeadWon(state, { saleId }, at));
    case 'SaleUnitRefused':
    case 'SaleWithdrawn':
      return lead('noteSaleEnded', (state, at) => noteSaleEnded(state, { saleId }, at));
    case 'SaleWithdrawalBegun':
      if (fact.contractId === null) return;
      return cancelDraft(fact.contractId, sale, reaction, followers);
    default:
      return;
  }
}

/** A lead that has gone another way meanwhile, as by a second sale of the same prospect, stays where it is. */
async function changeLead(
  leadId: string | null,
  command: string,
  { tx, commands, actor, at }: Reaction,
  { leads }: SaleFollowers,
  decide: DecideLead,
): Promise<void> {
  if (leadId === null) return;
  await commands.change(leads, {
    ...{ tx, at, actor: { id: actor.id } },
    ...{ command, permission: 'sales.lead.handle', id: leadId, decide },
  });
}

async function cancelDraft(
  contractId: string,
  { withdrawReason }: SaleState,
  { tx, commands, actor, at }: Reaction,
  { contracts }: SaleFollowers,
): Promise<void> {
  const reason = withdrawReason ?? '';
  const cancelled = await commands.change(contracts(), {
    ...{ tx, at, reason, actor: { id: actor.id } },
    ...{ command: 'cancelContract', permission: 'sales.contract.draft', id: contractId },
    decide: (contract, now) => cancelContract(contract, { reason, by: actor.id }, now),
  });
  if (isCommandRefusal(cancelled)) throw new Error(`the draft of a sale was kept: ${cancelled.code}`);
}
