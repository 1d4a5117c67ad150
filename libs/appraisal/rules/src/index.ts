export * from './answer';
export {
  announceAppraisal,
  cancelAppraisal,
  commendAct,
  deductPoints,
  openAppraisal,
  schemeDay,
  withdrawCommendation,
  withdrawDeduction,
  type AppraisalDecision,
  type AppraisedEmployee,
  type OpenAppraisal,
  type OpeningFacts,
} from './appraisal';
export {
  appealOutcomes,
  appraisalStatuses,
  appraisalTotal,
  appraisalTransitions,
  isFinal,
  pointsLeft,
  pointsTaken,
  type ActCommended,
  type AppraisalCommandName,
  type AppealDecided,
  type AppealDecision,
  type AppealOutcome,
  type AppraisalAcknowledged,
  type AppraisalAnnounced,
  type AppraisalAppealed,
  type AppraisalCancelled,
  type AppraisalFact,
  type AppraisalOpened,
  type AppraisalState,
  type AppraisalStatus,
  type AppraisalUnanswered,
  type Commendation,
  type CommendationWithdrawn,
  type Deduction,
  type DeductionWithdrawn,
  type PointsDeducted,
  type Withdrawal,
} from './appraisal-state';
export * from './appraisal-year';
export * from './dimensions';
export * from './evidence';
export * from './evidence-source';
export * from './period';
export { comparePoints, isPoints } from './points';
export * from './policy';
export * from './refusals';
export * from './scheme';
export * from './year-total';
