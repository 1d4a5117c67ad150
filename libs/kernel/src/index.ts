export * from './blank';
export * from './calendar';
export {
  calendarProblems,
  defaultOfficeCalendar,
  defaultProjectCalendars,
  defaultServiceDeskCalendar,
  hotlineCalendar,
  InvalidCalendar,
  isTimeZone,
  type CalendarDefinition,
  type CalendarProblem,
  type CalendarProblemCode,
  type OpeningHours,
  type ProjectCalendarDefinitions,
} from './calendar-definition';
export * from './clock';
export * from './daily-number';
export * from './decision';
export * from './due-time';
export * from './elapsed';
export * from './holidays';
export * from './hotline';
export * from './desk-checklist';
export * from './id';
export {
  addLocalDays,
  daysBetween,
  endOfLocalDay,
  isLocalDate,
  localDate,
  localDateTime,
  parseLocalDateTime,
  startOfLocalDay,
  weekdayOf,
  type LocalDate,
  type Weekday,
} from './local-date';
export * from './money';
export * from './policy-shape';
export * from './refusals';
export * from './text-search';
export * from './transitions';
