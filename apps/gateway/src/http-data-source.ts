import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphQLDataSource } from '@apollo/gateway';
import { Fault } from '@anju/commands';
import type { FilesHandler } from '@anju/files';
import { isObject, type Logger } from '@anju/http';
import { traceHeaders } from '@anju/tracing';
import type { GatewayContext } from './gateway-options';
import { ServiceAway, isBrokenConnection, wasNotSent } from './network-errors';
import { passOn } from './pass-on';
import { Replica, type HttpAnswer } from './replica';
import { TimeIsOver } from './subgraph-fetch';

export interface HttpServiceOptions {
  /** As the supergraph names it. */
  readonly name: string;
  /** Of the graphs of its replicas, such as `http://10.0.0.7:4003/graphql`; at least one. */
  readonly urls: readonly string[];
  /** For one operation on the service, all attempts together. */
  readonly timeoutMillis: number;
  /** At most, to each address; default 100. */
  readonly connections?: number;
  /** For a connection to come about; default 1 s. */
  readonly connectMillis?: number;
  readonly logger: Logger;
}

/** How many of its addresses say that they can answer. */
export type ServiceState = 'up' | 'partly up' | 'down';

export interface HttpDataSource<Principal> extends GraphQLDataSource<GatewayContext<Principal>> {
  state(): Promise<ServiceState>;
  /** Sends a request for a file on to the service, and its answer back, as they come. */
  readonly files: FilesHandler<Principal>;
  /** Lets what is under way come to its end, but no longer than an operation may take. */
  close(): Promise<void>;
}

interface KnownText {
  readonly isQuery: boolean;
  times: number;
  hash: string | null;
}

type ProcessOptions<Principal> = Parameters<GraphQLDataSource<GatewayContext<Principal>>['process']>[0];

/** What is sent of an operation besides its text. */
interface Inputs {
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

type GraphqlAnswer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** From how many times on a text is sent by its hash: most that come twice come often. */
const oftenTimes = 2;

function toGraphqlError(error: unknown): GraphQLError {
  const { message, path, extensions } = isObject(error) ? error : {};
  return new GraphQLError(typeof message === 'string' ? message : 'an error without a message', {
    path: Array.isArray(path) ? (path as (string | number)[]) : undefined,
    extensions: isObject(extensions) ? extensions : {},
  });
}

class HttpService<Principal> implements HttpDataSource<Principal> {
  private readonly replicas: readonly Replica[];
  private readonly texts = new LRUCache<string, KnownText>({
    max: 2_000,
    maxSize: 8_000_000,
    sizeCalculation: (_known, text) => text.length + 1,
  });
  private turn = 0;
  private closed: Promise<void> | undefined;
  readonly files: FilesHandler<Principal>;

  constructor(private readonly options: HttpServiceOptions) {
    const { name, urls, connections = 100, connectMillis = 1_000, logger } = options;
    if (urls.length === 0) throw new Error(`the service ${name} has no address`);
    this.replicas = urls.map(
      (url) => new Replica({ service: name, url: new URL(url), connections, connectMillis, logger }),
    );
    this.files = passOn(() => this.readyReplica());
  }

  /** What is sent only once goes to one that says that it can answer. */
  private async readyReplica(): Promise<Replica> {
    const tried = new Set<Replica>();
    for (;;) {
      const replica = this.next(tried);
      if (!replica) throw new Fault('UNAVAILABLE', `the service ${this.options.name} cannot be reached`);
      if (await replica.isReady()) return replica;
      tried.add(replica);
    }
  }

  async process(options: ProcessOptions<Principal>): Promise<GraphqlAnswer> {
    const { query = '', variables, operationName } = options.request;
    const context = 'incomingRequestContext' in options ? options.context : null;
    return this.inTime(context?.signal, (signal) =>
      this.send(query, { operationName, variables }, { ...context?.headers, ...traceHeaders() }, signal),
    );
  }

  async state(): Promise<ServiceState> {
    const ready = (await Promise.all(this.replicas.map((replica) => replica.isReady()))).filter(Boolean);
    if (ready.length === this.replicas.length) return 'up';
    return ready.length > 0 ? 'partly up' : 'down';
  }

  close(): Promise<void> {
    return (this.closed ??= this.end());
  }

  private async end(): Promise<void> {
    const patience = setTimeout(
      () => void Promise.all(this.replicas.map((replica) => replica.destroy())),
      this.options.timeoutMillis,
    );
    await Promise.all(this.replicas.map((replica) => replica.close()));
    clearTimeout(patience);
  }

