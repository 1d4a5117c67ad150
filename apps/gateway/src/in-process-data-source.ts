import { GraphQLError, ValuesOfCorrectTypeRule, execute, parse, specifiedRules, validate } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import type { GraphQLDataSource } from '@apollo/gateway';
import { LRUCache } from 'lru-cache';
import type { GatewayContext } from './gateway-options';

export interface InProcessService<Principal> {
  /** Of the service, with its resolvers. */
  readonly schema: GraphQLSchema;
  /** What the service's resolvers get as context: called once per operation on the service, as over HTTP. */
  readonly contextFor: (request: GatewayContext<Principal>) => object | Promise<object>;
  /** Puts an error into the reader's language, given the context that `contextFor` made; none unless told. */
  readonly translate?: (error: GraphQLError, contextValue: object) => GraphQLError;
}

function badInput(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    path: error.path,
    originalError: error,
    extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
  });
}

/**
 * graphql-js gives no code to an input that it refuses itself. What it points at tells such a refusal from a
 * fault: at a variable or a value, where an error of a resolver points at its field.
 */
function isInputProblem(error: GraphQLError): boolean {
  const pointsAt = error.nodes?.[0]?.kind;
  return error.extensions['code'] === undefined && pointsAt !== undefined && pointsAt !== 'Field';
}

const structuralRules = specifiedRules.filter((rule) => rule !== ValuesOfCorrectTypeRule);

/**
 * A service in this process as a data source of the gateway: no HTTP, no text in between but the query, which
 * is parsed and validated once.
 *
 * Executed by graphql-js. The faster graphql-jit was tried: a text literal in a query can make it run code of
 * the client's, a type resolver that throws leaves its answer pending for ever, and one failing entity shifts
 * the others in their list.
 */
export function inProcessDataSource<Principal>({
  schema,
  contextFor,
  translate = (error) => error,
}: InProcessService<Principal>): GraphQLDataSource<GatewayContext<Principal>> {
  const documents = new LRUCache<string, DocumentNode>({
    max: 1_000,
    maxSize: 8_000_000,
    sizeCalculation: (_document, text) => text.length + 1,
  });

  /** @returns the document, or what is wrong with the literals in it */
  const documentOf = (text: string): DocumentNode | readonly GraphQLError[] => {
    const known = documents.get(text);
    if (known) return known;
    const document = parse(text, { noLocation: true });
    // The gateway knows nothing of our scalars and lets every literal of them pass.
    const wrongValues = validate(schema, document, [ValuesOfCorrectTypeRule]);
    if (wrongValues.length > 0) return wrongValues.map(badInput);
    const [mismatch] = validate(schema, document, structuralRules, { maxErrors: 1 });
    if (mismatch)
      throw new Error(`the supergraph is not made from this service's schema: ${mismatch.message}`);
    documents.set(text, document);
    return document;
  };

  return {
    async process(options) {
      const { query = '', variables, operationName } = options.request;
      const document = documentOf(query);
      if ('length' in document) return { errors: document };
      const contextValue = 'incomingRequestContext' in options ? await contextFor(options.context) : {};
      const result: ExecutionResult = await execute({
        schema,
        document,
        contextValue,
        variableValues: variables,
        operationName,
      });
      if (!result.errors) return result;
      return {
        ...result,
        errors: result.errors.map((error) =>
          translate(isInputProblem(error) ? badInput(error) : error, contextValue),
        ),
      };
    },
  };
}
