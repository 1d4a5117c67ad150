import { Extensions, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AttachmentRemoval, ComplaintAttachment } from '@anju/complaints-rules';
import { ComplaintCommandInput } from './complaint.inputs';

const actor = { description: 'A staff id, or `system:` and what acted.' };

@ObjectType('ComplaintAttachmentRemoval', {
  simpleResolvers: true,
  description: 'That a file was taken off the case.',
})
export class AttachmentRemovalPart implements AttachmentRemoval {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@ObjectType('ComplaintAttachment', { simpleResolvers: true, description: 'A file of the case (附件).' })
export class AttachmentPart implements ComplaintAttachment {
  @Field(() => ID, { description: 'Also of the uploaded file.' })
  id: string;

  @Field(() => String, { description: 'Under which it was uploaded, made fit to be shown and saved.' })
  name: string;

  @Field(() => String, { description: 'By what is in it, such as `image/jpeg`.' })
  contentType: string;

  @Field(() => Int, { description: 'Bytes.' })
  size: number;

  @Field(() => Date, { description: 'When it was attached.' })
  addedAt: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { nullable: true, description: 'What was noted with it.' })
  note: string | null;

  @Field(() => AttachmentRemovalPart, {
    nullable: true,
    description: 'When it was taken off; it cannot be read any more then.',
  })
  removal: AttachmentRemovalPart | null;
}

@InputType({ description: 'Uploaded files for a case, all of them or none.' })
export class AttachToComplaintInput extends ComplaintCommandInput {
  @Field(() => [ID], {
    description:
      'What uploads answered: by `POST /files/complaints?project=<id>` to the gateway, at most a day ago.',
  })
  fileIds: string[];

  @Extensions({ maxLength: 1_000 })
  @Field(() => String, { nullable: true, description: 'Where they come from, or what they show.' })
  note?: string | null;
}

@InputType({ description: 'A file that does not belong to the case.' })
export class DetachFromComplaintInput extends ComplaintCommandInput {
  @Field(() => ID, { description: 'Of `Complaint.attachments`.' })
  attachmentId: string;

  @Extensions({ maxLength: 1_000 })
  @Field(() => String, { description: 'Why it is taken off.' })
  reason: string;
}
