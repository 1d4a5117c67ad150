import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { operationOf, stepTo, type Operation, type Step } from './bad-input-schema';

/** How a page is made is one function for all lists; what it says is read of each. */
const pages = /(Connection|Edge)$|^PageInfo$/;
const pageText =
  'totalCount edges { cursor node { __typename } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

/**
 * For every type that a query leads to, its fields and those of the objects in it, by the shortest way; of every list
 * its page.
 */
export function readingsOf(schema: GraphQLSchema): Operation[] {
  const found: Operation[] = [];
  const seen = new Set<string>();
  let ways: { type: GraphQLObjectType; way: Step[] }[] = [{ type: schema.getQueryType()!, way: [] }];
  while (ways.length > 0) {
    const next: typeof ways = [];
    for (const { type, way } of ways) {
      for (const field of Object.values(type.getFields())) {
        const isRoot = way.length === 0;
        const to = getNamedType(field.type);
        // What an argument below the root would be is not known of every field; those stand for themselves.
        if (!isRoot && (field.args.some(isRequiredArgument) || /^(edges|pageInfo)$/.test(field.name)))
          continue;
        const longer = [...way, stepTo(field)];
        if (isRoot) found.push(operationOf('query', longer, 1));
        if (to.name.endsWith('Connection')) found.push(pageOf(longer));
        if (!isObjectType(to) || seen.has(to.name)) continue;
        seen.add(to.name);
        if (!isRoot && !pages.test(to.name)) found.push(operationOf('query', longer, 1));
        next.push({ type: to, way: longer });
      }
    }
    ways = next;
  }
  return found;
}

function pageOf(way: readonly Step[]): Operation {
  const operation = operationOf('query', way, 0);
  const names = way.map(({ field }) => field);
  const at = operation.text.lastIndexOf(names.at(-1)!);
  const text = operation.text.slice(at).replace(/\{.*$/s, `{ ${pageText} }${' }'.repeat(way.length)}`);
  return { ...operation, name: `${operation.name} (page)`, text: operation.text.slice(0, at) + text };
}

/** Every field of every type that a query leads to: `Customer.homes`. */
export function fieldsOf(schema: GraphQLSchema): Set<string> {
  const fields = new Set<string>();
  const reach = (type: GraphQLObjectType): void => {
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      if (fields.has(coordinate)) continue;
      fields.add(coordinate);
      const to = getNamedType(field.type);
      if (isObjectType(to)) reach(to);
    }
  };
  reach(schema.getQueryType()!);
  return fields;
}

/** The fields that operations ask for. */
export function fieldsAskedFor(schema: GraphQLSchema, operations: readonly Operation[]): Set<string> {
  const fields = new Set<string>();
  for (const { text } of operations) {
    const types = new TypeInfo(schema);
    visit(
      parse(text),
      visitWithTypeInfo(types, {
        Field: () => {
          const [parent, field] = [types.getParentType(), types.getFieldDef()];
          if (parent && field) fields.add(`${parent.name}.${field.name}`);
        },
      }),
    );
  }
  return fields;
}
