import type { Text } from './define-labels';

/** Ways in which customers reach the company; several enums of the contexts contain them. */
export const contactChannels = {
  PHONE: ['来电', 'Phone'],
  VISIT: ['来访', 'Visit'],
  LETTER: ['来信', 'Letter'],
  EMAIL: ['电子邮件', 'E-mail'],
  WEB: ['网站', 'Web'],
  WECHAT: ['微信', 'WeChat'],
  QQ_GROUP: ['QQ群', 'QQ group'],
  LETTER_BOX: ['意见箱', 'Letter box'],
  PATROL: ['巡查', 'Patrol'],
} as const satisfies Record<string, Text>;
