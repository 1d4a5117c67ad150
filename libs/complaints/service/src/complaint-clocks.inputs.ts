import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { ComplaintClockKind, ComplaintDeadlineKind } from '@anju/complaints-rules';
import { ComplaintCommandInput } from './complaint.inputs';
import { ComplaintClockKindEnum, ComplaintDeadlineKindEnum } from './graph-enums';

const codeLength = { maxLength: 100 };
const textLength = { maxLength: 5_000 };

@InputType({ description: 'The customer is promised a call within two days (CMP-06).' })
export class PromiseComplaintCallbackInput extends ComplaintCommandInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The customer of the case who was promised it; none: all.',
  })
  customerId?: string | null;

  @Extensions(textLength)
  @Field(() => String, { nullable: true, description: 'What the call is to be about.' })
  note?: string | null;
}

@InputType({ description: 'Duties that stand still while the customer is waited for.' })
export class PauseComplaintClocksInput extends ComplaintCommandInput {
  @Field(() => [ComplaintClockKindEnum], {
    nullable: true,
    description: 'Which duties; all that run and may stand still unless told.',
  })
  clocks?: ComplaintClockKind[] | null;

  @Extensions(textLength)
  @Field(() => String, { description: 'What the customer is waited for.' })
  reason: string;
}

@InputType({ description: 'Duties that go on: the customer has done his part.' })
export class ResumeComplaintClocksInput extends ComplaintCommandInput {
  @Field(() => [ComplaintClockKindEnum], {
    nullable: true,
    description: 'Which duties; all that stand still unless told.',
  })
  clocks?: ComplaintClockKind[] | null;
}

@InputType({ description: 'Which of what falls due; all that is given has to hold.' })
export class ComplaintsDueFilter {
  @Field(() => ID, { nullable: true, description: 'In this project.' })
  projectId?: string | null;

  @Field(() => [ComplaintDeadlineKindEnum], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: ComplaintDeadlineKind[] | null;

  @Field(() => ID, { nullable: true, description: 'Of cases that this employee handles.' })
  handlerId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: of cases that the reader handles.' })
  mine?: boolean | null;

  @Extensions(codeLength)
  @Field(() => String, { nullable: true, description: 'Of cases of this responsible department.' })
  departmentCode?: string | null;
}
