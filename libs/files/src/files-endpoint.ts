import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultReport } from '@anju/access';
import { Fault } from '@anju/commands';
import {
  ClientGone,
  HttpRefused,
  authenticationRefused,
  incomingFacts,
  localeOf,
  maskedMessage,
  publicExtensions,
  sendJson,
  splitAddress,
  type Logger,
} from '@anju/http';
import { message, type Locale } from '@anju/labels';
import { fileRefusalStatuses } from './file-refusals';
import { StoreAway } from './file-store';

/** Below it, by the name of the service that they belong to, are the addresses of files. */
export const filesPath = '/files/';

/** A request for a file, or with one. */
export interface FilesExchange<Principal> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly principal: Principal;
  /** What comes in the address after the service's name and a slash; empty for the service itself. */
  readonly rest: string;
  readonly search: URLSearchParams;
  /** As `IncomingFacts.forward`. */
  readonly forward: Readonly<Record<string, string>>;
}

/**
 * Answers a request, in this process or by sending it on.
 * @throws HttpRefused, Fault, ClientGone; anything else is a fault
 */
export type FilesHandler<Principal> = (exchange: FilesExchange<Principal>) => Promise<void>;

export type FileRequestOutcome = 'ok' | 'refused' | 'fault' | 'unavailable' | 'abandoned';

/** A request for a file, or with one, and its answer: for the log and the figures. No name and no id of a file. */
export interface AnsweredFileRequest {
  readonly requestId: string;
  readonly traceId: string | undefined;
  /** Whose files; null where no service has files there. */
  readonly service: string | null;
  readonly method: string;
  readonly outcome: FileRequestOutcome;
  /** Why it was refused, where this process knows; a service behind it may have said so only to the client. */
  readonly code: string | undefined;
  /** 499 where nobody was left to answer. */
  readonly status: number;
  readonly seconds: number;
  /** Of the request's body and of the answer's, as their headers announce them. */
  readonly receivedBytes: number;
  readonly bytes: number;
}

export interface FilesEndpointOptions<Principal> {
  /** Undefined for a service that keeps no files. */
  readonly handlerOf: (service: string) => FilesHandler<Principal> | undefined;
  readonly authenticate: (
    authorization: string | undefined,
    request: IncomingMessage,
  ) => Promise<Principal | null>;
  readonly logger: Logger;
  /** Told of every answer, when it has gone out. */
  readonly observe?: (answered: AnsweredFileRequest) => void;
}

const statuses: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  UNAVAILABLE: 503,
  ...fileRefusalStatuses,
};

