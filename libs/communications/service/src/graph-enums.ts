import {
  attemptOutcomes,
  customerVisitStatuses,
  deliveryStatuses,
  messageChannels,
  messagePurposes,
  messageStatuses,
  skipReasons,
  tellingChannels,
  templateStatuses,
  wordKinds,
  wordSubjects,
  type TemplateFieldKind,
} from '@anju/communications-rules';
import { graphEnum, wordsOf } from '@anju/subgraph';

export const MessageChannelEnum = graphEnum(
  'MessageChannel',
  'What the company sends messages by (COM-05).',
  messageChannels,
);
export const MessagePurposeEnum = graphEnum(
  'MessagePurpose',
  'What a message is for; consent is given or refused for each (COM-05).',
  messagePurposes,
);
export const TellingChannelEnum = graphEnum(
  'TellingChannel',
  'How a customer is told something.',
  tellingChannels,
);
export const WordKindEnum = graphEnum('WordKind', 'What kind of word to a customer it was.', wordKinds);
export const WordSubjectEnum = graphEnum('WordSubject', 'What a word was about.', wordSubjects);
export const TemplateStatusEnum = graphEnum(
  'TemplateStatus',
  'Whether messages are still made from it.',
  templateStatuses,
);
export const TemplateFieldKindEnum = graphEnum(
  'TemplateFieldKind',
  'OF_MESSAGE: filled once; OF_RECIPIENT: for each recipient, from what is on record of him.',
  wordsOf<TemplateFieldKind>({ OF_MESSAGE: true, OF_RECIPIENT: true }),
);
export const MessageStatusEnum = graphEnum(
  'MessageStatus',
  'How far a message has come (COM-05).',
  messageStatuses,
);
export const DeliveryStatusEnum = graphEnum(
  'DeliveryStatus',
  "What has become of a recipient's copy.",
  deliveryStatuses,
);
export const AttemptOutcomeEnum = graphEnum(
  'AttemptOutcome',
  'What came of an attempt; UNKNOWN: the carrier may have it or not.',
  attemptOutcomes,
);
export const SkipReasonEnum = graphEnum('SkipReason', 'Why a recipient gets nothing.', skipReasons);
export const CustomerVisitStatusEnum = graphEnum(
  'CustomerVisitStatus',
  'Whether everything suggested at a visit (访谈) has its result.',
  customerVisitStatuses,
);
