import { Field, ID, Int, ObjectType, type ClassType } from 'type-graphql';
import type { DueTimeEffect, FieldEffect, PolicyEffect, PolicyPreview } from './preview';

export interface PreviewTypes {
  readonly preview: ClassType<PolicyPreview>;
  readonly effect: ClassType<PolicyEffect>;
}

/** The graph's types of what a draft would change. @param name such as `Complaint` */
export function previewTypes(name: string): PreviewTypes {
  @ObjectType(`${name}PolicyDueTimeEffect`, {
    simpleResolvers: true,
    description: 'A due time that would be another.',
  })
  class DueTime implements DueTimeEffect {
    @Field(() => String, { description: 'What falls due.' })
    kind: string;

    @Field(() => Date, { nullable: true, description: 'When it does now; null: it does not.' })
    fromDueAt: Date | null;

    @Field(() => Date, { nullable: true, description: 'When it would; null: it would not any more.' })
    toDueAt: Date | null;
  }

  @ObjectType(`${name}PolicyFieldEffect`, {
    simpleResolvers: true,
    description: 'A field that would have another value.',
  })
  class OtherField implements FieldEffect {
    @Field(() => String, { description: 'Which.' })
    field: string;

    @Field(() => String, { description: 'What it is.' })
    from: string;

    @Field(() => String, { description: 'What it would be.' })
    to: string;
  }

  @ObjectType(`${name}PolicyFieldCount`, {
    simpleResolvers: true,
    description: 'How many would have another value of a field.',
  })
  class FieldCount {
    @Field(() => String, { description: 'Which.' })
    field: string;

    @Field(() => Int, { description: 'How many.' })
    count: number;
  }

  @ObjectType(`${name}PolicyEffect`, { simpleResolvers: true, description: 'What would change of one.' })
  class Effect implements PolicyEffect {
    @Field(() => ID, { description: 'Of which.' })
    subjectId: string;

    @Field(() => [DueTime], { description: 'Due times that would be others.' })
    dueTimes: DueTimeEffect[];

    @Field(() => [OtherField], { description: 'Fields that would have other values.' })
    fields: FieldEffect[];
  }

  @ObjectType(`${name}PolicyPreview`, {
    simpleResolvers: true,
    description: 'What would change of what is open if the draft were in force now. Nothing changes by it.',
  })
  class Preview implements PolicyPreview {
    @Field(() => Int, { description: 'What is open where the draft would hold.' })
    open: number;

    @Field(() => Int, { description: 'How many this page looked at; its counts are of these.' })
    lookedAt: number;

    @Field(() => Int, { description: 'How many would change.' })
    changing: number;

    @Field(() => Int, { description: 'How many would have other due times.' })
    otherDueTimes: number;

    @Field(() => [FieldCount], { description: 'How many would have other values, by field.' })
    otherFields: FieldCount[];

    @Field(() => [Effect], { description: 'The first of those that would change.' })
    examples: PolicyEffect[];

    @Field(() => String, {
      nullable: true,
      description: 'Give it to `after` to look at more; null: that was all.',
    })
    continueAfter: string | null;
  }
  return { preview: Preview, effect: Effect };
}
