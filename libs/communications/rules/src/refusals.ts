import {
  isBlank,
  refusalCodes,
  refuse,
  type LocalDate,
  type RefusalOf,
  type Refused,
  type StatusRefusalData,
} from '@anju/kernel';
import type { MessageChannel, MessagePurpose } from './channels';

/** Why a communications command is not carried out: each code with what its message needs. */
export type CommunicationsRefusals = {
  TEMPLATE_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  MESSAGE_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  DELIVERY_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  /** A text that the rule asks for is blank. */
  COMMUNICATION_TEXT_MISSING: { readonly field: string };
  COMMUNICATION_IN_FUTURE: { readonly givenAt: Date; readonly now: Date };

  /** A brace that opens or closes nothing; `position` counts characters from 1. */
  TEMPLATE_NOT_READABLE: { readonly position: number };
  TEMPLATE_FIELD_UNKNOWN: { readonly fields: readonly string[]; readonly known: readonly string[] };
  TEMPLATE_TOO_LONG: { readonly length: number; readonly longest: number; readonly channel: MessageChannel };
  TEMPLATE_UNCHANGED: { readonly version: number };
  TEMPLATE_RETIRED: { readonly templateId: string };
  TEMPLATE_OF_ANOTHER_PROJECT: { readonly templateId: string };

  MESSAGE_VALUE_MISSING: { readonly fields: readonly string[] };
  MESSAGE_VALUE_UNKNOWN: { readonly fields: readonly string[]; readonly known: readonly string[] };
  MESSAGE_VALUE_TOO_LONG: { readonly fields: readonly string[]; readonly longest: number };
  MESSAGE_TOO_LONG: { readonly length: number; readonly longest: number; readonly channel: MessageChannel };
  AUDIENCE_EMPTY: { readonly messageId: string };
  AUDIENCE_TOO_LARGE: { readonly size: number; readonly largest: number };
  AUDIENCE_NOT_SET: { readonly messageId: string };
  APPROVER_NOT_ENTITLED: { readonly requiredRole: string; readonly roles: readonly string[] };
  APPROVES_OWN_MESSAGE: { readonly authorIds: readonly string[] };
  /** The text or the audience changed after the approver had looked. */
  MESSAGE_CHANGED_SINCE_SEEN: { readonly seenRevision: number; readonly revision: number };
  DELIVERIES_NOT_FINISHED: { readonly open: number; readonly audience: number };

  MESSAGE_ADDRESS_NOT_VALID: { readonly channel: MessageChannel };
  CONSENT_UNCHANGED: {
    readonly channel: MessageChannel;
    readonly purpose: MessagePurpose;
    readonly granted: boolean;
  };
  /** Never an answer to a user: the attempt has an outcome already, or never was. */
  DELIVERY_ATTEMPT_NOT_RUNNING: { readonly attempt: number };

  VISIT_SUGGESTION_UNKNOWN: { readonly sequence: number; readonly known: readonly number[] };
  VISIT_ACTION_ALREADY_PLANNED: { readonly sequence: number; readonly ownerId: string };
  VISIT_ACTION_DATE_NOT_VALID: { readonly field: string };
  VISIT_ACTION_DUE_IN_PAST: { readonly dueOn: LocalDate; readonly today: LocalDate };
  VISIT_ACTION_NOT_OPEN: { readonly sequence: number; readonly open: readonly number[] };
};

export type CommunicationsRefusalCode = keyof CommunicationsRefusals;

/** The refusal of one code, or of any of several. */
export type CommunicationsRefusal<Code extends CommunicationsRefusalCode = CommunicationsRefusalCode> =
  RefusalOf<CommunicationsRefusals, Code>;

/** Every refusal code of the communications context, for the error list and the labels. */
export const communicationsRefusalCodes = refusalCodes<CommunicationsRefusalCode>({
  TEMPLATE_NOT_IN_REQUIRED_STATUS: true,
  MESSAGE_NOT_IN_REQUIRED_STATUS: true,
  DELIVERY_NOT_IN_REQUIRED_STATUS: true,
  CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS: true,
  COMMUNICATION_TEXT_MISSING: true,
  COMMUNICATION_IN_FUTURE: true,
  TEMPLATE_NOT_READABLE: true,
  TEMPLATE_FIELD_UNKNOWN: true,
  TEMPLATE_TOO_LONG: true,
  TEMPLATE_UNCHANGED: true,
  TEMPLATE_RETIRED: true,
  TEMPLATE_OF_ANOTHER_PROJECT: true,
  MESSAGE_VALUE_MISSING: true,
  MESSAGE_VALUE_UNKNOWN: true,
  MESSAGE_VALUE_TOO_LONG: true,
  MESSAGE_TOO_LONG: true,
  AUDIENCE_EMPTY: true,
  AUDIENCE_TOO_LARGE: true,
  AUDIENCE_NOT_SET: true,
  APPROVER_NOT_ENTITLED: true,
  APPROVES_OWN_MESSAGE: true,
  MESSAGE_CHANGED_SINCE_SEEN: true,
  DELIVERIES_NOT_FINISHED: true,
  MESSAGE_ADDRESS_NOT_VALID: true,
  CONSENT_UNCHANGED: true,
  DELIVERY_ATTEMPT_NOT_RUNNING: true,
  VISIT_SUGGESTION_UNKNOWN: true,
  VISIT_ACTION_ALREADY_PLANNED: true,
  VISIT_ACTION_DATE_NOT_VALID: true,
  VISIT_ACTION_DUE_IN_PAST: true,
  VISIT_ACTION_NOT_OPEN: true,
});

/** The refusal of a blank text, or null where something is written. */
export function missingText(
  field: string,
  text: string | null | undefined,
): Refused<CommunicationsRefusal<'COMMUNICATION_TEXT_MISSING'>> | null {
  return isBlank(text) ? refuse('COMMUNICATION_TEXT_MISSING', { field }) : null;
}
