import type { OperationTypeNode } from 'graphql';
import { faultReport, type FaultReport } from '@anju/access';
import type { IncomingFacts, Logger } from '@anju/http';
import { negotiateLocale, type Locale } from '@anju/labels';
import { rootCause } from './error-policy';
import type { RequestOutcome } from './metrics';

interface LoggedFault {
  readonly subgraph: string | undefined;
  readonly path: readonly (string | number)[] | undefined;
  readonly fault: FaultReport;
  times: number;
}

/** One request and its answer, as the log and the figures will know it. */
export class Exchange {
  private readonly begin = performance.now();
  private readonly codes = new Set<string>();
  private readonly faults = new Map<string, LoggedFault>();
  private hasData = false;
  private abandoned = false;
  private operation: { readonly name: string | null; readonly type: OperationTypeNode } | undefined;
  queryHash: string | undefined;
  /** The caller's trace, or the one that began here. */
  traceId: string | undefined;
  /** A service does not know an entity that another one refers to, or does not show it to the asker. */
  missesEntities = false;

  constructor(readonly facts: IncomingFacts) {
    this.traceId = facts.traceId;
  }

  /** The operation that is carried out; its name fits the schema's validation, so it is a plain word. */
  carriesOut(name: string | null, type: OperationTypeNode): void {
    this.operation = { name, type };
  }

  answered(codes: Iterable<string>, hasData: boolean): void {
    for (const code of codes) this.codes.add(code);
    this.hasData = hasData;
  }

  abandon(): void {
    this.abandoned = true;
  }

  /** Notes a fault; the same one in a hundred rows of a list is one entry. */
  fault(error: unknown, service?: string, path?: readonly (string | number)[]): void {
    const fault = faultReport(rootCause(error));
    const key = `${service} ${fault.type} ${fault.message} ${fault.stack}`;
    const known = this.faults.get(key);
    if (known) known.times += 1;
    else this.faults.set(key, { subgraph: service, path, fault, times: 1 });
  }

  /** In which language the request is answered; the services see the same. */
  get locale(): Locale {
    return negotiateLocale(this.facts.forward['accept-language']);
  }

  get operationName(): string | null {
    return this.operation?.name ?? null;
  }

  get operationType(): OperationTypeNode | undefined {
    return this.operation?.type;
  }

  get seconds(): number {
    return (performance.now() - this.begin) / 1_000;
  }

  get outcome(): RequestOutcome {
    if (this.abandoned) return 'abandoned';
    if (this.codes.has('INTERNAL_SERVER_ERROR')) return 'fault';
    if (this.codes.has('REQUEST_TIMEOUT')) return 'timeout';
    if (this.codes.has('UNAVAILABLE')) return 'unavailable';
    if (this.codes.size === 0) return 'ok';
    return this.hasData ? 'partial' : 'refused';
  }

  /** One line for the request, and before it one for each different fault. No values, no query, no names. */
  log(logger: Logger, status: number, bytes: number): void {
    const { requestId } = this.facts;
    const { traceId } = this;
    for (const fault of this.faults.values())
      logger.error({ requestId, traceId, ...fault }, 'a request met a fault');
    const fields = {
      requestId,
      traceId,
      operation: this.operation?.name?.slice(0, 100),
      operationType: this.operation?.type,
      queryHash: this.queryHash,
      outcome: this.outcome,
      codes: this.codes.size > 0 ? [...this.codes] : undefined,
      status,
      durationMs: Math.round(this.seconds * 10_000) / 10,
      bytes,
    };
    if (this.outcome === 'timeout' || this.outcome === 'unavailable') logger.warn(fields, 'request answered');
    else logger.info(fields, 'request answered');
  }
}
