import { z } from 'zod';
import { defineEvent } from './contract';

const context = 'complaints';

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
/** A member of staff by id, or the system's own name. */
const person = z.string().min(1);
const code = z.string().min(1).max(100);

const causeClass = z
  .enum(['CLASS_1', 'CLASS_2', 'CLASS_3'])
  .describe('CMP-01: 1 own service, 2 the developer, 3 the outside environment');
const severity = z.enum(['GENERAL', 'HOT', 'MAJOR']).describe('一般, 热点, 重大 (CMP-02)');
const raisedSeverity = z.enum(['HOT', 'MAJOR']);
const reportedFact = z.enum([
  'LAWSUIT_FILED',
  'LAWSUIT_LIKELY',
  'MEDIA_EXPOSURE',
  'MEDIA_EXPOSURE_LIKELY',
  'OUTSIDE_HELP_NEEDED',
]);
const severityReason = z.enum([
  ...reportedFact.options,
  'GROUP_OF_MAJOR_SIZE',
  'GROUP_OF_HOT_SIZE',
  'SECOND_COMPLAINT',
  'UNRESOLVED_FOR_A_MONTH',
  'UNRESOLVED_FOR_A_WEEK',
  'RAISED_BY_HAND',
]);
const clock = z.enum([
  'RESPONSE',
  'CALLBACK',
  'REPLY',
  'MEASURES',
  'DEMAND_FORM',
  'COMPANY_MEASURES',
  'COMPANY_RESULT',
  'SPECIAL_REPORT',
  'RETURN_VISIT',
]);
const party = z.enum([
  'CUSTOMER',
  'HANDLER',
  'CUSTOMER_SERVICE',
  'DEPARTMENT_HEAD',
  'CUSTOMER_RELATIONS',
  'PROJECT_MANAGER',
  'DIVISION_LEADER',
  'GENERAL_MANAGER',
  'QUALITY_CENTRE',
]);
const computedWith = z.int().min(0).describe('0: the built-in one');
const channel = z.enum([
  'PHONE',
  'VISIT',
  'LETTER',
  'EMAIL',
  'WEB',
  'WECHAT',
  'QQ_GROUP',
  'LETTER_BOX',
  'PATROL',
  'QUALITY_CENTRE',
  'DEVELOPER_CUSTOMER_RELATIONS',
  'RETURN_VISIT',
]);
const tellingChannel = z.enum([
  'PHONE',
  'IN_PERSON',
  'LETTER',
  'EMAIL',
  'WEB',
  'WECHAT',
  'QQ_GROUP',
  'SMS',
  'NOTICE',
]);
const recipient = z.enum(['QUALITY_CENTRE', 'DIVISION_LEADER']);

const happened = { complaintId: id, projectId: id, at: instant.describe('when it happened') };
const done = { ...happened, by: person.describe('who did it') };
const attachment = {
  attachmentId: id,
  contentType: code.describe('by what is in it, such as image/jpeg'),
  size: z.int().min(1).describe('bytes'),
};
const interactionIds = z.array(id).describe('the contacts that led to the case');

const clockTimes = {
  ...happened,
  clock,
  sequence: z.int().min(1).describe('the duty within its case'),
  forSeverity: raisedSeverity.nullable().describe('the rise that asked for a demand form; else null'),
  startedAt: instant,
  dueAt: instant,
  causeClass,
  severity,
  responsibleDepartment: code.nullable(),
  handlerId: person.nullable(),
};

const customerIds = z.array(id).describe('members of the case at that time');

