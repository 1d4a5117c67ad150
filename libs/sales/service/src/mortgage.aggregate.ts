import type { EntityManager } from 'typeorm';
import { nextNumber, type AggregateDefinition, type Reaction } from '@anju/commands';
import { salesEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import {
  mortgageDeadlines,
  mortgageNumber,
  onMortgageDeadline,
  openMortgage,
  type ContractState,
  type MortgageFact,
  type MortgageState,
} from '@anju/sales-rules';
import { dayOf, salesSurroundings, type SalesSurroundings } from './environment';
import { Mortgage, mortgageQueryColumns } from './mortgage.entity';

export type MortgageAggregate = AggregateDefinition<MortgageState, MortgageFact, SalesSurroundings, Mortgage>;

export function mortgageAggregate(references: References): MortgageAggregate {
  return {
    type: 'Mortgage',
    context: 'sales',
    entity: Mortgage,
    environment: salesSurroundings(references),
    events: eventsOfFacts<MortgageFact>()({
      MortgageOpened: salesEvents.mortgageOpened,
      MortgageSignedForByAgency: salesEvents.mortgageSignedForByAgency,
      MortgageDocumentReceived: salesEvents.mortgageDocumentReceived,
      MortgageDocumentsRecomputed: salesEvents.mortgageDocumentsRecomputed,
      MortgageMoved: salesEvents.mortgageMoved,
      MortgageStoodStill: salesEvents.mortgageStoodStill,
    }),
    deadlines: mortgageDeadlines,
    onDeadline: onMortgageDeadline,
    queryColumns: mortgageQueryColumns,
  };
}

/** The next number of the day in the project's mortgage ledger. */
export async function nextMortgageNumber(
  tx: EntityManager,
  projectId: string,
  at: Date,
  surroundings: SalesSurroundings,
): Promise<string> {
  const day = dayOf(at, surroundings);
  return mortgageNumber(surroundings.projectCode, day, await nextNumber(tx, `mortgage:${projectId}:${day}`));
}

/** Opens the case of a contract that has just come back, with the contract's return or not at all (SAL-20). */
export function openMortgageOf(
  contract: ContractState,
  mortgages: MortgageAggregate,
  { tx, commands, actor, at }: Reaction,
) {
  const { projectId } = contract;
  return commands.create(mortgages, {
    ...{ tx, at, actor: { id: actor.id }, command: 'openMortgage', projectId },
    permission: 'sales.mortgage.handle',
    prepare: (_tx, now, surroundings) => nextMortgageNumber(tx, projectId, now, surroundings),
    decide: (id, now, { policy }, number) =>
      openMortgage({ id, number, by: actor.id }, contract, null, now, policy),
  });
}
