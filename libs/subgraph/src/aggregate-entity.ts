import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, DefaultNamingStrategy, PrimaryColumn } from 'typeorm';

/** What every aggregate's row and graph type have; the write path keeps the last three. */
@ObjectType({ simpleResolvers: true, description: 'An aggregate.' })
export abstract class AggregateEntity {
  @Field(() => ID, { description: 'Opaque; never changes.' })
  @PrimaryColumn('uuid')
  id: string;

  @Field(() => Int, {
    description: 'Counts the changes; give it back as `expectedVersion` to be told of a lost race.',
  })
  @Column('int')
  version: number;

  @Field(() => Date, { description: 'When it came on record.' })
  @Column('timestamptz')
  createdAt: Date;

  @Field(() => Date, { description: 'When it last changed.' })
  @Column('timestamptz')
  updatedAt: Date;
}

/** Properties in camelCase, columns in snake_case. */
export class SnakeCaseColumns extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string): string {
    return customName || propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
