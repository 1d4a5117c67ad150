import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { AppraisalItem, SchemeStatus, StaffLevel, YearPart } from '@anju/appraisal-rules';
import { ChangeInput, CommandInput, DateScalar, DecimalScalar, connectionType } from '@anju/subgraph';
import { resultsOf } from './appraisal.refusals';
import { AppraisalItemEnum, SchemeStatusEnum, StaffLevelEnum, YearPartEnum } from './graph-enums';
import { Scheme } from './scheme.entity';

const codeLength = { maxLength: 100 };

@InputType({ description: 'The most points that an item can get.' })
export class ItemMaximumInput {
  @Field(() => AppraisalItemEnum, { description: 'The item.' })
  item: AppraisalItem;

  @Field(() => DecimalScalar, { description: 'Points, with at most two decimals.' })
  maximum: string;
}

@InputType({ description: 'How much a part counts in the year’s total.' })
export class YearShareInput {
  @Field(() => YearPartEnum, { description: 'The part.' })
  part: YearPart;

  @Field(() => DecimalScalar, { description: 'Per cent, with at most two decimals.' })
  share: string;
}

@InputType({
  description:
    'What an appraisal is scored by. What is not told is as in the latest version, or in the standard scheme.',
})
export class SchemeContentInput {
  @Field(() => [ItemMaximumInput], {
    nullable: true,
    description: 'Those that differ. The items of each dimension make 20, 20, 30 and 30 (APR-01).',
  })
  items?: ItemMaximumInput[] | null;

  @Field(() => [YearShareInput], { nullable: true, description: 'Those that differ; together 100.' })
  yearShares?: YearShareInput[] | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What one weekly check counts.' })
  weeklyCheckWeight?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What one monthly check counts.' })
  monthlyCheckWeight?: string | null;

  @Field(() => [DecimalScalar], {
    nullable: true,
    description: 'What each month counts, January first: twelve.',
  })
  monthWeights?: string[] | null;
}

@InputType({ description: 'A scheme with its first version (APR-02).' })
export class CreateSchemeInput extends CommandInput {
  @Field(() => ID, { description: 'Whose it is.' })
  organisationId: string;

  @Field(() => StaffLevelEnum, { description: 'Whose work it measures.' })
  level: StaffLevel;

  @Extensions(codeLength)
  @Field(() => String, { nullable: true, description: 'A position’s code; none for the level as a whole.' })
  position?: string | null;

  @Field(() => DateScalar, { description: 'Its first day; may be in the past.' })
  effectiveFrom: string;

  @Field(() => SchemeContentInput, { nullable: true, description: 'The standard scheme unless told.' })
  content?: SchemeContentInput | null;
}

@InputType({ description: 'A version for periods to come (APR-02).' })
export class AddSchemeVersionInput extends ChangeInput {
  @Field(() => ID, { description: 'The scheme.' })
  id: string;

  @Field(() => DateScalar, {
    description: 'Its first day: after the latest version’s, and not before tomorrow.',
  })
  effectiveFrom: string;

  @Field(() => SchemeContentInput, { description: 'What differs from the latest version.' })
  content: SchemeContentInput;
}

@InputType({ description: 'The end of a scheme: from tomorrow on no period begins with it.' })
export class RetireSchemeInput extends ChangeInput {
  @Field(() => ID, { description: 'The scheme.' })
  id: string;
}

@InputType({ description: 'Which schemes to list; each entry that is given narrows the list.' })
export class AppraisalSchemeFilter {
  @Field(() => ID, { nullable: true, description: 'Whose.' })
  organisationId?: string | null;

  @Field(() => StaffLevelEnum, { nullable: true, description: 'Of which level.' })
  level?: StaffLevel | null;

  @Extensions(codeLength)
  @Field(() => String, { nullable: true, description: 'Of which position.' })
  position?: string | null;

  @Field(() => SchemeStatusEnum, { nullable: true, description: 'In use or retired.' })
  status?: SchemeStatus | null;
}

export const SchemeConnection = connectionType(Scheme, 'AppraisalScheme');

const resultOf = resultsOf(Scheme, 'AppraisalScheme');
const content = [
  'POINTS_NOT_VALID',
  'SCHEME_ITEM_NOT_POSITIVE',
  'SCHEME_ITEMS_DO_NOT_ADD_UP',
  'SCHEME_SHARE_NEGATIVE',
  'SCHEME_SHARES_DO_NOT_ADD_UP',
  'SCHEME_WEIGHT_NOT_POSITIVE',
  'SCHEME_MONTHS_NOT_TWELVE',
  'APPRAISAL_DATE_NOT_VALID',
] as const;

export const CreateSchemeResult = resultOf('CreateSchemeResult', ...content, 'SCHEME_EXISTS');
export const AddSchemeVersionResult = resultOf(
  'AddSchemeVersionResult',
  ...content,
  'SCHEME_NOT_IN_REQUIRED_STATUS',
  'SCHEME_VERSION_NOT_LATER',
  'SCHEME_VERSION_IN_PAST',
);
export const RetireSchemeResult = resultOf('RetireSchemeResult', 'SCHEME_NOT_IN_REQUIRED_STATUS');
