import { changeRequest, commandRequest } from '@anju/subgraph';
import type { EntityManager } from 'typeorm';
import { mayIn, projectScope, type Permission } from '@anju/access';
import { badInput, notFound, type Actor, type CommandRunner } from '@anju/commands';
import {
  addAddress,
  addHouseholdMember,
  addPhone,
  checkIdentityDocument,
  checkPhone,
  endRole,
  mergeCustomers,
  preferPhone,
  recordIdentityDocument,
  registerCustomer,
  removeAddress,
  removeHouseholdMember,
  removePhone,
  renameCustomer,
  showCustomerInProject,
  startRole,
} from '@anju/directory-rules';
import { accept, isRefused, localDate, newId } from '@anju/kernel';
import { customersUnder } from './customer-lookup';
import { customerAggregate, type Customer } from './customer.entity';
import type {
  AddCustomerAddressInput,
  AddCustomerPhoneInput,
  AddHouseholdMemberInput,
  EndCustomerRoleInput,
  MergeCustomersInput,
  PreferCustomerPhoneInput,
  RecordIdentityDocumentInput,
  RegisterCustomerInput,
  RemoveCustomerAddressInput,
  RemoveCustomerPhoneInput,
  RemoveHouseholdMemberInput,
  RenameCustomerInput,
  ShowCustomerInProjectInput,
  StartCustomerRoleInput,
} from './customer.schema';
import { Project } from './project.entity';
import { documentIndex, phoneIndex } from './lookup-keys';
import { requireProject } from './structure.service';
import { Unit } from './unit.entity';

const writing: Permission = 'directory.customer.write';

function mayWriteIn(actor: Actor, projectId: string): boolean {
  return !actor.principal || mayIn(actor.principal, writing, projectId);
}

/** Commands on customers (DIR-02, DIR-06). */
export class CustomerService {
  constructor(private readonly commands: CommandRunner) {}

  async register(input: RegisterCustomerInput, actor: Actor) {
    const { projectId, kind, name } = input;
    return this.commands.create(customerAggregate, {
      ...commandRequest(actor, 'registerCustomer', writing, input),
      projectId,
      prepare: async (tx, at) => {
        const project = await requireProject(projectId, 'input.projectId', tx);
        return { project, others: await this.probablySame(input, project, actor, at, tx) };
      },
      decide: (customerId, at, policy, { project, others }) =>
        registerCustomer(
          {
            ...{ customerId, organisationId: project.organisationId, projectId, kind, name },
            otherNames: input.otherNames ?? [],
            phones: (input.phones ?? []).map(({ number }) => ({ phoneId: newId(), number })),
            addresses: (input.addresses ?? []).map((address) => ({ addressId: newId(), ...address })),
            identityDocuments: input.identityDocuments ?? [],
            notDuplicateOf: input.notDuplicateOf ?? [],
          },
          others,
          at,
          policy,
        ),
    });
  }

