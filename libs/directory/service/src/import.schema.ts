import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import {
  defaultDirectoryPolicy,
  type ImportEncoding,
  type ImportKind,
  type ImportStatus,
} from '@anju/directory-rules';
import { commandResult, connectionType, CommandInput } from '@anju/subgraph';
import { EntityChangeInput } from './command-request';
import { refusing } from './directory-refusals';
import { ImportEncodingEnum, ImportKindEnum, ImportStatusEnum } from './graph-enums';
import { Import, ImportProblem } from './import.entity';

export const ImportConnection = connectionType(Import, 'Import');
export const ImportProblemConnection = connectionType(ImportProblem, 'ImportProblem');

@InputType({ description: 'Which imports to list.' })
export class ImportFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => ImportKindEnum, { nullable: true, description: 'Of this kind.' })
  kind?: ImportKind | null;

  @Field(() => [ImportStatusEnum], { nullable: true, description: 'In one of these states.' })
  statuses?: ImportStatus[] | null;
}

@InputType({ description: 'A file that is to come in, part by part.' })
export class StartImportInput extends CommandInput {
  @Field(() => ImportKindEnum, { description: 'What the lines are about.' })
  kind: ImportKind;

  @Field(() => ID, { description: 'The project that the lines are about.' })
  projectId: string;

  @Field(() => String, { description: 'For people; the file is kept without it.' })
  fileName: string;

  @Field(() => ImportEncodingEnum, { nullable: true, description: 'Found out unless told.' })
  encoding?: ImportEncoding | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only tries every line out and reports; writes nothing.',
  })
  dryRun?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Imports the good lines although others are bad; otherwise a file with bad lines imports nothing.',
  })
  skipBadLines?: boolean | null;
}

/** Base64 takes four characters for three bytes. */
const longestPart = Math.ceil(defaultDirectoryPolicy.maxImportPartBytes / 3) * 4;

@InputType({ description: 'One part of the file. The same part again changes nothing.' })
export class AppendToImportInput extends EntityChangeInput {
  @Field(() => Int, { description: 'From 0 on; parts may come in any order.' })
  index: number;

  @Extensions({ maxLength: longestPart })
  @Field(() => String, {
    description: `The bytes in base64, at most ${defaultDirectoryPolicy.maxImportPartBytes / 1024} KiB of them.`,
  })
  contentBase64: string;
}

@InputType({ description: 'A file that is complete and may be worked on.' })
export class RunImportInput extends EntityChangeInput {}

@InputType({ description: 'A file that is not to be imported after all; it is deleted.' })
export class AbandonImportInput extends EntityChangeInput {}

export const StartImportResult = commandResult('StartImportResult', Import, 'Import', refusing());
export const AppendToImportResult = commandResult(
  'AppendToImportResult',
  Import,
  'Import',
  refusing('IMPORT_STATUS_OUT_OF_ORDER', 'IMPORT_PART_DIFFERS', 'IMPORT_TOO_LARGE'),
);
export const RunImportResult = commandResult(
  'RunImportResult',
  Import,
  'Import',
  refusing('IMPORT_STATUS_OUT_OF_ORDER', 'IMPORT_INCOMPLETE'),
);
export const AbandonImportResult = commandResult(
  'AbandonImportResult',
  Import,
  'Import',
  refusing('IMPORT_STATUS_OUT_OF_ORDER'),
);
