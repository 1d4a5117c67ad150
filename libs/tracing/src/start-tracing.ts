import { setTracer } from './span';

export interface TracingOptions {
  /** Of the process, such as `complaints`. */
  readonly name: string;
  /** Of an OpenTelemetry collector that takes OTLP over HTTP, such as `http://127.0.0.1:4318`; null: no traces. */
  readonly endpoint: string | null;
  /** Told at most once a minute that spans could not be sent. */
  readonly lost: (reason: string) => void;
}

/** Traces of this process, while they are collected. */
export interface RunningTracing {
  /** Sends what is left, for as long as the collector takes it; nothing is traced from then on. */
  close(): Promise<void>;
}

const nothing: RunningTracing = { close: async () => undefined };

/** Begins to send spans to a collector. Without one, no part of OpenTelemetry is loaded for it. */
export function startTracing({ name, endpoint, lost }: TracingOptions): RunningTracing {
  if (endpoint === null) return nothing;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { openTelemetry } = require('./open-telemetry') as typeof import('./open-telemetry');
  const { tracer, close } = openTelemetry(name, endpoint, lost);
  setTracer(tracer);
  return {
    close: () => {
      setTracer(null);
      return close();
    },
  };
}
