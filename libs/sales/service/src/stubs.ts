import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { isId } from '@anju/kernel';

/** What other services own and this one refers to, or adds fields to: a key and nothing else. */
export interface Stub {
  readonly id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Customer', { simpleResolvers: true })
export class CustomerStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Unit', { simpleResolvers: true })
export class UnitStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Staff', { simpleResolvers: true })
export class StaffStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Project', { simpleResolvers: true })
export class ProjectStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Interaction', { simpleResolvers: true })
export class InteractionStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Partner', { simpleResolvers: true })
export class PartnerStub implements Stub {
  @Field(() => ID)
  id: string;
}

export function stub(id: string): Stub {
  return { id };
}

export function stubOrNull(id: string | null): Stub | null {
  return id === null ? null : { id };
}

/** The employee behind an actor; null for the platform itself. */
export function staffStub(by: string): Stub | null {
  return isId(by) ? { id: by } : null;
}
