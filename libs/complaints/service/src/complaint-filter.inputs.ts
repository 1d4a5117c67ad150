import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type {
  CauseClass,
  ComplaintChannel,
  ComplaintClockKind,
  ComplaintStatus,
  ReplyApprover,
  Severity,
} from '@anju/complaints-rules';
import { graphEnum } from '@anju/subgraph';
import {
  CauseClassEnum,
  ComplaintChannelEnum,
  ComplaintClockKindEnum,
  ComplaintStatusEnum,
  SeverityEnum,
} from './graph-enums';
import { ReplyApproverEnum } from './work-enums';

/** As long as the events take a code; longer ones are no code. */
const codeLength = { maxLength: 100 };
/** Of a search: more words are no search but a text. */
const searchLength = { maxLength: 200 };

export const complaintOrders = [
  'RECEIVED_LAST_FIRST',
  'RECEIVED_FIRST_FIRST',
  'DUE_FIRST',
  'LONGEST_OVERDUE_FIRST',
  'SEVEREST_FIRST',
] as const;
export type ComplaintOrder = (typeof complaintOrders)[number];

export const ComplaintOrderEnum = graphEnum(
  'ComplaintOrder',
  'In which order complaints are listed.',
  complaintOrders,
  {
    DUE_FIRST: { description: 'Those with a duty to come, the one that is due first in front; no others.' },
    LONGEST_OVERDUE_FIRST: { description: 'Those with a duty past its due time and undone; no others.' },
    SEVEREST_FIRST: { description: 'Major before hot before general; of equals the later case first.' },
  },
);

@InputType({ description: 'Which complaints; all that is given has to hold.' })
export class ComplaintFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Of one of these projects.' })
  projectIds?: string[] | null;

  @Field(() => [ComplaintStatusEnum], { nullable: true, description: 'In one of these statuses.' })
  status?: ComplaintStatus[] | null;

  @Field(() => [SeverityEnum], { nullable: true, description: 'Of one of these severities.' })
  severity?: Severity[] | null;

  @Field(() => [CauseClassEnum], { nullable: true, description: 'Of one of these cause classes.' })
  causeClass?: CauseClass[] | null;

  @Field(() => [ComplaintChannelEnum], { nullable: true, description: 'That came in by one of these.' })
  channel?: ComplaintChannel[] | null;

  @Field(() => ID, { nullable: true, description: 'Handled by this employee.' })
  handlerId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: handled by the reader.' })
  mine?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: without a handler yet; false: only with one.',
  })
  unassigned?: boolean | null;

  @Extensions(codeLength)
  @Field(() => String, { nullable: true, description: 'Of this responsible department.' })
  departmentCode?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True: of the reader's own department." })
  myDepartment?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'With this customer among its members.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'About this home.' })
  unitId?: string | null;

  @Field(() => ID, { nullable: true, description: 'About this building or a home in it.' })
  buildingId?: string | null;

  @Extensions(codeLength)
  @Field(() => String, { nullable: true, description: 'About this topic.' })
  topic?: string | null;

  @Extensions(codeLength)
  @Field(() => [String], { nullable: true, description: 'About one of these topics.' })
  topics?: string[] | null;

  @Extensions(codeLength)
  @Field(() => String, { nullable: true, description: 'With this number, such as `JX-C20260302-001`.' })
  number?: string | null;

  @Extensions(searchLength)
  @Field(() => String, {
    nullable: true,
    description:
      'With all of these words, separated by spaces, in what the customers said, in answers, progress and results, in remarks of visits or in reasons of reopening; a word may have any number of characters.',
  })
  search?: string | null;

  @Field(() => Date, { nullable: true, description: 'Received at this instant or later.' })
  receivedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Received before this instant.' })
  receivedTo?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Resolved at this instant or later, and still so.' })
  resolvedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Resolved before this instant, and still so.' })
  resolvedTo?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Closed at this instant or later, and still so.' })
  closedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Closed before this instant, and still so.' })
  closedTo?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Received so many days of 24 h ago, or earlier.' })
  minAgeDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Received less than so many days of 24 h ago.' })
  maxAgeDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only what is not closed.' })
  openOnly?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: with a duty that falls due before the day ends, in the project's time when one project is asked for.",
  })
  dueToday?: boolean | null;

  @Field(() => Date, { nullable: true, description: 'With a duty that falls due before this instant.' })
  dueTo?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only with a duty past its due time and undone; false: only without.',
  })
  overdue?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: offered to the reader, who has not answered.' })
  offeredToMe?: boolean | null;

  @Field(() => [ReplyApproverEnum], {
    nullable: true,
    description: 'With a reply that waits for the word of one of these (CMP-08).',
  })
  replyAwaits?: ReplyApprover[] | null;

  @Field(() => [ComplaintClockKindEnum], {
    nullable: true,
    description: 'With a duty of one of these kinds that was missed, whether it was done late or not at all.',
  })
  missedClocks?: ComplaintClockKind[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what came back after it had been handled (CMP-02); false: only the others.',
  })
  secondComplaint?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'With so many different customers or more (CMP-14).' })
  minGroupSize?: number | null;

  @Field(() => Int, { nullable: true, description: 'With so many different customers or fewer (CMP-14).' })
  maxGroupSize?: number | null;
}
