import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const requestIdPattern = /^[\w.:-]{8,128}$/;
/** W3C Trace Context, level 1. */
const traceparentPattern = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const tracestatePattern = /^[\x20-\x7e]{1,512}$/;

/** Of what a client may send, only these reach a service, and nothing longer than a service would read. */
const forwarded = { authorization: 16_384, 'accept-language': 256, 'idempotency-key': 256 } as const;

export interface IncomingFacts {
  readonly requestId: string;
  /** The trace that the request belongs to, if the caller has one. */
  readonly traceId: string | undefined;
  /** What goes on to a service, lower case: its id, and what the caller sent of the headers that a service reads. */
  readonly forward: Readonly<Record<string, string>>;
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The request's identity: its own id if it brings one that is fit for a log, else a new one. */
export function incomingFacts(headers: IncomingHttpHeaders): IncomingFacts {
  const given = single(headers['x-request-id']);
  const requestId = given !== undefined && requestIdPattern.test(given) ? given : randomUUID();
  const forward: Record<string, string> = { 'x-request-id': requestId };
  const traceparent = single(headers['traceparent']);
  const traceId = traceparentPattern.exec(traceparent ?? '')?.[1];
  if (traceparent !== undefined && traceId !== undefined) {
    forward['traceparent'] = traceparent;
    const tracestate = single(headers['tracestate']);
    if (tracestate !== undefined && tracestatePattern.test(tracestate)) forward['tracestate'] = tracestate;
  }
  for (const [name, longest] of Object.entries(forwarded)) {
    const value = single(headers[name]);
    if (value !== undefined && value !== '' && value.length <= longest) forward[name] = value;
  }
  return { requestId, traceId, forward };
}
