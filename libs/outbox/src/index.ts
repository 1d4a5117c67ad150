export * from './consumer';
export * from './event-bus';
export * from './fact-events';
export * from './in-process-event-bus';
export * from './logger';
export * from './outbox-log';
export * from './transient';
