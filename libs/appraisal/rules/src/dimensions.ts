/** 德 勤 能 绩 (APR-01). */
export const appraisalDimensions = ['CONDUCT', 'DILIGENCE', 'ABILITY', 'RESULTS'] as const;
export type AppraisalDimension = (typeof appraisalDimensions)[number];

/** The four items of each dimension, in the order of the record sheet (APR-01). */
export const dimensionItems = {
  CONDUCT: ['ETHICS', 'SERVICE_ATTITUDE', 'DISCIPLINE', 'RELATIONS'],
  DILIGENCE: ['ATTENDANCE', 'PARTICIPATION', 'INITIATIVE', 'COORDINATION'],
  ABILITY: ['PROFESSIONAL', 'ORGANISING', 'MANAGING', 'INNOVATING'],
  RESULTS: ['EFFICIENCY', 'TRAINING_EFFECT', 'WORK_EFFECT', 'OTHER_RESULTS'],
} as const satisfies Record<AppraisalDimension, readonly string[]>;

export type AppraisalItem = (typeof dimensionItems)[AppraisalDimension][number];

/** All sixteen. */
export const appraisalItems: readonly AppraisalItem[] = appraisalDimensions.flatMap(
  (dimension): readonly AppraisalItem[] => dimensionItems[dimension],
);

/** Maximum points by item, each as a decimal with at most two places. */
export type ItemPoints = Readonly<Record<AppraisalItem, string>>;
