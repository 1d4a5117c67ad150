import { z } from 'zod';
import { defineEvent } from './contract';
import { receptionEmployeeEvents } from './reception-employees';

const context = 'reception';

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
/** A member of staff by id, or the system's own name. */
const person = z.string().min(1);
const code = z.string().min(1).max(100);
const money = z
  .string()
  .regex(/^-?\d+\.\d{2}$/)
  .describe('CNY');
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .describe('YYYY-MM');
const count = z.int().min(0);

const interactionClass = z.enum([
  'ENQUIRY',
  'OWN_REPAIR',
  'RECTIFICATION',
  'VENDOR',
  'COMMUNICATION',
  'COMPLAINT',
  'SPECIAL_SERVICE',
  'SALES_ENQUIRY',
  'COUNTER_BUSINESS',
]);
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
const causeClass = z
  .enum(['CLASS_1', 'CLASS_2', 'CLASS_3'])
  .describe('CMP-01: 1 own service, 2 the developer, 3 the outside environment');
const complaintFact = z.enum([
  'LAWSUIT_FILED',
  'LAWSUIT_LIKELY',
  'MEDIA_EXPOSURE',
  'MEDIA_EXPOSURE_LIKELY',
  'OUTSIDE_HELP_NEEDED',
]);
const paymentMethod = z.enum(['CASH', 'CARD', 'TRANSFER', 'WECHAT', 'ALIPAY']);

const happened = { projectId: id, at: instant.describe('when it happened') };
const done = { ...happened, by: person.describe('who did it') };

const place = { unitId: id.nullable(), buildingId: id.nullable() };

const interaction = { interactionId: id, ownerId: person.describe('who owned the contact until then') };

const workOrder = {
  workOrderId: id,
  interactionId: id,
  unitId: id.nullable(),
  departmentCode: code,
  technicianId: person.nullable(),
};
const agreed = {
  agreedFromAt: instant.describe('beginning of the time agreed with the customer'),
  agreedToAt: instant.describe('its end, when the order is overdue'),
};

const followUp = {
  ...happened,
  followUpId: id,
  category: z.enum(['ENGINEERING', 'VENDOR', 'COMMUNICATION']).describe('工程类, 其他类, 沟通类'),
  interactionId: id,
  workOrderId: id.nullable().describe('the overdue order of an engineering entry'),
  partnerId: id.nullable().describe('the outside firm of a vendor entry'),
};

const rectification = { ...done, rectificationId: id, interactionId: id, unitId: id.nullable() };

const receipt = {
  ...done,
  receiptId: id,
  number: code.describe('such as JX-R-20260302-001'),
  unitId: id,
  payerId: id,
  forCustomerId: id.describe('whose fees were paid'),
  amount: money,
  method: paymentMethod,
};

const releaseSlip = {
  ...done,
  releaseSlipId: id,
  kind: z.enum(['OWNER', 'TENANT']),
  unitId: id,
  applicantId: id,
};
const arrears = { arrearsMonths: count.describe('months not paid in full'), arrearsAmount: money };

const shift = { ...happened, shiftId: id, staffId: person.describe('whose shift it is') };

