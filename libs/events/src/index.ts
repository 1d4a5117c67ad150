export * from './contract';
export { complaintsEvents } from './complaints';
export { directoryEvents } from './directory';
export { publishingContexts } from './published';
export { receptionEvents } from './reception';
