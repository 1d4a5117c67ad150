import { z } from 'zod';
import { defineEvent } from './contract';

const context = 'appraisal';

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const date = z.iso.date();
/** A member of staff by id, or the system's own name. */
const person = z.string().min(1);
const code = z.string().min(1).max(100);
const points = z
  .string()
  .regex(/^-?\d+\.\d{2}$/)
  .describe('points, exact');
const anyPoints = z.string().regex(/^\d{1,6}(\.\d{1,2})?$/);
const project = id.nullable().describe('null for an employee of the whole organisation');

const level = z.enum(['OPERATIONAL', 'MANAGEMENT']).describe('操作层, 管理层');
const kind = z
  .enum(['WEEKLY_CHECK', 'MONTHLY_CHECK', 'SPOT_CHECK', 'MONTHLY', 'YEAR_END'])
  .describe('周检, 月检, 抽检, 月考核, 年终考核');
const item = z
  .enum([
    'ETHICS',
    'SERVICE_ATTITUDE',
    'DISCIPLINE',
    'RELATIONS',
    'ATTENDANCE',
    'PARTICIPATION',
    'INITIATIVE',
    'COORDINATION',
    'PROFESSIONAL',
    'ORGANISING',
    'MANAGING',
    'INNOVATING',
    'EFFICIENCY',
    'TRAINING_EFFECT',
    'WORK_EFFECT',
    'OTHER_RESULTS',
  ])
  .describe('APR-01');
const evidenceKind = z.enum([
  'CLOCK_MISSED',
  'APPOINTMENT_BREACHED',
  'PARTNER_LATE',
  'NAMED_IN_CLASS_1_COMPLAINT',
  'RETURN_VISIT_SCORE',
  'PRAISE',
  'LEAD_UNDER_FOLLOWED',
]);
const score = z.union([
  z.object({ direction: z.literal('DEDUCTION'), item, points: anyPoints }),
  z.object({ direction: z.literal('ADDITION'), points: anyPoints }),
]);

const scheme = {
  schemeId: id,
  projectId: z.null().describe('schemes are the organisation’s'),
  level,
  position: code.nullable().describe('null for every position of the level without a scheme of its own'),
  by: person,
  at: instant,
};
const happened = {
  appraisalId: id,
  projectId: project,
  staffId: person.describe('who is appraised'),
  kind,
  periodFrom: date,
  periodTo: date.describe('last day'),
  at: instant.describe('when it happened'),
};
const done = { ...happened, by: person.describe('who did it') };
const total = points.describe('what is left of all items, and what commended acts add; may exceed 100');
const sequence = z.int().min(1).describe('within the appraisal');
const evidenceId = id.nullable().describe('what it rests on; null for what the appraiser saw himself');

const evidence = {
  evidenceId: id,
  projectId: project,
  staffId: person.describe('whom it concerns'),
  kind: evidenceKind,
  at: instant,
};
const year = {
  appraisalYearId: id,
  projectId: project,
  staffId: person,
  year: z.int().min(2000).max(9999),
  total: points.describe('rounded half-up once, at the end (APR-04)'),
  excellent: z.boolean().describe('优秀员工 (APR-05)'),
  by: person,
  at: instant,
};

