export * from './known';
export * from './merged-customers';
export * from './references';
export { referencesConsumer, type CalendarChanged, type ChangedCalendar } from './references.consumer';
