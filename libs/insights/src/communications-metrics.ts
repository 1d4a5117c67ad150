import type { MetricDefinition, MetricDimension } from './metric';

const channel: MetricDimension = { id: 'channel', sql: 'f.channel' };
const purpose: MetricDimension = { id: 'purpose', sql: 'f.purpose' };

const copies = {
  unit: 'COUNT',
  owner: 'communications',
  facts: 'fact_message_copy',
  day: 'f.finished_at',
  numerator: 'count(*)',
} as const;

/** Words to customers, messages and what became of each copy, visits. */
export const communicationsMetrics = [
  {
    id: 'customer_words',
    definition: ['告知客户的次数，按告知时间计', 'Words to customers, counted when they were said'],
    unit: 'COUNT',
    owner: 'communications',
    facts: 'fact_customer_word',
    day: 'f.said_at',
    numerator: 'count(*)',
    dimensions: [{ id: 'kind', sql: 'f.kind' }, channel, { id: 'subject', sql: 'f.subject' }],
    rules: ['COM-02'],
  },
  {
    id: 'messages_sent',
    definition: ['群发完毕的消息数', 'Messages of which every recipient has an outcome'],
    unit: 'COUNT',
    owner: 'communications',
    facts: 'fact_message',
    day: 'f.sent_at',
    numerator: 'count(*)',
    dimensions: [channel, purpose],
    rules: ['COM-05'],
  },
  {
    id: 'message_copies_delivered',
    definition: ['送出的消息份数', 'Copies of messages that the carrier took'],
    ...copies,
    where: "f.outcome = 'DELIVERED'",
    dimensions: [channel, purpose],
    rules: ['COM-05'],
  },
  {
    id: 'message_copies_failed',
    definition: ['送不出的消息份数', 'Copies of messages that were refused for good'],
    ...copies,
    where: "f.outcome = 'FAILED'",
    dimensions: [channel, purpose],
    rules: ['COM-05'],
  },
  {
    id: 'message_copies_skipped',
    definition: ['不予发送的消息份数', 'Copies of messages that were not to be sent'],
    ...copies,
    where: "f.outcome = 'SKIPPED'",
    dimensions: [channel, purpose, { id: 'reason', sql: "coalesce(f.skip_reason, 'UNKNOWN')" }],
    rules: ['COM-05'],
  },
  {
    id: 'customer_visits',
    definition: ['拜访客户次数，按拜访时间计', 'Visits to customers, counted when they were made'],
    unit: 'COUNT',
    owner: 'communications',
    facts: 'fact_visit',
    day: 'f.visited_at',
    numerator: 'count(*)',
    dimensions: [{ id: 'depth', sql: "case when f.in_depth then 'IN_DEPTH' else 'ORDINARY' end" }],
    rules: ['COM-02'],
  },
] as const satisfies readonly MetricDefinition[];
