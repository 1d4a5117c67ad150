import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { ClientGone, HttpRefused, authenticationRefused, incomingFacts, maskedMessage } from '@anju/http';
import { inSpan } from '@anju/tracing';
import { statusWithoutData } from './answer-plugin';
import type { Apollo, ApolloRequest } from './apollo';
import { RequestRefused } from './error-codes';
import { inWords, isClientGone } from './error-policy';
import { Exchange } from './exchange';
import type { GatewayLimits, GatewayOptions } from './gateway-options';
import { answerTypeFor } from './media-type';
import type { AnswerType } from './media-type';
import type { GatewayMetrics } from './metrics';
import { QueryGate } from './query-gate';
import { readGet, readPost } from './read-request';
import type { GraphqlRequest } from './read-request';
import { TimeIsOver } from './subgraph-fetch';

/** For an answer that is being put together when the time is over. */
const graceMillis = 1_000;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function errorBody(message: string, extensions: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ errors: [{ message, extensions }] })}\n`;
}

/** Answers GraphQL requests over HTTP: reads, refuses what goes too far, and has Apollo carry out the rest. */
export class GraphqlEndpoint<Principal> {
  private readonly gate: QueryGate;

  constructor(
    private readonly apollo: Apollo<Principal>,
    private readonly options: Pick<GatewayOptions<Principal>, 'authenticate' | 'logger'>,
    private readonly limits: GatewayLimits,
    private readonly metrics: GatewayMetrics,
  ) {
    this.gate = new QueryGate(limits);
  }

  /** @param search the address's parameters, without the question mark */
  async handle(request: IncomingMessage, response: ServerResponse, search: string): Promise<void> {
    const exchange = new Exchange(incomingFacts(request.headers));
    const facts = { 'anju.request.id': exchange.facts.requestId };
    await inSpan({ name: 'graphql', kind: 'server', parent: exchange.facts.forward, facts }, async (span) => {
      exchange.traceId = span.traceId ?? exchange.traceId;
      await this.respond(request, response, search, exchange);
      const { operationName, operationType, outcome } = exchange;
      if (operationType) span.rename(`${operationType} ${operationName ?? ''}`.trim().slice(0, 100));
      span.note({ 'anju.outcome': outcome, 'http.response.status_code': response.statusCode });
      if (outcome === 'fault' || outcome === 'timeout' || outcome === 'unavailable') span.failed(outcome);
    });
  }

  private async respond(
    request: IncomingMessage,
    response: ServerResponse,
    search: string,
    exchange: Exchange,
  ): Promise<void> {
    response.setHeader('x-request-id', exchange.facts.requestId);
    const stop = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) stop.abort(new ClientGone());
    });
    const answerType = answerTypeFor(request.headers.accept);
    this.metrics.requestBegun();
    let answer: Answer | null;
    try {
      answer = await this.answer(request, search, answerType, exchange, stop);
    } catch (error) {
      answer = this.failure(error, answerType ?? 'application/json', exchange);
    }
    const body = answer && Buffer.from(answer.body);
    if (answer && body) {
      response.writeHead(answer.status, {
        'cache-control': 'no-store',
        ...answer.headers,
        'content-length': body.length,
      });
      response.end(body);
    } else {
      response.destroy();
    }
    this.metrics.requestEnded(exchange.operationName, exchange.outcome, exchange.seconds);
    exchange.log(this.options.logger, answer?.status ?? 499, body?.length ?? 0);
  }

  private async answer(
    request: IncomingMessage,
    search: string,
    answerType: AnswerType | null,
    exchange: Exchange,
    stop: AbortController,
  ): Promise<Answer> {
    const method = request.method ?? '';
    if (method !== 'POST' && method !== 'GET') {
      throw new RequestRefused('METHOD_NOT_ALLOWED', 'GRAPH_TAKES_POST', { headers: { allow: 'GET, POST' } });
    }
    if (answerType === null) throw new RequestRefused('NOT_ACCEPTABLE', 'NOT_ACCEPTABLE');
    const graphql =
      method === 'POST'
        ? await readPost(request, this.limits.bodyBytes)
        : readGet(new URLSearchParams(search));
    const { hash, operation } = this.gate.admit(graphql.query, graphql.operationName);
    exchange.queryHash = hash;
    this.gate.admitVariables(graphql.variables);
    if (method === 'GET' && operation && operation.type !== 'query') {
      throw new RequestRefused('METHOD_NOT_ALLOWED', 'GRAPH_TAKES_GET_FOR_QUERIES', {
        details: { operation: operation.type },
        headers: { allow: 'POST' },
      });
    }
    return this.inTime(stop, async () =>
      this.carryOut(request, graphql, search, answerType, exchange, stop.signal),
    );
  }

  /** Aborts the work when its time is over; it then has a moment to answer with what it has. */
  private async inTime<Result>(stop: AbortController, work: () => Promise<Result>): Promise<Result> {
    const { requestMillis } = this.limits;
    stop.signal.throwIfAborted();
    const timers: NodeJS.Timeout[] = [];
    const over = new Promise<never>((_resolve, reject) => {
      timers.push(
        setTimeout(() => stop.abort(new TimeIsOver(requestMillis)), requestMillis),
        setTimeout(() => reject(new TimeIsOver(requestMillis)), requestMillis + graceMillis),
      );
      stop.signal.addEventListener('abort', () => {
        if (stop.signal.reason instanceof ClientGone) reject(stop.signal.reason);
      });
    });
    try {
      return await Promise.race([work(), over]);
    } finally {
      timers.forEach(clearTimeout);
      // Work that lost the race may still end in an error that nobody waits for.
      over.catch(() => undefined);
    }
  }

  private async carryOut(
    request: IncomingMessage,
    graphql: GraphqlRequest,
    search: string,
    answerType: AnswerType,
    exchange: Exchange,
    signal: AbortSignal,
  ): Promise<Answer> {
    const principal = await this.principalOf(request);
    const { requestId, forward } = exchange.facts;
    const result = await this.apollo.carryOut(apolloRequest(request, graphql, search, answerType), {
      requestId,
      principal,
      headers: forward,
      signal,
      exchange,
      answerType,
    });
    return toAnswer(result, answerType, exchange);
  }

  private async principalOf(request: IncomingMessage): Promise<Principal | null> {
    try {
      return await this.options.authenticate(request.headers.authorization, request);
    } catch (error) {
      throw authenticationRefused(error);
    }
  }

  /** @returns null if there is nobody left to answer */
  private failure(error: unknown, answerType: AnswerType, exchange: Exchange): Answer | null {
    if (isClientGone(error)) {
      exchange.abandon();
      return null;
    }
    const refused =
      error instanceof TimeIsOver
        ? new RequestRefused('REQUEST_TIMEOUT', 'REQUEST_TIMEOUT', {
            details: { seconds: error.millis / 1_000 },
          })
        : error;
    const headers = { 'content-type': `${answerType}; charset=utf-8` };
    const { requestId } = exchange.facts;
    if (!(refused instanceof HttpRefused)) {
      exchange.fault(error);
      exchange.answered(['INTERNAL_SERVER_ERROR'], false);
      return {
        status: 500,
        headers,
        body: errorBody(maskedMessage(exchange.locale), { code: 'INTERNAL_SERVER_ERROR', requestId }),
      };
    }
    const { code, extensions } = refused;
    exchange.answered([code], false);
    return {
      status: statusWithoutData(code, answerType),
      headers: { ...headers, ...refused.headers },
      body: errorBody(refused.sentence(exchange.locale), extensions),
    };
  }
}

/** What Apollo needs to see of the request: its own header check, and a media type that is decided already. */
function apolloRequest(
  request: IncomingMessage,
  graphql: GraphqlRequest,
  search: string,
  answerType: AnswerType,
): ApolloRequest {
  const headers: [string, string][] = [['accept', answerType]];
  for (const name of [
    'content-type',
    'apollo-require-preflight',
    'x-apollo-operation-name',
    'apollo-query-plan-experimental',
    'apollo-query-plan-experimental-format',
  ]) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.push([name, value]);
  }
  return request.method === 'GET'
    ? { method: 'GET', headers, search: search === '' ? '' : `?${search}`, body: undefined }
    : { method: 'POST', headers, search: '', body: { ...graphql } };
}

function toAnswer(result: HTTPGraphQLResponse, answerType: AnswerType, exchange: Exchange): Answer {
  // Nothing of this schema is delivered in parts.
  if (result.body.kind !== 'complete') throw new Error('an answer in parts is not foreseen');
  const status = result.status ?? 200;
  const headers = { ...Object.fromEntries(result.headers), 'content-type': `${answerType}; charset=utf-8` };
  if (status < 400 || exchange.outcome !== 'ok') return { status, headers, body: result.body.string };
  // Apollo refuses a few requests before its plugins see them.
  if (status >= 500) throw new Error('the request was not carried out');
  exchange.answered(['BAD_REQUEST'], false);
  const { errors } = JSON.parse(result.body.string) as { errors: GraphQLFormattedError[] };
  const body = JSON.stringify({ errors: errors.map((error) => inWords(error, exchange.locale)) });
  return { status, headers, body };
}
