export * from './contract';
export { complaintsEvents } from './complaints';
export { directoryEvents } from './directory';
export { receptionEvents } from './reception';
