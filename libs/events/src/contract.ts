import { z } from 'zod';

/** A published event type: its name with version, the context that owns it, and the shape of its data. */
export interface EventContract<Data extends z.ZodObject = z.ZodObject> {
  /** Such as `complaint-received.v1`. A breaking change is a new version, never a changed one. */
  readonly type: string;
  readonly context: string;
  readonly description: string;
  readonly data: Data;
}

/** The data of an event, as producers give it and consumers receive it. */
export type EventData<Contract extends EventContract> = z.infer<Contract['data']>;

/** CloudEvents 1.0 attributes, with who caused it and where, around the data. */
export const envelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string().regex(/^anju\.[a-z]+$/),
  type: z.string().regex(/^[a-z]+(-[a-z]+)*\.v\d+$/),
  subject: z.string().min(1),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json'),
  actor: z.string().min(1),
  project: z.string().nullable(),
  traceparent: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});

/** An event on the wire. `subject` is the aggregate's id and the key that order is kept by. */
export type EventEnvelope = z.infer<typeof envelopeSchema>;

/** Declares an event. @throws if the name is not a past-tense kebab-case name with a version */
export function defineEvent<Data extends z.ZodObject>(contract: EventContract<Data>): EventContract<Data> {
  if (!/^[a-z]+(-[a-z]+)*\.v\d+$/.test(contract.type)) throw new Error(`not an event name: ${contract.type}`);
  return contract;
}

/** First part of every topic's name, unless an installation shares its Kafka with another one. */
export const topicPrefix = 'anju';

/** The topic that all events of a context go to; version 1 of the topic layout. */
export function topicOf(context: string, prefix = topicPrefix): string {
  return `${prefix}.${context}.v1`;
}
