import type { EntityManager } from 'typeorm';
import { isCommandRefusal, nextNumber, type AggregateDefinition, type Reaction } from '@anju/commands';
import { salesEvents } from '@anju/events';
import type { Decision, Refusal } from '@anju/kernel';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import {
  bindContract,
  contractDeadlines,
  contractNumber,
  noteContractSigned,
  onContractDeadline,
  unbindContract,
  type ContractFact,
  type ContractState,
  type SaleFact,
  type SaleState,
} from '@anju/sales-rules';
import { Contract, contractQueryColumns } from './contract.entity';
import { dayOf, salesSurroundings, type SalesSurroundings } from './environment';
import { openMortgageOf, type MortgageAggregate } from './mortgage.aggregate';
import type { SaleAggregate } from './sale.aggregate';

export type ContractAggregate = AggregateDefinition<ContractState, ContractFact, SalesSurroundings, Contract>;

/** The aggregates that follow a contract, each in the transaction of the command that it follows. */
export interface ContractFollowers {
  /** Asked for when it is needed: a sale and its contract follow each other. */
  readonly sales: () => SaleAggregate;
  readonly mortgages: MortgageAggregate;
}

export function contractAggregate(references: References, followers: ContractFollowers): ContractAggregate {
  return {
    type: 'Contract',
    context: 'sales',
    entity: Contract,
    environment: salesSurroundings(references),
    events: eventsOfFacts<ContractFact>()({
      ContractDrafted: salesEvents.contractDrafted,
      ContractRevised: salesEvents.contractRevised,
      ContractDiscountApproved: salesEvents.contractDiscountApproved,
      ContractSigned: salesEvents.contractSigned,
      ContractSigningCorrected: salesEvents.contractSigningCorrected,
      ContractChecked: salesEvents.contractChecked,
      ContractFilingSubmitted: salesEvents.contractFilingSubmitted,
      ContractFilingSentBack: salesEvents.contractFilingSentBack,
      ContractFilingOverdue: salesEvents.contractFilingOverdue,
      ContractFiled: salesEvents.contractFiled,
      ContractReturnTold: salesEvents.contractReturnTold,
      ContractReturnNotTold: salesEvents.contractReturnNotTold,
      ContractCancelled: salesEvents.contractCancelled,
    }),
    react: (fact, contract, reaction) => follow(fact, contract, reaction, followers),
    deadlines: contractDeadlines,
    onDeadline: onContractDeadline,
    queryColumns: contractQueryColumns,
  };
}

/** The next number of the day in the project's contract ledger. */
export async function nextContractNumber(
  tx: EntityManager,
  projectId: string,
  at: Date,
  surroundings: SalesSurroundings,
): Promise<string> {
  const day = dayOf(at, surroundings);
  return contractNumber(surroundings.projectCode, day, await nextNumber(tx, `contract:${projectId}:${day}`));
}

/** What a contract brings about: its sale goes with it, and its return opens the case of its loan (SAL-20). */
async function follow(
  fact: ContractFact,
  contract: ContractState,
  reaction: Reaction,
  { sales, mortgages }: ContractFollowers,
): Promise<void> {
  const { id: contractId } = contract;
  const { price } = contract;
  switch (fact.type) {
    case 'ContractDrafted':
      return mustFollow(
        await changeSale(sales(), contract, 'bindContract', reaction, (sale) =>
          bindContract(sale, { contractId }),
        ),
      );
    case 'ContractSigned':
      return mustFollow(
        await changeSale(sales(), contract, 'noteContractSigned', reaction, (sale, at, { policy }) =>
          noteContractSigned(sale, { contractId, price: price.total }, at, policy),
        ),
      );
    case 'ContractCancelled':
      return mustFollow(
        await changeSale(sales(), contract, 'unbindContract', reaction, (sale) =>
          unbindContract(sale, { contractId }),
        ),
      );
    case 'ContractFiled':
      if (contract.mortgage) mustFollow(await openMortgageOf(contract, mortgages, reaction));
      return;
    default:
      return;
  }
}

function changeSale<R extends Refusal>(
  sales: SaleAggregate,
  { saleId }: ContractState,
  command: string,
  { tx, commands, actor, at }: Reaction,
  decide: (sale: SaleState, at: Date, surroundings: SalesSurroundings) => Decision<SaleState, SaleFact, R>,
) {
  return commands.change(sales, {
    ...{ tx, at, actor: { id: actor.id } },
    ...{ command, permission: 'sales.sale.read', id: saleId, decide },
  });
}

/** What the rules of one vouch for, the rules of the other do not refuse: else neither has happened. */
function mustFollow(answer: object): void {
  if (isCommandRefusal(answer)) throw new Error(`what follows a contract was refused: ${answer.code}`);
}
