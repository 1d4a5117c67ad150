import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { DeliveryCounts, MessageApproval, MessageState } from '@anju/communications-rules';

type One<List extends readonly unknown[]> = List[number];

@ObjectType({ simpleResolvers: true, description: 'Whom a message is for, as it was found (COM-05).' })
export class MessageAudience {
  @Field(() => Int, { description: 'Different customers; shown before anybody approves.' })
  size: number;

  @Field(() => Date, { description: 'When they were counted.' })
  countedAt: Date;

  @Field(() => [ID], { description: 'Owners and others of homes in one of these; none: no matter.' })
  buildingIds: readonly string[];

  @Field(() => [ID], { description: 'Owners and others of one of these homes; none: no matter.' })
  unitIds: readonly string[];

  @Field(() => [String], { description: 'In one of these roles, such as `OWNER`; none: no matter.' })
  roles: readonly string[];

  @Field(() => [ID], { description: 'Among these customers; none: no matter.' })
  customerIds: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: 'A value that the message puts into its text.' })
export class MessageValue {
  @Field(() => String, { description: 'The field of the template.' })
  field: string;

  @Field(() => String, { description: 'What stands in its place.' })
  value: string;
}

@ObjectType({ simpleResolvers: true, description: 'An approval, of one text for one audience (COM-05).' })
export class MessageApprovalPart implements MessageApproval {
  @Field(() => ID, { description: 'Id of the employee who approved.' })
  by: string;

  @Field(() => Date, { description: 'When.' })
  approvedAt: Date;

  @Field(() => Int, { description: 'Which text and audience.' })
  revision: number;

  @Field(() => Date, { nullable: true, description: 'When a change made it void; null while it holds.' })
  voidedAt: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'That a message was sent back.' })
export class MessageRejectionPart implements One<MessageState['rejections']> {
  @Field(() => ID, { description: 'Id of the employee who sent it back.' })
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => Date, { description: 'When.' })
  rejectedAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'That a message was given up.' })
export class MessageCancellationPart implements NonNullable<MessageState['cancellation']> {
  @Field(() => ID, { description: 'Id of the employee who gave it up.' })
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => Date, { description: 'When.' })
  cancelledAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'What became of the recipients.' })
export class MessageCounts implements DeliveryCounts {
  @Field(() => Int, { description: 'Copies that the carrier took.' })
  delivered: number;

  @Field(() => Int, { description: 'Copies that came to nothing.' })
  failed: number;

  @Field(() => Int, { description: 'Recipients to whom nothing was sent, each for a reason.' })
  skipped: number;
}
