import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { recordedFactsOf } from '@anju/commands';
import type { ComplaintAssigned } from '@anju/complaints-rules';
import { Requires, stubOrNull, type RequestContext, type Stub } from '@anju/subgraph';
import { Complaint } from './complaint.entity';
import { StaffStub } from './stubs';

const read = 'complaints.complaint.read';

@ObjectType('ComplaintAssignment', {
  simpleResolvers: true,
  description: 'The case came to a department and a handler, or was taken from one (CMP-04, CMP-15).',
})
export class ComplaintAssignmentPart {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, { description: 'A staff id, or `system:` and what acted.' })
  by: string;

  @Field(() => String, { nullable: true, description: 'Code of the department that has it from then on.' })
  responsibleDepartment: string | null;

  @Field(() => String, { nullable: true, description: 'Code of the department that had it.' })
  previousDepartment: string | null;

  readonly handlerId: string | null;
  readonly previousHandlerId: string | null;
}

/** Through which hands a case went: a case has its present handler only, the earlier ones are in its history. */
@Resolver(() => Complaint)
export class ComplaintAssignmentsResolver {
  constructor(private readonly dataSource: DataSource) {}

  @Requires(read)
  @FieldResolver(() => [ComplaintAssignmentPart], {
    nullable: true,
    description: 'Every department and handler that it had, the first one first (CMP-13).',
  })
  assignments(
    @Root() complaint: Complaint,
    @Ctx() context: RequestContext,
  ): Promise<ComplaintAssignmentPart[]> {
    return context.loaders.load('complaint:assignments', complaint.id, async (ids) => {
      const { manager } = this.dataSource;
      const byId = await recordedFactsOf<ComplaintAssigned>(manager, 'Complaint', ids, 'ComplaintAssigned');
      return ids.map((id) => (byId.get(id) ?? []).map(({ at, actor, fact }) => ({ ...fact, at, by: actor })));
    });
  }
}

@Resolver(() => ComplaintAssignmentPart)
export class ComplaintAssignmentResolver {
  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who handles it from then on.' })
  handler(@Root() { handlerId }: ComplaintAssignmentPart): Stub | null {
    return stubOrNull(handlerId);
  }

  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who handled it before.' })
  previousHandler(@Root() { previousHandlerId }: ComplaintAssignmentPart): Stub | null {
    return stubOrNull(previousHandlerId);
  }
}
