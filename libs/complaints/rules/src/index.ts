export { clockRules, clockStatus, isOutstanding, outstandingClocks, type ClockStatus } from './clocks';
export * from './complaint';
export * from './contact-words';
export * from './deadlines';
export type * from './facts';
export * from './handling';
export * from './members';
export * from './outcome';
export * from './policy';
export * from './policy-shape';
export * from './receive';
export * from './refusals';
export * from './severity';
export * from './severity-commands';
export { severityOf } from './severity-of-complaint';
export * from './similar';
export {
  complaintTransitions,
  type AdmissionCode,
  type ComplaintCommandName,
  type ComplaintDecision,
} from './transitions';
