import type { DataSource, EntityManager } from 'typeorm';
import { mayIn } from '@anju/access';
import { notFound, requireIn, projectOf, type Actor, type CommandRunner } from '@anju/commands';
import type { Decision, Refusal } from '@anju/kernel';
import { currentCustomers, type Reference, type References } from '@anju/references';
import {
  approveDiscount,
  cancelContract,
  checkContract,
  correctSigning,
  draftContract,
  noteFilingReturned,
  noteFilingSentBack,
  reviseContract,
  signContract,
  submitFiling,
  tellContractReturned,
  type ContractFact,
  type ContractState,
  type SaleState,
} from '@anju/sales-rules';
import { changeRequest, commandRequest } from '@anju/subgraph';
import { nextContractNumber, type ContractAggregate } from './contract.aggregate';
import { Contract } from './contract.entity';
import type * as Inputs from './contract.inputs';
import { termsOfInput, termsWithCurrent } from './contract-terms-input';
import { lockFor } from './locks';
import { Readiness } from './readiness.entity';
import { Sale } from './sale.entity';
import type { SalesSurroundings } from './environment';
import { UnitOffer } from './unit-offer.entity';

const draft = 'sales.contract.draft';
const sign = 'sales.contract.sign';
const file = 'sales.contract.file';

type Terms = Pick<Inputs.DraftContractInput, 'buyers' | 'discounts' | 'mortgagePlan'>;
type Decide<R extends Refusal> = (
  contract: ContractState,
  at: Date,
  surroundings: SalesSurroundings,
) => Decision<ContractState, ContractFact, R>;

/** Contracts, from the draft to the word that they are back (SAL-11, SAL-12). */
export class ContractService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly references: References,
    private readonly aggregate: ContractAggregate,
  ) {}

  draft(input: Inputs.DraftContractInput, actor: Actor) {
    const { projectId, saleId } = input;
    requireIn(actor, draft, projectId);
    const terms = termsOfInput(input);
    return this.commands.create(this.aggregate, {
      ...commandRequest(actor, 'draftContract', draft, input),
      projectId,
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          ...customersOf(input, projectId),
        ]),
      prepare: async (tx, at, surroundings) => {
        // Customers before the sale, as whoever merges their records holds them.
        const current = await termsWithCurrent(tx, terms);
        const sale = await saleFor(tx, saleId, actor);
        return {
          terms: current,
          sale: await subscribersNow(tx, sale),
          home: await this.homeOf(sale.unitId, tx),
          number: await nextContractNumber(tx, projectId, at, surroundings),
        };
      },
      decide: (id, at, { policy }, { sale, home, terms: current, number }) =>
        draftContract({ id, projectId, number, terms: current, by: actor.id }, sale, home, at, policy),
    });
  }

  revise(input: Inputs.ReviseContractInput, actor: Actor) {
    const terms = termsOfInput(input);
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'reviseContract', draft, input.contractId, input),
      check: async () => {
        const projectId = await projectOf(this.dataSource, Contract, input.contractId, actor, draft);
        await this.references.check(customersOf(input, projectId));
      },
      prepare: async (tx, { saleId }) => ({
        sale: await subscribersNow(tx, await tx.getRepository(Sale).findOneByOrFail({ id: saleId })),
        terms: await termsWithCurrent(tx, terms),
      }),
      decide: (contract, at, { policy }, { sale, terms: current }) =>
        reviseContract(contract, { terms: current, by: actor.id }, sale, at, policy),
    });
  }

  approveDiscount(input: Inputs.ApproveDiscountInput, actor: Actor) {
    const permission = 'sales.contract.approveDiscount';
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'approveDiscount', permission, input.contractId, input),
      decide: (contract, at, { policy }) => approveDiscount(contract, { by: actor.id }, at, policy),
    });
  }

  sign(input: Inputs.SignContractInput, actor: Actor) {
    const onlineSigningNumber = input.onlineSigningNumber.trim();
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'signContract', sign, input.contractId, input),
      lockFirst: (tx) => lockSaleOf(tx, input.contractId),
      prepare: async (tx, { id, saleId, projectId }) => ({
        numberUsedByContractId: await numberUsedBy(tx, onlineSigningNumber, id),
        sale: await tx
          .createQueryBuilder(Sale, 's')
          .setLock('pessimistic_write')
          .where('s.id = :saleId', { saleId })
          .getOneOrFail(),
        // Held, so that nothing is taken off the list while somebody signs by it.
        readiness: await tx
          .createQueryBuilder(Readiness, 'r')
          .setLock('pessimistic_read')
          .where('r.projectId = :projectId', { projectId })
          .getOne(),
      }),
      decide: (contract, at, surroundings, context) =>
        signContract(contract, { onlineSigningNumber, by: actor.id }, context, at, surroundings),
    });
  }

  correctSigning(input: Inputs.CorrectSigningInput, actor: Actor) {
    const onlineSigningNumber = input.onlineSigningNumber.trim();
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'correctSigning', sign, input.contractId, input),
      prepare: async (tx, { id }) => ({
        numberUsedByContractId: await numberUsedBy(tx, onlineSigningNumber, id),
      }),
      decide: (contract, at, _surroundings, context) =>
        correctSigning(contract, { onlineSigningNumber, by: actor.id }, context, at),
    });
  }

  check(input: Inputs.CheckContractInput, actor: Actor) {
    const { findings = null } = input;
    return this.change('checkContract', 'sales.contract.check', input, actor, (contract, at) =>
      checkContract(contract, { findings, by: actor.id }, at),
    );
  }

  cancel(input: Inputs.CancelContractInput, actor: Actor) {
    const { reason } = input;
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'cancelContract', draft, input.contractId, input),
      reason,
      lockFirst: (tx) => lockSaleOf(tx, input.contractId),
      decide: (contract, at) => cancelContract(contract, { reason, by: actor.id }, at),
    });
  }

  submitFiling(input: Inputs.SubmitFilingInput, actor: Actor) {
    return this.change('submitFiling', file, input, actor, (contract, at) =>
      submitFiling(contract, { by: actor.id }, at),
    );
  }

  noteFilingSentBack(input: Inputs.NoteFilingSentBackInput, actor: Actor) {
    const { reason } = input;
    return this.change('noteFilingSentBack', file, input, actor, (contract, at) =>
      noteFilingSentBack(contract, { reason, by: actor.id }, at),
    );
  }

  noteFilingReturned(input: Inputs.NoteFilingReturnedInput, actor: Actor) {
    const filingNumber = input.filingNumber.trim();
    return this.change('noteFilingReturned', file, input, actor, (contract, at, surroundings) =>
      noteFilingReturned(contract, { filingNumber, by: actor.id }, at, surroundings),
    );
  }

  tellReturned(input: Inputs.TellContractReturnedInput, actor: Actor) {
    const { channel, deedTaxReminded } = input;
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'tellContractReturned', file, input.contractId, input),
      prepare: async (tx) => (await currentCustomers(tx, [input.customerId])).get(input.customerId)!,
      decide: (contract, at, _surroundings, customerId) =>
        tellContractReturned(contract, { customerId, channel, deedTaxReminded, by: actor.id }, at),
    });
  }

  private change<R extends Refusal>(
    command: string,
    permission: Parameters<typeof changeRequest>[2],
    input: Inputs.ContractChangeInput & { readonly reason?: string },
    actor: Actor,
    decide: Decide<R>,
  ) {
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, command, permission, input.contractId, input),
      reason: input.reason,
      decide,
    });
  }

  /** The line of the price list that a unit has now, and its pre-sale area. */
  private async homeOf(unitId: string, tx: EntityManager) {
    const [unit, offer] = await Promise.all([
      this.references.find('unit', unitId, tx),
      tx.getRepository(UnitOffer).findOneBy({ unitId, status: 'OFFERED' }),
    ]);
    return { offer, preSaleArea: unit?.data.preSaleArea ?? null };
  }
}