/** What the appraisal context publishes. Each is a fact of the appraisal rules, its instants as text. */
export const appraisalEvents = {
  schemeVersionAdded: defineEvent({
    type: 'scheme-version-added.v1',
    context,
    description: 'A version of a scheme for periods that begin from a day on (APR-02).',
    data: z.object({ ...scheme, version: z.int().min(1), effectiveFrom: date }),
  }),
  schemeRetired: defineEvent({
    type: 'scheme-retired.v1',
    context,
    description: 'After a last day no period begins with the scheme any more.',
    data: z.object({ ...scheme, lastDay: date }),
  }),
  appraisalOpened: defineEvent({
    type: 'appraisal-opened.v1',
    context,
    description: 'A check or an appraisal was begun, with full points (APR-03, 04).',
    data: z.object({ ...done, schemeId: id, schemeVersion: z.int().min(1) }),
  }),
  pointsDeducted: defineEvent({
    type: 'points-deducted.v1',
    context,
    description: 'Points were taken off an item, with a reason that stays in the service (APR-03).',
    data: z.object({ ...done, sequence, item, points, evidenceId, total }),
  }),
  deductionWithdrawn: defineEvent({
    type: 'deduction-withdrawn.v1',
    context,
    description: 'A deduction was taken back before the result was announced.',
    data: z.object({ ...done, sequence, evidenceId, total }),
  }),
  actCommended: defineEvent({
    type: 'act-commended.v1',
    context,
    description: 'A commended act added points to the total (APR-05).',
    data: z.object({ ...done, sequence, points, evidenceId, total }),
  }),
  commendationWithdrawn: defineEvent({
    type: 'commendation-withdrawn.v1',
    context,
    description: 'A commendation was taken back before the result was announced.',
    data: z.object({ ...done, sequence, evidenceId, total }),
  }),
  appraisalAnnounced: defineEvent({
    type: 'appraisal-announced.v1',
    context,
    description: 'The employee was told his result (APR-11).',
    data: z.object({
      ...done,
      total,
      answerDueAt: instant.describe('until then he acknowledges or appeals'),
    }),
  }),
  appraisalAcknowledged: defineEvent({
    type: 'appraisal-acknowledged.v1',
    context,
    description: 'The employee agreed with his result.',
    data: z.object({ ...done, total }),
  }),
  appraisalAppealed: defineEvent({
    type: 'appraisal-appealed.v1',
    context,
    description: 'The employee appealed against his result.',
    data: z.object({ ...done, total }),
  }),
  appraisalUnanswered: defineEvent({
    type: 'appraisal-unanswered.v1',
    context,
    description: 'The time for an answer passed; the result stands. `at` is the due time.',
    data: z.object({ ...happened, total }),
  }),
  appealDecided: defineEvent({
    type: 'appeal-decided.v1',
    context,
    description: 'An appeal was granted, with less deducted, or dismissed (APR-11).',
    data: z.object({ ...done, outcome: z.enum(['GRANTED', 'DISMISSED']), totalBefore: points, total }),
  }),
  appraisalCancelled: defineEvent({
    type: 'appraisal-cancelled.v1',
    context,
    description: 'A check or an appraisal that was opened by mistake was given up.',
    data: z.object(done),
  }),
  evidenceArrived: defineEvent({
    type: 'evidence-arrived.v1',
    context,
    description: 'Something another service told of an employee is to be reviewed (APR-10).',
    data: z.object({
      ...evidence,
      context: code.describe('where it comes from, such as complaints'),
      subjectId: id.describe('the complaint, work order, contact or lead'),
      code: code.nullable().describe('what exactly, such as the clock that was missed'),
      satisfaction: z.int().min(1).max(5).nullable().describe('of a return visit'),
      suggestion: score.nullable().describe('null when it is only to be known'),
      occurredAt: instant,
    }),
  }),
  evidenceViewStated: defineEvent({
    type: 'evidence-view-stated.v1',
    context,
    description: 'The employee said how he sees it; the words stay in the service.',
    data: z.object(evidence),
  }),
  evidenceScored: defineEvent({
    type: 'evidence-scored.v1',
    context,
    description: 'A reviewer scored it on a sheet of the employee (APR-10).',
    data: z.object({ ...evidence, by: person, appraisalId: id, scored: score }),
  }),
  evidenceDismissed: defineEvent({
    type: 'evidence-dismissed.v1',
    context,
    description: 'A reviewer found that it is to have no effect.',
    data: z.object({ ...evidence, by: person }),
  }),
  evidenceWithdrawn: defineEvent({
    type: 'evidence-withdrawn.v1',
    context,
    description: 'Its source was corrected before anybody decided.',
    data: z.object(evidence),
  }),
  appraisalYearClosed: defineEvent({
    type: 'appraisal-year-closed.v1',
    context,
    description: "A year's total was worked out (APR-04).",
    data: z.object({ ...year, missingPeriods: z.int().min(0).describe('left out of their means') }),
  }),
  appraisalYearCorrected: defineEvent({
    type: 'appraisal-year-corrected.v1',
    context,
    description: "A year's total was worked out again after it had been closed.",
    data: z.object({ ...year, totalBefore: points }),
  }),
} as const;
