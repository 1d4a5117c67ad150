import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { isId } from '@anju/kernel';

/**
 * What other services own and this one refers to, or adds fields to: a key and nothing else. The owner's
 * description is the one that the graph shows.
 */
export interface Stub {
  readonly id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Staff', { simpleResolvers: true })
export class StaffStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Project', { simpleResolvers: true })
export class ProjectStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Organisation', { simpleResolvers: true })
export class OrganisationStub implements Stub {
  @Field(() => ID)
  id: string;
}

/** The employee behind an actor; null for the platform itself. */
export function staffOf(by: string | null): Stub | null {
  return by !== null && isId(by) ? { id: by } : null;
}
