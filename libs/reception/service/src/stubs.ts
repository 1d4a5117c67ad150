import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** What other services own and this one refers to, or adds fields to: a key and nothing else. */
export interface Stub {
  readonly id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Customer', { simpleResolvers: true, description: 'A customer (客户).' })
export class CustomerStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Unit', { simpleResolvers: true, description: 'A unit (房屋).' })
export class UnitStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Staff', { simpleResolvers: true, description: 'An employee.' })
export class StaffStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Project', { simpleResolvers: true, description: 'A project (楼盘/小区).' })
export class ProjectStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Building', { simpleResolvers: true, description: 'A building.' })
export class BuildingStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Partner', { simpleResolvers: true, description: 'An outside firm or authority (外联单位).' })
export class PartnerStub implements Stub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Complaint', { simpleResolvers: true, description: 'A complaint case (投诉).' })
export class ComplaintStub implements Stub {
  @Field(() => ID)
  id: string;
}

export function stub(id: string): Stub {
  return { id };
}

export function stubOrNull(id: string | null): Stub | null {
  return id === null ? null : { id };
}
