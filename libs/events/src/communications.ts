import { z } from 'zod';
import { defineEvent } from './contract';

const context = 'communications';

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const date = z.iso.date();
/** A member of staff by id, or the system's own name. */
const person = z.string().min(1);
const count = z.int().min(0);
const audienceSize = z.int().min(1).describe('different customers');

const channel = z.enum(['SMS', 'WECHAT', 'EMAIL']);
const purpose = z.enum([
  'SERVICE_NOTICE',
  'CASE_REPLY',
  'CONTRACT_NOTICE',
  'FEE_REMINDER',
  'SURVEY',
  'INVITATION',
  'MARKETING',
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

const template = {
  templateId: id,
  projectId: id.nullable().describe('null for a template of the whole organisation'),
  by: person,
  at: instant,
};
const message = {
  messageId: id,
  projectId: id,
  channel,
  purpose,
  revision: z.int().min(1).describe('of text and audience'),
  at: instant,
};
const messageDone = { ...message, by: person.describe('who did it') };
const delivery = {
  deliveryId: id,
  messageId: id,
  projectId: id,
  customerId: id,
  channel,
  purpose,
  at: instant,
};
const attempts = z.int().min(1);
const word = { wordId: id, projectId: id, at: instant };
const consent = { projectId: z.null(), customerId: id, channel, purpose, by: person, at: instant };
const visit = { visitId: id, projectId: id, customerId: id, at: instant };
const action = {
  ...visit,
  sequence: z.int().min(1).describe('the suggestion within the visit'),
  ownerId: person,
};

/** What the communications context publishes. No words, names or addresses: these stay in the service. */
export const communicationsEvents = {
  customerWordRecorded: defineEvent({
    type: 'customer-word-recorded.v1',
    context,
    description: 'A word to customers was entered in the register: who, when, how, about what (COM-02).',
    data: z.object({
      ...word,
      customerIds: z.array(id).describe('none while it is not known who was told'),
      kind: z.enum([
        'ACKNOWLEDGEMENT',
        'PROGRESS',
        'REPLY',
        'RETURN_VISIT',
        'CALLBACK',
        'NOTICE',
        'VISIT',
        'MESSAGE',
      ]),
      channel: tellingChannel,
      saidAt: instant,
      by: person,
      subject: z.enum(['INTERACTION', 'COMPLAINT', 'CONTRACT', 'MESSAGE', 'CUSTOMER_VISIT', 'NOTHING_ELSE']),
      subjectId: id.nullable(),
    }),
  }),
  customerWordReassigned: defineEvent({
    type: 'customer-word-reassigned.v1',
    context,
    description: 'Customer records were merged: the word is one to the record that stayed.',
    data: z.object({ ...word, customerId: id.describe('the record that went'), intoCustomerId: id }),
  }),
  templateVersionAdded: defineEvent({
    type: 'template-version-added.v1',
    context,
    description: 'A template has a wording for messages to come (COM-05).',
    data: z.object({ ...template, channel, purpose, version: z.int().min(1) }),
  }),
  templateRetired: defineEvent({
    type: 'template-retired.v1',
    context,
    description: 'Nothing new is made from the template any more.',
    data: z.object(template),
  }),
  messageDrafted: defineEvent({
    type: 'message-drafted.v1',
    context,
    description: 'A message was made from a template.',
    data: z.object({ ...messageDone, templateId: id, templateVersion: z.int().min(1) }),
  }),
  messageEdited: defineEvent({
    type: 'message-edited.v1',
    context,
    description: "A message's text was changed; it is a draft again.",
    data: z.object(messageDone),
  }),
  messageAudienceSet: defineEvent({
    type: 'message-audience-set.v1',
    context,
    description: "A message's audience was set; it is a draft again.",
    data: z.object({ ...messageDone, audienceSize }),
  }),
  messageSubmitted: defineEvent({
    type: 'message-submitted.v1',
    context,
    description: 'Approval was asked for.',
    data: z.object({ ...messageDone, audienceSize }),
  }),
  messageApproved: defineEvent({
    type: 'message-approved.v1',
    context,
    description: 'The project manager approved this text for this audience (COM-05).',
    data: z.object({ ...messageDone, audienceSize, sendAt: instant.describe('outside quiet hours') }),
  }),
  messageApprovalVoided: defineEvent({
    type: 'message-approval-voided.v1',
    context,
    description: 'Text or audience changed after the approval, which is void.',
    data: z.object(messageDone),
  }),
  messageRejected: defineEvent({
    type: 'message-rejected.v1',
    context,
    description: 'The project manager sent the message back.',
    data: z.object(messageDone),
  }),
  messagePostponed: defineEvent({
    type: 'message-postponed.v1',
    context,
    description: 'The time of sending turned out to be in quiet hours.',
    data: z.object({ ...message, sendAt: instant }),
  }),
  messageSendingStarted: defineEvent({
    type: 'message-sending-started.v1',
    context,
    description: 'Sending began.',
    data: z.object({ ...message, audienceSize }),
  }),
  messageSent: defineEvent({
    type: 'message-sent.v1',
    context,
    description: 'Every recipient has an outcome.',
    data: z.object({ ...message, delivered: count, failed: count, skipped: count }),
  }),
  messageCancelled: defineEvent({
    type: 'message-cancelled.v1',
    context,
    description: 'A message was given up before anything was sent.',
    data: z.object(messageDone),
  }),
  messageDelivered: defineEvent({
    type: 'message-delivered.v1',
    context,
    description: 'The carrier took a recipient’s copy.',
    data: z.object({ ...delivery, attempts }),
  }),
  deliveryFailed: defineEvent({
    type: 'delivery-failed.v1',
    context,
    description: 'A copy was refused for good, or as often as it is tried.',
    data: z.object({ ...delivery, attempts, outcome: z.enum(['TRY_AGAIN', 'REJECTED', 'UNKNOWN']) }),
  }),
  deliverySkipped: defineEvent({
    type: 'delivery-skipped.v1',
    context,
    description: 'A recipient gets nothing, for a reason that was known before sending.',
    data: z.object({
      ...delivery,
      reason: z.enum(['NO_CONSENT', 'NO_ADDRESS', 'VALUE_MISSING', 'CUSTOMER_GONE']),
    }),
  }),
  consentGiven: defineEvent({
    type: 'consent-given.v1',
    context,
    description: 'A customer agreed to messages of a purpose by a channel.',
    data: z.object(consent),
  }),
  consentWithdrawn: defineEvent({
    type: 'consent-withdrawn.v1',
    context,
    description: 'A customer objected to messages of a purpose by a channel.',
    data: z.object(consent),
  }),
  customerVisitRecorded: defineEvent({
    type: 'customer-visit-recorded.v1',
    context,
    description: 'A customer was visited (COM-02).',
    data: z.object({
      ...visit,
      unitId: id.nullable(),
      by: person,
      visitedAt: instant,
      inDepth: z.boolean(),
      suggestions: count,
    }),
  }),
  visitActionPlanned: defineEvent({
    type: 'visit-action-planned.v1',
    context,
    description: 'Somebody is to do something about a suggestion.',
    data: z.object({ ...action, dueOn: date, by: person }),
  }),
  visitActionMissed: defineEvent({
    type: 'visit-action-missed.v1',
    context,
    description: 'The last day for an action is over without a result; `at` is its end.',
    data: z.object({ ...action, dueOn: date }),
  }),
  visitActionDone: defineEvent({
    type: 'visit-action-done.v1',
    context,
    description: 'The result of an action was recorded.',
    data: z.object({ ...action, late: z.boolean(), by: person }),
  }),
} as const;