/** A client that is cut off in the middle of sending does not see the answer: so much more is read and thrown away. */
const readOnBytes = 67_108_864;
const readOnMillis = 10_000;

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The addresses of files: whose request it is, which service's it is, and what is answered when it fails. */
export class FilesEndpoint<Principal> {
  constructor(private readonly options: FilesEndpointOptions<Principal>) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const begin = performance.now();
    const { requestId, traceId, forward } = incomingFacts(request.headers);
    response.setHeader('x-request-id', requestId);
    response.setHeader('cache-control', 'no-store');
    const told = await this.settle(request, response, requestId, forward);
    const { observe } = this.options;
    if (!observe) return;
    observe({
      ...{ requestId, traceId, ...told },
      service: this.serviceOf(request),
      method: request.method ?? '',
      seconds: (performance.now() - begin) / 1_000,
      receivedBytes: announced(request.headers['content-length']),
      bytes: announced(response.getHeader('content-length')),
    });
  }

  /** @returns what was answered, and why */
  private async settle(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    forward: Readonly<Record<string, string>>,
  ): Promise<Pick<AnsweredFileRequest, 'status' | 'outcome' | 'code'>> {
    try {
      await this.answer(request, response, forward);
      const { statusCode: status } = response;
      return { status, outcome: outcomeOf(status), code: undefined };
    } catch (error) {
      if (error instanceof ClientGone || response.headersSent) {
        // Nobody to tell, or what is told is no longer whole: that shows by its end.
        const isGone = error instanceof ClientGone;
        if (!isGone) this.log(error, requestId);
        response.destroy();
        return isGone
          ? { status: 499, outcome: 'abandoned', code: undefined }
          : { status: 500, outcome: 'fault', code: undefined };
      }
      const refusal = this.refusalOf(error, localeOf(request), requestId);
      await this.refuse(request, response, refusal);
      const { status, extensions } = refusal;
      return { status, outcome: outcomeOf(status), code: String(extensions['code']) };
    }
  }

  /** Clients choose addresses: a service without files has no name here. */
  private serviceOf(request: IncomingMessage): string | null {
    const [path] = splitAddress(request);
    const service = path.slice(filesPath.length).split('/')[0] ?? '';
    return this.options.handlerOf(service) ? service : null;
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    forward: Readonly<Record<string, string>>,
  ): Promise<void> {
    const [path, search] = splitAddress(request);
    const [service = '', ...rest] = path.slice(filesPath.length).split('/');
    const principal = await this.options.authenticate(request.headers.authorization, request);
    if (principal === null) throw new HttpRefused('UNAUTHENTICATED', 'TOKEN_MISSING');
    const handler = this.options.handlerOf(service);
    if (!handler) throw new HttpRefused('NOT_FOUND', 'FILES_UNKNOWN');
    await handler({
      ...{ request, response, principal, forward },
      rest: rest.join('/'),
      search: new URLSearchParams(search),
    });
  }

  private refusalOf(error: unknown, locale: Locale, requestId: string): Refusal {
    const refused = authenticationRefused(error);
    if (refused instanceof HttpRefused) {
      const { code, extensions, headers } = refused;
      return { status: statuses[code] ?? 400, message: refused.sentence(locale), extensions, headers };
    }
    if (error instanceof Fault) {
      const { code } = error;
      return {
        status: statuses[code] ?? 400,
        message: message(code, error.extensions, locale),
        extensions: publicExtensions(error.extensions),
      };
    }
    this.log(error, requestId);
    if (error instanceof StoreAway) {
      return {
        status: 503,
        message: message('UNAVAILABLE', {}, locale),
        extensions: { code: 'UNAVAILABLE' },
        headers: { 'retry-after': '5' },
      };
    }
    return {
      status: 500,
      message: maskedMessage(locale),
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    };
  }

  private log(error: unknown, requestId: string): void {
    this.options.logger.error({ requestId, fault: faultReport(error) }, 'a request for a file met a fault');
  }

  private async refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): Promise<void> {
    const { status, message: text, extensions, headers = {} } = refusal;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!request.complete && !(await isReadToItsEnd(request))) response.setHeader('connection', 'close');
    sendJson(response, status, { errors: [{ message: text, extensions }] });
  }
}

function outcomeOf(status: number): FileRequestOutcome {
  if (status < 400) return 'ok';
  if (status === 503) return 'unavailable';
  return status >= 500 ? 'fault' : 'refused';
}

/** The size of a body as its headers tell it; 0 where they do not. */
function announced(contentLength: number | string | string[] | undefined): number {
  const bytes = Number(contentLength ?? 0);
  return Number.isSafeInteger(bytes) ? bytes : 0;
}

/** Reads and throws away what is still coming, for a while. */
function isReadToItsEnd(request: IncomingMessage): Promise<boolean> {
  if (request.readableEnded || request.destroyed) return Promise.resolve(request.complete);
  if (Number(request.headers['content-length'] ?? 0) > readOnBytes) return Promise.resolve(false);
  return new Promise((resolve) => {
    let bytes = 0;
    const end = (whole: boolean): void => {
      clearTimeout(patience);
      request.off('data', count);
      request.pause();
      resolve(whole);
    };
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > readOnBytes) end(false);
    };
    const patience = setTimeout(() => end(false), readOnMillis);
    request.on('data', count);
    request.once('end', () => end(true));
    request.once('close', () => end(request.complete));
    request.resume();
  });
}
