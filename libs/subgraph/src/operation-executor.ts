import {
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  OverlappingFieldsCanBeMergedRule,
  ValuesOfCorrectTypeRule,
  execute,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  visit,
  type ASTVisitor,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationContext,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { isTransient } from '@anju/outbox';
import { inSpan, type TraceHeaders } from '@anju/tracing';

export interface ExecutorOptions {
  /** Whose schema it is, in traces; default `subgraph`. */
  readonly service?: string;
  /** Of the service, with its resolvers. */
  readonly schema: GraphQLSchema;
  /** Puts an error into the reader's language, given the operation's context; none unless told. */
  readonly translate?: (error: GraphQLError, contextValue: object) => GraphQLError;
  /** Whether the schema can be asked for; default no. */
  readonly introspection?: boolean;
  /** Names and signs that a document may have; default 20,000. */
  readonly documentTokens?: number;
}

/** A document that cannot be carried out, whatever the variables are. */
export class DocumentRefused extends Error {
  override readonly name = 'DocumentRefused';

  constructor(
    readonly code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'OPERATION_RESOLUTION_FAILURE',
    message: string,
  ) {
    super(message);
  }
}

/** One operation of a document that fits the schema. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** What is wrong with the literals in the document; such an operation is answered with these. */
  readonly wrongValues: readonly GraphQLError[];
  /** How often the document asks for entities by their keys, as gateways do. */
  readonly entityFields: number;
}

function codeOf(error: GraphQLError | undefined): string {
  const code = error?.extensions['code'];
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}

type KnownDocument = Omit<PreparedOperation, 'operation'>;

const inVariable = /^Variable "\$(\w+)" got invalid value (?:[^]*? at "([^"]+)"; )?/;

/** A value that a scalar refused is named by where it stands in the variables. */
function located(error: GraphQLError): GraphQLError {
  const { problems } = error.extensions;
  const [, variable, path] = inVariable.exec(error.message) ?? [];
  if (variable === undefined || !Array.isArray(problems)) return error;
  const field = path ?? variable;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    path: error.path,
    originalError: error,
    extensions: {
      ...error.extensions,
      problems: (problems as readonly object[]).map((problem) => ({ ...problem, field })),
    },
  });
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
  return error.extensions['code'] === undefined && pointsAt !== undefined && pointsAt !== Kind.FIELD;
}

/**
 * What a database says that is away, starting or full comes to nothing for good: the client tries again. The
 * transaction was rolled back, or its outcome is found by the idempotency key.
 */
function unavailable(error: GraphQLError): GraphQLError {
  return new GraphQLError(
    'The service cannot reach its database at the moment. Try again; a command with the same idempotency key.',
    {
      nodes: error.nodes,
      path: error.path,
      originalError: error,
      extensions: { code: 'UNAVAILABLE' },
    },
  );
}

/** Gives a code to an error that has none, where it is not a fault of ours. */
function coded(error: GraphQLError): GraphQLError {
  if (error.extensions['code'] !== undefined) return located(error);
  if (isInputProblem(error)) return badInput(error);
  return isTransient(error.originalError) ? unavailable(error) : error;
}

function entityFieldsIn(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    Field: ({ name }) => {
      if (name.value === '_entities') count += 1;
    },
  });
  return count;
}

/** `_service` gives the whole schema away as introspection does, to whoever asks. */
function noServiceSdl(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.name.value === '_service') {
        context.reportError(new GraphQLError('this service does not tell its schema', { nodes: [node] }));
      }
    },
  };
}

/**
 * The gateway has checked its client's query for fields that cannot be merged, and does not write any. The check
 * takes quadratic time, which somebody who asks the service directly could use against it; without it, such a
 * query gets the first of the fields.
 */
const structuralRules = specifiedRules.filter(
  (rule) => rule !== ValuesOfCorrectTypeRule && rule !== OverlappingFieldsCanBeMergedRule,
);

