import { Counter, Histogram, type Registry } from 'prom-client';

/** What is counted of a request for a file, or with one; see `AnsweredFileRequest` of the files. */
export interface CountedFileRequest {
  /** Null where no service has files. */
  readonly service: string | null;
  readonly method: string;
  readonly outcome: string;
  readonly seconds: number;
  readonly receivedBytes: number;
  readonly bytes: number;
}

/** Clients send what they like as a method. */
const methods = new Set(['GET', 'HEAD', 'POST']);
/** An upload may take ten minutes. */
const buckets = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 600];

/** The figures of the addresses of files that a process answers: the gateway's, and a service's that runs alone. */
export class FileFigures {
  private readonly requests;
  private readonly seconds;
  private readonly bytes;

  constructor(registry: Registry) {
    const registers = [registry];
    this.requests = new Counter({
      name: 'anju_file_requests_total',
      help: 'Answered requests for files and with files, by outcome: ok, refused, fault, unavailable, abandoned.',
      labelNames: ['service', 'method', 'outcome'] as const,
      registers,
    });
    this.seconds = new Histogram({
      name: 'anju_file_request_duration_seconds',
      help: 'From the arrived headers of a request for a file, or with one, to the end of the answer.',
      labelNames: ['service', 'method'] as const,
      buckets,
      registers,
    });
    this.bytes = new Counter({
      name: 'anju_file_bytes_total',
      help: 'Bytes of files that came in and went out whole, as their requests and answers announced them.',
      labelNames: ['service', 'direction'] as const,
      registers,
    });
  }

  answered(request: CountedFileRequest): void {
    const service = request.service ?? 'none';
    const method = methods.has(request.method) ? request.method : 'other';
    const { outcome } = request;
    this.requests.inc({ service, method, outcome });
    this.seconds.observe({ service, method }, request.seconds);
    if (outcome !== 'ok') return;
    if (method === 'POST') this.bytes.inc({ service, direction: 'in' }, request.receivedBytes);
    if (method === 'GET') this.bytes.inc({ service, direction: 'out' }, request.bytes);
  }
}
