export * from './attachments';
export * from './callbacks';
export * from './clock-pauses';
export { clockRules } from './clock-rules';
export { clockStatus, isOutstanding, outstandingClocks, whoWaits, type ClockStatus } from './clocks';
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
export * from './recompute';
export * from './recompute-complaint';
export * from './refusals';
export * from './report';
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