  rename(input: RenameCustomerInput, actor: Actor) {
    const { name, formerNameWasWrong } = input;
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'renameCustomer', writing, input.id, input),
      decide: (state, _at, policy) =>
        renameCustomer(state, { name, formerNameWasWrong: formerNameWasWrong ?? false }, policy),
    });
  }

  addPhone(input: AddCustomerPhoneInput, actor: Actor) {
    const command = { phoneId: newId(), number: input.number, preferred: input.preferred ?? false };
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'addCustomerPhone', writing, input.id, input),
      decide: (state, _at, policy) => addPhone(state, command, policy),
    });
  }

  preferPhone(input: PreferCustomerPhoneInput, actor: Actor) {
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'preferCustomerPhone', writing, input.id, input),
      decide: (state) => preferPhone(state, input),
    });
  }

  removePhone(input: RemoveCustomerPhoneInput, actor: Actor) {
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'removeCustomerPhone', writing, input.id, input),
      decide: (state) => removePhone(state, input),
    });
  }

  addAddress(input: AddCustomerAddressInput, actor: Actor) {
    const { kind, text, postcode } = input;
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'addCustomerAddress', writing, input.id, input),
      decide: (state, _at, policy) => addAddress(state, { addressId: newId(), kind, text, postcode }, policy),
    });
  }

  removeAddress(input: RemoveCustomerAddressInput, actor: Actor) {
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'removeCustomerAddress', writing, input.id, input),
      decide: (state) => removeAddress(state, input),
    });
  }

  recordIdentityDocument(input: RecordIdentityDocumentInput, actor: Actor) {
    const { kind, number } = input;
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'recordIdentityDocument', writing, input.id, input),
      decide: (state, at, policy) =>
        recordIdentityDocument(state, { kind, number, replaces: input.replaces ?? false }, at, policy),
    });
  }

  addHouseholdMember(input: AddHouseholdMemberInput, actor: Actor) {
    const { name, relation, phone } = input;
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'addHouseholdMember', writing, input.id, input),
      decide: (state, _at, policy) =>
        addHouseholdMember(state, { memberId: newId(), name, relation, phone }, policy),
    });
  }

  removeHouseholdMember(input: RemoveHouseholdMemberInput, actor: Actor) {
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'removeHouseholdMember', writing, input.id, input),
      decide: (state) => removeHouseholdMember(state, input),
    });
  }

  showInProject(input: ShowCustomerInProjectInput, actor: Actor) {
    const { projectId } = input;
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'showCustomerInProject', writing, input.id, input),
      prepare: async (tx, { organisationId }) => {
        const known = await tx.existsBy(Project, { id: projectId, organisationId });
        if (known && mayWriteIn(actor, projectId)) return;
        throw badInput({
          field: 'input.projectId',
          problem: 'is not known',
          expected: 'the id of a project',
        });
      },
      decide: (state) => showCustomerInProject(state, { projectId }),
    });
  }

  startRole(input: StartCustomerRoleInput, actor: Actor) {
    const { unitId, role, from, to, feePayer } = input;
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'startCustomerRole', writing, input.id, input),
      prepare: async (tx) => {
        const unit = await tx.findOneBy(Unit, { id: unitId });
        if (unit && mayWriteIn(actor, unit.projectId)) return unit;
        throw badInput({ field: 'input.unitId', problem: 'is not known', expected: 'the id of a unit' });
      },
      decide: (state, _at, policy, unit) =>
        startRole(state, unit, { roleId: newId(), role, from, to, feePayer }, policy),
    });
  }

  endRole(input: EndCustomerRoleInput, actor: Actor) {
    const { roleId, to } = input;
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, 'endCustomerRole', writing, input.id, input),
      decide: (state, _at, policy) => {
        const held = state.roles.find(({ id }) => id === roleId);
        if (held && !mayWriteIn(actor, held.projectId)) throw notFound('CustomerRole', roleId);
        return endRole(state, { roleId, to }, policy);
      },
    });
  }

  /** Both records change in one transaction, each with its own history and events (DIR-06). */
  merge(input: MergeCustomersInput, actor: Actor) {
    const permission: Permission = 'directory.customer.merge';
    const command = 'mergeCustomers';
    return this.commands.change(customerAggregate, {
      ...changeRequest(actor, command, permission, input.id, input),
      prepare: async (tx, survivor) => {
        let decision: ReturnType<typeof mergeCustomers> | undefined;
        await this.commands.change(customerAggregate, {
          ...{ actor: { ...actor, idempotencyKey: null }, command, permission, tx, id: input.mergedId },
          decide: (merged) => {
            decision = mergeCustomers(survivor, merged);
            if (isRefused(decision)) return decision;
            return accept(decision.state.merged, ...decision.facts.filter(isAbout(merged.id)));
          },
        });
        return decision!;
      },
      decide: (survivor, _at, _policy, decision) =>
        isRefused(decision)
          ? decision
          : accept(decision.state.survivor, ...decision.facts.filter(isAbout(survivor.id))),
    });
  }

  /**
   * Those of the organisation whom the agent may see (DIR-06). Reading: of others he is not told, not even that
   * there is one, because what is known of a customer is confidential for every employee (DIR-05), and whoever
   * tried names and numbers would learn who lives in the other projects. The two records are offered to whoever
   * may read both projects, at entry and as `probableDuplicates`, and he merges them.
   */
  private async probablySame(
    input: RegisterCustomerInput,
    project: Project,
    actor: Actor,
    at: Date,
    tx: EntityManager,
  ): Promise<Customer[]> {
    const today = localDate(at, project.timeZone);
    const phones = (input.phones ?? []).flatMap(({ number }) => {
      const checked = checkPhone(number);
      return checked.ok ? [phoneIndex(checked.value.number)] : [];
    });
    const documents = (input.identityDocuments ?? []).flatMap((document) => {
      const checked = checkIdentityDocument(document, input.kind, today);
      return checked.ok ? [documentIndex(checked.value)] : [];
    });
    const found = await customersUnder([...phones, ...documents], project.organisationId, tx, 'KEYS');
    const scope = actor.principal ? projectScope(actor.principal, 'directory.customer.read') : 'ALL';
    return scope === 'ALL'
      ? found
      : found.filter(({ projectIds }) => projectIds.some((id) => scope.includes(id)));
  }
}

function isAbout(customerId: string): (fact: { readonly customerId: string }) => boolean {
  return (fact) => fact.customerId === customerId;
}
