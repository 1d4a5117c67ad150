import { z } from 'zod';
import {
  answersNeedApproval,
  causeClass,
  channel,
  code,
  context,
  customerIds,
  done,
  id,
  instant,
  interactionIds,
  person,
  recipient,
  severity,
  tellingChannel,
} from './complaints-vocabulary';
import { defineEvent } from './contract';

const replyAudience = z.enum(['CUSTOMER', 'PUBLIC_PLATFORM']);
const replyApprover = z.enum(['DEPARTMENT_HEAD', 'PROJECT_MANAGER', 'DIVISION_LEADER', 'GENERAL_MANAGER']);
const documentKind = z.enum(['DEMAND_FORM', 'SPECIAL_REPORT', 'WRITTEN_NOTICE', 'COMPANY_DEMAND_FORM']);
const documentRecipient = z.enum([
  'QUALITY_CENTRE',
  'DIVISION_LEADER',
  'MANAGEMENT_OFFICE',
  'SERVICE_CENTRE',
  'DEVELOPER_CUSTOMER_RELATIONS',
  'OUTSIDE_DEPARTMENT',
]);
const sequence = z.int().min(1).describe('its place among those of its kind in the case');
const revision = z.int().min(1).describe('the wording');
const approval = {
  ...done,
  sequence,
  revision,
  approver: replyApprover,
  askedAt: instant.describe('since when it was his to decide'),
};
const revisedDocument = { ...done, sequence, version: z.int().min(2), sentTo: z.array(recipient) };

