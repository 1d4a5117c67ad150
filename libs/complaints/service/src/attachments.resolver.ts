import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { ComplaintAttachment } from '@anju/complaints-rules';
import { Requires, actorOf, type CommandAnswer, type RequestContext } from '@anju/subgraph';
import { AttachToComplaintInput, AttachmentPart, DetachFromComplaintInput } from './attachments.schema';
import type { AttachmentsService } from './attachments.service';
import { Complaint } from './complaint.entity';
import { AttachToComplaintResult, DetachFromComplaintResult } from './complaint.schema';

const read = 'complaints.complaint.read';

/** Files are attached and taken off by commands; their contents come and go beside the graph. */
@Resolver(() => Complaint)
export class AttachmentsResolver {
  constructor(private readonly service: AttachmentsService) {}

  @Requires('complaints.complaint.attach')
  @Mutation(() => AttachToComplaintResult, {
    description: 'Attaches files that one has uploaded, all of them or none.',
  })
  attachToComplaint(
    @Arg('input', () => AttachToComplaintInput) input: AttachToComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AttachToComplaintResult>> {
    return this.service.attach(input, actorOf(context));
  }

  @Requires('complaints.complaint.attach')
  @Mutation(() => DetachFromComplaintResult, {
    description: 'Takes a file off, with a reason; it cannot be read any more, and stays on record.',
  })
  detachFromComplaint(
    @Arg('input', () => DetachFromComplaintInput) input: DetachFromComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof DetachFromComplaintResult>> {
    return this.service.detach(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => [AttachmentPart], {
    nullable: true,
    description: 'Its files in the order in which they were attached.',
  })
  attachments(
    @Root() complaint: Complaint,
    @Arg('removed', () => Boolean, { nullable: true, description: 'True: also those that were taken off.' })
    removed: boolean | null,
  ): readonly ComplaintAttachment[] {
    return complaint.attachments.filter(({ removal }) => removed === true || removal === null);
  }
}

@Resolver(() => AttachmentPart)
export class AttachmentResolver {
  @Requires(read)
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where the gateway gives it out, with the same token; null once it was taken off.',
  })
  downloadPath(@Root() { id, removal }: AttachmentPart): string | null {
    return removal === null ? `/files/complaints/${id}` : null;
  }
}
