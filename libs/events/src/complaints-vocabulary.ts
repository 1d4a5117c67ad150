import { z } from 'zod';

export const context = 'complaints';

export const id = z.uuid();
export const instant = z.iso.datetime({ offset: true });
/** A member of staff by id, or the system's own name. */
export const person = z.string().min(1);
export const code = z.string().min(1).max(100);

export const causeClass = z
  .enum(['CLASS_1', 'CLASS_2', 'CLASS_3'])
  .describe('CMP-01: 1 own service, 2 the developer, 3 the outside environment');
export const severity = z.enum(['GENERAL', 'HOT', 'MAJOR']).describe('一般, 热点, 重大 (CMP-02)');
export const raisedSeverity = z.enum(['HOT', 'MAJOR']);
export const reportedFact = z.enum([
  'LAWSUIT_FILED',
  'LAWSUIT_LIKELY',
  'MEDIA_EXPOSURE',
  'MEDIA_EXPOSURE_LIKELY',
  'OUTSIDE_HELP_NEEDED',
]);
export const severityReason = z.enum([
  ...reportedFact.options,
  'GROUP_OF_MAJOR_SIZE',
  'GROUP_OF_HOT_SIZE',
  'SECOND_COMPLAINT',
  'UNRESOLVED_FOR_A_MONTH',
  'UNRESOLVED_FOR_A_WEEK',
  'RAISED_BY_HAND',
]);
export const clock = z.enum([
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
export const party = z.enum([
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
export const computedWith = z.int().min(0).describe('0: the built-in one');
export const channel = z.enum([
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
export const tellingChannel = z.enum([
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
export const recipient = z.enum(['QUALITY_CENTRE', 'DIVISION_LEADER']);

export const happened = { complaintId: id, projectId: id, at: instant.describe('when it happened') };
export const done = { ...happened, by: person.describe('who did it') };
export const interactionIds = z.array(id).describe('the contacts that led to the case');
export const customerIds = z.array(id).describe('members of the case at that time');
export const answersNeedApproval = z
  .boolean()
  .describe('whether what the customers are written goes out as approved replies alone (CMP-08)');
