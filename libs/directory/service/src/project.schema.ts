import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { ProjectCalendarName } from '@anju/directory-rules';
import { commandResult, connectionType, DateScalar, CommandInput } from '@anju/subgraph';
import { Calendar, OpeningHoursInput, WeekdayHoursInput } from './calendar.schema';
import { EntityChangeInput } from './command-request';
import { refusing } from './directory-refusals';
import { HolidaysEnum, ProjectCalendarNameEnum } from './graph-enums';
import { Organisation } from './organisation.entity';
import { Project } from './project.entity';

export const OrganisationConnection = connectionType(Organisation, 'Organisation');
export const ProjectConnection = connectionType(Project, 'Project');

@ObjectType({ simpleResolvers: true, description: 'The two calendars of a project (CAL-01).' })
export class ProjectCalendars {
  @Field(() => Calendar, { description: 'When the desk serves customers (前台服务时间).' })
  serviceDesk: Calendar;

  @Field(() => Calendar, {
    description: 'When the office works (办公工作日): working days are counted in it.',
  })
  office: Calendar;
}

@InputType({ description: 'Which projects to list.' })
export class ProjectFilter {
  @Field(() => ID, { nullable: true, description: 'Of this organisation.' })
  organisationId?: string | null;

  @Field(() => String, { nullable: true, description: 'With this code.' })
  code?: string | null;
}

@InputType({ description: 'A property company or developer (DIR-01).' })
export class RegisterOrganisationInput extends CommandInput {
  @Field(() => String, { description: '2 to 8 letters and digits, a letter first.' })
  code: string;

  @Field(() => String, { description: 'Name (公司名称).' })
  name: string;
}

@InputType({ description: 'Another name for an organisation.' })
export class RenameOrganisationInput extends EntityChangeInput {
  @Field(() => String, { description: 'The name from now on.' })
  name: string;
}

@InputType({ description: 'A project (楼盘/小区); it begins with the default calendars (DIR-01, CAL-01).' })
export class RegisterProjectInput extends CommandInput {
  @Field(() => ID, { description: 'The organisation that it belongs to.' })
  organisationId: string;

  @Field(() => String, { description: '2 to 8 letters and digits, a letter first; never changed.' })
  code: string;

  @Field(() => String, { description: 'Name (项目名称).' })
  name: string;

  @Field(() => String, { nullable: true, description: 'IANA name; Asia/Shanghai unless told.' })
  timeZone?: string | null;
}

@InputType({ description: 'Another name for a project.' })
export class RenameProjectInput extends EntityChangeInput {
  @Field(() => String, { description: 'The name from now on.' })
  name: string;
}

@InputType({ description: 'Another time zone for a project and its calendars.' })
export class ChangeProjectTimeZoneInput extends EntityChangeInput {
  @Field(() => String, { description: 'IANA name.' })
  timeZone: string;
}

@InputType({ description: 'The hours of the week, all seven days; days that differ stay (CAL-01).' })
export class ChangeOpeningHoursInput extends EntityChangeInput {
  @Field(() => ProjectCalendarNameEnum, { description: 'Which of the two.' })
  calendar: ProjectCalendarName;

  @Field(() => [WeekdayHoursInput], { description: 'A weekday that is not there is closed.' })
  weekly: WeekdayHoursInput[];

  @Field(() => HolidaysEnum, { nullable: true, description: 'As before unless told.' })
  holidays?: 'CN' | 'NONE' | null;
}

@InputType({
  description: 'One day that differs from the week and the holidays, such as a make-up day (CAL-01).',
})
export class SetCalendarExceptionInput extends EntityChangeInput {
  @Field(() => ProjectCalendarNameEnum, { description: 'Which of the two.' })
  calendar: ProjectCalendarName;

  @Field(() => DateScalar, { description: 'The day.' })
  date: string;

  @Field(() => OpeningHoursInput, { nullable: true, description: 'Null or absent: closed all day.' })
  hours?: OpeningHoursInput | null;
}

@InputType({ description: 'A day that follows the week and the holidays again.' })
export class ClearCalendarExceptionInput extends EntityChangeInput {
  @Field(() => ProjectCalendarNameEnum, { description: 'Which of the two.' })
  calendar: ProjectCalendarName;

  @Field(() => DateScalar, { description: 'The day.' })
  date: string;
}

export const RegisterOrganisationResult = commandResult(
  'RegisterOrganisationResult',
  Organisation,
  'Organisation',
  refusing('DIRECTORY_ENTRY_EXISTS'),
);
export const RenameOrganisationResult = commandResult(
  'RenameOrganisationResult',
  Organisation,
  'Organisation',
  refusing(),
);
export const RegisterProjectResult = commandResult(
  'RegisterProjectResult',
  Project,
  'Project',
  refusing('DIRECTORY_ENTRY_EXISTS'),
);
export const RenameProjectResult = commandResult('RenameProjectResult', Project, 'Project', refusing());
export const ChangeProjectTimeZoneResult = commandResult(
  'ChangeProjectTimeZoneResult',
  Project,
  'Project',
  refusing(),
);
export const ChangeOpeningHoursResult = commandResult(
  'ChangeOpeningHoursResult',
  Project,
  'Project',
  refusing(),
);
export const SetCalendarExceptionResult = commandResult(
  'SetCalendarExceptionResult',
  Project,
  'Project',
  refusing(),
);
export const ClearCalendarExceptionResult = commandResult(
  'ClearCalendarExceptionResult',
  Project,
  'Project',
  refusing('CALENDAR_EXCEPTION_NOT_FOUND'),
);
