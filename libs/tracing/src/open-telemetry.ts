import { randomUUID } from 'node:crypto';
import {
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  context,
  createTraceState,
  diag,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { OpenSpan, SpanFacts, SpanToMake, TraceHeaders, Tracer } from './span';

/** A collector that does not answer holds up the end of the process no longer than this. */
const exportMillis = 5_000;
const sendEveryMillis = 1_000;
const tellEveryMillis = 60_000;

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const;

const traceparentPattern = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Where a trace that came from outside goes on; no trace for what is none. */
function contextOf({ traceparent, tracestate }: TraceHeaders): Context {
  const [, traceId, spanId, flags] = traceparentPattern.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags!, 16),
    isRemote: true,
    ...(tracestate === undefined ? {} : { traceState: createTraceState(tracestate) }),
  });
}

function attributesOf(facts: SpanFacts = {}): Attributes {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value != null)) as Attributes;
}

function opened(span: Span): OpenSpan {
  return {
    traceId: span.spanContext().traceId,
    rename: (name) => void span.updateName(name),
    note: (facts) => void span.setAttributes(attributesOf(facts)),
    failed: (reason) => {
      span.setAttribute('error.type', reason);
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
  };
}

function reasonOf(error: unknown): string {
  const { code } = (error as { extensions?: { code?: unknown } } | null)?.extensions ?? {};
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}

function tracerOf(provider: TracerProvider): Tracer {
  const spans = provider.getTracer('anju');
  return {
    inSpan: ({ name, kind, parent, facts }: SpanToMake, work) => {
      const around =
        parent === undefined ? context.active() : parent === null ? ROOT_CONTEXT : contextOf(parent);
      const options = { kind: kinds[kind], attributes: attributesOf(facts) };
      return spans.startActiveSpan(name, options, around, async (span) => {
        const open = opened(span);
        try {
          return await work(open);
        } catch (error) {
          open.failed(reasonOf(error));
          throw error;
        } finally {
          span.end();
        }
      });
    },
    headers: () => {
      const span = trace.getActiveSpan()?.spanContext();
      if (!span) return {};
      const { traceId, spanId, traceFlags, traceState } = span;
      const state = traceState?.serialize();
      return {
        traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
        ...(state ? { tracestate: state } : {}),
      };
    },
  };
}

/**
 * OpenTelemetry's SDK, sending to a collector by OTLP over HTTP (JSON). Whether a trace is kept is decided where it
 * begins, and kept to from there on. Further `OTEL_EXPORTER_OTLP_…` variables, such as `OTEL_EXPORTER_OTLP_HEADERS`,
 * are read by the SDK itself.
 * @param name of the process
 * @param endpoint without the path of the signal
 */
export function openTelemetry(
  name: string,
  endpoint: string,
  lost: (reason: string) => void,
): { readonly tracer: Tracer; readonly close: () => Promise<void> } {
  let toldAt = -Infinity;
  const tell = (reason: string): void => {
    if (performance.now() - toldAt < tellEveryMillis) return;
    toldAt = performance.now();
    lost(reason.slice(0, 500));
  };
  const quiet = (): void => undefined;
  diag.setLogger(
    { error: tell, warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': name,
      'service.namespace': 'anju',
      'service.instance.id': randomUUID(),
    }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({
          url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
          timeoutMillis: exportMillis,
        }),
        scheduledDelayMillis: sendEveryMillis,
        exportTimeoutMillis: exportMillis,
      }),
    ],
  });
  // For what others measure on the way, such as Apollo's gateway.
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return {
    tracer: tracerOf(provider),
    close: async () => {
      await provider.shutdown().catch((error: unknown) => tell(String(error)));
      trace.disable();
      context.disable();
      diag.disable();
    },
  };
}
