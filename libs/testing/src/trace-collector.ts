import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const attributesSchema = z.array(
  z.object({
    key: z.string(),
    value: z.object({ stringValue: z.string().optional(), intValue: z.coerce.string().optional() }),
  }),
);

/** What is read of an export by OTLP. */
const exportSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              kind: z.number(),
              attributes: attributesSchema.default([]),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** A span as it was received. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** As OTLP numbers them: 1 internal, 2 server, 3 client, 5 consumer. */
  readonly kind: number;
  /** The name of the process that sent it. */
  readonly process: string;
  readonly facts: Readonly<Record<string, string>>;
}

export interface TraceCollector {
  readonly endpoint: string;
  /** Every span so far. */
  spans(): readonly CollectedSpan[];
  close(): Promise<void>;
}

function factsOf(attributes: z.infer<typeof attributesSchema>): Record<string, string> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? '']),
  );
}

function spansIn(text: string): CollectedSpan[] {
  return exportSchema.parse(JSON.parse(text)).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map(({ attributes, parentSpanId, ...span }) => ({
        ...span,
        parentSpanId: parentSpanId || undefined,
        process: factsOf(resource.attributes)['service.name'] ?? '',
        facts: factsOf(attributes),
      })),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Takes traces by OTLP over HTTP, as a collector does. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const collected: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const isExport = request.method === 'POST' && request.url === '/v1/traces';
      if (isExport) collected.push(...spansIn(await bodyOf(request)));
      response.writeHead(isExport ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => [...collected],
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
