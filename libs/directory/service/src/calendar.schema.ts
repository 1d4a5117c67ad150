import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { badInput } from '@anju/commands';
import type { CalendarDefinition, DeskChecklist } from '@anju/kernel';
import { DateScalar } from '@anju/subgraph';
import { DeskChecklistItemEnum, HolidaysEnum } from './graph-enums';

@ObjectType({
  simpleResolvers: true,
  description: 'When a day opens and closes, on the wall clock of the project.',
})
export class OpeningHours {
  @Field(() => String, { description: '`HH:mm`' })
  from: string;

  @Field(() => String, { description: '`HH:mm`, up to `24:00`.' })
  to: string;
}

@ObjectType({ simpleResolvers: true, description: 'The hours of one day of the week.' })
export class WeekdayHours {
  @Field(() => Int, { description: '1 is Monday, 7 is Sunday.' })
  weekday: number;

  @Field(() => OpeningHours, { nullable: true, description: 'Null where the day is closed.' })
  hours: OpeningHours | null;
}

@ObjectType({ simpleResolvers: true, description: 'The hours of one date.' })
export class DateHours {
  @Field(() => DateScalar, { description: 'The day.' })
  date: string;

  @Field(() => OpeningHours, { nullable: true, description: 'Null where the day is closed.' })
  hours: OpeningHours | null;
}

/** A calendar as it is kept; what a date really is comes from `Calendar.days`. */
@ObjectType({
  simpleResolvers: true,
  description:
    'Working time (CAL-01): the hours of the week, whose holidays count, and single days that differ.',
})
export class Calendar {
  definition: CalendarDefinition;

  @Field(() => HolidaysEnum, { description: 'Whose statutory holidays and make-up days count.' })
  holidays: 'CN' | 'NONE';

  @Field(() => [WeekdayHours], { description: 'Monday to Sunday.' })
  weekly: WeekdayHours[];

  @Field(() => [DateHours], {
    description: 'Days that differ, whatever the week and the holidays say; by date.',
  })
  exceptions: DateHours[];
}

@InputType({ description: 'When a day opens and closes.' })
export class OpeningHoursInput {
  @Field(() => String, { description: '`HH:mm`' })
  from: string;

  @Field(() => String, { description: '`HH:mm`, up to `24:00`; after `from`.' })
  to: string;
}

@InputType({ description: 'The hours of one day of the week.' })
export class WeekdayHoursInput {
  @Field(() => Int, { description: '1 is Monday, 7 is Sunday.' })
  weekday: number;

  @Field(() => OpeningHoursInput, { nullable: true, description: 'Null or absent is closed.' })
  hours?: OpeningHoursInput | null;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export function calendarOf(definition: CalendarDefinition): Calendar {
  const exceptions = Object.entries(definition.exceptions ?? {})
    .map(([date, hours]) => ({ date, hours }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  return Object.assign(new Calendar(), {
    definition,
    holidays: definition.holidays ?? 'NONE',
    weekly: weekdays.map((weekday) => ({ weekday, hours: definition.weekly[weekday] ?? null })),
    exceptions,
  });
}

/** The week as the rules take it; a weekday that is not given is closed, and one of 8 is theirs to refuse. */
export function weeklyOf(days: readonly WeekdayHoursInput[]): CalendarDefinition['weekly'] {
  const twice = days.findIndex(({ weekday }, n) => days.findIndex((day) => day.weekday === weekday) < n);
  if (twice >= 0) {
    throw badInput({
      field: `input.weekly.${twice}.weekday`,
      problem: 'is there twice',
      expected: 'each weekday once',
    });
  }
  return Object.fromEntries(
    days.map(({ weekday, hours }) => [weekday, hours ? { from: hours.from, to: hours.to } : null]),
  );
}

@ObjectType('DeskChecklist', {
  simpleResolvers: true,
  description:
    'What the desk makes sure of on a day (开班、下班检查): at closing that the hotline is forwarded (CAL-05).',
})
export class DeskChecklistPart implements DeskChecklist {
  @Field(() => Date, { nullable: true, description: 'By when; null on a day on which the desk is closed.' })
  dueAt: Date | null;

  @Field(() => [DeskChecklistItemEnum], { description: 'What.' })
  items: DeskChecklist['items'];
}
