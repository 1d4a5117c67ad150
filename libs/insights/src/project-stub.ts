import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The directory's project: its key, to which this service adds figures. */
@Directive('@key(fields: "id")')
@ObjectType('Project', { simpleResolvers: true })
export class ProjectStub {
  @Field(() => ID)
  id: string;
}
