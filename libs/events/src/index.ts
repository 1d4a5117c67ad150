export * from './contract';
export { complaintsEvents } from './complaints';
export { directoryEvents } from './directory';
