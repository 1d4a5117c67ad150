import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTraceCollector, type CollectedSpan, type TraceCollector } from '@anju/testing';
import { inSpan, startTracing, traceHeaders, type RunningTracing } from '.';

const clients = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, tracestate: 'shop=1' };

describe('traces', () => {
  let collector: TraceCollector;
  let tracing: RunningTracing;

  beforeEach(async () => {
    collector = await startTraceCollector();
    tracing = startTracing({ name: 'complaints', endpoint: `${collector.endpoint}/`, lost: () => undefined });
  });

  afterEach(async () => {
    await tracing.close();
    await collector.close();
  });

  async function sent(): Promise<Map<string, CollectedSpan>> {
    await tracing.close();
    return new Map(collector.spans().map((span) => [span.name, span]));
  }

  it("go on with the caller's, keep to the order of calls, and tell the next one where they are", async () => {
    const passedOn = await inSpan({ name: 'request', kind: 'server', parent: clients }, () =>
      inSpan({ name: 'step', kind: 'internal', facts: { id: '7', nobody: null } }, async () =>
        traceHeaders(),
      ),
    );
    const spans = await sent();
    const [request, step] = [spans.get('request')!, spans.get('step')!];
    expect(request).toMatchObject({ traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16), kind: 2 });
    expect(step).toMatchObject({
      traceId: request.traceId,
      parentSpanId: request.spanId,
      facts: { id: '7' },
    });
    expect(passedOn).toEqual({ traceparent: `00-${step.traceId}-${step.spanId}-01`, tracestate: 'shop=1' });
    expect(step.process).toBe('complaints');
  });

  it('begin anew where the caller has none, or where nobody asked', async () => {
    await inSpan({ name: 'request', kind: 'server', parent: {} }, () =>
      inSpan({ name: 'deadline', kind: 'internal', parent: null }, async () => undefined),
    );
    const spans = await sent();
    expect([...spans.values()].map(({ parentSpanId }) => parentSpanId)).toEqual([undefined, undefined]);
    expect(spans.get('request')!.traceId).not.toBe(spans.get('deadline')!.traceId);
  });

  it('are kept by nobody where the caller decided so, and still lead on', async () => {
    const traceparent = clients.traceparent.replace(/01$/, '00');
    const passedOn = await inSpan(
      { name: 'request', kind: 'server', parent: { traceparent } },
      async () => traceHeaders().traceparent,
    );
    expect(passedOn).toMatch(/^00-a{32}-[0-9a-f]{16}-00$/);
    expect((await sent()).size).toBe(0);
  });

  it('name the fault of a failed step and keep what its message tells', async () => {
    const fault = new TypeError('the phone is 13800001111');
    const failing = inSpan({ name: 'step', kind: 'internal' }, () => Promise.reject(fault));
    await expect(failing).rejects.toBe(fault);
    const spans = await sent();
    expect(spans.get('step')!.facts).toEqual({ 'error.type': 'TypeError' });
    expect(JSON.stringify([...spans.values()])).not.toContain('13800001111');
  });

  it('end with the process although the collector is gone, and it is said once', async () => {
    await tracing.close();
    const closed = createServer();
    await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    const lost: string[] = [];
    const nowhere = startTracing({
      name: 'complaints',
      endpoint: `http://127.0.0.1:${port}`,
      lost: (reason) => lost.push(reason),
    });
    await inSpan({ name: 'request', kind: 'server', parent: null }, async () => undefined);
    await nowhere.close();
    expect(lost).toHaveLength(1);
  });

  it('cost nothing without a collector: OpenTelemetry’s SDK is not loaded', () => {
    const program = `
      const { startTracing, inSpan, traceHeaders } = require('./dist/libs/tracing/src');
      require('./dist/libs/runtime/src');
      const ended = startTracing({ name: 'x', endpoint: null, lost() {} });
      inSpan({ name: 'x', kind: 'server' }, async () => traceHeaders())
        .then(async (headers) => {
          await ended.close();
          // The figures' library brings the interfaces, which do nothing by themselves.
          const loaded = Object.keys(require.cache)
            .filter((file) => /@opentelemetry\\/(?!api\\/)/.test(file));
          process.stdout.write(JSON.stringify({ headers, loaded }));
        });`;
    const build = spawnSync(process.execPath, ['tools/build.mjs'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(build.status).toBe(0);
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ headers: {}, loaded: [] });
  });
});
