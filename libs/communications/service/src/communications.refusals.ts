import { ID, Int } from 'type-graphql';
import type { CommunicationsRefusalCode } from '@anju/communications-rules';
import { refusalTypes } from '@anju/subgraph';
import {
  CustomerVisitStatusEnum,
  DeliveryStatusEnum,
  MessageChannelEnum,
  MessagePurposeEnum,
  MessageStatusEnum,
  TemplateStatusEnum,
} from './graph-enums';

/** A field that the entity of the same union has too is nullable where the entity's is. */
export const communicationsRefusals = refusalTypes({
  TEMPLATE_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: TemplateStatusEnum,
    allowedIn: [TemplateStatusEnum],
  },
  MESSAGE_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: MessageStatusEnum,
    allowedIn: [MessageStatusEnum],
  },
  DELIVERY_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: DeliveryStatusEnum,
    allowedIn: [DeliveryStatusEnum],
  },
  CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: CustomerVisitStatusEnum,
    allowedIn: [CustomerVisitStatusEnum],
  },
  COMMUNICATION_TEXT_MISSING: { field: String },
  COMMUNICATION_IN_FUTURE: { givenAt: Date, now: Date },
  TEMPLATE_NOT_READABLE: { position: Int },
  TEMPLATE_FIELD_UNKNOWN: { fields: [String], known: [String] },
  TEMPLATE_TOO_LONG: { length: Int, longest: Int, channel: MessageChannelEnum },
  TEMPLATE_UNCHANGED: { version: Int },
  TEMPLATE_RETIRED: { templateId: ID },
  TEMPLATE_OF_ANOTHER_PROJECT: { templateId: ID },
  MESSAGE_VALUE_MISSING: { fields: [String] },
  MESSAGE_VALUE_UNKNOWN: { fields: [String], known: [String] },
  MESSAGE_VALUE_TOO_LONG: { fields: [String], longest: Int },
  MESSAGE_TOO_LONG: { length: Int, longest: Int, channel: MessageChannelEnum },
  AUDIENCE_EMPTY: { messageId: ID },
  AUDIENCE_TOO_LARGE: { size: Int, largest: Int },
  AUDIENCE_NOT_SET: { messageId: ID },
  APPROVER_NOT_ENTITLED: { requiredRole: String, roles: [String] },
  APPROVES_OWN_MESSAGE: { authorIds: [ID] },
  MESSAGE_CHANGED_SINCE_SEEN: { seenRevision: Int, revision: Int },
  DELIVERIES_NOT_FINISHED: { open: Int, audience: { type: Int, nullable: true } },
  MESSAGE_ADDRESS_NOT_VALID: { channel: MessageChannelEnum },
  CONSENT_UNCHANGED: { channel: MessageChannelEnum, purpose: MessagePurposeEnum, granted: Boolean },
  DELIVERY_ATTEMPT_NOT_RUNNING: { attempt: Int },
  VISIT_SUGGESTION_UNKNOWN: { sequence: Int, known: [Int] },
  VISIT_ACTION_ALREADY_PLANNED: { sequence: Int, ownerId: ID },
  VISIT_ACTION_DATE_NOT_VALID: { field: String },
  VISIT_ACTION_DUE_IN_PAST: { dueOn: String, today: String },
  VISIT_ACTION_NOT_OPEN: { sequence: Int, open: [Int] },
} satisfies Record<CommunicationsRefusalCode, object>);

/** Some of the refusals, for the result of a command that can give these. */
export function refusing<const Codes extends CommunicationsRefusalCode>(
  ...codes: readonly Codes[]
): { readonly [Code in Codes]: (typeof communicationsRefusals)[Code] } {
  return Object.fromEntries(codes.map((code) => [code, communicationsRefusals[code]])) as {
    readonly [Code in Codes]: (typeof communicationsRefusals)[Code];
  };
}
