import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { isId } from '@anju/kernel';

/** What another service owns: its key and nothing else. */
export interface Stub {
  readonly id: string;
}

/**
 * The graph type of what another service owns; the owner's description is the one that the graph shows. Each service
 * makes its own: type-graphql knows by the class which fields a service adds, and all services may run in one process.
 * @param name of the type, such as `Customer`
 * @param options extended: whether this service adds fields, and so can be asked for them
 */
export function entityStub(name: string, { extended }: { readonly extended: boolean }): new () => Stub {
  @Directive(extended ? '@key(fields: "id")' : '@key(fields: "id", resolvable: false)')
  @ObjectType(name, { simpleResolvers: true })
  class EntityStub implements Stub {
    @Field(() => ID)
    id: string;
  }
  return EntityStub;
}

export function stub(id: string): Stub {
  return { id };
}

export function stubOrNull(id: string | null): Stub | null {
  return id === null ? null : { id };
}

/** The employee behind an actor; null for the platform itself, and for nobody. */
export function staffStub(by: string | null): Stub | null {
  return by !== null && isId(by) ? { id: by } : null;
}