/** What the reception context publishes. Each is a fact of the reception rules, its instants as text. */
export const receptionEvents = {
  interactionRecorded: defineEvent({
    type: 'interaction-recorded.v1',
    context,
    description: 'A contact (来电来访记录) was recorded on receipt, with its proposed class (REC-01, 02).',
    data: z.object({
      ...happened,
      ...interaction,
      ...place,
      number: code.describe('such as JX-20260302-001'),
      channel,
      customerIds: z.array(id).describe('different customers, the first named first'),
      topic: code.nullable(),
      receivedAt: instant,
      receivedBy: person,
      proposedClass: interactionClass,
    }),
  }),
  interactionClassified: defineEvent({
    type: 'interaction-classified.v1',
    context,
    description:
      'The class of a contact was confirmed, or changed later (REC-02); a complaint opens a case (REC-17).',
    data: z.object({
      ...done,
      ...interaction,
      ...place,
      class: interactionClass,
      previousClass: interactionClass.nullable().describe('null when confirmed for the first time'),
      proposedClass: interactionClass,
      asProposed: z.boolean(),
      causeClass: causeClass.nullable().describe('of a complaint; else null'),
      facts: z.array(complaintFact).describe('of a complaint; else empty'),
      namedStaffIds: z.array(person).describe('employees whom a complaint names'),
      topic: code.nullable().describe('always there for a complaint'),
      sealedWords: z
        .string()
        .optional()
        .describe('of a complaint: what the customer said, encrypted with the data keys, for its case'),
      customerIds: z.array(id),
      channel,
      receivedAt: instant,
      receivedBy: person,
    }),
  }),
  interactionHandedOver: defineEvent({
    type: 'interaction-handed-over.v1',
    context,
    description: 'A colleague accepted the contact; it is his from now on (REC-03).',
    data: z.object({ ...happened, interactionId: id, fromId: person, toId: person }),
  }),
  customerTold: defineEvent({
    type: 'customer-told.v1',
    context,
    description: 'The customer was told of progress or the result (REC-04, 05).',
    data: z.object({
      ...done,
      ...interaction,
      kind: z.enum(['PROGRESS', 'RESULT']),
      channel: tellingChannel,
      firstReply: z.boolean(),
      receivedAt: instant,
      customerIds: z.array(id).describe('of the contact at that time; none when it is anonymous'),
      complaintId: id.nullable().describe('the case in which he was told; its own event tells of it, too'),
    }),
  }),
  customerUninformed: defineEvent({
    type: 'customer-uninformed.v1',
    context,
    description:
      'An open contact has been silent for too long; once per silence, `at` is the due time (REC-05).',
    data: z.object({
      ...happened,
      ...interaction,
      class: interactionClass.nullable(),
      silentSinceAt: instant.describe('the last word to the customer, or the receipt'),
    }),
  }),
  interactionClosed: defineEvent({
    type: 'interaction-closed.v1',
    context,
    description: 'All items are done and the result was told: 已完成 (REC-04).',
    data: z.object({
      ...done,
      ...interaction,
      class: interactionClass.nullable(),
      channel,
      receivedAt: instant,
      itemCount: count,
    }),
  }),

  workOrderIssued: defineEvent({
    type: 'work-order-issued.v1',
    context,
    description: 'A work order (服务工作单) went to a department (REC-10).',
    data: z.object({ ...done, ...workOrder, ...agreed, estimate: money.nullable() }),
  }),
  workOrderAccepted: defineEvent({
    type: 'work-order-accepted.v1',
    context,
    description: 'The department took the order on and named the technician.',
    data: z.object({ ...done, ...workOrder }),
  }),
  workOrderOnSite: defineEvent({
    type: 'work-order-on-site.v1',
    context,
    description: 'The technician arrived at the place.',
    data: z.object({ ...done, ...workOrder }),
  }),
  workOrderDone: defineEvent({
    type: 'work-order-done.v1',
    context,
    description: 'The repair is done; an entry in the follow-up register ends with it (REC-10, 11).',
    data: z.object({
      ...done,
      ...workOrder,
      issuedAt: instant,
      agreedToAt: agreed.agreedToAt,
      onTime: z.boolean().describe('no appointment was missed'),
      companyMoves: count.describe('how often the company moved the appointment'),
      leavesRegister: z.boolean(),
    }),
  }),
  workOrderConfirmed: defineEvent({
    type: 'work-order-confirmed.v1',
    context,
    description: 'The customer confirmed the repair.',
    data: z.object({ ...done, ...workOrder }),
  }),
  workOrderCancelled: defineEvent({
    type: 'work-order-cancelled.v1',
    context,
    description: 'The order was given up; an entry in the follow-up register ends with it.',
    data: z.object({ ...done, ...workOrder, leavesRegister: z.boolean() }),
  }),
  workOrderRescheduled: defineEvent({
    type: 'work-order-rescheduled.v1',
    context,
    description: "The appointment was moved, by the company or by the customer's wish (REC-12).",
    data: z.object({
      ...done,
      ...workOrder,
      ...agreed,
      movedBy: z.enum(['COMPANY', 'CUSTOMER']),
      previousFromAt: instant,
      previousToAt: instant,
      customerToldAt: instant.nullable().describe("null for the customer's own wish"),
    }),
  }),
  workOrderOverdue: defineEvent({
    type: 'work-order-overdue.v1',
    context,
    description:
      'An agreed time ended with the order undone; once per appointment, `at` is that end (REC-11).',
    data: z.object({
      ...happened,
      ...workOrder,
      ...agreed,
      missedAppointments: z.int().min(1).describe('with this one'),
      entersRegister: z.boolean().describe('the first time only'),
    }),
  }),
  workOrderBreached: defineEvent({
    type: 'work-order-breached.v1',
    context,
    description: 'The second appointment that the company did not keep; once per order (REC-12).',
    data: z.object({
      ...happened,
      ...workOrder,
      companyMoves: count,
      missedAppointments: z.int().min(1),
      escalatedTo: z.literal('SERVICE_SUPERVISOR'),
    }),
  }),

  followUpOpened: defineEvent({
    type: 'follow-up-opened.v1',
    context,
    description: 'An entry was made in the follow-up register (分类处理记录) (REC-11, 14, 15).',
    data: z.object({
      ...followUp,
      reason: z.enum(['WORK_ORDER_OVERDUE', 'PARTNERS_EQUIPMENT', 'NEEDS_OTHERS']),
      promisedAt: instant.nullable().describe('when the outside firm promised to come'),
    }),
  }),
  followUpReminded: defineEvent({
    type: 'follow-up-reminded.v1',
    context,
    description: 'Those who have to act were reminded (REC-14).',
    data: z.object({ ...followUp, by: person, reminders: z.int().min(1).describe('with this one') }),
  }),
  followUpFlagged: defineEvent({
    type: 'follow-up-flagged.v1',
    context,
    description: 'The promised time passed and nobody came; `at` is that time (REC-14).',
    data: z.object({ ...followUp, promisedAt: instant, reminders: count }),
  }),
  followUpClosed: defineEvent({
    type: 'follow-up-closed.v1',
    context,
    description: 'The entry left the register.',
    data: z.object({
      ...followUp,
      reason: z.enum(['WORK_ORDER_DONE', 'WORK_ORDER_CANCELLED', 'RESULT_AND_REPLY_RECORDED']),
      enteredAt: instant,
      arrivedAt: instant.nullable(),
      flagged: z.boolean().describe('the promised time had passed'),
    }),
  }),

  rectificationRequested: defineEvent({
    type: 'rectification-requested.v1',
    context,
    description: 'A liaison form (工作联系单) was made out for a warranty repair (REC-13).',
    data: z.object({ ...rectification, buildingId: id.nullable() }),
  }),
  rectificationVerified: defineEvent({
    type: 'rectification-verified.v1',
    context,
    description: 'The management-office director verified and signed the form.',
    data: z.object(rectification),
  }),
  rectificationSignedFor: defineEvent({
    type: 'rectification-signed-for.v1',
    context,
    description: "The developer's project department signed for the form.",
    data: z.object(rectification),
  }),
  rectificationCompleted: defineEvent({
    type: 'rectification-completed.v1',
    context,
    description: "The developer's project department confirmed the repair.",
    data: z.object({ ...rectification, requestedAt: instant }),
  }),
  rectificationWithdrawn: defineEvent({
    type: 'rectification-withdrawn.v1',
    context,
    description: 'The form was given up before the developer had signed for it.',
    data: z.object(rectification),
  }),

  receiptIssued: defineEvent({
    type: 'receipt-issued.v1',
    context,
    description: 'A payment was taken against a numbered receipt (REC-35).',
    data: z.object({
      ...receipt,
      covers: z
        .array(z.object({ month, amount: money }))
        .describe('the months that it went to, oldest first'),
      prepaid: money.describe('what no month is owed for yet'),
      collectedBy: z.enum(['FINANCE', 'DESK']),
      shiftId: id.nullable().describe("the desk's shift whose drawer it went into; null at finance"),
      invoiceToFollow: z.boolean(),
    }),
  }),
  receiptCancelled: defineEvent({
    type: 'receipt-cancelled.v1',
    context,
    description: 'A receipt was taken back and its money returned.',
    data: z.object({
      ...receipt,
      issuedAt: instant,
      shiftId: id.nullable().describe("the desk's shift whose drawer it was returned from; null at finance"),
    }),
  }),

  releaseSlipIssued: defineEvent({
    type: 'release-slip-issued.v1',
    context,
    description: 'Goods may leave the building: 放行条 (REC-36, 37, 38).',
    data: z.object({
      ...releaseSlip,
      ...arrears,
      lines: z.int().min(1).describe('lines of the goods list'),
      directorInformed: z.boolean(),
      hurry: z.boolean().describe('issued while the lobby was told'),
    }),
  }),
  releaseSlipRefused: defineEvent({
    type: 'release-slip-refused.v1',
    context,
    description: 'An application was refused, with all reasons; it may still succeed later (REC-36, 37).',
    data: z.object({
      ...releaseSlip,
      ...arrears,
      reasons: z
        .array(
          z.enum([
            'IDENTITY_COPY_MISSING',
            'GOODS_LIST_EMPTY',
            'SIGNATURE_MISSING',
            'SIGNED_BY_WRONG_PARTY',
            'ARREARS_NOT_TOLD',
            'DIRECTOR_NOT_INFORMED',
            'FEES_UNPAID',
            'OWNER_NOT_CALLED',
            'OWNER_DOES_NOT_CONSENT',
            'HURRY_WITH_ARREARS',
          ]),
        )
        .min(1),
    }),
  }),
  releaseSlipRedeemed: defineEvent({
    type: 'release-slip-redeemed.v1',
    context,
    description: 'The lobby guard let the goods pass; once per slip (REC-38).',
    data: z.object({ ...releaseSlip, issuedAt: instant, lines: z.int().min(1) }),
  }),
  releaseSlipCancelled: defineEvent({
    type: 'release-slip-cancelled.v1',
    context,
    description: 'The slip, or the application for it, was given up.',
    data: z.object(releaseSlip),
  }),

  shiftHandedOver: defineEvent({
    type: 'shift-handed-over.v1',
    context,
    description: 'A shift was handed over with its count, special notes and open matters (REC-23).',
    data: z.object({
      ...shift,
      openedAt: instant,
      cashExpected: money.describe('by the receipts'),
      cashCounted: money,
      receiptsExpected: count,
      receiptsCounted: count,
      differences: count.describe('each of them explained'),
      specialNotes: count,
      openInteractionIds: z.array(id),
    }),
  }),
  shiftHandoverAccepted: defineEvent({
    type: 'shift-handover-accepted.v1',
    context,
    description: 'The next shift accepted the handover.',
    data: z.object({ ...shift, by: person }),
  }),
  shiftHandoverDisputed: defineEvent({
    type: 'shift-handover-disputed.v1',
    context,
    description: 'The next shift disputed the handover; it is counted and handed over again.',
    data: z.object({ ...shift, by: person }),
  }),
  ...receptionEmployeeEvents,
} as const;
