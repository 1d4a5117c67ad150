import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PolicyEffect } from '@anju/policies';
import { Requires, type RequestContext } from '@anju/subgraph';
import type { ComplaintLists } from './complaint-lists';
import { complaintPolicy } from './complaint-policy';
import { Complaint } from './complaint.entity';

/** Of which case a preview tells, for those who may see it. */
@Resolver(() => complaintPolicy.effect)
export class ComplaintPolicyEffectResolver {
  constructor(private readonly lists: ComplaintLists) {}

  @Requires('complaints.complaint.read')
  @FieldResolver(() => Complaint, { nullable: true, description: 'The case, where you may see it.' })
  complaint(@Root() { subjectId }: PolicyEffect, @Ctx() context: RequestContext): Promise<Complaint | null> {
    return this.lists.one(subjectId, context);
  }
}
