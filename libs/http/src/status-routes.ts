import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultReport } from '@anju/access';
import type { Logger } from './logger';
import { HttpRefused } from './http-refused';
import { send, sendJson, sendRefusal } from './send';

export interface Readiness {
  readonly ready: boolean;
  /** Shown to whoever asks: states in words, no addresses, no error texts. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

export interface StatusOptions {
  /** Whose status it is, such as `gateway`. */
  readonly name: string;
  readonly readiness: () => Promise<Readiness>;
  /** How long readiness may take. */
  readonly readinessMillis: number;
  readonly metrics: MetricsText | null;
  readonly logger: Logger;
}

const statusPaths: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

/** Of an address that is only read. */
export function addressTakesGet(path: string): HttpRefused {
  return new HttpRefused('METHOD_NOT_ALLOWED', 'ADDRESS_TAKES_GET', {
    details: { path },
    headers: { allow: 'GET, HEAD' },
  });
}

/** What operators and orchestrators ask of a process: does it live, may it be sent requests, its figures. */
export class StatusRoutes {
  constructor(private readonly options: StatusOptions) {}

  /**
   * @param closing whether the process takes no more requests
   * @returns whether the path is one of these
   */
  async answer(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    closing: boolean,
  ): Promise<boolean> {
    const { metrics } = this.options;
    if (!statusPaths.has(path) || (path === '/metrics' && !metrics)) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendRefusal(request, response, 405, addressTakesGet(path));
    } else if (path === '/health') {
      sendJson(response, 200, { status: 'alive' });
    } else if (path === '/metrics' && metrics) {
      send(response, 200, metrics.contentType, await metrics.text());
    } else {
      const { ready, details } = closing ? this.told('closing') : await this.readiness();
      sendJson(response, ready ? 200 : 503, { ready, details });
    }
    return true;
  }

  private told(state: string): Readiness {
    return { ready: false, details: { [this.options.name]: state } };
  }

  private async readiness(): Promise<Readiness> {
    const { readiness, readinessMillis, logger } = this.options;
    let patience: NodeJS.Timeout | undefined;
    const tooSlow = new Promise<Readiness>((resolve) => {
      patience = setTimeout(() => resolve(this.told('no answer in time')), readinessMillis);
    });
    try {
      return await Promise.race([readiness(), tooSlow]);
    } catch (error) {
      logger.warn({ fault: faultReport(error) }, 'readiness cannot be told');
      return this.told('cannot be told');
    } finally {
      clearTimeout(patience);
    }
  }
}
