import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { KafkaMessage, Message } from 'kafkajs';
import { envelopeSchema, type EventEnvelope } from '@anju/events';
import { ForeignMessage, type Delivered } from '@anju/outbox';

/** Of a foreign message, for the operator to look at. */
const shownCharacters = 2_000;
/** JSON can write what PostgreSQL cannot keep: NUL, and halves of characters. */
const cannotBeKept = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** Where a message lies. */
export interface MessagePlace {
  readonly topic: string;
  readonly partition: number;
  /** Whose events the topic is for. */
  readonly context: string;
}

/** An event as Kafka keeps it: the aggregate is the key, so that order is kept among its events. */
export function messageOf(event: EventEnvelope): Message {
  return {
    key: event.subject,
    value: JSON.stringify(event),
    headers: {
      'content-type': 'application/cloudevents+json',
      ce_id: event.id,
      ce_type: event.type,
      ce_source: event.source,
      ...(event.traceparent ? { traceparent: event.traceparent } : {}),
    },
  };
}

/** The same for a message whenever it is read, and of no other. */
function idOfPlace({ topic, partition }: MessagePlace, offset: string): string {
  const hash = createHash('sha256').update(`${topic}/${partition}/${offset}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with a message, or the event in it. */
function read(message: KafkaMessage, context: string): EventEnvelope | string {
  if (!message.value) return 'it is empty';
  const content = parsed(message.value.toString('utf8'));
  if (content === undefined) return 'it is not JSON';
  const envelope = envelopeSchema.safeParse(content);
  if (!envelope.success) return `it is not an event: ${z.prettifyError(envelope.error)}`;
  const { source, subject } = envelope.data;
  if (source !== `anju.${context}`) return `its source is not anju.${context}, whose topic this is`;
  if (subject !== message.key?.toString('utf8')) return 'its key is not the subject of the event';
  if (cannotBeKept.test(JSON.stringify(content))) return 'it has a character that no database keeps';
  // As it came, not as the schema leaves it: an event is told from a forgery by all that is in it.
  return content as EventEnvelope;
}

/** The event in a message, or why it is none of ours. */
export function deliveredOf(message: KafkaMessage, place: MessagePlace): Delivered {
  const event = read(message, place.context);
  if (typeof event !== 'string') return event;
  const shown = (bytes: Buffer | null): string =>
    (bytes ?? Buffer.of()).toString('utf8', 0, shownCharacters).replaceAll('\u0000', '\ufffd');
  return new ForeignMessage(
    idOfPlace(place, message.offset),
    shown(message.key).slice(0, 200),
    { topic: place.topic, partition: place.partition, offset: message.offset, text: shown(message.value) },
    `${place.topic}[${place.partition}] at ${message.offset}: ${event}`,
  );
}
