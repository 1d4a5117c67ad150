import type { DataSource } from 'typeorm';
import { badInput, projectOf, type Actor, type CommandRunner } from '@anju/commands';
import type { Decision, Refusal } from '@anju/kernel';
import { currentCustomers, type References } from '@anju/references';
import {
  approveMortgage,
  changeMortgagePlan,
  disburseMortgage,
  hasMortgageNotFailed,
  mortgageStatuses,
  openMortgage,
  receiveMortgageDocument,
  registerMortgage,
  rejectMortgage,
  signForByAgency,
  signLoanContract,
  submitMortgage,
  withdrawMortgage,
  type MortgageFact,
  type MortgageState,
} from '@anju/sales-rules';
import { changeRequest, commandRequest } from '@anju/subgraph';
import { planOfInput, planWithCurrent } from './contract-terms-input';
import { Contract } from './contract.entity';
import type { SalesSurroundings } from './environment';
import { nextMortgageNumber, type MortgageAggregate } from './mortgage.aggregate';
import { Mortgage } from './mortgage.entity';
import type * as Inputs from './mortgage.schema';
import { amountOf } from './sales-amount';

const handle = 'sales.mortgage.handle';

const lenders = ['BANK', 'PROVIDENT_FUND_CENTRE'];
const agencies = ['AGENCY'];

type Decide<R extends Refusal> = (
  mortgage: MortgageState,
  at: Date,
  surroundings: SalesSurroundings,
) => Decision<MortgageState, MortgageFact, R>;

/** Mortgage cases, from the return of the contract to the loan (SAL-20). */
export class MortgageService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly references: References,
    private readonly aggregate: MortgageAggregate,
  ) {}

  async open(input: Inputs.OpenMortgageInput, actor: Actor) {
    const { contractId } = input;
    const projectId = await projectOf(this.dataSource, Contract, contractId, actor, handle);
    return this.commands.create(this.aggregate, {
      ...commandRequest(actor, 'openMortgage', handle, input),
      projectId,
      prepare: async (tx, at, surroundings) => {
        // One at a time for a contract: who comes second sees the case that the first has opened.
        const contract = await tx
          .createQueryBuilder(Contract, 'c')
          .setLock('pessimistic_write')
          .where('c.id = :contractId', { contractId })
          .getOneOrFail();
        const [standing]: { id: string }[] = await tx.query(
          'select id from mortgage where contract_id = $1 and status = any($2)',
          [contractId, mortgageStatuses.filter(hasMortgageNotFailed)],
        );
        const number = await nextMortgageNumber(tx, projectId, at, surroundings);
        return { contract, standingId: standing?.id ?? null, number };
      },
      decide: (id, at, { policy }, { contract, standingId, number }) =>
        openMortgage({ id, number, by: actor.id }, contract, standingId, at, policy),
    });
  }

  signForByAgency(input: Inputs.SignForByAgencyInput, actor: Actor) {
    const { partnerId } = input;
    return this.change(
      'signForByAgency',
      input,
      actor,
      (mortgage, at) => signForByAgency(mortgage, { partnerId, by: actor.id }, at),
      () => this.checkPartner(partnerId, agencies, 'input.partnerId', input, actor),
    );
  }

  receiveDocument(input: Inputs.ReceiveMortgageDocumentInput, actor: Actor) {
    const { document, customerId: asked = null } = input;
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'receiveMortgageDocument', handle, input.mortgageId, input),
      prepare: async (tx) => asked && ((await currentCustomers(tx, [asked])).get(asked) ?? asked),
      decide: (mortgage, at, _surroundings, customerId) =>
        receiveMortgageDocument(mortgage, { document, customerId, by: actor.id }, at),
    });
  }

  changePlan(input: Inputs.ChangeMortgagePlanInput, actor: Actor) {
    const asked = planOfInput(input.plan);
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'changeMortgagePlan', handle, input.mortgageId, input),
      prepare: async (tx, { contractId }) => ({
        contract: await tx.getRepository(Contract).findOneByOrFail({ id: contractId }),
        plan: await planWithCurrent(tx, asked),
      }),
      decide: (mortgage, at, { policy }, { contract, plan }) =>
        changeMortgagePlan(mortgage, { plan, by: actor.id }, contract, at, policy),
    });
  }

  submit(input: Inputs.SubmitMortgageInput, actor: Actor) {
    const { lenderId } = input;
    return this.change(
      'submitMortgage',
      input,
      actor,
      (mortgage, at, { policy }) => submitMortgage(mortgage, { lenderId, by: actor.id }, at, policy),
      () => this.checkPartner(lenderId, lenders, 'input.lenderId', input, actor),
    );
  }

  approve(input: Inputs.ApproveMortgageInput, actor: Actor) {
    const approvedAmount = amountOf(input.approvedAmount, 'input.approvedAmount');
    return this.change('approveMortgage', input, actor, (mortgage, at, { policy }) =>
      approveMortgage(mortgage, { approvedAmount, by: actor.id }, at, policy),
    );
  }

  signLoanContract(input: Inputs.SignLoanContractInput, actor: Actor) {
    return this.change('signLoanContract', input, actor, (mortgage, at, { policy }) =>
      signLoanContract(mortgage, { by: actor.id }, at, policy),
    );
  }

  register(input: Inputs.RegisterMortgageInput, actor: Actor) {
    return this.change('registerMortgage', input, actor, (mortgage, at, { policy }) =>
      registerMortgage(mortgage, { by: actor.id }, at, policy),
    );
  }

  disburse(input: Inputs.DisburseMortgageInput, actor: Actor) {
    const amount = amountOf(input.amount, 'input.amount');
    return this.change('disburseMortgage', input, actor, (mortgage, at, { policy }) =>
      disburseMortgage(mortgage, { amount, by: actor.id }, at, policy),
    );
  }

  reject(input: Inputs.RejectMortgageInput, actor: Actor) {
    const { reason } = input;
    return this.change('rejectMortgage', input, actor, (mortgage, at, { policy }) =>
      rejectMortgage(mortgage, { reason, by: actor.id }, at, policy),
    );
  }

  withdraw(input: Inputs.WithdrawMortgageInput, actor: Actor) {
    const { reason } = input;
    return this.change('withdrawMortgage', input, actor, (mortgage, at, { policy }) =>
      withdrawMortgage(mortgage, { reason, by: actor.id }, at, policy),
    );
  }

  private change<R extends Refusal>(
    command: string,
    input: Inputs.MortgageChangeInput & { readonly reason?: string },
    actor: Actor,
    decide: Decide<R>,
    check?: () => Promise<void>,
  ) {
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, command, handle, input.mortgageId, input),
      reason: input.reason,
      check,
      decide,
    });
  }

  /** @throws Fault BAD_USER_INPUT unless the partner serves the case's project and is of one of the kinds */
  private async checkPartner(
    id: string,
    kinds: readonly string[],
    field: string,
    { mortgageId }: Inputs.MortgageChangeInput,
    actor: Actor,
  ): Promise<void> {
    const projectId = await projectOf(this.dataSource, Mortgage, mortgageId, actor, handle);
    await this.references.check([{ kind: 'partner', id, field, projectId }]);
    const partner = await this.references.find('partner', id);
    const kind = partner?.data.kind ?? '';
    if (kinds.includes(kind)) return;
    throw badInput({ field, problem: `is a partner of kind ${kind}`, expected: kinds.join(' or ') });
  }
}
