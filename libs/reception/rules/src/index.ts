export * from './classification';
export * from './daily-number';
export * from './fee-account';
export * from './follow-up';
export * from './interaction-facts';
export * from './interaction-handover';
export * from './interaction-state';
export {
  closeInteraction,
  confirmClass,
  interactionCustomerIds,
  interactionDeadlines,
  interactionTransitions,
  missingForClosing,
  noteComplaintReply,
  onInteractionDeadline,
  reclassify,
  recordInteraction,
  tellCustomer,
  type Classify,
  type RecordInteraction,
} from './interaction';
export * from './policy';
export * from './praise';
export * from './receipt';
export * from './rectification';
export * from './refusals';
export * from './release-slip';
export {
  releaseSlipKinds,
  releaseSlipStatuses,
  releaseSlipTransitions,
  type GoodsLine,
  type OwnerCall,
  type Redemption,
  type RefusedApplication,
  type ReleaseObstacle,
  type ReleaseSlipFact,
  type ReleaseSlipKind,
  type ReleaseSlipState,
  type ReleaseSlipStatus,
} from './release-slip-state';
export * from './shift';
export * from './work-order';
export {
  onWorkOrderDeadline,
  rescheduleWorkOrder,
  workOrderDeadlines,
  type RescheduleWorkOrder,
} from './work-order-appointment';
export * from './work-order-facts';
export {
  movers,
  workOrderStatuses,
  workOrderTransitions,
  type Appointment,
  type AppointmentMove,
  type Material,
  type Mover,
  type WorkOrderState,
  type WorkOrderStatus,
} from './work-order-state';
