export * from './assignment';
export * from './attachments';
export * from './callbacks';
export * from './case-words';
export * from './class-duties';
export * from './clock-pauses';
export { clockRules } from './clock-rules';
export { clockStatus, isOutstanding, outstandingClocks, whoWaits, type ClockStatus } from './clocks';
export * from './company-form';
export * from './complaint';
export * from './contact-words';
export * from './deadlines';
export * from './document-state';
export * from './documents';
export type * from './facts';
export * from './hand-over';
export * from './handling';
export * from './linking';
export * from './members';
export * from './notices';
export * from './outcome';
export * from './passing-on';
export * from './policy';
export * from './policy-shape';
export * from './receive';
export * from './recompute';
export * from './recompute-complaint';
export * from './refusals';
export * from './report';
export * from './replies';
export * from './reply-state';
export * from './return-visit-attempts';
export * from './severity';
export * from './severity-commands';
export { severityOf } from './severity-of-complaint';
export * from './similar';
export * from './urging';
export {
  complaintTransitions,
  type AdmissionCode,
  type ComplaintCommandName,
  type ComplaintDecision,
} from './transitions';
export type * from './work-facts';
