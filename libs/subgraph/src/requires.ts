import { defaultFieldResolver, isObjectType, type GraphQLSchema } from 'graphql';
import { Extensions, getMetadataStorage } from 'type-graphql';
import { mayAnywhere, type Permission, type Principal } from '@anju/access';
import { Fault, forbidden } from '@anju/commands';
import type { RequestContext } from './request-context';

/** Where a field of the schema names the permission that it needs. */
const extension = 'requires';

/**
 * The permission that a query, mutation or field needs. Whoever holds it in no project gets FORBIDDEN; in which
 * projects he holds it is the database query's and the write path's matter.
 */
export function Requires(permission: Permission): MethodDecorator & PropertyDecorator {
  return Extensions({ [extension]: permission });
}

/** What a method or property of a decorated class requires; undefined where nothing is declared. */
export function requiredPermission(target: Function, name: string): Permission | undefined {
  const declared = getMetadataStorage().fieldExtensions.find(
    (field) => field.target === target && field.fieldName === name && extension in field.extensions,
  );
  return declared?.extensions[extension] as Permission | undefined;
}

/** A principal comes again with every request of his token, and asks the same of every row. */
const known = new WeakMap<Principal, Map<Permission, boolean>>();

function holds(principal: Principal, permission: Permission): boolean {
  let permissions = known.get(principal);
  if (!permissions) {
    permissions = new Map();
    known.set(principal, permissions);
  }
  let held = permissions.get(permission);
  if (held === undefined) {
    held = mayAnywhere(principal, permission);
    permissions.set(permission, held);
  }
  return held;
}

/** Lets a field be resolved for those who hold its permission somewhere. @throws Fault for all others */
function checkPermission({ principal }: RequestContext, permission: Permission): void {
  if (!principal) throw new Fault('UNAUTHENTICATED', 'send a bearer token in the Authorization header');
  if (!holds(principal, permission)) throw forbidden(permission);
}

/**
 * Puts the check of its permission before every field that declares one. Here and not in type-graphql, whose check
 * makes six promises for each field of each row.
 */
export function enforcePermissions(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const permission = field.extensions[extension] as Permission | undefined;
      if (permission === undefined) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context, info) => {
        checkPermission(context as RequestContext, permission);
        return resolve(source, args, context, info);
      };
    }
  }
}

/**
 * Default deny: every query, mutation and field resolver has to declare a permission.
 * @throws Error naming each one that does not, so that the schema cannot be built
 */
export function requireDeclaredPermissions(resolverClasses: readonly Function[]): void {
  const metadata = getMetadataStorage();
  const missing = [...metadata.queries, ...metadata.mutations, ...metadata.fieldResolvers]
    .filter((handler) => resolverClasses.includes(handler.target))
    .filter((handler) => requiredPermission(handler.target, handler.methodName) === undefined)
    .map((handler) => `${handler.target.name}.${handler.methodName}`);
  if (missing.length > 0) throw new Error(`no permission declared: ${missing.join(', ')}`);
}

/**
 * That what was declared has come into the schema, where `enforcePermissions` finds it.
 * @throws Error naming each query, mutation and field resolver whose field has no permission
 */
export function requireEnforcedPermissions(
  schema: GraphQLSchema,
  resolverClasses: readonly Function[],
): void {
  const { queries, mutations, fieldResolvers, objectTypes } = getMetadataStorage();
  const fields = [
    ...queries.map((handler) => ({ handler, type: 'Query' })),
    ...mutations.map((handler) => ({ handler, type: 'Mutation' })),
    ...fieldResolvers.map((handler) => {
      const parent = handler.getObjectType?.();
      return { handler, type: objectTypes.find(({ target }) => target === parent)?.name };
    }),
  ];
  const open = fields
    .filter(({ handler }) => resolverClasses.includes(handler.target))
    .map(({ handler, type }) => [type ?? '', handler.schemaName ?? handler.methodName] as const)
    .filter(([typeName, fieldName]) => {
      const type = schema.getType(typeName);
      return !isObjectType(type) || type.getFields()[fieldName]?.extensions[extension] === undefined;
    })
    .map((name) => name.join('.'));
  if (open.length > 0) throw new Error(`no permission is asked for: ${open.join(', ')}`);
}
