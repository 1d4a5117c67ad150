/** W3C Trace Context as headers. */
export interface TraceHeaders {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/** Of a span: names and ids only, never what somebody has entered. */
export type SpanFacts = Readonly<Record<string, string | number | null | undefined>>;

export interface SpanToMake {
  readonly name: string;
  /** Whether it answers, asks, takes in an event, or is a step in between. */
  readonly kind: 'server' | 'client' | 'consumer' | 'internal';
  /** Which trace it goes on with: the one around it unless told; null begins a new one. */
  readonly parent?: TraceHeaders | null;
  readonly facts?: SpanFacts;
}

/** A span that is being measured. */
export interface OpenSpan {
  /** Null where nothing is traced. */
  readonly traceId: string | null;
  rename(name: string): void;
  note(facts: SpanFacts): void;
  /** @param reason a code or the name of an error; not its message, which may tell of people */
  failed(reason: string): void;
}

/** Makes spans; none is loaded unless somebody collects them. */
export interface Tracer {
  inSpan<Result>(make: SpanToMake, work: (span: OpenSpan) => Promise<Result>): Promise<Result>;
  /** Of the span around. */
  headers(): TraceHeaders;
}

const noSpan: OpenSpan = {
  traceId: null,
  rename: () => undefined,
  note: () => undefined,
  failed: () => undefined,
};
const noHeaders: TraceHeaders = {};

let tracer: Tracer | null = null;

/** @param made null: spans cost nothing from now on */
export function setTracer(made: Tracer | null): void {
  tracer = made;
}

/** Does the work inside a span, which ends with it; what the work throws is noted by name and thrown on. */
export function inSpan<Result>(make: SpanToMake, work: (span: OpenSpan) => Promise<Result>): Promise<Result> {
  return tracer ? tracer.inSpan(make, work) : work(noSpan);
}

/** What tells somebody else which trace the work at hand belongs to; empty where nothing is traced. */
export function traceHeaders(): TraceHeaders {
  return tracer ? tracer.headers() : noHeaders;
}
