import {
  Ctx,
  Directive,
  Field,
  FieldResolver,
  InterfaceType,
  ObjectType,
  Resolver,
  Root,
  createUnionType,
  type ClassType,
} from 'type-graphql';
import { isCommandRefusal, type CommandRefusal } from '@anju/commands';
import { message } from '@anju/labels';
import type { PlainValue, Refusal as RuleRefusal } from '@anju/kernel';
import type { RequestContext } from './request-context';

/** What all refusals have in common: a code for programs and a sentence for people. */
@InterfaceType({
  autoRegisterImplementations: false,
  description: 'Why a command was not carried out, in a way that the caller can act on.',
})
export abstract class Refusal {
  @Field(() => String, { description: 'Listed in docs/errors.md; stable.' })
  code: string;

  @Field(() => String, { description: 'For the person at the screen, in the language of the request.' })
  message: string;
}

/**
 * Member of every result union. With it a client can always ask for `... on Refusal`, also where a command has no
 * refusal of its own yet; and a stored answer whose refusal has been given up since can still be given again.
 */
@Directive('@shareable')
@ObjectType({
  implements: Refusal,
  description:
    'The command was refused: `COMMAND_REFUSED`, or another code that has no type of its own here.',
})
class CommandRefused extends Refusal {}

/**
 * GraphQL types of a refusal's data, by field; `[String]` for lists, `nullable` where the rule may leave it out,
 * `description` where the name does not say all.
 */
export type RefusalFields = Record<string, RefusalField>;
export type RefusalField = FieldType | { type: FieldType; nullable?: boolean; description?: string };
type FieldType = ClassType | (new (...args: never[]) => unknown) | object | [object];

/** `UNIT_ALREADY_SOLD` → `UnitAlreadySold` */
export function refusalTypeName(code: string): string {
  return code
    .toLowerCase()
    .replace(/(^|_)([a-z0-9])/g, (_whole, _gap, letter: string) => letter.toUpperCase());
}

/** A refusal's object type, and by its phantom type the code that it stands for. */
export type RefusalType<Code extends string> = ClassType & { readonly __code?: Code };

function isDescribed(
  field: RefusalField,
): field is { type: FieldType; nullable?: boolean; description?: string } {
  return typeof field === 'object' && 'type' in field;
}

/** Declares one object type per refusal code of a context. */
export function refusalTypes<const Codes extends Record<string, RefusalFields>>(
  fieldsByCode: Codes,
): { readonly [Code in keyof Codes & string]: RefusalType<Code> } {
  const types = Object.entries(fieldsByCode).map(([code, fields]) => {
    const name = refusalTypeName(code);
    const type = { [name]: class extends Refusal {} }[name]!;
    for (const [field, declared] of Object.entries(fields)) {
      const { type: fieldType, ...options } = isDescribed(declared) ? declared : { type: declared };
      Field(() => fieldType as ClassType, options)(type.prototype as object, field);
    }
    Directive('@shareable')(type);
    ObjectType(name, { implements: Refusal, description: `The command was refused: \`${code}\`.` })(type);
    return [code, type];
  });
  return Object.fromEntries(types) as { readonly [Code in keyof Codes & string]: RefusalType<Code> };
}

/** Gives refusals their message, for every type that implements the interface. */
@Resolver(() => Refusal)
export class RefusalResolver {
  @FieldResolver(() => String)
  message(@Root() refusal: CommandRefusal, @Ctx() context: RequestContext): string {
    return message(refusal.code, refusal.data, context.locale);
  }
}

/** What a command's resolver may return: the entity, or one of the refusals that its union names. */
export type CommandAnswer<Result> = Result extends { readonly __answer?: infer Answer } ? Answer : never;

/**
 * Declares the result union of a command: its entity or one of the refusals that its rule can give.
 * Use `CommandAnswer<typeof …>` as the resolver's return type, so that a refusal that is not named does not compile.
 */
export function commandResult<Entity extends object, const Codes extends string>(
  name: string,
  entity: ClassType<Entity>,
  entityName: string,
  refusals: { readonly [Code in Codes]: RefusalType<Code> },
): object & {
  readonly __answer?: Entity | CommandRefusal<RuleRefusal<Codes, { readonly [key: string]: PlainValue }>>;
} {
  const typeNames = new Map(Object.keys(refusals).map((code) => [code, refusalTypeName(code)]));
  return createUnionType<ClassType[]>({
    name,
    description: `The ${entityName}, or why the command was refused.`,
    types: () => [entity, ...Object.values<ClassType>(refusals), CommandRefused] as const,
    resolveType: (value: object) => {
      if (!isCommandRefusal(value)) return entityName;
      return typeNames.get(value.code) ?? CommandRefused.name;
    },
  });
}
