/** What the company sends messages by (COM-05). */
export const messageChannels = ['SMS', 'WECHAT', 'EMAIL'] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** What a message is for; consent is given or refused for each (COM-05). */
export const messagePurposes = [
  'SERVICE_NOTICE',
  'CASE_REPLY',
  'CONTRACT_NOTICE',
  'FEE_REMINDER',
  'SURVEY',
  'INVITATION',
  'MARKETING',
] as const;
export type MessagePurpose = (typeof messagePurposes)[number];

/** How a customer is told something, by message or otherwise. */
export const tellingChannels = [
  'PHONE',
  'IN_PERSON',
  'LETTER',
  'EMAIL',
  'WEB',
  'WECHAT',
  'QQ_GROUP',
  'SMS',
  'NOTICE',
] as const;
export type TellingChannel = (typeof tellingChannels)[number];
