import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import type { ReadinessState, ReadyItem } from '@anju/sales-rules';
import { AggregateEntity, DateScalar, stub, type Stub } from '@anju/subgraph';
import { ReadinessItemEnum, ReadinessStatusEnum } from './graph-enums';
import { ProjectStub } from './stubs';

@ObjectType('ReadyItem', {
  simpleResolvers: true,
  description: 'Something that signing needs, and that is there (SAL-10).',
})
export class ReadyItemPart implements ReadyItem {
  @Field(() => ReadinessItemEnum, { description: 'What.' })
  item: ReadyItem['item'];

  @Field(() => String, {
    description: "A certificate's number; of anything else, its version or connection.",
  })
  reference: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The certificate's date; null for what is no certificate.",
  })
  issuedOn: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day on which it is valid; null where it does not expire.',
  })
  expiresOn: string | null;

  @Field(() => String, { description: 'A staff id, or `system:` and what acted.' })
  by: string;

  @Field(() => Date, { description: 'When it was recorded.' })
  recordedAt: Date;
}

/** 五证等 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'What a project has of what it needs before its contracts can be signed (SAL-10).',
})
@Entity('readiness')
export class Readiness extends AggregateEntity implements ReadinessState {
  @Column('uuid')
  projectId: string;

  @Field(() => ReadinessStatusEnum, {
    description: 'Whether every item is on record; one that has expired counts as `missing`.',
  })
  @Column('text')
  status: ReadinessState['status'];

  @Field(() => [ReadyItemPart], { description: 'What is there.' })
  @JsonColumn()
  items: ReadinessState['items'];

  @Field(() => ProjectStub, { nullable: true, description: 'The project whose list it is.' })
  get project(): Stub {
    return stub(this.projectId);
  }
}
