import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { SchemeState } from '@anju/appraisal-rules';
import { JsonColumn } from '@anju/commands';
import { AggregateEntity, DateScalar } from '@anju/subgraph';
import { SchemeStatusEnum, StaffLevelEnum } from './graph-enums';
import { SchemeVersionPart } from './scheme.parts';

/** 考核方案 */
@Directive('@key(fields: "id")')
@ObjectType('AppraisalScheme', {
  simpleResolvers: true,
  description: 'How a level, or one position of it, is appraised (考核方案, APR-01, 02).',
})
@Entity('scheme')
export class Scheme extends AggregateEntity implements SchemeState {
  /** Of no project; not stored. */
  projectId: null = null;

  @Column('uuid')
  organisationId: string;

  @Field(() => SchemeStatusEnum, { description: 'Whether periods still begin with it.' })
  @Column('text')
  status: SchemeState['status'];

  @Field(() => StaffLevelEnum, { description: 'Whose work it measures.' })
  @Column('text')
  level: SchemeState['level'];

  @Field(() => String, {
    nullable: true,
    description: 'A position’s code; null for every position of the level that has no scheme of its own.',
  })
  @Column('text', { nullable: true })
  position: string | null;

  @Field(() => [SchemeVersionPart], { description: 'The earliest first.' })
  @JsonColumn()
  versions: SchemeState['versions'];

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day on which a period may begin with it; null while it is in use.',
  })
  @Column('date', { nullable: true })
  lastDay: string | null;
}
