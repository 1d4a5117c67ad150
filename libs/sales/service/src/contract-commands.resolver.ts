import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { actorOf, Requires, type CommandAnswer, type RequestContext } from '@anju/subgraph';
import * as Inputs from './contract.inputs';
import * as Schema from './contract.schema';
import type { ContractService } from './contract.service';

const file = 'sales.contract.file';

/** Contracts as they are handled. */
@Resolver()
export class ContractCommandsResolver {
  constructor(private readonly service: ContractService) {}

  @Requires('sales.contract.draft')
  @Mutation(() => Schema.DraftContractResult, {
    description: 'Drafts the contract of a sale whose unit is held (SAL-11).',
  })
  draftContract(
    @Arg('input', () => Inputs.DraftContractInput) input: Inputs.DraftContractInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.DraftContractResult>> {
    return this.service.draft(input, actorOf(context));
  }

  @Requires('sales.contract.draft')
  @Mutation(() => Schema.ReviseContractResult, {
    description: 'Gives a draft other terms; an approval of its discount falls (SAL-11).',
  })
  reviseContract(
    @Arg('input', () => Inputs.ReviseContractInput) input: Inputs.ReviseContractInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ReviseContractResult>> {
    return this.service.revise(input, actorOf(context));
  }

  @Requires('sales.contract.approveDiscount')
  @Mutation(() => Schema.ApproveDiscountResult, {
    description: 'Approves a discount beyond the limit; nobody approves his own (SAL-11).',
  })
  approveDiscount(
    @Arg('input', () => Inputs.ApproveDiscountInput) input: Inputs.ApproveDiscountInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ApproveDiscountResult>> {
    return this.service.approveDiscount(input, actorOf(context));
  }

  @Requires('sales.contract.sign')
  @Mutation(() => Schema.SignContractResult, {
    description: 'Signs a contract online (网签); the limit of its filing begins (SAL-10, SAL-11, SAL-12).',
  })
  signContract(
    @Arg('input', () => Inputs.SignContractInput) input: Inputs.SignContractInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SignContractResult>> {
    return this.service.sign(input, actorOf(context));
  }

  @Requires('sales.contract.sign')
  @Mutation(() => Schema.CorrectSigningResult, {
    description: 'Records that a contract was signed online anew after a finding (SAL-11).',
  })
  correctSigning(
    @Arg('input', () => Inputs.CorrectSigningInput) input: Inputs.CorrectSigningInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CorrectSigningResult>> {
    return this.service.correctSigning(input, actorOf(context));
  }

  @Requires('sales.contract.check')
  @Mutation(() => Schema.CheckContractResult, {
    description: 'Checks a signed contract before its filing, as the second person (SAL-11).',
  })
  checkContract(
    @Arg('input', () => Inputs.CheckContractInput) input: Inputs.CheckContractInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CheckContractResult>> {
    return this.service.check(input, actorOf(context));
  }

  @Requires('sales.contract.draft')
  @Mutation(() => Schema.CancelContractResult, {
    description: 'Gives a draft up; the sale can have another.',
  })
  cancelContract(
    @Arg('input', () => Inputs.CancelContractInput) input: Inputs.CancelContractInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CancelContractResult>> {
    return this.service.cancel(input, actorOf(context));
  }

  @Requires(file)
  @Mutation(() => Schema.SubmitFilingResult, {
    description: 'Hands a checked contract in to the housing bureau (备案, SAL-12).',
  })
  submitFiling(
    @Arg('input', () => Inputs.SubmitFilingInput) input: Inputs.SubmitFilingInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SubmitFilingResult>> {
    return this.service.submitFiling(input, actorOf(context));
  }

  @Requires(file)
  @Mutation(() => Schema.NoteFilingSentBackResult, {
    description: 'Notes that the bureau gave the contract back to be mended; its limit runs on (SAL-12).',
  })
  noteFilingSentBack(
    @Arg('input', () => Inputs.NoteFilingSentBackInput) input: Inputs.NoteFilingSentBackInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.NoteFilingSentBackResult>> {
    return this.service.noteFilingSentBack(input, actorOf(context));
  }

  @Requires(file)
  @Mutation(() => Schema.NoteFilingReturnedResult, {
    description:
      'Notes that the filed contract is back; with a loan, its mortgage case opens (SAL-12, SAL-20).',
  })
  noteFilingReturned(
    @Arg('input', () => Inputs.NoteFilingReturnedInput) input: Inputs.NoteFilingReturnedInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.NoteFilingReturnedResult>> {
    return this.service.noteFilingReturned(input, actorOf(context));
  }

  @Requires(file)
  @Mutation(() => Schema.TellContractReturnedResult, {
    description:
      'Records that a buyer was told to collect the contract and reminded of the deed tax (SAL-12).',
  })
  tellContractReturned(
    @Arg('input', () => Inputs.TellContractReturnedInput) input: Inputs.TellContractReturnedInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.TellContractReturnedResult>> {
    return this.service.tellReturned(input, actorOf(context));
  }
}