/** What happens in the work on a case: replies, documents, hand overs, links. */
export const complaintWorkEvents = {
  complaintReplyDrafted: defineEvent({
    type: 'complaint-reply-drafted.v1',
    context,
    description: 'A reply was written that has to be approved (CMP-08).',
    data: z.object({ ...done, sequence, audience: replyAudience }),
  }),
  complaintReplyRevised: defineEvent({
    type: 'complaint-reply-revised.v1',
    context,
    description: 'A reply got another wording; approvals of the one before count for nothing (CMP-08).',
    data: z.object({ ...done, sequence, revision, voidedApprovals: z.array(replyApprover) }),
  }),
  complaintReplySubmitted: defineEvent({
    type: 'complaint-reply-submitted.v1',
    context,
    description: 'A reply was put before the first of its approvers (CMP-08).',
    data: z.object({ ...done, sequence, revision, ladder: z.array(replyApprover) }),
  }),
  complaintReplyApproved: defineEvent({
    type: 'complaint-reply-approved.v1',
    context,
    description: 'One approver approved this wording; from `askedAt` to `at` it waited for him (CMP-08).',
    data: z.object(approval),
  }),
  complaintReplySentBack: defineEvent({
    type: 'complaint-reply-sent-back.v1',
    context,
    description: 'One approver sent this wording back (CMP-08).',
    data: z.object(approval),
  }),
  complaintReplySent: defineEvent({
    type: 'complaint-reply-sent.v1',
    context,
    description: 'The customer-relations centre sent an approved reply to the customers (CMP-08).',
    data: z.object({
      ...done,
      sequence,
      revision,
      audience: replyAudience,
      channel: tellingChannel,
      interactionIds,
      customerIds,
    }),
  }),
  complaintReplyWithdrawn: defineEvent({
    type: 'complaint-reply-withdrawn.v1',
    context,
    description: 'A reply was given up before it went out.',
    data: z.object({ ...done, sequence }),
  }),
  complaintNoticeIssued: defineEvent({
    type: 'complaint-notice-issued.v1',
    context,
    description: 'A written notice went to the developer or to departments concerned (CMP-09).',
    data: z.object({
      ...done,
      sequence,
      kind: z.enum(['HOUSING_QUALITY_NOTICE', 'FACILITIES_REPORT', 'IMPACT_REPORT']),
      to: documentRecipient,
      way: z.enum(['LETTER', 'EMAIL', 'BY_HAND']),
    }),
  }),
  complaintCoordinatorNamed: defineEvent({
    type: 'complaint-coordinator-named.v1',
    context,
    description: 'Somebody was named to coordinate a case of class 3 (CMP-09).',
    data: z.object({ ...done, coordinatorId: person, previousCoordinatorId: person.nullable() }),
  }),
  companyDemandFormIssued: defineEvent({
    type: 'company-demand-form-issued.v1',
    context,
    description: 'The quality centre issued its demand form to the service centre (CMP-10).',
    data: z.object({ ...done, sequence, finishAt: instant.describe('by when the result is asked for') }),
  }),
  companyMeasuresReported: defineEvent({
    type: 'company-measures-reported.v1',
    context,
    description: 'The service centre reported its measures to the quality centre (CMP-10).',
    data: z.object({ ...done, sequence }),
  }),
  companyResultReported: defineEvent({
    type: 'company-result-reported.v1',
    context,
    description: 'The service centre reported the result to the quality centre (CMP-10).',
    data: z.object({ ...done, sequence }),
  }),
  demandFormRevised: defineEvent({
    type: 'demand-form-revised.v1',
    context,
    description: 'A further version of a demand form was sent to its recipients (CMP-11).',
    data: z.object(revisedDocument),
  }),
  specialReportRevised: defineEvent({
    type: 'special-report-revised.v1',
    context,
    description: 'A further version of a special report was sent to its recipients (CMP-11).',
    data: z.object(revisedDocument),
  }),
  complaintDocumentReceived: defineEvent({
    type: 'complaint-document-received.v1',
    context,
    description: 'A recipient has a document of the case.',
    data: z.object({ ...done, document: documentKind, sequence, recipient: documentRecipient }),
  }),
  complaintHandOverOffered: defineEvent({
    type: 'complaint-hand-over-offered.v1',
    context,
    description: 'The case was offered to another handler, who has not accepted yet.',
    data: z.object({ ...done, sequence, toDepartment: code, toHandlerId: person }),
  }),
  complaintHandOverAnswered: defineEvent({
    type: 'complaint-hand-over-answered.v1',
    context,
    description: 'The one to whom the case was offered took it or did not.',
    data: z.object({ ...done, sequence, outcome: z.enum(['ACCEPTED', 'REFUSED']) }),
  }),
  complaintPassedOn: defineEvent({
    type: 'complaint-passed-on.v1',
    context,
    description:
      'The developer’s customer-relations centre passed a complaint on that came in otherwise (CMP-07).',
    data: z.object({
      ...done,
      passedOnAt: instant.describe('from when the reply is timed'),
      answersNeedApproval,
    }),
  }),
  complaintUrged: defineEvent({
    type: 'complaint-urged.v1',
    context,
    description: 'A customer asked again where the complaint stands.',
    data: z.object({
      ...done,
      customerId: id.nullable(),
      channel,
      interactionId: id.nullable(),
      count: z.int().min(1).describe('how often by now'),
    }),
  }),
  returnVisitAttempted: defineEvent({
    type: 'return-visit-attempted.v1',
    context,
    description:
      'A return visit was tried and did not come about; its duty stays until nobody is left to visit (CMP-12).',
    data: z.object({
      ...done,
      customerId: id.nullable(),
      channel: tellingChannel,
      obstacle: z.enum(['NO_ANSWER', 'WRONG_CONTACT', 'ASKED_FOR_ANOTHER_TIME', 'DECLINED']),
      release: z
        .enum(['DECLINED', 'UNREACHABLE'])
        .nullable()
        .describe('why no visit is owed any more: declined counts as kept, not reached falls away'),
      resolvedAt: instant,
      causeClass,
      severity,
      handlerId: id.nullable(),
    }),
  }),
  complaintLinked: defineEvent({
    type: 'complaint-linked.v1',
    context,
    description: 'Two cases were noted to have to do with each other.',
    data: z.object({ ...done, linkedComplaintId: id }),
  }),
  complaintJoinedInto: defineEvent({
    type: 'complaint-joined-into.v1',
    context,
    description: 'The case turned out to be the same as another and ended in it.',
    data: z.object({ ...done, intoComplaintId: id, customerIds, interactionIds }),
  }),
  complaintTookIn: defineEvent({
    type: 'complaint-took-in.v1',
    context,
    description: 'The case took in the members, contacts and facts of one that was the same.',
    data: z.object({
      ...done,
      fromComplaintId: id,
      secondComplaintCount: z.int().min(0).describe('how often the complaint came back, in either case'),
      answersNeedApproval,
      interactionIds,
    }),
  }),
  complaintSplitOff: defineEvent({
    type: 'complaint-split-off.v1',
    context,
    description: 'Members of the case got a case of their own.',
    data: z.object({
      ...done,
      linkedComplaintId: id.describe('the id that the new case gets'),
      customerIds: z.array(id).min(1),
      causeClass,
      topic: code,
      groupSize: z.int().min(1).describe('of those who stay'),
    }),
  }),
} as const;
