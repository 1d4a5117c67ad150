import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { AppraisalItem, EvidenceDirection, EvidenceKind, EvidenceStatus } from '@anju/appraisal-rules';
import { ChangeInput, DecimalScalar, connectionType } from '@anju/subgraph';
import { resultsOf } from './appraisal.refusals';
import { Evidence } from './evidence.entity';
import {
  AppraisalItemEnum,
  EvidenceDirectionEnum,
  EvidenceKindEnum,
  EvidenceStatusEnum,
} from './graph-enums';

const textLength = { maxLength: 2_000 };

@InputType()
abstract class EvidenceCommandInput extends ChangeInput {
  @Field(() => ID, { description: 'The evidence.' })
  id: string;
}

@InputType({ description: 'How the employee sees it (APR-10).' })
export class StateEvidenceViewInput extends EvidenceCommandInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'In his words.' })
  text: string;
}

@InputType({ description: 'Scores the evidence on an open sheet of the employee (APR-10).' })
export class ScoreEvidenceInput extends EvidenceCommandInput {
  @Field(() => ID, { description: 'The sheet, in whose period it happened.' })
  appraisalId: string;

  @Field(() => EvidenceDirectionEnum, { description: 'Take or add.' })
  direction: EvidenceDirection;

  @Field(() => AppraisalItemEnum, { nullable: true, description: 'From which item; of a deduction.' })
  item?: AppraisalItem | null;

  @Field(() => DecimalScalar, { description: 'With at most two decimals; need not be what is suggested.' })
  points: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'Finds that it is to have no effect (APR-10).' })
export class DismissEvidenceInput extends EvidenceCommandInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'Which evidence to list; each entry that is given narrows the list.' })
export class EvidenceFilter {
  @Field(() => ID, { nullable: true, description: 'On whom.' })
  staffId?: string | null;

  @Field(() => ID, { nullable: true, description: 'From which project.' })
  projectId?: string | null;

  @Field(() => [EvidenceKindEnum], { nullable: true, description: 'Of these kinds.' })
  kind?: EvidenceKind[] | null;

  @Field(() => [EvidenceStatusEnum], { nullable: true, description: 'In these statuses.' })
  status?: EvidenceStatus[] | null;

  @Field(() => Date, { nullable: true, description: 'Of this instant or later.' })
  occurredFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Before this instant.' })
  occurredTo?: Date | null;

  @Field(() => ID, { nullable: true, description: 'About this complaint, work order, contact or lead.' })
  subjectId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: what nobody has decided on, and the reader may: not what concerns himself.',
  })
  toBeReviewed?: boolean | null;
}

export const EvidenceConnection = connectionType(Evidence, 'Evidence');

const resultOf = resultsOf(Evidence, 'Evidence');

export const StateEvidenceViewResult = resultOf(
  'StateEvidenceViewResult',
  'EVIDENCE_NOT_IN_REQUIRED_STATUS',
  'EVIDENCE_NOT_OF_EMPLOYEE',
  'APPRAISAL_TEXT_MISSING',
);
export const ScoreEvidenceResult = resultOf(
  'ScoreEvidenceResult',
  'EVIDENCE_NOT_IN_REQUIRED_STATUS',
  'SHEET_NOT_OPEN',
  'APPRAISES_HIMSELF',
  'EVIDENCE_NOT_OF_EMPLOYEE',
  'EVIDENCE_OUTSIDE_PERIOD',
  'APPRAISAL_TEXT_MISSING',
  'POINTS_NOT_VALID',
  'DEDUCTION_NOT_POSITIVE',
  'DEDUCTION_EXCEEDS_ITEM',
  'COMMENDATION_NOT_FOR_CHECK',
  'COMMENDATION_OUT_OF_RANGE',
);
export const DismissEvidenceResult = resultOf(
  'DismissEvidenceResult',
  'EVIDENCE_NOT_IN_REQUIRED_STATUS',
  'APPRAISES_HIMSELF',
  'APPRAISAL_TEXT_MISSING',
);
