import { z } from 'zod';
import { defineEvent } from './contract';

const context = 'reception';

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
/** A member of staff by id, or the system's own name. */
const person = z.string().min(1);
const happened = { projectId: id, at: instant.describe('when it happened') };

/** What reception tells of employees, for their appraisal (APR-10); part of `receptionEvents`. */
export const receptionEmployeeEvents = {
  staffPraised: defineEvent({
    type: 'staff-praised.v1',
    context,
    description: 'A customer praised an employee; the words stay in the service (APR-10).',
    data: z.object({
      ...happened,
      by: person.describe('who recorded it'),
      praiseId: id,
      interactionId: id.describe('the contact in which it was said'),
      staffId: id.describe('who was praised'),
      customerId: id.nullable().describe('who praised; null where it is not known'),
    }),
  }),
  partnerLate: defineEvent({
    type: 'partner-late.v1',
    context,
    description:
      'The outside firm that a contact waits for has not come by its promised time; tells whose contact it is (REC-14).',
    data: z.object({
      ...happened,
      followUpId: id,
      interactionId: id,
      ownerId: person.describe('who owned the contact then'),
      partnerId: id.nullable(),
      promisedAt: instant,
    }),
  }),
} as const;
