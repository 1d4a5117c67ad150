import { changeRequest, commandRequest } from '@anju/subgraph';
import type { Permission } from '@anju/access';
import type { Actor, CommandRunner } from '@anju/commands';
import {
  addPartnerContact,
  assignPartnerProjects,
  changeServicePromise,
  endPartnership,
  registerPartner,
  removePartnerContact,
  renamePartner,
  resumePartnership,
} from '@anju/directory-rules';
import { newId } from '@anju/kernel';
import { requireInProjects, requireToMove } from './command-request';
import { requireOrganisation, requireProjectsOf } from './organisation-projects';
import { partnerAggregate } from './partner.entity';
import type {
  AddPartnerContactInput,
  AssignPartnerProjectsInput,
  ChangeServicePromiseInput,
  EndPartnershipInput,
  RegisterPartnerInput,
  RemovePartnerContactInput,
  RenamePartnerInput,
  ResumePartnershipInput,
} from './partner.schema';

const writing: Permission = 'directory.partner.write';

/** Commands on partners (DIR-04). */
export class PartnerService {
  constructor(private readonly commands: CommandRunner) {}

  async register(input: RegisterPartnerInput, actor: Actor) {
    const { organisationId, kind, name, arrivalHours, projectIds } = input;
    requireInProjects(actor, writing, projectIds);
    return this.commands.create(partnerAggregate, {
      ...commandRequest(actor, 'registerPartner', writing, input),
      projectId: projectIds[0] ?? null,
      prepare: async (tx) => {
        await requireOrganisation(organisationId, tx);
        await requireProjectsOf(organisationId, projectIds, tx);
      },
      decide: (partnerId, _at, policy) => {
        const contacts = (input.contacts ?? []).map((contact) => ({ contactId: newId(), ...contact }));
        const partner = { partnerId, organisationId, kind, name, contacts, arrivalHours, projectIds };
        return registerPartner(partner, policy);
      },
    });
  }

  rename(input: RenamePartnerInput, actor: Actor) {
    return this.commands.change(partnerAggregate, {
      ...changeRequest(actor, 'renamePartner', writing, input.id, input),
      decide: (state, _at, policy) => renamePartner(state, input, policy),
    });
  }

  changePromise(input: ChangeServicePromiseInput, actor: Actor) {
    return this.commands.change(partnerAggregate, {
      ...changeRequest(actor, 'changeServicePromise', writing, input.id, input),
      decide: (state, _at, policy) => changeServicePromise(state, input, policy),
    });
  }

  assignProjects(input: AssignPartnerProjectsInput, actor: Actor) {
    const { projectIds } = input;
    return this.commands.change(partnerAggregate, {
      ...changeRequest(actor, 'assignPartnerProjects', writing, input.id, input),
      prepare: async (tx, { organisationId, projectIds: before }) => {
        requireToMove(actor, writing, before, projectIds);
        await requireProjectsOf(organisationId, projectIds, tx);
      },
      decide: (state) => assignPartnerProjects(state, { projectIds }),
    });
  }

  addContact(input: AddPartnerContactInput, actor: Actor) {
    const { name, phone, duty } = input;
    return this.commands.change(partnerAggregate, {
      ...changeRequest(actor, 'addPartnerContact', writing, input.id, input),
      decide: (state, _at, policy) =>
        addPartnerContact(state, { contactId: newId(), name, phone, duty }, policy),
    });
  }

  removeContact(input: RemovePartnerContactInput, actor: Actor) {
    return this.commands.change(partnerAggregate, {
      ...changeRequest(actor, 'removePartnerContact', writing, input.id, input),
      decide: (state) => removePartnerContact(state, input),
    });
  }

  end(input: EndPartnershipInput, actor: Actor) {
    return this.commands.change(partnerAggregate, {
      ...changeRequest(actor, 'endPartnership', writing, input.id, input),
      decide: endPartnership,
    });
  }

  resume(input: ResumePartnershipInput, actor: Actor) {
    return this.commands.change(partnerAggregate, {
      ...changeRequest(actor, 'resumePartnership', writing, input.id, input),
      decide: resumePartnership,
    });
  }
}