  /** Not longer than this service may take, and not longer than anybody waits for the whole answer. */
  private async inTime<Result>(
    wanted: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const { timeoutMillis } = this.options;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(new TimeIsOver(timeoutMillis)), timeoutMillis);
    const giveUp = (): void => stop.abort(wanted?.reason);
    if (wanted?.aborted) giveUp();
    wanted?.addEventListener('abort', giveUp, { once: true });
    try {
      return await work(stop.signal);
    } catch (error) {
      throw stop.signal.aborted ? stop.signal.reason : error;
    } finally {
      clearTimeout(timer);
      wanted?.removeEventListener('abort', giveUp);
    }
  }

  /**
   * A request that was never sent may go to every address. One that got lost with its connection goes out once
   * more if it only asks: a command may have been carried out.
   */
  private async send(
    text: string,
    inputs: Inputs,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<GraphqlAnswer> {
    const known = this.know(text);
    const tried = new Set<Replica>();
    let mayRepeat = known.isQuery;
    let replica = this.next(tried) ?? this.replicas[0]!;
    for (;;) {
      try {
        return await this.ask(replica, text, known, inputs, headers, signal);
      } catch (error) {
        if (signal.aborted) {
          if (signal.reason instanceof TimeIsOver) replica.rest();
          throw error;
        }
        tried.add(replica);
        const other = this.next(tried);
        if (wasNotSent(error)) {
          replica.missed(error);
          if (!other) throw error;
          replica = other;
        } else if (mayRepeat && isBrokenConnection(error)) {
          mayRepeat = false;
          replica = other ?? replica;
        } else {
          throw error;
        }
      }
    }
  }

  private async ask(
    replica: Replica,
    text: string,
    known: KnownText,
    inputs: Inputs,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<GraphqlAnswer> {
    const { hash } = known;
    const persisted =
      hash === null ? {} : { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } };
    if (hash !== null && replica.remembered.has(hash)) {
      const body = JSON.stringify({ ...inputs, ...persisted });
      const answer = this.read(await replica.post(body, headers, signal));
      if (answer.errors?.[0]?.extensions?.['code'] !== 'PERSISTED_QUERY_NOT_FOUND') return answer;
      // It was started anew, or has pushed the text out. Nothing was carried out.
      replica.remembered.delete(hash);
    }
    const body = JSON.stringify({ query: text, ...inputs, ...persisted });
    const answer = this.read(await replica.post(body, headers, signal));
    if (hash !== null) replica.remembered.set(hash, true);
    return answer;
  }

  private read({ status, contentType, text }: HttpAnswer): GraphqlAnswer {
    const { name } = this.options;
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch {
      answer = undefined;
    }
    if (!isObject(answer) || !('data' in answer || Array.isArray(answer['errors']))) {
      const said = `the service ${name} answered ${status} with ${contentType.slice(0, 100)}, not with an answer of GraphQL`;
      throw status >= 502 && status <= 504 ? new ServiceAway(said) : new Error(said);
    }
    const { data, errors } = answer;
    return {
      data: data as Record<string, unknown> | null | undefined,
      ...(Array.isArray(errors) && errors.length > 0 ? { errors: errors.map(toGraphqlError) } : {}),
    };
  }

  private know(text: string): KnownText {
    let known = this.texts.get(text);
    if (!known) {
      known = { isQuery: /^\s*(query\b|\{)/.test(text), times: 0, hash: null };
      this.texts.set(text, known);
    }
    known.times += 1;
    if (known.times >= oftenTimes) known.hash ??= createHash('sha256').update(text).digest('hex');
    return known;
  }

  /** The one whose turn it is; one that could not be reached just now only where there is no other. */
  private next(tried: ReadonlySet<Replica>): Replica | undefined {
    const { replicas } = this;
    this.turn = (this.turn + 1) % replicas.length;
    const inTurn = [...replicas.slice(this.turn), ...replicas.slice(0, this.turn)].filter(
      (replica) => !tried.has(replica),
    );
    return inTurn.find((replica) => !replica.isResting) ?? inTurn[0];
  }
}

/**
 * A service over HTTP as a data source of the gateway: connections that are kept, its replicas in turn, texts that
 * come often by their hash. What it throws says whether time was over or the service could not be reached.
 * @throws Error if there is no address
 */
export function httpDataSource<Principal>(options: HttpServiceOptions): HttpDataSource<Principal> {
  return new HttpService<Principal>(options);
}
