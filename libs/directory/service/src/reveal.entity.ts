import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { encryptedColumn } from '@anju/access';
import type { AggregateDefinition } from '@anju/commands';
import type { DirectoryPolicy, PersonalDataRevealed, RevealState } from '@anju/directory-rules';
import { AggregateEntity } from '@anju/subgraph';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';
import { RevealPurposeEnum, RevealableFieldEnum } from './graph-enums';

@ObjectType({
  simpleResolvers: true,
  description: 'One unmasking, as the log keeps it: who, whose, what, why, when (DIR-05). Never changed.',
})
@Entity('reveal')
export class Reveal extends AggregateEntity implements RevealState {
  @Column('uuid')
  organisationId: string;

  @Column('text')
  status: RevealState['status'];

  @Field(() => ID, { description: 'The member of staff who looked.' })
  @Column('uuid')
  revealedBy: string;

  @Field(() => ID, { description: 'Whose numbers were shown.' })
  @Column('uuid')
  customerId: string;

  @Field(() => [RevealableFieldEnum], { description: 'What was shown.' })
  @Column('text', { array: true })
  fields: RevealState['fields'];

  @Field(() => RevealPurposeEnum, { description: 'What for.' })
  @Column('text')
  purpose: RevealState['purpose'];

  @Field(() => String, { description: 'What for, in the words of who looked.' })
  @Column('text', { transformer: encryptedColumn('reveal.note') })
  note: string;

  @Field(() => Date, { description: 'When.' })
  @Column('timestamptz')
  at: Date;
}

export const revealAggregate: AggregateDefinition<
  RevealState,
  PersonalDataRevealed,
  DirectoryPolicy,
  Reveal
> = {
  type: 'Reveal',
  context: 'directory',
  entity: Reveal,
  environment: directoryPolicy,
  events: eventsOf,
};
