import { Field, InputType, Int, ObjectType, type ClassType } from 'type-graphql';
import type { AnyShape, FieldsShape } from '@anju/kernel';
import { DecimalScalar } from '@anju/subgraph';

/** An enum of the graph for words of the policy: those of the shape's choice. */
export interface WordEnum {
  readonly words: readonly string[];
  readonly type: object;
}

/** A policy as it is read whole, what a scope has of its own, and how that is written. */
export interface PolicyTypes {
  readonly whole: ClassType;
  readonly own: ClassType;
  readonly input: ClassType;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

class TypeMaker {
  private readonly made = new Map<string, ClassType>();

  constructor(
    private readonly base: string,
    private readonly enums: readonly WordEnum[],
    private readonly isInput: boolean,
  ) {}

  /** @param complete whether each field is there: in the whole policy, and in an entry of a list */
  object(path: string, { about, fields }: FieldsShape, complete: boolean): ClassType {
    const name = `${this.base}${complete ? '' : 'Own'}${path}${this.isInput ? 'Input' : ''}`;
    const known = this.made.get(name);
    if (known) return known;
    const type = { [name]: class {} }[name]!;
    this.made.set(name, type);
    for (const [field, shape] of Object.entries(fields)) {
      const isOptional = shape.kind === 'OPTIONAL';
      const part = this.part(`${path}${capitalised(field)}`, isOptional ? shape.of : shape, complete);
      const options = { description: shape.about, nullable: isOptional || !complete };
      Field(() => part as ClassType, options)(type.prototype, field);
    }
    if (this.isInput) InputType(name, { description: about })(type);
    else ObjectType(name, { description: about, simpleResolvers: true })(type);
    return type;
  }

  private part(path: string, shape: AnyShape, complete: boolean): unknown {
    switch (shape.kind) {
      case 'WHOLE':
        return Int;
      case 'DECIMAL':
        return DecimalScalar;
      case 'FLAG':
        return Boolean;
      case 'TEXT':
        return String;
      case 'CHOICE':
        return this.enums.find(({ words }) => words === shape.of)?.type ?? String;
      case 'LIST':
        return [this.part(path, shape.of, true)];
      case 'FIELDS':
        return this.object(path, shape, complete);
      case 'OPTIONAL':
        return this.part(path, shape.of, complete);
    }
  }
}

/**
 * The graph's types of a policy, made from its shape: read whole, written in part.
 * @param name such as `ComplaintPolicy`
 * @param enums of the graph, by the very list of words that a choice in the shape has; other choices are texts
 */
export function policyTypes(name: string, shape: FieldsShape, enums: readonly WordEnum[]): PolicyTypes {
  const output = new TypeMaker(name, enums, false);
  return {
    whole: output.object('', shape, true),
    own: output.object('', shape, false),
    input: new TypeMaker(name, enums, true).object('', shape, false),
  };
}

/**
 * What was written, without what was left out: of an input object every field that nobody named is undefined, or
 * null where the client said so to leave it to what lies below.
 */
export function writtenValues(shape: AnyShape, value: unknown): unknown {
  switch (shape.kind) {
    case 'FIELDS': {
      const written = value as Readonly<Record<string, unknown>>;
      const entries = Object.entries(shape.fields).flatMap(([name, field]) => {
        const entry = written[name];
        const isLeftOut = entry === undefined || (entry === null && field.kind !== 'OPTIONAL');
        return isLeftOut ? [] : [[name, writtenValues(field, entry)] as const];
      });
      return Object.fromEntries(entries);
    }
    case 'LIST':
      return (value as readonly unknown[]).map((entry) => writtenValues(shape.of, entry));
    case 'OPTIONAL':
      return value === null ? null : writtenValues(shape.of, value);
    default:
      return value;
  }
}
