import {
  appealOutcomes,
  appraisalDimensions,
  appraisalItems,
  appraisalKinds,
  appraisalStatuses,
  appraisalYearStatuses,
  evidenceDirections,
  evidenceKinds,
  evidenceStatuses,
  missingReasons,
  schemeStatuses,
  staffLevels,
  yearParts,
} from '@anju/appraisal-rules';
import { graphEnum } from '@anju/subgraph';

export const StaffLevelEnum = graphEnum('StaffLevel', '操作层 or 管理层 (DIR-03).', staffLevels);
export const SchemeStatusEnum = graphEnum(
  'SchemeStatus',
  'Whether periods still begin with a scheme.',
  schemeStatuses,
);
export const AppraisalDimensionEnum = graphEnum(
  'AppraisalDimension',
  '德, 勤, 能 or 绩 (APR-01).',
  appraisalDimensions,
);
export const AppraisalItemEnum = graphEnum(
  'AppraisalItem',
  'The sixteen items of the record sheet, four in each dimension (APR-01).',
  appraisalItems,
);
export const YearPartEnum = graphEnum('YearPart', 'What a year’s total is made of (APR-04).', yearParts);
export const AppraisalKindEnum = graphEnum(
  'AppraisalKind',
  '周检, 月检, 抽检, 月考核 or 年终考核 (APR-03, 04).',
  appraisalKinds,
);
export const AppraisalStatusEnum = graphEnum(
  'AppraisalStatus',
  'How far a check or an appraisal has come (APR-11).',
  appraisalStatuses,
);
export const AppealOutcomeEnum = graphEnum(
  'AppealOutcome',
  'What came of an appeal (APR-11).',
  appealOutcomes,
);
export const AppraisalYearStatusEnum = graphEnum(
  'AppraisalYearStatus',
  'Whether a year’s total is as it was first worked out.',
  appraisalYearStatuses,
);
export const MissingReasonEnum = graphEnum(
  'MissingReason',
  'Why a period of a year has no score (APR-04).',
  missingReasons,
);
export const EvidenceKindEnum = graphEnum(
  'EvidenceKind',
  'What another service told of an employee (APR-10).',
  evidenceKinds,
);
export const EvidenceStatusEnum = graphEnum(
  'EvidenceStatus',
  'Whether a reviewer has decided on a piece of evidence (APR-10).',
  evidenceStatuses,
);
export const EvidenceDirectionEnum = graphEnum(
  'EvidenceDirection',
  'Whether points are taken or added.',
  evidenceDirections,
);
