export * from './channels';
export * from './consent';
export * from './customer-visit';
export * from './delivery';
export * from './message';
export * from './message-address';
export {
  messageStatuses,
  messageTransitions,
  type Audience,
  type AudienceQuery,
  type DeliveryCounts,
  type MessageApproval,
  type MessageApprovalVoided,
  type MessageApproved,
  type MessageAudienceSet,
  type MessageCancelled,
  type MessageDrafted,
  type MessageEdited,
  type MessageFact,
  type MessagePostponed,
  type MessageRejected,
  type MessageSendingStarted,
  type MessageSent,
  type MessageState,
  type MessageStatus,
  type MessageSubmitted,
} from './message-state';
export * from './policy';
export * from './quiet-hours';
export * from './refusals';
export * from './register';
export * from './template';
export { fieldsOf, fillIn, templateProblem, type FieldValues } from './template-text';
