import { Directive, Field, ID, ObjectType } from 'type-graphql';

/**
 * What other services own and this one refers to, or adds fields to: a key and nothing else. The owner's
 * description is the one that the graph shows.
 */
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
@ObjectType('Unit', { simpleResolvers: true })
export class UnitStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Interaction', { simpleResolvers: true })
export class InteractionStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Complaint', { simpleResolvers: true })
export class ComplaintStub implements Stub {
  @Field(() => ID)
  id: string;
}