/** What the complaints context publishes. Each is a fact of the complaint rules, its instants as text. */
export const complaintsEvents = {
  complaintReceived: defineEvent({
    type: 'complaint-received.v1',
    context,
    description: 'A case was opened, from a contact, by an employee, or after a return visit.',
    data: z.object({
      ...done,
      number: code.describe('such as JX-C20260302-001'),
      causeClass,
      severity,
      severityReasons: z.array(severityReason),
      facts: z.array(reportedFact),
      topic: code,
      unitId: id.nullable(),
      buildingId: id.nullable(),
      channel,
      receivedAt: instant.describe('the clocks run from here; `at` is when it was entered'),
      customerIds: z.array(id),
      groupSize: z.int().min(0).describe('different customers (CMP-14)'),
      interactionIds,
      responsibleDepartment: code.nullable(),
      handlerId: person.nullable(),
      namedStaffIds: z.array(person).describe('employees whom the complaint names'),
      cameFromComplaintId: id.nullable(),
      responseDueAt: instant,
      demandFormDueAt: instant.nullable().describe('null when general'),
      becomesHotAt: instant,
      becomesMajorAt: instant,
    }),
  }),
  complaintAcknowledged: defineEvent({
    type: 'complaint-acknowledged.v1',
    context,
    description: 'The customer was thanked and told that an answer will come (CMP-04).',
    data: z.object({ ...done, channel: tellingChannel, customerIds }),
  }),
  complaintAssigned: defineEvent({
    type: 'complaint-assigned.v1',
    context,
    description:
      'The responsible department or the handler changed; no handler when he turned out to be named.',
    data: z.object({
      ...done,
      responsibleDepartment: code.nullable(),
      handlerId: person.nullable(),
      previousDepartment: code.nullable(),
      previousHandlerId: person.nullable(),
    }),
  }),
  complaintResponded: defineEvent({
    type: 'complaint-responded.v1',
    context,
    description: 'A handling response was given to the customer (CMP-05).',
    data: z.object({ ...done, channel: tellingChannel, interactionIds, customerIds }),
  }),
  complaintProgressRecorded: defineEvent({
    type: 'complaint-progress-recorded.v1',
    context,
    description: 'A step of the handling was recorded.',
    data: z.object({
      ...done,
      toldBy: tellingChannel.nullable().describe('how the customer was told of it; null when not'),
      interactionIds,
      customerIds,
    }),
  }),
  complaintFactsAdded: defineEvent({
    type: 'complaint-facts-added.v1',
    context,
    description: 'Facts that severity depends on became known.',
    data: z.object({ ...done, facts: z.array(reportedFact).min(1) }),
  }),
  complaintStaffNamed: defineEvent({
    type: 'complaint-staff-named.v1',
    context,
    description: 'It became known that the complaint names these employees (CMP-15).',
    data: z.object({ ...done, staffIds: z.array(person).min(1) }),
  }),
  complaintSeverityChanged: defineEvent({
    type: 'complaint-severity-changed.v1',
    context,
    description: 'The severity changed by a fact, by age, by hand, or by a merge of customers (CMP-02, 03).',
    data: z.object({
      ...happened,
      from: severity,
      to: severity,
      reasons: z.array(severityReason),
      demandFormDueAt: instant.nullable().describe('null when it fell'),
      specialReportDueAt: instant.nullable().describe('only when the case was resolved already'),
    }),
  }),
  complaintCauseClassChanged: defineEvent({
    type: 'complaint-cause-class-changed.v1',
    context,
    description: 'The cause class was corrected (CMP-01).',
    data: z.object({ ...done, from: causeClass, to: causeClass }),
  }),
  complaintCustomerJoined: defineEvent({
    type: 'complaint-customer-joined.v1',
    context,
    description: 'A further customer joined the case (CMP-14).',
    data: z.object({
      ...done,
      customerId: id,
      interactionId: id.nullable(),
      groupSize: z.int().min(1),
    }),
  }),
  complaintCustomerReplaced: defineEvent({
    type: 'complaint-customer-replaced.v1',
    context,
    description: 'Customer records were merged: the member carries the record that stayed.',
    data: z.object({
      ...happened,
      customerId: id.describe('the record that went'),
      intoCustomerId: id,
      groupSize: z.int().min(1),
    }),
  }),
  demandFormFiled: defineEvent({
    type: 'demand-form-filed.v1',
    context,
    description: 'The demand form (客户诉求处理表) of a hot or major case was sent (CMP-11).',
    data: z.object({ ...done, severity: raisedSeverity, sentTo: z.array(recipient) }),
  }),
  complaintClockStarted: defineEvent({
    type: 'complaint-clock-started.v1',
    context,
    description: 'A timed duty arose; of a case entered late, `at` is when it was entered.',
    data: z.object({
      ...clockTimes,
      warnAt: instant.nullable().describe('when a warning will be given'),
      waitingFor: party.describe('who has to act'),
      policyVersion: computedWith,
      calendarVersion: computedWith,
    }),
  }),
  complaintClockWarned: defineEvent({
    type: 'complaint-clock-warned.v1',
    context,
    description: 'A timed duty is undone and soon due.',
    data: z.object({ ...clockTimes, waitingFor: party.describe('who has to act') }),
  }),
  complaintClockPaused: defineEvent({
    type: 'complaint-clock-paused.v1',
    context,
    description: 'A timed duty stands still because the customer is waited for.',
    data: z.object({
      ...clockTimes,
      by: person.describe('who did it'),
      leftMinutes: z.int().min(0).describe("of the duty's own time"),
    }),
  }),
  complaintClockResumed: defineEvent({
    type: 'complaint-clock-resumed.v1',
    context,
    description: 'A timed duty goes on; `dueAt` is put off by the pause.',
    data: z.object({ ...clockTimes, by: person.describe('who did it'), pausedAt: instant }),
  }),
  complaintClocksRecomputed: defineEvent({
    type: 'complaint-clocks-recomputed.v1',
    context,
    description: 'Another policy or calendar moved what is still to fall due.',
    data: z.object({
      ...happened,
      policyVersion: computedWith,
      calendarVersion: computedWith,
      changes: z
        .array(
          z.object({
            clock: z.enum([...clock.options, 'BECOMES_HOT', 'BECOMES_MAJOR']),
            sequence: z.int().min(1).nullable().describe('null for an age'),
            fromDueAt: instant,
            toDueAt: instant,
            fromPolicyVersion: computedWith,
            fromCalendarVersion: computedWith,
          }),
        )
        .min(1),
    }),
  }),
  complaintAgeingWarned: defineEvent({
    type: 'complaint-ageing-warned.v1',
    context,
    description: 'An unresolved case is soon hot, or major, by its age alone (CMP-03).',
    data: z.object({
      ...happened,
      becomes: raisedSeverity,
      dueAt: instant,
      severity,
      responsibleDepartment: code.nullable(),
      handlerId: person.nullable(),
    }),
  }),
  complaintCallbackPromised: defineEvent({
    type: 'complaint-callback-promised.v1',
    context,
    description: 'The customer was promised a call (CMP-06).',
    data: z.object({
      ...done,
      customerId: id.nullable().describe('null for all of the case'),
      interactionIds,
      dueAt: instant,
    }),
  }),
  complaintClockMet: defineEvent({
    type: 'complaint-clock-met.v1',
    context,
    description:
      'A timed duty was done before its due time. What is done late was missed and has no such event.',
    data: z.object(clockTimes),
  }),
  complaintClockMissed: defineEvent({
    type: 'complaint-clock-missed.v1',
    context,
    description: 'A due time passed with the duty undone; `at` is the due time.',
    data: z.object(clockTimes),
  }),
  complaintResolved: defineEvent({
    type: 'complaint-resolved.v1',
    context,
    description: 'The result was recorded (CMP-12).',
    data: z.object({
      ...done,
      receivedAt: instant,
      causeClass,
      severity,
      handlerId: person.nullable(),
      interactionIds,
      returnVisitDueAt: instant,
      specialReportDueAt: instant.nullable().describe('null when general'),
    }),
  }),
  returnVisitRecorded: defineEvent({
    type: 'return-visit-recorded.v1',
    context,
    description: 'The customer was asked how satisfied he is (CMP-12).',
    data: z.object({
      ...done,
      customerId: id.nullable().describe('null when the case has no known customer'),
      channel: tellingChannel,
      satisfaction: z.int().min(1).max(5),
      dissatisfied: z.boolean().describe('the case was reopened for it'),
      ledToComplaintId: id.nullable().describe('the case of a new demand'),
      resolvedAt: instant,
      causeClass,
      severity,
      handlerId: person.nullable(),
    }),
  }),
  complaintAttachmentAdded: defineEvent({
    type: 'complaint-attachment-added.v1',
    context,
    description: 'A file was attached to the case (CMP-13).',
    data: z.object({ ...done, ...attachment }),
  }),
  complaintAttachmentRemoved: defineEvent({
    type: 'complaint-attachment-removed.v1',
    context,
    description: 'A file was taken off the case; it cannot be read any more (CMP-13).',
    data: z.object({ ...done, ...attachment }),
  }),
  linkedCaseRequested: defineEvent({
    type: 'linked-case-requested.v1',
    context,
    description: 'A new demand arose at a return visit; a case of its own is to be opened for it (CMP-12).',
    data: z.object({
      ...done,
      linkedComplaintId: id.describe('the id that the new case gets'),
      causeClass,
      topic: code,
      unitId: id.nullable(),
      buildingId: id.nullable(),
      customerId: id.nullable(),
    }),
  }),
  specialReportSubmitted: defineEvent({
    type: 'special-report-submitted.v1',
    context,
    description: 'The special report on a hot or major case was sent, all six parts (CMP-11).',
    data: z.object({ ...done, severity, sentTo: z.array(recipient) }),
  }),
  complaintReopened: defineEvent({
    type: 'complaint-reopened.v1',
    context,
    description: 'The case came back after handling: a second complaint (CMP-12).',
    data: z.object({
      ...done,
      cause: z.enum(['DISSATISFIED_AT_RETURN_VISIT', 'COMPLAINED_AGAIN']),
      secondComplaintCount: z.int().min(1),
      responseDueAt: instant,
    }),
  }),
  complaintClosed: defineEvent({
    type: 'complaint-closed.v1',
    context,
    description: 'The case was closed, with nothing outstanding.',
    data: z.object({ ...done, receivedAt: instant, causeClass, severity, interactionIds }),
  }),
  complaintPolicyChanged: defineEvent({
    type: 'complaint-policy-changed.v1',
    context,
    description: 'Other numbers of the complaint rules hold, in the organisation or in one project.',
    data: z.object({
      policyVersionId: id,
      projectId: id.nullable().describe('null: the whole organisation'),
      number: z.int().min(1).describe('counts the versions of the organisation, or of the project'),
      changed: z.array(code).describe('settings that it changes, by name'),
      by: person.describe('who put it in force'),
      at: instant.describe('from when on it holds'),
    }),
  }),
} as const;
