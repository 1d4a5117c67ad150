import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { gatewayErrors, isGatewayErrorCode } from './error-codes';
import { maskedMessage } from '@anju/http';
import { message } from '@anju/labels';
import { inWords, type ErrorPolicy } from './error-policy';
import type { Exchange } from './exchange';
import type { GatewayContext } from './gateway-options';
import type { AnswerType } from './media-type';
import { isOfTheWay } from './subgraph-fetch';

/** The context of Apollo Server and of the data sources. */
export interface ExchangeContext<Principal> extends GatewayContext<Principal> {
  readonly exchange: Exchange;
  readonly answerType: AnswerType;
}

function codeOf(error: GraphQLFormattedError): string {
  return String(error.extensions?.['code']);
}

/**
 * Status of an answer that came to no data.
 * @param code of its first error
 */
export function statusWithoutData(code: string, answerType: AnswerType): number {
  if (!isGatewayErrorCode(code)) return 500;
  const { status, wellFormed } = gatewayErrors[code];
  return wellFormed && answerType === 'application/json' ? 200 : status;
}

const mostMissing = 10;

/** Whether more is null than the entity at the path, because where it stands promises one. */
function tookMoreAlong(data: unknown, path: readonly (string | number)[]): boolean {
  let place = data;
  for (const step of path) {
    if (place === null || place === undefined) return true;
    place = (place as Record<string | number, unknown>)[step];
  }
  return false;
}

/**
 * What is told of values that the schema promises and no service has given, without telling an error. An entity
 * that is not there, or not the asker's to see, is null in the answer and no fault.
 */
function incompleteness(
  missing: readonly GraphQLFormattedError[],
  data: unknown,
  exchange: Exchange,
): GraphQLFormattedError[] {
  if (exchange.missesEntities) {
    const places = missing
      .map(({ path = [] }) => path.slice(0, -1))
      .filter((path) => tookMoreAlong(data, path));
    return places.slice(0, mostMissing).map((path) => ({
      message: message('ANSWER_HAS_GAPS', {}, exchange.locale),
      path,
      extensions: { code: 'NOT_FOUND' },
    }));
  }
  const messages = missing.slice(0, 3).map(({ message }) => message);
  exchange.fault(new Error(`an answer does not keep to the schema: ${messages.join(' ')}`));
  return [
    {
      message: maskedMessage(exchange.locale),
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: exchange.facts.requestId },
    },
  ];
}

/**
 * Apollo's hooks: every error goes through the policy, what is masked goes to the exchange's faults, and the
 * status is the one that GraphQL over HTTP gives it.
 */
export function answerPlugin<Principal>(policy: ErrorPolicy): {
  readonly plugin: ApolloServerPlugin<ExchangeContext<Principal>>;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
} {
  const causes = new WeakMap<GraphQLFormattedError, { readonly fault: unknown; readonly service?: string }>();
  /** What services tell is in the language of the request already. */
  const told = new WeakSet<GraphQLFormattedError>();

  const formatError = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { error: shown, fault } = policy.shown(formatted, error);
    const service = formatted.extensions?.['serviceName'];
    if (fault === undefined && service !== undefined && !isOfTheWay(shown)) told.add(shown);
    if (fault !== undefined) {
      causes.set(shown, { fault, ...(typeof service === 'string' ? { service } : {}) });
    }
    return shown;
  };

  const explained = (error: GraphQLFormattedError, exchange: Exchange): GraphQLFormattedError => {
    if (told.has(error)) return error;
    const spoken = inWords(error, exchange.locale);
    const cause = causes.get(error);
    if (!cause) return spoken;
    exchange.fault(cause.fault, cause.service, error.path);
    return { ...spoken, extensions: { ...error.extensions, requestId: exchange.facts.requestId } };
  };

  const finish = ({ response, contextValue }: GraphQLRequestContext<ExchangeContext<Principal>>): void => {
    if (response.body?.kind !== 'single') return;
    const { exchange, answerType } = contextValue;
    const result = response.body.singleResult;
    const errors = (result.errors ?? []).map((error) => explained(error, exchange));
    const incomplete = result.extensions?.['valueCompletion'];
    if (Array.isArray(incomplete)) {
      delete result.extensions;
      errors.push(...incompleteness(incomplete as GraphQLFormattedError[], result.data, exchange));
    }
    if (errors.length > 0) result.errors = errors;
    exchange.answered(errors.map(codeOf), result.data !== undefined && result.data !== null);
    if (result.data === undefined && errors[0]) {
      response.http.status = statusWithoutData(codeOf(errors[0]), answerType);
    }
  };

  const plugin: ApolloServerPlugin<ExchangeContext<Principal>> = {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue, operation, operationName }) {
          if (operation) contextValue.exchange.carriesOut(operationName, operation.operation);
        },
        async willSendResponse(context) {
          finish(context);
        },
      };
    },
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      requestContext.contextValue.exchange.fault(error);
    },
  };
  return { plugin, formatError };
}
