import { GraphQLError, Kind, parse, type GraphQLFormattedError } from 'graphql';
import type { GraphQLDataSource } from '@apollo/gateway';
import { ClientGone } from '@anju/http';
import type { RequestProblem } from '@anju/labels';
import { inSpan } from '@anju/tracing';
import type { ExchangeContext } from './answer-plugin';
import type { GatewayContext } from './gateway-options';
import type { FetchOutcome } from './metrics';
import { isBrokenConnection, isNetworkError } from './network-errors';

/** What the gateway says of a service that has not answered. */
const ofTheWay: ReadonlySet<unknown> = new Set<RequestProblem>([
  'SERVICE_TOO_SLOW',
  'COMMAND_TOO_SLOW',
  'SERVICE_AWAY',
  'COMMAND_CUT_OFF',
]);

/** Whether an error is told by the gateway, in the place of a service. */
export function isOfTheWay({ extensions }: GraphQLFormattedError): boolean {
  return ofTheWay.has(extensions?.['reason']);
}

/** Why a request's signal was aborted. */
export class TimeIsOver extends Error {
  override readonly name = 'TimeIsOver';

  constructor(readonly millis: number) {
    super(`not answered within ${millis} ms`);
  }
}

/** Ends with the work, or as soon as the signal says that nobody waits for it any longer. */
function whileWanted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

interface Fetch {
  readonly service: string;
  readonly isMutation: boolean;
  /** Of what is fetched in the answer; empty for its first level. */
  readonly path: readonly (string | number)[];
  /** As it was sent to the service. */
  readonly query: string | undefined;
}

/** The names in the answer of what a query asks for on its first level. */
function firstLevelOf(query: string): string[] {
  const operation = parse(query, { noLocation: true }).definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return (operation?.selectionSet.selections ?? []).flatMap((selection) =>
    selection.kind === Kind.FIELD ? [(selection.alias ?? selection.name).value] : [],
  );
}

/** Where in the answer the error belongs; of several fields on the first level each is named beside it. */
function placeOf({ path, query }: Fetch): {
  readonly place: { readonly path?: readonly (string | number)[] };
  readonly fields: { readonly fields?: readonly string[] };
} {
  if (path.length > 0) return { place: { path }, fields: {} };
  const fields = query === undefined ? [] : firstLevelOf(query);
  return fields.length === 1 ? { place: { path: fields }, fields: {} } : { place: {}, fields: { fields } };
}

function translated(error: unknown, fetch: Fetch): unknown {
  const { service, isMutation } = fetch;
  if (error instanceof TimeIsOver) {
    const { place, fields } = placeOf(fetch);
    return new GraphQLError(
      `The service "${service}" did not answer within ${error.millis / 1_000} s. ` +
        (isMutation
          ? 'The command may have been carried out: send it again with the same idempotency key to learn its outcome.'
          : 'What the other services answered is here; ask for less at once, or try again.'),
      {
        ...place,
        extensions: {
          code: 'REQUEST_TIMEOUT',
          reason: isMutation ? 'COMMAND_TOO_SLOW' : 'SERVICE_TOO_SLOW',
          ...{ service, ...fields },
        },
      },
    );
  }
  if (isNetworkError(error)) {
    const isCutOff = isMutation && isBrokenConnection(error);
    const message = isCutOff
      ? `The connection to the service "${service}" broke. The command may have been carried out: send it again with the same idempotency key to learn its outcome.`
      : `The service "${service}" cannot be reached at the moment; try again later.`;
    const { place, fields } = placeOf(fetch);
    return new GraphQLError(message, {
      ...place,
      originalError: error,
      extensions: {
        code: 'UNAVAILABLE',
        reason: isCutOff ? 'COMMAND_CUT_OFF' : 'SERVICE_AWAY',
        ...{ service, ...fields },
      },
    });
  }
  return error;
}

function outcomeOf(error: unknown): FetchOutcome {
  if (error instanceof TimeIsOver) return 'timeout';
  if (error instanceof ClientGone) return 'abandoned';
  return isNetworkError(error) ? 'unavailable' : 'fault';
}

/** Whether the service has said of an entity that it is not there, or not the asker's to see. */
function missesAnEntity(data: unknown): boolean {
  const entities = (data as { _entities?: unknown } | null | undefined)?._entities;
  return Array.isArray(entities) && entities.includes(null);
}

/**
 * A data source that keeps to the request's time. When the time is over, the answer is what has come by then:
 * the gateway fills in the errors for the rest. Notes in the exchange that an entity was not found.
 * @param observe called after every operation on the service
 */
export function timedDataSource<Principal>(
  service: string,
  dataSource: GraphQLDataSource<GatewayContext<Principal>>,
  observe: (service: string, seconds: number, outcome: FetchOutcome) => void,
): GraphQLDataSource<ExchangeContext<Principal>> {
  return {
    async process(options) {
      if (!('incomingRequestContext' in options)) return dataSource.process(options);
      const { signal } = options.context;
      const begin = performance.now();
      const observed = (outcome: FetchOutcome): void =>
        observe(service, (performance.now() - begin) / 1_000, outcome);
      try {
        signal.throwIfAborted();
        const answer = await inSpan(
          { name: `fetch ${service}`, kind: 'client', facts: { 'anju.service': service } },
          async (span) => {
            const answered = await whileWanted(dataSource.process(options), signal);
            if (answered.errors) span.note({ 'anju.outcome': 'errors' });
            return answered;
          },
        );
        observed(answer.errors ? 'errors' : 'ok');
        if (missesAnEntity(answer.data)) options.context.exchange.missesEntities = true;
        return answer;
      } catch (error) {
        observed(outcomeOf(error));
        throw translated(error, {
          service,
          isMutation: options.incomingRequestContext.operation?.operation === 'mutation',
          path: options.pathInIncomingRequest ?? [],
          query: options.request.query,
        });
      }
    },
  };
}
