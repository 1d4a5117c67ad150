import { Field, Int, ObjectType } from 'type-graphql';
import type { AppraisalDimension, AppraisalItem, SchemeVersion, YearPart } from '@anju/appraisal-rules';
import { DateScalar, DecimalScalar } from '@anju/subgraph';
import { AppraisalDimensionEnum, AppraisalItemEnum, YearPartEnum } from './graph-enums';

@ObjectType({ simpleResolvers: true, description: 'The most points that an item can get (APR-01).' })
export class ItemMaximum {
  @Field(() => AppraisalDimensionEnum, { description: 'What the item belongs to.' })
  dimension: AppraisalDimension;

  @Field(() => AppraisalItemEnum, { description: 'The item.' })
  item: AppraisalItem;

  @Field(() => DecimalScalar, { description: 'Points.' })
  maximum: string;
}

@ObjectType({ simpleResolvers: true, description: 'How much a part counts in the year’s total (APR-04).' })
export class YearShare {
  @Field(() => YearPartEnum, { description: 'The part.' })
  part: YearPart;

  @Field(() => DecimalScalar, { description: 'Per cent.' })
  share: string;
}

@ObjectType('AppraisalSchemeVersion', {
  simpleResolvers: true,
  description: 'A scheme as it is in force from a day on; never changed (APR-02).',
})
export class SchemeVersionPart implements SchemeVersion {
  @Field(() => Int, { description: '1, 2, 3 …' })
  version: number;

  @Field(() => DateScalar, {
    description: 'A period that begins on this day or later is scored with it, until a later version.',
  })
  effectiveFrom: string;

  items: SchemeVersion['items'];

  yearShares: SchemeVersion['yearShares'];

  checkWeights: SchemeVersion['checkWeights'];

  @Field(() => [DecimalScalar], {
    description: 'What each month’s appraisal counts within the mean of the months, January first.',
  })
  monthWeights: SchemeVersion['monthWeights'];

  addedBy: string;

  @Field(() => Date, { description: 'When it was added.' })
  addedAt: Date;
}
