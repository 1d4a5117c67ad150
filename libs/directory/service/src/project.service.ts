import { changeRequest, commandRequest } from '@anju/subgraph';
import type { DataSource } from 'typeorm';
import { badInput, type Actor, type CommandRunner } from '@anju/commands';
import {
  changeOpeningHours,
  changeTimeZone,
  clearCalendarException,
  registerOrganisation,
  registerProject,
  renameOrganisation,
  renameProject,
  setCalendarException,
} from '@anju/directory-rules';
import { weeklyOf } from './calendar.schema';
import { unlessItExists, type UniqueEntry } from './entry-exists';
import { Organisation, organisationAggregate } from './organisation.entity';
import { Project, projectAggregate } from './project.entity';
import type {
  ChangeOpeningHoursInput,
  ChangeProjectTimeZoneInput,
  ClearCalendarExceptionInput,
  RegisterOrganisationInput,
  RegisterProjectInput,
  RenameOrganisationInput,
  RenameProjectInput,
  SetCalendarExceptionInput,
} from './project.schema';

/** Commands on organisations and projects (DIR-01, CAL-01). */
export class ProjectService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
  ) {}

  registerOrganisation(input: RegisterOrganisationInput, actor: Actor) {
    const code = input.code.trim().toUpperCase();
    const unique: UniqueEntry = {
      entry: 'ORGANISATION',
      constraint: 'organisation_code_unique',
      field: 'code',
      value: code,
      existing: () => this.idWhere(Organisation, { code }),
    };
    return unlessItExists(unique, () =>
      this.commands.create(organisationAggregate, {
        ...commandRequest(actor, 'registerOrganisation', 'directory.structure.write', input),
        projectId: null,
        decide: (organisationId, _at, policy) =>
          registerOrganisation({ organisationId, code: input.code, name: input.name }, policy),
      }),
    );
  }

  renameOrganisation(input: RenameOrganisationInput, actor: Actor) {
    return this.commands.change(organisationAggregate, {
      ...changeRequest(actor, 'renameOrganisation', 'directory.structure.write', input.id, input),
      decide: (state, _at, policy) => renameOrganisation(state, input, policy),
    });
  }

  registerProject(input: RegisterProjectInput, actor: Actor) {
    const { organisationId, name, timeZone } = input;
    const code = input.code.trim().toUpperCase();
    const unique: UniqueEntry = {
      entry: 'PROJECT',
      constraint: 'project_code_unique',
      field: 'code',
      value: code,
      existing: () => this.idWhere(Project, { organisationId, code }),
    };
    return unlessItExists(unique, () =>
      this.commands.create(projectAggregate, {
        ...commandRequest(actor, 'registerProject', 'directory.structure.write', input),
        projectId: null,
        prepare: async (tx) => {
          if (await tx.existsBy(Organisation, { id: organisationId })) return;
          throw badInput({
            field: 'input.organisationId',
            problem: 'is not known',
            expected: 'the id of an organisation',
          });
        },
        decide: (projectId, _at, policy) =>
          registerProject({ projectId, organisationId, code: input.code, name, timeZone }, policy),
      }),
    );
  }

  renameProject(input: RenameProjectInput, actor: Actor) {
    return this.commands.change(projectAggregate, {
      ...changeRequest(actor, 'renameProject', 'directory.structure.write', input.id, input),
      decide: (state, _at, policy) => renameProject(state, input, policy),
    });
  }

  changeTimeZone(input: ChangeProjectTimeZoneInput, actor: Actor) {
    return this.commands.change(projectAggregate, {
      ...changeRequest(actor, 'changeProjectTimeZone', 'directory.calendar.write', input.id, input),
      decide: (state) => changeTimeZone(state, input),
    });
  }

  changeOpeningHours(input: ChangeOpeningHoursInput, actor: Actor) {
    const { calendar, holidays } = input;
    return this.commands.change(projectAggregate, {
      ...changeRequest(actor, 'changeOpeningHours', 'directory.calendar.write', input.id, input),
      decide: (state, _at, policy) =>
        changeOpeningHours(state, { calendar, weekly: weeklyOf(input.weekly), holidays }, policy),
    });
  }

  setCalendarException(input: SetCalendarExceptionInput, actor: Actor) {
    const { calendar, date } = input;
    const hours = input.hours ? { from: input.hours.from, to: input.hours.to } : null;
    return this.commands.change(projectAggregate, {
      ...changeRequest(actor, 'setCalendarException', 'directory.calendar.write', input.id, input),
      decide: (state, _at, policy) => setCalendarException(state, { calendar, date, hours }, policy),
    });
  }

  clearCalendarException(input: ClearCalendarExceptionInput, actor: Actor) {
    return this.commands.change(projectAggregate, {
      ...changeRequest(actor, 'clearCalendarException', 'directory.calendar.write', input.id, input),
      decide: (state, _at, policy) => clearCalendarException(state, input, policy),
    });
  }

  private async idWhere<Entity extends Organisation | Project>(
    entity: new () => Entity,
    where: object,
  ): Promise<string | null> {
    const found = await this.dataSource.manager.findOneBy<Entity>(entity, where);
    return found?.id ?? null;
  }
}
