import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { BoundedNames, FileFigures, addProcessFigures, type ServiceFigures } from '@anju/metrics';

export type FetchOutcome = 'ok' | 'errors' | 'fault' | 'timeout' | 'unavailable' | 'abandoned';
export type RequestOutcome = 'ok' | 'partial' | 'refused' | 'fault' | 'timeout' | 'unavailable' | 'abandoned';

/** Clients choose operation names: after this many different ones the rest are counted together. */
const mostOperationNames = 200;

/** The gateway's figures. */
export class GatewayMetrics {
  private readonly registry = this.services?.registry ?? new Registry();
  private readonly operationNames = new BoundedNames(mostOperationNames);
  /** Of requests for files, which go past the graph. */
  readonly files = new FileFigures(this.registry);

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

  /** @param services where there are some in this process: their figures are shown with the gateway's */
  constructor(private readonly services?: ServiceFigures) {
    addProcessFigures(this.registry);
  }

  /** The content type of `text()`. */
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  text(): Promise<string> {
    return this.services ? this.services.text() : this.registry.metrics();
  }

  requestBegun(): void {
    this.open.inc();
  }

  /** @param operation null for an operation without a name, or one that did not come to be carried out */
  requestEnded(operation: string | null, outcome: RequestOutcome, seconds: number): void {
    const label = this.operationNames.labelOf(operation);
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
}
