import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type FetchOutcome = 'ok' | 'errors' | 'fault' | 'timeout' | 'unavailable' | 'abandoned';
export type RequestOutcome = 'ok' | 'partial' | 'refused' | 'fault' | 'timeout' | 'unavailable' | 'abandoned';

/** Clients choose operation names: after this many different ones the rest are counted together. */
const mostOperationNames = 200;

/** The gateway's figures, in a registry of its own. */
export class GatewayMetrics {
  private readonly registry = new Registry();
  private readonly operationNames = new Set<string>();

  private readonly requests = new Counter({
    name: 'anju_gateway_requests_total',
    help: 'Answered GraphQL requests by operation name and outcome.',
    labelNames: ['operation', 'outcome'] as const,
    registers: [this.registry],
  });
  private readonly requestSeconds = new Histogram({
    name: 'anju_gateway_request_duration_seconds',
    help: 'From the arrived headers to the end of the answer.',
    labelNames: ['operation'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });
  private readonly fetchSeconds = new Histogram({
    name: 'anju_gateway_subgraph_fetch_duration_seconds',
    help: 'One operation on one service.',
    labelNames: ['service', 'outcome'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });
  private readonly supergraphLoads = new Counter({
    name: 'anju_gateway_supergraph_loads_total',
    help: 'How often the supergraph was read and taken, or refused.',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });
  private readonly open = new Gauge({
    name: 'anju_gateway_requests_open',
    help: 'GraphQL requests that are being answered.',
    registers: [this.registry],
  });

  constructor() {
    this.processFigures();
  }

  /** The content type of `text()`. */
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  text(): Promise<string> {
    return this.registry.metrics();
  }

  requestBegun(): void {
    this.open.inc();
  }

  /** @param operation null for an operation without a name, or one that did not come to be carried out */
  requestEnded(operation: string | null, outcome: RequestOutcome, seconds: number): void {
    const label = this.operationLabel(operation);
    this.open.dec();
    this.requests.inc({ operation: label, outcome });
    this.requestSeconds.observe({ operation: label }, seconds);
  }

  fetched(service: string, seconds: number, outcome: FetchOutcome): void {
    this.fetchSeconds.observe({ service, outcome }, seconds);
  }

  supergraphLoaded(outcome: 'taken' | 'refused'): void {
    this.supergraphLoads.inc({ outcome });
  }

  private operationLabel(name: string | null): string {
    if (name === null) return 'unnamed';
    if (this.operationNames.size < mostOperationNames) this.operationNames.add(name);
    return this.operationNames.has(name) ? name : 'other';
  }

  /** Read when somebody asks; nothing runs in between. */
  private processFigures(): void {
    const figure = (name: string, help: string, read: () => number): void => {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read());
        },
      });
    };
    const cpu = (): number => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000_000;
    };
    const started = Math.round(Date.now() / 1_000 - process.uptime());
    let last = performance.eventLoopUtilization();
    figure('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
    figure('process_cpu_seconds_total', 'User and system time.', cpu);
    figure('process_start_time_seconds', 'Start of the process, seconds since 1970.', () => started);
    figure('nodejs_eventloop_utilization', 'Share of the time since the last look that was not idle.', () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization;
    });
  }
}
