import { Directive, Field, Float, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { SealedColumn, type AggregateDefinition } from '@anju/commands';
import type { DirectoryPolicy, PartnerFact, PartnerState } from '@anju/directory-rules';
import { AggregateEntity } from '@anju/subgraph';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';
import { PartnerKindEnum, PartnerStatusEnum } from './graph-enums';

@ObjectType({
  simpleResolvers: true,
  description: 'Whom to call at a partner: a person, or a hotline without a name.',
})
export class PartnerContact {
  @Field(() => ID, { description: 'Give it to `removePartnerContact`.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Null for a hotline.' })
  name: string | null;

  @Field(() => String, { description: 'As dialled inside China.' })
  phone: string;

  @Field(() => String, { nullable: true, description: 'What the contact is for.' })
  duty: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'An outside firm or authority (外联单位) with its service promise (DIR-04).',
})
@Entity('partner')
export class Partner extends AggregateEntity implements PartnerState {
  @Column('uuid')
  organisationId: string;

  @Field(() => PartnerStatusEnum, { description: 'Whether it takes new items.' })
  @Column('text')
  status: PartnerState['status'];

  @Field(() => PartnerKindEnum, { description: 'What it is there for.' })
  @Column('text')
  kind: PartnerState['kind'];

  @Field(() => String, { description: 'Name (单位名称).' })
  @Column('text')
  name: string;

  @SealedColumn('partner.contacts')
  contacts: PartnerState['contacts'];

  @Field(() => Float, { nullable: true, description: 'Service promise: hours from the call to the arrival.' })
  @Column('double precision', { nullable: true })
  arrivalHours: number | null;

  @Column('uuid', { array: true })
  projectIds: PartnerState['projectIds'];
}

export const partnerAggregate: AggregateDefinition<PartnerState, PartnerFact, DirectoryPolicy, Partner> = {
  type: 'Partner',
  context: 'directory',
  entity: Partner,
  projectIds: (partner) => partner.projectIds,
  environment: directoryPolicy,
  events: eventsOf,
};
