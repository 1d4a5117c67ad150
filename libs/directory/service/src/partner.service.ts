import type { Permission } from '@anju/access';
import type { CommandRunner } from '@anju/commands';
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
import { change, request, requireInProjects, type Caller } from './command-request';
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

  async register(input: RegisterPartnerInput, caller: Caller) {
    const { organisationId, kind, name, arrivalHours, projectIds } = input;
    requireInProjects(caller.actor, writing, projectIds);
    return this.commands.create(partnerAggregate, {
      ...request(caller, 'registerPartner', writing, input),
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

  rename(input: RenamePartnerInput, caller: Caller) {
    return this.commands.change(partnerAggregate, {
      ...change(caller, 'renamePartner', writing, input),
      decide: (state, _at, policy) => renamePartner(state, input, policy),
    });
  }

  changePromise(input: ChangeServicePromiseInput, caller: Caller) {
    return this.commands.change(partnerAggregate, {
      ...change(caller, 'changeServicePromise', writing, input),
      decide: (state, _at, policy) => changeServicePromise(state, input, policy),
    });
  }

  assignProjects(input: AssignPartnerProjectsInput, caller: Caller) {
    const { projectIds } = input;
    return this.commands.change(partnerAggregate, {
      ...change(caller, 'assignPartnerProjects', writing, input),
      prepare: async (tx, { organisationId, projectIds: before }) => {
        const moved = [
          ...before.filter((id) => !projectIds.includes(id)),
          ...projectIds.filter((id) => !before.includes(id)),
        ];
        // To serve none is to serve all: that is for those who may do it everywhere.
        if (moved.length > 0) requireInProjects(caller.actor, writing, projectIds.length > 0 ? moved : []);
        await requireProjectsOf(organisationId, projectIds, tx);
      },
      decide: (state) => assignPartnerProjects(state, { projectIds }),
    });
  }

  addContact(input: AddPartnerContactInput, caller: Caller) {
    const { name, phone, duty } = input;
    return this.commands.change(partnerAggregate, {
      ...change(caller, 'addPartnerContact', writing, input),
      decide: (state, _at, policy) =>
        addPartnerContact(state, { contactId: newId(), name, phone, duty }, policy),
    });
  }

  removeContact(input: RemovePartnerContactInput, caller: Caller) {
    return this.commands.change(partnerAggregate, {
      ...change(caller, 'removePartnerContact', writing, input),
      decide: (state) => removePartnerContact(state, input),
    });
  }

  end(input: EndPartnershipInput, caller: Caller) {
    return this.commands.change(partnerAggregate, {
      ...change(caller, 'endPartnership', writing, input),
      decide: endPartnership,
    });
  }

  resume(input: ResumePartnershipInput, caller: Caller) {
    return this.commands.change(partnerAggregate, {
      ...change(caller, 'resumePartnership', writing, input),
      decide: resumePartnership,
    });
  }
}