/**
 * Carries out operations on a service's schema, in the same way whether they come from a gateway in this process
 * or over HTTP. A document is parsed and validated once.
 *
 * Executed by graphql-js. The faster graphql-jit was tried: a text literal in a query can make it run code of
 * the client's, a type resolver that throws leaves its answer pending for ever, and one failing entity shifts
 * the others in their list.
 */
export class OperationExecutor {
  private readonly documents = new LRUCache<string, KnownDocument>({
    max: 1_000,
    maxSize: 8_000_000,
    sizeCalculation: (_document, text) => text.length + 1,
  });
  private readonly rules;

  constructor(private readonly options: ExecutorOptions) {
    this.rules = options.introspection
      ? structuralRules
      : [...structuralRules, NoSchemaIntrospectionCustomRule, noServiceSdl];
  }

  /** @throws DocumentRefused */
  prepare(text: string, operationName?: string | null): PreparedOperation {
    const known = this.documents.get(text) ?? this.read(text);
    const operation = getOperationAST(known.document, operationName);
    if (!operation) {
      throw new DocumentRefused(
        'OPERATION_RESOLUTION_FAILURE',
        'the document does not say which operation is meant',
      );
    }
    return { ...known, operation };
  }

  /**
   * @param contextValue what the resolvers get; of this one operation
   * @param caller's trace, where it came with the request; otherwise the operation belongs to the trace around it
   */
  carryOut(
    prepared: PreparedOperation,
    variables: Readonly<Record<string, unknown>> | undefined,
    contextValue: object,
    caller?: TraceHeaders,
  ): Promise<ExecutionResult> {
    const { service = 'subgraph' } = this.options;
    const { name, operation: type } = prepared.operation;
    const facts = {
      'anju.service': service,
      'graphql.operation.type': type,
      'graphql.operation.name': name?.value,
    };
    const span = {
      name: `${service} ${type}`,
      kind: 'server',
      facts,
      ...(caller && { parent: caller }),
    } as const;
    return inSpan(span, async (open) => {
      const result = await this.execute(prepared, variables, contextValue);
      if (result.errors) open.failed(codeOf(result.errors[0]));
      return result;
    });
  }

  private async execute(
    { document, operation, wrongValues }: PreparedOperation,
    variables: Readonly<Record<string, unknown>> | undefined,
    contextValue: object,
  ): Promise<ExecutionResult> {
    const { schema, translate = (error: GraphQLError) => error } = this.options;
    if (wrongValues.length > 0) return { errors: wrongValues.map((error) => translate(error, contextValue)) };
    const result = await execute({
      schema,
      document,
      contextValue,
      variableValues: variables,
      operationName: operation.name?.value,
    });
    if (!result.errors) return result;
    return {
      ...result,
      errors: result.errors.map((error) => translate(coded(error), contextValue)),
    };
  }

  private read(text: string): KnownDocument {
    const { schema, documentTokens = 20_000 } = this.options;
    let document: DocumentNode;
    try {
      document = parse(text, { noLocation: true, maxTokens: documentTokens });
    } catch (error) {
      if (error instanceof GraphQLError) throw new DocumentRefused('GRAPHQL_PARSE_FAILED', error.message);
      // Brackets inside each other by the thousand.
      if (error instanceof RangeError) {
        throw new DocumentRefused('GRAPHQL_PARSE_FAILED', 'the document is nested too deeply');
      }
      throw error;
    }
    // The gateway knows nothing of our scalars and lets every literal of them pass.
    const wrongValues = validate(schema, document, [ValuesOfCorrectTypeRule]).map(badInput);
    const entityFields = entityFieldsIn(document);
    if (wrongValues.length > 0) return { document, wrongValues, entityFields };
    const [mismatch] = validate(schema, document, this.rules, { maxErrors: 1, hideSuggestions: true });
    if (mismatch) throw new DocumentRefused('GRAPHQL_VALIDATION_FAILED', mismatch.message);
    const known = { document, wrongValues, entityFields };
    this.documents.set(text, known);
    return known;
  }
}
