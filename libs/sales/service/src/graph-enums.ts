import {
  leadClosingReasons,
  leadDeadlineKinds,
  leadFollowUpMethods,
  leadFollowUpOutcomes,
  leadKinds,
  leadSources,
  leadStatuses,
  proposalMisses,
  readinessStatuses,
  salePaymentKinds,
  saleStatuses,
  saleUnitSteps,
  salesCertificates,
  salesPreparations,
  unitOfferStatuses,
  type UnitStatus,
} from '@anju/sales-rules';
import { graphEnum, wordsOf } from '@anju/subgraph';

/** The directory's; a graph has one enum of the name, with the same words in each service. */
export const UnitStatusEnum = graphEnum(
  'UnitStatus',
  'How far the sale of a unit is: 待售, 已认购, 已签约, 已交付.',
  wordsOf<UnitStatus>({ FOR_SALE: true, SUBSCRIBED: true, CONTRACTED: true, HANDED_OVER: true }),
);
export const LeadStatusEnum = graphEnum('LeadStatus', 'How far a prospect has come.', leadStatuses);
export const LeadKindEnum = graphEnum('LeadKind', 'A call (来电) or a visit (来访).', leadKinds);
export const LeadSourceEnum = graphEnum(
  'LeadSource',
  'Where a prospect has heard of the project.',
  leadSources,
);
export const LeadFollowUpMethodEnum = graphEnum(
  'LeadFollowUpMethod',
  'How a prospect was followed up (SAL-01).',
  leadFollowUpMethods,
);
export const LeadFollowUpOutcomeEnum = graphEnum(
  'LeadFollowUpOutcome',
  'What a follow-up came to. NOT_REACHED is none of those that are owed.',
  leadFollowUpOutcomes,
);
export const LeadClosingReasonEnum = graphEnum(
  'LeadClosingReason',
  'Why a prospect was given up.',
  leadClosingReasons,
);
export const LeadDeadlineKindEnum = graphEnum(
  'LeadDeadlineKind',
  'What can fall due for a prospect: the next follow-up, and all that are owed together (SAL-01).',
  leadDeadlineKinds,
);
export const LeadNeedFieldEnum = graphEnum('LeadNeedField', 'A wish of a prospect.', [
  'bedrooms',
  'smallestArea',
  'largestArea',
  'budget',
]);
export const ProposalMissEnum = graphEnum(
  'ProposalMiss',
  'A wish that a home does not meet.',
  proposalMisses,
);

export const UnitOfferStatusEnum = graphEnum(
  'UnitOfferStatus',
  'Whether a line of the price list holds.',
  unitOfferStatuses,
);

export const SaleStatusEnum = graphEnum(
  'SaleStatus',
  'How far the sale of a unit is. Those that end in REQUESTED, and RELEASING, wait for the directory.',
  saleStatuses,
);
export const SaleUnitStepEnum = graphEnum(
  'SaleUnitStep',
  'What a sale asks the directory to do with its unit.',
  saleUnitSteps,
);
export const SalePaymentKindEnum = graphEnum(
  'SalePaymentKind',
  'Where the money of a payment on the price comes from.',
  salePaymentKinds,
);

export const ReadinessItemEnum = graphEnum(
  'ReadinessItem',
  'What a project needs before its contracts can be signed: 五证, and four more (SAL-10).',
  [...salesCertificates, ...salesPreparations],
);
export const ReadinessStatusEnum = graphEnum(
  'ReadinessStatus',
  'Whether everything on a readiness list is there.',
  readinessStatuses,
);
