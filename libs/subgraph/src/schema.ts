import { getNullableType, isObjectType, specifiedDirectives, type GraphQLSchema } from 'graphql';
import { buildSchema, type NonEmptyArray } from 'type-graphql';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { withEntities } from './entities';
import { findExtensionsByFieldName } from './extension-lookup';
import { DateTimeScalar } from './scalars';
import { guarded, type Resolve } from './input-guard';
import { RefusalResolver } from './refusal';
import { enforcePermissions, requireDeclaredPermissions, requireEnforcedPermissions } from './requires';
import type { RequestContext } from './request-context';
import type { EntityReference, ServiceDefinition } from './service-definition';

findExtensionsByFieldName();

const federationLink = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@tag", "@inaccessible"])\n\n`;

/** A service's schema as text and as something to execute. */
export interface SubgraphSchema {
  /** What composition reads; committed as `schema.graphql`. */
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/** The mutations of one document come one after the other: each shows things as it left them. */
function readingAnew(resolve: Resolve): Resolve {
  return async (source, args, context, info) => {
    const answer = await resolve(source, args, context, info);
    (context as RequestContext).loaders.forget();
    return answer;
  };
}

/** Wraps every resolver of a field with arguments, so that no input reaches a service unchecked. */
function guardInputs(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0 || !field.resolve) continue;
      const resolve = guarded(field, field.resolve as never);
      field.resolve = type.name === 'Mutation' ? readingAnew(resolve) : resolve;
    }
  }
}

/**
 * Makes every query and command nullable: where one of a request's services is away, or one of its commands
 * fails, what the others answered is still answered. A field that is not nullable would take everything away.
 */
function letRootFieldsFail(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) field.type = getNullableType(field.type);
  }
}

/**
 * Builds the subgraph schema of a service from its decorated classes.
 * @param instances the resolver objects by class; empty to print the schema only
 * @throws Error if a query, mutation or field resolver declares no permission
 */
export async function buildServiceSchema(
  definition: Pick<ServiceDefinition, 'resolverClasses'>,
  instances: ReadonlyMap<Function, object>,
  references: readonly EntityReference[],
): Promise<SubgraphSchema> {
  const { resolverClasses } = definition;
  requireDeclaredPermissions(resolverClasses);
  const typeSchema = await buildSchema({
    resolvers: [...resolverClasses, RefusalResolver] as unknown as NonEmptyArray<Function>,
    container: { get: (type: Function) => instances.get(type) ?? new RefusalResolver() },
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    directives: [...specifiedDirectives],
    validate: false,
    skipCheck: true,
  });
  letRootFieldsFail(typeSchema);
  const sdl = federationLink + printSchemaWithDirectives(typeSchema);
  enforcePermissions(typeSchema);
  requireEnforcedPermissions(typeSchema, resolverClasses);
  guardInputs(typeSchema);
  return { sdl, schema: withEntities(typeSchema, sdl, references) };
}
