import { Authorized, getMetadataStorage, type AuthCheckerFn } from 'type-graphql';
import { mayAnywhere, type Permission } from '@anju/access';
import { Fault } from '@anju/commands';
import type { RequestContext } from './request-context';

/**
 * The permission that a query, mutation or field resolver needs. Whoever holds it in no project gets
 * FORBIDDEN; in which projects he holds it is the database query's and the write path's matter.
 */
export function Requires(permission: Permission): MethodDecorator & PropertyDecorator {
  return Authorized(permission);
}

/** Lets a field be resolved for those who hold its permission somewhere. @throws Fault for all others */
export const checkPermission: AuthCheckerFn<RequestContext, Permission> = ({ context }, permissions) => {
  if (!context.principal) {
    throw new Fault('UNAUTHENTICATED', 'send a bearer token in the Authorization header');
  }
  for (const permission of permissions) {
    if (!mayAnywhere(context.principal, permission)) {
      throw new Fault('FORBIDDEN', 'none of your roles allows this', { permission });
    }
  }
  return true;
};

/**
 * Default deny: every query, mutation and field resolver has to declare a permission.
 * @throws Error naming each one that does not, so that the schema cannot be built
 */
export function requireDeclaredPermissions(resolverClasses: readonly Function[]): void {
  const metadata = getMetadataStorage();
  const declared = new Set(
    metadata.authorizedFields
      .filter((field) => field.roles.length > 0)
      .map((field) => `${field.target.name}.${field.fieldName}`),
  );
  const missing = [...metadata.queries, ...metadata.mutations, ...metadata.fieldResolvers]
    .filter((handler) => resolverClasses.includes(handler.target))
    .map((handler) => `${handler.target.name}.${handler.methodName}`)
    .filter((name) => !declared.has(name));
  if (missing.length > 0) throw new Error(`no permission declared: ${missing.join(', ')}`);
}
