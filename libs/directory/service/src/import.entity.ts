import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { JsonColumn, type AggregateDefinition } from '@anju/commands';
import {
  importDeadlines,
  onImportDeadline,
  type DirectoryPolicy,
  type ImportFact,
  type ImportState,
  type ProblemReason,
} from '@anju/directory-rules';
import { AggregateEntity } from '@anju/subgraph';
import { directoryPolicy } from './directory-policy';
import {
  ImportEncodingEnum,
  ImportFailureEnum,
  ImportKindEnum,
  ImportStatusEnum,
  ProblemReasonEnum,
} from './graph-enums';

/** The counts are the runner's, and change without a new version. */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A file of units or customers on its way into the directory.',
})
@Entity('import')
export class Import extends AggregateEntity implements ImportState {
  @Column('uuid')
  projectId: string;

  @Field(() => ImportStatusEnum, { description: 'How far it is.' })
  @Column('text')
  status: ImportState['status'];

  @Field(() => ImportKindEnum, { description: 'What its lines are about.' })
  @Column('text')
  kind: ImportState['kind'];

  @Field(() => String, { description: 'As the client named it.' })
  @Column('text')
  fileName: string;

  @Field(() => ImportEncodingEnum, { nullable: true, description: 'As told, or as it was found out to be.' })
  @Column('text', { nullable: true })
  encoding: ImportState['encoding'];

  @Field(() => Boolean, { description: 'Only tried out: nothing is written.' })
  @Column('boolean')
  dryRun: boolean;

  @Field(() => Boolean, { description: 'The good lines are imported although others are bad.' })
  @Column('boolean')
  skipBadLines: boolean;

  @JsonColumn()
  parts: ImportState['parts'];

  @Column('uuid')
  startedBy: string;

  @Field(() => Date, { description: 'When the file is deleted if nobody runs the import.' })
  @Column('timestamptz')
  expiresAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was over, whatever way.' })
  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @Field(() => ImportFailureEnum, {
    nullable: true,
    description: 'Why the file could not be imported at all.',
  })
  @Column('text', { nullable: true })
  failure: ImportState['failure'];

  @Field(() => Int, {
    nullable: true,
    description: 'Lines with content, without the header; null until it is read.',
  })
  @Column({ type: 'int', nullable: true, insert: false })
  totalLines: number | null;

  @Field(() => Int, { description: 'Lines tried out while `CHECKING`, then lines carried out.' })
  @Column({ type: 'int', insert: false })
  processedLines: number = 0;

  @Field(() => Int, { description: 'Of the lines processed; in a trial, what would be.' })
  @Column({ type: 'int', insert: false })
  created: number = 0;

  @Field(() => Int, { description: 'Of the lines processed; in a trial, what would be.' })
  @Column({ type: 'int', insert: false })
  changed: number = 0;

  @Field(() => Int, { description: 'Of the lines processed; in a trial, what would be.' })
  @Column({ type: 'int', insert: false })
  unchanged: number = 0;

  @Field(() => Int, { description: 'Of the lines processed; each is among the problems.' })
  @Column({ type: 'int', insert: false })
  badLines: number = 0;

  @Field(() => Int, {
    description: 'Buildings that a file of units brought, or in a trial would bring, with it.',
  })
  @Column({ type: 'int', insert: false })
  newBuildings: number = 0;

  @Field(() => Int, {
    description: 'Building sections that a file of units brought, or would bring, with it.',
  })
  @Column({ type: 'int', insert: false })
  newSections: number = 0;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A cell that is wrong; never with its value, which may be personal.',
})
@Entity('import_problem')
export class ImportProblem {
  @Field(() => ID, { description: 'Opaque; never changes.' })
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  importId: string;

  @Field(() => Int, { description: 'As a spreadsheet counts: the header is line 1.' })
  @Column('int')
  line: number;

  @Field(() => String, { description: "The column's key, such as `number`, or `#5` where it has none." })
  @Column('text', { name: 'column_key' })
  column: string;

  @Field(() => ProblemReasonEnum, { description: 'What is wrong with the cell.' })
  @Column('text')
  reason: ProblemReason;

  @Field(() => String, { description: 'What would be right, in notation.' })
  @Column('text')
  expected: string;
}

export const importAggregate: AggregateDefinition<ImportState, ImportFact, DirectoryPolicy, Import> = {
  type: 'Import',
  context: 'directory',
  entity: Import,
  environment: directoryPolicy,
  // Nobody outside is concerned by a file: what it does to units and customers is told by theirs.
  events: () => [],
  deadlines: importDeadlines,
  onDeadline: (state, _kind, dueAt) => onImportDeadline(state, dueAt),
};
