import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  Kind,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation or a plan with something that is left to Apollo. */
export class NotForeseen extends Error {
  override readonly name = 'NotForeseen';
}

/** What services gave does not keep to the schema, or an error has left a gap that takes more along. */
export class Irregular extends Error {
  override readonly name = 'Irregular';
}

/**
 * Brings what services gave into the shape that was asked for.
 * @throws Irregular where that is more than taking values over
 */
export type Shape = (value: unknown) => unknown;

/** One name of an answer's object, with all that is asked for under it. */
interface Asked {
  /** Null for `__typename`. */
  readonly type: GraphQLOutputType | null;
  readonly selectionSets: SelectionSetNode[];
}

export interface ShapedOperation {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Values of all variables that `@skip` and `@include` name. */
  readonly conditions: ReadonlyMap<string, boolean>;
}

/**
 * A name as a field of plain objects.
 * @throws NotForeseen for one that every object has already
 */
export function plainName(name: string): string {
  if (name in Object.prototype) throw new NotForeseen(`the name ${name}`);
  return name;
}

const checks = new Map<unknown, (value: unknown) => boolean>([
  [GraphQLString.name, (value) => typeof value === 'string'],
  [GraphQLID.name, (value) => typeof value === 'string' || Number.isSafeInteger(value)],
  [GraphQLInt.name, Number.isSafeInteger],
  [GraphQLFloat.name, Number.isFinite],
  [GraphQLBoolean.name, (value) => typeof value === 'boolean'],
]);

function leafShape(type: GraphQLLeafType): Shape {
  const names = isEnumType(type) ? new Set<unknown>(type.getValues().map(({ name }) => name)) : null;
  const isValid = names ? (value: unknown) => names.has(value) : checks.get(type.name);
  return (value) => {
    if (value === null || value === undefined) return null;
    if (isValid && !isValid(value)) throw new Irregular(type.name);
    return value;
  };
}

/** Writes the shapes of one operation, for one setting of its conditions. */
class ShapeWriter {
  constructor(private readonly asked: ShapedOperation) {}

  root(): Shape {
    const { schema, operation } = this.asked;
    const type = schema.getRootType(operation.operation);
    if (!type) throw new NotForeseen(operation.operation);
    return this.object(type, [operation.selectionSet]);
  }

  private shape(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Shape {
    if (isNonNullType(type)) {
      const nullable = this.shape(type.ofType as GraphQLOutputType, sets);
      return (value) => {
        const shaped = nullable(value);
        if (shaped === null) throw new Irregular('null');
        return shaped;
      };
    }
    if (isListType(type)) {
      const item = this.shape(type.ofType, sets);
      return (value) => {
        if (value === null || value === undefined) return null;
        if (!Array.isArray(value)) throw new Irregular('list');
        return value.map(item);
      };
    }
    return isCompositeType(type) ? this.composite(type, sets) : leafShape(type);
  }

  private composite(declared: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Shape {
    const { schema } = this.asked;
    const shapes = new Map<string, Shape>();
    return (value) => {
      if (value === null || value === undefined) return null;
      if (typeof value !== 'object') throw new Irregular(declared.name);
      const { __typename: name = declared.name } = value as { readonly __typename?: unknown };
      let shape = shapes.get(name as string);
      if (!shape) {
        const type = typeof name === 'string' ? schema.getType(name) : undefined;
        if (!isObjectType(type)) throw new Irregular(declared.name);
        shape = this.object(type, sets);
        shapes.set(type.name, shape);
      }
      return shape(value);
    };
  }

  private object(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Shape {
    const fields = [...this.collect(type, sets, new Map())].map(
      ([name, { type: fieldType, selectionSets }]) => ({
        name: plainName(name),
        shape: fieldType && this.shape(fieldType, selectionSets),
      }),
    );
    return (value) => {
      const given = value as Readonly<Record<string, unknown>>;
      const answer: Record<string, unknown> = {};
      for (const { name, shape } of fields) answer[name] = shape ? shape(given[name]) : type.name;
      return answer;
    };
  }

  private collect(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    into: Map<string, Asked>,
  ): Map<string, Asked> {
    for (const selection of sets.flatMap(({ selections }) => selections)) {
      if (!this.isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        let asked = into.get(name);
        if (!asked) {
          asked = { type: this.fieldType(type, selection.name.value), selectionSets: [] };
          into.set(name, asked);
        }
        if (selection.selectionSet) asked.selectionSets.push(selection.selectionSet);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.asked.fragments[selection.name.value];
      if (!fragment) throw new NotForeseen('a fragment that is not there');
      if (this.applies(fragment.typeCondition, type)) this.collect(type, [fragment.selectionSet], into);
    }
    return into;
  }

  private fieldType(type: GraphQLObjectType, name: string): GraphQLOutputType | null {
    if (name === '__typename') return null;
    const field = type.getFields()[name];
    // The schema's own fields among them.
    if (!field) throw new NotForeseen(`${type.name}.${name}`);
    return field.type;
  }

  private applies(condition: NamedTypeNode | undefined, type: GraphQLObjectType): boolean {
    if (!condition || condition.name.value === type.name) return true;
    const wanted = this.asked.schema.getType(condition.name.value);
    return isAbstractType(wanted) && this.asked.schema.isSubType(wanted, type);
  }

  private isIncluded({ directives = [] }: SelectionNode): boolean {
    return directives.every(({ name: { value: directive }, arguments: given = [] }) => {
      if (directive !== 'skip' && directive !== 'include') return true;
      const value = given.find(({ name }) => name.value === 'if')?.value;
      const condition =
        value?.kind === Kind.VARIABLE
          ? this.asked.conditions.get(value.name.value)
          : value?.kind === Kind.BOOLEAN
            ? value.value
            : undefined;
      if (condition === undefined) throw new NotForeseen('a condition');
      return condition === (directive === 'include');
    });
  }
}

/**
 * How the data of an operation's answer is made of what services gave.
 * @throws NotForeseen for what is left to Apollo; also later, for types that come with the data
 */
export function shapeOf(asked: ShapedOperation): Shape {
  return new ShapeWriter(asked).root();
}
