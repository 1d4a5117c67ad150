import {
  GraphQLError,
  extendSchema,
  isObjectType,
  parse,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLUnionType,
} from 'graphql';
import { mayAnywhere } from '@anju/access';
import { principalOf, type RequestContext } from './request-context';
import type { EntityReference } from './service-definition';

/** What the gateway knows of an entity: its type, and its key. */
interface Representation {
  readonly __typename?: unknown;
  readonly id?: unknown;
}

const isEntity = (type: GraphQLNamedType): boolean =>
  isObjectType(type) && (type.astNode?.directives ?? []).some(({ name }) => name.value === 'key');

/** Of the subgraph specification. */
const federationFields = (entities: readonly string[]): string => `
  scalar _Any
  type _Service { sdl: String! }
  extend type Query { _service: _Service! }
  ${
    entities.length > 0
      ? `union _Entity = ${entities.join(' | ')}
         extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`
      : ''
  }`;

async function loadReference(
  reference: EntityReference,
  id: unknown,
  context: RequestContext,
): Promise<unknown> {
  if (typeof id !== 'string') throw new GraphQLError(`a reference to ${reference.typeName} needs its id`);
  if (!context.principal) {
    throw new GraphQLError('send a bearer token', { extensions: { code: 'UNAUTHENTICATED' } });
  }
  if (!mayAnywhere(principalOf(context), reference.permission)) {
    throw new GraphQLError(`none of your roles allows to see a ${reference.typeName}`, {
      extensions: { code: 'FORBIDDEN', permission: reference.permission },
    });
  }
  return context.loaders.load(`reference:${reference.typeName}`, id, (ids) => reference.load(ids, context));
}

/**
 * The schema with the fields by which a gateway reads a subgraph: `_service`, and `_entities` where a type has a
 * key. Made here because `@apollo/subgraph` builds a second schema from the text for it, which took a tenth of the
 * start and of the memory; that the text is sound is found when it is composed.
 * @param sdl what `_service` answers
 * @param references how entities are loaded; one without is its key alone
 */
export function withEntities(
  schema: GraphQLSchema,
  sdl: string,
  references: readonly EntityReference[],
): GraphQLSchema {
  const entities = Object.values(schema.getTypeMap())
    .filter(isEntity)
    .map(({ name }) => name);
  const subgraph = extendSchema(schema, parse(federationFields(entities)), { assumeValidSDL: true });
  const fields = subgraph.getQueryType()!.getFields();
  fields['_service']!.resolve = () => ({ sdl });
  if (entities.length === 0) return subgraph;

  const referenceByType = new Map(references.map((reference) => [reference.typeName, reference]));
  const resolveEntity = async (given: Representation, context: RequestContext): Promise<unknown> => {
    const typeName = entities.find((name) => name === given.__typename);
    if (typeName === undefined) {
      throw new GraphQLError('a reference needs the __typename of an entity of this service', {
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    const reference = referenceByType.get(typeName);
    const entity = reference ? await loadReference(reference, given.id, context) : { ...given };
    // Not enumerable: it is no field of what is loaded.
    if (entity) Object.defineProperty(entity, '__typename', { value: typeName, configurable: true });
    return entity;
  };
  fields['_entities']!.resolve = (
    _root,
    { representations }: { representations: readonly Representation[] },
    context: RequestContext,
  ) => representations.map((given) => resolveEntity(given, context));
  const union = subgraph.getType('_Entity') as GraphQLUnionType;
  union.resolveType = ({ __typename }: { __typename: string }) => __typename;
  return subgraph;
}
