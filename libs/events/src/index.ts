export * from './contract';
export { appraisalEvents } from './appraisal';
export { communicationsEvents } from './communications';
export { complaintsEvents } from './complaints';
export { directoryEvents } from './directory';
export { publishingContexts } from './published';
export { receptionEvents } from './reception';
export { salesEvents } from './sales';