/** The sale of a contract to be, locked. @throws Fault NOT_FOUND also for one that the actor has no right on */
async function saleFor(tx: EntityManager, saleId: string, { principal }: Actor): Promise<Sale> {
  const sale = await tx
    .createQueryBuilder(Sale, 's')
    .setLock('pessimistic_write')
    .where('s.id = :saleId', { saleId })
    .getOne();
  if (!sale || (principal && !mayIn(principal, draft, sale.projectId))) throw notFound('Sale', saleId);
  return sale;
}

/** A sale with the records that stand for its subscribers now, as its contract's terms have them (DIR-06). */
async function subscribersNow(tx: EntityManager, sale: Sale): Promise<SaleState> {
  const current = await currentCustomers(tx, sale.customerIds);
  return { ...sale, customerIds: sale.customerIds.map((id) => current.get(id) ?? id) };
}

/** Who withdraws a sale locks it before its draft: in the other order the two would wait for each other. */
async function lockSaleOf(tx: EntityManager, contractId: string): Promise<void> {
  await tx.query(`select from sale where id = (select sale_id from contract where id = $1) for update`, [
    contractId,
  ]);
}

/** Another contract with the number; who asks for the same number at this instant waits for this answer. */
async function numberUsedBy(tx: EntityManager, number: string, contractId: string): Promise<string | null> {
  await lockFor(tx, 'online signing number', number);
  const [used]: { id: string }[] = await tx.query(
    'select id from contract where online_signing_number = $1 and id <> $2',
    [number, contractId],
  );
  return used?.id ?? null;
}

/** Borrowers are buyers, as the rules see to. */
function customersOf({ buyers }: Terms, projectId: string): Reference[] {
  return buyers.map(({ customerId: id }, n) => ({
    ...{ kind: 'customer' as const, id, field: `input.buyers.${n}.customerId`, projectId },
  }));
}
