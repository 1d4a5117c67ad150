import { getMetadataStorage } from 'type-graphql';

type Extensions = Readonly<Record<string, unknown>>;

/** What an `@Extensions` has left; `fieldName` where it stands on a method or property. */
interface Declared {
  readonly target: Function;
  readonly fieldName?: string;
  readonly extensions: Extensions;
}

/** The part of type-graphql's storage that its types keep to themselves. */
interface Storage {
  readonly classExtensions: readonly Declared[];
  readonly fieldExtensions: readonly Declared[];
  findExtensions(target: Function, fieldName?: string): Extensions;
}

/** By the list that they stand in, which type-graphql copies and puts into its order for each schema. */
const byFieldName = new WeakMap<readonly Declared[], Map<string | undefined, Declared[]>>();

function declaredFor(list: readonly Declared[], fieldName: string | undefined): readonly Declared[] {
  let index = byFieldName.get(list);
  if (!index) {
    index = new Map();
    for (const declared of list) {
      const namesakes = index.get(declared.fieldName);
      if (namesakes) namesakes.push(declared);
      else index.set(declared.fieldName, [declared]);
    }
    byFieldName.set(list, index);
  }
  return index.get(fieldName) ?? [];
}

function findExtensions(this: Storage, target: Function, fieldName?: string): Extensions {
  const list = fieldName === undefined ? this.classExtensions : this.fieldExtensions;
  const found = declaredFor(list, fieldName).filter(
    (declared) => declared.target === target || Object.prototype.isPrototypeOf.call(declared.target, target),
  );
  return Object.assign({}, ...found.map(({ extensions }) => extensions)) as Extensions;
}

/**
 * Lets type-graphql find the extensions of a field by its name. By itself it looks through those of all classes, for
 * every field of every schema: with ten services in one process, two seconds of each start.
 * @throws Error if type-graphql has no such search any more
 */
export function findExtensionsByFieldName(): void {
  const storage = Object.getPrototypeOf(getMetadataStorage()) as Storage;
  if (typeof storage.findExtensions !== 'function') {
    throw new Error(
      'type-graphql finds extensions in another way than it did: see whether this is still needed',
    );
  }
  storage.findExtensions = findExtensions;
}
