import 'reflect-metadata';
import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { roleGrants, roles, type Permission } from '@anju/access';
import { buildServiceSchema, requiredPermission, withOperations } from '@anju/subgraph';
import { services } from '@anju/suite';

const schemas: { name: string; schema: GraphQLSchema; needs: ReadonlyMap<string, Permission> }[] = [];

/** What each query, mutation and field resolver of some classes needs, by `Type.field`. */
function permissionsOf(resolverClasses: readonly Function[]): ReadonlyMap<string, Permission> {
  const { queries, mutations, fieldResolvers, resolverClasses: known, objectTypes } = getMetadataStorage();
  const typeOf = (target: Function): string | undefined => {
    const type = known.find((one) => one.target === target)?.getObjectType?.();
    return objectTypes.find((one) => one.target === type)?.name;
  };
  const handlers = [
    ...queries.map((handler) => ({ handler, type: 'Query' })),
    ...mutations.map((handler) => ({ handler, type: 'Mutation' })),
    ...fieldResolvers.map((handler) => ({ handler, type: typeOf(handler.target) })),
  ];
  return new Map(
    handlers
      .filter(({ handler }) => resolverClasses.includes(handler.target))
      .map(({ handler, type }) => {
        const { target, methodName, schemaName } = handler;
        return [`${type}.${schemaName ?? methodName}`, requiredPermission(target, methodName)!];
      }),
  );
}

beforeAll(async () => {
  for (const definition of services) {
    const whole = withOperations(definition);
    const { schema } = await buildServiceSchema(whole, new Map(), []);
    schemas.push({ name: definition.name, schema, needs: permissionsOf(whole.resolverClasses) });
  }
}, 120_000);

function objectsOf(type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (isUnionType(type)) return type.getTypes();
  return isObjectType(type) ? [type] : [];
}

describe('a reader who lacks a right', () => {
  /** Whether somebody holds a right that led here, and not the one that is needed now. */
  const canLack = (held: readonly Permission[], needed: Permission): boolean =>
    held.every((one) => roles.some((role) => roleGrants(role, one) && !roleGrants(role, needed)));

  /** Fields that somebody reaches who may not have them, and that may not be null. */
  function nulling(root: 'Query' | 'Mutation'): string[] {
    const found = new Set<string>();
    for (const { name, schema, needs } of schemas) {
      const seen = new Set<string>();
      const walk = (type: GraphQLObjectType, held: readonly Permission[]): void => {
        const visit = [type.name, ...held].join(' ');
        if (seen.has(visit)) return;
        seen.add(visit);
        for (const field of Object.values(type.getFields())) {
          const path = `${type.name}.${field.name}`;
          const needed = needs.get(path);
          if (needed && isNonNullType(field.type) && canLack(held, needed)) found.add(`${name}: ${path}`);
          const next = needed && !held.includes(needed) ? [...held, needed].sort() : held;
          for (const inner of objectsOf(getNamedType(field.type))) walk(inner, next);
        }
      };
      const type = root === 'Query' ? schema.getQueryType() : schema.getMutationType();
      for (const field of Object.values(type?.getFields() ?? {})) {
        const needed = needs.get(`${root}.${field.name}`);
        if (!needed) continue; // Federation's own.
        for (const inner of objectsOf(getNamedType(field.type))) walk(inner, [needed]);
      }
    }
    return [...found];
  }

  it('is found, so that the tests below look at something', () => {
    expect(schemas.reduce((sum, { needs }) => sum + needs.size, 0)).toBeGreaterThan(200);
    expect(canLack(['complaints.complaint.file'], 'complaints.complaint.read')).toBe(true);
    expect(canLack(['complaints.complaint.read'], 'complaints.complaint.file')).toBe(false);
  });

  it('of a field on the result of a command still sees that it was carried out', () => {
    expect(nulling('Mutation')).toEqual([]);
  });

  it('of a field still sees the rest of what he asked for', () => {
    expect(nulling('Query')).toEqual([]);
  });
});

describe('the members of a result union', () => {
  /** Whether two fields under one name cannot be asked for in one answer (OverlappingFieldsCanBeMerged). */
  function differ(a: GraphQLOutputType, b: GraphQLOutputType, seen: ReadonlySet<string>): boolean {
    if (isNonNullType(a) || isNonNullType(b)) {
      return !(isNonNullType(a) && isNonNullType(b)) || differ(a.ofType, b.ofType, seen);
    }
    if (isListType(a) || isListType(b)) {
      return !(isListType(a) && isListType(b)) || differ(a.ofType, b.ofType, seen);
    }
    if (isLeafType(a) || isLeafType(b)) return a !== b;
    return a !== b && clashes(a, b, seen).length > 0;
  }

  function clashes(a: GraphQLNamedType, b: GraphQLNamedType, seen: ReadonlySet<string>): string[] {
    const pair = `${a.name} ${b.name}`;
    if (seen.has(pair) || isInterfaceType(a) || isInterfaceType(b)) return [];
    return objectsOf(a).flatMap((one) =>
      objectsOf(b).flatMap((other) => {
        const theirs = other.getFields();
        return Object.values(one.getFields())
          .filter(({ name, type }) => {
            const same = theirs[name];
            return same !== undefined && differ(type, same.type, new Set([...seen, pair]));
          })
          .map(({ name }) => `${one.name}.${name} and ${other.name}.${name}`);
      }),
    );
  }

  it('can all be asked for side by side, every field by its own name', () => {
    const found = new Set<string>();
    let members = 0;
    for (const { schema } of schemas) {
      for (const union of Object.values(schema.getTypeMap()).filter(isUnionType)) {
        const types = union.getTypes();
        if (union.name.startsWith('_')) continue; // Federation's own.
        members += types.length;
        types.forEach((one, index) =>
          types.slice(index + 1).forEach((other) => {
            for (const clash of clashes(one, other, new Set())) found.add(clash);
          }),
        );
      }
    }
    expect(members).toBeGreaterThan(200);
    expect([...found]).toEqual([]);
  });
});
