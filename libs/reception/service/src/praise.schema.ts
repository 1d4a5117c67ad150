import { Extensions, Field, ID, InputType } from 'type-graphql';
import { CommandInput, commandResult } from '@anju/subgraph';
import { Praise } from './praise.entity';
import { refusing } from './reception.refusals';

@InputType({ description: 'What a customer said to an employee’s praise in a contact (APR-10).' })
export class PraiseStaffInput extends CommandInput {
  @Field(() => ID, { description: 'The contact, open or closed.' })
  interactionId: string;

  @Field(() => ID, { description: 'Who is praised; nobody records his own praise.' })
  staffId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Which customer of the contact; none where it is not known.',
  })
  customerId?: string | null;

  @Extensions({ maxLength: 2_000 })
  @Field(() => String, { description: 'In the customer’s words.' })
  text: string;
}

export const PraiseStaffResult = commandResult(
  'PraiseStaffResult',
  Praise,
  'Praise',
  refusing('RECEPTION_TEXT_MISSING', 'STAFF_PRAISES_HIMSELF', 'PRAISER_NOT_OF_CONTACT'),
);
